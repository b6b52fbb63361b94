"""The class of a regime, by the value of the year before."""

from __future__ import annotations

import pandas as pd

#: The middle of V-Dem's scale of electoral democracy below which all crises of the risk set lie.
CLOSED_BELOW = 0.25


def regime_class(polyarchy: pd.Series[float]) -> pd.Series[str]:
    """Name the class of a regime.

    Parameters
    ----------
    polyarchy
        V-Dem's electoral democracy of the year before, 0 to 1; NaN where there is no value.

    Returns
    -------
    Series
        closed (below .25), electoral, or unknown.

    Examples
    --------
    >>> regime_class(pd.Series([0.1, 0.3, float("nan")])).tolist()
    ['closed', 'electoral', 'unknown']
    """
    named = polyarchy.lt(CLOSED_BELOW).map({True: "closed", False: "electoral"})
    return named.where(polyarchy.notna(), "unknown")
