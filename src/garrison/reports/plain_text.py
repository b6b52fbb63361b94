"""Plain text and Markdown: one file is one document, and its offsets are the file's own."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from garrison.reports.cleaning import clean, one_line
from garrison.reports.document import Document
from garrison.reports.file_bytes import decode
from garrison.reports.publication_date import parse_day

_FRONT_MATTER = re.compile(r"\s*---[ ]*\n(?P<keys>(?:[^\n]*\n){1,60}?)---[ ]*\n")
_KEY = re.compile(r"(?P<key>[A-Za-z_]+)\s*:\s*(?P<value>\S.*)")


def documents_in_text(content: bytes, doc: str, origin: str) -> list[Document]:
    r"""Read a plain text or a Markdown file.

    Markdown's front matter (`title`, `date`, `publisher`) is read as metadata and blanked in the text, character
    by character.

    Parameters
    ----------
    content
        The file's bytes.
    doc
        The document's name: the file's name without its ending.
    origin
        What messages call it.

    Returns
    -------
    list of Document
        One document.

    Raises
    ------
    ReportError
        If this is no text.

    Examples
    --------
    >>> page = b"---\ndate: 2019-02-03\n---\nTroops leave the palace."
    >>> document = documents_in_text(page, "note", "note.md")[0]
    >>> document.published, document.text[25:]
    (datetime.date(2019, 2, 3), 'Troops leave the palace.')
    """
    text = clean(decode(content, one_line(origin)))
    keys: dict[str, str] = {}
    front = _FRONT_MATTER.match(text)
    if front:
        for line in front["keys"].split("\n"):
            found = _KEY.match(line.strip())
            if found:
                keys[found["key"].lower()] = found["value"].strip(" \"'")
        text = re.sub(r"[^\n]", " ", text[: front.end()]) + text[front.end() :]
    published: date | None = parse_day(keys.get("published", keys.get("date", "")))
    return [
        Document(
            text=text,
            doc=doc,
            title=keys.get("title", ""),
            published=published,
            publisher=keys.get("publisher", keys.get("source", "")),
            origin=origin,
            sha256=hashlib.sha256(content).hexdigest(),
        )
    ]
