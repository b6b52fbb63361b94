"""The days that a report as a whole covers: a page kept through one day, or a period that its head states."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.date_words import date_words

if TYPE_CHECKING:
    from garrison.coding.dates import DateMention
    from garrison.records import Report

# "19:40", "[09:12]", "  10:36 @quay", "7.15 pm -": the hour at which an entry was written opens its line.
_ENTRY = re.compile(
    r"^[ \t>*•\[(–-]{0,6}(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:[:.][0-5]\d)?"
    r"(?:[ \t]?(?:[ap]\.?m\.?|h|hrs?|GMT|UTC|local|BST|CET|EET|EST|EDT))?[\])]?(?=[ \t]*(?:$|[ \t@:–—|A-ZÀ-Þ(“\"'-]))",
    re.MULTILINE,
)
# Hours within a stated period ("13 May 06:00 to 15 May 12:00 local").
_HOUR = re.compile(
    r",?[ \t]*(?:at[ \t])?\b\d{1,2}[:.h]\d\d(?:[ \t]?(?:[ap]\.?m\.?|hrs?|GMT|UTC|local(?:[ \t]time)?|[CE]E?[ST]T))?"
)
_UNTIL = re.compile(r"[\s,]*(?:to|until|till|through|[-–—])[\s,]*")


@dataclass(frozen=True, slots=True)
class ReportTime:
    """The days in which everything happened that a report tells without a date of its own.

    Parameters
    ----------
    date_start, date_end
        First and last day, both included.
    basis
        What says so.
    """

    date_start: date
    date_end: date
    basis: str


def report_time(report: Report, country: str | None = None) -> ReportTime | None:
    r"""Find the day of a page whose entries bear hours, or the period that the head of a report states.

    Parameters
    ----------
    report
        A report whose spans are known.
    country
        ISO 3166-1 alpha-3 of the country that it is about: it decides how dates in figures are read.

    Returns
    -------
    ReportTime or None
        None for a text that is neither.

    Examples
    --------
    >>> from garrison.records import Report
    >>> text = "Live\n\n10:15\nCrowds gather.\n\n11:40\nGas.\n\n13:05\nCalm."
    >>> found = report_time(Report("d", text, date(2019, 4, 7), article_start=6, article_end=len(text)))
    >>> found.date_start.isoformat(), found.date_end.isoformat()
    ('2019-04-07', '2019-04-07')
    """
    text, entries = _entries(report)
    head = _head(text, entries[0].start() if entries else None)
    if len(entries) >= int(date_words().conventions["fewest_entries"]):
        named = [item for item in _dates(head, report.published, country) if _is_a_recent_day(item, report)]
        day = named[-1].date_start if named else report.published
        return ReportTime(day, day, f"no date named -> the day of these entries, {day}")
    for item in _dates(head, report.published, country):
        days = (item.date_end - item.date_start).days + 1
        if 1 < days <= date_words().conventions["longest_period"] and _is_recent(item, report):
            basis = f"no date named -> the period of the report, {item.date_start} to {item.date_end}"
            return ReportTime(item.date_start, item.date_end, basis)
    return None


def _entries(report: Report) -> tuple[str, list[re.Match[str]]]:
    end = report.comments_start or report.article_end or len(report.text)
    text = report.text[: max(end, report.article_start)]
    return text, list(_ENTRY.finditer(text))


def _head(text: str, first_entry: int | None) -> str:
    """Give what stands above the first entry, or the first lines of a text."""
    lines = [
        line for line in text[: 1_000 if first_entry is None else first_entry].splitlines() if line.strip()
    ]
    fewest = int(date_words().conventions["head_lines"])
    kept = lines[:fewest] if first_entry is None else lines[: 2 * fewest]
    # What runs on to the end of the line is prose, and the dates in it are those of what it tells.
    longest = int(date_words().conventions["head_letters"])
    return "\n".join(line for line in kept if len(line) <= longest)


@lru_cache(maxsize=64)
def _found(head: str, published: date, country: str | None) -> tuple[DateMention, ...]:
    from garrison.coding.dates import resolve_dates
    from garrison.coding.parsing import pipeline

    joined: list[DateMention] = []
    for item in resolve_dates(pipeline().make_doc(head), published, country):
        if (
            joined
            and _UNTIL.fullmatch(head[joined[-1].end : item.start])
            and joined[-1].date_start <= item.date_end
        ):
            joined[-1] = replace(joined[-1], end=item.end, date_end=item.date_end, future=item.future)
        else:
            joined.append(item)
    return tuple(joined)


def _dates(head: str, published: date, country: str | None) -> tuple[DateMention, ...]:
    bare = _HOUR.sub("", head)
    return _found(bare, published, country) if any(letter.isdigit() for letter in bare) else ()


def _is_recent(item: DateMention, report: Report) -> bool:
    age = (report.published - item.date_end).days
    return not item.future and 0 <= age <= date_words().conventions["longest_period"]


def _is_a_recent_day(item: DateMention, report: Report) -> bool:
    return item.date_start == item.date_end and item.unit == "day" and _is_recent(item, report)
