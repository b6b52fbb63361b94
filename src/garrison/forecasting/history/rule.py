"""The constants of the risk set and of the labels, from `rule.toml`."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rule() -> dict[str, Any]:
    """Give the constants by section."""
    return tomllib.loads(files(__package__).joinpath("rule.toml").read_text(encoding="utf8"))


def constant(section: str, key: str) -> float:
    """Give a number of the rule.

    Examples
    --------
    >>> constant("labels", "merge")
    14
    """
    value = rule()[section][key]["value"]
    assert isinstance(value, int | float)
    return value


def words(section: str, key: str) -> tuple[str, ...]:
    """Give words of the rule."""
    return tuple(rule()[section][key]["value"])


def censored() -> date:
    """Give the last day of the risk set."""
    day = rule()["crisis"]["censored"]["value"]
    assert isinstance(day, date)
    return day
