"""Docking: published models as special cases of the kernel, with the numbers that they must give.

Each is a `Crowd`: people with thresholds z, who act when an inclination x passes them, x being a function of what
others do. What differs is the distribution of z and what x hangs on. One file a work: `granovetter` (thresholds),
`kuran` (hidden preferences), `global_game` (Morris and Shin, Angeletos and Werning), `survival` (Angeletos, Hellwig and
Pavan), `edmond` (propaganda), `lohmann` (surprise), `watts` (cascades on sparse networks), `epstein` (grievance and
arrest), `neighbourhoods` (Makowsky and Rubin), `obedience` (Dragu and Lupu, Tyson), `coup_constraint` (Acemoglu, Ticchi
and Vindigni, Svolik), `inar` (self-exciting protest).
"""

from garrison.stability.docking.coup_constraint import (
    Guardians,
    guardians_crowd,
    least_rents,
    loyal_fold,
    p_coup_succeeds,
)
from garrison.stability.docking.crowd import Crowd, Fold, State, fold_between, fold_of_level
from garrison.stability.docking.edmond import (
    Censor,
    Manipulation,
    critical_strength,
    critical_without_manipulation,
)
from garrison.stability.docking.epstein import Society, ceiling_without_enforcers, p_arrest, society_crowd
from garrison.stability.docking.global_game import (
    Regime,
    critical_strengths,
    dearest_signal,
    iterated_dominance,
    p_falls,
    response_to_news,
    share_attacking,
)
from garrison.stability.docking.granovetter import crowd_of_thresholds, normal_crowd_fold
from garrison.stability.docking.inar import SelfExcitation, fit_branching, simulate_counts
from garrison.stability.docking.kuran import (
    PublicAndPrivate,
    falsified_preferences,
    revolutionary_bandwagon,
    threshold_of,
)
from garrison.stability.docking.lohmann import Onlooker, belief_after_marches, posterior_discontent
from garrison.stability.docking.neighbourhoods import Ring, opposition_at_rest, private_opposition
from garrison.stability.docking.obedience import Ranks, least_pay, p_punished, ranks_crowd
from garrison.stability.docking.survival import next_critical_strengths, p_falls_after_survival
from garrison.stability.docking.watts import (
    Window,
    cascade_window,
    most_neighbours_of_the_vulnerable,
    p_global_cascade,
    share_reached,
)

__all__ = [
    "Censor",
    "Crowd",
    "Fold",
    "Guardians",
    "Manipulation",
    "Onlooker",
    "PublicAndPrivate",
    "Ranks",
    "Regime",
    "Ring",
    "SelfExcitation",
    "Society",
    "State",
    "Window",
    "belief_after_marches",
    "cascade_window",
    "ceiling_without_enforcers",
    "critical_strength",
    "critical_strengths",
    "critical_without_manipulation",
    "crowd_of_thresholds",
    "dearest_signal",
    "falsified_preferences",
    "fit_branching",
    "fold_between",
    "fold_of_level",
    "guardians_crowd",
    "iterated_dominance",
    "least_pay",
    "least_rents",
    "loyal_fold",
    "most_neighbours_of_the_vulnerable",
    "next_critical_strengths",
    "normal_crowd_fold",
    "opposition_at_rest",
    "p_arrest",
    "p_coup_succeeds",
    "p_falls",
    "p_falls_after_survival",
    "p_global_cascade",
    "p_punished",
    "posterior_discontent",
    "private_opposition",
    "ranks_crowd",
    "response_to_news",
    "revolutionary_bandwagon",
    "share_attacking",
    "share_reached",
    "simulate_counts",
    "society_crowd",
    "threshold_of",
]
