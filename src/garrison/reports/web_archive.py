"""Web archives (WARC, WET): every stored page is a document, named by its address."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import BinaryIO

from garrison.errors import InputError, ReportError
from garrison.reports.archive_records import ArchiveRecord, archive_records
from garrison.reports.cleaning import one_line
from garrison.reports.document import Document, Rejected
from garrison.reports.html_page import documents_in_page
from garrison.reports.http_payload import payload_of
from garrison.reports.limits import limit
from garrison.reports.page_encoding import decode_page
from garrison.reports.pdf_document import documents_in_pdf
from garrison.reports.plain_text import documents_in_text
from garrison.reports.stream_form import form_of


def iter_web_archive(
    file: BinaryIO, doc: str, origin: str, *, can_seek: bool = True
) -> Iterator[Document | Rejected]:
    """Read the pages of a web archive, one in memory at a time.

    A page is dated by what it states itself, else by the day on which it was stored. A damaged record is named by
    the byte at which it stands, and the next one is looked for.

    Parameters
    ----------
    file
        The archive; fastwarc tells itself how it is packed.
    doc
        The file's name without its ending; a record without address is called `doc-BYTE`.
    origin
        What messages call the file.
    can_seek
        Whether one can go back in it.

    Yields
    ------
    Document or Rejected
        In the order of the archive.

    Raises
    ------
    ReportError
        If it holds no page.
    """
    name = one_line(origin)
    is_empty = True
    for record in archive_records(file, can_seek=can_seek):
        where = f"{name}, byte {record.place:,}"
        place = f"{where}: {one_line(record.url)[:200]}" if record.url else where
        if not record.problem and not record.content.strip():
            continue
        is_empty = False
        try:
            if record.problem:
                raise ReportError(f"{place}: {record.problem}; store the page again")
            yield from _documents_of(record, f"{doc}-{record.place}", place)
        except InputError as error:
            yield Rejected(place, str(error), error)
    if is_empty:
        raise ReportError(f"{name}: holds no page; give a WARC with stored pages or a WET with texts")


def _documents_of(record: ArchiveRecord, doc: str, place: str) -> Iterator[Document | Rejected]:
    try:
        content = payload_of(record.content, record.transfer, record.encodings, int(limit("largest_file")))
    except ReportError as error:
        raise ReportError(f"{place}: {error}") from None
    form = _form(record.kind, content)
    found: Iterator[Document | Rejected]
    if form == ".pdf":
        found = documents_in_pdf(content, record.url or doc, place)
    elif form == ".html":
        found = iter(
            documents_in_page(content, record.url or doc, place, charset=record.charset, url=record.url)
        )
    else:
        text = decode_page(content, place, record.charset)
        found = iter(documents_in_text(text.encode("utf-8", "surrogatepass"), record.url or doc, place))
    for item in found:
        if isinstance(item, Document):
            yield dataclasses.replace(item, url=record.url, stored=record.day or item.stored)
        else:
            yield item


def _form(kind: str, content: bytes) -> str:
    if kind == "application/pdf" or content.startswith(b"%PDF"):
        return ".pdf"
    if kind in ("text/html", "application/xhtml+xml"):
        return ".html"
    if kind == "text/plain":
        return ".txt"
    return ".html" if form_of(content) == ".html" else ".txt"
