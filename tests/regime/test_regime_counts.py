"""What a day leaves behind, by hand, and the clock of what was survived."""

from datetime import date

import numpy as np
import pytest

from garrison.engines.day import first_morning, live_one_day
from garrison.regime import Lever, crowd_on, day_counts, deaths_per_million, draw_parameters, lever_effects
from garrison.stability import ensemble

START = date(2020, 1, 1)


def test_expected_counts_by_hand():
    one = draw_parameters(1, seed=3)
    shares, hidden = np.array([[0.02, 0.01, 0.0, 0.0]]), np.array([[0.1, 0.3, 0.1, 0.1]])
    crowd = crowd_on(one, shares[:, 0], 1.5)
    assert crowd[0] == pytest.approx(1.5 * one["attendance"][0] * 0.02 * one.population[0])
    capacity = np.array([0.8])
    counts = day_counts(one, crowd, capacity, shares, hidden)
    assert counts.deaths[0] == pytest.approx(one["deaths_per_protester_day"][0] * 0.8 * crowd[0])
    assert counts.civilians_arrested[0] == pytest.approx(one["arrests_per_protester_day"][0] * 0.8 * crowd[0])
    assert counts.protests[0] == pytest.approx(crowd[0] / one["protest_size"][0])
    control, seen = one.conditions["control"][0], one.conditions["visibility"][0]
    found = one["military_arrests_per_hidden_day"][0] * control * 0.3 * one.strength[0]
    assert counts.soldiers_arrested[0] == pytest.approx(found)
    told = one["refusal_reports_per_refuser_day"][0] * seen * 0.01 * one.strength[0]
    assert counts.refusals[0] == pytest.approx(told)
    assert deaths_per_million(one, crowd, capacity)[0] == pytest.approx(
        counts.deaths[0] * 1e6 / one.population[0]
    )


def test_an_attack_beyond_expectation_turns_the_clock_back_and_surviving_lets_it_run():
    parameters = ensemble(60, seed=3)
    horizon = parameters["survival_horizon"]
    march = lever_effects([Lever("mobilisation", 3.0, START, 1)], start=START, days=120)
    today = first_morning(parameters, march, seed=1)
    clocks = []
    for _ in range(120):
        live_one_day(today)
        clocks.append(today.situation.survived_days.copy())
    clock = np.array(clocks)
    assert (clock[0] == horizon).all()
    assert np.median(clock.min(axis=0)) < 0.5 * horizon[0]
    assert (np.diff(clock, axis=0) <= 1.0 + 1e-9).all()
    assert np.median(clock[-1] - clock.min(axis=0)) > 30


def test_the_longer_ago_the_attack_the_lower_the_belief():
    """A survived attack speaks for the regime more with every day: D13 of Angeletos, Hellwig and Pavan."""
    parameters = ensemble(60, seed=3)
    quiet = lever_effects([], start=START, days=40)
    fresh, old = (first_morning(parameters, quiet, seed=1) for _ in range(2))
    fresh.situation.survived_days = np.zeros(len(parameters))
    old.situation.survived_days = np.full(len(parameters), 100.0)
    live_one_day(fresh)
    live_one_day(old)
    assert (fresh.situation.belief > old.situation.belief).all()
