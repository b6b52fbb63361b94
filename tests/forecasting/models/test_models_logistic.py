"""The ridge logit: agrees with scikit-learn, keeps its laws, holds wild input, chooses its penalty inside training."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit

from garrison.errors import ParameterError, TableError, UndefinedError
from garrison.forecasting.models import Boosting, RidgeLogit, choose_penalty
from garrison.forecasting.models.anchoring import anchor_shift, recent_rows
from garrison.forecasting.models.folds import country_time_folds
from garrison.scoring import brier_skill


def panel(n: int, seed: int, n_features: int = 4) -> tuple[pd.DataFrame, np.ndarray]:
    """Months of forty countries since 1950 whose rate falls fivefold; two features matter."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(random.normal(size=(n, n_features)), columns=[f"x{i}" for i in range(n_features)])
    months = pd.date_range("1950-01-01", periods=n // 40 + 1, freq="MS")
    frame["iso"] = np.resize([f"C{number:02d}" for number in range(40)], n)
    frame["as_of"] = np.repeat(months, 40)[:n]
    falling = np.linspace(-1.5, -3.1, n)
    happened = random.random(n) < expit(falling + 0.8 * frame["x0"] - 0.5 * frame["x1"])
    return frame, np.asarray(happened)


@pytest.mark.parametrize("penalty", [0.5, 30.0, 2000.0])
def test_it_agrees_with_scikit_learn(penalty: float) -> None:
    from sklearn.linear_model import LogisticRegression

    frame, happened = panel(2_000, seed=1)
    model = RidgeLogit.fit(frame, happened, penalty=penalty, anchored=False)
    columns = model.standardiser.transform(frame)
    other = LogisticRegression(C=1 / penalty, tol=1e-10, max_iter=5_000).fit(columns, happened)
    assert model.effects == pytest.approx(other.coef_[0], abs=1e-5)
    assert model.intercept == pytest.approx(other.intercept_[0], abs=1e-5)


def test_the_mean_forecast_is_the_rate_of_training_or_of_recent_years() -> None:
    frame, happened = panel(20_000, seed=2)
    free = RidgeLogit.fit(frame, happened, anchored=False)
    assert free.predict(frame).mean() == pytest.approx(happened.mean(), rel=1e-6)
    anchored = RidgeLogit.fit(frame, happened)
    recent = recent_rows(frame["as_of"].to_numpy().astype("datetime64[D]"), 20)
    assert anchored.predict(frame[recent]).mean() == pytest.approx(happened[recent].mean(), rel=0.01)
    assert anchored.anchor < -0.3
    assert anchored.effects.tolist() == free.effects.tolist()


def test_anchoring_helps_where_rates_fall() -> None:
    frame, happened = panel(24_000, seed=3)
    past, later = slice(0, 20_000), slice(20_000, None)
    rate = happened[past].mean()
    free = RidgeLogit.fit(frame[past], happened[past], anchored=False).predict(frame[later])
    anchored = RidgeLogit.fit(frame[past], happened[past]).predict(frame[later])
    assert brier_skill(anchored, happened[later], rate) > brier_skill(free, happened[later], rate)


def test_wild_counts_are_clamped() -> None:
    frame, happened = panel(4_000, seed=4)
    model = RidgeLogit.fit(frame, happened)
    wild, edge = frame.iloc[[0]].copy(), frame.iloc[[0]].copy()
    wild["x0"], edge["x0"] = 1e12, frame["x0"].max()
    assert model.predict(wild).tolist() == model.predict(edge).tolist()
    assert 0 < model.predict(wild)[0] < 1


def test_a_gap_counts_as_the_mean_and_its_flag() -> None:
    frame, happened = panel(6_000, seed=5)
    gaps = frame.copy()
    hidden = np.random.default_rng(6).random(6_000) < 0.3
    gaps.loc[hidden, "x0"] = np.nan
    model = RidgeLogit.fit(gaps, happened)
    assert model.standardiser.columns[-1] == "x0 missing"
    row = gaps[hidden].iloc[[0]]
    filled = row.assign(x0=gaps["x0"].mean())
    flag = model.effects[-1] / model.standardiser.gap_spreads[0]
    assert model.log_odds(row) == pytest.approx(model.log_odds(filled) + flag)
    # A feature that had no gap in training counts as its mean.
    never = row.assign(x1=np.nan)
    assert model.log_odds(never) == pytest.approx(model.log_odds(row.assign(x1=gaps["x1"].mean())))


def test_informative_gaps_are_learned() -> None:
    random = np.random.default_rng(7)
    happened = random.random(8_000) < 0.1
    values = np.where(random.random(8_000) < np.where(happened, 0.8, 0.1), np.nan, 1.0)
    model = RidgeLogit.fit(pd.DataFrame({"x": values}), happened, penalty=1.0, anchored=False)
    gap, full = model.predict(pd.DataFrame({"x": [np.nan, 1.0]}))
    assert gap == pytest.approx(happened[np.isnan(values)].mean(), rel=0.03)
    assert full == pytest.approx(happened[~np.isnan(values)].mean(), rel=0.05)


@settings(deadline=None, max_examples=20)
@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(0, 3))
def test_forecasts_do_not_know_the_units_of_features(move: float, scale: float, place: int) -> None:
    frame, happened = panel(400, seed=8)
    other = frame.copy()
    other[f"x{place}"] = move + scale * other[f"x{place}"]
    one, two = (RidgeLogit.fit(each, happened) for each in (frame, other))
    assert two.predict(other) == pytest.approx(one.predict(frame), rel=1e-4)


def test_order_of_rows_and_of_columns_does_not_matter() -> None:
    frame, happened = panel(1_000, seed=9)
    order = np.random.default_rng(10).permutation(1_000)
    one = RidgeLogit.fit(frame, happened)
    two = RidgeLogit.fit(frame.iloc[order][sorted(frame.columns)[::-1]], happened[order])
    assert two.predict(frame) == pytest.approx(one.predict(frame), rel=1e-6)


def test_a_stronger_penalty_brings_effects_nearer_to_zero_and_the_level_stays() -> None:
    frame, happened = panel(2_000, seed=11)
    sizes = []
    for penalty in (0.1, 10.0, 1e3, 1e8):
        model = RidgeLogit.fit(frame, happened, penalty=penalty, anchored=False)
        sizes.append(float(np.abs(model.effects).sum()))
        assert model.predict(frame).mean() == pytest.approx(happened.mean(), rel=1e-6)
    assert sizes == sorted(sizes, reverse=True)
    assert model.predict(frame) == pytest.approx(happened.mean(), rel=1e-3)


def test_contributions_add_up_to_the_log_odds() -> None:
    frame, happened = panel(3_000, seed=12)
    frame.loc[::3, "x0"] = np.nan
    model = RidgeLogit.fit(frame, happened)
    added = model.contributions(frame)
    assert added.columns.tolist() == ["x0", "x1", "x2", "x3"]
    assert added.sum(axis=1).to_numpy() + model.intercept == pytest.approx(model.log_odds(frame))
    told = model.why(frame.iloc[[0]])
    assert [abs(part.log_odds) for part in told] == sorted(
        (abs(part.log_odds) for part in told), reverse=True
    )
    assert sum(part.log_odds for part in told) == pytest.approx(added.iloc[0].sum())
    assert "missing" in str(next(part for part in told if part.feature == "x0"))
    with pytest.raises(TableError, match="give one"):
        model.why(frame)


def test_a_constant_feature_and_a_duplicate_do_no_harm() -> None:
    frame, happened = panel(1_000, seed=13)
    frame = frame.assign(flat=7.25, again=frame["x0"], empty=np.nan)
    model = RidgeLogit.fit(frame, happened)
    effects = dict(zip(model.standardiser.columns, model.effects, strict=True))
    assert effects["flat"] == effects["empty"] == 0.0
    assert effects["again"] == pytest.approx(effects["x0"])


def test_separated_outcomes_stay_finite() -> None:
    frame = pd.DataFrame({"x": np.arange(20.0)})
    model = RidgeLogit.fit(frame, np.arange(20) >= 10, penalty=1e-3, anchored=False)
    assert np.isfinite(model.effects).all()
    assert ((model.predict(frame) > 0) & (model.predict(frame) < 1)).all()


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=20), st.floats(1e-5, 1 - 1e-5))
def test_the_anchor_finds_its_rate(odds: list[float], rate: float) -> None:
    log_odds = np.array(odds)
    shift = anchor_shift(log_odds, rate)
    assert expit(log_odds + shift).mean() == pytest.approx(rate, rel=1e-6)
    assert anchor_shift(log_odds + 2.5, rate) == pytest.approx(shift - 2.5, abs=1e-4)


@pytest.mark.parametrize("model", [RidgeLogit, Boosting])
def test_hostile_tables_are_named(model: type[RidgeLogit] | type[Boosting]) -> None:
    frame, happened = panel(500, seed=14)
    fitted = model.fit(frame, happened)
    with pytest.raises(TableError, match="column 'word' holds something that is no number"):
        model.fit(frame.assign(word="many"), happened)
    with pytest.raises(TableError, match="column 'x1', row 3: infinite"):
        model.fit(frame.assign(x1=np.where(np.arange(500) == 3, np.inf, 0.0)), happened)
    with pytest.raises(TableError, match="as_of"):
        model.fit(frame.drop(columns="as_of"), happened)
    with pytest.raises(TableError, match="499 outcomes for 500 rows"):
        model.fit(frame, happened[1:])
    with pytest.raises(TableError, match="row 2 has no outcome"):
        model.fit(frame, pd.array([True, False, None, *[False] * 497], dtype="boolean"))
    with pytest.raises(TableError, match="True or False"):
        model.fit(frame, np.full(500, 0.5))
    with pytest.raises(UndefinedError):
        model.fit(frame, np.zeros(500, dtype=bool))
    with pytest.raises(TableError, match="0 features"):
        model.fit(frame[["iso", "as_of"]], happened)
    with pytest.raises(TableError, match="no column 'x1'"):
        fitted.predict(frame.drop(columns="x1"))
    assert (fitted.predict(frame) > 0).all()


def test_wrong_penalties_are_refused() -> None:
    frame, happened = panel(500, seed=15)
    for penalty in (0.0, -1.0, np.nan, np.inf):
        with pytest.raises(ParameterError, match="penalty"):
            RidgeLogit.fit(frame, happened, penalty=penalty)
    with pytest.raises(ParameterError, match="penalties"):
        choose_penalty(frame, happened, 30, penalties=[])
    with pytest.raises(ParameterError, match="years"):
        RidgeLogit.fit(frame, happened, years=0)


def test_row_keys_may_stand_in_the_index() -> None:
    frame, happened = panel(500, seed=16)
    indexed = frame.set_index(["iso", "as_of"])
    one, two = RidgeLogit.fit(frame, happened), RidgeLogit.fit(indexed, happened)
    assert one.predict(frame).tolist() == two.predict(indexed).tolist()


def test_folds_share_no_country_and_no_time() -> None:
    frame, _ = panel(4_000, seed=17)
    days, countries = frame["as_of"].to_numpy().astype("datetime64[D]"), frame["iso"].to_numpy(dtype=str)
    folds = country_time_folds(days, countries, 365)
    assert len(folds) == 15
    scored = np.concatenate([fold.score for fold in folds])
    assert len(scored) == len(set(scored.tolist()))
    for fold in folds:
        assert not set(countries[fold.fit]) & set(countries[fold.score])
        assert days[fold.fit].max() + np.timedelta64(365, "D") <= days[fold.score].min()


def test_the_penalty_is_strong_for_noise_and_weak_for_signal() -> None:
    frame, happened = panel(4_000, seed=18)
    signal = choose_penalty(frame, happened, 30, penalties=[1.0, 1e5])
    assert signal.penalty == 1.0
    noise = choose_penalty(frame, np.random.default_rng(19).permutation(happened), 30, penalties=[0.01, 1e5])
    assert noise.penalty == 1e5
    assert noise.tried["log_score"].min() == noise.tried.set_index("penalty")["log_score"][1e5]
    with pytest.raises(TableError, match="folds"):
        choose_penalty(frame, np.arange(4_000) == 3_999, 30)


def test_the_choice_is_that_of_plain_refitting() -> None:
    frame, happened = panel(1_200, seed=20)
    found = choose_penalty(frame, happened, 30, penalties=[3.0, 300.0])
    days, countries = frame["as_of"].to_numpy().astype("datetime64[D]"), frame["iso"].to_numpy(dtype=str)
    folds = country_time_folds(days, countries, 30)
    for penalty, score in zip(found.tried["penalty"], found.tried["log_score"], strict=True):
        losses = []
        for fold in folds:
            model = RidgeLogit.fit(frame.iloc[fold.fit], happened[fold.fit], penalty=penalty)
            p = model.predict(frame.iloc[fold.score])
            losses.append(-np.log(np.where(happened[fold.score], p, 1 - p)))
        assert np.concatenate(losses).mean() == pytest.approx(score, rel=1e-6)


@pytest.mark.slow
def test_a_fit_of_100_000_rows_takes_about_a_second() -> None:
    frame, happened = panel(100_000, seed=21, n_features=40)
    begin = time.process_time()
    model = RidgeLogit.fit(frame, happened)
    # Of all threads together, and with room for a busy machine.
    assert time.process_time() - begin < 5.0
    row = frame.iloc[[5]]
    begin = time.process_time()
    for _ in range(20):
        model.predict(row)
    assert (time.process_time() - begin) / 20 < 0.01


def test_boosting_finds_an_interaction_and_takes_gaps() -> None:
    random = np.random.default_rng(22)
    frame = pd.DataFrame(random.choice([-1.0, 1.0], (6_000, 2)), columns=["a", "b"])
    frame["as_of"] = pd.date_range("1990-01-01", periods=6_000, freq="D")
    happened = random.random(6_000) < np.where(frame["a"] * frame["b"] > 0, 0.2, 0.05)
    model = Boosting.fit(frame, happened)
    p = model.predict(frame)
    assert p[frame["a"] * frame["b"] > 0].mean() == pytest.approx(0.2, abs=0.03)
    assert p[frame["a"] * frame["b"] < 0].mean() == pytest.approx(0.05, abs=0.02)
    assert 0 < model.predict(pd.DataFrame({"a": [np.nan], "b": [1.0]}))[0] < 1
    assert np.array_equal(p, Boosting.fit(frame, happened).predict(frame))


def test_boosting_has_the_level_of_recent_years() -> None:
    frame, happened = panel(12_000, seed=23)
    recent = recent_rows(frame["as_of"].to_numpy().astype("datetime64[D]"), 20)
    model = Boosting.fit(frame, happened)
    assert model.predict(frame[recent]).mean() == pytest.approx(happened[recent].mean(), rel=0.01)
    assert logit(happened.mean()) > logit(happened[recent].mean())
