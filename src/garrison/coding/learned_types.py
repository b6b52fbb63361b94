"""Which type a clause is of, as learned from coded texts: a small network over its signs and the meanings of its words.

One hidden layer: h = max(0, W s + U m + b), P(type) = softmax(O h + c), where s marks the signs of a `ClauseView` and m
joins the points of its trigger, agent, objects and other words. The weights are made by `tools/train_types.py`
from texts written and coded for the project (`training/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from garrison.coding.clause_view import ClauseView
from garrison.coding.word_meanings import Points, WordMeanings, word_meanings

TABLE: Final = "learned_types.npz"
NO_CLAIM: Final = ""


class LearnedTypes:
    """The network.

    Parameters
    ----------
    types
        The names of the types in the order of the last layer; the first is `NO_CLAIM`.
    signs
        The signs that have weights, in the order of the first layer.
    nouns
        Nouns, adjectives and other words that may head a claim.
    weights
        The arrays `signs` (signs, hidden), `meanings` (4 x dimensions, hidden), `hidden_bias` (hidden),
        `types` (hidden, types) and `type_bias` (types).
    """

    def __init__(
        self,
        types: Sequence[str],
        signs: Sequence[str],
        nouns: frozenset[str],
        weights: dict[str, NDArray[np.float32]],
    ) -> None:
        self.types = tuple(types)
        self.nouns = nouns
        self._place = {sign: index for index, sign in enumerate(signs)}
        self._weights = weights

    def probabilities(self, views: Sequence[ClauseView]) -> NDArray[np.float32]:
        """Give the chance that each clause is of each type.

        Parameters
        ----------
        views
            What is seen of the clauses.

        Returns
        -------
        ndarray
            Shape (clauses, types); each row adds up to 1, its first column is the chance that it is no claim.
        """
        if not views:
            return np.zeros((0, len(self.types)), dtype=np.float32)
        weights, meanings = self._weights, word_meanings()
        known = [[self._place[sign] for sign in view.signs if sign in self._place] for view in views]
        # Every view has the sign "always", so that no stretch of the joined rows is empty.
        starts = np.cumsum([0, *map(len, known[:-1])])
        joined = weights["signs"][[place for places in known for place in places]]
        hidden = np.add.reduceat(joined, starts, axis=0) + weights["hidden_bias"]
        hidden += np.stack([meaning_of(view, meanings) for view in views]) @ weights["meanings"]
        return softmax(np.maximum(hidden, 0) @ weights["types"] + weights["type_bias"])

    def telling_signs(self, view: ClauseView, type_name: str, count: int = 5) -> list[tuple[str, float]]:
        """Give the signs without which a type would lose most, each with the loss in log-odds.

        Parameters
        ----------
        view
            What is seen of the clause.
        type_name
            One of `types`.
        count
            How many, at most.

        Returns
        -------
        list of tuple
            Sign and loss, the greatest first.
        """
        column = self.types.index(type_name)
        weights = self._weights
        known = [sign for sign in view.signs if sign in self._place]
        hidden = weights["hidden_bias"] + weights["signs"][[self._place[sign] for sign in known]].sum(axis=0)
        hidden = hidden + meaning_of(view, word_meanings()) @ weights["meanings"]
        full = _log_odds(hidden, weights, column)
        losses = [
            (sign, full - _log_odds(hidden - weights["signs"][self._place[sign]], weights, column))
            for sign in known
        ]
        return sorted(losses, key=lambda loss: -loss[1])[:count]


def meaning_of(view: ClauseView, meanings: WordMeanings) -> Points:
    """Join the points of a clause's trigger, agent, objects and other words.

    Parameters
    ----------
    view
        What is seen of the clause.
    meanings
        The table of points.

    Returns
    -------
    ndarray
        Shape (4 x dimensions,).
    """
    return np.concatenate(
        [
            meanings.of([view.trigger]),
            meanings.of([view.agent]),
            meanings.of(view.objects),
            meanings.of(view.rest),
        ]
    )


def softmax(scores: NDArray[Any]) -> NDArray[np.float32]:
    """Turn scores into chances, row by row.

    Examples
    --------
    >>> softmax(np.zeros((1, 4))).tolist()
    [[0.25, 0.25, 0.25, 0.25]]
    """
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def _log_odds(hidden: NDArray[np.float32], weights: dict[str, NDArray[np.float32]], column: int) -> float:
    chances = softmax((np.maximum(hidden, 0) @ weights["types"] + weights["type_bias"])[None])[0]
    return float(np.log(chances[column] / (1 - chances[column] + 1e-9)))


@lru_cache(maxsize=1)
def learned_types() -> LearnedTypes:
    """Read the network that the package brings, once."""
    source = resources.files("garrison.coding.tables") / TABLE
    with resources.as_file(source) as path, np.load(path) as stored:
        text = {name: bytes(stored[name]).decode("utf-8").split("\n") for name in ("types", "signs", "nouns")}
        weights = {
            name: stored[f"weights_{name}"].astype(np.float32)
            for name in ("meanings", "hidden_bias", "types", "type_bias")
        }
        weights["signs"] = stored["weights_signs"].astype(np.float32) * stored["scale_signs"]
    return LearnedTypes(text["types"], text["signs"], frozenset(text["nouns"]), weights)
