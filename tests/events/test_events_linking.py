"""Claims of one happening are one event; nothing is summed twice; the order of arrival does not matter."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.events import learn_sources, link, weigh_sources
from garrison.records import Claim, Claims, Event, Events, Quantity, Source

DAY = date(2017, 5, 6)


def claim(number: int, kind: str = "DEFECT", **fields) -> Claim:
    """A claim of 7 May 2017 about Venezuela that happened the day before."""
    base = Claim(
        id=f"d#{number}",
        doc="d",
        char_start=number,
        char_end=number + 1,
        quote="x",
        type=kind,
        certainty="claim_single_source",
        published=date(2017, 5, 7),
        actor_sector="MIL",
        date_start=DAY,
        date_end=DAY,
        country="VEN",
    )
    return replace(base, **fields)


TWEET = (Source("Rights Institute director", "ngo"), Source("a tweet", "social_media"))


def chance(*claims: Claim) -> float:
    (event,) = link(Claims.of(claims))
    return event.p_happened


def test_a_retold_tweet_is_one_source() -> None:
    first = claim(1, sources=TWEET)
    again = claim(2, doc="e", sources=(Source("the Rights Institute's director", "media"), *TWEET[1:]))
    assert chance(first) == chance(first, again)


def test_several_sources_named_together_are_several() -> None:
    one = chance(claim(1, sources=(Source("Northern Wire", "media"),)))
    two = chance(claim(1, sources=(Source("Northern Wire and the HN", "media"),)))
    counted = chance(claim(1, sources=(Source("Two news agencies", "media"),)))
    assert one < two == counted


def test_credibility_rises_from_denied_to_admitted() -> None:
    tweet = claim(1, sources=TWEET)
    denial = claim(2, negated=True, sources=(Source("the ministry", "official"),))
    one = claim(3, sources=(Source("Northern Wire", "media"),))
    two = claim(4, sources=(Source("Harbour News", "media"),))
    admission = claim(5, sources=(Source("the defence ministry", "official"),))
    denied, alone = chance(tweet, denial), chance(tweet)
    confirmed, admitted = chance(tweet, one, two), chance(tweet, admission)
    assert denied < alone < confirmed < admitted


def test_the_same_dead_are_not_added() -> None:
    toll = claim(1, "FATALITIES_CUMULATIVE", actor_sector=None, numbers=(Quantity("dead", 36, 40, "stock"),))
    again = claim(
        2,
        "FATALITIES_CUMULATIVE",
        actor_sector=None,
        date_start=DAY - timedelta(days=1),
        numbers=(Quantity("dead", 36, 36, "stock"),),
    )
    (event,) = link(Claims.of([toll, again]))
    assert (event.n_low, event.n_high, event.count_kind) == (36, 40, "stock")


@pytest.mark.parametrize(
    "certainty", ["forecast", "historical_background", "reader_comment", "hypothetical", "headline_assertion"]
)
def test_what_is_not_said_to_have_happened_now_is_no_event(certainty: str) -> None:
    assert len(link(Claims.of([claim(1, certainty=certainty)]))) == 0


def test_claims_join_an_event_of_the_case() -> None:
    known = Event(
        "case-1",
        "DEFECT",
        "VEN",
        DAY,
        DAY,
        DAY,
        0.3,
        1.8,
        sources=("a tweet",),
        source_kinds=("social_media",),
    )
    (event,) = link(
        Claims.of([claim(1, sources=(Source("Northern Wire", "media"),))]), known=Events.of([known])
    )
    assert event.id == "case-1"
    assert event.claim_ids == ("d#1",)
    assert event.p_happened > known.p_happened


def test_a_later_count_lends_nothing_to_an_earlier_report() -> None:
    later = Event("late", "DEFECT", "VEN", date(2017, 6, 6), DAY, DAY, 0.9, 100.0, n_low=14.0, n_high=14.0)
    (event,) = link(Claims.of([claim(1)]), known=Events.of([later]), as_of=date(2017, 5, 7))
    assert event.id != "late"
    assert event.n_low is None


def test_different_days_places_and_actors_stay_apart() -> None:
    claims = [
        claim(1),
        claim(2, date_start=DAY - timedelta(days=60), date_end=DAY - timedelta(days=60)),
        claim(3, actor_sector="COP"),
        claim(4, adm1="VE-V", kind="PROTEST"),
        claim(5, adm1="VE-A", kind="PROTEST"),
    ]
    assert len(link(Claims.of(claims))) == 5


SECTORS = st.sampled_from(["MIL", "GRD", "COP", None])
DAYS = st.integers(0, 20).map(lambda back: DAY - timedelta(days=back))
CLAIMS = st.lists(
    st.builds(
        lambda number, kind, sector, day, negated: claim(
            number, kind, actor_sector=sector, date_start=day, date_end=day, negated=negated
        ),
        st.integers(0, 10_000),
        st.sampled_from(["DEFECT", "PROTEST", "PURGE_ARREST_MIL"]),
        SECTORS,
        DAYS,
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(claims: list[Claim], random) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert list(link(Claims.of(claims))) == list(link(Claims.of(shuffled)))


@given(CLAIMS)
def test_every_counted_claim_is_in_exactly_one_event(claims: list[Claim]) -> None:
    told = [claim_id for event in link(Claims.of(claims)) for claim_id in event.claim_ids]
    assert sorted(told) == sorted(one.id for one in claims)


@given(CLAIMS)
def test_chances_are_chances(claims: list[Claim]) -> None:
    for event in link(Claims.of(claims)):
        assert 0 < event.p_happened < 1
        assert event.date_start <= event.date_end


@given(
    st.lists(
        st.sampled_from(["media", "ngo", "opposition", "social_media", "witness"]), min_size=1, max_size=6
    )
)
def test_one_more_independent_source_never_lowers_the_chance(kinds: list[str]) -> None:
    assert weigh_sources("DEFECT", kinds)[1] >= weigh_sources("DEFECT", kinds[:-1])[1]


def test_a_government_that_claims_a_foiled_plot_is_believed_less_than_one_that_admits_arrests() -> None:
    plot, _ = weigh_sources("COUP_FAILED", ["official"])
    arrests, _ = weigh_sources("PURGE_ARREST_MIL", ["official"])
    assert plot < arrests


def test_soldiers_who_speak_of_themselves_are_no_admission_by_the_command() -> None:
    themselves = chance(claim(1, sources=(Source("three lieutenants", "security_force"),)))
    command = chance(claim(1, sources=(Source("the army's spokesman", "security_force"),)))
    assert themselves < command
    again = claim(2, sources=(Source("some of the officers", "security_force"),))
    assert chance(claim(1, sources=(Source("three lieutenants", "security_force"),)), again) == themselves


def test_a_vague_count_does_not_widen_a_better_one() -> None:
    def toll(number: int, low: float, high: float) -> Claim:
        quantity = Quantity("dead", low, high, "stock")
        return claim(number, "FATALITIES_CUMULATIVE", actor_sector=None, numbers=(quantity,))

    (event,) = link(Claims.of([toll(1, 32, 40), toll(2, 37, 37), toll(3, 38, 38)]))
    assert (event.n_low, event.n_high) == (37, 40)


def test_what_one_publisher_says_in_its_own_voice_is_one_source() -> None:
    """Two documents of one paper, and one that quotes it by its name, are one source; another paper is a second."""
    first = claim(1, doc="a", quote="soldiers of the second brigade left their barracks", sources=())
    again = claim(2, doc="b", quote="men of that brigade walked out on Saturday", sources=())
    quoting = claim(
        3, doc="c", quote="they left, the Northern Wire said", sources=(Source("the Northern Wire", "media"),)
    )
    other = claim(4, doc="d", quote="troops have quit their posts there", sources=())
    papers = {"a": "Northern Wire", "b": "Northern Wire", "d": "Southern Post"}

    def n_sources(*told: Claim, publishers: dict[str, str] | None = None) -> int:
        (event,) = link(Claims.of(told), publishers=publishers)
        return event.n_independent_sources

    assert n_sources(first, again) == 2
    assert n_sources(first, again, publishers=papers) == 1
    assert n_sources(first, again, quoting, publishers=papers) == 1
    assert n_sources(first, again, quoting, other, publishers=papers) == 2


def test_a_publisher_earns_a_record() -> None:
    """A paper that tells, in its own voice, what nobody else tells has a record under its name."""
    told = [
        claim(
            n,
            doc=f"d{n}",
            sources=(),
            date_start=DAY - timedelta(days=40 * n),
            date_end=DAY - timedelta(days=40 * n),
        )
        for n in range(8)
    ]
    assert not list(learn_sources(Claims.of(told)).sources)
    learned = learn_sources(Claims.of(told), publishers={one.doc: "Northern Wire" for one in told})
    assert [sorted(record.words) for record in learned.sources] == [["northern", "wire"]]
