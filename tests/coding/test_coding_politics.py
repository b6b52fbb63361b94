"""What regime and opposition say and do: own sentences for every type, and the forms that rows ask for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from garrison.coding import code
from garrison.coding.tables import frame_rows
from garrison.records import Claim, Report, Reports

LINES = (Path(__file__).parent / "politics_sentences.txt").read_text(encoding="utf8").splitlines()
OWN = [tuple(line.split(" | ", 1)) for line in LINES if not line.startswith("#")]
TYPES = sorted({kind for kind, _ in OWN if not kind.startswith("not ")})
CRISIS = "The protest goes on in the capital.\n\n"


def types_of(sentences: list[str]) -> list[set[str]]:
    """The types coded in each of many sentences, each a paragraph of one text about a crisis."""
    text, places = CRISIS, []
    for sentence in sentences:
        places.append((len(text), len(text) + len(sentence)))
        text += sentence + "\n\n"
    claims = claims_of(text)
    return [{claim.type for claim in claims if start <= claim.char_start < end} for start, end in places]


def claims_of(text: str) -> list[Claim]:
    report = Report("own", text, date(2021, 10, 20), article_start=0, article_end=len(text))
    return list(code(Reports.of([report]), country="EGY"))


@pytest.mark.parametrize("kind", TYPES)
def test_most_sentences_written_for_a_type_are_coded_so(kind: str) -> None:
    sentences = [sentence for wanted, sentence in OWN if wanted == kind]
    assert len(sentences) >= 50
    missed = [
        sentence for sentence, told in zip(sentences, types_of(sentences), strict=True) if kind not in told
    ]
    assert len(missed) <= len(sentences) * 0.2, missed


@pytest.mark.parametrize("kind", TYPES)
def test_what_only_looks_like_a_type_is_not_coded_so(kind: str) -> None:
    sentences = [sentence for wanted, sentence in OWN if wanted == f"not {kind}"]
    assert len(sentences) >= 20
    wrong = [sentence for sentence, told in zip(sentences, types_of(sentences), strict=True) if kind in told]
    assert len(wrong) <= 1, wrong


def test_what_is_called_for_is_no_claim_of_its_own() -> None:
    told = types_of(["The opposition leader urged the soldiers to desert and to seize the palace."])[0]
    assert told == {"DEFECTION_APPEAL"}


def test_a_wording_must_stand_in_the_clause_of_its_trigger() -> None:
    text = CRISIS + "The protesters wanted the minister gone, and they wanted pensions."
    quotes = [claim.quote for claim in claims_of(text) if claim.type == "DEMAND_RESIGN"]
    assert len(quotes) == 1
    assert "minister" in quotes[0]


def test_the_remainder_takes_only_what_no_other_row_took() -> None:
    told = types_of(
        ["The president ordered the police to arrest the students.", "The president hailed the police."]
    )
    assert "REGIME_RESPONSE" not in told[0]
    assert told[1] == {"REGIME_RESPONSE"}


def test_who_only_tells_does_not_act() -> None:
    told = types_of(["The ministry announced that nine students had been killed."])[0]
    assert told == {"REPRESSION_LETHAL"}


def test_a_text_without_a_crisis_has_no_remainder() -> None:
    assert claims_of("The president visited a factory. The opposition published a book.") == []


def test_a_refusal_to_go_is_a_deed_of_the_ruler() -> None:
    told = types_of(["The president said that he would not resign.", "The guards have not wavered."])
    assert told == [{"REGIME_RESPONSE"}, {"LOYALTY_STATE"}]


def test_forbidding_and_joining_lists_hold_single_words() -> None:
    wrong = [
        (row["type"], word)
        for row in frame_rows()
        for key in ("also", "beside", "never")
        for word in row.get(key, ())
        if " " in word
    ]
    assert wrong == []
