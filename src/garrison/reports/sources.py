"""Documents from files, folders, standard input and memory, one by one."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from garrison.errors import InputError, ReportError
from garrison.reports.cleaning import clean, one_line
from garrison.reports.document import Document, Rejected
from garrison.reports.document_names import DocumentNames
from garrison.reports.endings import ARCHIVES, ENDINGS, LINES, PAGES, TEXTS, can_be_read, split_name
from garrison.reports.file_bytes import check_size, decode, read_bytes
from garrison.reports.html_page import documents_in_page
from garrison.reports.json_lines import documents_in_json, iter_json_lines
from garrison.reports.limits import limit
from garrison.reports.pdf_document import documents_in_pdf
from garrison.reports.plain_text import documents_in_text
from garrison.reports.rewound import rewound
from garrison.reports.stream_form import form_of
from garrison.reports.unpacking import named_damage, read_packed, read_up_to, unpacked
from garrison.reports.web_archive import iter_web_archive

Source = str | os.PathLike[str] | Document
Found = Iterator[Document | Rejected]


def iter_documents(sources: Sequence[Source]) -> Found:
    """Give the documents of sources one by one, holding one in memory.

    Parameters
    ----------
    sources
        Files, folders, "-" (standard input), documents.

    Yields
    ------
    Document or Rejected
        In the order of the sources. Every document has a name of its own, the same in every run over the same
        sources.

    Examples
    --------
    >>> [item.doc for item in iter_documents([Document("Troops left.", doc="a"), Document("They stay.", doc="a")])]
    ['a', 'a-2']
    """
    names = DocumentNames()
    for origin, found in _all_found(sources):
        try:
            for item in found:
                if isinstance(item, Document):
                    yield dataclasses.replace(item, doc=names.unused(item.doc))
                else:
                    yield item
        except InputError as error:
            yield Rejected(origin, str(error), error)


def _all_found(sources: Sequence[Source]) -> Iterator[tuple[str, Found]]:
    for source in sources:
        if isinstance(source, Document):
            yield one_line(source.origin), iter([_as_cleaned(source)])
        elif os.fspath(source) == "-":
            yield "standard input", _in_standard_input()
        elif Path(source).is_dir():
            yield from _in_folder(Path(source))
        else:
            yield one_line(source), _in_file(Path(source))


def _in_folder(folder: Path) -> Iterator[tuple[str, Found]]:
    name = one_line(folder)
    try:
        inside = sorted(path for path in folder.iterdir() if can_be_read(path.name) and not path.is_dir())
    except OSError as error:
        message = f"{name}: the folder cannot be read ({one_line(error)}); check its permissions"
        yield name, _refuse(message)
        return
    if not inside:
        message = f"{name}: the folder holds no report; readable are {', '.join(ENDINGS)}"
        yield name, _refuse(message)
    for path in inside:
        yield one_line(path), _in_file(path)


def _refuse(message: str) -> Found:
    raise ReportError(message)
    yield  # Makes this a generator: it refuses when it is read, as a file does.


def _as_cleaned(document: Document) -> Document:
    digest = document.sha256 or hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    return dataclasses.replace(document, text=clean(document.text), sha256=digest)


def _in_standard_input() -> Found:
    name = "standard input"
    head, stream = rewound(sys.stdin.buffer, 1 << 16)
    packing = {b"\x1f\x8b": ".gz", b"\x28\xb5": ".zst"}.get(head[:2], "")
    with named_damage(name, packing):
        if packing:
            head, stream = rewound(unpacked(stream, packing), 1 << 16)
        form = form_of(head)
        if form == ".jsonl":
            yield from iter_json_lines(stream, "standard-input", name)
            return
        if form == ".warc":
            yield from iter_web_archive(stream, "standard-input", name, can_seek=False)
            return
        content = read_up_to(stream, int(limit("largest_file")) + 1)
    check_size(len(content), name)
    yield from _in_content(content, form, "standard-input", name)


def _in_file(path: Path) -> Found:
    doc, ending, packing = split_name(path.name)
    name = one_line(path)
    if ending in LINES or ending in ARCHIVES:
        _check_ordinary(path, name)
        with named_damage(name, packing), path.open("rb") as file:
            yield from _in_stream(file, ending, packing, doc, os.fspath(path))
        return
    content = read_bytes(path) if not packing else _read_packed(path, packing, name)
    yield from _in_content(content, ending, doc, os.fspath(path))


def _in_stream(file: BinaryIO, ending: str, packing: str, doc: str, origin: str) -> Found:
    if ending in ARCHIVES:
        # The reader of archives finds out itself how they are packed: every record by itself.
        return iter_web_archive(file, doc, origin)
    return iter_json_lines(unpacked(file, packing), doc, origin)


def _read_packed(path: Path, packing: str, name: str) -> bytes:
    _check_ordinary(path, name)
    return read_packed(path, packing)


def _check_ordinary(path: Path, name: str) -> None:
    """Refuse what is missing, empty or no ordinary file; opening a named pipe would wait for ever."""
    with named_damage(name):
        size = path.stat().st_size
    if not path.is_file():
        raise ReportError(f"{name}: is no ordinary file; to read a stream, pipe it in and give -")
    if size == 0:
        raise ReportError(f"{name}: is empty; give a file with text")


def _in_content(content: bytes, ending: str, doc: str, origin: str) -> Found:
    name = one_line(origin)
    if ending in PAGES:
        yield from documents_in_page(content, doc, origin)
    elif ending in TEXTS:
        yield from documents_in_text(content, doc, origin)
    elif ending == ".pdf":
        yield from documents_in_pdf(content, doc, origin)
    elif ending == ".json":
        yield from documents_in_json(content, doc, origin)
    elif ending in LINES:
        yield from iter_json_lines(io.BytesIO(content), doc, origin)
    else:
        decode(content, name)  # A file that is no text at all is called that, whatever its ending.
        raise ReportError(
            f"{name}: the ending '{one_line(ending)}' is unknown; readable are {', '.join(ENDINGS)}"
        )
