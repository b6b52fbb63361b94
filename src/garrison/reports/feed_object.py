"""A JSON object as a document, by the keys that feeds and data sets use."""

from __future__ import annotations

import hashlib
import math
import tomllib
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from garrison.errors import ReportError
from garrison.reports.cleaning import clean, one_line
from garrison.reports.document import Document
from garrison.reports.markup_in_text import holds_markup, text_of_markup
from garrison.reports.publication_date import parse_day
from garrison.vocabulary import source_kinds

# Seconds since 1970 have ten digits for the next 260 years, milliseconds thirteen.
_MILLISECONDS_FROM = 100_000_000_000


@cache
def feed_keys() -> dict[str, tuple[str, ...]]:
    """Read which keys say what.

    Returns
    -------
    dict
        The keys of each kind of statement, in the order in which they are asked.

    Examples
    --------
    >>> feed_keys()["title"]
    ('title', 'headline')
    """
    table = tomllib.loads(files(__package__).joinpath("feed_keys.toml").read_text(encoding="utf8"))
    return {name: tuple(row["keys"]) for name, row in table.items()}


def document_in_object(row: Any, doc: str, place: str) -> Document:
    """Make a document of a JSON object.

    Parameters
    ----------
    row
        As parsed.
    doc
        Its name where it states none.
    place
        What messages call it.

    Returns
    -------
    Document
        Offsets count the characters of its text; markup in the text is read as a page's is.

    Raises
    ------
    ReportError
        If it is no object, holds no text, or states something that cannot be read.

    Examples
    --------
    >>> row = {"headline": "Troops leave", "body": "<p>They left.</p>", "pubDate": "Sun, 03 Feb 2019 10:00:00 GMT"}
    >>> document = document_in_object(row, "a", "a.json")
    >>> document.title, document.text, document.published
    ('Troops leave', 'They left.', datetime.date(2019, 2, 3))
    """
    if not isinstance(row, dict):
        raise ReportError(f"{place}: is no JSON object; write one object a line")
    row = {key.lower(): value for key, value in row.items()}
    text = _text(row)
    if not text.strip():
        raise ReportError(f"{place}: has no 'text'; give it as a string")
    kind = _string(row, "source_kind", place) or "media"
    if kind not in source_kinds():
        raise ReportError(
            f"{place}: unknown source_kind '{one_line(kind)}'; known: {', '.join(source_kinds())}"
        )
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    shown, raw_spans = text_of_markup(text, place) if holds_markup(text) else (clean(text), ())
    if not shown.strip():
        raise ReportError(f"{place}: its 'text' is markup without words; give its words")
    return Document(
        text=shown,
        doc=_string(row, "name", place) or doc,
        title=_string(row, "title", place),
        published=_day(row, place),
        publisher=_string(row, "publisher", place),
        source_kind=kind,
        origin=place,
        url=_string(row, "url", place),
        sha256=digest,
        raw_spans=raw_spans,
    )


def _inside(value: Any) -> Any:
    """Give what an object or a list of one says, where feeds wrap a string."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        named = (value.get(key) for key in feed_keys()["inner"])
        value = next((item for item in named if isinstance(item, str)), None)
    return value


def _text(row: dict[str, Any]) -> str:
    for key in feed_keys()["text"]:
        value = _inside(row.get(key))
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _string(row: dict[str, Any], what: str, place: str) -> str:
    wrong = None
    for key in feed_keys()[what]:
        value = row.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value) if abs(value) < 10**18 else ""
        value = _inside(value) if isinstance(value, dict | list) else value
        if isinstance(value, str) and value.strip():
            return one_line(value)
        if row.get(key) is not None and not isinstance(value, str):
            wrong = wrong or key
    if wrong is not None:
        raise ReportError(f"{place}: '{wrong}' is no string; write it in quotes")
    return ""


def _day(row: dict[str, Any], place: str) -> date | None:
    for key in feed_keys()["published"]:
        value = row.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            day = _day_of_clock(float(value)) if abs(value) < 1e15 else None
            if day is not None:
                return day
    words = _string(row, "published", place)
    if not words:
        return None
    day = parse_day(words)
    if day is None:
        raise ReportError(f"{place}: cannot read the date '{words[:100]}'; write it as YYYY-MM-DD")
    return day


def _day_of_clock(seconds: float) -> date | None:
    """Read seconds or milliseconds since 1970; a small number is no clock."""
    if not math.isfinite(seconds) or seconds < _MILLISECONDS_FROM / 1000:
        return None
    seconds = seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds
    return datetime.fromtimestamp(min(seconds, 4e9), UTC).date()
