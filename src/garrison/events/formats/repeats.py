"""Rows that come again: the same id with the same content, or with other content."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

NEW, SAME, OTHER = 0, 1, 2


class SeenIds:
    """The ids that were seen so far, as hashes of 64 bits, each with the hash of its first row.

    Two of ten million ids share a hash with probability 3e-6.
    """

    def __init__(self) -> None:
        self._ids: Hashes = np.empty(0, np.uint64)
        self._digests: Hashes = np.empty(0, np.uint64)

    def sort_out(self, ids: Hashes, digests: Hashes) -> NDArray[Any]:
        """Say of each row whether its id is new, and remember the new ones.

        Parameters
        ----------
        ids, digests
            Hashes of the rows' ids and of the rows, of equal length.

        Returns
        -------
        numpy.ndarray
            `NEW`, `SAME` (seen with this content) or `OTHER` (seen with other content), one a row.

        Examples
        --------
        >>> seen = SeenIds()
        >>> one = np.array([7, 8, 7, 8], np.uint64), np.array([1, 2, 1, 9], np.uint64)
        >>> seen.sort_out(*one).tolist(), seen.sort_out(*one).tolist()
        ([0, 0, 1, 2], [1, 1, 1, 2])
        """
        distinct, first, place = np.unique(ids, return_index=True, return_inverse=True)
        first_digest = digests[first]
        at = np.searchsorted(self._ids, distinct)
        known = np.zeros(len(distinct), bool)
        inside = at < len(self._ids)
        known[inside] = self._ids[at[inside]] == distinct[inside]
        first_digest[known] = self._digests[at[known]]
        verdict = np.where(digests == first_digest[place], SAME, OTHER)
        verdict[first[~known]] = NEW
        self._ids = np.insert(self._ids, at[~known], distinct[~known])
        self._digests = np.insert(self._digests, at[~known], first_digest[~known])
        return verdict
