"""Words of time in own sentences, and the days that they stand for; published Wednesday 10 April 2019."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.coding.calendar_stretch import shift, stretch_of, weekday_after, weekday_before
from garrison.coding.date_words import date_words
from garrison.coding.dates import default_date, resolve_dates
from garrison.coding.parsing import parse

PUBLISHED = date(2019, 4, 10)
BLANK = spacy.blank("en")

# sentence, then (first day, last day) of every expression in it; "F" marks what is still to come
ONE_EXPRESSION = [
    ("Soldiers fired on the crowd overnight.", "2019-04-09", "2019-04-10", ""),
    ("The minister resigned today.", "2019-04-10", "2019-04-10", ""),
    ("The governor fled yesterday.", "2019-04-09", "2019-04-09", ""),
    ("The governor fled the day before yesterday.", "2019-04-08", "2019-04-08", ""),
    ("Troops left tonight.", "2019-04-10", "2019-04-10", ""),
    ("Last night shots were heard.", "2019-04-09", "2019-04-09", ""),
    ("This morning police fired.", "2019-04-10", "2019-04-10", ""),
    ("An hour ago police fired.", "2019-04-09", "2019-04-10", ""),
    ("Talks begin tomorrow.", "2019-04-11", "2019-04-11", "F"),
    ("On Monday the union struck.", "2019-04-08", "2019-04-08", ""),
    ("The union struck on Wednesday.", "2019-04-10", "2019-04-10", ""),
    ("Officers met last Wednesday.", "2019-04-03", "2019-04-03", ""),
    ("Three men fled Sunday night.", "2019-04-07", "2019-04-07", ""),
    ("Sunday's march was banned.", "2019-04-07", "2019-04-07", ""),
    ("They will never forget what happened on Sunday.", "2019-04-07", "2019-04-07", ""),
    ("The opposition will march on Friday.", "2019-04-12", "2019-04-12", "F"),
    ("The march on Friday will be large.", "2019-04-12", "2019-04-12", "F"),
    ("They called a strike for Friday.", "2019-04-12", "2019-04-12", "F"),
    ("A march planned for Saturday was banned.", "2019-04-13", "2019-04-13", "F"),
    ("He said they would march on Thursday.", "2019-04-11", "2019-04-11", "F"),
    ("The court sits next Monday.", "2019-04-15", "2019-04-15", "F"),
    ("Police raided homes earlier in the week.", "2019-04-08", "2019-04-09", ""),
    ("The price doubled this week.", "2019-04-08", "2019-04-10", ""),
    ("The court ruled last week.", "2019-04-01", "2019-04-07", ""),
    ("Talks resume next week.", "2019-04-15", "2019-04-21", "F"),
    ("Crowds came out over the weekend.", "2019-04-06", "2019-04-07", ""),
    ("Crowds came out last weekend.", "2019-04-06", "2019-04-07", ""),
    ("Earlier this month a judge fled.", "2019-04-01", "2019-04-09", ""),
    ("Later this month a judge will testify.", "2019-04-10", "2019-04-30", "F"),
    ("Last month a judge fled.", "2019-03-01", "2019-03-31", ""),
    ("Earlier this year a judge fled.", "2019-01-01", "2019-04-09", ""),
    ("Last year a judge fled.", "2018-01-01", "2018-12-31", ""),
    ("So far this year many have fled.", "2019-01-01", "2019-04-10", ""),
    ("A colonel fled in February.", "2019-02-01", "2019-02-28", ""),
    ("A colonel fled in December.", "2018-12-01", "2018-12-31", ""),
    ("Elections will be held in June.", "2019-06-01", "2019-06-30", "F"),
    ("In March last year he fell.", "2018-03-01", "2018-03-31", ""),
    ("In early March the guard was sent.", "2019-03-01", "2019-03-10", ""),
    ("In mid-February the guard was sent.", "2019-02-11", "2019-02-20", ""),
    ("In late March 2018 the guard was sent.", "2018-03-21", "2018-03-31", ""),
    ("At the end of March the guard was sent.", "2019-03-21", "2019-03-31", ""),
    ("In March 15 soldiers fled.", "2019-03-01", "2019-03-31", ""),
    ("On 6 March 2019 the court closed.", "2019-03-06", "2019-03-06", ""),
    ("On March 6, 2019, the court closed.", "2019-03-06", "2019-03-06", ""),
    ("On March 6 the court closed.", "2019-03-06", "2019-03-06", ""),
    ("On Tuesday, April 9, police fired.", "2019-04-09", "2019-04-09", ""),
    ("On Saturday, 30 March 2019, police fired.", "2019-03-30", "2019-03-30", ""),
    ("It began on the 5th of March.", "2019-03-05", "2019-03-05", ""),
    ("Clashes of 6-8 March left ten dead.", "2019-03-06", "2019-03-08", ""),
    ("From March 6-8 they marched.", "2019-03-06", "2019-03-08", ""),
    ("On 2019-03-06 it closed.", "2019-03-06", "2019-03-06", ""),
    ("On 25/03/2019 it closed.", "2019-03-25", "2019-03-25", ""),
    ("On 5/3/2019 it closed.", "2019-03-05", "2019-03-05", ""),
    ("In 2014 dozens died.", "2014-01-01", "2014-12-31", ""),
    ("The 2014 protests failed.", "2014-01-01", "2014-12-31", ""),
    ("In late 2016 a plot was found.", "2016-09-01", "2016-12-31", ""),
    ("The 1990s were calm.", "1990-01-01", "1999-12-31", ""),
    ("The regime has ruled since 2002.", "2002-01-01", "2019-04-10", ""),
    ("Shops have been closed since Monday.", "2019-04-08", "2019-04-10", ""),
    ("Shops have been closed since early April.", "2019-04-01", "2019-04-10", ""),
    ("Nearly every day since February they march.", "2019-02-01", "2019-04-10", ""),
    ("One month ago the army stood firm.", "2019-03-03", "2019-03-17", ""),
    ("Three days ago a general spoke.", "2019-04-07", "2019-04-07", ""),
    ("Two weeks ago a general spoke.", "2019-03-24", "2019-03-30", ""),
    ("In the past month 40 people died.", "2019-03-10", "2019-04-10", ""),
    ("For the past five weeks students have marched.", "2019-03-06", "2019-04-10", ""),
    ("In the last two years prices have doubled.", "2017-04-10", "2019-04-10", ""),
    ("The strike has lasted for three weeks.", "2019-03-20", "2019-04-10", ""),
    ("In recent weeks officers have fled.", "2019-03-20", "2019-04-10", ""),
    ("Over the next three weeks they will meet.", "2019-04-10", "2019-05-01", "F"),
    ("From Monday to Wednesday shops were closed.", "2019-04-08", "2019-04-10", ""),
    ("Between 2002 and 2013 he ruled.", "2002-01-01", "2013-12-31", ""),
    ("He ruled from 2002 to 2013.", "2002-01-01", "2013-12-31", ""),
    ("He ruled in 2002-2013.", "2002-01-01", "2013-12-31", ""),
    ("By 2030 the army will shrink.", "2030-01-01", "2030-12-31", "F"),
    ("On 4 June 2031 the term ends.", "2031-06-04", "2031-06-04", "F"),
    ("The previous day a general fled.", "2019-04-09", "2019-04-09", ""),
    ("In the late 1980s he was jailed.", "1986-01-01", "1989-12-31", ""),
    ("Fighting on March 5 and 6 left ten dead.", "2019-03-05", "2019-03-06", ""),
    ("In an interview this weekend he spoke.", "2019-04-06", "2019-04-07", ""),
    ("They will meet this weekend.", "2019-04-13", "2019-04-14", "F"),
    ("The judge ordered him to appear on Friday.", "2019-04-12", "2019-04-12", "F"),
    ("Workers began to march on Monday.", "2019-04-08", "2019-04-08", ""),
    ("The worst 1969 riots began here.", "1969-01-01", "1969-12-31", ""),
    ("The governor's 2016 campaign failed.", "2016-01-01", "2016-12-31", ""),
    ("Ayer los soldados dispararon.", "2019-04-09", "2019-04-09", ""),
    ("El sábado marcharon los estudiantes.", "2019-04-06", "2019-04-06", ""),
    ("Hace un mes el ejército callaba.", "2019-03-03", "2019-03-17", ""),
    ("Desde marzo hay protestas.", "2019-03-01", "2019-04-10", ""),
    ("El 6 de marzo de 2019 cerró el tribunal.", "2019-03-06", "2019-03-06", ""),
    ("En los últimos dos años subieron los precios.", "2017-04-10", "2019-04-10", ""),
    ("La semana pasada cayó el ministro.", "2019-04-01", "2019-04-07", ""),
    ("O motim de 6 de maio de 2018 falhou.", "2018-05-06", "2018-05-06", ""),
]

# The last expression is read from what the narrative named before it.
TOLD_FROM_THE_NARRATIVE = [
    ("A colonel fled in February. The next month he asked for asylum.", "2019-03-01", "2019-03-31"),
    ("A colonel fled on 3 April. The following day his wife was arrested.", "2019-04-04", "2019-04-04"),
    ("The army mutinied in 2011. That year the president fled.", "2011-01-01", "2011-12-31"),
    ("The regime has armed itself since 2002. That year it nearly fell.", "2002-01-01", "2002-12-31"),
    ("Students marched on Monday. The day before, police had raided the campus.", "2019-04-07", "2019-04-07"),
    ("Students marched on Monday. Two days later the rector resigned.", "2019-04-10", "2019-04-10"),
    ("Students marched in January. A month later the rector resigned.", "2019-02-01", "2019-02-28"),
    ("The coup of 1999 failed. Since then the army has been purged.", "1999-01-01", "2019-04-10"),
    ("In April 2002 he was removed. In May he was back.", "2002-05-01", "2002-05-31"),
    ("He said on 21 March that they would disarm by the end of the month.", "2019-03-21", "2019-03-31"),
    ("Protests began in November 2018 and ended in January.", "2019-01-01", "2019-01-31"),
    ("They voted on 3 April. The following Monday they met.", "2019-04-08", "2019-04-08"),
    ("En marzo desertaron tres tenientes. El mes siguiente pidieron asilo.", "2019-04-01", "2019-04-10"),
]

NO_DATE = [
    "May the army rise.",
    "March with us.",
    "Police March On Campus As Students Flee",
    "Until recently they were united.",
    "Since then nobody has spoken.",
    "Black Friday sales fell.",
    "The day after the vote, crowds came.",
    "He spoke a few days after parties signed a truce.",
    "He was jailed for two years.",
    "He served for three weeks.",
    "A 25-year-old died.",
    "It cost 2000 dollars.",
    "The week of protests ended.",
    "The following Monday they met.",
    "About 99999 years ago.",
]


@pytest.mark.parametrize(("sentence", "first", "last", "mark"), ONE_EXPRESSION)
def test_an_expression_becomes_its_days(sentence: str, first: str, last: str, mark: str) -> None:
    found = resolve_dates(parse(sentence), PUBLISHED)
    assert [(str(item.date_start), str(item.date_end), item.future) for item in found] == [
        (first, last, mark == "F")
    ]


@pytest.mark.parametrize(("text", "first", "last"), TOLD_FROM_THE_NARRATIVE)
def test_the_narrative_anchors_what_follows(text: str, first: str, last: str) -> None:
    found = resolve_dates(parse(text), PUBLISHED)
    assert len(found) == 2
    assert (str(found[-1].date_start), str(found[-1].date_end)) == (first, last)


@pytest.mark.parametrize("sentence", NO_DATE)
def test_words_that_only_look_like_dates(sentence: str) -> None:
    assert resolve_dates(parse(sentence), PUBLISHED) == []


def test_a_far_anchor_no_longer_holds() -> None:
    near = "The army mutinied in 2011.\nThat year the president fled."
    far = "The army mutinied in 2011.\n\nA.\n\nB.\n\nC.\n\nD.\n\nThat year the president fled."
    assert len(resolve_dates(parse(near), PUBLISHED)) == 2
    assert len(resolve_dates(parse(far), PUBLISHED)) == 1


def test_two_thousand_dates_of_one_line() -> None:
    found = resolve_dates(BLANK("on Monday " * 2000), PUBLISHED)
    assert len(found) == 2000
    assert {item.date_start for item in found} == {date(2019, 4, 8)}


def test_the_basis_shows_words_and_rule() -> None:
    (found,) = resolve_dates(parse("They fled on Saturday."), PUBLISHED)
    assert found.basis == "'on Saturday' -> the last Saturday on or before 2019-04-10"


def test_what_ended_long_ago_is_background() -> None:
    old, new = resolve_dates(parse("In 2014 dozens died. In 2019 dozens died."), PUBLISHED)
    assert old.past_background
    assert not new.past_background


def test_without_a_date_the_week_up_to_publication() -> None:
    found = default_date(PUBLISHED)
    assert (found.date_end - found.date_start).days + 1 == date_words().conventions["default_days"]
    assert found.date_end == PUBLISHED
    assert "no date" in found.basis


def test_every_convention_says_why() -> None:
    import tomllib
    from importlib import resources

    table = tomllib.loads((resources.files("garrison.coding") / "dates.toml").read_text(encoding="utf-8"))
    for name, entry in table["conventions"].items():
        assert set(entry) == {"value", "unit", "range", "source", "why"}, name
        low, high = entry["range"]
        assert low <= entry["value"] <= high, name


days = st.dates(min_value=date(1950, 1, 1), max_value=date(2060, 12, 31))
pieces = st.sampled_from(
    [sentence for sentence, *_ in ONE_EXPRESSION] + [text for text, *_ in TOLD_FROM_THE_NARRATIVE] + NO_DATE
)


def check_laws(text: str, published: date) -> None:
    found = resolve_dates(BLANK(text), published)
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
        assert item.date_start <= item.date_end
        assert item.future or item.date_end <= published
        assert item.basis
    for left, right in pairwise(found):
        assert left.end <= right.start


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=4), days)
def test_laws_on_texts_of_dates(sentences: list[str], published: date) -> None:
    check_laws("\n".join(sentences), published)


words_of_time = st.sampled_from(
    [
        "since",
        "in",
        "the",
        "last",
        "next",
        "past",
        "month",
        "day",
        "year",
        "week",
        "31",
        "2002",
        "0000",
        "9999",
        "February",
        "May",
        "March",
        "Sunday",
        "for",
        "from",
        "to",
        "ago",
        "later",
        "before",
        "-",
        ",",
        ".",
        "/",
        "1.1.2019",
        "99",
        "three",
        "several",
        "years",
        "months",
        "early",
        "late",
        "that",
        "on",
        "el",
        "de",
        "marzo",
        "hace",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(words_of_time, max_size=14), days)
def test_laws_on_scrambled_words_of_time(words: list[str], published: date) -> None:
    check_laws(" ".join(words), published)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.sampled_from([date.min, date.max, PUBLISHED]))
def test_laws_on_any_text_at_the_ends_of_the_calendar(text: str, published: date) -> None:
    check_laws(text + " On Monday, since May, two years ago, last week, the weekend.", published)


@given(days, st.integers(-400, 400), st.sampled_from(["day", "week", "month", "year"]))
def test_shifting_there_and_back_loses_at_most_the_end_of_a_month(day: date, count: int, unit: str) -> None:
    back = shift(shift(day, count, unit), -count, unit)
    if unit in ("day", "week"):
        assert back == day
    else:
        assert timedelta(0) <= day - back <= timedelta(3)


@given(days, st.integers(0, 6))
def test_weekdays_lie_within_a_week(day: date, weekday: int) -> None:
    before, after = weekday_before(day, weekday, or_on=True), weekday_after(day, weekday)
    assert before <= day < after
    assert (after - before).days == 7
    assert before.weekday() == after.weekday() == weekday


@given(days, st.sampled_from(["day", "week", "month", "year"]))
def test_a_stretch_holds_its_day(day: date, unit: str) -> None:
    found = stretch_of(day, unit, "")
    assert found.start <= day <= found.end
