"""Laws of the engine on any layout: heads and money are conserved, names and numbers of places do not matter."""

import itertools
import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_countries import START, divided, random_levers, regimes, two_by_two
from stepped_run import evenings

from garrison.engines import Beginning, local_pushes, pushes_of_all_days, simulate
from garrison.regime import COUNTED, Force, Layout, Place
from garrison.regime.cohorts import CIVILIANS, ELITE, OFFICERS, TROOPS

pytestmark = pytest.mark.slow

LAYOUTS = (Layout.national, two_by_two, divided)
SERIES = (
    "visible",
    "hidden",
    "left",
    "belief",
    "capacity",
    "resisting",
    *(f"{name}_rate" for name in COUNTED),
)
FATES = (
    "break_day",
    "hollow_day",
    "fracture_day",
    "coup_day",
    "desertion_day",
    "split_day",
    "end_day",
    "end",
)


def same(first, second, chosen=slice(None), days=slice(None)):
    for name in SERIES:
        assert np.array_equal(getattr(first, name)[chosen, days], getattr(second, name)[:, days]), name


@given(st.sampled_from(LAYOUTS), st.integers(0, 10**6), st.booleans())
@settings(max_examples=40, deadline=None)
def test_heads_are_conserved_on_every_day_under_any_levers(country, seed, shaken):
    """Loyal, refusing, left, jailed and dead are all the heads there are, and none of them is below nothing."""
    few = regimes(2, country(), seed=seed)
    begin = Beginning(np.random.default_rng(seed).uniform(0.0, 1.0, 4), belief=0.7) if shaken else None
    before = None
    for run in range(len(few)):
        for state in evenings(
            few, run, start=START, days=50, seed=seed, levers=random_levers(seed, 50), begin=begin
        ):
            heads = state.people
            for part in (heads.refusing, heads.left, heads.jailed, heads.dead):
                assert part.min() >= -1e-15
            assert (heads.refusing + heads.left + heads.jailed + heads.dead).max() <= 1.0 + 1e-12
            assert np.allclose(heads.visible, heads.refusing + heads.left, rtol=0, atol=1e-15)
            # Nobody comes back from where there is no return, and civilians have nowhere to go.
            for name in ("left", "jailed", "dead"):
                assert before is None or (getattr(heads, name) >= getattr(before, name) - 1e-15).all()
            assert heads.left[few.layout.cohort_class == CIVILIANS].max() == 0.0
            before = heads
        before = None


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_every_dollar_that_comes_in_is_spent_or_kept(seed):
    few = regimes(1, seed=seed)
    reserves = float(few.conditions["reserves"][0])
    for state in evenings(few, 0, start=START, days=50, seed=seed, levers=random_levers(seed, 50)):
        purse = state.purse
        came = purse["income"] + purse["credit"] + purse["printed"] + purse["drawn"]
        owed = purse["new_arrears"] + purse["not_bought"]
        went = purse["debt_paid"] + purse["due"] + purse["repaid"] + purse["filled"]
        assert came + owed == pytest.approx(went, abs=1e-9)
        assert purse["reserves"] == pytest.approx(reserves - purse["drawn"] + purse["filled"], abs=1e-9)
        assert purse["reserves"] >= 0.0
        reserves = float(purse["reserves"])


@pytest.mark.parametrize("country", LAYOUTS)
def test_replicate_seed_and_horizon_decide_and_nothing_else(country):
    many = regimes(40, country())
    arguments = {"start": START, "seed": 9, "levers": random_levers(4, 20)}
    runs = simulate(many, days=45, **arguments)
    same(runs, simulate(many, days=45, **arguments))
    same(runs, simulate(regimes(7, country()), days=45, **arguments), slice(0, 7))
    same(runs, simulate(many.take([31, 3, 3]), days=45, **arguments), [31, 3, 3])
    same(runs, simulate(many, days=20, **arguments), days=slice(0, 20))


def test_one_thread_and_two_give_the_same_bytes(monkeypatch):
    """More runs than are handed out at once, so that two threads really share them."""
    many = regimes(600)
    found = {}
    for n_cores in (1, 2):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, n=n_cores: set(range(n)))
        found[n_cores] = simulate(many, start=START, days=25, seed=9)
    for name in SERIES:
        assert getattr(found[1], name).tobytes() == getattr(found[2], name).tobytes()
    for name in FATES:
        assert getattr(found[1], name).tobytes() == getattr(found[2], name).tobytes()


def three_places():
    places = [
        Place("Centre", 3e6, capital=True, shifts={"hardship": -0.1}),
        Place("Coast", 1e6, border=True, shifts={"haven": 0.3}),
        Place("Hills", 2e6, shifts={"hardship": 0.2, "kinship": 0.2}),
    ]
    forces = [Force("army", 60_000, crowd_weight=0.4), Force("guard", 20_000, spread=(0.5, 0.2, 0.3))]
    return Layout("three places", places, forces)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[1:])
def test_the_order_of_places_does_not_matter(order):
    plain, moved = three_places(), three_places().permuted(order)
    where = [moved.names.index(name) for name in plain.names]
    one, other = regimes(6, plain), regimes(6, moved)
    assert np.allclose(one.rest.shares, other.rest.shares[:, where], rtol=0, atol=1e-9)
    levers = random_levers(2, 40)
    for run in range(len(one)):
        both = [evenings(few, run, start=START, days=40, seed=3, levers=levers) for few in (one, other)]
        assert len(both[0]) == len(both[1])
        for first, second in zip(*both, strict=True):
            assert np.allclose(first.people.visible, second.people.visible[where], rtol=0, atol=1e-9)
            assert first.today["belief"] == pytest.approx(float(second.today["belief"]), abs=1e-9)
            for name in ("break_day", "hollow_day", "coup_day", "end_day", "end"):
                assert first.fate[name] == second.fate[name], name


def test_identical_places_and_forces_are_one_nation_where_everything_is_seen():
    """With full visibility and no pushes of a place's own, each of them lives what the nation lives.

    Below full visibility they do not: what happens elsewhere reaches a place through the media, while a nation that is
    not divided sees all of its own class.
    """
    places = [Place(name, size, capital=name == "A") for name, size in (("A", 1.0), ("B", 2.0), ("C", 0.5))]
    forces = [Force("army", 3.0, crowd_weight=0.3, command=0.8), Force("guard", 1.0, command=0.2)]
    layout = Layout("alike", places, forces)
    seen = regimes(40).with_condition("visibility", 1.0)
    seen = replace(seen, scalars={**seen.scalars, "push_local": np.zeros(len(seen))})
    levers = [
        lever for lever in random_levers(6, 60) if lever.name not in ("censor", "blackout", "verify", "leak")
    ]
    arguments = {"start": START, "days": 60, "seed": 3, "levers": levers}
    nation, country = simulate(seen, **arguments), simulate(seen.on(layout), detail=True, **arguments)
    for name in SERIES:
        assert np.allclose(getattr(nation, name), getattr(country, name), rtol=2e-6, atol=1e-9), name
    for name in FATES:
        assert np.array_equal(getattr(nation, name), getattr(country, name)), name
    civilians = country.by_cohort[:, :, country.parameters.layout.cohort_class == CIVILIANS]
    assert np.allclose(civilians, civilians[:, :, :1], rtol=1e-6, atol=1e-9)
    dimmed = seen.with_condition("visibility", 0.5)
    assert not np.allclose(dimmed.rest.shares[:, ELITE], dimmed.on(layout).rest.shares[:, -1], rtol=1e-4)


@pytest.mark.parametrize("country", LAYOUTS)
@pytest.mark.parametrize("factor", [0.01, 3.0, 1000.0])
def test_strength_is_dimensionless(country, factor):
    """More people and soldiers in proportion: more of everything that is counted, no share moved."""
    one = regimes(30, country())
    scaled = replace(one, population=factor * one.population, strength=factor * one.strength)
    arguments = {"start": START, "days": 40, "seed": 9, "levers": random_levers(11, 40)}
    small, large = simulate(one, **arguments), simulate(scaled, **arguments)
    for name in ("visible", "hidden", "left", "belief", "capacity", "resisting"):
        assert np.allclose(getattr(small, name), getattr(large, name), rtol=1e-6, atol=1e-10), name
    for name in COUNTED:
        rate = f"{name}_rate"
        assert np.allclose(factor * getattr(small, rate), getattr(large, rate), rtol=1e-5, atol=0), name
    for name in FATES:
        assert np.array_equal(getattr(small, name), getattr(large, name)), name


def test_heads_of_a_layout_may_be_counted_in_any_unit():
    def layout(unit):
        places = [Place("Centre", 3 * unit, capital=True), Place("Coast", unit)]
        return Layout("units", places, [Force("army", 3 * unit), Force("guard", unit, crowd_weight=0.5)])

    one, other = (simulate(regimes(20, layout(unit)), start=START, days=30, seed=9) for unit in (1.0, 1e6))
    for name in SERIES:
        assert np.allclose(getattr(one, name), getattr(other, name), rtol=1e-6, atol=1e-10), name


@pytest.mark.parametrize("country", LAYOUTS)
def test_a_regime_at_rest_stays_at_rest_when_nothing_pushes(country):
    """For the draws whose search for rest came to a halt, and whose rest does not end them at once."""
    few = regimes(60, country())
    runs = simulate(few, start=START, days=120, seed=9, pushes=False, detail=True)
    kept = few.rest.settled & (runs.end_day < 0)
    assert kept.sum() >= 40
    away = np.abs(runs.by_cohort - few.rest.shares[:, None, :].astype(np.float32))[kept]
    # Slow drift remains: deaths among the forces, arrests and leaving are not part of the quiet state.
    stays = away.max(axis=(1, 2)) <= 0.02
    assert stays.mean() > 0.9


@given(
    st.lists(st.sampled_from("ABCDEFGH"), min_size=2, max_size=8, unique=True),
    st.randoms(use_true_random=False),
    st.integers(0, 10**6),
)
@settings(max_examples=30, deadline=None)
def test_a_place_keeps_its_pushes_whichever_other_places_there_are(names, shuffle, seed):
    """Places in any order, and some of them with others beside them: the same pushes day by day under each name."""

    def pushes_by_name(chosen):
        places = [Place(name, 1e6, capital=number == 0) for number, name in enumerate(chosen)]
        few = regimes(3, seed=5).on(Layout("places", places, [Force("army", 50_000)]))
        pushes = local_pushes(few, slice(None), seed=seed, days=21)
        return {name: pushes[:, :, place] for place, name in enumerate(chosen)}

    all_ = pushes_by_name(names)
    moved = shuffle.sample(names, len(names))
    for other in (pushes_by_name(moved), pushes_by_name(moved[:2]), pushes_by_name([*moved, "Z"])):
        for name in set(names) & set(other):
            assert np.array_equal(all_[name], other[name]), name
    # Chance of one's own: no two places share a day and a size.
    for one, two in itertools.combinations(names, 2):
        assert not np.array_equal(all_[one], all_[two])


def test_a_push_of_a_place_is_that_of_its_name():
    one, other = (regimes(5, layout) for layout in (three_places(), three_places().permuted([2, 0, 1])))
    first, second = (local_pushes(few, slice(None), seed=1, days=30) for few in (one, other))
    assert np.array_equal(first, second[:, :, [1, 2, 0]])
    assert (first > 0).any(axis=(1, 2)).all()
    # The part that all places share and the part that is their own make up the national push on average.
    shared = pushes_of_all_days(one, seed=1, days=30)[:, :, TROOPS]
    national = pushes_of_all_days(one.on(Layout.national()), seed=1, days=30)[:, :, TROOPS]
    assert np.allclose(shared, (1.0 - one["push_local"])[:, None] * national, rtol=1e-6)
    assert np.array_equal(
        pushes_of_all_days(one, seed=1, days=30)[:, :, OFFICERS],
        pushes_of_all_days(one.on(Layout.national()), seed=1, days=30)[:, :, OFFICERS],
    )
