"""The targets: one table that the ledger, the base rate and the resolvers all read."""

from datetime import date
from pathlib import Path

import pytest

from garrison.errors import ParameterError
from garrison.forecasting.base_rate import constants, hazard_table
from garrison.forecasting.history.labels import LABEL_SETS
from garrison.forecasting.history.library import find_tables
from garrison.forecasting.history.sources import sources
from garrison.forecasting.history.target_events import RESOLVERS, target_events
from garrison.forecasting.ledger import resolver_of_target
from garrison.forecasting.targets import label_set_of, target, targets

HISTORY = Path(__file__).parents[3] / "shared" / "data" / "history"


def test_every_target_has_a_resolver_and_known_sources() -> None:
    assert set(RESOLVERS) == set(targets())
    for item in targets().values():
        assert set(item.sources + item.second_sources) <= set(sources())
        assert item.horizons == (30, 90, 365)
        assert item.covered_from < item.covered_until < date(2020, 1, 1)
        assert item.question.endswith("?")


def test_the_ledger_reads_the_same_table() -> None:
    for code, item in targets().items():
        version, rule = resolver_of_target(code)
        assert (version, rule.name, rule.min_p_happened) == (
            item.version, item.ledger.resolver, item.ledger.min_p_happened,
        )  # fmt: skip


def test_the_base_rate_forecasts_a_target_of_the_table() -> None:
    headline = constants()["target"]
    asked = target(headline["code"])
    assert set(headline["horizons"]) <= set(asked.horizons)
    assert label_set_of(asked, headline["headline_rule"]) == headline["headline_rule"]
    assert tuple(hazard_table()) == LABEL_SETS == asked.label_sets


def test_a_target_covers_no_day_that_none_of_its_sources_covers() -> None:
    for item in targets().values():
        last = max(sources()[name].last_day for name in item.sources)
        first = min(sources()[name].first_day for name in item.sources)
        assert first <= item.covered_from
        assert item.covered_until <= last


@pytest.mark.parametrize("asked", ["T1", "t2", "coup"])
def test_an_unknown_target_is_named(asked: str) -> None:
    with pytest.raises(ParameterError, match=f"'{asked}' is unknown"):
        target(asked)
    with pytest.raises(ParameterError, match="no label set 'strikt'"):
        label_set_of(target("T1a"), "strikt")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "label_set", "count"),
    [
        ("T1a", "strict", 180),
        ("T1a", "two_of_four", 120),
        ("T1a", "strict+cases", 189),
        ("T2", "powell_thyne", 476),
        ("T2", "colpus", 543),
        ("T3", "irregular", 337),
        ("T3", "foreign", 17),
    ],
)
def test_events_of_each_target(code: str, label_set: str, count: int) -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    events = target_events(code, find_tables(HISTORY), label_set)
    assert len(events) == count
    assert events["date"].between(target(code).covered_from, target(code).covered_until).all()
