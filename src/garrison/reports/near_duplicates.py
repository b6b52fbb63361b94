"""Documents that are nearly another one: a wire text that several papers print, cut or touched up."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from garrison.records import Report
from garrison.reports.limits import limit

if TYPE_CHECKING:
    from rensa import RMinHash

_WORD = re.compile(r"\w+")
# Any number does; another one would give other errors of the same size.
_SEED = 20170507


class NearDuplicates:
    """Remembers the latest documents and says of each new one which it repeats.

    The similarity of two articles is the Jaccard index of their sets of runs of words,
    `|A and B| / |A or B|`, estimated by MinHash: the share of hash functions whose least value over both sets is the
    same has it as its mean. Only documents that meet in one band of the signature are compared.
    """

    def __init__(self) -> None:
        from rensa import RMinHashLSH

        self._n_hashes = int(limit("near_duplicate_hashes"))
        n_bands = int(limit("near_duplicate_bands"))
        self._bands = RMinHashLSH(limit("near_duplicate_threshold"), self._n_hashes, n_bands)
        self._kept: OrderedDict[int, tuple[RMinHash, str]] = OrderedDict()
        self._n_seen = 0

    def original_of(self, report: Report) -> str | None:
        """Say which earlier document this one repeats, and remember it.

        Parameters
        ----------
        report
            Its article is compared, without title and comments.

        Returns
        -------
        str or None
            The name of the most similar one's original: the first of a family stands for all of it.

        Examples
        --------
        >>> from datetime import date
        >>> words = " ".join(f"word{number}" for number in range(60))
        >>> first = Report("a", words, date(2019, 2, 3), article_end=len(words))
        >>> copied = NearDuplicates()
        >>> copied.original_of(first), copied.original_of(replace(first, doc="b"))
        (None, 'a')
        """
        words = _WORD.findall(report.article.casefold())
        if len(words) < limit("near_duplicate_words"):
            return None
        from rensa import RMinHash

        n_run = int(limit("near_duplicate_run"))
        runs = {" ".join(words[start : start + n_run]) for start in range(len(words) - n_run + 1)}
        signature = RMinHash(self._n_hashes, _SEED)
        signature.update(list(runs))
        original = self._most_similar(signature)
        key = self._n_seen
        self._n_seen += 1
        self._kept[key] = (signature, original or report.doc)
        self._bands.insert(key, signature)
        if len(self._kept) > limit("near_duplicate_window"):
            self._bands.remove(self._kept.popitem(last=False)[0])
        return original

    def _most_similar(self, signature: RMinHash) -> str | None:
        best, original = limit("near_duplicate_threshold"), None
        for key in sorted(self._bands.query(signature)):
            other, name = self._kept[key]
            similarity = signature.jaccard(other)
            if similarity > best or (similarity == best and original is None):
                best, original = similarity, name
        return original


def mark_near_duplicates(reports: Sequence[Report]) -> list[Report]:
    """Mark every report that nearly repeats another, whatever the order in which they came.

    Parameters
    ----------
    reports
        All of one reading.

    Returns
    -------
    list of Report
        In the same order, with `near_duplicate_of`. The original is the one published first; of one day, the one
        whose text comes first by its digest.

    Examples
    --------
    >>> mark_near_duplicates([])
    []
    """
    copied = NearDuplicates()
    order = sorted(
        range(len(reports)), key=lambda index: (reports[index].published, reports[index].sha256, index)
    )
    originals = {index: copied.original_of(reports[index]) for index in order}
    return [
        replace(report, near_duplicate_of=originals[index]) if originals[index] is not None else report
        for index, report in enumerate(reports)
    ]
