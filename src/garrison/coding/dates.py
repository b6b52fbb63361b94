"""Dates in a text: every expression of time becomes days, with the words and the rule that led there.

An expression is read against the day of publication and against what the narrative itself has named: after
"in March", "the next month" is April. A day after publication is given only where the words are about time
to come, and is then marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.calendar_stretch import Stretch, shift
from garrison.coding.date_joins import FoundDate, from_its_clause, merged, with_lead
from garrison.coding.date_measure_rules import MEASURE_RULES
from garrison.coding.date_moment import Moment, Resolver
from garrison.coding.date_rules import CALENDAR_RULES
from garrison.coding.date_signs import signs_of_time
from garrison.coding.date_words import date_pattern, date_words
from garrison.coding.parsed_text import ParsedText
from garrison.coding.relative_date_rules import RELATIVE_RULES
from garrison.coding.tense import is_future, is_perfect, is_told_as_future, verb_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_NOW = re.compile(
    r"\b(?:today|yesterday|tonight|tomorrow|this (?:morning|week|month)|last (?:week|month))\b", re.IGNORECASE
)
_NIGHT = re.compile(r"\b(?:night|overnight|dawn|early hours)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of time in a text and the days that it stands for.

    Parameters
    ----------
    start, end
        Its characters in the text, end exclusive.
    date_start, date_end
        First and last day, both included.
    basis
        The words and the rule, for the reader who wants to check.
    future
        Whether the words are about time to come; only then may a day lie after publication.
    past_background
        Whether it ended more than a year before publication.
    unit
        The grain: `day`, `week`, `month`, `year`, `span` for a duration, `recent` for an unmeasured past.
    is_of_clause_above
        Whether it dates the clause above the one in which the words stand (*two days after they marched on Friday*).
    """

    start: int
    end: int
    date_start: date
    date_end: date
    basis: str
    future: bool = False
    past_background: bool = False
    unit: str = "day"
    is_of_clause_above: bool = False


def default_date(published: date) -> DateMention:
    """Give the days of a clause that names none and follows none: the last days up to publication.

    Parameters
    ----------
    published
        Day of publication.

    Returns
    -------
    DateMention
        On no characters; its basis says that no date was named.

    Examples
    --------
    >>> found = default_date(date(2017, 5, 7))
    >>> found.date_start.isoformat(), found.date_end.isoformat()
    ('2017-05-06', '2017-05-07')
    """
    days = date_words().conventions["default_days"]
    first = shift(published, 1 - days, "day")
    return DateMention(
        0, 0, first, published, f"no date named -> the {days} days up to publication on {published}"
    )


def resolve_dates(doc: Doc, published: date, country: str | None = None) -> list[DateMention]:
    """Find every expression of time in a text and the days that it stands for.

    Parameters
    ----------
    doc
        A parsed text; with tags and dependencies, tense is read from the verb.
    published
        Day of publication.
    country
        ISO 3166-1 alpha-3 of the country that the text is about: it decides whether 5/6/2019 is in June.

    Returns
    -------
    list of DateMention
        In the order of the text, without overlaps.

    Examples
    --------
    >>> import spacy
    >>> doc = spacy.blank("en")("They fled in March. The next month they asked for asylum.")
    >>> [str(found.date_start) for found in resolve_dates(doc, date(2017, 5, 7))]
    ['2017-03-01', '2017-04-01']
    """
    parsed = ParsedText.of(doc)
    candidates = _candidates(parsed.text)
    found = _found(candidates, parsed, published, country, looks_back=False)
    horizon = shift(published, -date_words().conventions["background_days"], "day")
    if _looks_back(found, parsed.text, horizon):
        found = _found(candidates, parsed, published, country, looks_back=True)
    return [_mention(item, parsed.text, horizon) for item in found]


def _looks_back(found: list[FoundDate], text: str, horizon: date) -> bool:
    """Tell a text that looks back: a day long ago comes first, and no year and no word of now is of these days."""
    dated = [item for item in found if _YEAR.search(text[item.start : item.end])]
    if (
        not dated
        or dated[0].stretch.unit != "day"
        or any(item.stretch.unit == "day" and item.stretch.end >= horizon for item in dated)
    ):
        return False
    return not any(_NOW.search(text[item.start : item.end]) for item in found)


def _found(
    candidates: list[tuple[re.Match[str], Resolver]],
    parsed: ParsedText,
    published: date,
    country: str | None,
    *,
    looks_back: bool,
) -> list[FoundDate]:
    """Resolve what the rules have matched, in the order of the text."""
    text, found, taken = parsed.text, list[FoundDate](), 0
    for match, resolver in candidates:
        if match.start() < taken:
            continue
        told_on = _told_on(match, parsed, published, found) if looks_back else published
        stretch = _resolve(match, resolver, parsed, told_on, found, country)
        if stretch is None:
            continue
        taken = match.end()
        item = with_lead(FoundDate(match.start(), match.end(), stretch, stretch), text, published)
        if item is None:
            continue
        joined = merged(found[-1], item, text) if found else None
        above = from_its_clause(item, text, published)
        if above is not None and above.start >= (found[-1].end if found else 0):
            found.append(above)
        if joined is None:
            found.append(_within(item, found[-1].end if found else 0))
        else:
            found[-1] = joined
    return found


def _told_on(match: re.Match[str], parsed: ParsedText, published: date, found: list[FoundDate]) -> date:
    """Give the day from which words without a year are counted where a text looks back: near its last day."""
    if _YEAR.search(match.group()):
        return published
    anchor = next((item.anchor for item in reversed(found) if item.anchor.unit == "day"), None)
    if anchor is None:
        return published
    words = date_words()
    tokens = re.findall(r"\w+", match.group())
    slack = words.conventions["weekday_slack"]
    if any(word[0].isdigit() or word.lower() in words.month_of for word in tokens):
        slack = words.conventions["day_slack"]
    elif _NIGHT.search(match.group()):
        slack = words.conventions["overnight_days"]
    return min(shift(anchor.end, slack, "day"), published)


def _within(item: FoundDate, taken: int) -> FoundDate:
    """Keep what stands before words of time out of the words before it."""
    return item if item.start >= taken else replace(item, start=taken)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[tuple[re.Pattern[str], Resolver, int]]]:
    """Give the patterns of every rule by the kind of sign near which they are tried, with their order."""
    rules = CALENDAR_RULES + RELATIVE_RULES + MEASURE_RULES
    found: dict[str, list[tuple[re.Pattern[str], Resolver, int]]] = {}
    for order, (template, resolver, near) in enumerate(rules):
        found.setdefault(near, []).append((date_pattern(template), resolver, order))
    return found


def _candidates(text: str) -> list[tuple[re.Match[str], Resolver]]:
    """Give every match of every rule: by place, the longest first, then in the order of the rules."""
    found = [
        (match, resolver, order)
        for sign, stretches in signs_of_time(text).items()
        for pattern, resolver, order in _patterns()[sign]
        for start, end in stretches
        for match in pattern.finditer(text, start, end)
    ]
    found.sort(key=lambda item: (item[0].start(), -item[0].end(), item[2]))
    return [(match, resolver) for match, resolver, _ in found]


def _resolve(
    match: re.Match[str],
    resolver: Resolver,
    parsed: ParsedText,
    published: date,
    found: list[FoundDate],
    country: str | None,
) -> Stretch | None:
    anchor, anchor_day, is_near = _anchors(parsed, match.start(), found)
    line = parsed.line_before(match.start())
    verb, following = verb_of(parsed, match.start(), match.end()), parsed.token_after(match.end())
    moment = Moment(
        published=published,
        anchor=anchor,
        anchor_day=anchor_day,
        anchor_is_near=is_near,
        future=is_future(verb, line),
        perfect=is_perfect(verb, line),
        would=is_told_as_future(verb),
        before=line[-40:],
        after=parsed.text[match.end() : match.end() + 20].split("\n")[0],
        next_tag=following.tag_ if following is not None else "",
        country=country,
        told_with_anchor=_told_with(parsed, found[-1]) if found else "",
    )
    stretch = resolver(match, moment)
    if stretch is None or stretch.future:
        return stretch
    cut = stretch.until(published)
    if cut is not None:
        return cut
    # The calendar itself says that it lies ahead ("on 4 June 2031"); relative words never may.
    return replace(stretch, future=True) if stretch.unit in ("day", "month", "year") else None


def _told_with(parsed: ParsedText, item: FoundDate) -> str:
    """Give the sentence in which words of time stand, in small letters."""
    first, last = parsed.sentence_bounds(item.start, item.end)
    return parsed.text[first:last].lower()


def _anchors(
    parsed: ParsedText, at: int, found: list[FoundDate]
) -> tuple[Stretch | None, Stretch | None, bool]:
    """Give the last date named, the last single day, and whether the former is in this or the last sentence."""
    first_paragraph = parsed.paragraph(at) - date_words().conventions["anchor_paragraphs"]
    last: FoundDate | None = None
    for item in reversed(found):
        if parsed.paragraph(item.end) < first_paragraph:
            break
        if item.anchor.unit in ("span", "recent"):
            continue
        last = last or item
        if item.anchor.unit == "day":
            return last.anchor, item.anchor, _is_near(parsed.text[last.end : at])
    if last is None:
        return None, None, False
    return last.anchor, None, _is_near(parsed.text[last.end : at])


def _is_near(between: str) -> bool:
    """Tell whether at most one sentence ends in between, and no paragraph."""
    return "\n" not in between and len(re.findall(r"[.!?][\"”’]?\s+[A-Z¿¡“\"]", between + "A")) <= 1


def _mention(item: FoundDate, text: str, horizon: date) -> DateMention:
    stretch = item.stretch
    return DateMention(
        start=item.start,
        end=item.end,
        date_start=stretch.start,
        date_end=stretch.end,
        basis=f"'{' '.join(text[item.start : item.end].split())}' -> {stretch.rule}",
        future=stretch.future,
        past_background=stretch.end < horizon,
        unit=stretch.unit,
        is_of_clause_above=item.is_of_clause_above,
    )
