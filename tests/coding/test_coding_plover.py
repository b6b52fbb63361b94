"""PLOVER roots: every row of the lexicon, every root in many sentences, and the grammar that turns them round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from garrison.coding.parsing import parse
from garrison.coding.plover_lexicon import after_effect, cues, quad_of, roots
from garrison.coding.plover_root import plover_root, plover_scores
from garrison.coding.tables import table
from garrison.errors import ParameterError

LINES = (Path(__file__).parent / "plover_sentences.txt").read_text(encoding="utf8").splitlines()
OWN = [tuple(line.split(" | ", 1)) for line in LINES if not line.startswith("#")]
OLDER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def marked(text: str) -> tuple[str, tuple[int, int] | None, tuple[int, int] | None]:
    """A sentence without its brackets, and where its source [ ] and its target { } stand."""
    spans: dict[str, list[int]] = {"[": [], "{": []}
    pieces = ""
    for letter in text:
        if letter in "[]{}":
            spans["[" if letter in "[]" else "{"].append(len(pieces))
        else:
            pieces += letter
    source, target = (tuple(spans[mark][:2]) or None for mark in "[{")
    return pieces, source, target  # type: ignore[return-value]


def root_of(text: str) -> str | None:
    sentence, source, target = marked(text)
    return plover_root(parse(sentence), source, target)


def roots_of(texts: list[str]) -> Iterator[str | None]:
    """The roots of many sentences, parsed at once, a line each."""
    plain = [marked(text) for text in texts]
    doc = parse("\n".join(sentence for sentence, _, _ in plain))
    start = 0
    for sentence, source, target in plain:
        span = doc.char_span(start, start + len(sentence), alignment_mode="expand")
        assert span is not None
        shifted = [(part[0] + start, part[1] + start) if part else None for part in (source, target)]
        yield plover_root(span, *shifted)
        start += len(sentence) + 1


def test_the_example_of_every_row_means_its_root() -> None:
    rows = table("plover")["cue"]
    wrong = [
        (row["example"], told)
        for row, told in zip(rows, roots_of([row["example"] for row in rows]), strict=True)
        if told != row.get("root", row.get("example_means"))
    ]
    assert wrong == []


@pytest.mark.parametrize("root", sorted({root for root, _ in OWN}))
def test_sentences_written_for_the_project(root: str) -> None:
    texts = [text for wanted, text in OWN if wanted == root]
    assert len(texts) >= 20
    wrong = [
        (text, told)
        for text, told in zip(texts, roots_of(texts), strict=True)
        if OLDER.get(told or "", told) != root
    ]
    # The parser errs; where the rules lose more than this they have become worse.
    assert len(wrong) <= len(texts) // 20, wrong


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("{Two reporters} were arrested by [the police].", "COERCE"),
        ("{The town} was shelled by [the army] on Monday.", "ASSAULT"),
        ("{A poet} jailed by [Mali] fell ill.", "COERCE"),
        ("[Mali]'s bombing of {Chad} went on.", "ASSAULT"),
        ("[Mali]'s sanctions against {Chad} were lifted.", "CONCEDE"),
    ],
)
def test_passives_and_nouns_keep_their_roles(text: str, root: str) -> None:
    assert root_of(text) == root


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("[Mali] agreed to free {a poet}.", "AGREE"),
        ("[Mali] refused to free {a poet}.", "REJECT"),
        ("[Mali] threatened to jail {a poet}.", "THREATEN"),
        ("[Mali] promised to help {Chad}.", "AGREE"),
        ("[Mali] called on {Chad} to free a poet.", "REQUEST"),
        ("[Mali] demanded that {Chad} free a poet.", "REQUEST"),
        ("[Mali] began to shell {a town}.", "ASSAULT"),
        ("[Mali] let {observers} enter the camp.", "CONCEDE"),
        ("[Mali] failed to send food to {Chad}.", "REJECT"),
        ("[Mali] agreed to lift its embargo on {Chad}.", "AGREE"),
        ("[Mali] refused to lift its embargo on {Chad}.", "REJECT"),
        ("[Mali] threatened to stop aid to {Chad}.", "THREATEN"),
    ],
)
def test_what_stands_above_a_deed_turns_it(text: str, root: str) -> None:
    assert root_of(text) == root


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("[Mali] did not help {Chad}.", "REJECT"),
        ("[Mali] no longer supports {Chad}.", "REJECT"),
        ("[Mali] will not negotiate with {Chad}.", "REJECT"),
        ("[Mali] cut aid to {Chad}.", "SANCTION"),
        ("[Mali] eased restrictions on {Chad}.", "CONCEDE"),
        ("[Mali] suspended its attacks on {Chad}.", "CONCEDE"),
        ("[Mali] ended its cooperation with {Chad}.", "SANCTION"),
        ("[Mali] halted talks with {Chad}.", "SANCTION"),
        ("[Workers] called off a strike against {the mine}.", "CONCEDE"),
    ],
)
def test_denial_and_ending_flip_a_root(text: str, root: str) -> None:
    assert root_of(text) == root


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("[Mali] will donate tents to {Chad}.", "AGREE"),
        ("[Mali] will bomb {a town} in Chad.", "THREATEN"),
        ("[Mali] said that {Chad} should pay.", "REQUEST"),
        ("[Mali] said {Chad} had bombed a village.", "ACCUSE"),
        ("[Mali] said it had bombed {a village}.", "ASSAULT"),
    ],
)
def test_mood_and_speech_turn_a_root(text: str, root: str) -> None:
    assert root_of(text) == root


def test_unknown_source_or_target() -> None:
    doc = parse("Two reporters were arrested.")
    assert plover_root(doc, None, (0, 13)) == "COERCE"
    assert plover_root(parse("Mali jailed a poet."), (0, 4)) == "COERCE"
    assert plover_root(parse("Mali jailed a poet."), None) == "COERCE"


def test_the_sentence_without_a_word_of_the_lexicon_has_no_root() -> None:
    assert plover_root(parse("Mali lies beside Chad."), (0, 4), (17, 21)) is None
    assert set(plover_scores(parse("Mali lies beside Chad."), (0, 4)).values()) == {0.0}


def test_without_a_predicate_the_most_frequent_word_decides() -> None:
    text = "Mali, Chad: sanctions, embargo, curfew."
    assert plover_root(parse(text), (0, 4), (6, 10)) == "COERCE"


def test_scores_are_shares_and_agree_with_the_root() -> None:
    doc = parse("Mali arrested a poet after a protest in Chad.")
    scores = plover_scores(doc, (0, 4), (14, 20))
    assert sum(scores.values()) == pytest.approx(1.0)
    assert set(scores) == set(roots())
    assert max(scores, key=lambda root: scores[root]) == plover_root(doc, (0, 4), (14, 20)) == "COERCE"
    assert 0 < scores["PROTEST"] < scores["COERCE"]


def test_a_span_outside_the_sentence_is_an_error() -> None:
    with pytest.raises(ValueError, match="characters 90 to 95"):
        plover_root(parse("Mali jailed a poet."), (90, 95))


def test_the_table_is_whole() -> None:
    content = table("plover")
    kinds = [root for members in content["kinds"].values() for root in members]
    assert sorted(kinds) == sorted(roots())
    assert {quad_of(root) for root in roots()} == {"1", "2", "3", "4"}
    for name, effect in content["effects"].items():
        assert effect["why"]
        assert all(after_effect(name, root) in roots() for root in roots())
    for row in content["cue"]:
        assert ("root" in row) != ("effect" in row), row["example"]
        assert row.get("root", "AID") in roots()
        assert row.get("effect", "pass") in content["effects"]
        assert row.get("assumed", "AID") in roots()
        named = {
            word for key in ("near", "never", "doer") for word in row.get(key, ()) if word.startswith("@")
        }
        assert {word[1:] for word in named} <= set(content["groups"]), row["example"]
        assert re.search(r"[\[{]", row["example"])
    with pytest.raises(ParameterError, match="ASSAULT"):
        quad_of("ASAULT")


def test_no_line_of_the_lexicon_hides_another() -> None:
    hidden = []
    for found in cues().values():
        certain = set()
        for cue in found:
            if cue.pieces in certain and not cue.last:
                hidden.append(cue)
            sure = bool(cue.root or cue.assumed) and not (
                cue.conditioned or cue.never or cue.bare or cue.last
            )
            if sure:
                certain.add(cue.pieces)
    assert hidden == []
