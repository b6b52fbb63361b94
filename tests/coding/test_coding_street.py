"""Protest, attacks on property, strikes, hardship, foreign states and absences in sentences of many styles."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from garrison import world
from garrison.coding import code
from garrison.errors import CountryError
from garrison.records import Claim, Report, Reports

LINES = (Path(__file__).parent / "street_sentences.txt").read_text(encoding="utf8").splitlines()
OWN = [tuple(line.split(" | ", 2)) for line in LINES if not line.startswith("#")]
KINDS = sorted({kind for kind, _, _ in OWN if kind[0].isalpha()})
# What the rules found when they were written, less a few for the parser's whims.
SHARES = {
    "FOREIGN_PRESSURE": 0.82,
    "FOREIGN_SUPPORT_OPPOSITION": 0.8,
    "FOREIGN_SUPPORT_REGIME": 0.72,
    "HARDSHIP": 0.87,
    "NON_EVENT": 0.88,
    "PROTEST": 0.83,
    "PROTEST_PROPERTY": 0.87,
    "STRIKE": 0.87,
}


def code_of(country: str) -> str | None:
    try:
        return world.country(country).code
    except CountryError:
        return None


def claims_of(text: str, country: str | None, *, crisis: bool = True) -> list[Claim]:
    around = ""
    if crisis:
        capital = f" of {world.country(country).name}" if country else ""
        around = f"\n\nFor weeks there has been a crackdown, and soldiers stand in the capital{capital}."
    whole = text + around
    report = Report("own", whole, date(2021, 10, 20), article_start=0, article_end=len(whole))
    return [claim for claim in code(Reports.of([report]), country=country) if claim.char_start < len(text)]


@cache
def told() -> dict[str, list[tuple[str, bool]]]:
    """Each kind of line to its sentences, and whether each was coded as the type it names."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for kind, country, text in OWN:
        types = {claim.type for claim in claims_of(text, code_of(country), crisis=kind[0] != "~")}
        found[kind].append((text, kind.lstrip("!~") in types))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_most_sentences_of_a_type_are_found(kind: str) -> None:
    sentences = told()[kind]
    assert len(sentences) >= 60
    missed = [text for text, was_found in sentences if not was_found]
    assert 1 - len(missed) / len(sentences) >= SHARES[kind], missed


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_hardly_any_near_miss_is_taken_for_one(kind: str) -> None:
    near = told()[f"!{kind}"] + told()[f"~{kind}"]
    assert len(near) >= 20
    assert sum(was_found for _, was_found in near) <= 1, [text for text, was_found in near if was_found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody resisted.", True),
        ("The ministry gave no count.", True),
        ("The day ended without bloodshed.", True),
        ("No incident has been reported since noon.", True),
        ("The colonel has not been seen since Monday.", True),
        ("The generals do not know whom to trust.", False),
        ("The soldiers cannot sleep.", False),
        ("Do not shoot, an officer shouted.", False),
        ("If the army had not changed sides, he would have survived.", False),
        ("Why did the army not act?", False),
        ("The ministry denied that anyone had been tortured.", False),
    ],
)
def test_an_absence_is_told_and_no_state_of_mind(text: str, expected: bool) -> None:
    assert ("NON_EVENT" in {claim.type for claim in claims_of(text, "SDN")}) is expected


def test_an_absence_needs_a_crisis() -> None:
    assert claims_of("Nobody was hurt when the bus left the road.", "FRA", crisis=False) == []


def test_a_strike_needs_a_crisis_or_forces() -> None:
    text = "Train drivers went on strike on Tuesday."
    assert claims_of(text, "FRA", crisis=False) == []
    assert {claim.type for claim in claims_of(text, "FRA")} == {"STRIKE"}


def test_whom_foreign_help_reaches_decides_its_type() -> None:
    regime = claims_of("Belgium lent the government three billion dollars.", "SDN")
    opponents = claims_of("Belgium supplied the rebels with radios.", "SDN")
    assert [claim.type for claim in regime] == ["FOREIGN_SUPPORT_REGIME"]
    assert [claim.type for claim in opponents] == ["FOREIGN_SUPPORT_OPPOSITION"]
    assert regime[0].actor_sector == opponents[0].actor_sector == "FOR"


def test_a_leader_known_by_name_is_foreign_only_abroad() -> None:
    assert {claim.type for claim in claims_of("Putin praised the government.", "SDN")} == {
        "FOREIGN_SUPPORT_REGIME"
    }
    assert {claim.type for claim in claims_of("Putin praised the government.", "RUS")} == {"REGIME_RESPONSE"}
