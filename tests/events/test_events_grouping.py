"""Grouping: exact tellings first, no chains through vague ones, the same whatever the order, only what is touched."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from test_events_linking import DAY, claim

from garrison.events import Linker, link
from garrison.events.grouping import bundles_of, happenings_of, islands_of
from garrison.events.tellings import days_agree, telling_of_claim
from garrison.records import Claim, Claims, Quantity, Source

PLACES = st.sampled_from(["VE-A", "VE-V", "VE-L", None])
CLAIMS = st.lists(
    st.builds(
        lambda number, kind, sector, place, back, days, low, stock: claim(
            number,
            kind,
            doc=f"d{number}",
            actor_sector=sector,
            adm1=place,
            date_start=DAY - timedelta(days=back + days),
            date_end=DAY - timedelta(days=back),
            numbers=(Quantity("things", low, low + 3, "stock" if stock else "flow"),) if low else (),
        ),
        st.integers(0, 10_000),
        st.sampled_from(["DEFECT", "PROTEST", "FATALITIES_CUMULATIVE"]),
        st.sampled_from(["MIL", "GRD", None]),
        PLACES,
        st.integers(0, 25),
        st.integers(0, 12),
        st.integers(0, 60),
        st.booleans(),
    ),
    max_size=25,
    unique_by=lambda one: one.id,
)


def groups(*claims: Claim) -> list[list[str]]:
    return [sorted(event.claim_ids) for event in link(Claims.of(claims))]


def test_a_vague_telling_does_not_chain_two_that_contradict_each_other() -> None:
    here, there = claim(1, "PROTEST", adm1="VE-A"), claim(2, "PROTEST", adm1="VE-V")
    somewhere = claim(3, "PROTEST", adm1=None)
    found = groups(here, there, somewhere)
    assert len(found) == 2
    assert not any({"d#1", "d#2"} <= set(group) for group in found)


def test_a_vague_telling_joins_the_one_that_its_words_are_like() -> None:
    words = "conscripts laid down their rifles outside the customs house at noon"
    one = claim(1, adm1="VE-A", quote="a lieutenant drove off with his platoon")
    other = claim(2, adm1="VE-V", quote=words)
    vague = claim(3, quote=words + " on Saturday")
    assert ["d#2", "d#3"] in groups(one, other, vague)


def test_repetitions_within_a_document_stay_together() -> None:
    first = claim(1, adm1="VE-A")
    again = claim(2, adm1="VE-V", duplicate_of="d#1")
    assert groups(first, again) == [["d#1", "d#2"]]


def test_claims_that_repeat_each_other_in_a_ring_are_one() -> None:
    assert groups(claim(1, duplicate_of="d#2"), claim(2, duplicate_of="d#1")) == [["d#1", "d#2"]]


def test_a_wire_text_printed_twice_is_one_source() -> None:
    wording = "Soldiers at the garrison of the southern port city refused to board the trucks"
    first = claim(1, doc="a", quote=wording)
    copy = claim(2, doc="b", quote=wording)
    own = claim(3, doc="c", quote="At the port some men would not climb in")
    (alone,) = link(Claims.of([first]))
    (twice,) = link(Claims.of([first, copy]))
    (both,) = link(Claims.of([first, own]))
    assert alone.p_happened == twice.p_happened < both.p_happened
    assert twice.claim_ids == ("d#1", "d#2")


@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(claims: list[Claim], random) -> None:
    linker = Linker()
    for one in sorted(claims, key=lambda _: random.random()):
        linker.add([one])
    assert list(linker.events()) == list(link(Claims.of(claims)))


@given(CLAIMS)
def test_every_claim_is_in_exactly_one_event(claims: list[Claim]) -> None:
    told = [name for event in link(Claims.of(claims)) for name in event.claim_ids]
    assert sorted(told) == sorted(one.id for one in claims)


@given(CLAIMS)
def test_members_of_one_event_agree_in_all_that_they_name(claims: list[Claim]) -> None:
    by_id = {one.id: one for one in claims}
    for event in link(Claims.of(claims)):
        members = [by_id[name] for name in event.claim_ids]
        for slot in ("actor_sector", "adm1"):
            assert len({getattr(one, slot) for one in members} - {None}) <= 1


@given(CLAIMS)
def test_no_two_tellings_on_different_islands_could_be_one(claims: list[Claim]) -> None:
    for kind in {one.type for one in claims}:
        bundles = bundles_of(telling_of_claim(one) for one in claims if one.type == kind)
        islands = list(islands_of(bundles, kind))
        for place, island in enumerate(islands):
            for other in islands[place + 1 :]:
                for one in island:
                    assert not any(days_agree(one.lead, bundle.lead) for bundle in other)


@settings(max_examples=50)
@given(CLAIMS)
def test_the_index_by_days_hides_no_happening(claims: list[Claim]) -> None:
    """The cells that are searched give what searching every happening would give."""
    import garrison.events.grouping as grouping

    def everything(by_length, lead, length):
        for cell in sorted(by_length):
            for place in sorted(by_length[cell]):
                yield from by_length[cell][place]

    searched = grouping._within_reach
    for kind in {one.type for one in claims}:
        bundles = bundles_of(telling_of_claim(one) for one in claims if one.type == kind)
        by_cells = happenings_of(bundles, kind)
        try:
            grouping._within_reach = everything
            by_all = happenings_of(bundles, kind)
        finally:
            grouping._within_reach = searched
        assert [sorted(one.id for one in group) for group in by_cells] == [
            sorted(one.id for one in group) for group in by_all
        ]


def test_a_new_report_changes_only_the_days_that_it_tells_of() -> None:
    spring = [claim(n, doc=f"s{n}", adm1=f"VE-{'ABCDE'[n]}") for n in range(5)]
    autumn = [
        replace(
            one,
            id=f"o#{n}",
            date_start=date(2017, 10, 1),
            date_end=date(2017, 10, 1),
            published=date(2017, 10, 2),
        )
        for n, one in enumerate(spring)
    ]
    linker = Linker()
    assert linker.add([*spring, *autumn]) == 2
    before = {event.id: event for event in linker.events()}
    assert linker.add([replace(autumn[0], id="n#1", doc="n", sources=(Source("HN", "media"),))]) == 1
    after = {event.id: event for event in linker.events()}
    changed = [name for name in after if after[name] != before.get(name)]
    assert len(changed) == 1
    assert after[changed[0]].date_start == date(2017, 10, 1)
    assert linker.add([]) == 0


def test_a_claim_that_comes_again_replaces_itself() -> None:
    linker = Linker()
    linker.add([claim(1)])
    linker.add([claim(1, adm1="VE-A")])
    (event,) = linker.events()
    assert event.adm1 == "VE-A"
    assert event.claim_ids == ("d#1",)


def test_a_source_that_takes_its_word_back_no_longer_speaks_for_the_event() -> None:
    wire = (Source("Northern Wire", "media"),)
    said = claim(1, sources=wire)
    taken_back = claim(2, doc="e", sources=wire, negated=True, published=date(2017, 5, 9))
    (before,) = link(Claims.of([said]))
    (after,) = link(Claims.of([said, taken_back]))
    (only_denied,) = link(Claims.of([taken_back]))
    assert after.p_happened == only_denied.p_happened < before.p_happened
    (mended,) = link(
        Claims.of([said, taken_back, claim(3, doc="f", sources=wire, published=date(2017, 5, 12))])
    )
    assert mended.p_happened == before.p_happened


def test_a_later_count_of_one_source_replaces_its_earlier_one() -> None:
    def toll(number: int, count: float, published: date) -> Claim:
        return claim(
            number,
            "FATALITIES_CUMULATIVE",
            doc=f"d{number}",
            actor_sector=None,
            published=published,
            sources=(Source("Rights Forum", "ngo"),),
            numbers=(Quantity("dead", count, count, "stock"),),
        )

    first, later = toll(1, 36, date(2017, 5, 6)), toll(2, 40, date(2017, 5, 8))
    (event,) = link(Claims.of([first, later]))
    assert event.count_q50 == 40


def test_contradictions_are_said_in_words() -> None:
    told = claim(1, sources=(Source("Northern Wire", "media"),), numbers=(Quantity("men", 30, 30, "flow"),))
    more = claim(
        2, sources=(Source("the coalition", "opposition"),), numbers=(Quantity("men", 40, 40, "flow"),)
    )
    denial = claim(3, sources=(Source("the ministry", "official"),), negated=True)
    (event,) = link(Claims.of([told, more, denial]))
    assert event.conflict == (
        "told by media, opposition; denied by official; counts differ: media 30, opposition 40"
    )
    assert event.interested_parties == ("opposition",)
    (agreed,) = link(Claims.of([told]))
    assert agreed.conflict is None
