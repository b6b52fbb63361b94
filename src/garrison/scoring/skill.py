"""Skill: how much of a reference forecast's score a forecast takes away."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from garrison.errors import TableError
from garrison.scoring.forecast_rows import column, same_length


def skill(scores: ArrayLike, reference_scores: ArrayLike) -> float:
    """Give the skill of a forecast against a reference forecast of the same rows, from their scores.

    Parameters
    ----------
    scores
        (row,), the forecast's score of each row; a loss: 0 is perfect, higher is worse.
    reference_scores
        (row,), the reference's score of the same rows, by the same rule.

    Returns
    -------
    float
        1 - mean(scores) / mean(reference_scores): 1 for a perfect forecast, 0 for one as good as the reference,
        below 0 for a worse one (Murphy 1988, equation 1, with a perfect score of 0).

    Raises
    ------
    TableError
        If the two differ in length, a score is not finite, or the reference is perfect, so that nothing can be gained.

    Notes
    -----
    The mean is taken before the ratio; the mean of rowwise skills is another, improper thing (Gneiting and Raftery
    2007, section 2.3). Against a reference that is made from the scored rows themselves, such as their own rate, a
    skill is biased against the forecast; give what was known when the forecast was made.

    Examples
    --------
    >>> round(skill([0.01, 0.25], [0.04, 0.36]), 2)
    0.35
    """
    own, others = column("scores", scores), column("reference_scores", reference_scores)
    same_length(scores=own, reference_scores=others)
    whole = float(np.mean(others))
    if whole == 0:
        raise TableError(
            "the reference's mean score is 0, that of a perfect forecast: take another reference."
        )
    return 1.0 - float(np.mean(own)) / whole
