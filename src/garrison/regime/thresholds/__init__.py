"""Distributions of thresholds, for the published models that are special cases of the choice."""

from garrison.regime.thresholds.links import SMOOTH_LINKS, Link, link_of
from garrison.regime.thresholds.thresholds import LINKS, Thresholds
from garrison.regime.thresholds.uneven_loadings import SHAPES_OF_LOADINGS, share_with_uneven_loadings

__all__ = [
    "LINKS",
    "SHAPES_OF_LOADINGS",
    "SMOOTH_LINKS",
    "Link",
    "Thresholds",
    "link_of",
    "share_with_uneven_loadings",
]
