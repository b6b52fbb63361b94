"""Dissent in the forces: sentences written for the project, of all styles, and near misses that tell of none."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from garrison import world
from garrison.coding import code
from garrison.errors import CountryError
from garrison.records import Report, Reports

LINES = (Path(__file__).parent / "dissent_sentences.txt").read_text(encoding="utf-8").splitlines()
OWN = [line.split(" | ", 2) for line in LINES if line and not line.startswith("#")]
TYPES = ("DEFECT", "DEFECT_DECLARED", "DEFECT_EXILE", "REFUSE_ORDER", "FRATERNIZE_JOIN", "MUTINY")
# The parser errs on some; below this share the rules have become worse.
FOUND = 0.85
CODED_AMISS = 0.05


@cache
def country_named(code_of_country: str) -> tuple[str | None, str]:
    """The country and the words that name it, where the world table has it."""
    try:
        entry = world.country(code_of_country)
    except CountryError:
        return None, ""
    return entry.code, f" in {entry.names[0]}"


def types_of(sentence: str, code_of_country: str = "EGY") -> set[str]:
    country, named = country_named(code_of_country)
    text = f"{sentence}\n\nThe protests{named} go on."
    report = Report("own", text, date(2021, 10, 20), article_start=0, article_end=len(text))
    return {
        claim.type
        for claim in code(Reports.of([report]), country=country)
        if claim.char_start < len(sentence)
    }


@pytest.mark.slow
@pytest.mark.parametrize("kind", TYPES)
def test_most_sentences_of_a_type_are_found(kind: str) -> None:
    told = [(text, types_of(text, country)) for wanted, country, text in OWN if wanted == kind]
    assert len(told) >= 55
    missed = [(text, types) for text, types in told if kind not in types]
    assert len(missed) <= (1 - FOUND) * len(told), missed


@pytest.mark.slow
@pytest.mark.parametrize("kind", TYPES)
def test_near_misses_are_not_coded_so(kind: str) -> None:
    told = [(text, types_of(text, country)) for wanted, country, text in OWN if wanted == f"not {kind}"]
    assert len(told) >= 20
    amiss = [(text, types) for text, types in told if kind in types]
    assert len(amiss) <= CODED_AMISS * len(told), amiss


@pytest.mark.parametrize(
    ("text", "expected", "other"),
    [
        ("The army said that it would not fire on the demonstrators.", "REFUSE_ORDER", "NON_EVENT"),
        ("The soldiers at the gate did not respond.", "NON_EVENT", "REFUSE_ORDER"),
        ("Soldiers stood by while the mob burned the shops.", "NON_EVENT", "REFUSE_ORDER"),
        ("Conscripts simply went home.", "DEFECT", "REFUSE_ORDER"),
        ("The soldiers went back to their barracks.", "REFUSE_ORDER", "DEFECT"),
        (
            "The colonel announced that his men would not go out against the people.",
            "DEFECT_DECLARED",
            "REFUSE_ORDER",
        ),
        ("The sergeant told a reporter that he had resigned.", "DEFECT", "DEFECT_DECLARED"),
        ("Soldiers fired on the secret police to defend the protesters.", "MUTINY", "FRATERNIZE_JOIN"),
        ("Sailors opened the gates to the fleeing protesters.", "FRATERNIZE_JOIN", "MUTINY"),
        ("Armed guardsmen stood beside the opposition leader.", "DEFECT", "FRATERNIZE_JOIN"),
        ("Some generals are wavering, a diplomat said.", "DEFECT", "LOYALTY_STATE"),
    ],
)
def test_what_the_codebook_settles(text: str, expected: str, other: str) -> None:
    found = types_of(text)
    assert expected in found
    assert other not in found
