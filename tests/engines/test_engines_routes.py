"""Both routes to a break: from above, elite then officers then troops; from below, troops then officers then elite.

Sources: Albrecht and Ohl 2016; Albrecht, Koehler and Schutz 2021 (SF4, SF5). A route is a layout: what sets one class
apart begins on the first day, from the rest of the regime without it. Seeds are fixed; a line lies at least three
standard errors from the figure printed, so that a perfect program with another seed passes with a chance above 99%.
"""

import functools
import itertools
from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from garrison.engines import Beginning, simulate
from garrison.regime import Layout, Lever
from garrison.stability import ensemble
from garrison.stability.responses import Responses

pytestmark = pytest.mark.slow

START = date(2020, 1, 1)
DAYS = 200
CIVILIANS, TROOPS, OFFICERS, ELITE = range(4)
LETTERS = {TROOPS: "S", OFFICERS: "O", ELITE: "E"}
NAMES = {TROOPS: "troops", OFFICERS: "officers", ELITE: "elite"}
LINE = 0.25

# As far as the conditions' ranges go: rents and identity of the top gone; the ranks unpaid conscripts of the street.
ROUTES = {
    "above": {"elite": {"identity": -0.9, "rents": -0.9}},
    "below": {"troops": {"identity": -0.9, "pay": -0.9, "kinship": 0.9, "cohesion": -0.3}},
}


@functools.cache
def regimes():
    return ensemble(2000, seed=45).with_condition("cohesion", 0.5)


@functools.cache
def on_route(route):
    """The same regimes on the route's layout, still where they were at rest before."""
    return replace(regimes().on(Layout.national().shifted(ROUTES[route])), rest=regimes().rest)


@functools.cache
def crisis(route, *, pushes=False):
    return simulate(on_route(route), start=START, days=DAYS, seed=45, pushes=pushes)


def orders(crossed):
    """Count the orders in which classes cross; "=" between those of one day, nothing for who never does."""
    found = Counter()
    for days in crossed:
        came = sorted(
            (day, letter) for day, letter in zip(days, LETTERS.values(), strict=True) if np.isfinite(day)
        )
        text = ""
        for place, (day, letter) in enumerate(came):
            text += ("=" if place and day == came[place - 1][0] else "") + letter
        found[text] += 1
    return found


def days_of_crossing(runs):
    days = np.stack([runs.first_crossing(name, LINE) for name in NAMES.values()], axis=1).astype(float)
    days[days < 0] = np.inf
    return days


@functools.cache
def flow(route):
    """Day on which each class passes the line in the fast flow, no contest cutting it short; (run, class)."""
    parameters = on_route(route)
    response = Responses(parameters, parameters.rest.shares)
    shares, belief = parameters.rest.shares.copy(), parameters.rest.belief.copy()
    crossed = np.full((len(parameters), 3), np.inf)
    for day in range(300):
        _, led_to = response(shares)
        belief = belief + parameters["belief_speed"] * (led_to - belief)
        drawn_to, _ = response(shares, belief=belief)
        shares = shares + parameters.reaction_rate * (drawn_to - shares)
        new = (shares[:, 1:] >= LINE) & ~np.isfinite(crossed)
        crossed[new] = day
    return crossed


def leads(crossed, letter):
    """Share of the runs in which anybody crosses where this class is the first, alone."""
    place = list(LETTERS.values()).index(letter)
    some = np.isfinite(crossed).any(axis=1)
    others = np.delete(crossed, place, axis=1).min(axis=1)
    return (crossed[:, place] < others)[some].mean()


# SF4 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("route", "first", "least"), [("above", "E", 0.7), ("below", "S", 0.9)])
def test_the_class_that_lost_its_ties_goes_first(route, first, least):
    """SF4 with coups fought out, nothing else happening: who passes 25% first, of the runs where anybody does."""
    runs = crisis(route)
    crossed = days_of_crossing(runs)
    share, broke = leads(crossed, first), runs.break_day >= 0
    n_crossed = np.isfinite(crossed).any(axis=1).sum()
    print(f"SF4 {route}: breaks {broke.mean():.3f}; {first} first in {share:.3f} of {n_crossed}")
    print(f"     orders among the runs that break: {orders(crossed[broke]).most_common(6)}")
    assert n_crossed >= 100
    assert share > least


@pytest.mark.parametrize("route", ["above", "below"])
def test_the_route_is_told_from_the_other_amid_the_pushes_of_a_crisis(route):
    """SF4 with everything that happens in a crisis: the route's own class leads more often than on the other route."""
    first, other = ("E", "below") if route == "above" else ("S", "above")
    here, there = (leads(days_of_crossing(crisis(name, pushes=True)), first) for name in (route, other))
    print(f"SF4 {route}, with pushes: {first} first in {here:.3f}, on the other route in {there:.3f}")
    assert here > there + 0.3


@pytest.mark.parametrize(("route", "order"), [("above", "EOS"), ("below", "SOE")])
def test_where_all_three_go_the_rest_follows_rank_by_rank(route, order):
    """SF4, the whole order: in the fast flow, where no contest cuts it short, this is the commonest order of three."""
    crossed = flow(route)
    found = orders(crossed[np.isfinite(crossed).all(axis=1)])
    (commonest, _), total = found.most_common(1)[0], found.total()
    print(f"SF4 {route}: all three go in {total} of {len(crossed)}; {order} in {found[order] / total:.3f}")
    print(f"     commonest: {found.most_common(5)}")
    assert total >= 100
    assert commonest == order
    assert found[order] > 1 / 3


def test_the_orders_are_each_other_s_reverse():
    """SF4: hardly a run goes elite, officers, troops on the route from below, or the reverse on that from above."""
    for route, reverse in (("above", "SOE"), ("below", "EOS")):
        crossed = flow(route)
        found = orders(crossed[np.isfinite(crossed).all(axis=1)])
        share = found[reverse] / found.total()
        print(f"SF4 {route}: the reverse order {reverse} in {share:.3f} of {found.total()}")
        assert share < 0.15


# SF5 -------------------------------------------------------------------------------------------------------------


@functools.cache
def attempts():
    """Every coup and plot of 6,000 crises, whole or short of pay: shares on the eve, a fracture or not, won or not."""
    rows = []
    for levers in ((), (Lever("pay", -0.5, START, 10),)):
        runs = simulate(ensemble(6000, seed=46), start=START, days=130, seed=46, levers=levers)
        tried = np.flatnonzero(runs.coup_day >= 1)
        eve = runs.visible[tried, runs.coup_day[tried] - 1]
        rows.append((eve, runs.fracture_day[tried] == runs.coup_day[tried], runs.coup_won[tried]))
    return [np.concatenate(part) for part in zip(*rows, strict=True)]


def success(won, words):
    rate = won.mean()
    print(
        f"SF5: {words}: {won.sum()} of {len(won)} won, {rate:.3f} +- {np.sqrt(rate * (1 - rate) / len(won)):.3f}"
    )
    return rate


@pytest.mark.slow
def test_a_faction_of_generals_wins_more_often_than_a_faction_of_officers():
    """SF5: two fifths of the generals, the line of a fracture, against officers who are short of half of their own."""
    eve, fractured, won = attempts()
    faction = ~fractured & (eve[:, OFFICERS] > eve[:, ELITE]) & (eve[:, OFFICERS] < 0.45)
    above = success(won[fractured], "an elite that fractures")
    below = success(won[faction], "officers, fewer than half of them")
    assert min(fractured.sum(), faction.sum()) >= 30
    assert above > below + 0.15


@pytest.mark.slow
def test_attempts_from_the_top_succeed_more_often_than_those_from_below():
    """SF5, every attempt, half of the officers included: led by the rank of which more had turned on the eve."""
    eve, _, won = attempts()
    top_leads = eve[:, ELITE] >= eve[:, OFFICERS]
    above, below = success(won[top_leads], "led from the top"), success(won[~top_leads], "led by officers")
    assert above > below


def test_generals_carry_units_along_as_far_as_units_hold_together():
    """SF5, why: the same fracture, with every cohesion; a run that is won in looser units is won in tighter ones."""
    fracture = np.array([0.0, 0.0, 0.0, 0.6])
    won = []
    for cohesion in (0.0, 0.25, 0.5, 0.75, 1.0):
        regime = regimes().take(np.arange(300)).with_condition("cohesion", cohesion)
        runs = simulate(regime, start=START, days=1, seed=1, pushes=False, begin=Beginning(shares=fracture))
        assert (runs.coup_day == 0).all()
        won.append(runs.coup_won)
    print(f"SF5: fracture won at cohesion 0 to 1: {[round(float(item.mean()), 3) for item in won]}")
    for looser, tighter in itertools.pairwise(won):
        assert not (looser & ~tighter).any()
    assert won[0].mean() < 0.05
    assert won[-1].mean() > 0.95
