"""Stability: in which states a regime can stay, how near it is to leaving the quiet one, which draws are admitted.

`attractors` names the states and `basin_shares` says from how many starts each is reached; `reproduction_number`
says how many new defectors one makes on the quiet branch, `who_infects_whom` through whom, and `leading_class` who
would lead; `fold` finds where the quiet state ends, `tipping_distance` how large a shock it survives. `committor`
is the chance of a break from a given state, `inflection_point` the day on which it reaches one half. `ensemble`
keeps the draws that are quiet at rest, `prior_predictive` holds the set against the break fractions of past
crises, `width_doubling` shows how far a number hangs on the width of the priors, and `early_warning` how little
the statistics tell that are said to warn of a break. The headline is a probability of a break, never the
reproduction number, which only explains.
"""

from garrison.stability.admission import PriorPredictive, prior_predictive, targets
from garrison.stability.attractors import Attractors, attractors
from garrison.stability.audit import audit_table, model_page_blocks
from garrison.stability.basins import Basins, basin_shares
from garrison.stability.committor import Committor, committor, inflection_point
from garrison.stability.early_warning import EarlyWarning, early_warning, early_warning_table
from garrison.stability.ensemble import admit, ensemble
from garrison.stability.fold import Fold, fold
from garrison.stability.gains import Gains, gains, next_generation
from garrison.stability.reproduction import (
    holds_at_rest,
    leading_class,
    leading_direction,
    reproduction_number,
    who_infects_whom,
)
from garrison.stability.tipping import TippingDistance, tipping_distance
from garrison.stability.width import WidthDoubling, width_doubling

__all__ = [
    "Attractors",
    "Basins",
    "Committor",
    "EarlyWarning",
    "Fold",
    "Gains",
    "PriorPredictive",
    "TippingDistance",
    "WidthDoubling",
    "admit",
    "attractors",
    "audit_table",
    "basin_shares",
    "committor",
    "early_warning",
    "early_warning_table",
    "ensemble",
    "fold",
    "gains",
    "holds_at_rest",
    "inflection_point",
    "leading_class",
    "leading_direction",
    "model_page_blocks",
    "next_generation",
    "prior_predictive",
    "reproduction_number",
    "targets",
    "tipping_distance",
    "who_infects_whom",
    "width_doubling",
]
