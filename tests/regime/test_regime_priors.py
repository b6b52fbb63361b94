"""Priors are data with a ground, and what is drawn follows them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.regime import (
    COHORTS,
    COUNTED,
    SCALE_OF,
    interactions,
    known_conditions,
    known_levers,
    loading_priors,
    observation_dispersion,
    parameter_table,
    priors,
    product_priors,
)
from garrison.regime.levers import MOVED

EVERY_PRIOR = [*priors().values(), *loading_priors().values(), *product_priors().values()]


@pytest.mark.parametrize("prior", EVERY_PRIOR, ids=lambda prior: prior.key)
def test_every_prior_names_its_ground_and_keeps_its_bounds(prior):
    assert prior.unit
    assert prior.source
    assert prior.why.endswith(".")
    drawn = prior.quantile(np.linspace(0.001, 0.999, 400)) * prior.sign
    assert (drawn >= prior.low - 1e-12).all()
    assert (drawn <= prior.high + 1e-12).all()
    assert (np.diff(drawn) >= -1e-12).all()


@given(st.sampled_from(EVERY_PRIOR), st.floats(0.01, 0.99), st.floats(1.0, 3.0))
@settings(max_examples=100, deadline=None)
def test_widening_moves_no_value_towards_the_centre(prior, uniform, width):
    """Nobody's disagreement gets smaller by widening, and the sign never turns."""
    here, centre = (np.array([value]) for value in (uniform, 0.5))
    low = np.array([1e-12])
    start = prior.quantile(low) if prior.shape == "halfnormal" else prior.quantile(centre)
    as_written, widened = prior.quantile(here), prior.quantile(here, width)
    assert abs(widened - start) >= abs(as_written - start) - 1e-9
    assert widened * prior.sign >= 0


def test_signs_of_the_loadings_are_those_of_theory():
    raises, lowers = {"H", "O", "U", "M_C", "M_S", "M_O", "M_E", "B"}, {"W", "V", "I", "X", "P"}
    for (cohort, driver), prior in loading_priors().items():
        if driver in raises:
            assert prior.sign == 1, (cohort, driver)
        if driver in lowers:
            assert prior.sign == -1, (cohort, driver)
    assert loading_priors()["civilians", "T"].sign == -1
    assert loading_priors()["troops", "T"].sign == 1
    for missing in [("elite", "H"), ("civilians", "W"), ("troops", "V"), ("troops", "X")]:
        assert missing not in loading_priors()


def test_hunger_never_turns_fear_into_courage():
    """The product H x P may take fear away but not more of it than the least loading of punishment gives."""
    for cohort in COHORTS:
        bound = loading_priors()[cohort, "P"].low
        for item in interactions():
            if "P" in item.product and (cohort, item.name) in product_priors():
                assert product_priors()[cohort, item.name].high <= bound


def test_conditions_lie_in_their_ranges():
    for item in known_conditions().values():
        assert item.low <= item.wide[0] <= item.reference <= item.wide[1] <= item.high
        assert item.source
        assert item.why


def test_levers_move_what_is_known():
    for lever in known_levers().values():
        assert lever.sign in (-1, 0, 1)
        assert lever.low <= 0 <= lever.high
        assert {moved for moved, _, _ in lever.effects} <= set(MOVED)
    assert len(known_levers()) >= 3


def test_every_counted_series_has_a_dispersion_and_a_scale():
    assert set(observation_dispersion()) == set(COUNTED) == set(SCALE_OF)
    assert all(size > 0 for size in observation_dispersion().values())
    assert set(SCALE_OF.values()) <= set(priors())


def test_no_ground_leans_on_the_outcome_of_the_case_that_is_forecast():
    """The scales that a Venezuelan hindcast hangs on are grounded elsewhere, and say so."""
    for series in ("deaths", "civilians_arrested", "soldiers_arrested"):
        prior = priors()[SCALE_OF[series]]
        assert "Venezuela's totals were left out" in prior.source
        # A factor of ten each way lies well within the prior.
        assert prior.spread * 1.645 > np.log(7)


def test_the_table_of_parameters_shows_every_one():
    text = parameter_table()
    for name in [*priors(), *known_conditions(), *known_levers()]:
        assert f"| {name} |" in text
    assert text == parameter_table()
