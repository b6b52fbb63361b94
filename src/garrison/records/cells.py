"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

from typing import TypeVar

V = TypeVar("V")

#: With one of these a spreadsheet begins a formula.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell_text(value: V) -> V | str:
    """Keep a spreadsheet from taking words for a formula: an apostrophe before them marks text.

    Parameters
    ----------
    value
        Of a cell; what is no text stays as it is.

    Examples
    --------
    >>> cell_text("=cmd|' /C calc'!A0"), cell_text("a march"), cell_text(-0.5)
    ("'=cmd|' /C calc'!A0", 'a march', -0.5)
    """
    if isinstance(value, str) and value.startswith(_BEGINS_FORMULA):
        return f"'{value}"
    return value
