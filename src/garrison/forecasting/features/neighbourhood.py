"""The neighbourhood of a state, by its number."""

from __future__ import annotations

from functools import cache

import pandas as pd

from garrison.forecasting.features.definitions import neighbourhoods
from garrison.world import country_codes

NOWHERE = "nowhere"


@cache
def _neighbourhood_by_iso() -> dict[str, str]:
    found = {}
    for row in country_codes():
        if row.gw is None:
            continue
        names = [f"{low}-{high}" for low, high in neighbourhoods() if low <= row.gw <= high]
        found[row.alpha3] = names[0] if names else NOWHERE
    return found


def neighbourhood_of(iso: pd.Series) -> pd.Series:
    """Give the neighbourhood of each state, by its first and last state number.

    Examples
    --------
    >>> neighbourhood_of(pd.Series(["MLI", "NER", "CHE", "ATA"])).tolist()
    ['402-499', '402-499', '200-235', 'nowhere']
    """
    return iso.map(_neighbourhood_by_iso()).fillna(NOWHERE).astype(object)
