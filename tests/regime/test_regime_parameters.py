"""Drawn parameters: prefix law, conditions, baseline shares, bad input."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtr

from garrison.engines import simulate
from garrison.errors import ParameterError
from garrison.regime import (
    COHORTS,
    DRIVERS,
    Conditions,
    Layout,
    draw_parameters,
    find_rest,
    join,
    known_conditions,
    layout_of_country,
    quiet_inclinations,
)


def same(left, right):
    """Compare every array of two ensembles, to the bit."""
    for name, value in vars(left).items():
        other = getattr(right, name)
        if isinstance(value, np.ndarray):
            assert np.array_equal(value, other), name
        elif isinstance(value, dict):
            assert all(np.array_equal(value[key], other[key]) for key in value), name
    assert np.array_equal(left.rest.shares, right.rest.shares)


def test_replicates_are_the_same_whatever_their_number():
    same(draw_parameters(40, seed=7), draw_parameters(300, seed=7).take(np.arange(40)))


def test_another_seed_gives_other_regimes():
    assert not np.array_equal(draw_parameters(5, seed=7).loadings, draw_parameters(5, seed=8).loadings)


def test_intercepts_reproduce_the_baseline_shares_at_reference_conditions():
    at_reference = {name: (item.reference, item.reference) for name, item in known_conditions().items()}
    drawn = draw_parameters(300, seed=2, conditions=Conditions(at_reference))
    lows, highs = (0.002, 0.003, 0.0002, 0.0001), (0.02, 0.05, 0.005, 0.005)
    # Where a draw has several quiet states the lowest may lie below its baseline; never above.
    assert (drawn.rest.shares <= np.array(highs) * (1 + 1e-6)).all()
    at_baseline = (drawn.rest.shares >= np.array(lows) * (1 - 1e-6)).all(axis=1)
    assert at_baseline.mean() > 0.5
    again = ndtr(quiet_inclinations(drawn, drawn.rest.shares))
    settled = drawn.rest.settled
    assert np.abs(again - drawn.rest.shares)[settled].max() < 1e-7


def test_coded_conditions_stay_in_their_range_and_sizes_are_taken():
    coded = Conditions({"pay": (0.2, 0.3), "control": (0.9, 0.9)}, population=31e6, strength=150e3)
    drawn = draw_parameters(100, seed=1, conditions=coded)
    assert ((drawn.conditions["pay"] >= 0.2) & (drawn.conditions["pay"] <= 0.3)).all()
    assert (drawn.conditions["control"] == 0.9).all()
    assert (drawn.population == 31e6).all()
    assert (drawn.strength == 150e3).all()
    assert np.array_equal(drawn.loadings, draw_parameters(100, seed=1).loadings)


def test_ensembles_come_apart_and_together_again():
    whole = draw_parameters(30, seed=7)
    same(join([whole.take(np.arange(12)), whole.take(np.arange(12, 30))]), whole)
    with pytest.raises(ParameterError, match="different seeds"):
        join([whole, draw_parameters(3, seed=8)])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Conditions({"hardshp": (0, 1)}), "Did you mean hardship"),
        (lambda: Conditions({"pay": (0.5, 1.4)}), "between 0.0 and 1.0"),
        (lambda: Conditions({"pay": (0.6, 0.4)}), "in this order"),
        (lambda: Conditions({"pay": (float("nan"), 0.4)}), "must lie"),
        (lambda: Conditions(population=-1), "population is -1"),
        (lambda: Conditions(strength=float("inf")), "strength is inf"),
        (lambda: draw_parameters(0, seed=1), "at least 1"),
        (lambda: draw_parameters(1, seed=1, width=0), "above 0"),
        (lambda: draw_parameters(1, seed=1)["atendance"], "Did you mean attendance"),
        (lambda: draw_parameters(1, seed=1).with_condition("pay", 2.0), "between 0.0 and 1.0"),
        (lambda: draw_parameters(1, seed=1).with_condition("rent", 0.5), "Did you mean rents"),
    ],
)
def test_bad_input_is_named_with_its_fix(make, words):
    with pytest.raises(ParameterError, match=words):
        make()


@pytest.mark.slow
def test_one_cohort_alone_rests_where_root_finding_says():
    """Oracle: troops without any tie to others; every root of p = F(x(p)) by bisection, the lowest is the rest."""
    drawn = draw_parameters(60, seed=11)
    troops = COHORTS.index("troops")
    alone = drawn.loadings.copy()
    for cohort in COHORTS:
        if cohort != "troops":
            alone[:, troops, DRIVERS.index(f"M_{cohort[0].upper()}")] = 0.0
    alone[:, troops, DRIVERS.index("O")] = alone[:, troops, DRIVERS.index("T")] = 0.0
    lonely = replace(drawn, loadings=alone, product_loadings=np.zeros_like(drawn.product_loadings))
    # Nobody else defies: superiors stay loyal.
    silent = lonely.intercepts.copy()
    silent[:, [0, 2, 3]] = -30.0
    lonely = replace(lonely, intercepts=silent)
    rest = find_rest(lonely)
    n_compared = 0
    for run in range(len(lonely)):
        one = lonely.take(np.array([run]))

        def excess(share, one=one):
            shares = np.array([[0.0, share, 0.0, 0.0]])
            return float(ndtr(quiet_inclinations(one, shares))[0, troops]) - share

        grid = np.concatenate([[1e-12], np.logspace(-9, -1e-9, 4000)])
        values = np.array([excess(share) for share in grid[::8]])
        crossing = np.flatnonzero((values[:-1] > 0) & (values[1:] <= 0))
        if not rest.settled[run] or len(crossing) == 0:
            continue
        lower, upper = grid[::8][crossing[0]], grid[::8][crossing[0] + 1]
        assert rest.shares[run, troops] == pytest.approx(brentq(excess, lower, upper, xtol=1e-14), rel=1e-4)
        n_compared += 1
    assert n_compared >= 50


def test_private_dissent_is_what_remains_without_peers_belief_and_fear():
    drawn = draw_parameters(50, seed=4)
    switched_off = drawn.loadings.copy()
    for name in ("M_C", "M_S", "M_O", "M_E", "B", "P"):
        switched_off[:, :, DRIVERS.index(name)] = 0.0
    social = {"P", "command"}
    products = np.array([0.0 if social & set(pair) else 1.0 for pair in drawn.products])
    alone = replace(drawn, loadings=switched_off, product_loadings=drawn.product_loadings * products)
    hidden = simulate(drawn, start=date(2020, 1, 1), days=1, seed=1, pushes=False).hidden[:, 0]
    expected = ndtr(quiet_inclinations(alone, drawn.rest.shares))
    # The first morning's belief has moved by the rounding of the rest alone; the diary keeps seven digits.
    assert np.allclose(hidden, expected, rtol=1e-5, atol=1e-7)


def test_the_same_draws_can_be_set_on_another_layout():
    drawn = draw_parameters(6, seed=4)
    layout = layout_of_country("VEN")
    there = drawn.on(layout)
    assert there.rest.shares.shape == (6, layout.n_cohorts)
    assert np.array_equal(there.loadings, drawn.loadings)
    back = there.on(Layout.national())
    assert np.array_equal(back.rest.shares, drawn.rest.shares)
    with pytest.raises(ParameterError, match="different layouts"):
        join([drawn, there])
