"""Settling what has come due, and scoring it."""

import math
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_samples import WRITTEN, filled, forecast

from garrison.errors import DateError, ParameterError, TableError
from garrison.forecasting.ledger import Happening, Happenings, Ledger, Resolver, events_by_type, happenings_of
from garrison.forecasting.ledger.scores import brier_and_log
from garrison.records import Event, Events

MUTINY = forecast(target="mutiny", resolver=Resolver("events-by-type", "1", ("MUTINY",), 0.9))
YEAR = (date(2017, 1, 1), date(2017, 12, 31))
BY = date(2018, 1, 1)


@given(
    st.integers(-30, 150), st.integers(0, 20), st.floats(0, 1), st.booleans(), st.sampled_from(["VEN", "SDN"])
)
def test_an_outcome_is_what_the_window_holds(
    begin: int, length: int, p: float, complete: bool, country: str
) -> None:
    first = MUTINY.as_of + timedelta(days=begin)
    last = first + timedelta(days=length)
    row = Happening(country, first, last, "MUTINY", p_happened=p)
    found = events_by_type(MUTINY, Happenings((row,), "a list", *(YEAR if complete else ()))).outcome
    counts = p >= 0.9 and country == "VEN"
    if counts and first > MUTINY.as_of and last <= MUTINY.due:
        assert found == "1"
    elif counts and last > MUTINY.as_of and first <= MUTINY.due:
        assert found is None
    else:
        assert found == ("0" if complete else None)


def test_a_target_of_lists_needs_rows_that_name_it() -> None:
    day = date(2017, 6, 1)
    coup = Happening("VEN", day, day, "COUP")
    assert events_by_type(forecast(), Happenings((coup,), "events", *YEAR)).outcome is None
    named = Happening("VEN", day, day, "", "T1a")
    assert events_by_type(forecast(), Happenings((named,), "a list", has_targets=True)).outcome == "1"
    assert events_by_type(forecast(), Happenings((coup,), "a list", *YEAR, has_targets=True)).outcome == "0"


def test_events_and_tables_settle_what_is_due(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(MUTINY, written=WRITTEN)
    ledger.append(forecast(country="SDN"), written=WRITTEN)
    ledger.append(forecast(horizon_days=3650), written=WRITTEN)
    day = date(2017, 6, 1)
    event = Event("e", "MUTINY", "VEN", date(2017, 6, 3), day, day, 0.95, 100.0)
    assert not ledger.resolve(Events.of([event]), by=date(2017, 6, 2)).written
    # What was published later is not known by then.
    done = ledger.resolve(Events.of([event]), by=BY, written=BY)
    assert [(one.content.of, one.content.outcome) for one in done.written] == [(1, "1")]
    assert [entry.number for entry, _ in done.left_open] == [2]
    table = tmp_path / "breaks.csv"
    table.write_text("country,date,type,target\nVenezuela,2019-04-30,COUP_FAILED,T1a\n", encoding="utf8")
    done = ledger.resolve(table, by=BY, complete_from=YEAR[0], complete_to=YEAR[1])
    assert [(one.content.of, one.content.outcome) for one in done.written] == [(2, "0")]
    assert ledger.due(BY) == []
    assert ledger.verify().is_whole


def test_rows_that_cannot_be_read_are_named_and_forbid_a_no(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(forecast(), written=WRITTEN)
    table = tmp_path / "breaks.csv"
    table.write_text(
        "country,date,type,target\nAtlantis,2017-06-01,COUP,T1a\nVEN,soon,COUP,T1a\n", encoding="utf8"
    )
    read = happenings_of(table, complete_from=YEAR[0], complete_to=YEAR[1])
    assert [words.split(":")[0] for words in read.set_aside] == ["breaks.csv line 2", "breaks.csv line 3"]
    assert not ledger.resolve(read, by=BY).written


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.csv", None, "no such file"),
        ("a.csv", b"day,where\n", "lacks country, date"),
        ("a.csv", b"country,date\n", "lacks type or target"),
        ("a.csv", b"\xff\xfe\x00", "no CSV"),
        ("a.parquet", b"x", "no Parquet"),
        ("a.txt", b"x", "read from .csv or .parquet"),
    ],
)
def test_a_table_that_is_none_is_refused(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError, match=message):
        happenings_of(tmp_path / name)


def test_by_hand_and_corrections(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(forecast(), written=WRITTEN)
    with pytest.raises(DateError, match="cannot be 0 before"):
        ledger.resolve_by_hand(1, "0", source="x", written=WRITTEN)
    with pytest.raises(ParameterError, match="needs its reason"):
        ledger.resolve_by_hand(1, "void", source="x", written=BY)
    with pytest.raises(ParameterError, match="has 1 entries"):
        ledger.resolve_by_hand(2, "1", source="x", written=BY)
    ledger.resolve_by_hand(1, "0", source="x", written=BY)
    with pytest.raises(ParameterError, match="a correction needs a reason"):
        ledger.resolve_by_hand(1, "1", source="y", written=BY)
    with pytest.raises(ParameterError, match="is no forecast"):
        ledger.resolve_by_hand(2, "1", source="y", written=BY)
    ledger.resolve_by_hand(1, "1", source="y", written=BY, reason="the list was revised")
    assert ledger.scores().rows[0].observed_rate == 1
    assert [entry.kind for entry in ledger.entries()] == ["forecast", "resolution", "resolution"]


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.integers(0, 1)), min_size=1, max_size=20))
def test_scores_are_their_definitions(pairs: list[tuple[float, int]]) -> None:
    brier, log = brier_and_log(*map(list, zip(*pairs, strict=True)))
    assert brier == pytest.approx(sum((p - y) ** 2 for p, y in pairs) / len(pairs))
    assert log == pytest.approx(
        -sum(y * math.log(p) + (1 - y) * math.log(1 - p) for p, y in pairs) / len(pairs)
    )


def test_scores_stand_beside_the_base_rate_and_say_what_they_leave_out(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(forecast(p=0.5, base_rate=0.1), written=WRITTEN)
    ledger.append(forecast(p=0.9), written=WRITTEN)  # the same question again
    ledger.append(forecast(country="SDN"), written=WRITTEN)
    ledger.append(forecast(country="EGY"), written=WRITTEN)
    ledger.append(forecast(country="EGY", horizon_days=30), written=date(2017, 6, 6))
    for number in (1, 2, 5):
        ledger.resolve_by_hand(number, "1", source="x", written=BY)
    ledger.resolve_by_hand(3, "void", source="x", written=BY, reason="no list covers it")
    found = ledger.scores()
    assert (found.n_void, found.n_repeated, found.n_overdue) == (1, 1, 1)
    rows = {(row.horizon_days, row.timing, row.whose): row for row in found.rows}
    assert set(rows) == {
        (30, "late", "headline"),
        (30, "late", "model"),
        (90, "live", "headline"),
        (90, "live", "model"),
    }
    row = rows[(90, "live", "headline")]
    assert (row.n, row.mean_p, row.observed_rate) == (1, 0.5, 1.0)
    assert (row.brier, row.brier_base) == (pytest.approx(0.25), pytest.approx(0.81))
    assert (row.log, row.log_base) == (pytest.approx(math.log(2)), pytest.approx(math.log(10)))
    assert len(repr(found).splitlines()) <= 10
    assert len(found.to_frame()) == 4


def test_what_was_settled_early_waits_for_the_end_of_its_window(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(forecast(), written=WRITTEN)
    ledger.resolve_by_hand(1, "1", source="x", written=date(2017, 6, 1))
    assert ledger.scores().rows == ()
    assert ledger.scores(by=BY).rows[0].n == 1


def test_own_resolvers_and_unknown_ones(tmp_path: Path) -> None:
    from garrison.forecasting.ledger import Settled

    ledger = Ledger(tmp_path)
    ledger.append(forecast(resolver=Resolver("mine", "3")), written=WRITTEN)
    assert "unknown" in ledger.resolve(Events.of([]), by=BY).left_open[0][1]
    own = {("mine", "3"): lambda asked, happenings: Settled("0", "I looked")}
    assert ledger.resolve(Events.of([]), by=BY, resolvers=own).written[0].content.resolver == "mine"


def test_frames_and_words_are_short(tmp_path: Path) -> None:
    assert list(Ledger(tmp_path / "new").to_frame().columns)[:2] == ["number", "written"]
    ledger = filled(tmp_path / "ledger.jsonl", 5)
    for day in range(10):
        ledger.append(forecast(horizon_days=30 + day), written=date(2017, 9, 1))
    assert len(repr(ledger).splitlines()) <= 10
    assert len(ledger.to_frame()) == 15
    assert ledger._repr_html_().startswith("<pre>")
