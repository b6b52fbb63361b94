"""What becomes of regimes: each outcome has a setting that brings it about and one that does not.

Displacements and levers are those that define an outcome; nothing else happens where `pushes=False`.
"""

import functools
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from garrison.engines import ENDINGS, Beginning, simulate
from garrison.regime import Force, Layout, Lever, Place
from garrison.stability import ensemble

pytestmark = pytest.mark.slow

START = date(2020, 1, 1)
CIVILIANS, TROOPS, OFFICERS, ELITE = range(4)


def day(number):
    return START + timedelta(days=number)


@functools.cache
def regimes():
    return ensemble(400, seed=47)


def quiet(parameters=None, days=60, levers=(), begin=None, **how):
    """Days on which nothing happens but what is asked for."""
    chosen = regimes() if parameters is None else parameters
    return simulate(chosen, start=START, days=days, seed=47, levers=levers, pushes=False, begin=begin, **how)


def displaced(civilians=0.0, troops=0.0, officers=0.0, elite=0.0):
    return Beginning(shares=np.array([civilians, troops, officers, elite]))


@functools.cache
def untouched():
    return quiet(days=200)


def test_where_nothing_happens_nothing_becomes_of_a_regime():
    runs = untouched()
    for name in (
        "break_day",
        "hollow_day",
        "fracture_day",
        "coup_day",
        "desertion_day",
        "split_day",
        "end_day",
    ):
        assert (getattr(runs, name) == -1).all(), name
    assert (runs.end == "").all()
    assert not runs.coup_won.any()


# Individual defection and mass desertion ---------------------------------------------------------------------------


def test_refusing_is_no_defection_and_leavers_do_not_come_back():
    """Troops who refuse for a day return; who has left stays away, day by day."""
    runs = quiet(begin=displaced(troops=0.3))
    assert (np.diff(runs.left, axis=1) >= -1e-6).all()
    refused, left = runs.visible[:, 0, TROOPS] - runs.left[:, 0, TROOPS], runs.left[:, -1, TROOPS]
    back = runs.visible[:, -1, TROOPS] < 0.1
    print(
        f"troops displaced to 0.3: back in {back.mean():.2f} of regimes, gone for good {np.median(left):.4f} (median)"
    )
    assert (refused > 0.2).all()
    assert back.mean() > 0.5


def test_an_army_that_is_not_paid_loses_a_tenth_of_its_strength_and_one_that_is_does_not():
    cut = [Lever("pay", -1.0, day(0), 20), Lever("open_border", 0.7, day(0), 20)]
    unpaid = quiet(days=200, levers=cut)
    gone = unpaid.left[:, :, TROOPS]
    deserted = unpaid.desertion_day >= 0
    print(
        f"mass desertion: {deserted.mean():.2f} unpaid, border open; {(untouched().desertion_day >= 0).mean():.2f} paid"
    )
    assert deserted.sum() >= 30
    assert (gone[deserted, unpaid.desertion_day[deserted]] >= 0.1 - 1e-6).all()
    first = np.flatnonzero(deserted & (unpaid.desertion_day > 0))
    assert (gone[first, unpaid.desertion_day[first] - 1] < 0.1 + 1e-6).all()
    assert (gone[~deserted] < 0.1 + 1e-6).all()


# Unit break, hollow ranks ------------------------------------------------------------------------------------------


def test_a_unit_whose_officers_turn_breaks_and_one_whose_ranks_refuse_is_hollow():
    taken, hollow = quiet(begin=displaced(officers=0.8)), quiet(begin=displaced(troops=0.8))
    broken = [(runs.break_day == 0).mean() for runs in (taken, hollow)]
    print(f"breaks: {broken[0]:.2f} with officers at 0.8, {broken[1]:.2f} with troops at 0.8")
    assert (taken.break_day == 0).all()
    assert (hollow.break_day != 0).all()
    assert (hollow.hollow_day == 0).mean() > 0.9
    assert (taken.hollow_day == -1).mean() > 0.9


def two_places(in_the_capital):
    """Half of the army's people turned in one of two places, without a cause elsewhere."""
    turned = {"identity": -0.9, "rents": -0.9, "pay": -0.9, "exposure": -0.9, "control": -0.9}
    places = [
        Place("Capital", 4e6, capital=True, shifts=turned if in_the_capital else {}),
        Place("North", 6e6, shifts={} if in_the_capital else turned),
    ]
    at_rest = Layout(
        "calm", [Place("Capital", 4e6, capital=True), Place("North", 6e6)], [Force("army", 100_000.0)]
    )
    changed = Layout("torn", places, [Force("army", 100_000.0)])
    return replace(regimes().on(changed), rest=regimes().on(at_rest).rest)


def test_two_armies_face_each_other_where_units_away_from_the_capital_turn():
    """A split is neither a break nor a hold: the north's units are gone, the capital's are loyal, for days."""
    runs = quiet(two_places(in_the_capital=False), days=200, detail=True)
    split = runs.split_day >= 0
    alone = split & (runs.break_day < 0)
    names = list(runs.parameters.layout.names)
    north, capital = (names.index(f"officers, {place}") for place in ("North", "Capital"))
    at = runs.by_cohort[np.flatnonzero(split), runs.split_day[split]]
    print(f"split: {split.mean():.2f} of regimes, {alone.mean():.2f} without any break; one place: 0.00")
    assert split.sum() >= 30
    assert alone.any()
    assert (at[:, north] >= 0.5).all()
    assert (at[:, capital] < 0.5).all()
    assert (untouched().split_day == -1).all()


def test_the_same_units_in_the_capital_make_a_break():
    runs, north = (
        quiet(two_places(in_the_capital=True), days=200),
        quiet(two_places(in_the_capital=False), days=200),
    )
    here, there = (item.break_day >= 0 for item in (runs, north))
    print(f"units turned in the capital: break in {here.mean():.2f}; in the north: {there.mean():.2f}")
    assert here.mean() > 2 * there.mean()


# Elite fracture, coup, reversal ------------------------------------------------------------------------------------


def test_an_elite_fractures_when_the_loyal_part_falls_below_its_line():
    """Line: loyal weight 0.6; the first evening's share says on which side of it a regime is."""
    runs = quiet(begin=displaced(elite=0.45), days=1)
    over = runs.fracture_day == 0
    below = quiet(begin=displaced(elite=0.3), days=1)
    print(f"elite at 0.45: fracture in {over.mean():.2f}; at 0.3: {(below.fracture_day == 0).mean():.2f}")
    assert over.mean() > 0.5
    assert (runs.break_day[over] == 0).all()
    assert (runs.coup_day[over] == 0).all()
    assert (runs.visible[~over, 0, ELITE] < 0.4).all()
    assert (below.fracture_day == -1).all()


def test_a_fracture_wins_where_units_follow_and_is_reversed_where_they_do_not():
    """2002: units that do not follow their generals leave them alone; the purge makes a more loyal top."""
    won = quiet(regimes().with_condition("cohesion", 1.0), begin=displaced(elite=0.6))
    lost = quiet(regimes().with_condition("cohesion", 0.0), begin=displaced(elite=0.6))
    twin = quiet(regimes().with_condition("cohesion", 0.0))
    print(f"coups won: {won.coup_won.mean():.2f} at cohesion 1, {lost.coup_won.mean():.2f} at cohesion 0")
    assert won.coup_won.mean() > 0.95
    assert (won.end[won.coup_won] == "coup from above").all()
    assert (won.end_day[won.coup_won] == 0).all()
    reversed_ = (lost.coup_day == 0) & ~lost.coup_won
    assert reversed_.mean() > 0.95
    assert (lost.end_day[reversed_] == -1).mean() > 0.95
    after = lost.visible[reversed_, 1, ELITE]
    hidden, before = (runs.hidden[reversed_, 10, ELITE] for runs in (lost, twin))
    print(f"after the purge: elite {np.median(after):.4f} (median), {after.max():.4f} at most; ")
    print(f"    hidden dissent of the elite {np.median(hidden / before):.2f} of what it was (median)")
    assert (after < 0.6 / 4).all()
    assert np.median(after) < 0.01
    assert (hidden <= before + 1e-7).mean() > 0.75
    assert np.median(hidden / before) < 0.95


def test_a_plot_comes_to_light_where_plotters_are_helped():
    """The plot lever raises the hazard by its factor; who plots with it plots no later than without."""
    many = ensemble(3000, seed=48)
    plain, helped = (
        simulate(many, start=START, days=130, seed=48, levers=levers)
        for levers in ((), (Lever("plot", 1.0, day(1), 1),))
    )
    tried, tried_then = (runs.coup_day >= 0 for runs in (plain, helped))
    print(f"coups tried: {tried.mean():.4f} plain, {tried_then.mean():.4f} with plotters helped")
    assert tried_then.sum() > tried.sum() + 3 * np.sqrt(tried.sum())


# The street ---------------------------------------------------------------------------------------------------------


@functools.cache
def called_out(cohesion, *levers):
    regime = regimes().with_condition("cohesion", cohesion)
    return quiet(regime, levers=[Lever(name, size, day(first), ramp) for name, size, first, ramp in levers])


CALL, QUARTER = ("mobilisation", 3.0, 2, 10), ("quarter", 1.0, 4, 1)


def test_the_street_takes_a_capital_that_nobody_holds():
    """A mobilised capital falls where its troops are kept in barracks, and hardly where they are sent out."""
    sent, kept = called_out(0.8, CALL), called_out(0.8, CALL, QUARTER)
    fell, fell_then = (runs.end == "street" for runs in (sent, kept))
    print(
        f"fallen to the street: {fell.mean():.3f} with troops sent out, {fell_then.mean():.3f} with troops in barracks"
    )
    assert fell_then.mean() > 0.3
    assert fell.mean() < 0.2
    assert (kept.end_day[fell_then] >= 6).all()


@pytest.mark.parametrize("cohesion", [0.2, 0.8])
def test_quartered_troops_are_missing_from_the_street_and_need_not_refuse(cohesion):
    """K falls at once by the share ordered times the share that obeys; troops as a class defy no more that day."""
    plain, quartered = called_out(cohesion), called_out(cohesion, QUARTER)
    stands = (plain.end_day < 0) | (plain.end_day > 4)
    kept = quartered.capacity[stands, 4] / plain.capacity[stands, 4]
    moved = np.abs(quartered.visible[stands, 4, TROOPS] - plain.visible[stands, 4, TROOPS])
    print(
        f"quarter at cohesion {cohesion}: K times {kept.min():.3f} to {kept.max():.3f}; troops move {moved.max():.1e}"
    )
    assert np.allclose(kept, 1 - cohesion, atol=0.01)
    assert moved.max() < 1e-3
    assert stands.mean() > 0.9
    assert (quartered.visible[stands, 10, TROOPS] < 0.1).mean() > 0.9


# Competing ends -----------------------------------------------------------------------------------------------------

LEVER_OF = {
    "exit": "safe_exit",
    "pact": "dialogue",
    "election": "call_election",
    "patron": "patron_withdraws",
    "foreign force": "intervention",
}


@functools.cache
def ends(*levers):
    many = ensemble(4000, seed=49)
    return simulate(
        many, start=START, days=130, seed=49, levers=[Lever(name, 1.0, day(1), 1) for name in levers]
    )


def test_every_end_has_a_test():
    covered = {"", "street", "coup from above", "coup from below", *LEVER_OF}
    assert covered == set(ENDINGS)


@pytest.mark.slow
@pytest.mark.parametrize("end", list(LEVER_OF))
def test_each_end_comes_with_its_lever_and_seldom_without(end):
    """Counts over 4,000 crises; three Poisson errors of the plain count apart."""
    plain, pulled = ((runs.end == end).sum() for runs in (ends(), ends(LEVER_OF[end])))
    print(f"{end}: {plain} plain, {pulled} with {LEVER_OF[end]}")
    assert pulled >= 10
    assert pulled > plain + 3 * np.sqrt(max(plain, 1))


@pytest.mark.slow
@pytest.mark.parametrize("end", list(LEVER_OF))
def test_a_leader_who_goes_by_another_way_is_no_break(end):
    """Nobody's forces broke on the day on which a leader left, was voted out, bargained or was removed from abroad."""
    runs = ends(LEVER_OF[end])
    so = runs.end == end
    assert so.any()
    assert (runs.break_day[so] != runs.end_day[so]).all()
    print(f"{end}: {(runs.break_day[so] < 0).mean():.2f} of {so.sum()} without any break before")
    assert (runs.break_day[so] < 0).mean() > 0.5


def test_an_end_is_the_last_day_of_a_regime():
    """Shares stay as they were, nobody marches and nobody dies after it."""
    runs = ends("safe_exit")
    ended = np.flatnonzero((runs.end == "exit") & (runs.end_day < 120))
    assert len(ended) > 0
    for run in ended:
        last = runs.end_day[run]
        assert (runs.visible[run, last:] == runs.visible[run, last]).all()
        assert (runs.crowd[run, last + 1 :] == 0).all()
        assert (runs.deaths_rate[run, last + 1 :] == 0).all()
