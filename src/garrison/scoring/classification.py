"""How well labels are told: precision, recall and F1 of each class, and their unweighted mean."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from garrison.errors import TableError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ClassScore:
    """How well one class is told: items that have it, items said to have it, and those of both.

    Examples
    --------
    >>> ClassScore("ARREST", n_gold=4, n_predicted=2, n_right=2).f1
    0.6666666666666666
    """

    label: str
    n_gold: int
    n_predicted: int
    n_right: int

    @property
    def precision(self) -> float:
        """Share of the items said to have the class that do; 0 where none was said to."""
        return self.n_right / self.n_predicted if self.n_predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the items of the class that were found; 0 where there are none."""
        return self.n_right / self.n_gold if self.n_gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN) (van Rijsbergen 1979)."""
        told = self.n_gold + self.n_predicted
        return 2 * self.n_right / told if told else 0.0


def _pairs(gold: Sequence[T], predicted: Sequence[T]) -> list[tuple[T, T]]:
    if len(gold) != len(predicted):
        raise TableError(
            f"gold has {len(gold)} items, predicted {len(predicted)}: give each item's gold beside what was said of it."
        )
    return list(zip(gold, predicted, strict=True))


def label_scores(gold: Sequence[str], predicted: Sequence[str]) -> list[ClassScore]:
    """Score one label an item, class by class.

    Parameters
    ----------
    gold
        The right label of each item.
    predicted
        The label said, in the same order; an empty word says none.

    Returns
    -------
    list of ClassScore
        One for each class that occurs in the gold, in alphabetical order.

    Raises
    ------
    TableError
        If the two differ in length.

    Examples
    --------
    >>> [round(score.f1, 2) for score in label_scores(["AID", "AID", "YIELD"], ["AID", "", "YIELD"])]
    [0.67, 1.0]
    """
    pairs = _pairs(gold, predicted)
    return [
        ClassScore(
            label,
            n_gold=sum(right == label for right, _ in pairs),
            n_predicted=sum(said == label for _, said in pairs),
            n_right=sum(right == said == label for right, said in pairs),
        )
        for label in sorted(set(gold))
    ]


def set_scores(
    gold: Sequence[Collection[str]], predicted: Sequence[Collection[str]], labels: Sequence[str]
) -> list[ClassScore]:
    """Score any number of labels an item, class by class.

    Parameters
    ----------
    gold
        The right labels of each item.
    predicted
        The labels said, in the same order.
    labels
        The classes to score, in the order of the answer.

    Returns
    -------
    list of ClassScore
        One for each of `labels`.

    Raises
    ------
    TableError
        If the two differ in length.

    Examples
    --------
    >>> set_scores([{"KILL", "FORCE"}, set()], [{"KILL"}, {"KILL"}], ["KILL"])[0].precision
    0.5
    """
    pairs = _pairs(gold, predicted)
    return [
        ClassScore(
            label,
            n_gold=sum(label in right for right, _ in pairs),
            n_predicted=sum(label in said for _, said in pairs),
            n_right=sum(label in right and label in said for right, said in pairs),
        )
        for label in labels
    ]


def macro_f1(scores: Sequence[ClassScore]) -> float:
    """Give the unweighted mean F1 of some classes, in which a rare class weighs as much as a common one.

    Parameters
    ----------
    scores
        One for each class, from `label_scores` or `set_scores`.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    TableError
        If there is no class.

    Examples
    --------
    >>> macro_f1([ClassScore("A", 1, 1, 1), ClassScore("B", 1, 0, 0)])
    0.5
    """
    if not scores:
        raise TableError("no class to average over: the gold holds no label.")
    return sum(score.f1 for score in scores) / len(scores)
