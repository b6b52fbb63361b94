"""Text from the web made safe to print: it stays text, and it stays in its place."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

# Characters that turn the reading direction of what follows. They are printed by their number: a reader must see
# that they are there, and they must not turn the page around. The harmless marks U+200E and U+200F stay.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# More marks over one letter than any script needs would climb over the lines above.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]"
_PILED_MARKS = re.compile(f"({_MARK}{{4}}){_MARK}+")


def plain(text: str) -> str:
    r"""Make a text printable: no control character, no turned direction, no broken character, no piled marks.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The text; what cannot be printed is shown by its number or as a replacement character.

    Examples
    --------
    >>> plain("pay\u202eyap")
    'pay[U+202E]yap'
    """
    text = _DIRECTION.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)
    return _PILED_MARKS.sub(r"\1", _SURROGATE.sub("\ufffd", _CONTROL.sub("\ufffd", text)))


def plainly(value: T) -> T:
    """Give a copy of a record, or of anything that records are made of, with all its texts made printable."""
    cleaned: Any = value
    if isinstance(value, str):
        cleaned = plain(value)
    elif isinstance(value, tuple):
        cleaned = tuple(plainly(item) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        cleaned = replace(value, **{item.name: plainly(getattr(value, item.name)) for item in fields(value)})
    return cleaned  # type: ignore[no-any-return]
