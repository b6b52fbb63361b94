"""Through which channel of the model each type of event is observed, and the settings of the inference."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("channels.toml").read_text(encoding="utf8"))


@cache
def channels() -> dict[str, Any]:
    """Give the observation channels of `channels.toml`."""
    return {name: row for name, row in _table().items() if "form" in row}


@cache
def setting(name: str) -> float:
    """Give one setting of `channels.toml` by name."""
    return float(_table()["settings"][name]["value"])


def refusal_types() -> tuple[str, ...]:
    """Give the event types that tell of collective refusal.

    Examples
    --------
    >>> "MUTINY" in refusal_types()
    True
    """
    return tuple(_table()["known_refusal"]["types"])
