"""Repetitions of long documents: found in little time, and the same as by comparing every claim with every other."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.coding.duplicates import link_duplicates, repeats
from garrison.records import Claim, Quantity

DAY = date(2021, 10, 1)
QUOTES = ("Soldiers deserted", "The desertions", "Troops fled", "They left", "It ran")


def quantity(low: int, width: float) -> Quantity:
    return Quantity("persons", low, low + width, "flow")


dates = st.none() | st.tuples(st.integers(0, 25), st.sampled_from([-1, 0, 1, 10, 11, 12, 30]))
numbers = st.lists(
    st.builds(quantity, st.integers(1, 40), st.sampled_from([0, 0, 1, 3, 5, 20, float("inf")])), max_size=2
)
drafts = st.builds(
    lambda kind, grade, day, counted, **rest: Claim(
        id="", doc="x", char_start=0, char_end=1, published=DAY, type=kind, certainty=grade, numbers=tuple(counted),
        date_start=day and DAY + timedelta(day[0]), date_end=day and DAY + timedelta(day[0] + day[1]), **rest,
    ),
    kind=st.sampled_from(["DEFECT", "DEFECT", "MUTINY", "FATALITIES_CUMULATIVE"]),
    grade=st.sampled_from(["reported_fact", "claim_official", "forecast", "headline_assertion"]),
    day=dates,
    counted=numbers,
    quote=st.sampled_from(QUOTES),
    negated=st.sampled_from([False, False, True]),
    country=st.sampled_from(["TGO", "TGO", None]),
    actor_sector=st.sampled_from(["MIL", "MIL", "GOV"]),
    actor_text=st.sampled_from([None, "General Mba", "the general"]),
    actor_rank=st.sampled_from([None, "senior", "troops"]),
    adm1=st.sampled_from([None, "TG-M", "TG-K"]),
)  # fmt: skip


def linked_by_comparing_all(claims: list[Claim]) -> dict[str, str]:
    first: list[Claim] = []
    linked = {}
    for claim in claims:
        if claim.certainty != "headline_assertion":
            again = next((earlier for earlier in first if repeats(claim, earlier)), None)
            if again is None:
                first.append(claim)
            else:
                linked[claim.id] = again.id
    return linked


@settings(deadline=None, max_examples=150)
@given(st.lists(drafts, max_size=40))
def test_links_are_those_of_comparing_every_claim_with_every_other(claims: list[Claim]) -> None:
    claims = [replace(claim, id=f"x#{place}") for place, claim in enumerate(claims)]
    linked = {
        claim.id: claim.duplicate_of
        for claim in link_duplicates(claims)
        if claim.duplicate_of is not None and claim.certainty != "headline_assertion"
    }
    assert linked == linked_by_comparing_all(claims)


@pytest.mark.parametrize("told_by", ["numbers", "days", "words", "places"])
def test_four_thousand_claims_are_linked_in_well_under_a_second(told_by: str) -> None:
    claims = [
        Claim(
            id=f"x#{place}", doc="x", char_start=0, char_end=1, published=DAY, type="DEFECT", certainty="reported_fact",
            actor_sector="MIL", date_start=DAY + timedelta(place if told_by == "days" else 0),
            date_end=DAY + timedelta(place if told_by == "days" else 0),
            quote="".join(chr(97 + int(digit)) for digit in f"{place:05}") if told_by == "words" else "deserted",
            actor_text=f"Major Mba{place % 40}", numbers=(quantity(place, 0),) if told_by == "numbers" else (),
            adm1=f"TG-{place % 30}" if told_by == "places" else None,
        )
        for place in range(0, 8000, 2)
    ]  # fmt: skip
    begun = time.process_time()
    linked = link_duplicates(claims)
    assert time.process_time() - begun < 1
    found = [claim for claim in linked if claim.duplicate_of is not None]
    assert len(found) == (3985 if told_by == "places" else 0)
