"""The engines: how the equations of the regime are stepped through the days of a crisis.

Here is one engine, the cohort limit: four cohorts or hundreds, every run of an ensemble on its own, in compiled
code. `day` holds the order of a day; `passage` leads through the days and `diary` is what it writes;
`pushes` brings what no driver explains, the same chance to both arms of a what-if; `contest` decides coups and
ends, `outcomes` holds the lines between the states (a break has one meaning everywhere); `runs` is what comes back.
"""

from garrison.engines.cohorts import Beginning, simulate
from garrison.engines.contest import ENDINGS
from garrison.engines.day import order_of_a_day, order_table
from garrison.engines.outcomes import (
    ATTRACTORS,
    is_break,
    is_hollow,
    line_table,
    name_of_state,
    thresholds,
)
from garrison.engines.pushes import Branch, local_pushes, pushes_of_all_days
from garrison.engines.revision import comes_to_rest, crowd_of, revise
from garrison.engines.runs import Runs

__all__ = [
    "ATTRACTORS",
    "ENDINGS",
    "Beginning",
    "Branch",
    "Runs",
    "comes_to_rest",
    "crowd_of",
    "is_break",
    "is_hollow",
    "line_table",
    "local_pushes",
    "name_of_state",
    "order_of_a_day",
    "order_table",
    "pushes_of_all_days",
    "revise",
    "simulate",
    "thresholds",
]
