"""Dragu and Lupu 2018, Tyson 2018: agents of repression coordinate, and must be paid for the risk of a fall."""

from dataclasses import replace

import numpy as np
import pytest

from garrison.errors import UndefinedError
from garrison.stability.docking import Ranks, least_pay, p_punished, ranks_crowd

RANKS = Ranks()


def test_each_obeys_if_the_others_do():
    """Two stable states of one force under one order: nearly all obey, or a large part refuses."""
    obedient, line, refusing = ranks_crowd(RANKS).states()
    assert (obedient.stable, line.stable, refusing.stable) == (True, False, True)
    assert obedient.share < 0.05 < line.share < refusing.share
    assert ranks_crowd(RANKS).at_rest(line.share - 0.01) == pytest.approx(obedient.share, abs=1e-9)
    assert ranks_crowd(RANKS).at_rest(line.share + 0.01) == pytest.approx(refusing.share, abs=1e-9)


def test_without_what_the_others_do_there_is_one_state():
    """Neither peers nor a fear that others' refusal dissolves: a choice of each alone."""
    assert len(ranks_crowd(replace(RANKS, peers=0.0, fear=0.0)).states()) == 1
    with pytest.raises(UndefinedError, match="one by one"):
        least_pay(replace(RANKS, peers=0.0, fear=0.0))


def test_coordination_comes_from_fear_as_well_as_from_peers():
    """Punishment fails when too many refuse; with fear fixed at its quiet level the obedient state is safer."""
    moved = replace(RANKS, pay=least_pay(RANKS) * 0.9)
    assert len(ranks_crowd(RANKS).states()) == 3
    assert ranks_crowd(moved).lowest() > 0.2
    fixed = replace(
        moved, fear=0.0, level=moved.level - moved.fear * float(p_punished(moved, np.array(0.03)))
    )
    assert ranks_crowd(fixed).lowest() < ranks_crowd(moved).lowest()


def test_the_obedient_state_ends_exactly_at_the_least_pay():
    needed = least_pay(RANKS)
    above, below = (ranks_crowd(replace(RANKS, pay=needed + change)).lowest() for change in (1e-6, -1e-6))
    assert above < 0.15
    assert below > 0.2


def test_who_fears_a_fall_must_be_paid_for_it():
    needed = [least_pay(replace(RANKS, belief=belief)) for belief in (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)]
    print("least pay by belief 0 to .5:", [round(pay, 3) for pay in needed])
    assert (np.diff(needed) > 0).all()
    # And ever more for each further doubt, since pay itself binds less.
    assert (np.diff([needed[0], needed[2], needed[3], needed[4]]) > 0).all()
    assert needed[-1] > 1


def test_surer_punishment_needs_less_pay():
    needed = [least_pay(replace(RANKS, gain=gain)) for gain in (1.5, 2.0, 2.5)]
    assert (np.diff(needed) < 0).all()
