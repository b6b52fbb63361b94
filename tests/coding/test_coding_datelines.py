"""Datelines end before the sentence begins: every form is read alike, and characters stay where they are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.coding import code
from garrison.coding.datelines import ends_of_datelines
from garrison.coding.parsing import parse
from garrison.records import Report, Reports

SENTENCE = "Policemen refused to fire on the crowd."


@pytest.mark.parametrize(
    "dateline",
    [
        "CARACAS - ",
        "CARACAS – ",
        "CARACAS — ",
        "CARACAS—",
        "CARACAS -- ",
        "CARACAS: ",
        "(CARACAS) ",
        "CARACAS (AP) ",
        "CARACAS (AP) — ",
        "CARACAS (Wire) -- ",
        "CARACAS, May 6 (Wire) - ",
        "CARACAS, 6 May (Wire) - ",
        "Caracas, May 6 – ",
        "Caracas, Venezuela - ",
        "CARACAS, Venezuela, May 6 (Wire) - ",
        "May 6, CARACAS — ",
        "6 May 2021, Caracas (Wire) - ",
        "(Wire) - ",
        "",
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(dateline: str) -> None:
    text = f"{dateline}{SENTENCE}"
    report = Report("own", text, date(2021, 5, 7), article_start=0, article_end=len(text))
    (claim,) = code(Reports.of([report]), country="VEN")
    assert (claim.type, claim.actor_text, claim.quote) == ("REFUSE_ORDER", "Policemen", SENTENCE)
    assert text[claim.char_start : claim.char_end] == SENTENCE
    named = "caracas" in dateline.lower()
    assert (claim.place_text or "").lower() == ("caracas" if named else "")


@pytest.mark.parametrize(
    "text",
    [
        "The minister of defence - a general - resigned.",
        "Soldiers (two of them sergeants) deserted.",
        "He said this: Soldiers deserted.",
        "Well-known Soldiers deserted.",
    ],
)
def test_dashes_within_a_sentence_are_left_alone(text: str) -> None:
    assert ends_of_datelines(text) == []


@given(st.text(alphabet="AB ab,.-–—:()69\nMay", max_size=120))
def test_characters_stay_where_they_are(text: str) -> None:
    doc = parse(text)
    assert doc.text == text
    starts = {sentence.start_char for sentence in doc.sents}
    assert set(ends_of_datelines(text)) <= starts
