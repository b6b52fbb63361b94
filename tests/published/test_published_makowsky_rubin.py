"""Makowsky and Rubin 2013: centralisation, range of sight, hidden preferences, cascades.

Signs of the published abstract, on 61 places in a ring, in 40 societies that differ in how peers weigh; fixed seed. A
centre that weighs more hides more, and its weakening sets more free. The sign of sight is theirs where opposition is
common: the impression m/(m + h) is concave there, so that the mean of many places impresses more than each alone.
Where opposition is rare it is the other way round: it lives in pockets that feed themselves, and sight thins them out.
"""

import functools
from dataclasses import replace

import numpy as np
import pytest

from garrison.errors import ParameterError
from garrison.regime.thresholds import Thresholds
from garrison.stability.docking import Ring, opposition_at_rest, private_opposition

SIGHTS = (0, 2, 30)
LOOSE, TIGHT = 1.2, 1.5
N_PLACES, N_SOCIETIES = 61, 40


@functools.cache
def societies():
    """Hidden share and cascade of each society: (society, centralisation, sight)."""
    generator = np.random.default_rng(2013)
    hidden, cascade = np.empty((2, N_SOCIETIES, 2, 3))
    for society in range(N_SOCIETIES):
        spread, peers, half = generator.uniform((0.3, 0.8, 0.1), (0.7, 1.6, 0.3))
        # The same mix of places everywhere, in an order of its own: the mix itself is not left to chance.
        discontent = generator.permutation(Thresholds.normal(0.0, spread).crowd(N_PLACES))
        for row, centre in enumerate((LOOSE, TIGHT)):
            for column, sight in enumerate(SIGHTS):
                ring = Ring(peers=peers, half=half, sight=sight, centralisation=centre)
                public = opposition_at_rest(ring, discontent)
                weaker = replace(ring, centralisation=0.4 * centre)
                hidden[society, row, column] = (private_opposition(ring, discontent) - public).mean()
                cascade[society, row, column] = (
                    opposition_at_rest(weaker, discontent, public) - public
                ).mean()
    return hidden, cascade


def test_more_is_hidden_where_the_centre_weighs_more():
    hidden, _ = societies()
    assert (hidden[:, 1] > hidden[:, 0]).mean() >= 0.9


@pytest.mark.parametrize("spread", [0.3, 0.5, 0.8])
def test_seeing_further_hides_less_where_opposition_is_common_and_more_where_it_is_rare(spread):
    discontent = np.random.default_rng(1).permutation(Thresholds.normal(0.0, spread).crowd(N_PLACES))

    def public(sight, **society):
        return opposition_at_rest(Ring(sight=sight, **society), discontent).mean()

    for peers in (1.8, 2.2):
        common = {"peers": peers, "centralisation": LOOSE}
        assert public(0, **common) > 0.25
        assert public(30, **common) > public(0, **common)
    for peers in (0.6, 1.0, 1.4):
        rare = {"peers": peers, "centralisation": 2.0}
        assert public(0, **rare) < 0.12
        assert public(30, **rare) < public(0, **rare)


def test_cascades_are_larger_where_the_centre_weighed_more():
    _, cascade = societies()
    print("cascade, loose and tight:", cascade.mean(axis=(0, 2)).round(3))
    assert (cascade[:, 1] > cascade[:, 0]).mean() >= 0.9


def test_the_centre_matters_more_for_cascades_where_people_see_further():
    _, cascade = societies()
    extra = cascade[:, 1] - cascade[:, 0]
    print("extra cascade by sight 0, 2, 30:", extra.mean(axis=0).round(4))
    print("share of societies:", (extra[:, 2] > extra[:, 0]).mean())
    assert (extra[:, 2] > extra[:, 0]).mean() >= 0.9


def test_places_that_do_not_see_each_other_are_crowds_of_their_own():
    discontent = np.array([-0.5, 0.0, 0.5, 1.0])
    ring = Ring(sight=0)
    together = opposition_at_rest(ring, discontent)
    alone = [opposition_at_rest(ring, np.array([one]))[0] for one in discontent]
    assert together == pytest.approx(alone, abs=1e-10)


def test_turning_the_ring_changes_nothing():
    discontent = np.random.default_rng(1).normal(0, 0.5, size=12)
    turned = opposition_at_rest(Ring(sight=2), np.roll(discontent, 5))
    assert turned == pytest.approx(np.roll(opposition_at_rest(Ring(sight=2), discontent), 5), abs=1e-10)


def test_a_ring_smaller_than_sight_is_refused():
    with pytest.raises(ParameterError, match="see less far"):
        opposition_at_rest(Ring(sight=3), np.zeros(5))
