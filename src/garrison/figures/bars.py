"""Estimates with their bands, one under the other, against a mark that they are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from garrison.figures.palette import colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_bars(
    ax: Axes,
    values: NDArray[np.floating[Any]],
    bands: NDArray[np.floating[Any]],
    names: Sequence[str],
    *,
    reference: float | None = None,
    accented: Sequence[bool] = (),
) -> Axes:
    """Draw values as points on their bands, from top to bottom.

    Parameters
    ----------
    ax
        Axes to draw on.
    values
        The estimates in the axis' unit, shape (row,).
    bands
        Lower and upper end of each band, shape (row, 2); a row of NaN has no band.
    names
        What each row is.
    reference
        Where to draw the line of comparison: 0 for changes, a present value for levels; None for no line.
    accented
        Which rows stand out in the accent colour; all if empty.

    Returns
    -------
    Axes
        The same axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = draw_bars(Figure().subplots(), np.array([1.0]), np.array([[0.5, 2.0]]), ["pay"], reference=0)
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['pay']
    """
    if reference is not None:
        ax.axvline(reference, color=colour("ink"), linewidth=1, linestyle=(0, (1, 2)))
    marked = list(accented) or [True] * len(values)
    for row, (value, (low, high), stands_out) in enumerate(zip(values, bands, marked, strict=True)):
        if np.isfinite(low) and np.isfinite(high):
            ax.plot(
                [low, high],
                [row, row],
                color=colour("band50" if stands_out else "rule"),
                linewidth=7,
                solid_capstyle="butt",
            )
        ax.plot([value], [row], "o", markersize=8, color=colour("accent" if stands_out else "quiet"))
    ax.set_ylim(len(values) - 0.5, -0.5)
    ax.set_yticks(range(len(values)), names)
    ax.grid(axis="x", color=colour("rule"), linewidth=0.8)
    ax.set_axisbelow(True)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(length=0)
    ax.locator_params(axis="x", nbins=5)
    return ax
