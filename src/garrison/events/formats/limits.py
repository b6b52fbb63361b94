"""What a file of event data may be before it is refused: the limits as data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, dict[str, int]]:
    return tomllib.loads(files(__package__).joinpath("limits.toml").read_text(encoding="utf8"))


def limit(name: str) -> int:
    """Give one limit by its name in `limits.toml`.

    Parameters
    ----------
    name
        A key of that file.

    Returns
    -------
    int
        In the unit that the file states.

    Examples
    --------
    >>> limit("earliest_year")
    1900
    """
    return _table()[name]["value"]
