"""What is kept to where tables are looked for or fetched, from `data_limits.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data_limits.toml").read_text(encoding="utf8"))


def data_limit(part: str, name: str) -> int:
    """Give a number of `data_limits.toml`.

    Parameters
    ----------
    part, name
        Its table and its key.

    Examples
    --------
    >>> data_limit("download", "silence")
    30
    """
    return int(_table()[part][name]["value"])
