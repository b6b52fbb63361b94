"""The rules by which words of time become days: dates in full, months, years, weekdays.

Each rule is a pattern and a function of its match and of the moment: when the text was published, what the
narrative named before, whether the clause is about time to come. A rule that cannot apply gives None.
The rules of counted and of relative time are in `relative_date_rules.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
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
from garrison.coding.date_parts import part_of
from garrison.coding.date_words import date_words

CALENDAR_RULES: list[Rule] = []
rule = rule_book(CALENDAR_RULES)


def _told_next(make: Callable[[int], Stretch | None], anchor: Stretch) -> Stretch | None:
    """Take the year in which a story goes on: that of the date named before, or the next one."""
    same = make(anchor.end.year)
    if same is not None and same.end < anchor.start:
        return make(anchor.end.year + 1)
    return same


def _given(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


# Before a date, these say that it was still ahead when the deed was done.
_AHEAD = r"\b(?:ahead of|run-?up to|in preparation for|prior to)(?: the)?\s+"


def _latest(make: Callable[[int], Stretch | None], moment: Moment) -> Stretch | None:
    """Take the last year in which a day or a month lies before publication, or the next if it is to come."""
    year = moment.published.year
    # A 29 February is at most eight years away.
    if moment.future:
        ahead = (make(year + more) for more in range(9))
        found = next((item for item in ahead if item is not None and item.end > moment.published), None)
        return None if found is None else replace(found, future=True)
    if re.search(rf"(?:{_AHEAD}|\bbefore(?: the)?\s+)$", moment.before):
        near = [item for item in (make(year - 1), make(year), make(year + 1)) if item is not None]
        nearest = min(near, key=lambda item: abs((item.start - moment.published).days), default=None)
        return None if nearest is None else replace(nearest, future=nearest.end > moment.published)
    if moment.anchor is not None and moment.anchor_is_near and moment.anchor.end.year < year:
        told = _told_next(make, moment.anchor)
        if told is not None and told.start <= moment.published:
            return replace(told, rule=f"{told.rule}, counted from {moment.anchor.start}, named before")
    past = (make(year - less) for less in range(9))
    return next((item for item in past if item is not None and item.start <= moment.published), None)


@rule(r"(?<![\d/.\-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d\-])", near="digits")
def iso_date(match: re.Match[str], moment: Moment) -> Stretch | None:
    """2017-05-06."""
    found = valid_day(int(match["year"]), int(match["month"]), int(match["day"]))
    return None if found is None else stretch_of(found, "day", "the date in full")


def _days(match: re.Match[str], moment: Moment, month: int) -> Stretch | None:
    first, last = int(match["day"]), int(_given(match, "last") or match["day"])

    def make(year: int) -> Stretch | None:
        start, end = valid_day(year, month, first), valid_day(year, month, last)
        if start is None or end is None or end < start:
            return None
        return Stretch(start, end, "day", "the day and the month, in the year nearest before publication")

    if _given(match, "year"):
        found = make(int(match["year"]))
        return None if found is None else replace(found, rule="the date in full")
    return _latest(make, moment)


@rule(
    r"(?:(?:[Oo]n )?<weekday>,? (?:the )?)?\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:, \d{1,2}(?:st|nd|rd|th)?){0,5}"
    r"(?:[ ]?(?:-|–|to|until|and|, and)[ ]?(?P<last>\d{1,2})(?:st|nd|rd|th)?)? (?:of )?(?P<month><month>)(?!\w)"
    r"(?:,? (?:of )?(?P<year><year>))?",
    r"(?:(?:[Ee]l )?<dia>,? )?\b(?P<day>\d{1,2})(?:º|ro)? de (?P<month><mes>)(?: (?:de|del) (?P<year><year>))?",
    near="month",
)
def day_and_month(match: re.Match[str], moment: Moment) -> Stretch | None:
    """6 May 2017, 6-8 May, the 6th of May, 6 de mayo de 2017."""
    return _days(match, moment, date_words().month(match["month"]))


@rule(
    r"(?:(?:[Oo]n )?<weekday>,? )?\b(?P<month><month>) (?:the )?(?P<day>\d{1,2})(?P<ordinal>st|nd|rd|th)?"
    r"(?:(?:, \d{1,2}(?! \w+s\b)){0,5}(?:[ ]?[-–][ ]?|,? and | to | until )(?P<last>[12]?\d|3[01])(?! \w+s\b))?"
    r"(?!\d|[:.,]\d|%| ?[ap]\.?m\b)(?:,? (?P<year><year>))?",
    near="month",
)
def month_and_day(match: re.Match[str], moment: Moment) -> Stretch | None:
    """May 6, May 6-8, May 6th, 2017. "In March 15 soldiers" is a month and a count."""
    is_count = not (match["ordinal"] or match["year"]) and moment.next_is_plural
    if is_count and re.search(r"\b(?:[Ii]n|[Ss]ince|[Dd]uring)\s+$", moment.before):
        return None
    return _days(match, moment, date_words().month(match["month"]))


# Words between two numbers that are no month, so that the library need not be asked.
_SMALL_WORDS = frozenset(
    {"since", "from", "until", "till", "before", "after", "with", "and", "for", "the", "than"}
)
_PART = (
    r"(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Tt]he (?:very )?(?:end|beginning|start|middle|close) of"
    r"|[Tt]he <ordinal> (?:weekend|weeks?|half|quarter|days|months) of"
    r"|[Aa] (?:principios|mediados|fines|finales) de)"
)


@rule(
    rf"(?:\b{_PART}[ \-–](?:in )?)?(?P<month><month>)(?!\w)(?:,? (?:of )?(?P<year><year>)"
    r"| (?:of )?(?P<told>last|this|that|the same|the previous|the following) year)?",
    rf"(?:\b{_PART} )?\b(?P<month><mes>)(?: (?:de|del) (?P<year><year>)| (?P<told>pasado))?",
    near="month",
)
def month_named(match: re.Match[str], moment: Moment) -> Stretch | None:
    """In March, early May, late March 2014, March last year, en marzo de 2014."""
    month = date_words().month(match["month"])
    part, told = _given(match, "part"), _given(match, "told")
    if not (part or told or match["year"]) and not _names_a_month(match["month"], moment):
        return None
    year = int(match["year"]) if match["year"] else None
    if told is not None and told.endswith(("last", "this", "previous")):
        year = moment.published.year - (0 if told == "this" else 1)
    elif told is not None and moment.anchor is not None:
        year = moment.anchor.end.year + (1 if told == "the following" else 0)
    if year is not None:
        found = _whole_month(year, month, "the month of the year named")
    else:
        if re.search(r"\b[Nn]ext\s+$", moment.before):
            moment = replace(moment, future=True)
        told_as = f"the last {match['month']} up to {moment.published}"
        named = _latest(lambda at: _part_of_month(_whole_month(at, month, told_as), part), moment)
        if named is None or not named.future:
            return named
        return replace(named, rule=f"the next {match['month']} after {moment.published}")
    return _part_of_month(found, part)


def _part_of_month(whole: Stretch | None, part: str | None) -> Stretch | None:
    return whole if part is None or whole is None else part_of(whole, part)


def _whole_month(year: int, month: int, rule_words: str) -> Stretch | None:
    first = valid_day(year, month, 1)
    return None if first is None else stretch_of(first, "month", rule_words)


def _names_a_month(word: str, moment: Moment) -> bool:
    """Tell the month from the verb, the name or the adjective that is spelled like it."""
    before = moment.before
    if word.islower():
        return bool(
            re.search(r"\b(?:[Ee]n|[Dd]e|[Dd]esde|[Dd]el|[Hh]asta|[Pp]ara|[Dd]urante|mes de|y)\s+$", before)
        )
    leads = (
        r"\b(?:in|since|until|till|by|of|last|this|next|through|throughout|from|during|between|late|early|and|to|for"
        r"|after|before|as)"
    )
    if re.search(rf"(?i:{leads})\s+$", before):
        is_linked = not re.search(r"\b(?:and|to|for|after|before|by|of|next)\s+$", before)
        return is_linked or not re.match(r"\s+(?!and\b|to\b|in\b|of\b)[A-Z]", moment.after)
    short = len(word.rstrip(".")) <= 3
    return not short and word.title() not in ("March", "May", "April", "June", "August")


@rule(r"\b\d{1,2}\.?[ ](?:de[ ])?(?P<word>[^\W\d_]{3,10})\.?[ ](?:de[ ])?(?:19|20)\d{2}(?!\d)", near="digits")
def date_in_another_language(match: re.Match[str], moment: Moment) -> Stretch | None:
    """6 de maio de 2018, 6 mai 2018: a full date whose month is neither English nor Spanish.

    Nothing vaguer is trusted to the library: it reads most relative expressions wrongly.
    """
    if match["word"].lower() in _SMALL_WORDS:
        return None
    import dateparser

    read = dateparser.parse(
        match.group(), settings={"STRICT_PARSING": True, "RETURN_AS_TIMEZONE_AWARE": False}
    )
    return None if read is None else stretch_of(read.date(), "day", "the date in full, in another language")


@rule(
    r"\b(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Tt]he (?:end|beginning|start|middle) of"
    r"|[Tt]he <ordinal> (?:half|quarter|months|days|weeks) of)[ \-])?"
    r"(?P<year><year>)(?P<decade>'?s)?(?!\w|[,.:/]\d|-\d{1,3}\b|%)",
    near="digits",
)
def year_named(match: re.Match[str], moment: Moment) -> Stretch | None:
    """In 2014, since 2002, the 2014 protests, late 2016, the 1990s."""
    year, rules = int(match["year"]), date_words().conventions
    if not rules["first_year"] <= year <= moment.published.year + rules["years_ahead"]:
        return None
    if re.match(r"\s*(?:AH|A\.H\.|BS|B\.S\.|BE|SH)(?!\w)", moment.after):
        # Another calendar's year (Hijri, Bikram Sambat, Buddhist) is not guessed at.
        return None
    if re.search(
        r"[$€£#]\s?$|(?i:\b(?:no|number|article|resolution|law|decree|boeing|room)\.?\s+)$", moment.before
    ):
        return None
    if match["decade"]:
        first, last = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(
            (match["part"] or "").lower(), (0, 9)
        )
        return Stretch(date(year + first, 1, 1), date(year + last, 12, 31), "year", "the decade")
    leads = (
        r"(?i:\b(?:in|since|of|during|until|till|by|from|after|before|the|that|year|to|and|through|between"
        r"|en|desde|del?|año|hasta)\s+|['’]s\s+|[(\-–])$"
    )
    is_told = match["part"] or re.search(leads, moment.before) or re.match(r"['’]s\b", moment.after)
    # A year that is no round number, right before a noun or its adjective, dates it ("the worst 1969 riots").
    if not is_told and (year % 100 == 0 or moment.next_tag not in ("NN", "NNS", "JJ", "NNP")):
        return None
    if moment.next_is_plural and (
        year % 100 == 0 or re.search(r"\b(?:by|to|and|of|from|after)\s+$", moment.before)
    ):
        return None
    found = stretch_of(date(year, 1, 1), "year", "the year named")
    return part_of(found, match["part"]) if match["part"] else found


@rule(
    r"(?:\b(?P<when>[Oo]n|[Ff]or|[Ll]ate|[Ee]arly|[Ee]arlier|[Ll]ater) (?:on )?)?"
    r"(?:\b(?P<told>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|[Cc]oming|[Tt]he (?:following|next|previous|same)"
    r"|[Tt]hat(?: same)?) )?"
    r"\b(?P<weekday><weekday>)(?! prayers)(?:(?:['’]s)? (?:night|morning|afternoon|evening)\b)?",
    r"\b(?P<when>[Ee]l|[Ee]ste|[Dd]el|[Aa]l|[Ll]a noche del) (?P<told>pr[óo]ximo |pasado )?"
    r"(?P<weekday><dia>)(?P<tail> pasado| próximo)?",
    near="weekday",
)
def weekday_named(match: re.Match[str], moment: Moment) -> Stretch | None:
    """On Saturday, last Monday, next Friday, Sunday night, el sábado."""
    if re.search(r"(?i:\b(?:black|bloody|good|palm|easter|every|each|super)\s+)$", moment.before):
        return None
    weekday = date_words().weekday(match["weekday"])
    told = ((_given(match, "told") or "") + (_given(match, "tail") or "")).strip().lower()
    name, day = match["weekday"].title(), moment.published
    if told in ("the following", "the next", "the previous"):
        anchor = moment.anchor_day or moment.anchor
        if anchor is None and not moment.future:
            return None
        if anchor is not None and told == "the previous":
            return stretch_of(
                weekday_before(anchor.start, weekday, or_on=False), "day", f"the {name} before {anchor.start}"
            )
        if anchor is not None:
            return stretch_of(weekday_after(anchor.end, weekday), "day", f"the {name} after {anchor.end}")
    if told in ("that", "that same", "the same") and moment.anchor is not None:
        anchor = moment.anchor_day or moment.anchor
        since = shift(anchor.start, -1, "day")
        return stretch_of(weekday_after(since, weekday), "day", f"the {name} on or after {anchor.start}")
    said = moment.anchor_day
    if moment.would and said is not None and moment.anchor_is_near and said.end < day and not told:
        # "Said on Monday that they would march on Tuesday": counted from the saying.
        after = weekday_after(said.end, weekday)
        return replace(
            stretch_of(after, "day", f"the {name} after {said.end}, named before"), future=after > day
        )
    awaits = bool(re.search(rf"{_AHEAD}$", moment.before)) or (
        (match["when"] or "").lower() == "for" and not re.match(r"['’]s\b", moment.after)
    )
    if told in ("next", "the next", "coming", "próximo", "proximo") or (
        told not in ("last", "past", "pasado") and (moment.future or awaits)
    ):
        return replace(stretch_of(weekday_after(day, weekday), "day", f"the {name} after {day}"), future=True)
    or_on = told not in ("last", "past", "pasado")
    where = f"the last {name} {'on or before' if or_on else 'before'} {day}"
    return stretch_of(weekday_before(day, weekday, or_on=or_on), "day", where)
