"""Scores: what was predicted against what was, arrays or labels in, numbers out."""

from garrison.scoring.agreement import cohen_kappa, differ, krippendorff_alpha, set_distance
from garrison.scoring.brier import brier_score, brier_scores, brier_skill
from garrison.scoring.classification import ClassScore, label_scores, macro_f1, set_scores
from garrison.scoring.comparison_power import ComparisonPower, comparison_power
from garrison.scoring.corp import ConsistencyBand, Corp, consistency_band, corp_decomposition
from garrison.scoring.count_bounds import negative_binomial_bounds, poisson_bounds, sampled_bounds
from garrison.scoring.country_bootstrap import (
    Bootstrap,
    bootstrap_rows,
    bootstrap_totals,
    bootstrap_weighted,
)
from garrison.scoring.crps_negative_binomial import crps_negative_binomial
from garrison.scoring.crps_poisson import crps_poisson
from garrison.scoring.crps_sampled import crps_sampled
from garrison.scoring.crps_skill import crps_skill
from garrison.scoring.diebold_mariano import DieboldMariano, diebold_mariano
from garrison.scoring.logarithmic import log_score, log_scores, log_skill
from garrison.scoring.murphy import Murphy, murphy_decomposition
from garrison.scoring.randomised_transform import randomised_transform
from garrison.scoring.ranking import Ranking, pr_auc, precision_recall_points, ranking, roc_auc, roc_points
from garrison.scoring.recalibration import Recalibration, calibration_line
from garrison.scoring.score_bootstrap import (
    bootstrap_difference,
    bootstrap_skill,
    bootstrap_skill_difference,
)
from garrison.scoring.skill import skill
from garrison.scoring.uniformity import Uniformity, uniformity

__all__ = [
    "Bootstrap",
    "ClassScore",
    "ComparisonPower",
    "ConsistencyBand",
    "Corp",
    "DieboldMariano",
    "Murphy",
    "Ranking",
    "Recalibration",
    "Uniformity",
    "bootstrap_difference",
    "bootstrap_rows",
    "bootstrap_skill",
    "bootstrap_skill_difference",
    "bootstrap_totals",
    "bootstrap_weighted",
    "brier_score",
    "brier_scores",
    "brier_skill",
    "calibration_line",
    "cohen_kappa",
    "comparison_power",
    "consistency_band",
    "corp_decomposition",
    "crps_negative_binomial",
    "crps_poisson",
    "crps_sampled",
    "crps_skill",
    "diebold_mariano",
    "differ",
    "krippendorff_alpha",
    "label_scores",
    "log_score",
    "log_scores",
    "log_skill",
    "macro_f1",
    "murphy_decomposition",
    "negative_binomial_bounds",
    "poisson_bounds",
    "pr_auc",
    "precision_recall_points",
    "randomised_transform",
    "ranking",
    "roc_auc",
    "roc_points",
    "sampled_bounds",
    "set_distance",
    "set_scores",
    "skill",
    "uniformity",
]
