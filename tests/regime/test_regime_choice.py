"""Laws of the choice: signs, bounds, numbers by hand, and the interactions that a sum of drivers cannot show."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

from garrison.engines import simulate
from garrison.regime import COHORTS, DRIVERS, Conditions, Lever, draw_parameters
from garrison.regime.calm import ordinary_day
from garrison.regime.choice import closeness, control_today, hidden_share
from garrison.regime.deployment import withdrawn
from garrison.regime.parameter_record import PRODUCTS, parameter_records
from garrison.regime.perception import impression
from garrison.regime.public_belief import belief_target, surprise, survival_signal
from garrison.regime.punishment import risk_in_the_ranks, risk_on_the_street
from garrison.regime.today import TODAY
from garrison.stability.responses import Responses

FEW = draw_parameters(64, seed=21)
SHARES = st.tuples(*[st.floats(0.0, 1.0)] * 4)
SHARE = st.floats(0.0, 1.0)
CIVILIANS, TROOPS, OFFICERS, ELITE = range(4)


def filled(values):
    return np.tile(np.array(values, dtype=float), (len(FEW), 1))


def inclined(parameters, shares, belief=None):
    """Inclinations in a quiet regime whose stocks are those of `FEW` at rest, (run, cohort)."""
    return ndtri(Responses(parameters, FEW.rest.shares)(shares, belief=belief)[0])


@given(SHARES, SHARES)
@settings(max_examples=60, deadline=None)
def test_more_defiance_anywhere_never_lowers_anybodys_inclination_at_the_same_belief(first, second):
    """Peers, strained enforcers and turned superiors all push the same way: the lowest rest can be climbed to."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    belief = np.full(len(FEW), 0.2)
    below, above = (inclined(FEW, filled(shares), belief) for shares in (low, high))
    assert (above >= below - 1e-9).all()


@given(SHARES, SHARES)
@settings(max_examples=60, deadline=None)
def test_where_a_regime_does_not_grow_nervous_belief_pushes_the_same_way(first, second):
    calm = replace(FEW, conditions={**FEW.conditions, "vigilance": np.zeros(len(FEW))})
    low, high = np.minimum(first, second), np.maximum(first, second)
    (below, less), (above, more) = (
        Responses(calm, FEW.rest.shares)(filled(shares)) for shares in (low, high)
    )
    assert (more >= less - 1e-12).all()
    # Guilt binds until a deal is the better hope: with it belief may do either.
    exposed = calm.loadings.copy()
    exposed[:, :, DRIVERS.index("X")] = 0.0
    bought = replace(calm, loadings=exposed)
    below, above = (Responses(bought, FEW.rest.shares)(filled(shares))[0] for shares in (low, high))
    assert (above >= below - 1e-12).all()


@given(SHARE, SHARE, SHARE, st.floats(0.0, 5.0), st.floats(0.01, 1.0))
def test_impressions_and_risks_are_shares(share, above, crowd, capacity, half):
    values = (
        impression(share, half),
        risk_on_the_street(2.3, capacity, crowd, half),
        risk_in_the_ranks(2.0, 1.0 - above, share, half),
        withdrawn(share, crowd, above),
        closeness(share, above, crowd),
        control_today(share, above, crowd, 0.02),
        hidden_share(5.0 * share, 3.0 * above),
    )
    assert all(0.0 <= value <= 1.0 for value in values)
    assert impression(half, half) == pytest.approx(0.5)


def test_punishment_has_epsteins_form():
    """By hand: numbers put into the equations, and read back from the inclinations of a whole regime."""
    one = FEW.take([0])
    shares = np.array([[0.02, 0.1, 0.05, 0.03]])
    gain, s_0 = one["control_gain_forces"][0], one["defector_capacity"][0]
    belief = one["belief_rest"]  # a regime as nervous as at reference, so that control is as coded
    control = gain * one.conditions["control"][0]
    by_hand = {
        OFFICERS: 1 - np.exp(-control * 0.97 * 0.95 / (0.05 / s_0 + 0.5)),
        TROOPS: 1 - np.exp(-control * 0.95 * 0.9 / (0.1 / s_0 + 0.5)),
        ELITE: 1 - np.exp(-control * 0.97 / (0.03 / s_0 + 0.5)),
    }
    unafraid = one.loadings.copy()
    unafraid[:, :, DRIVERS.index("P")] = 0.0
    bold = one.product_loadings.copy()
    bold[:, :, PRODUCTS.index("hunger removes fear")] = 0.0
    brave = replace(one, loadings=unafraid, product_loadings=bold)
    feared = (inclined_one(one, shares, belief) - inclined_one(brave, shares, belief))[0]
    hungry = one.product_loadings[0, :, PRODUCTS.index("hunger removes fear")] * one.conditions["hardship"][0]
    for class_, risk in by_hand.items():
        loading = one.loadings[0, class_, DRIVERS.index("P")] + hungry[class_]
        assert feared[class_] == pytest.approx(loading * risk, abs=1e-8), COHORTS[class_]
    # On the street, K is what the forces can send: the coded strength less those who refuse or are held back.
    sent = one.conditions["force"][0] * 0.9 * (1.0 - one.conditions["cohesion"][0] * 0.03)
    risk = 1 - np.exp(-one["control_gain_civilians"][0] * sent / (1 + 0.02 / one["crowd_capacity"][0]))
    loading = one.loadings[0, CIVILIANS, DRIVERS.index("P")] + hungry[CIVILIANS]
    assert feared[CIVILIANS] == pytest.approx(loading * risk, abs=1e-8)


def inclined_one(parameters, shares, belief):
    return ndtri(Responses(parameters, FEW.rest.shares[:1])(shares, belief=belief)[0])


def two_mixes():
    """The same officers, held by rents alone or by identity alone, as loyal as each other at rest."""
    coded = Conditions({"rents": (0.6, 0.6), "identity": (0.6, 0.6)})
    drawn = draw_parameters(400, seed=3, conditions=coded)
    variants = []
    for held_by in ("V", "I"):
        loadings = drawn.loadings.copy()
        loadings[:, OFFICERS, DRIVERS.index("V")] = 0.0
        loadings[:, OFFICERS, DRIVERS.index("I")] = 0.0
        bind = 1.0 if held_by == "I" else 1.0 - drawn.rest.belief
        loadings[:, OFFICERS, DRIVERS.index(held_by)] = -1.5 / bind
        variants.append(replace(drawn, loadings=loadings))
    return variants, drawn.rest


def test_bought_loyalty_collapses_under_a_belief_shock_and_identity_loyalty_does_not():
    """McLauchlin 2010: equal loyalty from two mixes, the same shock to belief."""
    mixes, rest = two_mixes()
    maps = [Responses(mix, rest.shares) for mix in mixes]
    before = [one(rest.shares, belief=rest.belief)[0][:, OFFICERS] for one in maps]
    assert np.allclose(before[0], before[1], atol=1e-11)
    shock = np.maximum(rest.belief, 0.6)
    rents, identity = (ndtri(one(rest.shares, belief=shock)[0][:, OFFICERS]) for one in maps)
    # Rents of 0.6 that bind with 1.5 lose 0.6 of their hold: about 0.5 standard deviations more.
    assert (rents - identity > 0.3)[rest.belief < 0.3].all()
    by_hand = 1.5 * 0.6 * (1.0 - (1.0 - shock) / (1.0 - rest.belief))
    assert np.allclose(rents - identity, by_hand, atol=1e-6)


def test_guilt_holds_until_a_fall_is_more_likely_than_not():
    exposure = FEW.loadings[:, ELITE, DRIVERS.index("X")]
    more = replace(FEW, conditions={**FEW.conditions, "exposure": FEW.conditions["exposure"] + 0.1})
    for belief, sign in ((0.2, -1), (0.8, 1)):
        at = np.full(len(FEW), belief)
        change = (inclined(more, FEW.rest.shares, at) - inclined(FEW, FEW.rest.shares, at))[:, ELITE]
        assert np.allclose(change, exposure * 0.1 * (1 - 2 * belief), atol=1e-5)
        assert (sign * change[exposure < -0.01] > 0).all()


def test_units_follow_their_commander_as_far_as_they_cohere():
    """Officers who turn carry their troops along by obedience, beside what troops make of seeing them."""
    follows = PRODUCTS.index("units follow their commander")
    # Cohesion also decides who can be sent out, and so how many die: outrage is left out.
    calm = FEW.loadings.copy()
    calm[:, :, DRIVERS.index("O")] = 0.0
    loose, tight = (
        replace(FEW, loadings=calm, conditions={**FEW.conditions, "cohesion": np.full(len(FEW), index)})
        for index in (0.2, 0.8)
    )
    turned, at = FEW.rest.shares.copy(), np.full(len(FEW), 0.1)
    turned[:, OFFICERS] = 0.7
    change = (inclined(tight, turned, at) - inclined(loose, turned, at))[:, TROOPS]
    by_hand = FEW.product_loadings[:, TROOPS, follows] * 0.6 * 0.7 / (0.7 + FEW.half_saturation[:, OFFICERS])
    assert np.allclose(change, by_hand, atol=1e-5)


def records(**changes):
    """One run's record and an ordinary day of it, with the shares of nobody defying."""
    record, today = parameter_records(FEW)[0], np.zeros(1, dtype=TODAY)
    ordinary_day(record, today[0])
    for name, value in changes.items():
        today[name] = value
    return record, today[0]


def test_belief_rises_with_surprise_and_falls_with_survival():
    record, quiet = records(survived_days=30.0)
    rest = belief_target(record, quiet, 0.0)
    assert belief_target(record, quiet, 0.3) > rest
    assert belief_target(record, records(survived_days=0.0)[1], 0.0) > rest
    assert belief_target(record, records(survived_days=60.0)[1], 0.0) < rest
    assert survival_signal(0.2, 60.0) > survival_signal(0.2, 30.0)


@given(SHARE, SHARE, st.floats(0.01, 1.0), st.floats(0.05, 1.0))
def test_a_surprise_is_what_was_not_expected_as_far_as_it_is_seen(seen, expected, half, visibility):
    found = surprise(visibility, seen, expected, half)
    assert found == pytest.approx(-surprise(visibility, expected, seen, half), abs=1e-15)
    assert abs(found) <= visibility
    assert found * (seen - expected) >= 0.0


@given(SHARE, SHARE)
def test_an_order_to_barracks_passes_down_as_far_as_units_cohere(quarter, cohesion):
    assert withdrawn(quarter, 0.0, 0.7) == 0.0
    assert withdrawn(0.0, cohesion, 0.0) == 0.0
    assert withdrawn(quarter, 1.0, 0.0) == pytest.approx(quarter)
    assert withdrawn(quarter, cohesion, 1.0) >= withdrawn(quarter, cohesion, 0.0)


def test_expected_counts_by_hand():
    """The first day's counts, from what the diary says of shares, belief and K of that day."""
    start = date(2020, 1, 1)
    runs = simulate(FEW, start=start, days=1, seed=3, levers=[Lever("lethality", 0.5, start)])
    capacity, mobilised = runs.capacity[:, 0], runs.visible[:, 0, CIVILIANS]
    crowd = FEW["attendance"] * mobilised * FEW.population
    assert np.allclose(runs.crowd[:, 0], crowd, rtol=1e-6)
    assert np.allclose(runs.protests_rate[:, 0], crowd / FEW["protest_size"], rtol=1e-6)
    deaths = FEW["deaths_per_protester_day"] * np.exp(0.5) * capacity * crowd
    assert np.allclose(runs.deaths_rate[:, 0], deaths, rtol=1e-6)
    arrests = FEW["arrests_per_protester_day"] * capacity * crowd
    assert np.allclose(runs.civilians_arrested_rate[:, 0], arrests, rtol=1e-6)
    control, nervous = FEW.conditions["control"], np.maximum(runs.belief[:, 0] - FEW["belief_rest"], 0.0)
    tight = control + FEW.conditions["vigilance"] * (1.0 - control) * nervous
    hidden = FEW["military_arrests_per_hidden_day"] * tight * runs.hidden[:, 0, TROOPS] * FEW.strength
    # Who has left before cannot be found: of the visible at least those are gone.
    assert (runs.soldiers_arrested_rate[:, 0] <= hidden * (1 + 1e-6)).all()
    assert (runs.soldiers_arrested_rate[:, 0] >= hidden * (1 - runs.visible[:, 0, TROOPS]) * (1 - 1e-6)).all()
    told = FEW["refusal_reports_per_refuser_day"] * FEW.conditions["visibility"]
    refusals = told * runs.visible[:, 0, TROOPS] * FEW.strength
    assert np.allclose(runs.refusals_rate[:, 0], refusals, rtol=1e-6)


def test_an_attack_beyond_expectation_turns_the_clock_back_and_surviving_lets_it_run():
    """Angeletos, Hellwig and Pavan 2007: what was survived lately says less than what was survived long ago."""
    start = date(2020, 1, 1)
    march = [Lever("mobilisation", 3.0, start, 1)]
    plain, marched = (
        simulate(FEW, start=start, days=60, seed=3, levers=levers, pushes=False) for levers in ((), march)
    )
    held = (marched.end_day < 0) & FEW.rest.settled & (plain.end_day < 0)
    assert held.sum() >= 30
    # Soon after the march people believe more in a fall than they would have.
    assert np.mean(marched.belief[held, 5] > plain.belief[held, 5]) > 0.9
