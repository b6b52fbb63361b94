"""What is observed as of a day: no hindsight, and every report once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from garrison.inference import CountObserved, StoriesObserved, known_by, observe
from garrison.records import Event

START = date(2017, 3, 29)
AS_OF = date(2017, 5, 7)


def event(kind: str, day: date, **fields) -> Event:
    values = {"published": day, "date_start": day, "date_end": day, "p_happened": 0.9, "evidence_ratio": 8.0}
    return Event(id=f"{kind}-{day}-{fields.get('n_low')}", type=kind, country="VEN", **{**values, **fields})


def deaths(day: date, low: float, high: float, kind: str, **fields) -> Event:
    name = "FATALITIES_CUMULATIVE" if kind == "stock" else "REPRESSION_LETHAL"
    return event(name, day, count_of="deaths", n_low=low, n_high=high, count_kind=kind, **fields)


def test_nothing_published_later_is_seen() -> None:
    later = deaths(date(2017, 5, 1), 10, 10, "stock", published=date(2017, 6, 1))
    assert known_by([later], AS_OF) == []
    assert observe([later], start=START, as_of=AS_OF) == ()


def test_two_tolls_of_one_week_are_one_observation_with_the_bounds_of_both() -> None:
    seen = observe(
        [deaths(date(2017, 5, 6), 36, 36, "stock"), deaths(date(2017, 5, 7), 37, 40, "stock")],
        start=START,
        as_of=AS_OF,
    )
    assert len(seen) == 1
    assert isinstance(seen[0], CountObserved)
    assert (seen[0].low, seen[0].high) == (36, 40)


def test_incidents_and_their_toll_are_not_added() -> None:
    incidents = [deaths(START + timedelta(days=3 * k), 4, 4, "flow") for k in range(10)]
    toll = deaths(START + timedelta(days=28), 40, 40, "stock")
    seen = observe([*incidents, toll], start=START, as_of=AS_OF)
    assert sum(item.low for item in seen if isinstance(item, CountObserved)) == 40


def test_few_incidents_without_a_toll_are_a_lower_bound() -> None:
    (seen,) = observe([deaths(date(2017, 5, 1), 2, 2, "flow")], start=START, as_of=AS_OF)
    assert isinstance(seen, CountObserved)
    assert (seen.low, seen.high) == (2, float("inf"))


def test_stories_of_one_week_are_judged_together() -> None:
    told = [event("DEFECT", date(2017, 5, 5)), event("FRATERNIZE_JOIN", date(2017, 5, 6))]
    (seen,) = observe(told, start=START, as_of=AS_OF)
    assert isinstance(seen, StoriesObserved)
    assert len(seen.evidence_ratios) == 2


def test_what_stands_in_no_channel_moves_nothing() -> None:
    others = [event("HARDSHIP", AS_OF), event("CALL_TO_REBEL", AS_OF), event("PROTEST", AS_OF)]
    assert observe(others, start=START, as_of=AS_OF) == ()


@given(
    st.lists(
        st.tuples(
            st.integers(0, 39), st.integers(0, 30), st.integers(0, 10), st.sampled_from(["flow", "stock"])
        ),
        max_size=8,
    )
)
def test_increments_are_never_negative_and_never_exceed_the_bounds_told(rows) -> None:
    told = [deaths(START + timedelta(days=day), low, low + width, kind) for day, low, width, kind in rows]
    for item in observe(told, start=START, as_of=AS_OF):
        assert isinstance(item, CountObserved)
        assert 0 <= item.low <= item.high
        assert START <= item.first_day <= item.last_day


def test_one_message_that_tells_two_things_is_one_story() -> None:
    tweet = {"sources": ("an activist",), "source_kinds": ("social_media",), "n_independent_sources": 1}
    told = [
        event("DEFECT", date(2017, 5, 6), evidence_ratio=1.8, **tweet),
        event("FRATERNIZE_JOIN", date(2017, 5, 6), evidence_ratio=1.8, **tweet),
    ]
    (seen,) = observe(told, start=START, as_of=AS_OF)
    assert isinstance(seen, StoriesObserved)
    assert seen.evidence_ratios == (1.8,)


def test_a_toll_told_as_an_incident_is_not_added_to_the_incidents() -> None:
    register = [deaths(START + timedelta(days=3 * k), 4, 4, "flow") for k in range(9)]
    toll = deaths(date(2017, 5, 6), 37, 37, "stock")
    retold = deaths(date(2017, 5, 6), 36, 36, "flow")
    seen = observe([*register, toll, retold], start=START, as_of=AS_OF)
    assert sum(item.low for item in seen if isinstance(item, CountObserved)) == 36


def test_a_toll_that_names_its_first_day_is_counted_from_there() -> None:
    since = deaths(AS_OF, 7, 7, "stock", date_start=AS_OF - timedelta(days=3))
    (seen,) = observe([since], start=START, as_of=AS_OF)
    assert seen.first_day == AS_OF - timedelta(days=3)
    (unnamed,) = observe([deaths(AS_OF, 7, 7, "stock")], start=START, as_of=AS_OF)
    assert unnamed.first_day == START
