"""The engines: how the equations of the regime are stepped through the days of a crisis.

Here is one engine, the cohort limit: four cohorts, one country, every run of an ensemble at once. `day`
holds the order of a day as the table that runs; `pushes` brings what no driver explains, the same chance to
both arms of a what-if; `outcomes` says what a break is (one meaning everywhere); `runs` is what comes back.
"""

from garrison.engines.cohorts import simulate
from garrison.engines.day import ORDER_OF_A_DAY, order_table
from garrison.engines.outcomes import ATTRACTORS, is_break, is_hollow, name_of_state, outcome_of, thresholds
from garrison.engines.pushes import week_of_pushes
from garrison.engines.revision import comes_to_rest, crowd_of, revise
from garrison.engines.runs import Runs

__all__ = [
    "ATTRACTORS",
    "ORDER_OF_A_DAY",
    "Runs",
    "comes_to_rest",
    "crowd_of",
    "is_break",
    "is_hollow",
    "name_of_state",
    "order_table",
    "outcome_of",
    "revise",
    "simulate",
    "thresholds",
    "week_of_pushes",
]
