"""Fragments, passives without *was*, broken lines, posts, absences: what else keeps right words from being found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from garrison.coding import code
from garrison.coding.headline_grammar import mark_headline_passives
from garrison.coding.line_wraps import unwrapped
from garrison.coding.parsing import parse
from garrison.coding.post_lines import PostLines
from garrison.coding.verbless_lines import is_verbless
from garrison.records import Claim, Report, Reports

CONTEXT = "Protests against the president went on for a ninth day, and soldiers stood at the crossroads.\n\n"
LINES = (Path(__file__).parent / "grammar_sentences.txt").read_text(encoding="utf8").splitlines()
OWN = [tuple(line.split(" | ", 1)) for line in LINES if line and not line.startswith("#")]


def claims_of(text: str) -> list[Claim]:
    report = Report("own", text, date(2021, 10, 20), article_start=0, article_end=len(text))
    return list(code(Reports.of([report]), country="EGY"))


def types_behind_context(sentence: str) -> set[str]:
    return {claim.type for claim in claims_of(CONTEXT + sentence) if claim.char_start >= len(CONTEXT)}


def test_most_sentences_of_all_styles_are_found() -> None:
    missed = [(kind, text) for kind, text in OWN if kind != "NONE" and kind not in types_behind_context(text)]
    told = sum(kind != "NONE" for kind, _ in OWN)
    assert told >= 150
    assert len(missed) <= 0.12 * told, missed


def test_near_misses_are_no_claims() -> None:
    wrong = [text for kind, text in OWN if kind == "NONE" and types_behind_context(text)]
    assert sum(kind == "NONE" for kind, _ in OWN) >= 20
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Three generals arrested", "generals"),
        ("Army chief sacked", "chief"),
        ("Market closed", "Market"),
        ("Four students shot dead", "students"),
    ],
)
def test_a_headline_lacks_the_auxiliary_of_its_passive(text: str, subject: str) -> None:
    assert [token.text for token in parse(text) if token.dep_ == "nsubjpass"] == [subject]


@pytest.mark.parametrize(
    "text", ["They arrested three generals.", "The soldiers who arrested him left.", "The guards deserted."]
)
def test_an_active_verb_stays_active(text: str) -> None:
    doc = mark_headline_passives(parse(text))
    assert not any(token.dep_ == "nsubjpass" for token in doc)


def test_a_broken_line_goes_on_and_a_list_does_not() -> None:
    page = (
        "The commanders of the three northern districts met on Sunday and have\n"
        "not been seen since; the two colonels who were with them in the car\n"
        "were taken to the capital, where the ministry of defence keeps them in\n"
        "a barracks of the guard under the eyes of a judge who never speaks to\n"
        "anybody.\n\n- Bread is short.\n- Water is short.\nEnd\n"
    )
    read = unwrapped(page)
    assert len(read) == len(page)
    assert read.count("\n") == 5
    assert "have not been seen since" in read
    verse = "Roses are red\nviolets are blue\nthe sergeant has fled\nand so will you\n"
    assert unwrapped(verse) == verse


def test_a_claim_over_a_broken_line_quotes_it_to_the_letter() -> None:
    page = (
        "The protests went on in the capital for a third day, and nobody could\n"
        "say how many of the shops in the old town were still open. Three generals\n"
        "who had refused to send their troops to the square and had said so have been\n"
        "arrested on the orders of the president, who left for the north of the\n"
        "country by helicopter at dawn with his wife and with both of his sons.\n"
    )
    quotes = [claim.quote for claim in claims_of(page) if claim.type == "PURGE_ARREST_MIL"]
    assert quotes
    assert all(quote in page for quote in quotes)


def test_the_author_of_a_post_is_its_source() -> None:
    text = (
        "Posts of the night, during the protest in the capital\n\n"
        "Harbour Watch @harbour_watch · 3 May\nSoldiers have left the harbour.\n\n"
        "21:14 @ana_b: Police arrested nine students.\n"
    )
    sources = {claim.type: [source.text for source in claim.sources] for claim in claims_of(text)}
    assert sources["REPRESSION"] == ["@ana_b"]
    assert PostLines(text).author_at(text.index("Soldiers")) == "@harbour_watch"
    assert PostLines("No posts here.").author_at(3) is None


@pytest.mark.parametrize(
    ("text", "verbless"),
    [("No fuel in the capital", True), ("The capital has no fuel", False), ("word " * 40, False)],
)
def test_a_line_without_a_verb(text: str, verbless: bool) -> None:
    assert is_verbless(next(iter(parse(text).sents))) is verbless


@pytest.mark.parametrize(
    ("text", "kind", "agent"),
    [
        ("No general spoke. They arrested nine students.", "REPRESSION", None),
        ("Militiamen in rented cars firing on the marchers turned north.", "REPRESSION", "Militiamen"),
        ("Most of those held were released at noon.", "CONCESSION", None),
        ("What is left of the brigade has deserted.", "DEFECT", "the brigade"),
        ("The army has confirmed none of it.", "NON_EVENT", "The army"),
    ],
)
def test_who_is_meant(text: str, kind: str, agent: str | None) -> None:
    found = [claim for claim in claims_of(f"The protest goes on.\n\n{text}") if claim.type == kind]
    assert found, [claim.type for claim in claims_of(text)]
    assert agent is None or found[0].actor_text == agent
    assert found[0].actor_text != "No general"


def test_a_deed_in_the_future_is_no_absence() -> None:
    assert "NON_EVENT" not in types_behind_context("The ministry will not publish the list.")
