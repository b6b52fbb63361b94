"""The Brier score of probabilities of an event, and its skill."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from garrison.scoring.forecast_rows import Floats, chances, forecast_rows
from garrison.scoring.skill import skill


def brier_scores(p: ArrayLike, outcomes: ArrayLike) -> Floats:
    """Give the Brier score of each row: the squared distance of the probability from what happened.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.

    Returns
    -------
    array of float
        (row,), 0 (right and sure) to 1 (wrong and sure): (p - y)² (Brier 1950, equation 2, halved: one of the two
        classes).

    Raises
    ------
    TableError
        If a probability is outside [0, 1], an outcome is neither 0 nor 1, a number is missing, there is no row, or
        the two differ in length.

    Examples
    --------
    >>> brier_scores([0.5, 0.25], [1, 0])
    array([0.25  , 0.0625])
    """
    probabilities, happened = forecast_rows(p, outcomes)
    return _squares(probabilities, happened)


def _squares(probabilities: Floats, happened: Floats) -> Floats:
    squares: Floats = (probabilities - happened) ** 2
    return squares


def brier_score(p: ArrayLike, outcomes: ArrayLike) -> float:
    """Give the mean Brier score, the first number to print of any forecast.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.

    Returns
    -------
    float
        Mean of `brier_scores`: 0 is perfect, lower is better. It is small for every forecast of a rare event, so
        give it with `brier_skill`.

    Raises
    ------
    TableError
        As `brier_scores` does.

    Examples
    --------
    >>> brier_score([0.5, 0.25], [1, 0])
    0.15625
    """
    return float(np.mean(brier_scores(p, outcomes)))


def brier_skill(p: ArrayLike, outcomes: ArrayLike, reference: ArrayLike) -> float:
    """Give the share of a reference forecast's Brier score that a forecast takes away.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.
    reference
        A number or (row,), the reference's probability of the same rows, such as the rate known at the time.

    Returns
    -------
    float
        1 - BS / BS of the reference: 1 perfect, 0 as good as the reference, negative if worse (Murphy 1988,
        equation 1).

    Raises
    ------
    TableError
        As `brier_scores` does, for both forecasts, and if the reference is perfect.

    Examples
    --------
    >>> round(brier_skill([0.7, 0.1, 0.1, 0.1], [1, 0, 0, 0], reference=0.25), 2)
    0.84
    """
    return skill(brier_scores(p, outcomes), brier_scores(filled(reference, outcomes), outcomes))


def filled(reference: ArrayLike, outcomes: ArrayLike) -> Floats:
    """Give the reference's probability of each row, where it may be one number for all.

    Parameters
    ----------
    reference
        A number or (row,), 0 to 1.
    outcomes
        (row,), the rows to be served.

    Returns
    -------
    array of float
        (row,)

    Raises
    ------
    TableError
        If a probability is outside [0, 1] or missing.

    Examples
    --------
    >>> filled(0.02, [0, 0, 1])
    array([0.02, 0.02, 0.02])
    """
    given = np.asarray(reference)
    return chances("reference", np.full(np.shape(outcomes), given) if given.ndim == 0 else given)
