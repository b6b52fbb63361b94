"""Numbers over time as lines, and totals of kinds as bars from zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from garrison.figures.palette import colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Told apart by hue and by dashes, so that the order survives grey print.
_STYLES = (
    ("accent", "-"),
    ("warm", "-"),
    ("quiet", "-"),
    ("accent", (0, (5, 2))),
    ("warm", (0, (5, 2))),
    ("quiet", (0, (1, 2))),
)


def draw_series(ax: Axes, days: NDArray[Any], values: NDArray[Any], names: Sequence[str]) -> Axes:
    """Draw numbers over time, one line a kind, from zero.

    Parameters
    ----------
    ax
        Axes to draw on.
    days
        Dates, ascending, shape (step,).
    values
        Numbers, shape (kind, step); six kinds at most.
    names
        What each line is.

    Returns
    -------
    Axes
        The same axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> days = np.array(["2017-05-01", "2017-06-01"], "datetime64[D]")
    >>> ax = draw_series(Figure().subplots(), days, np.array([[3, 4]]), ["PROTEST"])
    >>> ax.get_legend().get_texts()[0].get_text()
    'PROTEST'
    """
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    marker = "o" if len(days) < 3 else None
    for (hue, style), line, name in zip(_STYLES, values, names, strict=False):
        ax.plot(days, line, linestyle=style, marker=marker, color=colour(hue), linewidth=1.6, label=name)
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(0, 1.02), ncols=2)
    ax.set_ylim(0, 1.25 * max(1.0, float(np.max(values))))
    ax.set_ylabel("events")
    ax.grid(axis="y", color=colour("rule"), linewidth=0.8)
    ax.set_axisbelow(True)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(length=0)
    ax.locator_params(axis="y", nbins=5)
    marks: Any = AutoDateLocator
    names_of: Any = ConciseDateFormatter
    places = marks(minticks=3, maxticks=9)
    ax.xaxis.set_major_locator(places)
    ax.xaxis.set_major_formatter(names_of(places))
    return ax


def draw_totals(ax: Axes, totals: NDArray[Any], names: Sequence[str]) -> Axes:
    """Draw totals of kinds as bars from zero, from top to bottom, each with its number.

    Parameters
    ----------
    ax
        Axes to draw on.
    totals
        Numbers, shape (kind,).
    names
        What each bar is.

    Returns
    -------
    Axes
        The same axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = draw_totals(Figure().subplots(), np.array([12, 3]), ["PROTEST", "COUP"])
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['PROTEST', 'COUP']
    """
    places = np.arange(len(totals))
    ax.barh(places, totals, color=colour("accent"), height=0.7)
    for place, total in zip(places, totals, strict=True):
        ax.annotate(f"{total:,}", (total, place), (4, 0), textcoords="offset points", va="center")
    ax.set_ylim(len(totals) - 0.5, -0.5)
    ax.set_yticks(places, list(names))
    ax.set_xlim(0, 1.15 * max(1, int(np.max(totals))))
    ax.xaxis.set_visible(False)
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.tick_params(length=0)
    return ax
