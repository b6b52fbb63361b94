"""The constants of the models, from `constants.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def model_constants() -> dict[str, Any]:
    """Give the constants by section, each with value, unit, source and why.

    Examples
    --------
    >>> model_constants()["recent"]["years"]["unit"]
    'years'
    """
    return tomllib.loads(files(__package__).joinpath("constants.toml").read_text(encoding="utf8"))


def constant(section: str, key: str) -> float:
    """Give a number.

    Parameters
    ----------
    section, key
        As in `constants.toml`.

    Returns
    -------
    float

    Examples
    --------
    >>> constant("recent", "years")
    20.0
    """
    return float(model_constants()[section][key]["value"])
