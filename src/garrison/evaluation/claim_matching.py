"""Which claims of two codings are the same: of one type, on overlapping characters, each matched once."""

from __future__ import annotations

from collections.abc import Sequence

from garrison.records import Claim


def matched(first: Sequence[Claim], second: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Pair the claims of two codings of one document, so that as many as possible find their like.

    Two claims may be paired if they have the same type and share characters. Among the pairings with most pairs the
    one with most shared characters is taken (Kuhn 1955, as `scipy.optimize.linear_sum_assignment` solves it).

    Parameters
    ----------
    first, second
        Claims of one document, by two coders.

    Returns
    -------
    list of tuple
        Pairs, in the order of `first`.

    Examples
    --------
    >>> from datetime import date
    >>> one = Claim("", "d", 0, 20, "", "DEFECT", "reported_fact", date(2019, 4, 7))
    >>> two = Claim("", "d", 15, 40, "", "DEFECT", "forecast", date(2019, 4, 7))
    >>> len(matched([one], [two])), len(matched([one, one], [two]))
    (1, 1)
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    if not first or not second:
        return []
    longest = max(claim.char_end for claim in (*first, *second)) + 1
    gain = np.zeros((len(first), len(second)))
    for row, one in enumerate(first):
        for column, other in enumerate(second):
            shared = shared_characters(one, other)
            if one.type == other.type and shared > 0:
                # One more pair always outweighs any number of shared characters.
                gain[row, column] = longest * max(len(first), len(second)) + shared
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return [
        (first[int(row)], second[int(column)])
        for row, column in sorted(zip(rows, columns, strict=True))
        if gain[row, column] > 0
    ]


def shared_characters(one: Claim, other: Claim) -> int:
    """Count the characters on which two claims both stand; 0 where they are apart.

    Examples
    --------
    >>> from datetime import date
    >>> one = Claim("", "d", 0, 20, "", "DEFECT", "reported_fact", date(2019, 4, 7))
    >>> shared_characters(one, one)
    20
    """
    return max(0, min(one.char_end, other.char_end) - max(one.char_start, other.char_start))
