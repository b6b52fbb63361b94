"""JSON lines: a document a line, with what is known of it as keys."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from garrison.errors import InputError, ReportError
from garrison.reports.cleaning import clean, one_line
from garrison.reports.document import Document, Rejected
from garrison.reports.file_bytes import decode
from garrison.reports.publication_date import parse_day
from garrison.vocabulary import source_kinds


def documents_in_json_lines(content: bytes, doc: str, origin: str) -> tuple[list[Document], list[Rejected]]:
    r"""Read a file that holds one JSON object a line.

    Keys: `text` (required); `title`; `published` or `date`; `id` (the document's name); `publisher` or `source`;
    `source_kind` (a kind of the vocabulary); `url`. Others are ignored. Offsets count the characters of `text`.

    Parameters
    ----------
    content
        The file's bytes.
    doc
        The file's name without its ending; a line without `id` is called `doc-LINE`.
    origin
        What messages call the file.

    Returns
    -------
    tuple
        The documents, and the lines that were set aside, each with its number and the reason.

    Raises
    ------
    ReportError
        If the file is no text at all.

    Examples
    --------
    >>> lines = b'{"id": "a", "text": "Troops left.", "date": "2019-02-03"}\n{"id": "b"}\n'
    >>> documents, rejected = documents_in_json_lines(lines, "wire", "wire.jsonl")
    >>> documents[0].doc, rejected[0].reason
    ('a', "wire.jsonl, line 2: has no 'text'; give it as a string")
    """
    name = one_line(origin)
    documents: list[Document] = []
    rejected: list[Rejected] = []
    for number, line in enumerate(decode(content, name).split("\n"), start=1):
        if not line.strip("\ufeff \t\r"):
            continue
        place = f"{name}, line {number}"
        try:
            documents.append(_document_of(line.strip("\ufeff \t\r"), f"{doc}-{number}", place))
        except InputError as error:
            rejected.append(Rejected(place, str(error)))
    return documents, rejected


def _document_of(line: str, doc: str, place: str) -> Document:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        what = getattr(error, "msg", "nested too deeply")
        raise ReportError(f"{place}: is no JSON ({what}); write one object a line") from None
    if not isinstance(row, dict):
        raise ReportError(f"{place}: is no JSON object; write one object a line")
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ReportError(f"{place}: has no 'text'; give it as a string")
    kind = _string(row, "source_kind", place=place) or "media"
    if kind not in source_kinds():
        raise ReportError(
            f"{place}: unknown source_kind '{one_line(kind)}'; known: {', '.join(source_kinds())}"
        )
    return Document(
        text=clean(text),
        doc=_string(row, "id", place=place) or doc,
        title=_string(row, "title", place=place),
        published=_day(row, place),
        publisher=_string(row, "publisher", "source", place=place),
        source_kind=kind,
        origin=place,
        url=_string(row, "url", place=place),
        sha256=hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _string(row: dict[str, Any], *keys: str, place: str) -> str:
    for key in keys:
        value = row.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise ReportError(f"{place}: '{key}' is no string; write it in quotes")
        if value and value.strip():
            return one_line(value)
    return ""


def _day(row: dict[str, Any], place: str) -> date | None:
    words = _string(row, "published", "date", place=place)
    if not words:
        return None
    day = parse_day(words)
    if day is None:
        raise ReportError(f"{place}: cannot read the date '{words}'; write it as YYYY-MM-DD")
    return day
