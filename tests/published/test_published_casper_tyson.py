"""Casper and Tyson 2014: protest is a public signal by which elites coordinate a coup, more so where media are free.

Protest is public news y of a weak regime; free media make it precise (a_z). The elite's line is the critical strength.
"""

from dataclasses import replace

import numpy as np
import pytest

from garrison.stability import ensemble, gains
from garrison.stability.docking import Regime, critical_strengths, dearest_signal, response_to_news

CIVILIANS, ELITE = 0, 3


def line(cost, precision, public, signal):
    (found,) = critical_strengths(Regime(cost, precision, public, signal))
    return found


@pytest.mark.parametrize("cost", [0.4, 0.5, 0.6])
@pytest.mark.parametrize("public", [0.2, 0.6, 1.0])
def test_more_protest_raises_the_line_at_which_regimes_fall_to_a_coup(cost, public):
    lines = [line(cost, 1.0, public, signal) for signal in (0.8, 0.5, 0.2)]
    assert (np.diff(lines) > 0).all()


@pytest.mark.parametrize("cost", [0.4, 0.5, 0.6])
def test_freer_media_make_the_elite_react_more(cost):
    reactions = []
    for public in (0.1, 0.3, 0.6, 1.0):
        regime = Regime(cost, 1.0, public, 0.5)
        reactions.append(-response_to_news(regime, line(cost, 1.0, public, 0.5)))
    assert (np.diff(reactions) > 0).all()


@pytest.mark.parametrize("public", [0.2, 0.6, 1.0, 2.0])
def test_the_elite_overreacts(public):
    """More than one who reads the news for what it says of strength alone.

    Derived: with the line held where it is, that reader's cut moves by -a_z/a_x per unit of news; since others read it
    as well, the line itself moves, and the cut by (1 + a_z/a_x) dtheta*/dy besides.
    """
    regime, step = Regime(0.5, 1.0, public, 0.5), 1e-5
    better, worse = (replace(regime, public_signal=0.5 + side * step) for side in (1, -1))
    held = critical_strengths(regime)[0]

    def moved(cut_of):
        return (cut_of(better) - cut_of(worse)) / (2 * step)

    alone = moved(lambda game: dearest_signal(game, held))
    together = moved(lambda game: dearest_signal(game, critical_strengths(game)[0]))
    assert together < alone < 0
    beyond = (1 + public / regime.private_precision) * response_to_news(regime, held)
    assert together == pytest.approx(alone + beyond, rel=1e-6)


def test_protest_reaches_the_elite_of_the_model_and_more_so_where_it_is_seen():
    """In at least nine of ten admitted regimes: d elite / d civilians is positive, and larger with free media.

    The shares at which the slopes are taken are the same for both, those of the regime's own rest.
    """
    regimes = ensemble(200, seed=9)
    reaction = {}
    for visibility in (0.3, 0.9):
        slopes = gains(regimes.with_condition("visibility", visibility), regimes.rest.shares)
        through_belief = slopes.by_belief[:, ELITE] * slopes.of_belief[:, CIVILIANS]
        reaction[visibility] = slopes.shares[:, ELITE, CIVILIANS] + through_belief
    share = (reaction[0.9] > reaction[0.3]).mean()
    print(f"reaction larger with free media in {share:.1%} of regimes")
    assert (reaction[0.3] > 0).mean() >= 0.9
    assert share >= 0.9
