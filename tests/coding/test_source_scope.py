"""How far a source reaches: commas, semicolons, quotations, sentences that go on; who is cited, quoted or hides."""

from __future__ import annotations

import datetime

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports

OPENING = "Troops patrolled the streets after the protest.\n\n"


def claims_of(text: str) -> list[Claim]:
    full = OPENING + text
    report = Report("own", full, datetime.date(2021, 10, 20), article_start=0, article_end=len(full))
    return [claim for claim in code(Reports.of([report]), country="SDN") if claim.char_start >= len(OPENING)]


def kinds_of(text: str, kind: str) -> tuple[str, list[str]]:
    claim = next(claim for claim in reversed(claims_of(text)) if claim.type == kind)
    return claim.certainty, [source.kind for source in claim.sources if source.kind != "author"]


@pytest.mark.parametrize(
    ("text", "kind", "certainty", "kinds"),
    [
        # A source within or behind a clause stays in it; one at the head goes on to clauses that name none.
        (
            "Nine people were killed, according to doctors, and thousands marched in protest.",
            "PROTEST",
            "reported_fact",
            [],
        ),
        (
            "Thousands marched in protest; police killed two of them, according to witnesses.",
            "PROTEST",
            "reported_fact",
            [],
        ),
        (
            "Two students were killed, a rights group said, and thousands marched in protest.",
            "REPRESSION_LETHAL",
            "claim_single_source",
            ["ngo"],
        ),
        (
            "Two students were killed, a rights group said, and thousands marched in protest.",
            "PROTEST",
            "reported_fact",
            [],
        ),
        (
            "According to Reuters, soldiers deserted, and police killed two protesters.",
            "REPRESSION_LETHAL",
            "claim_media",
            ["media"],
        ),
        (
            "According to Reuters, soldiers deserted, but the mayor said that police had killed two protesters.",
            "REPRESSION_LETHAL",
            "claim_official",
            ["official"],
        ),
        ("Soldiers, according to the mayor, have deserted.", "DEFECT", "claim_official", ["official"]),
        (
            "The mayor said soldiers had deserted and police had killed two protesters.",
            "REPRESSION_LETHAL",
            "claim_official",
            ["official"],
        ),
        ('"Soldiers have deserted," the mayor said. Sailors deserted.', "DEFECT", "reported_fact", []),
        # Sentences that go on.
        (
            "The mayor said soldiers had deserted. He also said that police had killed two protesters.",
            "REPRESSION_LETHAL",
            "claim_official",
            ["official"],
        ),
        (
            "A villager said that police had beaten students at the protest. They had killed two protesters.",
            "REPRESSION_LETHAL",
            "claim_single_source",
            ["witness"],
        ),
        (
            "A villager said that police had beaten students at the protest. They killed two protesters.",
            "REPRESSION_LETHAL",
            "reported_fact",
            [],
        ),
        # Who is cited, quoted, heard of.
        (
            "Soldiers deserted in the north, Reuters said, quoting the mayor.",
            "DEFECT",
            "claim_official",
            ["official", "media"],
        ),
        (
            "The Washington Post, citing two sources in the army, reports that soldiers have deserted.",
            "DEFECT",
            "claim_unnamed_source",
            ["unnamed", "media"],
        ),
        (
            "The mayor was quoted by the BBC as saying that soldiers had deserted.",
            "DEFECT",
            "claim_official",
            ["official", "media"],
        ),
        (
            "The BBC cited a villager who said that soldiers had deserted.",
            "DEFECT",
            "claim_single_source",
            ["witness", "media"],
        ),
        ("Word spread that soldiers had deserted.", "DEFECT", "claim_unnamed_source", ["unnamed"]),
        ("A rumour has it that soldiers deserted.", "DEFECT", "claim_unnamed_source", ["unnamed"]),
        ("The mayor spoke of desertions by soldiers.", "DEFECT", "claim_official", ["official"]),
        (
            "There were reports in local media of desertions by soldiers.",
            "DEFECT",
            "claim_media",
            ["media"],
        ),
        ("In the view of the opposition, the army has split.", "DEFECT", "assessment", ["opposition"]),
        (
            "By the army's own account, soldiers deserted on Monday.",
            "DEFECT",
            "claim_official",
            ["security_force"],
        ),
        (
            "Prosecutors accused nine officers of plotting a coup.",
            "COUP",
            "claim_official",
            ["official"],
        ),
        (
            "The army confirmed in a statement that nine officers had been arrested.",
            "PURGE_ARREST_MIL",
            "claim_official",
            ["security_force"],
        ),
        # Who hides his name is unnamed, whatever he is.
        (
            "A general, speaking on condition of anonymity, said that soldiers had deserted.",
            "DEFECT",
            "claim_unnamed_source",
            ["unnamed"],
        ),
        (
            "Soldiers had deserted, said a general who asked not to be identified.",
            "DEFECT",
            "claim_unnamed_source",
            ["unnamed"],
        ),
        # Who saw it.
        (
            "The police said that all was calm. An AFP reporter saw soldiers beating protesters.",
            "REPRESSION",
            "claim_media",
            ["media"],
        ),
    ],
)
def test_a_source_reaches_as_far_as_its_clause(
    text: str, kind: str, certainty: str, kinds: list[str]
) -> None:
    assert kinds_of(text, kind) == (certainty, kinds)


@pytest.mark.parametrize(
    "doubt",
    [
        "The reports could not be independently verified.",
        "The BBC has not been able to verify this.",
        "Reuters was unable to confirm the claim.",
        "There was no independent confirmation.",
        "The report remains unconfirmed.",
    ],
)
def test_what_nobody_could_verify_is_a_claim(doubt: str) -> None:
    claim = claims_of(f"Soldiers have mutinied in the port. {doubt}")[0]
    assert claim.certainty == "claim_unnamed_source"
    assert claim.sources[-1].kind == "unnamed"


def test_a_doubt_about_something_else_leaves_a_fact() -> None:
    text = "Soldiers have mutinied in the port. The mayor could not confirm the number of the wounded."
    assert claims_of(text)[0].certainty == "reported_fact"


@pytest.mark.parametrize(
    ("retraction", "certainty"),
    [
        ("The report was false.", "reported_fact"),
        ("It later emerged that the report was false.", "reported_fact"),
        ("The ministry said the report was false.", "claim_official"),
        ("The station withdrew its report.", "claim_media"),
    ],
)
def test_what_is_taken_back_is_denied(retraction: str, certainty: str) -> None:
    told, denied = claims_of(f"A radio station reported that soldiers had mutinied. {retraction}")
    assert (told.certainty, told.negated) == ("claim_media", False)
    assert (denied.certainty, denied.negated) == (certainty, True)


def test_what_was_told_wrongly_did_not_happen() -> None:
    claim = claims_of("State radio wrongly reported that soldiers had mutinied.")[0]
    assert claim.negated
    assert claim.certainty == "reported_fact"


def test_a_headline_repeats_a_kindred_type() -> None:
    title, text = (
        "Soldiers defect",
        "Two army captains fled to Egypt on Monday and asked for asylum.",
    )
    full = f"{title}\n\n{text}"
    report = Report(
        "own",
        full,
        datetime.date(2021, 10, 20),
        title=title,
        title_start=0,
        title_end=len(title),
        article_start=len(title) + 2,
        article_end=len(full),
    )
    heading, told = code(Reports.of([report]), country="SDN")
    assert (heading.type, told.type) == ("DEFECT", "DEFECT_EXILE")
    assert heading.duplicate_of == told.id


def test_many_quotations_and_pronouns_take_no_longer_than_their_number() -> None:
    import time

    from garrison.coding import attribution
    from garrison.coding.actors import ActorFinder
    from garrison.coding.parsing import parse
    from garrison.coding.source_kinds import SourceKinds

    def seconds(times: int) -> float:
        doc = parse('"Soldiers have deserted again," he said. The mayor said they had left.\n\n' * times)
        actors = ActorFinder("SDN").find(doc)
        start = time.process_time()
        voices = attribution.Voices(doc, actors, list(doc.sents), SourceKinds())
        for token in doc:
            voices.quotation_of(token)
        return time.process_time() - start

    seconds(5)
    assert seconds(160) < 40 * max(seconds(10), 0.002)
