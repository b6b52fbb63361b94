"""Reports from files, folders, standard input and texts in memory; what cannot be read is named and set aside."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from garrison.errors import InputError, ReportError
from garrison.records import Report, Reports
from garrison.reports.cleaning import clean, one_line
from garrison.reports.compose import Request, compose_report
from garrison.reports.document import Document, Reading, Rejected
from garrison.reports.file_bytes import decode, read_bytes
from garrison.reports.html_page import documents_in_page
from garrison.reports.json_lines import documents_in_json_lines
from garrison.reports.plain_text import documents_in_text
from garrison.reports.publication_date import check_not_future
from garrison.reports.standard_input import form_of, read_standard_input

ENDINGS = (".htm", ".html", ".jsonl", ".md", ".txt")
Source = str | os.PathLike[str] | Document


def read_reports(
    sources: Sequence[Source] | Source, *, as_of: date | None = None, title: str | None = None
) -> Reading:
    """Read reports: files (.txt, .md, .html, .htm, .jsonl), folders of them, "-" (standard input), documents.

    A bad source never loses the good rest: it is named, set aside and counted. Only if nothing at all can be read
    is that an error.

    Parameters
    ----------
    sources
        What to read. A folder stands for its readable files, in the order of their names.
    as_of
        The day on which we stand. It dates reports that state no date, and reports published after it are set
        aside (no hindsight).
    title
        The title of the one document, where it does not state its own.

    Returns
    -------
    Reading
        The reports in the order of the sources, and what was set aside.

    Raises
    ------
    ReportError
        If nothing can be read; one line that names the thing and the fix.
    DateError
        If `as_of`, or the date of the only report, is in the future.

    Examples
    --------
    >>> reading = read_reports([Document("Troops left the palace on Friday, officials said.", doc="a")],
    ...                        as_of=date(2019, 2, 3))
    >>> [report.doc for report in reading.reports], reading.rejected
    (['a'], ())
    """
    today = date.today()
    if as_of is not None:
        check_not_future(as_of, "--as-of", today)
    if isinstance(sources, (str, os.PathLike, Document)):
        sources = [sources]
    if not sources:
        raise ReportError("no report was given; give a file, a folder or - for standard input")
    documents, rejected, errors = _collect(sources)
    if title is not None and len(documents) > 1:
        raise ReportError(f"--title fits one document, and {len(documents)} were given; leave it out")
    request = Request(as_of=as_of, title=title, today=today)
    reports = _compose_all(documents, request, rejected, errors)
    if not reports:
        raise _nothing_read(errors, rejected)
    return Reading(Reports.of(reports), tuple(rejected))


def _collect(sources: Sequence[Source]) -> tuple[list[Document], list[Rejected], list[InputError]]:
    documents: list[Document] = []
    rejected: list[Rejected] = []
    errors: list[InputError] = []
    for origin, load in _loaders(sources):
        try:
            found, bad_lines = load()
        except InputError as error:
            errors.append(error)
            rejected.append(Rejected(origin, str(error)))
            continue
        documents += found
        rejected += bad_lines
    return documents, rejected, errors


Loader = Callable[[], tuple[list[Document], list[Rejected]]]


def _loaders(sources: Sequence[Source]) -> Iterator[tuple[str, Loader]]:
    for source in sources:
        if isinstance(source, Document):
            yield one_line(source.origin), lambda kept=source: ([_as_cleaned(kept)], [])  # type: ignore[misc]
        elif os.fspath(source) == "-":
            yield "standard input", _load_standard_input
        elif Path(source).is_dir():
            yield from _loaders_in_folder(Path(source))
        else:
            yield one_line(source), lambda path=Path(source): _load_file(path)  # type: ignore[misc]


def _loaders_in_folder(folder: Path) -> Iterator[tuple[str, Loader]]:
    name = one_line(folder)
    try:
        inside = sorted(
            path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and not path.is_dir()
        )
    except OSError as error:
        message = f"{name}: the folder cannot be read ({one_line(error)}); check its permissions"
        yield name, lambda: _refuse(message)
        return
    if not inside:
        message = f"{name}: the folder holds no report; readable are {', '.join(ENDINGS)}"
        yield name, lambda: _refuse(message)
    for path in inside:
        yield one_line(path), lambda kept=path: _load_file(kept)  # type: ignore[misc]


def _refuse(message: str) -> tuple[list[Document], list[Rejected]]:
    raise ReportError(message)


def _as_cleaned(document: Document) -> Document:
    digest = document.sha256 or hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    return dataclasses.replace(document, text=clean(document.text), sha256=digest)


def _load_standard_input() -> tuple[list[Document], list[Rejected]]:
    content = read_standard_input()
    return _documents(content, form_of(content), "standard-input", "standard input")


def _load_file(path: Path) -> tuple[list[Document], list[Rejected]]:
    content = read_bytes(path)
    return _documents(content, path.suffix.lower(), path.stem, os.fspath(path))


def _documents(content: bytes, ending: str, doc: str, origin: str) -> tuple[list[Document], list[Rejected]]:
    if ending == ".jsonl":
        return documents_in_json_lines(content, doc, origin)
    if ending in (".html", ".htm"):
        return documents_in_page(content, doc, origin), []
    if ending in (".txt", ".md"):
        return documents_in_text(content, doc, origin), []
    name = one_line(origin)
    decode(content, name)  # A file that is no text at all is called that, whatever its ending.
    raise ReportError(
        f"{name}: the ending '{one_line(ending)}' is unknown; readable are {', '.join(ENDINGS)}"
    )


def _compose_all(
    documents: Sequence[Document], request: Request, rejected: list[Rejected], errors: list[InputError]
) -> list[Report]:
    reports: list[Report] = []
    names: set[str] = set()
    seen: dict[str, str] = {}
    for document in documents:
        try:
            report = compose_report(document, request)
        except InputError as error:
            errors.append(error)
            rejected.append(Rejected(one_line(document.origin), str(error)))
            continue
        first = seen.setdefault(report.text.strip(), report.origin)
        if first != report.origin:
            reason = f"{report.origin}: has the same text as {first}; one text is read once"
            rejected.append(Rejected(report.origin, reason))
            continue
        doc = _unused_name(report.doc, names)
        names.add(doc)
        reports.append(report if doc == report.doc else dataclasses.replace(report, doc=doc))
    return reports


def _unused_name(doc: str, names: set[str]) -> str:
    if doc not in names:
        return doc
    number = 2
    while f"{doc}-{number}" in names:
        number += 1
    return f"{doc}-{number}"


def _nothing_read(errors: Sequence[InputError], rejected: Sequence[Rejected]) -> InputError:
    if len(rejected) == 1 and errors:
        return errors[0]
    if not rejected:
        return ReportError("no report could be read: the sources hold no document; give a file with text")
    return ReportError(f"none of {len(rejected)} reports could be read; the first: {rejected[0].reason}")
