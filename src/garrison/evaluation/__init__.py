"""How good it is: the coder on gold that others wrote and on the project's own, figure by figure.

`evaluate("coding")` codes documents with gold claims and counts how often the coder agrees. Gold of others is read
from where the user keeps it and never shipped; the project's own lies in `gold/` (CC BY 4.0, see its README).
"""

from garrison.evaluation.evaluate import CodingEvaluation, class_table, evaluate, tables
from garrison.evaluation.gold_files import GoldDocument, read_gold
from garrison.evaluation.own_gold import GoldScore, score_gold

__all__ = [
    "CodingEvaluation",
    "GoldDocument",
    "GoldScore",
    "class_table",
    "evaluate",
    "read_gold",
    "score_gold",
    "tables",
]
