"""Coups, exits, power grabs, concessions, coup-proofing, militias, patronage: our own sentences and phrases."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from garrison.coding import code
from garrison.coding.frame_table import all_frames
from garrison.records import Claim, Report, Reports

LINES = (Path(__file__).parent / "power_sentences.txt").read_text(encoding="utf8").splitlines()
OWN = [tuple(line.split(" | ", 1)) for line in LINES if line and not line.startswith("#")]
TYPES = sorted({kind for kind, _ in OWN if not kind.startswith("-")})


def claims_of(text: str) -> list[Claim]:
    """The claims of a sentence in a text about a crisis; what stands before // is context and not counted."""
    before, _, told = text.rpartition("//")
    start = len(before)
    whole = f"{before}{told.strip()}\nThe protest goes on."
    report = Report("own", whole, date(2021, 10, 20), article_start=0, article_end=len(whole))
    end = start + len(told.strip())
    return [
        claim
        for claim in code(Reports.of([report]), country=None)
        if claim.char_start < end and claim.char_end > start
    ]


@lru_cache(maxsize=1)
def found() -> tuple[Counter[str], list[tuple[str, str]]]:
    """How many of the sentences of each type are coded so, and the sentences for which it is the other way round."""
    right: Counter[str] = Counter()
    wrong: list[tuple[str, str]] = []
    for kind, text in OWN:
        coded = kind.lstrip("-") in {claim.type for claim in claims_of(text)}
        if coded == (not kind.startswith("-")):
            right[kind] += 1
        else:
            wrong.append((kind, text))
    return right, wrong


@pytest.mark.slow
@pytest.mark.parametrize("kind", TYPES)
def test_most_sentences_written_for_the_project_are_found(kind: str) -> None:
    written = sum(1 for own, _ in OWN if own == kind)
    assert written >= 58
    right, wrong = found()
    # The parser errs, and so do the rows; below this share they have become worse.
    assert right[kind] >= 0.85 * written, [text for own, text in wrong if own == kind]


@pytest.mark.slow
@pytest.mark.parametrize("kind", TYPES)
def test_near_misses_are_not_coded_so(kind: str) -> None:
    written = sum(1 for own, _ in OWN if own == f"-{kind}")
    assert written >= 20
    right, wrong = found()
    assert written - right[f"-{kind}"] <= 1, [text for own, text in wrong if own == f"-{kind}"]


@pytest.mark.parametrize(
    ("text", "kind", "actor", "target"),
    [
        ("The officers put an end to the rule of the king.", "COUP", "MIL", None),
        ("The colonels moved against the president.", "COUP", "MIL", "GOV"),
        ("Tanks rolled towards the palace.", "COUP", "MIL", None),
        ("The president has left.", "LEADER_EXIT", "GOV", None),
        ("Forty students walked free.", "CONCESSION", None, None),
        ("The president met the opposition leader.", "CONCESSION", "GOV", "OPP"),
        ("The generals grew rich on gold.", "PATRONAGE", "MIL", None),
    ],
)
def test_a_turn_of_phrase_opens_a_frame_and_tells_its_agents(
    text: str, kind: str, actor: str | None, target: str | None
) -> None:
    told = {(claim.type, claim.actor_sector, claim.target_sector) for claim in claims_of(text)}
    assert (kind, actor, target) in told


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The president will not run again.", "CONCESSION"),
        ("The president will not last the week.", "LEADER_EXIT"),
        ("The coup did not succeed.", "COUP_FAILED"),
    ],
)
def test_a_phrase_with_a_denial_in_it_is_not_denied(text: str, kind: str) -> None:
    assert [claim.negated for claim in claims_of(text) if claim.type == kind] == [False]


def test_a_failed_attempt_is_one_claim() -> None:
    types = [claim.type for claim in claims_of("The putsch petered out.")]
    assert types == ["COUP_FAILED"]


def test_two_verbs_of_one_agent_are_two_claims() -> None:
    types = [
        claim.type for claim in claims_of("The president resigned on Friday and left the capital by road.")
    ]
    assert types == ["LEADER_EXIT", "LEADER_EXIT"]


def test_who_only_demands_a_concession_makes_none() -> None:
    told = "Protesters demanded the release of the detainees. The opposition called for early elections."
    assert "CONCESSION" not in {claim.type for claim in claims_of(told)}


def test_no_gap_of_a_phrase_reaches_over_the_end_of_a_clause() -> None:
    told = claims_of("Officers put an end to the match, the rule of the king is long.")
    assert "COUP" not in {claim.type for claim in told}


def test_every_phrase_has_a_word_or_an_agent_to_begin_with() -> None:
    for frame in all_frames():
        for phrase in frame.phrases:
            assert not phrase.startswith("..."), phrase
            assert not phrase.split()[0].endswith("?"), phrase
