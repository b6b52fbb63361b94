"""Scores: what was predicted against what was, arrays or labels in, numbers out."""

from garrison.scoring.agreement import cohen_kappa, differ, krippendorff_alpha, set_distance
from garrison.scoring.brier import brier_score, brier_scores, brier_skill
from garrison.scoring.classification import ClassScore, label_scores, macro_f1, set_scores
from garrison.scoring.corp import ConsistencyBand, Corp, consistency_band, corp_decomposition
from garrison.scoring.country_bootstrap import (
    Bootstrap,
    bootstrap_difference,
    bootstrap_skill,
    bootstrap_weighted,
)
from garrison.scoring.diebold_mariano import DieboldMariano, diebold_mariano
from garrison.scoring.logarithmic import log_score, log_scores, log_skill
from garrison.scoring.murphy import Murphy, murphy_decomposition
from garrison.scoring.ranking import Ranking, pr_auc, precision_recall_points, ranking, roc_auc, roc_points
from garrison.scoring.recalibration import Recalibration, calibration_line
from garrison.scoring.skill import skill

__all__ = [
    "Bootstrap",
    "ClassScore",
    "ConsistencyBand",
    "Corp",
    "DieboldMariano",
    "Murphy",
    "Ranking",
    "Recalibration",
    "bootstrap_difference",
    "bootstrap_skill",
    "bootstrap_weighted",
    "brier_score",
    "brier_scores",
    "brier_skill",
    "calibration_line",
    "cohen_kappa",
    "consistency_band",
    "corp_decomposition",
    "diebold_mariano",
    "differ",
    "krippendorff_alpha",
    "label_scores",
    "log_score",
    "log_scores",
    "log_skill",
    "macro_f1",
    "murphy_decomposition",
    "pr_auc",
    "precision_recall_points",
    "ranking",
    "roc_auc",
    "roc_points",
    "set_distance",
    "set_scores",
    "skill",
]
