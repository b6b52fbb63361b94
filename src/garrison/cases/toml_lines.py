"""Where a key stands in a TOML text: tables that are read do not say it."""

from __future__ import annotations

import re
from collections.abc import Sequence

Place = tuple[str | int, ...]
"""Names of tables and keys from the top, with the number of the entry after the name of a list of tables."""

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*="""
)
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")
_LONG_QUOTES = ('"""', "'''")


def _names(words: str) -> list[str]:
    return [double or single or bare for double, single, bare in _PART.findall(words)]


def _numbered(names: Sequence[str], counts: dict[tuple[str, ...], int], *, entry: bool) -> Place:
    """Put the number of the present entry behind each name of a list of tables; `entry` opens a new one."""
    if entry:
        counts[tuple(names)] = counts.get(tuple(names), -1) + 1
        for inner in [
            name for name in counts if len(name) > len(names) and name[: len(names)] == tuple(names)
        ]:
            del counts[inner]
    place: list[str | int] = []
    for depth, name in enumerate(names, start=1):
        place.append(name)
        if tuple(names[:depth]) in counts:
            place.append(counts[tuple(names[:depth])])
    return tuple(place)


def lines_of_keys(text: str) -> dict[Place, int]:
    r"""Find the line on which each table and each key of a TOML text begins.

    Parameters
    ----------
    text
        Of a TOML file, whole or not.

    Returns
    -------
    dict
        Place to number of the line, from 1; the first where a place stands twice.

    Examples
    --------
    >>> lines_of_keys("days = 90\n[[lever]]\nsize = 1\n[[lever]]\nsize = 2\n")["lever", 1, "size"]
    5
    """
    found: dict[Place, int] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: Place = ()
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        was_inside = inside
        for quotes in _LONG_QUOTES:
            if inside in ("", quotes) and line.count(quotes) % 2:
                inside = "" if inside else quotes
        if was_inside:
            continue
        if header := _HEADER.match(line):
            table = _numbered(_names(header[2]), counts, entry=header[1] == "[[")
            found.setdefault(table, number)
            if table and isinstance(table[-1], int):
                found.setdefault(table[:-1], number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_names(key[1])), number)
    return found


def line_of(place: Place, lines: dict[Place, int]) -> int | None:
    r"""Give the line of a place, or else of what stands below it, or of the table in which it would stand.

    Parameters
    ----------
    place
        See `Place`.
    lines
        See `lines_of_keys`.

    Returns
    -------
    int or None
        None where no part of it is found.

    Examples
    --------
    >>> line_of(("lever", 0, "sise"), lines_of_keys("[[lever]]\nsize = 1\n"))
    1
    """
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
        below = [line for other, line in lines.items() if other[:length] == place[:length]]
        if below:
            return min(below)
    return None
