"""JSON lines: a document a line, with what is known of it as keys; and lists of such objects."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from garrison.errors import InputError, ReportError
from garrison.reports.cleaning import one_line
from garrison.reports.document import Document, Rejected
from garrison.reports.feed_object import document_in_object, feed_keys
from garrison.reports.file_bytes import decode, refuse_binary
from garrison.reports.limits import limit
from garrison.reports.long_lines import bounded_lines
from garrison.reports.rewound import rewound


def documents_in_json_lines(content: bytes, doc: str, origin: str) -> tuple[list[Document], list[Rejected]]:
    r"""Read a text that holds one JSON object a line.

    Parameters
    ----------
    content
        Its bytes.
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
    found = list(iter_json_lines(io.BytesIO(content), doc, origin))
    return (
        [item for item in found if isinstance(item, Document)],
        [item for item in found if isinstance(item, Rejected)],
    )


def iter_json_lines(stream: BinaryIO, doc: str, origin: str) -> Iterator[Document | Rejected]:
    r"""Read a stream of one JSON object a line, one line in memory at a time.

    The keys are those of `feed_keys.toml`: `text` (required), `title`, `published`, `id` (the document's name),
    `publisher`, `source_kind` (a kind of the vocabulary), `url`, and what feeds call them. Others are ignored.

    Parameters
    ----------
    stream
        Its bytes, unpacked.
    doc
        The file's name without its ending; a line without `id` is called `doc-LINE`.
    origin
        What messages call the file.

    Yields
    ------
    Document or Rejected
        In the order of the lines.

    Raises
    ------
    ReportError
        If the stream is no text at all, or a line never ends.
    """
    name = one_line(origin)
    head, whole = rewound(stream, 4096)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = decode(_whole(whole, name), name)
        whole = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    else:
        refuse_binary(head, name)
    any_line = False
    for number, line in bounded_lines(whole, int(limit("longest_line")), name):
        place = f"{name}, line {number}"
        if line is None:
            size = f"{limit('longest_line') / 1e6:.0f} MB"
            reason = f"{place}: is longer than the {size} that a line may have; write one document a line"
            yield Rejected(place, reason, ReportError(reason))
            any_line = True
            continue
        try:
            words = _decoded_line(line, place).strip("\ufeff \t\r\n")
            if words:
                any_line = True
                yield document_in_object(_parsed(words, place), f"{doc}-{number}", place)
        except InputError as error:
            any_line = True
            yield Rejected(place, str(error), error)
    if not any_line:
        raise ReportError(f"{name}: holds nothing but blanks; give a file with text")


def documents_in_json(content: bytes, doc: str, origin: str) -> Iterator[Document | Rejected]:
    """Read a JSON file: a list of objects, one object, or an object that holds the list.

    Parameters
    ----------
    content
        The file's bytes.
    doc
        The file's name without its ending; an item without `id` is called `doc-NUMBER`.
    origin
        What messages call the file.

    Yields
    ------
    Document or Rejected
        In the order of the list.

    Raises
    ------
    ReportError
        If it is no JSON.

    Examples
    --------
    >>> feed = b'{"status": "ok", "articles": [{"content": "Troops left.", "publishedAt": "2019-02-03"}]}'
    >>> [item.doc for item in documents_in_json(feed, "feed", "feed.json")]
    ['feed-1']
    """
    name = one_line(origin)
    text = decode(content, name).strip("\ufeff \t\r\n")
    if "\n" in text and _is_json(text.partition("\n")[0]):
        yield from iter_json_lines(io.BytesIO(text.encode("utf-8", "surrogatepass")), doc, origin)
        return
    data = _parsed(text, name)
    if isinstance(data, dict):
        held = next((data[key] for key in feed_keys()["list"] if isinstance(data.get(key), list)), None)
        if held is None or any(isinstance(data.get(key), str) for key in feed_keys()["text"]):
            yield document_in_object(data, doc, name)
            return
        data = held
    if not isinstance(data, list) or not data:
        raise ReportError(f"{name}: holds no list of objects; give a list, or one object a line as .jsonl")
    for number, row in enumerate(data, start=1):
        place = f"{name}, item {number}"
        try:
            yield document_in_object(row, f"{doc}-{number}", place)
        except InputError as error:
            yield Rejected(place, str(error), error)


def _parsed(words: str, place: str) -> Any:
    try:
        return json.loads(words)
    except (ValueError, RecursionError) as error:
        what = "nested too deeply" if isinstance(error, RecursionError) else getattr(error, "msg", "a number")
        raise ReportError(f"{place}: is no JSON ({one_line(what)}); write one object a line") from None


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _decoded_line(line: bytes, place: str) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        at = f"byte {error.start + 1} is 0x{line[error.start]:02x}"
        raise ReportError(f"{place}: is not UTF-8 ({at}); write the file as UTF-8") from None


def _whole(stream: BinaryIO, name: str) -> bytes:
    from garrison.reports.file_bytes import check_size
    from garrison.reports.unpacking import read_up_to

    content = read_up_to(stream, int(limit("largest_file")) + 1)
    check_size(len(content), name)
    return content
