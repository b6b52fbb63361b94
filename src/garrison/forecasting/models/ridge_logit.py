"""The mathematics of ridge logistic regression: Newton's method on columns of numbers."""

from __future__ import annotations

import numpy as np
from scipy.linalg import solve
from scipy.special import expit, logit

from garrison.errors import UndefinedError
from garrison.forecasting.models.anchoring import smoothed_rate
from garrison.forecasting.models.chances import Floats, Truths

_STEPS, _CLOSE = 60, 1e-9


def ridge_logit(
    columns: Floats, happened: Truths, penalty: float, start: tuple[float, Floats] | None = None
) -> tuple[float, Floats]:
    """Fit logit P(y = 1) = b + x β with a penalty on β and none on b.

    Parameters
    ----------
    columns
        (row, column)
    happened
        (row,)
    penalty
        λ, above 0.
    start
        An intercept and coefficients to begin from, such as those of a near penalty.

    Returns
    -------
    tuple
        b and β, (column,), that minimise Σ_i log(1 + exp(η_i)) - y_i η_i + (λ / 2) |β|², η = b + x β. The minimum is
        one and Newton's steps, halved where one would not lower the loss, find it.

    Raises
    ------
    UndefinedError
        If all outcomes are alike: the intercept is then infinite.

    Examples
    --------
    >>> intercept, effects = ridge_logit(np.array([[-1.0], [1.0]] * 8), np.array([False, True] * 8), 1.0)
    >>> abs(intercept) < 1e-9, round(float(effects[0]), 3)
    (True, 1.966)

    Source: le Cessie and van Houwelingen 1992, Applied Statistics 41(1).
    """
    if happened.all() or not happened.any():
        raise UndefinedError(
            f"{'all' if happened.all() else 'none'} of {len(happened)} rows saw the event: a logit is not "
            "defined; take more rows, or a constant rate."
        )
    if start is None:
        start = (float(logit(smoothed_rate(happened.sum(), len(happened)))), np.zeros(columns.shape[1]))
    intercept, effects = start
    line = columns @ effects + intercept
    here = _loss(line, happened, effects, penalty)
    for _ in range(_STEPS):
        chance = expit(line)
        gradient, curvature = _derivatives(columns, happened, chance, effects, penalty)
        step = solve(curvature, gradient, assume_a="pos")
        move = columns @ step[1:] + step[0]
        share = 1.0
        while share > _CLOSE:
            there = _loss(line - share * move, happened, effects - share * step[1:], penalty)
            if there <= here:
                break
            share /= 2.0
        else:
            break
        intercept, effects = intercept - share * step[0], effects - share * step[1:]
        line = line - share * move
        gained, here = here - there, there
        if gained <= _CLOSE**1.5 * (1.0 + abs(here)):
            break
    return float(intercept), effects


def _loss(line: Floats, happened: Truths, effects: Floats, penalty: float) -> float:
    # log(1 + exp(η)) without overflow, and with one exponential.
    losses = np.maximum(line, 0.0) + np.log1p(np.exp(-np.abs(line)))
    return float(losses.sum() - line[happened].sum() + 0.5 * penalty * (effects @ effects))


def _derivatives(
    columns: Floats, happened: Truths, chance: Floats, effects: Floats, penalty: float
) -> tuple[Floats, Floats]:
    """Gradient and curvature of the loss; the intercept comes first."""
    weight = chance * (1.0 - chance)
    off = chance - happened
    gradient = np.concatenate([[off.sum()], columns.T @ off + penalty * effects])
    weighted = columns * weight[:, None]
    curvature = np.empty((len(effects) + 1, len(effects) + 1))
    curvature[0, 0] = weight.sum()
    curvature[0, 1:] = curvature[1:, 0] = weighted.sum(axis=0)
    curvature[1:, 1:] = columns.T @ weighted + penalty * np.eye(len(effects))
    return gradient, curvature
