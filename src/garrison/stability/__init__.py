"""Stability: in which states a regime can stay, how near it is to leaving the quiet one, which draws are admitted.

`attractors` names the states; `reproduction_number` says how many new defectors one makes on the quiet
branch, and `who_infects_whom` through whom; `ensemble` keeps the draws that are quiet at rest,
`prior_predictive` holds the set against the break fractions of past crises, and `width_doubling` shows how
far a number hangs on the width of the priors. The headline is a probability of a break, never the
reproduction number, which only explains.
"""

from garrison.stability.admission import PriorPredictive, prior_predictive, targets
from garrison.stability.attractors import Attractors, attractors
from garrison.stability.audit import audit_table, model_page_blocks
from garrison.stability.ensemble import admit, ensemble
from garrison.stability.reproduction import Gains, gains, holds_at_rest, reproduction_number, who_infects_whom
from garrison.stability.width import WidthDoubling, width_doubling

__all__ = [
    "Attractors",
    "Gains",
    "PriorPredictive",
    "WidthDoubling",
    "admit",
    "attractors",
    "audit_table",
    "ensemble",
    "gains",
    "holds_at_rest",
    "model_page_blocks",
    "prior_predictive",
    "reproduction_number",
    "targets",
    "who_infects_whom",
    "width_doubling",
]
