"""Arrests, beatings, shots, deaths, crowd control, orders and purges: sentences of many styles, and near misses."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports

LINES = (Path(__file__).parent / "repression_sentences.txt").read_text(encoding="utf8").splitlines()
OWN = [tuple(line.split(" | ", 1)) for line in LINES if line and not line.startswith("#")]
TYPES = (
    "REPRESSION",
    "REPRESSION_LETHAL",
    "FATALITIES_CUMULATIVE",
    "CROWD_CONTROL",
    "ORDER_TO_REPRESS",
    "PURGE_ARREST_MIL",
)


def claims_of(text: str) -> list[Claim]:
    report = Report("own", text, date(2021, 10, 20), article_start=0, article_end=len(text))
    return list(code(Reports.of([report]), country="MMR"))


@cache
def answers() -> tuple[tuple[str, str, bool], ...]:
    """Each sentence with its label, and whether a claim of its type stands on it."""
    found = []
    for label, sentence in OWN:
        told = claims_of(sentence if label.startswith("alone") else f"{sentence}\nThe protests go on.")
        types = {claim.type for claim in told if claim.char_start < len(sentence)}
        found.append((label, sentence, label.split()[-1] in types))
    return tuple(found)


@pytest.mark.parametrize("kind", TYPES)
def test_most_sentences_of_a_type_are_found(kind: str) -> None:
    of_type = [(sentence, found) for label, sentence, found in answers() if label in (kind, f"alone {kind}")]
    missed = [sentence for sentence, found in of_type if not found]
    assert len(of_type) >= 60
    assert len(missed) <= 0.15 * len(of_type), missed


@pytest.mark.parametrize("kind", TYPES)
def test_near_misses_are_left_alone(kind: str) -> None:
    of_type = [(sentence, found) for label, sentence, found in answers() if label == f"not {kind}"]
    wrong = [sentence for sentence, found in of_type if found]
    assert len(of_type) >= 20
    assert len(wrong) <= 1, wrong
