"""What is told is graded: fact, claim, denial, expectation, memory, comment."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports
from garrison.vocabulary import certainties, is_counted, source_kinds

PUBLISHED = date(2021, 10, 20)


def report_of(text: str, title: str = "", comments: str = "") -> Report:
    head = f"{title}\n\n" if title else ""
    body = head + text
    full = f"{body}\n\n{comments}" if comments else body
    return Report(
        "own",
        full,
        PUBLISHED,
        title=title,
        title_start=0 if title else None,
        title_end=len(title) if title else None,
        article_start=len(head),
        article_end=len(body),
        comments_start=len(body) + 2 if comments else None,
        comments_end=len(full) if comments else None,
    )


def claims_of(text: str, **parts: str) -> list[Claim]:
    return list(code(Reports.of([report_of(text, **parts)]), country="SDN"))


def one(text: str, kind: str, **parts: str) -> Claim:
    found = [claim for claim in claims_of(text, **parts) if claim.type == kind]
    assert len(found) == 1, [(claim.type, claim.quote) for claim in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "certainty"),
    [
        ("Twenty soldiers deserted on Monday.", "DEFECT", "reported_fact"),
        ("Twenty soldiers deserted, a rights group said.", "DEFECT", "claim_single_source"),
        ("Twenty soldiers deserted, the Reuters news agency reported.", "DEFECT", "claim_media"),
        ("The defence ministry acknowledged that twenty soldiers had deserted.", "DEFECT", "claim_official"),
        ("According to an unnamed source, twenty soldiers deserted.", "DEFECT", "claim_unnamed_source"),
        ("Twenty soldiers reportedly deserted.", "DEFECT", "claim_unnamed_source"),
        ("The army will defect within a week.", "DEFECT", "forecast"),
        ("The army is expected to defect.", "DEFECT", "forecast"),
        ("If the army defects, the ruler falls.", "DEFECT", "hypothetical"),
        ("The army would defect at once.", "DEFECT", "hypothetical"),
        ("The army may have defected.", "DEFECT", "speculation"),
        ("In 1985, the army turned on the president.", "DEFECT", "historical_background"),
        ("The latest army defections have shaken the palace.", "DEFECT", "presupposition"),
        ("The army remains loyal to the president.", "LOYALTY_STATE", "assessment"),
        (
            "The army remains loyal to the president, a political scientist said.",
            "LOYALTY_STATE",
            "expert_opinion",
        ),
        ("The army appears to have defected.", "DEFECT", "assessment"),
        ("Soldiers have enjoyed patronage for years.", "PATRONAGE", "background_state"),
    ],
)
def test_the_first_rule_that_matches_wins(text: str, kind: str, certainty: str) -> None:
    assert one(text, kind).certainty == certainty


def test_a_denial_stays_on_its_type_and_is_negated() -> None:
    for text in (
        "The army spokesman denied that any soldiers had deserted.",
        "There is no evidence that soldiers have deserted, the interior ministry said.",
        "No soldiers have deserted, the interior ministry said.",
    ):
        claim = one(text, "DEFECT")
        assert claim.negated
        assert claim.sources[0].kind in ("official", "security_force")


def test_an_absence_that_the_text_tells_is_a_non_event() -> None:
    claim = one("Students sang. The soldiers did not respond.", "NON_EVENT")
    assert not claim.negated
    assert claim.actor_sector == "MIL"


def test_saying_is_doing_for_declarations() -> None:
    claim = one(
        "Three lieutenants said in a video that they no longer recognised the president.", "DEFECT_DECLARED"
    )
    assert claim.certainty == "reported_fact"
    assert claim.actor_rank == "junior"


def test_a_headline_repeats_its_body_and_takes_its_date() -> None:
    title = "Soldiers Begin To Desert, March With Protesters"
    text = (
        "On Monday the soldiers of two garrisons began to desert, a union said. They marched with "
        "protesters on Monday."
    )
    claims = claims_of(text, title=title)
    by_id = {claim.id: claim for claim in claims}
    heads = [claim for claim in claims if claim.certainty == "headline_assertion"]
    assert {claim.type for claim in heads} == {"DEFECT", "FRATERNIZE_JOIN"}
    for claim in heads:
        assert claim.duplicate_of is not None
        told = by_id[claim.duplicate_of]
        assert (told.type, told.date_start) == (claim.type, claim.date_start)


def test_comments_are_only_ever_comments() -> None:
    claims = claims_of(
        "Police arrested ten students at the protest.",
        comments="The army will defect soon.\n\nSoldiers deserted today!",
    )
    told = [claim for claim in claims if claim.char_start > 46]
    assert told
    assert {claim.certainty for claim in told} == {"reader_comment"}
    assert all(not is_counted(claim.certainty) for claim in told)


def test_a_quotation_of_several_sentences_keeps_its_speaker() -> None:
    text = (
        '"The soldiers have begun to desert. Dozens of officers are under arrest," the Lawyers '
        "Committee said on Monday."
    )
    claims = claims_of(text)
    assert {claim.type for claim in claims} == {"DEFECT", "PURGE_ARREST_MIL"}
    for claim in claims:
        assert claim.certainty == "claim_single_source"
        assert claim.sources[0].kind == "ngo"
        assert claim.date_start == date(2021, 10, 18)


def test_certainty_and_sources_come_from_the_vocabulary() -> None:
    text = (
        "Troops may desert. Police killed a student, witnesses said. In 1985 the army seized "
        "power. Judges resigned."
    )
    for claim in claims_of(text, comments="The army deserted."):
        assert claim.certainty in certainties()
        assert {source.kind for source in claim.sources} <= set(source_kinds())


def test_the_same_dead_are_counted_once() -> None:
    text = (
        "The death toll of the protests has risen to 30.\n\nAt least 28 people have been killed "
        "since the protests began, the newspaper said."
    )
    tolls = [claim for claim in claims_of(text) if claim.type == "FATALITIES_CUMULATIVE"]
    assert len(tolls) == 2
    assert tolls[1].duplicate_of == tolls[0].id
    assert all(number.kind == "stock" for claim in tolls for number in claim.numbers)


def test_two_arrests_on_different_days_are_two() -> None:
    text = "Police arrested ten students on Monday.\n\nPolice arrested four students at a protest on Friday."
    claims = [claim for claim in claims_of(text) if claim.type == "REPRESSION"]
    assert [claim.duplicate_of for claim in claims] == [None, None]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Thousands of protesters are to march on the palace.", "forecast"),
        ("Thousands of protesters were to have marched on the palace.", "forecast"),
        ("Thousands of protesters marched on the palace.", "reported_fact"),
        ("Police are to blame for it: thousands of protesters marched on the palace.", "reported_fact"),
    ],
)
def test_what_somebody_is_to_do_has_not_happened(text: str, certainty: str) -> None:
    assert one(text, "PROTEST").certainty == certainty
