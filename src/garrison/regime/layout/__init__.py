"""Who there is, and where: places, forces and strata, and the cohorts that they make."""

from garrison.regime.layout.country_layout import layout_of_country
from garrison.regime.layout.groups import centred, group_names, shifted
from garrison.regime.layout.layout import Layout
from garrison.regime.layout.places_and_forces import Force, Place, Stratum
from garrison.regime.layout.sight import SIGHT_LEVELS, sight_weights

__all__ = [
    "SIGHT_LEVELS",
    "Force",
    "Layout",
    "Place",
    "Stratum",
    "centred",
    "group_names",
    "layout_of_country",
    "shifted",
    "sight_weights",
]
