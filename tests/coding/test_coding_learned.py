"""What was learned from coded texts: the views, the network, how it is weighed, and that its table is up to date."""

from __future__ import annotations

import importlib
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.coding import code
from garrison.coding.clause_view import ClauseView, view_of
from garrison.coding.code_reports import scenes_of
from garrison.coding.frames import match_sentence
from garrison.coding.learned_types import NO_CLAIM, learned_types, softmax
from garrison.coding.weighing import match_of, plain_frame, weighed
from garrison.coding.word_meanings import word_meanings
from garrison.records import Report, Reports
from garrison.vocabulary import event_types

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        yield importlib.import_module("train_types")


@pytest.fixture(scope="module")
def examples(tool: ModuleType) -> ModuleType:
    return importlib.import_module("training_examples")


def report_of(text: str) -> Report:
    return Report(doc="text", text=text, published=date(2019, 5, 1), article_end=len(text))


def views(text: str) -> list[ClauseView]:
    return [
        view_of(token, scene, (), ())
        for _, scene in scenes_of(report_of(text))
        for sentence in scene.sentences
        for token in sentence
        if token.pos_ == "VERB"
    ]


def test_the_table_was_made_from_what_lies_here(tool: ModuleType) -> None:
    result = json.loads((ROOT / "training" / "result.json").read_text(encoding="utf-8"))
    assert result["digest"] == tool.digest(), (
        "run `make verify-types`: texts or code of learning have changed"
    )


def test_types_of_the_table_are_those_of_the_vocabulary() -> None:
    assert set(learned_types().types) == {NO_CLAIM, *event_types()}


def test_left_out_texts_gain_from_what_was_learned() -> None:
    scores = json.loads((ROOT / "training" / "result.json").read_text(encoding="utf-8"))["left_out"]
    assert scores["row 0.05, claim 0.25"]["f1"] > scores["rules alone"]["f1"]


def test_chances_add_up_and_no_clause_is_no_row() -> None:
    seen = views("Soldiers deserted their posts at dawn. The rain fell on the hills.")
    chances = learned_types().probabilities(seen)
    np.testing.assert_allclose(chances.sum(axis=1), 1, atol=1e-5)
    assert learned_types().probabilities([]).shape == (0, len(learned_types().types))


def test_a_claim_is_likelier_than_scenery() -> None:
    deserted, fell = views("Forty soldiers deserted their posts and fled. Rain fell on the hills.")[::2]
    chances = learned_types().probabilities([deserted, fell])
    assert chances[0][0] < chances[1][0]


def test_signs_that_carry_a_type_are_told() -> None:
    view = views("Forty soldiers deserted their posts.")[0]
    told = learned_types().telling_signs(view, "DEFECT")
    assert 0 < len(told) <= 5
    assert all(sign in view.signs for sign, _ in told)
    assert [loss for _, loss in told] == sorted((loss for _, loss in told), reverse=True)


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=6))
def test_softmax_keeps_order_and_shift(scores: list[float]) -> None:
    row = np.array([scores])
    chances = softmax(row)
    np.testing.assert_allclose(softmax(row + 7), chances, atol=1e-4)
    assert chances[0].argmax() == row[0].argmax() or np.isclose(chances[0].max(), chances[0][row[0].argmax()])


def test_near_words_have_near_meanings() -> None:
    def nearness(one: str, other: str) -> float:
        return float(word_meanings().of([one]) @ word_meanings().of([other]))

    assert nearness("mutiny", "rebellion") > nearness("mutiny", "banana")
    assert not word_meanings().of(["qqqzzz", None]).any()


def test_every_type_has_a_plain_frame() -> None:
    for name in event_types():
        assert plain_frame(name).type == name


@pytest.mark.parametrize(
    ("sentence", "agents"), [("Soldiers embraced them.", ["MIL"]), ("Some embraced them.", [])]
)
def test_a_type_that_says_who_acts_needs_one_who_does(sentence: str, agents: list[str]) -> None:
    _, scene = next(scenes_of(report_of(sentence)))
    verb = next(token for token in scene.doc if token.text == "embraced")
    found = match_of(view_of(verb, scene, (), ()), "FRATERNIZE_JOIN", scene)
    assert [match.actor.sector for match in found if match.actor] == agents
    assert len(found) == len(agents)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Three battalions have threatened to mutiny.", "MUTINY"),
        ("Some police units appear to have defected.", "DEFECT"),
    ],
)
def test_a_verb_that_wraps_a_claim_opens_none(sentence: str, kind: str) -> None:
    found = code(Reports.of([report_of(f"The protests go on. {sentence}")]))
    assert [claim.type for claim in found if claim.type != "PROTEST"] == [kind]


@pytest.mark.parametrize(
    "text", ["police fired at the marchers.", "The choir sang, and soldiers fired blanks."]
)
def test_rows_decide_alone_where_nothing_was_learned(text: str) -> None:
    for _, scene in scenes_of(report_of(text)):
        scene = replace(scene, in_crisis=not text[0].isupper())
        for sentence in scene.sentences:
            found = list(match_sentence(sentence, scene))
            assert weighed(sentence, scene, found) is found


def test_a_text_about_no_crisis_gains_no_claim() -> None:
    text = (
        "The bakers opened their stalls at nine. A choir sang, and the mayor handed out medals to the oldest."
    )
    assert not list(code(Reports.of([report_of(text)])))


@pytest.mark.slow
def test_types_can_be_learned_from_a_part_of_the_sentences(tool: ModuleType, examples: ModuleType) -> None:
    lines = list(examples.lines_of((ROOT / "tests" / "coding").glob("*_sentences.txt")))
    random.Random(5).shuffle(lines)
    signs = examples.Signs()
    made = [example for line in lines[:1500] for example in examples.of_typed_line(line, signs)]
    made = [example for example in made if example.label]
    known, asked = made[: len(made) * 4 // 5], made[len(made) * 4 // 5 :]
    chances = tool.learn(known).chances(asked)
    found = np.mean(
        [chance[1:].argmax() + 1 == example.label for chance, example in zip(chances, asked, strict=True)]
    )
    commonest = max(
        np.mean([example.label == label for example in asked]) for label in {e.label for e in asked}
    )
    assert found > 3 * commonest
