"""Shocks and starts: the tipping distance against the simulator, basins against the attractors, early warnings."""

import functools
from datetime import date

import numpy as np
import pytest

from garrison.engines import ATTRACTORS, Beginning, simulate
from garrison.errors import ParameterError, UndefinedError
from garrison.regime import COHORTS
from garrison.stability import (
    attractors,
    basin_shares,
    early_warning,
    early_warning_table,
    ensemble,
    tipping_distance,
)
from garrison.stability.early_warning import STATISTICS, _above, _rank_correlation, _statistics
from garrison.stability.tipping import DIRECTIONS

pytestmark = pytest.mark.slow

START = date(2020, 1, 1)


@functools.cache
def regimes(n_runs=60):
    return ensemble(n_runs, seed=19)


@functools.cache
def distance():
    return tipping_distance(regimes(), days=200)


def tips(parameters, shares, belief=None, days=200):
    begin = Beginning(shares, belief)
    runs = simulate(parameters, start=START, days=days, seed=0, pushes=False, begin=begin)
    return (runs.break_day >= 0) | (runs.end == "street")


def test_a_shock_of_the_size_tips_and_a_smaller_one_does_not():
    place = distance().directions.index("everybody")
    size = distance().size[:, place]
    assert np.isfinite(size).all()
    rest = regimes().rest.shares
    assert tips(regimes(), np.minimum(rest + size[:, None], 1.0)).all()
    assert not tips(regimes(), np.minimum(rest + (size - 0.002).clip(0)[:, None], 1.0)).any()


def test_belief_alone_is_a_direction():
    size = distance().size[:, distance().directions.index("belief")]
    finite = np.isfinite(size)
    nobody = np.zeros((len(regimes()), 4))
    shocked = np.minimum(regimes().rest.belief + np.where(finite, size, 1.0), 1.0)
    assert np.array_equal(tips(regimes(), nobody, shocked), finite)


def test_the_weakest_direction_has_the_least_size():
    found = distance()
    assert np.array_equal(found.distance, np.nanmin(found.size, axis=1))
    for run, name in enumerate(found.weakest):
        assert found.size[run, found.directions.index(name)] == found.distance[run]
    assert found.directions == tuple(DIRECTIONS)
    assert "share that tips" in repr(found)


def test_a_shock_to_all_is_no_larger_than_to_one_class():
    together = distance().size[:, distance().directions.index("everybody")]
    for name in COHORTS:
        alone = distance().size[:, distance().directions.index(name)]
        finite = np.isfinite(alone)
        # Both are known to a thousandth.
        assert (together[finite] <= alone[finite] + 2e-3).all()


def test_a_larger_weight_is_the_scale_of_a_direction():
    once = tipping_distance(regimes().take(np.arange(5)), {"officers": 1.0, "troops": 0.5}, days=60)
    twice = tipping_distance(regimes().take(np.arange(5)), {"officers": 2.0, "troops": 1.0}, days=60)
    assert np.array_equal(once.size, twice.size, equal_nan=True)


def test_an_impossible_direction_is_refused():
    with pytest.raises(ParameterError, match="Did you mean officers"):
        tipping_distance(regimes(), {"oficers": 1.0})
    with pytest.raises(ParameterError, match="0 or more"):
        tipping_distance(regimes(), {"officers": -1.0})
    with pytest.raises(ParameterError, match="above 0"):
        tipping_distance(regimes(), {"officers": 0.0})


def test_basins_add_up_and_start_i_is_the_same_whatever_their_number():
    few = regimes().take(np.arange(20))
    found = basin_shares(few, 60, seed=3)
    assert np.allclose(found.shares.sum(axis=1), 1.0)
    assert found.states == ATTRACTORS
    one = basin_shares(few, 1, seed=3)
    assert set(np.unique(one.shares)) <= {0.0, 1.0}
    assert "Basins of 20 runs" in repr(found)
    part = basin_shares(few.take(np.array([7])), 60, seed=3)
    assert np.array_equal(part.shares[0], found.shares[7])


def test_a_regime_without_break_has_no_basin_of_break():
    """The corners find the highest state: where that is HOLD, every start must end there."""
    states = attractors(regimes())
    only = (states.names == "HOLD").all(axis=1) & states.settled.all(axis=1)
    found = basin_shares(regimes(), 40, seed=3)
    assert only.sum() >= 5
    assert (found.of("HOLD")[only & (found.unsettled == 0)] == 1.0).all()
    can = states.has("BREAK")
    assert (found.of("BREAK")[can] > 0).mean() > 0.9
    with pytest.raises(ParameterError, match="Did you mean BREAK"):
        found.of("BREAKS")
    with pytest.raises(ParameterError, match="at least 1"):
        basin_shares(regimes(), 0, seed=1)


def test_statistics_of_known_series():
    """White noise has no autocorrelation, an autoregression has its own; a growing swing has a rising variance."""
    generator = np.random.default_rng(1)
    noise = generator.normal(size=(4000, 56))
    found = _statistics(noise)
    # A line is taken out of 28 days: two degrees of freedom, hence 26/28, and a lag-1 bias of about -2/28.
    assert found["variance"].mean() == pytest.approx(26 / 28, abs=4 * 0.27 / np.sqrt(4000))
    assert -0.12 < found["autocorrelation"].mean() < 0.0
    assert abs(found["trend of the variance"].mean()) < 4 * 0.5 / np.sqrt(4000)
    swinging = noise * np.exp(0.05 * np.arange(56))
    assert _statistics(swinging)["trend of the variance"].mean() > 0.8
    slow = np.zeros((2000, 156))
    for day in range(1, 156):
        slow[:, day] = 0.9 * slow[:, day - 1] + generator.normal(size=2000)
    assert _statistics(slow[:, 100:])["autocorrelation"].mean() > 0.4


def test_rank_correlation_and_area_by_counting():
    values = np.array([[1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, 1.0], [1.0, 3.0, 2.0, 4.0]])
    assert _rank_correlation(values).tolist() == pytest.approx([1.0, -1.0, 4 / 6])
    assert _above(np.array([2.0, 5.0]), np.array([1.0, 2.0, 3.0])).tolist() == pytest.approx([0.5, 1.0])


@pytest.mark.slow
def test_early_warnings_are_computed_against_matched_runs(capsys):
    found = early_warning(ensemble(3000, seed=19), seed=19)
    with capsys.disabled():
        print(f"\n{found!r}")
    assert found.n_breaks >= 20
    for area in found.areas.values():
        assert 0.0 <= area <= 1.0
    # What the page says of them: no trend of a statistic is a warning to rely on. Three standard errors of slack.
    for (series, name), area in found.areas.items():
        if name in STATISTICS[1::2]:
            assert area < 0.8 + 3 * found.errors[series, name]


def test_too_few_breaks_are_said():
    with pytest.raises(UndefinedError, match="Ask with more runs"):
        early_warning(regimes(), seed=1)
    with pytest.raises(ParameterError, match="more than 63 days"):
        early_warning(regimes(), seed=1, days=50)


@pytest.mark.slow
def test_the_table_has_a_row_a_series():
    lines = early_warning_table(2000).splitlines()
    assert lines[0].startswith("| series | variance |")
    assert len([line for line in lines if line.startswith("|")]) == 6
