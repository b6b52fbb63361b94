"""Laws of dates against plain arithmetic: every weekday and month, told as past and as to come, on many days."""

import calendar
from datetime import date, timedelta
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from garrison.coding.dates import resolve_dates
from garrison.coding.parsing import parse

WEEKDAYS = list(calendar.day_name)
MONTHS = list(calendar.month_name)[1:]
PAST, TO_COME = "Soldiers deserted {}.", "The opposition will march {}."
parsed = lru_cache(maxsize=400)(parse)


def days_of(sentence: str, published: date) -> tuple[date, date, bool]:
    (found,) = resolve_dates(parsed(sentence), published)
    return found.date_start, found.date_end, found.future


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("offset", range(14))
def test_a_weekday_is_the_last_one_or_the_next(weekday: int, offset: int) -> None:
    published = date(2018, 12, 24) + timedelta(days=offset)
    name = WEEKDAYS[weekday]
    last = next(
        published - timedelta(days=back)
        for back in range(7)
        if (published - timedelta(days=back)).weekday() == weekday
    )
    coming = next(
        published + timedelta(days=on)
        for on in range(1, 8)
        if (published + timedelta(days=on)).weekday() == weekday
    )
    assert days_of(PAST.format(f"on {name}"), published) == (last, last, False)
    assert days_of(PAST.format(f"late on {name}"), published) == (last, last, False)
    assert days_of(TO_COME.format(f"on {name}"), published) == (coming, coming, True)
    before = last if last < published else last - timedelta(days=7)
    assert days_of(PAST.format(f"last {name}"), published) == (before, before, False)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(
    "published", [date(2019, 1, 1), date(2019, 2, 28), date(2020, 2, 29), date(2019, 12, 31)]
)
def test_a_month_is_the_last_one_or_the_next(month: int, published: date) -> None:
    name = MONTHS[month - 1]
    year = published.year if date(published.year, month, 1) <= published else published.year - 1
    end = date(year, month, calendar.monthrange(year, month)[1])
    assert days_of(PAST.format(f"in {name}"), published) == (date(year, month, 1), min(end, published), False)
    ends_later = date(published.year, month, calendar.monthrange(published.year, month)[1]) > published
    ahead = published.year if ends_later else published.year + 1
    start, _, future = days_of(TO_COME.format(f"in {name}"), published)
    assert (start, future) == (date(ahead, month, 1), True)


WITHIN_WEEKS = [
    "on Monday",
    "last Friday",
    "late on Sunday",
    "yesterday",
    "overnight",
    "three days ago",
    "over the weekend",
    "earlier this week",
    "last week",
    "on Tuesday last week",
    "overnight on Saturday",
    "in the last 48 hours",
    "since Thursday",
    "two days after Sunday's march",
    "in the past five weeks",
]

days = st.dates(min_value=date(1951, 1, 1), max_value=date(2060, 12, 1))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(WITHIN_WEEKS), days, st.integers(1, 60))
def test_a_week_later_everything_within_weeks_is_a_week_later(
    words: str, published: date, weeks: int
) -> None:
    sentence = PAST.format(words)
    later = timedelta(weeks=weeks)
    start, end, future = days_of(sentence, published)
    assert days_of(sentence, published + later) == (start + later, end + later, future)


OPENINGS = [
    "Soldiers deserted",
    "Police had arrested 12 officers",
    "The general was dismissed",
    "Crowds marched",
]
EXPRESSIONS = [
    *WITHIN_WEEKS,
    "in March",
    "on 31 March",
    "on May 5",
    "between 3 and 5 May",
    "from March to May",
    "in mid-April",
    "in the last week of June",
    "on the 27th",
    "last summer",
    "in the spring of 2018",
    "half a year ago",
    "a decade ago",
    "on the eve of Sunday's vote",
    "on New Year's Eve",
    "on 3/5/2019",
    "on the first anniversary of the 2018 coup",
]


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(OPENINGS), st.sampled_from(EXPRESSIONS), st.dates(date(2019, 6, 1), date(2060, 1, 1)))
def test_what_was_done_was_done_by_publication(opening: str, words: str, published: date) -> None:
    for found in resolve_dates(parsed(f"{opening} {words}."), published):
        assert found.date_start <= found.date_end <= published
        assert not found.future
        assert "->" in found.basis


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EXPRESSIONS), days)
def test_the_words_of_the_basis_stand_in_the_text(words: str, published: date) -> None:
    doc: Doc = parsed(PAST.format(words))
    for found in resolve_dates(doc, published):
        said = found.basis.split("' -> ")[0].removeprefix("'")
        assert said == " ".join(doc.text[found.start : found.end].split())
