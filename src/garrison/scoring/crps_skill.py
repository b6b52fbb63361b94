"""Skill of forecasts of counts."""

from __future__ import annotations

from numpy.typing import ArrayLike

from garrison.errors import TableError
from garrison.scoring.count_rows import counts
from garrison.scoring.forecast_rows import column, same_length
from garrison.scoring.skill import skill


def crps_skill(scores: ArrayLike, reference_scores: ArrayLike, observed: ArrayLike) -> float:
    """Give the share of a reference forecast's ranked probability score that a forecast of counts takes away.

    Parameters
    ----------
    scores
        (row,), the forecast's scores, from `crps_sampled`, `crps_poisson` or `crps_negative_binomial`.
    reference_scores
        (row,), the reference's scores of the same rows.
    observed
        (row,), whole numbers from 0: what was counted.

    Returns
    -------
    float
        1 - mean(scores) / mean(reference_scores), over all rows: 1 perfect, 0 as good as the reference, negative if
        worse (Murphy 1988, equation 1).

    Raises
    ------
    TableError
        If lengths differ, a score is not finite, a count is negative or not whole, the reference is perfect, or every
        count is 0: on zeros alone the lower forecast always wins, whatever it is worth.

    Examples
    --------
    >>> from garrison.scoring import crps_poisson
    >>> observed = [0, 0, 3, 1]
    >>> round(crps_skill(crps_poisson([0.1, 0.1, 2, 1], observed), crps_poisson(1.0, observed), observed), 2)
    0.67
    """
    seen = counts("observed", observed)
    if not seen.any():
        raise TableError(
            f"all {len(seen)} counts are 0: skill would only say which forecast is lower; score rows (or a longer "
            "period) in which something was counted as well."
        )
    same_length(scores=column("scores", scores), observed=seen)
    return skill(scores, reference_scores)
