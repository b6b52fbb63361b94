"""The sentences that a brief says about its own case, by language, read from `sentences.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from garrison.briefing.words import Words


@cache
def sentences(language: str = "en") -> Words:
    """Give the sentences of one language.

    Examples
    --------
    >>> sentences().say("verdict.one_source")
    'one source'
    """
    table = tomllib.loads(files(__package__).joinpath("sentences.toml").read_text(encoding="utf8"))
    return Words(language, table[language])
