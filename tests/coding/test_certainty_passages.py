"""Certainty, sources and denial on passages that were graded by the order of rules before the coder was run."""

from __future__ import annotations

import datetime
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports

PASSAGES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("certainty_passages.toml").read_text(encoding="utf-8")
)["passage"]
NAMES = [passage["name"] for passage in PASSAGES]
# What the frames do not find is not compared here; it is what the frames' own tests are about.
FEWEST_FOUND = 155


def report_of(passage: dict[str, Any]) -> Report:
    title, comments = passage.get("title", ""), passage.get("comments", "")
    head = f"{title}\n\n" if title else ""
    body = head + passage["text"]
    full = f"{body}\n\n{comments}" if comments else body
    return Report(
        "own",
        full,
        passage.get("published", datetime.date(2021, 10, 20)),
        title=title,
        title_start=0 if title else None,
        title_end=len(title) if title else None,
        article_start=len(head),
        article_end=len(body),
        comments_start=len(body) + 2 if comments else None,
        comments_end=len(full) if comments else None,
    )


@cache
def claims_of(name: str) -> tuple[Claim, ...]:
    passage = PASSAGES[NAMES.index(name)]
    return tuple(code(Reports.of([report_of(passage)]), country=passage["country"]))


def found(name: str, wanted: dict[str, Any]) -> Claim | None:
    """Find the claim that a row of the table means: its type and a word of its quotation, of its polarity if it can."""
    place = report_of(PASSAGES[NAMES.index(name)]).text.index(wanted["at"])
    near = [
        claim
        for claim in claims_of(name)
        if claim.type == wanted["type"]
        and claim.char_start < place + len(wanted["at"])
        and place < claim.char_end
    ]
    same = [claim for claim in near if claim.negated == wanted.get("negated", False)]
    return next(iter(same or near), None)


@pytest.mark.parametrize("name", NAMES)
def test_a_passage_is_graded_as_the_rules_say(name: str) -> None:
    for wanted in PASSAGES[NAMES.index(name)]["claims"]:
        claim = found(name, wanted)
        if claim is None:
            continue
        assert claim.certainty == wanted["certainty"], (claim.quote, claim.sources)
        assert claim.negated == wanted.get("negated", False), claim.quote
        if "kinds" in wanted:
            kinds = [source.kind for source in claim.sources if source.kind != "author"]
            assert kinds == wanted["kinds"], (claim.quote, claim.sources)


def test_nearly_every_claim_of_the_passages_is_found() -> None:
    rows = [(passage["name"], wanted) for passage in PASSAGES for wanted in passage["claims"]]
    assert sum(found(name, wanted) is not None for name, wanted in rows) >= FEWEST_FOUND


def test_the_passages_are_enough() -> None:
    assert len(PASSAGES) >= 80
    assert sum(passage.get("aside", False) for passage in PASSAGES) >= 25
    assert len({passage["country"] for passage in PASSAGES}) >= 20
