"""Scores: what was predicted against what was, arrays or labels in, numbers out."""

from garrison.scoring.classification import ClassScore, label_scores, macro_f1, set_scores

__all__ = ["ClassScore", "label_scores", "macro_f1", "set_scores"]
