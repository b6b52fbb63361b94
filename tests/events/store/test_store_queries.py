"""What is asked is what brute force over the rows gives; the parts' own counts are the full scan."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_events import COUNTRIES, TYPES, made_events

from garrison.errors import GarrisonError, ParameterError, TableError
from garrison.events.store import EventFilter, EventStore
from garrison.events.store.counting import side_files_suffice
from garrison.events.store.counts import KEYS, TIMES
from garrison.records import Event, Events

ALL = made_events(range(400))
DAYS = st.dates(date(2015, 10, 1), date(2016, 4, 1))
FILTERS = st.builds(
    dict,
    country=st.none() | st.sets(st.sampled_from(COUNTRIES)).map(tuple),
    type=st.none() | st.sampled_from(TYPES),
    since=st.none() | DAYS | st.sampled_from([date(2015, 12, 1), date(2016, 1, 1)]),
    until=st.none() | DAYS | st.sampled_from([date(2016, 1, 31), date(2016, 2, 29)]),
    adm1=st.none() | st.just("VE-A"),
    actor=st.none() | st.sampled_from(["COP", "MIL"]),
    dataset=st.none() | st.just(("acled", "gdelt")),
    min_p=st.none() | st.floats(0, 1),
    as_of=st.none() | DAYS,
)
LIGHT = st.builds(lambda given: {**given, "adm1": None, "actor": None, "min_p": None, "as_of": None}, FILTERS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> EventStore:
    made = EventStore(tmp_path_factory.mktemp("home"))
    for number in range(3):
        made.append([ALL.table.slice(150 * number, 150)], origin="made", digest=str(number))
    return made


def is_wanted(event: Event, wanted: EventFilter) -> bool:
    def among(value: str | None, words: tuple[str, ...] | None) -> bool:
        return words is None or value in words

    return (
        among(event.country, wanted.country)
        and among(event.type, wanted.type)
        and among(event.adm1, wanted.adm1)
        and among(event.actor_sector, wanted.actor)
        and among(event.dataset, wanted.dataset)
        and (wanted.since is None or event.date_start >= wanted.since)
        and (wanted.until is None or event.date_start <= wanted.until)
        and (wanted.min_p is None or event.p_happened >= wanted.min_p)
        and (wanted.as_of is None or event.published <= wanted.as_of)
    )


KEY: dict[str, Callable[[Event], object]] = {
    "day": lambda event: event.date_start,
    "week": lambda event: date.fromordinal(event.date_start.toordinal() - event.date_start.weekday()),
    "month": lambda event: event.date_start.replace(day=1),
    "year": lambda event: event.date_start.year,
    "place": lambda event: event.adm1,
    "type": lambda event: event.type,
    "actor": lambda event: event.actor_sector,
    "country": lambda event: event.country,
    "dataset": lambda event: event.dataset,
}


def filter_of(asked: dict) -> EventFilter | None:
    try:
        return EventFilter(**asked)
    except GarrisonError:
        return None


def brute(wanted: EventFilter, by: list[str]) -> dict[tuple, tuple[int, float]]:
    """Counts by pandas over the records."""
    rows = [[*(KEY[key](event) for key in by), event.p_happened] for event in ALL if is_wanted(event, wanted)]
    if not rows:
        return {}
    frame = pd.DataFrame(rows, columns=[*by, "p"], dtype=object)
    frame["p"] = frame["p"].astype(float)
    if not by:
        return {(): (len(frame), frame["p"].sum())}
    groups = frame.groupby(by, dropna=False)["p"].agg(["size", "sum"])
    return {
        tuple(None if pd.isna(part) else part for part in (key if isinstance(key, tuple) else (key,))): (
            int(row["size"]),
            float(row["sum"]),
        )
        for key, row in groups.iterrows()
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=FILTERS)
def test_filters_give_what_brute_force_gives(store: EventStore, asked: dict) -> None:
    wanted = filter_of(asked)
    if wanted is None:
        return
    right = sorted(
        (event for event in ALL if is_wanted(event, wanted)), key=lambda event: (event.date_start, event.id)
    )
    assert list(store.events(wanted)) == right
    assert list(store.events(wanted, limit=3)) == right[:3]
    assert sum(map(len, store.batches(wanted))) == len(right)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=FILTERS | LIGHT, time=st.none() | st.sampled_from(TIMES), others=st.sets(st.sampled_from(KEYS[4:]))
)
def test_counts_are_brute_force_counts(
    store: EventStore, asked: dict, time: str | None, others: set[str]
) -> None:
    wanted = filter_of(asked)
    if wanted is None:
        return
    by = [*([time] if time else []), *sorted(others)]
    right = brute(wanted, by)
    for scan in (False, True):
        counts = store.counts(by, wanted, scan=scan)
        assert counts.from_side_files == (side_files_suffice(by, wanted) and not scan)
        found = {
            tuple(row[key] for key in by): (row["n_events"], pytest.approx(row["n_expected"], abs=1e-5))
            for row in counts.table.to_pylist()
            if row["n_events"]
        }
        assert found == right
        assert counts.n_events == sum(n_events for n_events, _ in right.values())


def test_the_parts_own_counts_are_the_full_scan(store: EventStore) -> None:
    by = ["country", "month", "type", "dataset"]
    quick, scanned = store.counts(by), store.counts(by, scan=True)
    assert quick.from_side_files
    assert not scanned.from_side_files
    assert quick.table == scanned.table


def test_nothing_of_later_is_known_on_a_day(store: EventStore) -> None:
    day = date(2015, 12, 24)
    assert all(event.published <= day for event in store.events(EventFilter(as_of=day)))


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"country": "Atlantis"}, "Atlantis"),
        ({"type": "COUPP"}, "COUP"),
        ({"actor": "ARMY"}, "ARMY"),
        ({"min_p": 1.5}, "1.5"),
        ({"since": date(2016, 2, 1), "until": date(2016, 1, 1)}, "earlier"),
    ],
)
def test_a_wrong_filter_is_named(asked: dict, named: str) -> None:
    with pytest.raises(GarrisonError, match=named):
        EventFilter(**asked)


@pytest.mark.parametrize("by", ["momth", "day,month", "type,type"])
def test_wrong_keys_are_named(store: EventStore, by: str) -> None:
    with pytest.raises(ParameterError, match=by.split(",")[0]):
        store.counts(by)


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".json", ".jsonl", ".geojson"])
def test_events_and_counts_are_saved(store: EventStore, tmp_path: Path, suffix: str) -> None:
    wanted = EventFilter(country="VEN")
    path = store.save(tmp_path / f"events{suffix}", wanted)
    n_events = len(store.events(wanted))
    text = path.read_bytes()
    if suffix == ".parquet":
        assert parquet.read_table(path) == store.events(wanted).table
    elif suffix == ".csv":
        assert path.read_text() == store.events(wanted).to_csv()
    elif suffix == ".jsonl":
        assert len(text.splitlines()) == n_events
    else:
        told = json.loads(text)
        assert len(told["features"] if suffix == ".geojson" else told) == n_events
    counts = store.counts("place,month", wanted)
    assert counts.save(tmp_path / f"counts{suffix}").stat().st_size
    assert list(tmp_path.iterdir()) != []


def test_counts_lie_on_the_map_and_print_small(store: EventStore) -> None:
    counts = store.counts("place")
    where = {row["place"]: row["latitude"] for row in counts.on_map().to_pylist()}
    assert where[None] is None
    assert 10 < where["VE-A"] < 11
    assert len(repr(counts).splitlines()) <= 10
    assert "VE-A" in counts._repr_html_()
    with pytest.raises(ParameterError, match="place"):
        store.counts("type").on_map()


@pytest.mark.parametrize(
    "by", ["day", "week,type", "month,type,country", "year", "type", "country,actor", ""]
)
def test_counts_draw_themselves(store: EventStore, by: str) -> None:
    ax = store.counts(by).plot()
    assert ax.lines or ax.patches
    totals = sum(patch.get_width() for patch in ax.patches) or sum(
        line.get_ydata().sum() for line in ax.lines
    )
    if by != "country,actor":
        assert totals == len(ALL)


def test_no_events_cannot_be_drawn(store: EventStore) -> None:
    with pytest.raises(ParameterError, match="no events"):
        store.counts("month", EventFilter(since=date(2020, 1, 1))).plot()


def test_an_empty_store_answers(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    store.append([], origin="nothing", digest="0")
    assert len(store.events()) == 0
    assert store.events().table.schema == Events.of([]).table.schema
    assert len(store.counts("month,type")) == 0
    with pytest.raises(TableError, match="garrison import"):
        EventStore(tmp_path / "nowhere").events()


def test_others_read_the_same_layout(store: EventStore) -> None:
    import dask.dataframe as dd
    import duckdb
    import pyarrow.dataset as dataset

    root = store._layout.root
    plain = dataset.dataset(root, format="parquet", partitioning="hive").to_table()
    assert len(plain) == len(ALL)
    assert plain.schema.field("country").type == "string"
    frame = dd.read_parquet(root)
    assert len(frame) == len(ALL)
    by_type = frame[frame.year == 2015].groupby("type").size().compute().to_dict()
    wanted = EventFilter(until=date(2015, 12, 31))
    assert by_type == {
        row["type"]: row["n_events"] for row in store.counts("type", wanted).table.to_pylist() if row["type"]
    }
    everything = f"SELECT count(*), count(DISTINCT id) FROM '{root}/**/*.parquet'"
    assert duckdb.sql(everything).fetchall() == [(len(ALL), len(ALL))]
