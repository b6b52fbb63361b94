"""What a file may be before it is refused: the limits as data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, dict[str, float]]:
    return tomllib.loads(files(__package__).joinpath("limits.toml").read_text(encoding="utf8"))


def limit(name: str) -> float:
    """Give one limit by its name in `limits.toml`.

    Parameters
    ----------
    name
        A key of that file.

    Returns
    -------
    float
        In the unit that the file states.

    Examples
    --------
    >>> limit("largest_file") > limit("head_lines")
    True
    """
    return _table()[name]["value"]
