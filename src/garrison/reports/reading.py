"""Reports from files, folders, standard input and texts in memory; what cannot be read is named and set aside."""

from __future__ import annotations

import dataclasses
import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from datetime import date

from garrison.errors import InputError, ReportError
from garrison.records import Report, Reports
from garrison.reports.cleaning import one_line
from garrison.reports.compose import Request, compose_report
from garrison.reports.document import Document, Reading, Rejected
from garrison.reports.limits import limit
from garrison.reports.near_duplicates import NearDuplicates, mark_near_duplicates
from garrison.reports.publication_date import check_not_future
from garrison.reports.seen_keys import SeenKeys, key_of
from garrison.reports.sources import Source, iter_documents


def read_reports(
    sources: Sequence[Source] | Source, *, as_of: date | None = None, title: str | None = None
) -> Reading:
    """Read reports: texts, pages, PDFs, JSON, web archives, folders of them, "-" (standard input), documents.

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
    found = list(_distinct_reports(_as_list(sources), _request(as_of, title)))
    reports = [item for item in found if isinstance(item, Report)]
    rejected = tuple(item for item in found if isinstance(item, Rejected))
    if not reports:
        raise _nothing_read(rejected)
    return Reading(Reports.of(mark_near_duplicates(reports)), rejected)


def iter_reports(
    sources: Sequence[Source] | Source, *, as_of: date | None = None, title: str | None = None
) -> Iterator[Report | Rejected]:
    """Read reports one by one, so that a feed or an archive of any size needs the memory of one document.

    As `read_reports`, but what is set aside comes in its place, nothing is raised for it, and a near-duplicate is
    looked for only among the latest documents before it (`near_duplicate_window`). Names and order are the same in
    every run over the same sources, so that a broken-off run can be taken up behind the last name that was done.

    Parameters
    ----------
    sources
        What to read.
    as_of
        The day on which we stand.
    title
        The title of the one document, where it does not state its own.

    Yields
    ------
    Report or Rejected
        In the order of the sources.

    Raises
    ------
    ReportError
        If no source is given, or a title for more than one document.
    DateError
        If `as_of` is in the future.

    Examples
    --------
    >>> notes = [Document("Troops left on Friday, officials said.", doc="a"), Document(" ", doc="b", origin="b.txt")]
    >>> for item in iter_reports(notes, as_of=date(2019, 2, 3)):
    ...     print(item.doc if isinstance(item, Report) else item)
    a
    b.txt: holds no text; give a document with text
    """
    request = _request(as_of, title)
    listed = _as_list(sources)
    return _marked(_distinct_reports(listed, request))


def _marked(found: Iterator[Report | Rejected]) -> Iterator[Report | Rejected]:
    copied = NearDuplicates()
    for item in found:
        original = copied.original_of(item) if isinstance(item, Report) else None
        if isinstance(item, Report) and original is not None:
            yield dataclasses.replace(item, near_duplicate_of=original)
        else:
            yield item


def _as_list(sources: Sequence[Source] | Source) -> Sequence[Source]:
    listed: Sequence[Source] = [sources] if isinstance(sources, (str, os.PathLike, Document)) else sources
    if not listed:
        raise ReportError("no report was given; give a file, a folder or - for standard input")
    return listed


def _request(as_of: date | None, title: str | None) -> Request:
    today = date.today()
    if as_of is not None:
        check_not_future(as_of, "--as-of", today)
    return Request(as_of=as_of, title=title, today=today)


def _distinct_reports(sources: Sequence[Source], request: Request) -> Iterator[Report | Rejected]:
    seen = SeenKeys()
    latest: OrderedDict[int, str] = OrderedDict()
    n_documents = 0
    for item in iter_documents(sources):
        if isinstance(item, Rejected):
            yield item
            continue
        n_documents += 1
        if request.title is not None and n_documents > 1:
            raise ReportError("--title fits one document, and several were given; leave it out")
        try:
            report = compose_report(item, request)
        except InputError as error:
            yield Rejected(one_line(item.origin), str(error), error)
            continue
        key = key_of(report.text.strip())
        if not seen.add(key):
            first = latest.get(key, "an earlier document")
            reason = f"{report.origin}: has the same text as {first}; one text is read once"
            yield Rejected(report.origin, reason)
            continue
        latest[key] = report.origin
        if len(latest) > limit("near_duplicate_window"):
            latest.popitem(last=False)
        yield report


def _nothing_read(rejected: Sequence[Rejected]) -> InputError:
    if len(rejected) == 1 and rejected[0].error is not None:
        return rejected[0].error
    if not rejected:
        return ReportError("no report could be read: the sources hold no document; give a file with text")
    return ReportError(f"none of {len(rejected)} reports could be read; the first: {rejected[0].reason}")
