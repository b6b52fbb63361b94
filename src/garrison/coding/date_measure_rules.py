"""The rules of measured and of looser time: the last 24 hours, half a year ago, within days, in the early hours.

Also figures in unusual order, bare days of the month, and times told from an event that the narrative dated.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from garrison.coding.calendar_stretch import (
    Stretch,
    shift,
    stretch_of,
    valid_day,
    weekday_after,
    weekday_before,
)
from garrison.coding.date_moment import Moment, Rule, rule_book
from garrison.coding.date_words import date_words

MEASURE_RULES: list[Rule] = []
rule = rule_book(MEASURE_RULES)


@rule(
    r"\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hroughout) (?:the )?(?:past|last|previous|preceding)"
    r" (?P<count>\d{1,3}|<count>) hours\b",
    r"\b[Tt]he (?:past|last) (?P<count>\d{1,3}|<count>) hours\b",
    near="unit",
)
def hours_back(match: re.Match[str], moment: Moment) -> Stretch:
    """In the last 24 hours: the days on which they lie."""
    _, most = date_words().count(match["count"])
    days = -(-most // 24)
    start = shift(moment.published, -days, "day")
    return Stretch(start, moment.published, "day", f"{most} hours up to {moment.published}")


@rule(
    r"\b[Hh]alf an? (?P<unit>year|decade) ago\b",
    r"\b(?P<count><count>) (?:and a half (?P<units><unit>)|(?P<unit><unit>) and a half) ago\b",
    near="ago",
)
def half_ago(match: re.Match[str], moment: Moment) -> Stretch | None:
    """Half a year ago, a year and a half ago, two and a half years ago."""
    words = match.groupdict()
    unit = date_words().unit(words.get("unit") or words["units"])
    _, count = date_words().count(words["count"]) if words.get("count") else (0, 0)
    halves = {"decade": ("year", 10), "year": ("month", 12), "month": ("day", 30), "week": ("day", 7)}
    if unit not in halves:
        return None
    smaller, size = halves[unit]
    slack = date_words().conventions[f"{smaller}_rounding" if unit != "year" else "month_rounding"]
    day = shift(moment.published, -(count * size + size // 2), smaller)
    start, end = shift(day, -slack, "day"), min(shift(day, slack, "day"), moment.published)
    return Stretch(start, end, date_words().grain(unit), f"{match.group()} before {moment.published}")


@rule(
    r"\b(?:[Ww]ithin|[Ii]n)(?: (?:about|the))? (?P<count><count>) (?P<unit><unit>)(?:['’]? time)?",
    r"\b(?:[Ww]ithin|[Ii]n) (?P<unit><units>)(?! of)",
    near="unit",
)
def within(match: re.Match[str], moment: Moment) -> Stretch | None:
    """Within days, in two weeks: only of time to come."""
    if not moment.future:
        return None
    count = match.groupdict().get("count")
    default = date_words().conventions["recent_units"]
    _, most = date_words().count(count) if count else (default, default)
    end = shift(moment.published, most, date_words().unit(match["unit"]))
    return Stretch(
        moment.published, end, "span", f"up to {match.group().lower()} from {moment.published}", future=True
    )


@rule(
    r"\b(?:[Ii]n|[Dd]uring) the (?:early|small|late) hours(?: of the (?:morning|night|day))?\b(?! (?:of|on)\b)",
    r"\b[Bb]efore dawn(?: today)?\b(?! (?:on|of)\b)",
    near="word",
)
def in_the_early_hours(match: re.Match[str], moment: Moment) -> Stretch:
    """In the early hours: of the day that the narrative named just before, else of the day of publication."""
    if moment.anchor_is_near and moment.anchor_day is not None:
        return replace(
            moment.anchor_day,
            rule=f"the early hours of {moment.anchor_day.start}, named before",
            future=False,
        )
    return stretch_of(moment.published, "day", f"the early hours of {moment.published}")


@rule(
    r"\b[Oo]vernight (?:(?:from|on|of|into) )?(?P<weekday><weekday>)"
    r"(?:(?: to | into |[-/–])(?P<last><weekday>))?",
    r"\b(?:[Oo]n )?(?P<weekday><weekday>) night (?:to|into) (?P<last><weekday>)(?: morning)?",
    r"\b[Tt]he night (?:of|from|between)(?: the)? (?P<weekday><weekday>)(?: (?:to|and|into) (?P<last><weekday>))?",
    near="weekday",
)
def night_of_a_weekday(match: re.Match[str], moment: Moment) -> Stretch:
    """Overnight on Saturday, the night of Saturday to Sunday: both days."""
    weekday = date_words().weekday(match["weekday"])
    first = weekday_before(moment.published, weekday, or_on=match["last"] is None)
    if "overnight into" in match.group().lower():
        first = shift(first, -1, "day")
    last = (
        weekday_after(first, date_words().weekday(match["last"])) if match["last"] else shift(first, 1, "day")
    )
    last = min(last, moment.published)
    return Stretch(first, max(first, last), "day", f"the night from {first} to {last}")


@rule(r"\b[Tt]he other (?P<unit>day|night|week)\b", r"\b[Ii]n the last few hours\b", near="unit")
def the_other_day(match: re.Match[str], moment: Moment) -> Stretch:
    """The other day: within the last week or so."""
    unit = match.groupdict().get("unit")
    back = {None: 1, "week": 3 * 7}.get(unit, 7)
    return Stretch(
        shift(moment.published, -back, "day"),
        moment.published,
        "recent",
        f"the days up to {moment.published}",
    )


@rule(
    r"\b[Oo]n the (?P<day>\d{1,2})(?:st|nd|rd|th)(?= of (?:this|the|that|last) month\b|\s*(?:[.,;:)]|$)"
    r"|\s+(?:an?|the|some|he|she|it|they|we|in|at|near|when|and|but|police|troops|soldiers|crowds)\b)",
    near="digits",
)
def bare_day_of_the_month(match: re.Match[str], moment: Moment) -> Stretch | None:
    """On the 27th: in the month that the narrative named, else the last such day up to publication."""
    day, named = int(match["day"]), moment.anchor
    if named is not None and named.unit in ("day", "month"):
        found = valid_day(named.end.year, named.end.month, day)
        if found is not None and found <= moment.published:
            return stretch_of(found, "day", f"that day of the month of {named.start}, named before")
    month = moment.published.replace(day=1)
    if re.match(r"\s*of last month", moment.after):
        month = shift(month, -1, "month")
    for _ in range(3):
        found = valid_day(month.year, month.month, day)
        if found is not None and found <= moment.published:
            return stretch_of(found, "day", f"the last such day up to {moment.published}")
        month = shift(month, -1, "month")
    return None


@rule(
    r"(?<![\d/.\-])(?P<year>(?:19|20)\d{2})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})(?![\d/.\-]\d|\d)",
    r"(?<![\d/.\-])(?P<one>\d{1,2})-(?P<two>\d{1,2})-(?P<year>(?:19|20)\d{2})(?![\d\-])",
    r"(?<![\d/.\-])(?P<one>\d{1,2})(?P<sign>[/.])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})(?![\d/.\-]\d|\d)",
    near="digits",
)
def figures(match: re.Match[str], moment: Moment) -> Stretch | None:
    """6/5/2017, 6-5-2017, 6.5.17, 2017/5/6: the day or the month first, as the country does; not after publication."""
    words = match.groupdict()
    year = int(match["year"])
    if year < 100:
        year += moment.published.year // 100 * 100
        year -= 100 if year > moment.published.year + 1 else 0
    if words.get("one") is None:
        found = valid_day(year, int(match["month"]), int(match["day"]))
        return None if found is None else stretch_of(found, "day", "the date in figures")
    one, two = int(match["one"]), int(match["two"])
    as_usual = [valid_day(year, two, one), valid_day(year, one, two)]
    if moment.month_first and words.get("sign") != ".":
        as_usual.reverse()
    readings = [found for found in as_usual if found is not None]
    if not readings:
        return None
    best = _first_told(readings, moment.published)
    order = (
        "day and month in the country's order"
        if best == as_usual[0]
        else "the order that is not after publication"
    )
    told = "the date in figures" + (f", {order}" if len(set(readings)) > 1 else "")
    return stretch_of(best, "day", told)


def _first_told(readings: list[date], published: date) -> date:
    """Give the first reading that does not lie after publication, else the first."""
    return next((found for found in readings if found <= published), readings[0])


@rule(
    r"\b(?:(?P<count><count>) (?P<unit><unit>)|(?:[Tt]he )?(?P<one>day|night|week|eve|morning))"
    r" (?P<way>before|after|following|of) (?:the|that|this|his|their|its) (?P<event>[a-z]{3,})\b",
    near="unit",
)
def told_from_an_event(match: re.Match[str], moment: Moment) -> Stretch | None:
    """A day after the march, where the narrative has just said on which day the march was."""
    anchor = moment.anchor_day
    if anchor is None or not moment.anchor_is_near or not _was_told(match["event"], moment.told_with_anchor):
        return None
    one, way = match["one"], match["way"]
    if (way == "of") != (one in ("eve", "morning", "night", "day") and way == "of"):
        return None
    unit = date_words().unit(match["unit"] or {"eve": "day", "morning": "day"}.get(one, one))
    fewest, most = date_words().count(match["count"]) if match["count"] else (1, 1)
    if way == "of" and one != "eve":
        fewest = most = 0
    elif way == "before" or one == "eve":
        fewest, most = -most, -fewest
    start, end = shift(anchor.start, fewest, unit), shift(anchor.end, most, unit)
    return Stretch(
        start, end, date_words().grain(unit), f"counted from {anchor.start}, named with the {match['event']}"
    )


def _was_told(event: str, sentence: str) -> bool:
    """Tell whether a sentence named an event, by its noun or by a verb of the same stem."""
    stem = event[: max(4, len(event) - 3)] if len(event) > 4 else event
    return bool(re.search(rf"\b{re.escape(stem)}", sentence))


@rule(
    r"\b(?:(?P<told>[Ll]ast|[Tt]his|[Nn]ext|[Tt]hat) (?P<season><season>))",
    r"\b(?:[Tt]he )?(?P<season><season>) (?:of )?(?P<year><year>)",
    near="word",
)
def season(match: re.Match[str], moment: Moment) -> Stretch | None:
    """Last summer, the spring of 2018: three months, half a year apart in the north and in the south."""
    told = (match.groupdict().get("told") or "").lower()
    first = date_words().first_months[match["season"]]
    if moment.is_southern:
        first = (first + 5) % 12 + 1
    if match.groupdict().get("year"):
        year = int(match["year"])
    elif told == "that":
        if moment.anchor is None:
            return None
        year = moment.anchor.end.year
    else:
        year = moment.published.year
    start = valid_day(year, first, 1)
    if start is None:
        return None
    if told in ("last", "this") and not moment.future:
        begun = start <= moment.published
        over = shift(start, 3, "month") <= moment.published
        start = start if begun and (told == "this" or over) else shift(start, -1, "year")
    elif told == "next" and start <= moment.published:
        start = shift(start, 1, "year")
    end = shift(shift(start, 3, "month"), -1, "day")
    return Stretch(start, end, "month", f"the {match['season']} of {start.year}", future=told == "next")


@rule(r"\b(?:[Oo]n )?(?P<name><holiday>)", near="word")
def holiday(match: re.Match[str], moment: Moment) -> Stretch | None:
    """On Christmas Day: holidays with a fixed day, the last one up to publication, or the next if it is to come."""
    month, day = date_words().holidays[match["name"]]
    year = moment.published.year
    for at in (year, year + 1) if moment.future else (year, year - 1):
        found = valid_day(at, month, day)
        if found is not None and (found > moment.published) == moment.future:
            return replace(stretch_of(found, "day", f"{match['name']} of {at}"), future=moment.future)
    return None
