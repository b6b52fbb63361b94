"""What the ledger keeps to: its limits, and how each target is settled, from `ledger.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from garrison.errors import ParameterError, nearest
from garrison.forecasting.ledger.entry import Resolver


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
    targets = _table()["target"]
    if target not in targets:
        raise ParameterError(f"target '{target}' has no rule that settles it. {nearest(target, targets)}")
    row = targets[target]
    rule = Resolver(
        row["resolver"], row["resolver_version"], tuple(row["types"]), float(row["min_p_happened"])
    )
    return str(row["version"]), rule
