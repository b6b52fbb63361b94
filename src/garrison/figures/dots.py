"""A chance as dots: so many of a hundred are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from garrison.figures.palette import colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_dots(ax: Axes, n_filled: int, n_dots: int, *, n_upper: int = 0, columns: int = 20) -> Axes:
    """Draw a chance as a grid of dots, the filled ones first, row by row.

    People read counts of dots better than bands or percentages (Fernandes et al. 2018).

    Parameters
    ----------
    ax
        Axes to draw on; their frame is taken away.
    n_filled
        Dots to fill, 0 to `n_dots`.
    n_dots
        Dots in all.
    n_upper
        Dots up to the upper end of the 90% band; those beyond `n_filled` are tinted. 0 for no band.
    columns
        Dots in a row.

    Returns
    -------
    Axes
        The same axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = draw_dots(Figure().subplots(), 2, 100, n_upper=5)
    >>> [len(line.get_xdata()) for line in ax.lines]
    [2, 3, 95]
    """
    places = np.arange(n_dots)
    across, down = places % columns, -(places // columns)
    kinds = np.where(places < n_filled, 0, np.where(places < n_upper, 1, 2))
    rows = -(-n_dots // columns)
    size = 9.6 if columns <= 20 else 4.0
    faces = (colour("accent"), colour("band50"), "none")
    edges = (colour("accent"), colour("accent"), colour("quiet"))
    for kind, (face, edge) in enumerate(zip(faces, edges, strict=True)):
        chosen = kinds == kind
        if chosen.any():
            ax.plot(
                across[chosen],
                down[chosen],
                "o",
                markersize=size,
                color=face,
                mec=edge,
                mew=0.8,
                clip_on=False,
            )
    ax.set_xlim(-0.6, columns - 0.4)
    ax.set_ylim(-rows + 0.4, 0.6)
    ax.axis("off")
    return ax
