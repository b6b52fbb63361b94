"""Folds: R_D is 1 where the quiet state ends, the branch ends there, and only there."""

import functools

import numpy as np
import pytest

from garrison.errors import ParameterError, UndefinedError
from garrison.regime import Conditions, known_conditions, layout_of_country
from garrison.stability import attractors, ensemble, fold, reproduction_number
from garrison.stability.continuation import first_fold
from garrison.stability.reproduction import growth
from garrison.stability.responses import Responses

pytestmark = pytest.mark.slow

SWEPT = ("control", "identity", "hardship", "pay", "force")


@functools.cache
def regimes(n_runs=60):
    return ensemble(n_runs, seed=17)


@functools.cache
def found(name):
    return fold(regimes(), name)


def under(name, runs, value):
    """The best response of some runs with one condition set, slow stocks frozen at the rest of the reference."""
    known = known_conditions()
    chosen = regimes().take(runs)
    coded = np.stack([chosen.conditions[one] for one in known], axis=1)
    coded[:, list(known).index(name)] = value
    return Responses(chosen).under(conditions=coded)


def climb(answer, shares, most_steps=20_000):
    """Follow the best response from below until nobody moves; whether it came to a halt."""
    for _ in range(most_steps):
        after = answer(shares)[0]
        gap = np.abs(after - shares).max(axis=1)
        shares = after
        if (gap < 1e-11).all():
            break
    return shares, gap < 1e-9


@pytest.mark.parametrize("name", SWEPT)
def test_r_d_is_one_at_the_fold(name):
    """D9, by construction."""
    at = np.isfinite(found(name).value)
    assert at.sum() >= 10
    assert np.abs(found(name).number[at] - 1.0).max() < 1e-3
    low, high = known_conditions()[name].low, known_conditions()[name].high
    assert ((found(name).value[at] >= low) & (found(name).value[at] <= high)).all()


@pytest.mark.parametrize("name", SWEPT)
def test_r_d_nears_one_at_the_last_stable_step_of_a_fine_sweep(name, capsys):
    """D9: a sweep in steps of a millionth of the range, by following the best response itself, not by continuation.

    R_D falls short of 1 like the root of the distance to the fold, so that a sweep in hundredths would end at .9.
    """
    runs = np.flatnonzero(np.isfinite(found(name).value))[:8]
    value, sign = found(name).value[runs], np.sign(found(name).distance[runs])
    step = 1e-6 * (known_conditions()[name].high - known_conditions()[name].low)
    shares, last = regimes().rest.shares[runs], np.full(len(runs), np.nan)
    for steps in (-400, -100, -25, -5, -1, 1, 2, 5):
        answer = under(name, runs, value + steps * step * sign)
        after, halted = climb(answer, shares)
        number = growth(answer, after).number
        # Beyond the fold there is no quiet state near by: the climb goes past it or does not halt.
        gap = np.abs(after - found(name).shares[runs]).max(axis=1)
        near = halted & (gap < (0.05 if steps < 0 else 0.005))
        assert near.all() or steps > -2
        last = np.where(near & (steps < 0), number, last)
        if steps > 2:
            assert not near.any()
    with capsys.disabled():
        print(f"\n{name}: R_D at the last stable step {last.min():.4f} to {last.max():.4f}")
    assert np.abs(last - 1.0).max() < 0.02


@pytest.mark.parametrize("name", ["control", "pay"])
def test_short_of_the_fold_the_quiet_state_is_there(name):
    runs = np.flatnonzero(np.isfinite(found(name).value))
    half = found(name).reference[runs] + 0.5 * found(name).distance[runs]
    shares, halted = climb(under(name, runs, half), regimes().rest.shares[runs])
    assert halted.all()
    assert (shares < found(name).shares[runs] + 1e-9).all()
    assert (growth(under(name, runs, half), shares).number < 1).all()


@pytest.mark.parametrize("name", ["control", "pay"])
def test_where_there_is_no_fold_the_quiet_state_reaches_the_end_of_the_range(name):
    runs = np.flatnonzero(np.isnan(found(name).value))
    assert len(runs)
    item = known_conditions()[name]
    end = item.low
    answer = under(name, runs, np.full(len(runs), end))
    shares, halted = climb(answer, regimes().rest.shares[runs])
    assert halted.all()
    assert (growth(answer, shares).number < 1 + 1e-6).all()
    # It is followed from the rest without a jump.
    way = np.linspace(0.0, 1.0, 200)
    at = regimes().rest.shares[runs]
    for part in way:
        value = (1 - part) * found(name).reference[runs] + part * end
        at = climb(under(name, runs, value), at, 300)[0]
    assert np.allclose(at, shares, rtol=1e-3, atol=1e-6)


def test_a_lever_that_moves_one_condition_folds_where_the_condition_does():
    lever, condition = fold(regimes(), lever="pay"), found("pay")
    both = np.isfinite(lever.value) & np.isfinite(condition.value)
    assert both.sum() >= 10
    assert np.allclose(lever.value[both], condition.distance[both], atol=1e-6)


def test_a_fold_in_the_other_direction_is_none_where_it_quietens():
    up = fold(regimes(), "control", towards="high")
    assert np.isnan(up.value).all()
    down = fold(regimes(), "control", towards="low")
    assert np.array_equal(np.isnan(down.value), np.isnan(found("control").value))


@pytest.mark.slow
def test_a_country_has_folds_too():
    few = regimes().take(np.arange(2)).on(layout_of_country("VEN"))
    across = fold(few, "control")
    at = np.isfinite(across.value)
    assert np.abs(across.number[at] - 1.0).max(initial=0.0) < 1e-3


def test_beyond_the_fold_only_other_states_are_left():
    """With stocks free to follow, too, a condition well past the fold has no HOLD to rest in for most regimes."""
    runs = np.flatnonzero(np.isfinite(found("control").value))
    low = known_conditions()["control"].low
    moved = regimes().take(runs).with_condition("control", low)
    gone = found("control").value[runs] > low + 0.1
    assert gone.sum() >= 10
    assert (~attractors(moved).has("HOLD"))[gone].mean() > 0.5


def test_the_fold_of_a_crowd_is_where_its_slope_is_one():
    """An oracle in closed form: F(a + b r) touches the diagonal where b phi(x) = 1."""
    from scipy.special import ndtr, ndtri

    level, gain = -2.0, 3.0

    def crowd(runs, shares, way):
        return ndtr(level + gain * shares + way[:, None])

    quiet = np.array([[0.0]])
    for _ in range(2000):
        quiet = crowd(np.array([0]), quiet, np.zeros(1))
    way, folded = first_fold(crowd, quiet)
    x = -np.sqrt(2 * np.log(gain / np.sqrt(2 * np.pi)))
    assert way[0] == pytest.approx(x - level - gain * ndtr(x), abs=1e-8)
    assert ndtri(folded[0, 0]) == pytest.approx(x, abs=1e-4)


def test_what_is_not_fast_or_not_known_is_refused():
    with pytest.raises(UndefinedError, match="does not act on the fast state"):
        fold(regimes(), "oil")
    with pytest.raises(UndefinedError, match="does not act on the fast state"):
        fold(regimes(), lever="mobilisation")
    with pytest.raises(ParameterError, match="Did you mean control"):
        fold(regimes(), "contrl")
    with pytest.raises(ParameterError, match="lever 'pai' is unknown"):
        fold(regimes(), lever="pai")
    with pytest.raises(ParameterError, match="either a condition or a lever"):
        fold(regimes())
    with pytest.raises(ParameterError, match="towards"):
        fold(regimes(), "pay", towards="up")
    with pytest.raises(UndefinedError, match="have no fold in control"):
        fold(regimes(), "control", towards="high", strict=True)


def test_a_regime_that_is_not_in_hold_has_no_fold():
    from garrison.regime import draw_parameters

    everything = draw_parameters(
        60, seed=31, conditions=Conditions({"hardship": (0.9, 1.0), "pay": (0.0, 0.1)})
    )
    left = np.isnan(reproduction_number(everything))
    assert left.any()
    assert np.isnan(fold(everything, "control").value[left]).all()
