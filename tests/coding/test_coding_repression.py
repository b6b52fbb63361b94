"""Arrests, beatings, shots, deaths, crowd control, orders and purges: sentences of many styles, and near misses."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports


def sentences_of(name: str) -> tuple[tuple[str, str], ...]:
    """The label and the words of each line of a file of own sentences."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf8").splitlines()
    pairs = (line.split(" | ", 1) for line in lines if line and not line.startswith("#"))
    return tuple((label, sentence) for label, sentence in pairs)


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
def answers(name: str = "repression_sentences.txt") -> tuple[tuple[str, str, bool], ...]:
    """Each sentence with its label, and whether a claim of its type stands on it."""
    found = []
    for label, sentence in sentences_of(name):
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


def test_most_of_a_batch_that_no_row_was_written_for_is_found() -> None:
    fresh = answers("repression_fresh.txt")
    missed = [sentence for _, sentence, found in fresh if not found]
    assert len(fresh) == 15 * len(TYPES)
    assert len(missed) <= 0.25 * len(fresh), missed
