"""Notes numbered in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from garrison.briefing.content import BriefContent

_ONE = ("note", "age_note", "number")
_MANY = ("notes", "depends_on")


def in_reading_order(content: BriefContent) -> BriefContent:
    """Number the provenance rows anew: 1 for the headline, then as a reader meets them.

    Rows that no part of the page names follow those that rest on them.

    Parameters
    ----------
    content
        What a page says, its notes numbered in any way.

    Returns
    -------
    BriefContent
        The same with its rows sorted by their new numbers, and every note changed with them.
    """
    rests_on = {row.number: row.depends_on for row in content.provenance}
    parts = [getattr(content, item.name) for item in fields(content) if item.name != "provenance"]
    waiting = [content.headline.chance.note, *_notes(tuple(parts))]
    met: dict[int, int] = {}
    while waiting:
        later: list[int] = []
        for number in waiting:
            if number not in met:
                met[number] = len(met) + 1
                later += rests_on[number]
        waiting = later
    for number in rests_on:
        met.setdefault(number, len(met) + 1)
    rows = sorted(content.provenance, key=lambda row: met[row.number])
    changed = {item.name: _renumbered(getattr(content, item.name), met) for item in fields(content)}
    changed["provenance"] = _renumbered(tuple(rows), met)
    return replace(content, **changed)


def _notes(value: Any) -> Iterator[int]:
    """Walk through the notes of a part in the order in which the page prints its fields."""
    if isinstance(value, tuple):
        for item in value:
            yield from _notes(item)
    elif is_dataclass(value):
        for field in fields(value):
            inside = getattr(value, field.name)
            if field.name in _ONE:
                yield inside
            elif field.name in _MANY:
                yield from inside
            else:
                yield from _notes(inside)


def _renumbered(value: Any, new: Mapping[int, int]) -> Any:
    if isinstance(value, tuple):
        return tuple(_renumbered(item, new) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for field in fields(value):
        inside = getattr(value, field.name)
        if field.name in _ONE:
            changed[field.name] = new[inside]
        elif field.name in _MANY:
            changed[field.name] = tuple(new[number] for number in inside)
        else:
            changed[field.name] = _renumbered(inside, new)
    return replace(value, **changed)
