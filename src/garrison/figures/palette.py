"""The colours of every figure and of the page: one accent, readable in grey and by colour-blind eyes.

A figure is drawn in these colours; on the page each becomes a CSS variable with the colour as its fallback, so
that the page's dark scheme recolours its figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Lightness falls in clear steps from `band90` over `band50` to `accent`, so that the order survives grey print.
PALETTE: Mapping[str, str] = MappingProxyType(
    {
        "ink": "#1a1d21",
        "quiet": "#575e66",
        "rule": "#d9dce1",
        "paper": "#fefefd",
        "accent": "#1d4f7c",
        "band50": "#86a9c8",
        "band90": "#d3e0ec",
        "warm": "#a04a12",
        "warm50": "#dba67f",
        "warm90": "#f3dfd0",
    }
)


def colour(name: str) -> str:
    """Give the colour of a role.

    Parameters
    ----------
    name
        A role: `ink`, `quiet`, `rule`, `paper`, `accent`, `band50`, `band90`, `warm`, `warm50`, `warm90`.

    Returns
    -------
    str
        Its colour as `#rrggbb`.

    Examples
    --------
    >>> colour("accent")
    '#1d4f7c'
    """
    return PALETTE[name]
