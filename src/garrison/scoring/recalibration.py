"""Calibration slope and intercept: what a logistic line makes of forecasts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit
from scipy.stats import norm

from garrison.errors import TableError
from garrison.scoring.country_codes import country_codes
from garrison.scoring.forecast_rows import Floats, both_classes, forecast_rows, same_length, share
from garrison.scoring.logarithmic import clipped

_STEPS, _CLOSE, _FARTHEST = 100, 1e-10, 50.0


@dataclass(frozen=True, slots=True)
class Recalibration:
    """The logistic line of outcomes on forecasts; each `_interval` is (low, high) at `level`.

    `slope` 1 and `intercept` 0 leave forecasts as they are. `shift` is the intercept when the slope is held at 1: by
    how much all log odds are too low.
    """

    slope: float
    intercept: float
    shift: float
    slope_interval: tuple[float, float]
    intercept_interval: tuple[float, float]
    shift_interval: tuple[float, float]
    level: float


def calibration_line(
    p: ArrayLike,
    outcomes: ArrayLike,
    countries: ArrayLike | None = None,
    *,
    clip: float | None = None,
    level: float = 0.95,
) -> Recalibration:
    """Fit the line that recalibrates forecasts, which says if they are too bold, too timid, too high or too low.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, strictly between 0 and 1 (or give `clip`).
    outcomes
        (row,), 1 where the event happened, 0 where not.
    countries
        (row,), the country of each row; widens the intervals for rows of one country that hang together. None takes
        rows as independent.
    clip
        If given, probabilities are first brought into [clip, 1 - clip].
    level
        Of the intervals, between 0 and 1.

    Returns
    -------
    Recalibration
        logit P(y = 1) = intercept + slope · logit p by maximum likelihood (Cox 1958, section 2). Slope below 1: too
        bold (extremes too extreme), above 1: too timid, 0: no information. Shift below 0: forecasts too high. Wald
        intervals from the information matrix, or by country from the sandwich
        A⁻¹ (Σ_c s_c s_c') A⁻¹ · C / (C - 1), s_c the summed score of country c of C (Liang and Zeger 1986, equation 8).

    Raises
    ------
    TableError
        If a probability is outside [0, 1], or is 0 or 1 without `clip`; an outcome is neither 0 nor 1; a number is
        missing; there is no row; lengths differ; there are no events or no non-events; forecasts are all equal, or
        separate events from non-events, so that no slope is best.
    ParameterError
        If `clip` or `level` is outside its range.

    Examples
    --------
    >>> p = [0.2] * 10 + [0.8] * 10
    >>> line = calibration_line(p, [1] * 4 + [0] * 6 + [1] * 6 + [0] * 4)
    >>> round(line.slope, 3), abs(round(line.intercept, 3)), abs(round(line.shift, 3))
    (0.292, 0.0, 0.0)
    """
    probabilities, happened = forecast_rows(p, outcomes)
    both_classes(happened, "a calibration line")
    probabilities = clipped(probabilities, clip)
    if ((probabilities == 0) | (probabilities == 1)).any():
        raise TableError("p holds 0 or 1, whose log odds are infinite: give `clip`, such as 0.001.")
    odds = logit(probabilities)
    _refuse_no_slope(odds, happened)
    codes = None
    if countries is not None:
        codes, _ = country_codes(countries)
        same_length(p=probabilities, countries=codes)
    z = float(norm.ppf((1.0 + share("level", level)) / 2.0))
    ones = np.ones_like(odds)
    line, line_errors = _fit(np.column_stack([ones, odds]), 0.0 * odds, happened, codes)
    shift, shift_error = _fit(ones[:, None], odds, happened, codes)

    def around(value: float, error: float) -> tuple[float, float]:
        return float(value - z * error), float(value + z * error)

    return Recalibration(
        slope=float(line[1]),
        intercept=float(line[0]),
        shift=float(shift[0]),
        slope_interval=around(line[1], line_errors[1]),
        intercept_interval=around(line[0], line_errors[0]),
        shift_interval=around(shift[0], shift_error[0]),
        level=level,
    )


def _refuse_no_slope(odds: Floats, happened: Floats) -> None:
    if np.ptp(odds) == 0:
        raise TableError(
            "all forecasts are equal: a slope needs two; compare their mean with the rate of events."
        )
    events, others = odds[happened == 1], odds[happened == 0]
    if events.min() >= others.max() or events.max() <= others.min():
        raise TableError(
            "the forecasts separate events from non-events: no slope is steepest; score more rows."
        )


def _fit(
    design: Floats, offset: Floats, happened: Floats, codes: NDArray[np.intp] | None
) -> tuple[Floats, Floats]:
    """Logistic regression by Newton steps, halved where one would not raise the likelihood; (values, errors)."""
    values = np.zeros(design.shape[1])

    def loss(at: Floats) -> float:
        line = design @ at + offset
        return float(np.logaddexp(0.0, line).sum() - happened @ line)

    here = loss(values)
    for _ in range(_STEPS):
        chance = expit(design @ values + offset)
        step = np.linalg.solve(_information(design, chance), design.T @ (happened - chance))
        step *= min(1.0, _FARTHEST / max(float(np.abs(step).max()), _CLOSE))
        while (there := loss(values + step)) > here + _CLOSE * abs(here) and np.abs(step).max() > _CLOSE:
            step = step / 2.0
        values, here = values + step, there
        if np.abs(step).max() < _CLOSE:
            break
    chance = expit(design @ values + offset)
    inverse = np.linalg.inv(_information(design, chance))
    if codes is None:
        return values, np.sqrt(np.diag(inverse))
    scores = design * (happened - chance)[:, None]
    by_country = np.column_stack([np.bincount(codes, weights=part) for part in scores.T])
    n_countries = len(by_country)
    spread = inverse @ (by_country.T @ by_country) @ inverse * n_countries / (n_countries - 1)
    return values, np.sqrt(np.diag(spread))


def _information(design: Floats, chance: Floats) -> Floats:
    information: Floats = design.T @ (design * (chance * (1.0 - chance))[:, None])
    return information
