"""Whole numbers given on the command line: a wrong one is one line, like every other error."""

from __future__ import annotations

import re

from garrison.errors import ParameterError


def parse_whole(words: str | None, option: str) -> int | None:
    """Read a whole number.

    Parameters
    ----------
    words
        As typed; None where the option was not given.
    option
        Its name, for the error.

    Raises
    ------
    ParameterError
        If it is no whole number.

    Examples
    --------
    >>> parse_whole("2000", "--runs")
    2000
    """
    if words is None:
        return None
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", words.strip()):
        raise ParameterError(
            f"{option} {words[:40]}: is no whole number; write digits, for example {option} 2000"
        )
    return int(words)
