"""Pushes from outside the model: what a week brings to the street and to the palace."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from garrison.regime import Parameters, uniforms
from garrison.regime.cohorts import CIVILIANS, ELITE, OFFICERS, TROOPS, Floats

DAYS_A_WEEK = 7


def week_of_pushes(parameters: Parameters, *, seed: int, week: int) -> Floats:
    """Give the pushes of each day of one week.

    Each week has one push on the street (civilians, troops) and one on the palace (officers, elite),
    lognormal in size and on a day of their own; the week in which the crisis begins has them on its first
    day, and larger.

    Parameters
    ----------
    parameters
        The ensemble; the chance of a run hangs on its replicate alone.
    seed
        The simulation's seed.
    week
        0 for the week in which the crisis begins.

    Returns
    -------
    ndarray
        (day of the week, run, cohort), 0 or more, in pushes of size 1.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> week_of_pushes(draw_parameters(5, seed=1), seed=1, week=0).shape
    (7, 5, 4)
    """
    n_runs = len(parameters)
    pushes = np.zeros((DAYS_A_WEEK, n_runs, parameters.intercepts.shape[1]))
    everyone = np.arange(n_runs)
    for place, cohorts in (("street", (CIVILIANS, TROOPS)), ("palace", (OFFICERS, ELITE))):
        chance = uniforms(seed, f"size of the push on the {place}", parameters.replicate, week)
        size = parameters[f"push_{place}"] * np.exp(parameters[f"push_spread_{place}"] * ndtri(chance))
        if week == 0:
            day = np.zeros(n_runs, dtype=np.int64)
            size = size * parameters["onset_factor"]
        else:
            moment = uniforms(seed, f"day of the push on the {place}", parameters.replicate, week)
            day = np.floor(DAYS_A_WEEK * moment).astype(np.int64)
        for cohort in cohorts:
            pushes[day, everyone, cohort] = size
    return pushes
