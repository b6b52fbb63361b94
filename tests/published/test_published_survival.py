"""Angeletos, Hellwig and Pavan 2007: a survived attack lowers belief, and brings quiet, then multiplicity."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.stability.docking import (
    Regime,
    critical_strengths,
    next_critical_strengths,
    p_falls,
    p_falls_after_survival,
)

FEW_EXPECTED_IT = Regime(0.3, 1.0, 1.0, 1.5)


@given(
    st.floats(0.1, 0.9),
    st.floats(0.2, 20.0),
    st.floats(0.0, 3.0),
    st.floats(0.05, 0.6),
    st.floats(0.01, 0.39),
    st.floats(-1.0, 2.0),
)
@settings(max_examples=80, deadline=None)
def test_whoever_saw_it_survive_believes_less(cost, a_x, a_z, survived, beyond, signal):
    regime = Regime(cost, a_x, a_z)
    line = survived + beyond
    before, after = (
        float(p_falls(regime, line, signal)),
        float(p_falls_after_survival(regime, line, survived, signal)),
    )
    assert after <= before + 1e-12
    if float(p_falls(regime, survived, signal)) > 1e-6 and before < 1 - 1e-6:
        assert after < before
    harder = float(p_falls_after_survival(regime, line, survived + beyond / 2, signal))
    assert harder <= after + 1e-12


def test_without_a_survived_attack_belief_is_the_plain_posterior():
    signals = np.linspace(-2, 3, 50)
    plain = p_falls(FEW_EXPECTED_IT, 0.4, signals)
    assert np.allclose(p_falls_after_survival(FEW_EXPECTED_IT, 0.4, -math.inf, signals), plain, atol=1e-12)


@pytest.mark.parametrize("public", [0.0, 0.3, 0.5, 0.8, 1.0, 1.5])
@pytest.mark.parametrize("precision", [1.0, 4.0])
def test_with_nothing_new_known_nobody_attacks_again(public, precision):
    """The marginal attacker of the first attack now knows it failed; nobody else had reason to go further."""
    regime = Regime(0.3, precision, 1.0, public)
    (line,) = critical_strengths(regime)
    assert next_critical_strengths(regime, line) == ()


def test_with_more_known_a_second_attack_may_come_and_may_not():
    """Quiet and distress alternate with no change in the regime's strength: two lines appear at once, quiet stays."""
    (first,) = critical_strengths(FEW_EXPECTED_IT)
    lines = {
        factor: next_critical_strengths(replace(FEW_EXPECTED_IT, private_precision=float(factor)), first)
        for factor in (1, 4, 16, 100, 400)
    }
    assert first < 1 - FEW_EXPECTED_IT.cost
    assert [len(lines[factor]) for factor in (1, 4, 16)] == [0, 0, 0]
    assert [len(lines[factor]) for factor in (100, 400)] == [2, 2]
    for low, high in (lines[100], lines[400]):
        assert first < low < high < 1 - FEW_EXPECTED_IT.cost
    # Towards perfect knowledge the line nears that of a single attack with a diffuse prior.
    assert 1 - FEW_EXPECTED_IT.cost - lines[400][1] < 1 - FEW_EXPECTED_IT.cost - lines[100][1]


def test_where_the_first_attack_went_as_far_as_any_could_no_other_follows():
    """A first line above 1 - c cannot be passed, however much is learnt."""
    regime = Regime(0.3, 1.0, 1.0, 0.0)
    (first,) = critical_strengths(regime)
    assert first > 1 - regime.cost
    for factor in (1.0, 10.0, 100.0, 1000.0):
        assert next_critical_strengths(replace(regime, private_precision=factor), first) == ()
