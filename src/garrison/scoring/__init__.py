"""Scores: what was predicted against what was, arrays or labels in, numbers out."""

from garrison.scoring.agreement import differ, krippendorff_alpha, set_distance
from garrison.scoring.classification import ClassScore, label_scores, macro_f1, set_scores

__all__ = [
    "ClassScore",
    "differ",
    "krippendorff_alpha",
    "label_scores",
    "macro_f1",
    "set_distance",
    "set_scores",
]
