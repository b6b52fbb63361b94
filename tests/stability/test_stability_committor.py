"""The committor: branches keep the past and draw the future anew, and Q is what it says (calibrated, D10)."""

import functools
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.stats import binom

from garrison.engines import Beginning, Branch, pushes_of_all_days, simulate
from garrison.errors import ParameterError, UndefinedError
from garrison.regime import Lever, draw_parameters, layout_of_country
from garrison.stability import committor, ensemble, inflection_point
from garrison.stability.committor import ELSEWHERE, HALF, hit_day

pytestmark = pytest.mark.slow

START = date(2020, 1, 1)
SEED = 23


@functools.cache
def regimes(n_runs=60):
    return ensemble(n_runs, seed=SEED)


def branched(parameters, day, days, future, seed=SEED, **also):
    return simulate(parameters, start=START, days=days, seed=seed, branch=Branch(day, future, seed), **also)


@pytest.mark.parametrize("day", [0, 1, 10, 17, 28])
def test_a_branch_keeps_the_past_and_changes_the_future(day):
    plain = simulate(regimes(), start=START, days=60, seed=SEED)
    other = branched(regimes(), day, 60, np.zeros(len(regimes()), dtype=np.int64))
    assert np.array_equal(plain.visible[:, :day], other.visible[:, :day])
    assert np.array_equal(plain.belief[:, :day], other.belief[:, :day])
    # Every later week has a push of its own size in each run, so that every run that goes on is moved.
    goes_on = (plain.end_day < 0) & (other.end_day < 0)
    assert (plain.visible[goes_on, -1] != other.visible[goes_on, -1]).any(axis=1).all()


def test_what_happened_before_the_branch_stays_on_many_places_too():
    few = regimes().take(np.arange(3)).on(layout_of_country("VEN"))
    plain = simulate(few, start=START, days=30, seed=SEED, detail=True)
    other = branched(few, 15, 30, np.zeros(3, dtype=np.int64), detail=True)
    assert np.array_equal(plain.by_cohort[:, :15], other.by_cohort[:, :15])
    assert not np.array_equal(plain.by_cohort[:, 15:], other.by_cohort[:, 15:])


def test_future_i_is_the_same_whatever_their_number():
    one = regimes().take(np.array([4]))
    few = branched(one.take(np.zeros(5, dtype=int)), 20, 50, np.arange(5))
    many = branched(one.take(np.zeros(400, dtype=int)), 20, 50, np.arange(400))
    assert np.array_equal(few.visible, many.visible[:5])
    assert np.array_equal(few.end_day, many.end_day[:5])


def test_futures_of_a_week_in_part_over_have_one_push_in_it_and_not_before_the_branch():
    parameters = draw_parameters(3000, seed=SEED)
    past = pushes_of_all_days(parameters, seed=SEED, days=21)
    anew = pushes_of_all_days(
        parameters, seed=SEED, days=21, branch=Branch(10, np.arange(len(parameters)), SEED)
    )
    week = slice(7, 14)
    assert ((anew[:, week, 0] > 0).sum(axis=1) == 1).all()
    came = (past[:, 7:10, 0] > 0).any(axis=1)
    assert np.array_equal(anew[came, :14, :2], past[came, :14, :2])
    assert (anew[~came, 7:10] == 0).any(axis=1).all()
    # Uniform on the four days that are left: a chi-square of 3 degrees lies below 16.3 with a chance of .999.
    days = (anew[~came, 10:14, 0] > 0).sum(axis=0)
    expected = days.sum() / 4
    assert ((days - expected) ** 2 / expected).sum() < 16.3


def test_a_new_waiting_time_is_what_is_left_of_an_exponential():
    """Ends by chance: over branches at day 20 the runs that end later end as often as without a branch."""
    drawn = draw_parameters(4000, seed=SEED)
    hazards = {
        name: np.full(len(drawn), 1e-3)
        for name in drawn.scalars
        if name.startswith("hazard_") and name != "hazard_by_belief"
    }
    parameters = replace(drawn, scalars={**drawn.scalars, **hazards})
    plain = simulate(parameters, start=START, days=120, seed=SEED)
    other = branched(parameters, 20, 120, np.zeros(len(parameters), dtype=np.int64))
    before = (plain.end_day >= 0) & (plain.end_day < 20)
    assert np.array_equal(plain.end_day[before], other.end_day[before])
    assert np.array_equal(plain.end[before], other.end[before])
    names = ("exit", "pact", "election", "patron", "foreign force")
    late, anew = (np.isin(runs.end, names) & (runs.end_day >= 20) for runs in (plain, other))
    assert late.sum() > 100
    # Two counts of rare ends differ by no more than 4 standard errors; the two sets share part of their chance.
    assert abs(int(late.sum()) - int(anew.sum())) < 4 * np.sqrt(late.sum() + anew.sum())
    assert not np.array_equal(late, anew)


def test_levers_and_beginnings_belong_to_history_and_future():
    few = regimes().take(np.arange(8))
    lever = [Lever("pay", -0.4, date(2020, 1, 5), 5)]
    shock = Beginning(np.full((8, 4), 0.2), np.full(8, 0.3))
    plain = simulate(few, start=START, days=30, seed=SEED, levers=lever, begin=shock)
    other = branched(few, 12, 30, np.arange(8), levers=lever, begin=shock)
    assert np.array_equal(plain.visible[:, :12], other.visible[:, :12])
    calm = committor(few, seed=SEED, horizon=30, n_futures=50, start=START)
    shaken = committor(few, seed=SEED, horizon=30, n_futures=50, start=START, levers=lever, begin=shock)
    assert np.nanmean(shaken.q) >= np.nanmean(calm.q)


def test_q_and_the_rest_add_up_and_what_is_over_has_no_chance():
    found = committor(regimes(), seed=SEED, day=30, horizon=40, n_futures=60)
    history = simulate(regimes(), start=START, days=30, seed=SEED)
    over = (hit_day(history) >= 0) | (history.end_day >= 0)
    assert np.array_equal(np.isnan(found.q), over)
    assert np.allclose((found.q + found.elsewhere.sum(axis=1))[~over], 1.0)
    assert found.elsewhere.shape == (len(regimes()), len(ELSEWHERE))
    assert "mean Q" in repr(found)
    weights = np.zeros(len(regimes()))
    weights[np.flatnonzero(~over)[2]] = 1.0
    assert found.overall(weights) == found.q[np.flatnonzero(~over)[2]]


def test_what_has_happened_has_no_chance_of_happening():
    crisis = simulate(regimes(600), start=START, days=60, seed=SEED)
    broken = np.flatnonzero((hit_day(crisis) >= 0) & (hit_day(crisis) < 40))[:1]
    assert len(broken) == 1
    one = regimes(600).take(broken)
    with pytest.raises(UndefinedError, match="no chance of happening"):
        committor(one, seed=SEED, day=40, horizon=10, n_futures=5, strict=True)
    with pytest.raises(UndefinedError, match="nothing is open"):
        committor(one, seed=SEED, day=40, horizon=10, n_futures=5).overall()


def test_a_state_past_the_line_breaks_for_certain_and_a_dull_one_hardly_ever():
    few = regimes().take(np.arange(5))
    tipped = committor(
        few, seed=SEED, horizon=5, n_futures=20, begin=Beginning(np.array([0.5, 1.0, 1.0, 1.0]), 1.0)
    )
    assert (tipped.q == 1.0).all()
    assert committor(few, seed=SEED, day=60, horizon=1, n_futures=200).overall() < 0.1


def test_bad_input_is_refused():
    one = regimes().take(np.array([0]))
    with pytest.raises(ParameterError, match="at least 1"):
        committor(one, seed=1, n_futures=0)
    with pytest.raises(ParameterError, match="at least 1"):
        inflection_point(one, seed=1, days=0)
    with pytest.raises(ParameterError, match="give one a run"):
        branched(one, 1, 5, np.arange(2))
    with pytest.raises(ParameterError, match="not within"):
        branched(one, 5, 5, np.arange(1))
    with pytest.raises(ParameterError, match="every future is the same"):
        branched(one, 1, 5, np.arange(1), pushes=False)


def passes(share, outcome, n_bins=10):
    """Whether every bin of equal size lies inside its 95% binomial band, corrected for the number of bins."""
    order = np.argsort(share[0], kind="stable")
    inside = []
    for rows in np.array_split(order, n_bins):
        expected, hits = share[1][rows].mean(), int(outcome[rows].sum())
        low, high = binom.interval(1.0 - 0.05 / n_bins, len(rows), expected)
        inside.append(low <= hits <= high)
    return all(inside)


@pytest.mark.slow
def test_the_committor_is_calibrated(capsys):
    """D10: split sample, ten bins. What really became of each history is one more draw of its futures.

    States are put into bins by one half of their futures, the other half says how often a bin should hit (so that
    the noise of the first does not bias the second), and the outcome is the history's own. A perfect committor
    passes more than 90% of the time: the next test simulates how often, with shares as these, and found .99.
    Hardship and arrears are set on all regimes, so that Q spreads over the whole range.
    """
    day, horizon = 21, 120
    levers = [Lever("pay", -0.4, START, 10), Lever("food", -0.3, START, 10)]
    setting = {"day": day, "horizon": horizon, "n_futures": 60, "start": START, "levers": levers}
    halves = [committor(regimes(1000), seed=SEED, future_seed=half, **setting).q for half in (101, 102)]
    crisis = simulate(regimes(1000), start=START, days=day + horizon, seed=SEED, levers=levers)
    open_ = np.isfinite(halves[0])
    shares = [half[open_] for half in halves]
    hit = (hit_day(crisis) >= day)[open_]
    with capsys.disabled():
        print(f"\n{open_.sum()} states: mean Q {shares[1].mean():.4f}, hits {hit.mean():.4f}")
        print(f"  perfect committors pass {pass_rate(shares):.3f}")
    assert open_.sum() > 500
    assert passes(shares, hit)
    # Powers: the same shares, moved by a tenth of the way to 1/2, are found out.
    assert not passes([shares[0], shares[1] + 0.1], hit)


def pass_rate(shares, n_times=400):
    """How often a committor whose states hit with just the chance of the second half passes the same test."""
    generator = np.random.default_rng(1)
    return np.mean([passes(shares, generator.random(len(shares[1])) < shares[1]) for _ in range(n_times)])


def test_a_perfect_committor_passes_at_least_nine_times_in_ten():
    """Shares with many near 0, as the model has them; 400 times, so that the rate is known to .015."""
    truth = np.random.default_rng(2).beta(0.3, 2.0, size=800)
    assert pass_rate([truth, truth]) >= 0.9


def test_the_inflection_point_is_the_first_day_with_even_odds():
    levers = [Lever("pay", -0.5, START, 10), Lever("food", -0.4, START, 10)]
    setting = {"horizon": 60, "n_futures": 40, "start": START, "levers": levers}
    set_of = regimes()
    point = inflection_point(set_of, seed=SEED, days=43, every=14, **setting)
    history = hit_day(simulate(set_of, start=START, days=43, seed=SEED, levers=levers))
    looks = {day: committor(set_of, seed=SEED, day=day, **setting).q for day in range(0, 43, 14)}
    for run in range(len(set_of)):
        reached = [day for day, q in looks.items() if q[run] >= HALF]
        happened = [int(history[run])] if history[run] >= 0 else []
        assert point[run] == min(reached[:1] + happened, default=-1)
    assert (point >= 0).any()
    assert (point < 0).any()
    with pytest.raises(UndefinedError, match="have no inflection point"):
        inflection_point(set_of, seed=SEED, days=43, every=14, strict=True, **setting)
