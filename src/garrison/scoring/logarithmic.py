"""The logarithmic score of probabilities of an event, and its skill."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from garrison.errors import ParameterError, TableError
from garrison.scoring.brier import filled
from garrison.scoring.forecast_rows import Floats, forecast_rows
from garrison.scoring.skill import skill


def log_scores(p: ArrayLike, outcomes: ArrayLike, clip: float | None = None) -> Floats:
    """Give the logarithmic score of each row: how surprised the forecast was at what happened.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.
    clip
        If given, probabilities are first brought into [clip, 1 - clip]; above 0, below 1/2.

    Returns
    -------
    array of float
        (row,), in nats: -log p where the event happened, -log(1 - p) where not (Good 1952, section 8). 0 is perfect;
        infinite where a forecast called impossible what happened.

    Raises
    ------
    TableError
        If a probability is outside [0, 1], an outcome is neither 0 nor 1, a number is missing, there is no row, or
        the two differ in length.
    ParameterError
        If `clip` is not between 0 and 1/2.

    Notes
    -----
    A wrong 0 or 1 costs infinitely much on purpose. Clipping changes the forecast that is scored: say so beside it.

    Examples
    --------
    >>> log_scores([0.5, 0.25, 0.0], [1, 0, 1]).round(3)
    array([0.693, 0.288,   inf])
    >>> log_scores([0.0], [1], clip=0.001).round(3)
    array([6.908])
    """
    probabilities, happened = forecast_rows(p, outcomes)
    return -_log_chance(clipped(probabilities, clip), happened)


def _log_chance(probabilities: Floats, happened: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        logs: Floats = np.where(happened == 1, np.log(probabilities), np.log1p(-probabilities))
    # 0 rather than -0 where the forecast was sure and right.
    return logs + 0.0


def clipped(probabilities: Floats, clip: float | None) -> Floats:
    """Bring probabilities into [clip, 1 - clip], or leave them.

    Parameters
    ----------
    probabilities
        (row,), 0 to 1.
    clip
        Above 0, below 1/2; None leaves them as they are.

    Returns
    -------
    array of float
        (row,)

    Raises
    ------
    ParameterError
        If `clip` is outside its range.

    Examples
    --------
    >>> clipped(np.array([0.0, 0.3, 1.0]), 0.01)
    array([0.01, 0.3 , 0.99])
    """
    if clip is None:
        return probabilities
    if not 0 < clip < 0.5:
        raise ParameterError(f"clip is {clip}: give a probability above 0 and below 0.5, such as 0.001.")
    return np.clip(probabilities, clip, 1.0 - clip)


def log_score(p: ArrayLike, outcomes: ArrayLike, clip: float | None = None) -> float:
    """Give the mean logarithmic score, which weighs sureness that was wrong more than the Brier score does.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.
    clip
        As in `log_scores`.

    Returns
    -------
    float
        Mean of `log_scores`, in nats: 0 is perfect, lower is better, infinite if one row is.

    Raises
    ------
    TableError, ParameterError
        As `log_scores` does.

    Examples
    --------
    >>> round(log_score([0.5, 0.25], [1, 0]), 3)
    0.49
    """
    return float(np.mean(log_scores(p, outcomes, clip)))


def log_skill(p: ArrayLike, outcomes: ArrayLike, reference: ArrayLike, clip: float | None = None) -> float:
    """Give the share of a reference forecast's log score that a forecast takes away.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.
    reference
        A number or (row,), the reference's probability of the same rows, such as the rate known at the time.
    clip
        As in `log_scores`; the forecast is clipped, the reference is not.

    Returns
    -------
    float
        1 - LS / LS of the reference (Murphy 1988, equation 1): 1 perfect, 0 as good as the reference, negative if
        worse, minus infinity if the forecast called impossible what happened. For a rare event it is some five to
        ten times the Brier skill of the same forecast; the two are not to be compared.

    Raises
    ------
    TableError
        As `log_scores` does, for both forecasts, and if the reference is perfect or infinitely bad.
    ParameterError
        If `clip` is outside its range.

    Examples
    --------
    >>> round(log_skill([0.7, 0.1, 0.1, 0.1], [1, 0, 0, 0], reference=0.25), 2)
    0.7
    """
    own = log_scores(p, outcomes, clip)
    others = log_scores(filled(reference, outcomes), outcomes)
    if not np.isfinite(others).all():
        raise TableError(
            "the reference calls impossible what happened: its log score is infinite; take another."
        )
    if not np.isfinite(own).all():
        return -np.inf
    return skill(own, others)
