"""A published system, scored: the forecasts of coups of Beger and Ward for 2011-2019."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from garrison.scoring import (
    bootstrap_skill,
    brier_score,
    brier_scores,
    brier_skill,
    calibration_line,
    comparison_power,
    ranking,
)

FORECASTS = (
    Path(__file__).parents[3]
    / "shared/data/history/published_forecasts_beger_ward_2011_2019/forecaster2_fcasts.csv"
)


@pytest.mark.parametrize(
    ("outcome", "roc", "pr", "brier", "skill"),
    [
        ("attempt", 0.794, 0.057, 0.01195, -0.020),
        ("coup", 0.781, 0.066, 0.00656, -0.002),
        ("failed", 0.800, 0.027, 0.00612, -0.038),
    ],
)
def test_published_forecasts_rank_well_and_have_no_skill(
    outcome: str, roc: float, pr: float, brier: float, skill: float
) -> None:
    """Figures computed apart from this code, to the digits given; a few forecasts are 0, hence the clip."""
    if not FORECASTS.exists():
        pytest.skip("the historical data are not beside this checkout")
    rows = pd.read_csv(FORECASTS).query("outcome == @outcome and for_year <= 2019")
    p, happened, states = (rows[name].to_numpy() for name in ("p", "observed", "gwcode"))
    assert len(rows) == 1518
    ranked = ranking(p, happened)
    assert (ranked.roc_auc, ranked.pr_auc) == pytest.approx((roc, pr), abs=0.0005)
    assert brier_score(p, happened) == pytest.approx(brier, abs=0.000005)
    rate = happened.mean()
    assert brier_skill(p, happened, rate) == pytest.approx(skill, abs=0.0005)
    line = calibration_line(p, happened, states, clip=1e-4)
    assert line.shift_interval[1] < 0 < line.slope_interval[0] < 1 < line.slope_interval[1]
    spread = bootstrap_skill(brier_scores(p, happened), brier_scores(np.full(len(p), rate), happened), states)
    assert spread.low < 0 < spread.high
    assert comparison_power(spread).power(0.02) < 0.15
