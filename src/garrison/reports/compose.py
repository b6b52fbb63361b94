"""A document becomes a report: its title, its day of publication, its article and its comments."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

from garrison.errors import DateError, ReportError
from garrison.records import Report
from garrison.reports.cleaning import one_line
from garrison.reports.comment_boundary import Boundary, find_comment_boundary, without_furniture
from garrison.reports.comment_features import is_comment_heading
from garrison.reports.document import Document
from garrison.reports.furniture import find_furniture, is_furniture
from garrison.reports.limits import limit
from garrison.reports.paragraphs import split_paragraphs
from garrison.reports.publication_date import check_not_future, date_in_head, date_in_name, is_head_line
from garrison.reports.title import find_title

_NEXT_LINE = re.compile(r"[^\s][^\n]*")


@dataclass(frozen=True, slots=True)
class Request:
    """What whoever asks for reports says about all of them: the as-of date, the title, today's date."""

    as_of: date | None
    title: str | None
    today: date


def compose_report(document: Document, request: Request) -> Report:
    """Find a document's title, date and parts, and give the report.

    The date that the document states (metadata, then a date line in its head, then its file's name, then the
    day on which it was stored) is kept; the as-of date stands in only where it states none.

    Parameters
    ----------
    document
        Cleaned text and what is known of it.
    request
        As-of date, title, today.

    Returns
    -------
    Report
        With offsets into `document.text`.

    Raises
    ------
    ReportError
        If it holds no text or too much, has no date, or was published after the as-of date.
    DateError
        If it is dated in the future.

    Examples
    --------
    >>> document = Document("Published: 3 February 2019. Troops left.", doc="note")
    >>> compose_report(document, Request(as_of=None, title=None, today=date(2020, 1, 1))).published
    datetime.date(2019, 2, 3)
    """
    text, name = document.text, one_line(document.origin)
    if not text.strip():
        raise ReportError(f"{name}: holds no text; give a document with text")
    _check_length(text, name)
    published = _publication_day(document, request)
    given = one_line(request.title or document.title)
    place = find_title(text, given)
    start = _skip_head_lines(text, place[1] if place else 0)
    title = given or (one_line(text[slice(*place)]) if place else "")
    boundary = _boundary(document, start)
    return Report(
        doc=one_line(document.doc),
        text=text,
        published=published,
        title=title,
        title_start=place[0] if place else None,
        title_end=place[1] if place else None,
        article_start=boundary.article_start,
        article_end=boundary.article_end,
        comments_start=boundary.comments_start,
        comments_end=boundary.comments_end,
        origin=name,
        publisher=one_line(document.publisher),
        source_kind=document.source_kind,
        sha256=document.sha256,
        raw_spans=document.raw_spans,
        left_out=_left_out(document, boundary),
    )


def _check_length(text: str, name: str) -> None:
    for n, most, what in (
        (len(text), limit("longest_text"), "characters"),
        (_n_lines(text), limit("most_lines"), "lines"),
    ):
        if n > most:
            size = f"{n:,} {what}, more than the {most:,.0f} that a report may have"
            raise ReportError(f"{name}: has {size}; split it into its documents, one a line as .jsonl")


def _n_lines(text: str) -> int:
    if text.count("\n") <= limit("most_lines"):
        return 0
    return sum(1 for _ in _NEXT_LINE.finditer(text))


def _publication_day(document: Document, request: Request) -> date:
    name = one_line(document.origin)
    stated = document.published or date_in_head(document.text) or date_in_name(document.doc)
    if stated is None and document.stored is not None and document.stored <= request.today:
        stated = document.stored
    if stated is None:
        if request.as_of is None:
            raise ReportError(f"{name}: states no date of publication; give one: --as-of YYYY-MM-DD")
        return request.as_of
    try:
        check_not_future(stated, f"{name}: its date of publication", request.today)
    except DateError as error:
        raise DateError(f"{error} or mend the date in the document") from None
    if request.as_of is not None and stated > request.as_of:
        raise ReportError(
            f"{name}: was published on {stated}, after the as-of date {request.as_of} (no hindsight); "
            f"leave it out or give --as-of {stated}"
        )
    return stated


def _skip_head_lines(text: str, start: int) -> int:
    at, longest = start, limit("longest_head_line")
    while (line := _NEXT_LINE.search(text, at)) is not None:
        words = line.group()
        # A counter of comments or a row of buttons above the story is a head line, too.
        if len(words) > longest or not (
            is_head_line(words) or is_comment_heading(words) or is_furniture(words)
        ):
            return line.start()
        at = line.end()
    return len(text)


def _boundary(document: Document, start: int) -> Boundary:
    text, marked = document.text, document.comments_start
    if marked is None or not text[start:marked].strip():
        return find_comment_boundary(text, start, document.story_end)
    # What the document marks as comments is believed before what its paragraphs look like.
    every = split_paragraphs(text[:marked], start)
    own = without_furniture(text, every) or every
    comments = text[marked : document.comments_end]
    first, last = marked + len(comments) - len(comments.lstrip()), marked + len(comments.rstrip())
    is_empty = first >= last
    return Boundary(
        own[0].start, own[-1].end, None if is_empty else first, None if is_empty else last, math.inf
    )


def _left_out(document: Document, boundary: Boundary) -> tuple[tuple[int, int], ...]:
    start, end = boundary.article_start, boundary.article_end
    spans = [span for span in (*boundary.left_out, *document.left_out) if start <= span[0] < end]
    kept = [(first, min(last, end)) for first, last in spans]
    for span in find_furniture(document.text, start, end):
        if all(span[1] <= first or last <= span[0] for first, last in kept):
            kept.append(span)
    return tuple(sorted(kept))
