"""The state of one regime on one day, as compiled code reads and changes it."""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from garrison.regime.cohorts import COHORTS
from garrison.regime.conditions import known_conditions

N_CLASSES = len(COHORTS)

TODAY = np.dtype(
    [
        ("belief", float),  # public belief that the regime falls
        ("recent_deaths", float),  # per million inhabitants, decaying
        ("fatigue", float),  # of those who march
        ("survived_days", float),  # since the last attack that exceeded expectation
        ("expected", float, (N_CLASSES,)),  # national shares that people have come to expect
        ("nation", float, (N_CLASSES,)),  # national shares that defy openly
        ("push", float, (N_CLASSES,)),  # pushes from outside the model, decaying
        ("conditions", float, (len(known_conditions()),)),  # the country's conditions as they stand today
        ("identity", float, (N_CLASSES,)),  # identity differs between classes once purges have passed
        ("won_loyalty", float, (N_CLASSES,)),  # identity gained by purges since the first day
        ("operations", float),  # share of operating costs that is paid
        ("quarter", float),
        ("trusted_first", float),
        ("rotation", float),
        ("militia", float),
        ("severity", float),  # factor on the risk of punishment
        ("lethality", float),  # factor on deaths
        ("conditional_aid", float),
        ("exit_cost", float),
        ("fatigue_troops", float),
        ("rumour", float),
        ("attendance", float),  # factor on attendance
        ("belief_push", float),
        ("crowd", float),  # persons on the street
        ("clashes", float),  # the same, weighed by the K that they meet
        ("deaths", float),  # expected today
        ("soldiers_arrested", float),  # expected today
        ("resisting", float),  # share of the troops who left to fight or march against the regime
    ]
)
"""Scalars of a day; the shares of the cohorts stand in `People`."""

People = namedtuple(
    "People",
    (
        "visible",  # (cohort,) share of the heads that defies openly: refuses, or has left
        "refusing",  # (cohort,) of these, who are still there
        "left",  # (cohort,) who have gone
        "left_before",  # (cohort,) who had gone before the first day
        "left_bins",  # (cohort, bin) share of each slice of thresholds that has gone
        "jailed",  # (cohort,) found by counter-intelligence, or purged after a coup that failed
        "dead",  # (cohort,)
        "total",  # (cohort,) inclination x
        "social",  # (cohort,) the part of x that is peers, belief and fear
        "hidden",  # (cohort,) share that would defy alone and safe
        "fear",  # (cohort,) risk of being punished
        "lived",  # (condition, cohort) conditions as each cohort lives under them
        "in_place",  # (class, place) visible shares
        "in_force",  # (class, force)
        "in_unit",  # (class, unit)
        "available",  # (unit,) share of a unit that its command can send out
        "capacity",  # (place,) K
        "place_push",  # (place,) pushes on the street of one place, decaying
    ),
)
"""Arrays of one run; made by `nobody`."""


def nobody(n_cohorts: int, n_places: int, n_forces: int, n_bins: int) -> People:
    """Give the arrays of one run, all zero.

    Returns
    -------
    People
        To be filled by a rest state.

    Examples
    --------
    >>> nobody(4, 1, 1, 8).visible.shape
    (4,)
    """
    by_cohort = {
        name: np.zeros(n_cohorts)
        for name in (
            "visible",
            "refusing",
            "left",
            "left_before",
            "jailed",
            "dead",
            "total",
            "social",
            "hidden",
            "fear",
        )
    }
    return People(
        **by_cohort,
        left_bins=np.zeros((n_cohorts, n_bins)),
        lived=np.zeros((len(known_conditions()), n_cohorts)),
        in_place=np.zeros((N_CLASSES, n_places)),
        in_force=np.zeros((N_CLASSES, n_forces)),
        in_unit=np.zeros((N_CLASSES, n_places * n_forces)),
        available=np.zeros(n_places * n_forces),
        capacity=np.zeros(n_places),
        place_push=np.zeros(n_places),
    )
