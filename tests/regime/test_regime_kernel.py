"""Laws of the kernel: signs, bounds, and the interactions that an additive kernel cannot show."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.regime import (
    COHORTS,
    DRIVERS,
    Conditions,
    belief_target,
    draw_parameters,
    impression,
    inclination,
    perceived_peers,
    punishment_risk,
    rest_situation,
    survival_signal,
    would_defy,
)

FEW = draw_parameters(64, seed=21)
SHARES = st.tuples(*[st.floats(0.0, 1.0)] * 4)


def filled(values):
    return np.tile(np.array(values, dtype=float), (len(FEW), 1))


@given(SHARES, SHARES)
@settings(max_examples=60, deadline=None)
def test_more_defiance_anywhere_never_lowers_anybodys_inclination(first, second):
    """Peers, strained enforcers and turned superiors all push the same way: the lowest rest can be climbed to."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    now = rest_situation(FEW)
    below = inclination(FEW, replace(now, shares=filled(low))).total
    above = inclination(FEW, replace(now, shares=filled(high))).total
    assert (above >= below - 1e-9).all()


@given(SHARES, st.floats(0.0, 3.0))
@settings(max_examples=60, deadline=None)
def test_impressions_and_risks_are_shares(shares, capacity):
    peers = perceived_peers(FEW, filled(shares))
    risk = punishment_risk(FEW, filled(shares), np.full(len(FEW), capacity))
    for value in (peers, risk):
        assert (value >= 0).all()
        assert (value <= 1).all()


@given(st.floats(0.0, 1.0), st.floats(0.001, 1.0))
def test_an_impression_is_half_at_the_half_saturation(share, half):
    assert impression(np.array(half), np.array(half)) == pytest.approx(0.5)
    assert 0 <= impression(np.array(share), np.array(half)) <= 1


def test_punishment_has_epsteins_form():
    """By hand: one cohort of each kind, numbers put into the equations."""
    one = FEW.take(np.array([0]))
    shares = np.array([[0.02, 0.1, 0.05, 0.03]])
    risk = punishment_risk(one, shares, np.array([0.8]))[0]
    k_c, c_0 = one["control_gain_civilians"][0], one["crowd_capacity"][0]
    assert risk[0] == pytest.approx(1 - np.exp(-k_c * 0.8 / (1 + 0.02 / c_0)))
    gain, s_0 = one["control_gain_forces"][0] * one.conditions["control"][0], one["defector_capacity"][0]
    assert risk[1] == pytest.approx(1 - np.exp(-gain * 0.95 * 0.9 / (0.1 / s_0 + 0.5)))
    assert risk[2] == pytest.approx(1 - np.exp(-gain * 0.97 * 0.95 / (0.05 / s_0 + 0.5)))
    assert risk[3] == pytest.approx(1 - np.exp(-gain * 0.97 / (0.03 / s_0 + 0.5)))


def two_mixes():
    """The same officers, held by rents alone or by identity alone, as loyal as each other at rest."""
    coded = Conditions(dict.fromkeys(("rents", "identity"), (0.6, 0.6)))
    drawn = draw_parameters(400, seed=3, conditions=coded)
    officers = COHORTS.index("officers")
    now = rest_situation(drawn)
    variants = []
    for held_by in ("V", "I"):
        loadings = drawn.loadings.copy()
        loadings[:, officers, DRIVERS.index("V")] = 0.0
        loadings[:, officers, DRIVERS.index("I")] = 0.0
        bind = 1.0 if held_by == "I" else 1.0 - now.belief
        loadings[:, officers, DRIVERS.index(held_by)] = -1.5 / bind
        variants.append(replace(drawn, loadings=loadings))
    return variants, now, officers


def test_bought_loyalty_collapses_under_a_belief_shock_and_identity_loyalty_does_not():
    """McLauchlin 2010: equal loyalty from two mixes, the same shock to belief."""
    (rents, identity), now, officers = two_mixes()
    before = [would_defy(inclination(mix, now).total)[:, officers] for mix in (rents, identity)]
    assert np.allclose(before[0], before[1], atol=1e-12)
    shocked = replace(now, belief=np.maximum(now.belief, 0.6))
    after = [inclination(mix, shocked).total[:, officers] for mix in (rents, identity)]
    rise = after[0] - after[1]
    # Rents of 0.6 that bind with 1.5 and lose 0.6 of their hold: about 0.5 standard deviations more.
    assert (rise > 0.3).all()


def test_in_an_additive_kernel_the_two_mixes_would_move_alike(monkeypatch):
    """The contrast above comes from the declared interaction and from nothing else."""
    monkeypatch.setattr("garrison.regime.kernel.interactions", lambda: ())
    (rents, identity), now, officers = two_mixes()
    moved = []
    for mix in (rents, identity):
        shocked = replace(now, belief=np.maximum(now.belief, 0.6))
        moved.append((inclination(mix, shocked).total - inclination(mix, now).total)[:, officers])
    assert np.allclose(moved[0], moved[1], atol=1e-12)


def test_guilt_holds_until_a_fall_is_more_likely_than_not():
    now = rest_situation(FEW)
    exposure = FEW.loadings[:, COHORTS.index("elite"), DRIVERS.index("X")]
    more = replace(FEW, conditions={**FEW.conditions, "exposure": FEW.conditions["exposure"] + 0.1})
    for belief, sign in ((0.2, -1), (0.8, 1)):
        at = replace(now, belief=np.full(len(FEW), belief))
        change = (inclination(more, at).total - inclination(FEW, at).total)[:, COHORTS.index("elite")]
        assert np.allclose(change, exposure * 0.1 * (1 - 2 * belief), atol=1e-12)
        assert (sign * change[exposure < -0.01] > 0).all()


def test_belief_rises_with_surprise_and_falls_with_survival():
    quiet, horizon = np.zeros((len(FEW), 4)), FEW["survival_horizon"]
    rest = belief_target(FEW, quiet, horizon)
    assert (belief_target(FEW, quiet + 0.3, horizon) > rest).all()
    assert (belief_target(FEW, quiet, horizon * 0) >= rest).all()
    assert (survival_signal(FEW, horizon) > survival_signal(FEW, horizon / 2)).all()
