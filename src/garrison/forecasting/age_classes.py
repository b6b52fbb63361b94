"""The ages of a crisis, in classes, and how long a horizon stays in each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DAYS_PER_WEEK = 7

#: First week of each age class; the last is open.
FIRST_WEEKS = (0, 1, 2, 4, 8, 13, 26, 52)

#: The bands in which a chance is given.
BAND50 = (0.25, 0.75)
BAND90 = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class AgeClass:
    """Crises between two ages in weeks, inclusive (`last_week` None is open): weeks at risk and breaks seen."""

    first_week: int
    last_week: int | None
    crisis_weeks: int
    n_events: int


def exposure(classes: tuple[AgeClass, ...], age_weeks: int, horizon_days: int) -> Floats:
    """Give how many weeks of the horizon a crisis of this age spends in each age class.

    Parameters
    ----------
    classes
        In order of age.
    age_weeks
        Whole weeks since the crisis's last escalation, 0 or more.
    horizon_days
        Above 0.

    Returns
    -------
    ndarray
        Weeks, shape (class,); they add up to the horizon.

    Examples
    --------
    >>> exposure((AgeClass(0, 0, 9, 1), AgeClass(1, None, 40, 1)), 0, 21).tolist()
    [1.0, 2.0]
    """
    begin, end = float(age_weeks), age_weeks + horizon_days / DAYS_PER_WEEK
    weeks = []
    for item in classes:
        last = np.inf if item.last_week is None else item.last_week + 1.0
        weeks.append(max(0.0, min(end, last) - max(begin, float(item.first_week))))
    return np.array(weeks)
