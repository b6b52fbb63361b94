"""The state of a regime on one day: who defies, what is believed, and the stocks behind the drivers."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.regime.cohorts import Floats, Numbers


@dataclass
class Situation:
    """One day's state of every run.

    Attributes
    ----------
    shares
        (run, cohort) share openly defying, 0 to 1.
    belief
        (run,) public belief that the regime falls, 0 to 1.
    hardship, pay
        (run,) today's value of the two conditions that the economy moves, 0 to 1.
    recent_deaths
        (run,) deaths per million inhabitants, decaying.
    fatigue
        (run,) 0 to 1: how long and how hard the country has been on the street.
    push
        (run, cohort) pushes from outside the model, decaying; 0 in quiet times.
    capacity
        (run,) K: loyal deployable strength over required strength.
    expected
        (run, cohort) shares that people have come to expect.
    survived_days
        (run,) days since the last attack that exceeded expectation, up to the survival horizon.
    """

    shares: Numbers
    belief: Numbers
    hardship: Floats
    pay: Floats
    recent_deaths: Floats
    fatigue: Floats
    push: Floats
    capacity: Numbers
    expected: Floats
    survived_days: Floats
