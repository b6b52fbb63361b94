"""The short language of `garrison what-if`: LEVER=SIZE[@DAY][~RAMP][*CREDIBILITY] and CONDITION=VALUE."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from garrison.errors import DateError, ParameterError, nearest

if TYPE_CHECKING:
    from garrison.regime import Lever

_LEVER = re.compile(
    r"(?P<size>[^@~*]*)(?:@(?P<day>[^@~*]*))?(?:~(?P<ramp>[^@~*]*))?(?:\*(?P<belief>[^@~*]*))?"
)
_HOW = (
    "write LEVER=SIZE[@DAY][~RAMP][*CREDIBILITY] or CONDITION=VALUE, for example raise_pay=0.3@2017-05-07~30"
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What the second arm has beyond the scenario: levers, and conditions set to (low, high)."""

    levers: tuple[Lever, ...]
    conditions: dict[str, tuple[float, float]]


def read_changes(words: Sequence[str], start: date) -> Changes:
    """Read what a user wants to be different.

    Parameters
    ----------
    words
        One a lever or condition. A name that is both must say which: `lever:pay=0.2`, `condition:pay=0.5`.
    start
        First day of the scenario: a lever without a day starts then.

    Returns
    -------
    Changes

    Raises
    ------
    ParameterError, DateError
        For a word that cannot be read, an unknown name, a value out of range.

    Examples
    --------
    >>> found = read_changes(["raise_pay=0.3@2020-01-11~30", "hardship=0.8"], date(2020, 1, 1))
    >>> found.levers[0].ramp_days, found.conditions
    (30, {'hardship': (0.8, 0.8)})
    """
    levers: list[Lever] = []
    conditions: dict[str, tuple[float, float]] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise ParameterError(f"'{word}' cannot be read: {_HOW}")
        kind, name = _kind_of(name.strip(), word)
        if kind == "lever":
            levers.append(_lever(name, value.strip(), word, start))
        elif name in conditions:
            raise ParameterError(f"'{word}': condition '{name}' is set twice: keep one")
        else:
            conditions[name] = _condition(name, value.strip(), word)
    return Changes(tuple(levers), conditions)


def _kind_of(name: str, word: str) -> tuple[str, str]:
    from garrison.regime import known_conditions, known_levers

    levers, conditions = known_levers(), known_conditions()
    kind, colon, rest = name.partition(":")
    if colon and kind in ("lever", "condition"):
        known = levers if kind == "lever" else conditions
        if rest not in known:
            raise ParameterError(f"'{word}': {kind} '{rest}' is unknown. {nearest(rest, known)}")
        return kind, rest
    if name in levers and name in conditions:
        raise ParameterError(
            f"'{word}': '{name}' is a lever and a condition: write lever:{name}=... to move it from a day on, or "
            f"condition:{name}=... to set it from the beginning"
        )
    if name in levers:
        return "lever", name
    if name in conditions:
        return "condition", name
    hint = nearest(name, [*levers, *conditions])
    raise ParameterError(f"'{word}': no lever and no condition is called '{name}'. {hint}")


def _lever(name: str, value: str, word: str, start: date) -> Lever:
    from garrison.regime import Lever

    found = _LEVER.fullmatch(value)
    if found is None:
        raise ParameterError(f"'{word}' cannot be read: {_HOW}")
    size = _number(found["size"], word, "size")
    begins = start if found["day"] is None else _day(found["day"], word, start)
    ramp = 1 if found["ramp"] is None else _whole(found["ramp"], word, "ramp")
    belief = 1.0 if found["belief"] is None else _number(found["belief"], word, "credibility")
    return Lever(name, size, begins, ramp, belief)


def _condition(name: str, value: str, word: str) -> tuple[float, float]:
    from garrison.regime import known_conditions

    ends = [_number(part, word, "value") for part in value.split("..")]
    item = known_conditions()[name]
    low, high = ends[0], ends[-1]
    if len(ends) > 2 or not item.low <= low <= high <= item.high:
        raise ParameterError(
            f"'{word}': condition '{name}' takes one value or LOW..HIGH between {item.low:g} and {item.high:g} "
            f"({item.unit})"
        )
    return low, high


def _number(words: str, word: str, what: str) -> float:
    try:
        return float(words)
    except ValueError:
        raise ParameterError(f"'{word}': {what} '{words}' is no number: {_HOW}") from None


def _whole(words: str, word: str, what: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", words):
        raise ParameterError(f"'{word}': {what} '{words}' is no whole number of days: {_HOW}")
    return int(words)


def _day(words: str, word: str, start: date) -> date:
    if re.fullmatch(r"[0-9]{1,4}", words):
        try:
            return start + timedelta(days=int(words))
        except OverflowError:
            raise DateError(f"'{word}': day {words} lies after the year 9999: give an earlier one") from None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise DateError(
            f"'{word}': '{words}' is no day: write it as YYYY-MM-DD, or as the number of days after {start}"
        ) from None
