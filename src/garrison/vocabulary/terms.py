"""Certainty, sectors, ranks and kinds of sources."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Certainty:
    """One grade of certainty: its words, what it means, and whether it may count as evidence of an event."""

    name: str
    label: str
    definition: str
    example: str
    counted: bool


@cache
def _terms() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("terms.toml").read_text(encoding="utf8"))


@cache
def certainties() -> Mapping[str, Certainty]:
    """Give the grades of certainty by name.

    Examples
    --------
    >>> certainties()["forecast"].counted
    False
    """
    rows = _terms()["certainty"]
    return MappingProxyType({name: Certainty(name, **row) for name, row in rows.items()})


def is_counted(certainty: str) -> bool:
    """Say whether a claim of this certainty may count as evidence that something happened now.

    Examples
    --------
    >>> is_counted("claim_single_source"), is_counted("reader_comment")
    (True, False)
    """
    return certainties()[certainty].counted


@cache
def sectors() -> Mapping[str, str]:
    """Give the sectors of actors: code to words.

    Examples
    --------
    >>> sectors()["GRD"]
    'national guard, gendarmerie'
    """
    return MappingProxyType(_terms()["sector"])


@cache
def ranks() -> Mapping[str, str]:
    """Give the ranks of members of the forces, lowest first: name to words.

    Examples
    --------
    >>> list(ranks())[0]
    'troops'
    """
    return MappingProxyType(_terms()["rank"])


@cache
def source_kinds() -> Mapping[str, str]:
    """Give the kinds of sources: name to words.

    Examples
    --------
    >>> source_kinds()["ngo"]
    'non-governmental organisation'
    """
    return MappingProxyType(_terms()["source_kind"])
