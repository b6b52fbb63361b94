"""What words mean, as points: words of like meaning lie near each other, so what is learned of one holds for all.

The table holds a point for each of some 30,000 English base forms and forms. They were made once by passing each word
alone through the sentence encoder all-MiniLM-L6-v2 (Wang et al. 2020; Apache 2.0) and keeping the first principal
components (`tools/build_word_meanings.py`); nothing of the encoder runs here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]

TABLE: Final = "word_meanings.npz"


class WordMeanings:
    """The table of points.

    Parameters
    ----------
    words
        The words, each once.
    points
        One point a word, of length 1; shape (words, dimensions).
    """

    def __init__(self, words: Iterable[str], points: Points) -> None:
        self._place = {word: index for index, word in enumerate(words)}
        self._points = points

    @property
    def dimensions(self) -> int:
        """The number of coordinates of a point."""
        return int(self._points.shape[1])

    def of(self, words: Iterable[str | None]) -> Points:
        """Give the mean point of some words; the origin where none is known.

        Parameters
        ----------
        words
            Base forms in small letters; None is passed over.

        Returns
        -------
        ndarray
            Shape (dimensions,).

        Examples
        --------
        >>> soldier, troop, bread = (word_meanings().of([word]) for word in ("soldier", "troops", "bread"))
        >>> float(soldier @ troop) > float(soldier @ bread)
        True
        """
        known = [place for word in words if word is not None and (place := self._place.get(word)) is not None]
        if not known:
            return np.zeros(self.dimensions, dtype=np.float32)
        return np.asarray(self._points[known].mean(axis=0), dtype=np.float32)


@lru_cache(maxsize=1)
def word_meanings() -> WordMeanings:
    """Read the table that the package brings, once."""
    source = resources.files("garrison.coding.tables") / TABLE
    with resources.as_file(source) as path, np.load(path) as stored:
        words = bytes(stored["words"]).decode("utf-8").split("\n")
        points = stored["points"].astype(np.float32)
    return WordMeanings(words, points / np.linalg.norm(points, axis=1, keepdims=True))
