"""A share by day: what is inferred so far, and the fan of simulated futures ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from garrison.figures.palette import colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The quantiles that a fan is made of, in the order of its rows.
FAN_PROBABILITIES = (0.05, 0.25, 0.5, 0.75, 0.95)


def draw_fan(
    ax: Axes,
    days: NDArray[np.integer[Any]],
    quantiles: NDArray[np.floating[Any]],
    *,
    today: int = 0,
    hue: str = "accent",
    name: str = "",
) -> Axes:
    """Draw a share by day with its 50% and 90% bands: a solid line up to today, a dashed one ahead.

    Parameters
    ----------
    ax
        Axes to draw on; several fans may share them.
    days
        Days, ascending, shape (day,).
    quantiles
        Shares in [0, 1], shape (5, day): the 5, 25, 50, 75 and 95% quantiles over runs.
    today
        The day that parts what is inferred from what is simulated ahead.
    hue
        `accent` or `warm`.
    name
        Written at the end of the median line.

    Returns
    -------
    Axes
        The same axes, its vertical axis in percent.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> days = np.arange(-3, 4)
    >>> share = np.linspace(0.1, 0.3, 5)[:, None] * np.ones(7)
    >>> ax = draw_fan(Figure().subplots(), days, share, name="hidden")
    >>> len(ax.lines), len(ax.collections)
    (2, 4)
    """
    half, nine = ("band50", "band90") if hue == "accent" else ("warm50", "warm90")
    percent = 100 * np.asarray(quantiles, dtype=float)
    for part, style in ((days <= today, "-"), (days >= today, "--")):
        across = days[part]
        if not across.size:
            continue
        low90, low50, median, high50, high90 = percent[:, part]
        ax.fill_between(across, low90, high90, color=colour(nine), linewidth=0)
        ax.fill_between(across, low50, high50, color=colour(half), linewidth=0)
        ax.plot(across, median, style, color=colour(hue), linewidth=2.0)
    if name:
        end = (float(days[-1]), float(percent[2, -1]))
        ax.annotate(
            name, end, (4, 0), textcoords="offset points", va="center", color=colour(hue), weight="bold"
        )
    return ax


def frame_fan(ax: Axes, *, today: int = 0, today_name: str, top: float) -> Axes:
    """Finish axes that hold fans: percent axis, light grid, and a marked today.

    Parameters
    ----------
    ax
        Axes that hold one fan or more.
    today
        The day to mark.
    today_name
        What is written beside the mark.
    top
        Upper end of the vertical axis in percent, the same for panels that are to be compared.

    Returns
    -------
    Axes
        The same axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = frame_fan(Figure().subplots(), today_name="today", top=40.0)
    >>> [float(end) for end in ax.get_ylim()]
    [-0.8, 40.0]
    """
    # A line at zero must not hide under the frame.
    ax.set_ylim(-0.02 * top, top)
    ax.axvline(today, color=colour("ink"), linewidth=1, linestyle=(0, (1, 2)))
    ax.annotate(today_name, (today, top), (4, -10), textcoords="offset points", color=colour("ink"))
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:g}%")
    ax.locator_params(axis="y", nbins=5)
    ax.grid(axis="y", color=colour("rule"), linewidth=0.8)
    ax.set_axisbelow(True)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(length=0, pad=6)
    return ax
