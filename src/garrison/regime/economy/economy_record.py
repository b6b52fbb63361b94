"""The parameters of the economy as data and as one record, which compiled code reads by name."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError, nearest
from garrison.regime.priors import read_table

DAYS_A_MONTH = 30.0
"""Definition of the unit: rates a month are spread evenly over so many days."""

SPENDING = ("spent_on_rents", "spent_on_pay", "spent_on_operations", "spent_on_food", "spent_on_rest")
"""Lines of spending in the order in which they are paid."""

_ROUNDING = 1e-9


@functools.cache
def economy_table() -> dict[str, dict[str, Any]]:
    """Give the rows of `economy.toml` by name: value, unit, range, source, why.

    Examples
    --------
    >>> economy_table()["arrears_half"]["unit"]
    'months of pay owed'
    """
    return {row["name"]: row for row in read_table("economy/economy.toml")["parameter"]}


ECONOMY = np.dtype([(name, float) for name in economy_table()])
"""Parameters of the economy, in the order of `economy.toml`."""


def economy_parameters(changes: Mapping[str, float] | None = None) -> NDArray[np.void]:
    """Give the parameters of the economy as one record that compiled code reads by name.

    Parameters
    ----------
    changes
        Name in `economy.toml` to another value within its range.

    Returns
    -------
    ndarray
        Shape (1,), dtype `ECONOMY`; element 0 is the record.

    Raises
    ------
    ParameterError
        For an unknown name (with the nearest one), a value out of range, or lines of spending that do not sum to 1.

    Examples
    --------
    >>> float(economy_parameters({"arrears_half": 3.0})[0]["arrears_half"])
    3.0
    """
    table = economy_table()
    values = {name: float(row["value"]) for name, row in table.items()}
    for name, value in (changes or {}).items():
        if name not in table:
            raise ParameterError(f"economy: parameter '{name}' is unknown. {nearest(name, table)}")
        values[name] = float(value)
    for name, value in values.items():
        low, high = table[name]["range"]
        if not low <= value <= high:
            raise ParameterError(
                f"economy: {name} is {value:g}, outside {low:g} to {high:g} ({table[name]['unit']})."
            )
    total = sum(values[name] for name in SPENDING)
    if abs(total - 1.0) > _ROUNDING:
        raise ParameterError(f"economy: {', '.join(SPENDING)} sum to {total:g}; make them sum to 1.")
    return np.array([tuple(values.values())], dtype=ECONOMY)
