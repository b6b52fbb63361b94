"""What the ledger keeps to: its limits from `ledger.toml`, and how each target is settled from `targets.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from garrison.forecasting.ledger.entry import Resolver
from garrison.forecasting.targets import target as target_of


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("ledger.toml").read_text(encoding="utf8"))


def setting(part: str, name: str) -> float:
    """Give a number of `ledger.toml`.

    Parameters
    ----------
    part, name
        Its table and its key.

    Examples
    --------
    >>> setting("scores", "live_days")
    7.0
    """
    return float(_table()[part][name]["value"])


def resolver_of_target(target: str) -> tuple[str, Resolver]:
    """Give the version of a target that Garrison forecasts, and the rule that settles it.

    Parameters
    ----------
    target
        Its code, such as T1a.

    Raises
    ------
    ParameterError
        If Garrison has no such target.

    Examples
    --------
    >>> resolver_of_target("T1a")[1].name
    'events-by-type'
    """
    asked = target_of(target)
    rule = asked.ledger
    return asked.version, Resolver(rule.resolver, rule.resolver_version, rule.types, rule.min_p_happened)
