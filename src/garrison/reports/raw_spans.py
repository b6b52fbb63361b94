"""Where the characters of a page's text stand in its raw file."""

from __future__ import annotations

import html
import re

_SKIPPED = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style|noscript|template|svg|head)\b[^<>]*>.*?(?:</\1\s*>|$)|</?[A-Za-z!?][^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
# Each line that is missing costs a search through the rest of the page; after so many the page is no match.
_MOST_MISSED = 200
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});?", re.IGNORECASE)


def find_raw_spans(text: str, raw: str) -> tuple[tuple[int, int, int], ...]:
    """Find the stretches of a page's text that stand, character by character, in its raw file.

    Both are read without their blanks; each line of the text is looked for behind the one before it. What came
    from an entity (`&amp;`) or across a tag ends a stretch.

    Parameters
    ----------
    text
        As extracted and cleaned.
    raw
        The page as decoded.

    Returns
    -------
    tuple
        (text_start, raw_start, length) of each stretch, in order. Where nothing is found, one stretch of length
        0, since none at all would mean that text and raw file are the same.

    Examples
    --------
    >>> find_raw_spans("Troops & guards left.", "<p>Troops &amp; <b>guards</b> left.</p>")
    ((0, 3, 6), (9, 19, 6), (16, 30, 5))
    """
    letters, places = _visible_letters(raw)
    cursor = n_missed = 0
    spans: list[tuple[int, int, int]] = []
    at = 0
    for line in text.split("\n"):
        wanted = [(at + index, char) for index, char in enumerate(line) if not char.isspace()]
        searched = bool(wanted) and n_missed < _MOST_MISSED
        found = letters.find("".join(char for _, char in wanted), cursor) if searched else -1
        n_missed += searched and found < 0
        if found >= 0:
            raw_places = places[found : found + len(wanted)]
            spans += _stretches([place for place, _ in wanted], raw_places, text, raw)
            cursor = found + len(wanted)
        at += len(line) + 1
    return tuple(spans) or ((0, 0, 0),)


def _visible_letters(raw: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    at = 0
    for tag in _SKIPPED.finditer(raw):
        _add_letters(raw, at, tag.start(), letters, places)
        at = tag.end()
    _add_letters(raw, at, len(raw), letters, places)
    return "".join(letters), places


def _add_letters(raw: str, start: int, end: int, letters: list[str], places: list[int]) -> None:
    at = start
    while at < end:
        entity = _ENTITY.match(raw, at, end) if raw[at] == "&" else None
        meant = html.unescape(entity.group()) if entity else raw[at]
        for char in meant:
            if not char.isspace():
                letters.append(char)
                # A character that the file does not hold as such has no place of its own.
                places.append(-1 if entity and meant != entity.group() else at)
        at = entity.end() if entity else at + 1


def _stretches(
    text_places: list[int], raw_places: list[int], text: str, raw: str
) -> list[tuple[int, int, int]]:
    spans: list[tuple[int, int, int]] = []
    start, previous = None, 0
    for index, (text_at, raw_at) in enumerate(zip(text_places, raw_places, strict=True)):
        if start is not None and raw_at >= 0:
            gap_text = text[text_places[previous] + 1 : text_at]
            gap_raw = raw[raw_places[previous] + 1 : raw_at]
            if gap_text == gap_raw:
                previous = index
                continue
        if start is not None:
            length = text_places[previous] + 1 - text_places[start]
            spans.append((text_places[start], raw_places[start], length))
        start, previous = (index, index) if raw_at >= 0 else (None, 0)
    if start is not None:
        spans.append((text_places[start], raw_places[start], text_places[previous] + 1 - text_places[start]))
    return spans
