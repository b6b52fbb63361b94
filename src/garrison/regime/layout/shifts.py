"""What sets one group apart from the country's average: an amount added to each condition that differs there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from garrison.errors import ParameterError, nearest
from garrison.regime.conditions import known_conditions

NATIONAL = ("force", "visibility", "propaganda", "foreign", "vigilance", "oil", "reserves")
"""Conditions that the country has as a whole: no group of it can differ in them."""

LARGEST_SHIFT = 1.0
"""The conditions in which groups differ are indices between 0 and 1: a shift beyond that is a slip of the pen."""


class Shifts(Mapping[str, float]):
    """Amounts added to conditions, by name; never changed once made, so that layouts can be compared and kept.

    Parameters
    ----------
    amounts
        Name of a condition (see `known_conditions`) that is not `NATIONAL` to the amount added, in the
        condition's unit, between -1 and 1. Amounts of 0 are left out.
    group
        Whose shifts these are, for the error message.

    Raises
    ------
    ParameterError
        For an unknown condition (with the nearest known one), one that only the country as a whole has, or an
        amount that is no number between -1 and 1.

    Examples
    --------
    >>> dict(Shifts({"pay": -0.2, "hardship": 0.1}, "the guard"))
    {'hardship': 0.1, 'pay': -0.2}
    >>> Shifts({"pay": -0.2}) == {"pay": -0.2}
    True
    """

    __slots__ = ("_amounts",)

    def __init__(self, amounts: Mapping[str, float] | None = None, group: str = "a group") -> None:
        known = known_conditions()
        kept: dict[str, float] = {}
        for name, amount in (amounts or {}).items():
            if name not in known:
                raise ParameterError(
                    f"{group} shifts condition '{name}', which is unknown. {nearest(name, known)}"
                )
            if name in NATIONAL:
                local = ", ".join(other for other in known if other not in NATIONAL)
                raise ParameterError(
                    f"{group} shifts condition '{name}', which the country has as a whole: set it for the country, or "
                    f"shift one of {local}."
                )
            if not _is_number(amount) or not abs(amount) <= LARGEST_SHIFT:
                raise ParameterError(
                    f"{group} shifts {name} by {amount}: give a number between {-LARGEST_SHIFT:g} and "
                    f"{LARGEST_SHIFT:g}, in the unit of the condition ({known[name].unit})."
                )
            if amount != 0.0:
                kept[name] = float(amount)
        self._amounts = tuple((name, kept[name]) for name in known if name in kept)

    def plus(self, others: Mapping[str, float], group: str = "a group") -> Shifts:
        """Add other amounts to these.

        Parameters
        ----------
        others
            Name of a condition to an amount.
        group
            Whose shifts these are, for the error message.

        Returns
        -------
        Shifts

        Raises
        ------
        ParameterError
            For an unknown condition, or where a sum leaves -1 to 1.

        Examples
        --------
        >>> dict(Shifts({"pay": -0.5}).plus({"pay": 0.25, "rents": 0.5}))
        {'pay': -0.25, 'rents': 0.5}
        """
        checked = Shifts(others, group)
        return Shifts(
            {name: self.get(name, 0.0) + checked.get(name, 0.0) for name in (*self, *checked)}, group
        )

    def __getitem__(self, name: str) -> float:
        for known, amount in self._amounts:
            if known == name:
                return amount
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._amounts)

    def __len__(self) -> int:
        return len(self._amounts)

    def __hash__(self) -> int:
        return hash(self._amounts)

    def __repr__(self) -> str:
        return repr(dict(self))


def _is_number(amount: object) -> bool:
    return isinstance(amount, int | float) and not isinstance(amount, bool) and math.isfinite(amount)
