"""What stands before and between words of time: since March, two days after Sunday's march, from Monday to Friday."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from garrison.coding.calendar_stretch import Stretch, shift, weekday_after
from garrison.coding.date_words import date_pattern, date_words

_SINCE = re.compile(
    r"(?:\b(?:(?:[Nn]early |[Aa]lmost )?[Ee]very day|[Dd]aily|[Ee]ver) )?\b(?:[Ss]ince|[Dd]esde)\s+$"
)
_LINK = re.compile(r"\s*(?:to|into|until|through|till|and|[-–]|hasta|al?|y)\s*")
_RANGE_OPENS = re.compile(r"(?i)\b(?:from|between|desde|de|del|entre)\s+$")
_LISTED = re.compile(r",? and |, |,? y ")
_BESIDE_A_WEEK = re.compile(r",? (?:of )?")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """Words of time with their days, and what the words that follow count from.

    Parameters
    ----------
    start, end
        Characters.
    stretch
        The days that the words stand for.
    anchor
        The days from which later words count: of "since March" it is March.
    is_of_clause_above
        Whether the days date the clause above the one in which the words stand.
    """

    start: int
    end: int
    stretch: Stretch
    anchor: Stretch
    is_of_clause_above: bool = False


@lru_cache(maxsize=1)
def _leads() -> dict[str, re.Pattern[str]]:
    words = date_words()
    after = r"(?P<way>before|after|following)(?: (?:the|a|an))? $"
    return {
        "apart": date_pattern(
            rf"\b(?:(?P<count><count>) (?P<unit><unit>)|[Tt]he (?P<one>day|night|week|month|year)) {after}"
        ),
        "eve": date_pattern(r"\b(?:[Oo]n |[Aa]t )?(?:[Tt]he )?[Ee]ve of (?:the )?$"),
        "anniversary": date_pattern(
            r"(?:\b(?P<which><ordinal>)[ \-])?\b[Aa]nniversary of (?:(?:the|its|his|her|their|a) )?$"
        ),
        "compared": re.compile(
            rf"(?i)\b(?:{'|'.join(words.since['compared'])})\b[^.;\n]{{0,50}}\bsince"
            r"(?: (?!was\b|is\b|were\b|are\b|came\b)[^\W\d]+){0,6} $"
        ),
        "since": re.compile(
            rf"\b[Ss]ince (?:[^\W\d]+ ){{1,5}}?(?:{'|'.join(words.since['nouns'])})(?: of)?"
            r" (?:(?:in|on|of|last|late|early|the) )?$"
            r"|\b[Ss]ince (?:the|his|her|its|their|an?) (?:[^\W\d]+ ){1,4}(?:in|on|of) (?:(?:the|late|early) )?$"
        ),
        "since clause": re.compile(
            rf"(?P<lead>\b[Ss]ince) (?:[^\W\d]+ ){{1,5}}?(?:{'|'.join(words.since['beginnings'])})"
            r"(?: [^\W\d]+){0,3} $"
        ),
        "clause": date_pattern(
            r"\b(?P<lead>(?:(?P<count><count>) (?P<unit><unit>)|[Tt]he (?P<one>day|night|week|month|year))"
            r" (?P<way>before|after)) (?:[^\W\d][\w'’-]* ){2,9}$"
        ),
    }


def with_lead(item: FoundDate, text: str, published: date) -> FoundDate | None:
    """Take in what stands before words of time: *since* them, a day *after* them, their anniversary.

    Parameters
    ----------
    item
        Words of time and their days.
    text
        The whole text.
    published
        Day of publication.

    Returns
    -------
    FoundDate or None
        None where the date is another event's (*the first mutiny since 2014*).

    Examples
    --------
    >>> third = Stretch(date(2019, 3, 3), date(2019, 3, 3), "day", "the date in full")
    >>> with_lead(FoundDate(10, 17, third, third), "Two days after 3 March", date(2019, 4, 1)) is None
    False
    """
    before = text[max(0, item.start - date_words().conventions["since_reach"]) : item.start]
    if item.stretch.unit in ("span", "recent") or not before.strip():
        return item
    leads = _leads()
    if leads["compared"].search(before):
        return None
    opens = _SINCE.search(before)
    if opens is None and leads["since clause"].search(before) is None:
        opens = leads["since"].search(before)
    if opens is not None and not item.stretch.future:
        start = min(item.stretch.start, published)
        rule = f"from {item.stretch.start} up to {published}"
        since = replace(item.stretch, start=start, end=published, unit="span", rule=rule)
        return replace(item, start=item.start - len(opens.group()), stretch=since)
    moved = _apart(item, before) or _anniversary(item, before, published)
    if moved is None or moved is item:
        return moved
    if moved.stretch.start > published and not item.stretch.future and _is_weekday(item, text):
        # Told on Sunday, "two days after Sunday's march" is of the Sunday before.
        start, end = shift(moved.stretch.start, -1, "week"), shift(moved.stretch.end, -1, "week")
        moved = replace(moved, stretch=replace(moved.stretch, start=start, end=end))
    return replace(moved, stretch=_told_by(moved.stretch, published))


def _told_by(stretch: Stretch, published: date) -> Stretch:
    """Cut what was moved at the day of publication; what begins after it is to come."""
    cut = stretch.until(published)
    return replace(stretch, future=True) if cut is None else replace(cut, future=False)


def _apart(item: FoundDate, before: str) -> FoundDate | None:
    """Count from an event that has a date: a day after Sunday's march, on the eve of it."""
    leads, words = _leads(), date_words()
    found = leads["eve"].search(before)
    if found is not None:
        fewest = most = -1
        unit = "day"
    else:
        found = leads["apart"].search(before)
        if found is None:
            return None
        unit = words.unit(found["unit"] or found["one"])
        fewest, most = words.count(found["count"]) if found["count"] else (1, 1)
        if found["way"] == "before":
            fewest, most = -most, -fewest
    start, end = shift(item.stretch.start, fewest, unit), shift(item.stretch.end, most, unit)
    moved = replace(
        item.stretch, start=start, end=end, rule=f"counted from {item.stretch.start}, named behind"
    )
    return replace(item, start=item.start - len(found.group()), stretch=moved, anchor=moved)


def from_its_clause(item: FoundDate, text: str, published: date) -> FoundDate | None:
    """Date the clause above: "two days after crowds marched on 3 April" is 5 April, on the words *two days after*.

    Parameters
    ----------
    item
        Words of time of the clause below, and their days.
    text
        The whole text.
    published
        Day of publication.

    Returns
    -------
    FoundDate or None
        None where nothing is counted from that clause.

    Examples
    --------
    >>> third = Stretch(date(2019, 4, 3), date(2019, 4, 3), "day", "the date in full")
    >>> text = "He fled two days after crowds marched on 3 April."
    >>> from_its_clause(FoundDate(41, 48, third, third), text, date(2019, 4, 10)).stretch.start.isoformat()
    '2019-04-05'
    """
    if item.stretch.unit in ("span", "recent"):
        return None
    words = date_words()
    before_start = max(0, item.start - words.conventions["since_reach"])
    before = text[before_start : item.start]
    since = _leads()["since clause"].search(before)
    if since is not None and item.stretch.start <= published:
        rule = f"from {item.stretch.start}, named behind, up to {published}"
        lasting = Stretch(item.stretch.start, published, "span", rule)
        at = before_start + since.start("lead")
        return FoundDate(at, at + len(since["lead"]), lasting, lasting, is_of_clause_above=True)
    found = _leads()["clause"].search(before)
    if found is None:
        return None
    unit = words.unit(found["unit"] or found["one"])
    fewest, most = words.count(found["count"]) if found["count"] else (1, 1)
    if found["way"] == "before":
        fewest, most = -most, -fewest
    start, end = shift(item.stretch.start, fewest, unit), shift(item.stretch.end, most, unit)
    rule = f"counted from {item.stretch.start}, named behind"
    moved = _told_by(replace(item.stretch, start=start, end=end, rule=rule), published)
    at = before_start + found.start("lead")
    return FoundDate(at, at + len(found["lead"]), moved, moved, is_of_clause_above=True)


def _anniversary(item: FoundDate, before: str, published: date) -> FoundDate | None:
    """Give the day on which a year has come round; without its number only a full date tells which year."""
    found = _leads()["anniversary"].search(before)
    if found is None:
        return item
    first = item.stretch.start
    if found["which"]:
        years = date_words().ordinal(found["which"])
    elif item.stretch.unit == "day":
        years = published.year - first.year - (shift(first, published.year - first.year, "year") > published)
    else:
        return None
    if years < 1:
        return item
    start, end = shift(first, years, "year"), shift(item.stretch.end, years, "year")
    moved = replace(item.stretch, start=start, end=end, rule=f"{years} years after {first}")
    return replace(item, start=item.start - len(found.group()), stretch=moved, anchor=moved)


def merged(first: FoundDate, second: FoundDate, text: str) -> FoundDate | None:
    """Join two expressions that stand side by side and name one stretch of days.

    Parameters
    ----------
    first, second
        Neighbours in the text.
    text
        The whole text.

    Returns
    -------
    FoundDate or None
        None where each stands for itself.

    Examples
    --------
    >>> one, two = (Stretch(date(2019, 4, day), date(2019, 4, day), "day", "") for day in (8, 10))
    >>> text = "from Monday to Wednesday"
    >>> found = merged(FoundDate(5, 11, one, one), FoundDate(15, 24, two, two), text)
    >>> found.stretch.end.isoformat(), found.start
    ('2019-04-10', 0)
    """
    gap = text[first.end : second.start]
    if not gap or len(gap) > 12 or "\n" in gap:
        return None
    return (
        _day_of_a_week(first, second, text, gap)
        or _listed(first, second, text, gap)
        or _range(first, second, text, gap)
    )


def _range(first: FoundDate, second: FoundDate, text: str, gap: str) -> FoundDate | None:
    """Join "from Monday to Wednesday", "between 2002 and 2013", "2012-2014"."""
    if not _LINK.fullmatch(gap) or first.stretch.unit != second.stretch.unit:
        return None
    opens = _RANGE_OPENS.search(text[max(0, first.start - 12) : first.start])
    if opens is None and gap.strip() not in ("-", "–", "through", "until", "into"):
        return None
    start, end = first.stretch.start, second.stretch.end
    if start > end:
        start = _one_round_earlier(first, text)
    if start > end:
        return None
    future = first.stretch.future or second.stretch.future
    stretch = replace(second.stretch, start=start, future=future, rule=f"from {start} to {end}")
    return FoundDate(first.start - len(opens.group() if opens else ""), second.end, stretch, second.anchor)


def _one_round_earlier(first: FoundDate, text: str) -> date:
    """Go back a week from a weekday, a year from a month: "from March to May", told in April, was last year."""
    words = text[first.start : first.end]
    if _is_weekday(first, text):
        return shift(first.stretch.start, -1, "week")
    return first.stretch.start if _YEAR.search(words) else shift(first.stretch.start, -1, "year")


@lru_cache(maxsize=1)
def _weekday() -> re.Pattern[str]:
    return date_pattern("<weekday>|<dia>")


def _is_weekday(item: FoundDate, text: str) -> bool:
    words = text[item.start : item.end]
    return item.stretch.unit == "day" and bool(_weekday().search(words)) and not re.search(r"\d", words)


def _listed(first: FoundDate, second: FoundDate, text: str, gap: str) -> FoundDate | None:
    """Join "on Monday and Tuesday", "in March and April" where one follows upon the other on the calendar."""
    if not _LISTED.fullmatch(gap) or first.stretch.unit != second.stretch.unit:
        return None
    if first.stretch.unit not in ("day", "month") or first.stretch.future != second.stretch.future:
        return None
    follows = second.stretch.start == shift(first.stretch.end, 1, "day")
    if not follows or not text[second.start : second.start + 1].isupper():
        return None
    rule = f"from {first.stretch.start} to {second.stretch.end}"
    return FoundDate(
        first.start, second.end, replace(second.stretch, start=first.stretch.start, rule=rule), second.anchor
    )


def _day_of_a_week(first: FoundDate, second: FoundDate, text: str, gap: str) -> FoundDate | None:
    """Join "on Tuesday last week", "a week ago on Tuesday", "on Saturday (6 April)"."""
    if gap.strip() == "(" and _is_weekday(first, text) and second.stretch.unit == "day":
        return replace(second, start=first.start)
    if not _BESIDE_A_WEEK.fullmatch(gap):
        return None
    for week, day in ((first, second), (second, first)):
        if week.stretch.unit != "week" or not _is_weekday(day, text):
            continue
        weekday = day.stretch.start.weekday()
        named = weekday_after(shift(week.stretch.start, -1, "day"), weekday)
        if named > week.stretch.end and not week.stretch.future:
            return None
        stretch = Stretch(named, named, "day", f"that day within {week.stretch.rule}", week.stretch.future)
        return FoundDate(first.start, second.end, stretch, stretch)
    return None
