"""Rates: counted by hand, shrunk between the country and all, strength by empirical Bayes recovered."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import ParameterError, TableError
from garrison.forecasting.models import ConstantRate, CountryRate, Persistence
from garrison.forecasting.models.constants import model_constants
from garrison.forecasting.models.rates import likeliest_shrinkage


def months(countries: list[str], n: int, begin: str = "1970-01-01") -> pd.DataFrame:
    days = pd.date_range(begin, periods=n, freq="MS")
    return pd.DataFrame({"iso": np.repeat(countries, n), "as_of": list(days) * len(countries)})


def test_the_constant_rate_counts_the_last_twenty_years_only() -> None:
    rows = months(["MLI"], 600)
    happened = (rows["as_of"].dt.year < 1980) | (rows["as_of"] == "2015-03-01")
    model = ConstantRate.fit(rows, happened)
    assert (model.n_events, model.n_rows) == (1, 240)
    assert model.predict(rows.iloc[:3]).tolist() == [pytest.approx(1.5 / 241)] * 3
    assert ConstantRate.fit(rows, happened, years=200).n_events == 121


def test_a_rate_without_events_is_not_zero() -> None:
    rows = months(["MLI"], 240)
    assert 0 < ConstantRate.fit(rows, np.zeros(240, dtype=bool)).predict(rows)[0] < 0.005
    assert 0.995 < ConstantRate.fit(rows, np.ones(240, dtype=bool)).predict(rows)[0] < 1


def test_country_rates_lie_between_their_own_and_all() -> None:
    rows = months(["MLI", "NOR"], 240)
    happened = (rows["iso"] == "MLI").to_numpy() & (np.arange(480) % 24 == 0)
    mali, norway = CountryRate.fit(rows, happened).predict(rows.iloc[[0, -1]])
    rate = 10.5 / 481
    assert rate < mali < 10 / 240
    assert 0 < norway < rate
    weak = CountryRate.fit(rows, happened, prior_events=1e-6).predict(rows.iloc[[0, -1]])
    strong = CountryRate.fit(rows, happened, prior_events=1e9).predict(rows.iloc[[0, -1]])
    assert weak[0] == pytest.approx(2 * rate, rel=0.05)
    assert strong == pytest.approx(rate)


def test_a_country_seen_in_dangerous_years_only_is_not_called_dangerous() -> None:
    old, new = months(["OLD", "ANY"], 240, "1960-01-01"), months(["ANY", "NEW"], 240, "1990-01-01")
    rows = pd.concat([old, new], ignore_index=True)
    random = np.random.default_rng(1)
    happened = random.random(len(rows)) < np.where(rows["as_of"].dt.year < 1985, 0.08, 0.01)
    ratios = CountryRate.fit(rows, happened).ratios
    assert ratios["OLD"] == pytest.approx(1.0, abs=0.6)
    assert CountryRate.fit(rows, happened).predict(pd.DataFrame({"iso": ["OLD"]}))[0] < 0.03


def test_an_unknown_country_has_the_rate_of_all() -> None:
    rows = months(["MLI", "NOR"], 240)
    model = CountryRate.fit(rows, np.arange(480) % 50 == 0)
    assert model.predict(pd.DataFrame({"iso": ["ZZZ"]}))[0] == pytest.approx(model.base.rate)


def test_rows_of_one_window_count_once() -> None:
    rows = months(["MLI", "NOR"], 240)
    once = np.arange(480) % 60 == 7
    plain = CountryRate.fit(rows, once)
    doubled = CountryRate.fit(pd.concat([rows, rows]), np.tile(once, 2), rows_per_window=2)
    assert doubled.ratios == pytest.approx(plain.ratios)


def test_empirical_bayes_recovers_the_spread_of_countries() -> None:
    random = np.random.default_rng(2)
    expected = random.uniform(0.5, 6.0, 2_000)
    for strength in (0.5, 2.0, 8.0):
        seen = random.poisson(expected * random.gamma(strength, 1 / strength, 2_000))
        assert likeliest_shrinkage(seen.astype(float), expected) == pytest.approx(strength, rel=0.25)


def test_empirical_bayes_beats_no_shrinkage_on_what_follows() -> None:
    random = np.random.default_rng(3)
    names = [f"C{number:03d}" for number in range(100)]
    danger = dict(zip(names, random.gamma(0.8, 1 / 0.8, 100), strict=True))
    past, later = months(names, 120, "1990-01-01"), months(names, 60, "2000-01-01")
    chance = [1 - np.exp(-0.01 * rows["iso"].map(danger)) for rows in (past, later)]
    happened = random.random(len(past)) < chance[0]
    model = CountryRate.fit(past, happened, prior_events="empirical")
    raw = CountryRate.fit(past, happened, prior_events=1e-6)
    errors = [np.mean((each.predict(later) - chance[1]) ** 2) for each in (model, raw)]
    assert errors[0] < errors[1]


def test_persistence_tells_after_from_otherwise() -> None:
    rows = months(["MLI"], 240).assign(lately=[1.0] * 80 + [0.0] * 159 + [np.nan])
    happened = np.r_[np.arange(80) % 4 == 0, np.zeros(160, dtype=bool)]
    model = Persistence.fit(rows, happened, column="lately")
    after, otherwise, unknown = model.predict(pd.DataFrame({"lately": [2.0, 0.0, np.nan]}))
    rate = 20.5 / 241
    assert after == pytest.approx((20 + 100 * rate) / 180)
    assert otherwise == pytest.approx(100 * rate / 259)
    assert unknown == pytest.approx(rate)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_every_rate_is_a_chance(outcomes: list[bool]) -> None:
    rows = months(["MLI"], len(outcomes)).assign(lately=np.arange(len(outcomes)) % 2)
    for model in (
        ConstantRate.fit(rows, outcomes),
        CountryRate.fit(rows, outcomes),
        CountryRate.fit(rows, outcomes, prior_events="empirical"),
        Persistence.fit(rows, outcomes, column="lately"),
    ):
        p = model.predict(rows)
        assert ((p > 0) & (p < 1)).all()


def test_wrong_questions_are_refused() -> None:
    rows, happened = months(["MLI"], 24), np.arange(24) == 3
    with pytest.raises(TableError, match="as_of"):
        ConstantRate.fit(rows.drop(columns="as_of"), happened)
    with pytest.raises(TableError, match="iso"):
        CountryRate.fit(rows.drop(columns="iso"), happened)
    with pytest.raises(TableError, match="no day"):
        ConstantRate.fit(rows.assign(as_of="yesterday?"), happened)
    with pytest.raises(TableError, match="row 0 has no country"):
        CountryRate.fit(rows.assign(iso=None), happened)
    with pytest.raises(ParameterError, match="years"):
        ConstantRate.fit(rows, happened, years=-1)
    with pytest.raises(ParameterError, match="prior_events"):
        CountryRate.fit(rows, happened, prior_events=0.0)
    with pytest.raises(ParameterError, match="rows_per_window"):
        CountryRate.fit(rows, happened, rows_per_window=0.0)
    with pytest.raises(TableError, match="'lately'"):
        Persistence.fit(rows, happened, column="lately")


def test_constants_lie_in_their_ranges_and_say_why() -> None:
    for section in model_constants().values():
        for constant in section.values():
            low, high = constant["range"]
            values = constant["value"] if isinstance(constant["value"], list) else [constant["value"]]
            assert all(low <= value <= high for value in values)
            assert constant["unit"]
            assert constant["source"]
            assert constant["why"]
