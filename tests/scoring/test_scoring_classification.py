"""Precision, recall and F1: against counting by hand, scikit-learn's definition restated, and laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.errors import TableError
from garrison.scoring import label_scores, macro_f1, set_scores

LABELS = st.lists(st.sampled_from("ABC"), min_size=1, max_size=40)


def test_counts_by_hand() -> None:
    scores = {score.label: score for score in label_scores(list("AABBC"), list("ABBBA"))}
    assert (scores["A"].precision, scores["A"].recall, scores["A"].f1) == (0.5, 0.5, 0.5)
    assert scores["B"].precision == pytest.approx(2 / 3)
    assert scores["B"].recall == 1.0
    assert (scores["C"].precision, scores["C"].recall, scores["C"].f1) == (0.0, 0.0, 0.0)
    assert macro_f1(list(scores.values())) == pytest.approx((0.5 + 0.8 + 0.0) / 3)


@given(LABELS, st.randoms())
def test_f1_is_the_harmonic_mean_and_needs_no_order(gold: list[str], random) -> None:
    said = [random.choice("ABC") for _ in gold]
    scores = label_scores(gold, said)
    for score in scores:
        if score.precision + score.recall > 0:
            mean = 2 * score.precision * score.recall / (score.precision + score.recall)
            assert score.f1 == pytest.approx(mean)
    pairs = list(zip(gold, said, strict=True))
    random.shuffle(pairs)
    assert label_scores([one for one, _ in pairs], [other for _, other in pairs]) == scores


@given(LABELS)
def test_one_label_an_item_scores_as_a_set_of_one(gold: list[str]) -> None:
    said = list(reversed(gold))
    labels = sorted(set(gold))
    assert set_scores([{one} for one in gold], [{one} for one in said], labels) == label_scores(gold, said)
    assert macro_f1(label_scores(gold, gold)) == 1.0


def test_lengths_must_agree_and_a_mean_needs_a_class() -> None:
    with pytest.raises(TableError, match="2 items, predicted 1"):
        label_scores(["A", "B"], ["A"])
    with pytest.raises(TableError, match="no class"):
        macro_f1([])
