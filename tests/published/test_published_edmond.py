"""Edmond 2013: signs of the comparative statics, derived anew for a cost of bending with a constant power.

With cost c n^(1 - e) a^g / g the outcome hangs on the price of bending by one standard deviation of the noise alone,
c n^(1 - e) (alpha n)^(-g/2): dearer bending is nearer to the line 1 - p of a regime that bends nothing. Lines are
accurate to about .001; every difference asserted is larger.
"""

import itertools

import pytest

from garrison.errors import ParameterError
from garrison.stability.docking import Censor, critical_strength, critical_without_manipulation

COSTS = (0.25, 0.5, 0.75)


def lines(*censors):
    return [critical_strength(censor).critical for censor in censors]


def falls(values):
    return all(later < earlier - 1e-3 for earlier, later in itertools.pairwise(values))


@pytest.mark.parametrize("cost", COSTS)
def test_more_precise_signals_make_the_regime_harder_to_bring_down(cost):
    assert falls(lines(*(Censor(cost, precision) for precision in (1.0, 4.0, 16.0, 64.0))))


@pytest.mark.parametrize("cost", COSTS)
def test_without_the_means_to_bend_the_benchmark_returns(cost):
    """A price of bending a thousand times higher leaves 1 - p to .002."""
    (line,) = lines(Censor(cost, 4.0, weight=1000.0))
    assert line == pytest.approx(critical_without_manipulation(cost), abs=2e-3)


@pytest.mark.parametrize("cost", COSTS)
def test_free_media_make_it_easier(cost):
    """A dearer bias is a freer press: the line rises with it, and stays below the benchmark."""
    rising = lines(*(Censor(cost, 4.0, weight=weight) for weight in (3.0, 1.0, 0.3)))
    assert falls(rising)
    assert rising[0] < critical_without_manipulation(cost) + 1e-3


@pytest.mark.parametrize("cost", COSTS)
def test_more_sources_make_it_easier_unless_one_effort_bends_them_all(cost):
    """With power g the sign turns at economies of 1 - g/2: here .25."""
    one, sixteen = lines(Censor(cost, 4.0), Censor(cost, 4.0, n_signals=16))
    assert sixteen > one + 1e-3
    one, sixteen = lines(Censor(cost, 4.0, economies=1.0), Censor(cost, 4.0, n_signals=16, economies=1.0))
    assert sixteen < one - 1e-3
    one, sixteen = lines(Censor(cost, 4.0, economies=0.25), Censor(cost, 4.0, n_signals=16, economies=0.25))
    assert sixteen == pytest.approx(one, abs=1e-9)


def test_the_outcome_hangs_on_the_price_of_bending_alone():
    """Twice the precision at 2^(g/2) times the weight is the same game in other units."""
    same = lines(Censor(0.4, 2.0), Censor(0.4, 4.0, weight=2**0.75))
    assert same[0] == pytest.approx(same[1], abs=1e-9)


def test_the_weakest_survivor_bends_and_gains_by_it():
    outcome = critical_strength(Censor(0.5, 4.0))
    assert outcome.bias_at_the_line > 0
    assert outcome.critical < critical_without_manipulation(0.5)


def test_costs_that_are_not_convex_are_refused():
    with pytest.raises(ParameterError, match="power above 1"):
        Censor(0.5, 1.0, power=1.0)
