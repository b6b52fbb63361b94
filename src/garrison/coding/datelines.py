"""Datelines: where, when and by whom a text was written stands before its first sentence, and is no part of it."""

from __future__ import annotations

import re

_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{2,}(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,3}"
_NAME = r"[A-ZÀ-Þ][\w'’.-]+(?: (?:de |la |el |al |of )?[A-ZÀ-Þ][\w'’.-]+){0,2}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:[A-Z][a-z]+day,? )?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_AGENCY = r"\([^()\n]{2,40}\)"
_DASH = r"(?: ?[–—]{1,2} ?| [-]{1,2} | -- ?)"
_FURTHER = rf"(?:(?:, ?|/)(?!{_DAY})(?:{_NAME})){{0,2}}"
_PLACE = rf"(?:{_CAPITALS}|{_NAME}){_FURTHER}"
_FORMS = (
    # LOME, 3 May (Wire) - ; Lome, Togo (Wire) — ; LOME/ACCRA, 3 May -
    rf"{_PLACE}(?:,? {_DAY},?(?: {_AGENCY})?|,? {_AGENCY}){_DASH}",
    # 3 May, LOME (Wire) -
    rf"{_DAY},? {_PLACE}(?: {_AGENCY})?{_DASH}",
    # (Wire) - ; LOME - ; LOME: ; Lome, Togo -
    rf"{_AGENCY}{_DASH}",
    rf"{_CAPITALS}{_FURTHER}(?:{_DASH}|: )",
    rf"{_NAME}(?:, {_NAME})? [–—-]{{1,2}} ",
    # (LOME) ; LOME (Wire)
    rf"\({_CAPITALS}\) ",
    rf"{_CAPITALS}{_FURTHER}(?:,? {_DAY})? {_AGENCY} ",
)
_DATELINE = re.compile(rf"^(?:{'|'.join(_FORMS)})(?=[A-ZÀ-Þ\"“'‘\d])", re.MULTILINE)


def ends_of_datelines(text: str) -> list[int]:
    """Find where the sentences behind datelines begin.

    Parameters
    ----------
    text
        Any text; a dateline stands at the beginning of a line.

    Returns
    -------
    list of int
        Characters, in order.

    Examples
    --------
    >>> ends_of_datelines("LOME, 3 May (Wire) - Troops left.")
    [21]
    """
    return [match.end() for match in _DATELINE.finditer(text)]
