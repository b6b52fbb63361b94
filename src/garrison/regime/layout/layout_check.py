"""What a layout must be: complete, every group with a name of its own, adding up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from garrison.errors import ParameterError
from garrison.regime.layout.groups import group_names

if TYPE_CHECKING:
    from garrison.regime.layout.layout import Layout


def check_layout(layout: Layout) -> None:
    """Refuse a layout that is empty, names something twice or does not add up.

    Parameters
    ----------
    layout
        A layout under construction.

    Raises
    ------
    ParameterError
        With what is wrong and what to do.

    Examples
    --------
    >>> from garrison.regime.layout import Layout
    >>> check_layout(Layout.national())
    """
    for parts, kind in ((layout.places, "place"), (layout.forces, "force")):
        if not parts:
            raise ParameterError(f"layout '{layout.name}' has no {kind}: give at least one.")
    capitals = [place.name for place in layout.places if place.capital]
    if len(capitals) != 1:
        found = ", ".join(capitals) or "none"
        raise ParameterError(
            f"layout '{layout.name}' needs exactly one place as its capital; it has {found}."
        )
    for strata, kind in ((layout.civilian_strata, "civilian"), (layout.force_strata, "force")):
        total = sum(stratum.share for stratum in strata)
        if strata and not math.isclose(total, 1.0, abs_tol=1e-9):
            raise ParameterError(f"the {kind} strata of layout '{layout.name}' sum to {total:g}: make it 1.")
    _check_names(layout)
    _check_spread(layout)


def _check_names(layout: Layout) -> None:
    names = group_names(layout)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ParameterError(
            f"layout '{layout.name}' has two groups called '{twice[0]}': give every place, force and stratum a name "
            "of its own (those of the classes, 'border' and 'capital' are taken)."
        )


def _check_spread(layout: Layout) -> None:
    for force in layout.forces:
        if force.spread and len(force.spread) != layout.n_places:
            raise ParameterError(
                f"the spread of the {force.name} has {len(force.spread)} shares for {layout.n_places} places: give "
                "one for every place."
            )
