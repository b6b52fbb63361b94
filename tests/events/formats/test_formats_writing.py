"""What is written in the forms of others comes back as it was; and what Garrison saved itself is read again."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import garrison
from garrison.errors import TableError
from garrison.events.formats import open_events, read_events, write_events
from garrison.records import Event, Events
from garrison.vocabulary import event_types, sectors

SAMPLES = Path(__file__).parent / "samples"

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60
)
TEXT = WORDS.map(lambda text: " ".join(text.split())).filter(lambda text: text and text not in ("NA", "NULL"))
DAYS = st.dates(date(1950, 1, 1), date(2090, 1, 1))


@st.composite
def events(draw: st.DrawFn) -> Event:
    start = draw(DAYS)
    end = start + timedelta(days=draw(st.integers(0, 30)))
    deaths = draw(st.none() | st.integers(1, 900))
    here = draw(st.booleans())
    return Event(
        id=draw(st.uuids()).hex,
        type=draw(st.sampled_from(sorted(event_types()))),
        country=draw(st.sampled_from(["VEN", "EGY", "COD", "USA"])),
        published=end + timedelta(days=draw(st.integers(0, 9))),
        date_start=start,
        date_end=end,
        p_happened=draw(st.floats(0.01, 0.99)),
        evidence_ratio=draw(st.floats(0.02, 2000)),
        summary=draw(TEXT),
        place_text=draw(st.none() | TEXT),
        actor_sector=draw(st.none() | st.sampled_from(sorted(sectors()))),
        target_sector=draw(st.none() | st.sampled_from(sorted(sectors()))),
        actor_text=draw(st.none() | TEXT),
        count_of="deaths" if deaths else None,
        n_low=float(deaths) if deaths else None,
        n_high=float(deaths) if deaths else None,
        count_kind="flow" if deaths else None,
        sources=tuple(draw(st.lists(TEXT.filter(lambda text: ";" not in text), max_size=3, unique=True))),
        latitude=draw(st.floats(-90, 90)) if here else None,
        longitude=draw(st.floats(-180, 180)) if here else None,
    )


LISTS = st.lists(events(), max_size=5, unique_by=lambda event: event.id)


@settings(max_examples=25, deadline=None)
@given(LISTS)
def test_parquet_comes_back_whole(tmp_path_factory: pytest.TempPathFactory, told: list[Event]) -> None:
    path = write_events(Events.of(told), tmp_path_factory.mktemp("out") / "events.parquet")
    assert list(read_events(path)) == told


@settings(max_examples=25, deadline=None)
@given(LISTS)
def test_geojson_comes_back(tmp_path_factory: pytest.TempPathFactory, told: list[Event]) -> None:
    path = Events.of(told).save(tmp_path_factory.mktemp("out") / "events.geojson")
    features = json.loads(path.read_text(encoding="utf8"))["features"]
    assert len(features) == len(told)
    for feature, event in zip(features, told, strict=True):
        assert feature["id"] == feature["properties"]["id"] == event.id
        if event.latitude is None:
            assert feature["geometry"] is None
        else:
            assert feature["geometry"] == {"type": "Point", "coordinates": [event.longitude, event.latitude]}
        assert feature["properties"]["summary"] == event.summary
        assert feature["properties"]["p_happened"] == event.p_happened


@settings(max_examples=25, deadline=None)
@given(LISTS)
def test_plover_lines_come_back(tmp_path_factory: pytest.TempPathFactory, told: list[Event]) -> None:
    path = write_events(Events.of(told), tmp_path_factory.mktemp("out") / "events.jsonl")
    objects = [json.loads(line) for line in path.read_text(encoding="utf8").split("\n")[:-1]]
    assert len(objects) == len(told)
    for written, event in zip(objects, told, strict=True):
        assert (written["id"], written["date"]) == (event.id, event.date_start.isoformat())
        assert written["event"] == event_types()[event.type].plover
        assert written["garrison"]["type"] == event.type
        assert written["garrison"]["published"] == event.published.isoformat()
        assert written.get("dead") == event.n_low
        assert written["eventLoc"].get("latitude") == event.latitude
        parties = written.get("source", [])
        assert [party.get("sector") for party in parties] == ([event.actor_sector] if parties else [])


@settings(max_examples=25, deadline=None)
@given(LISTS)
def test_acled_like_tables_are_read_as_acled(
    tmp_path_factory: pytest.TempPathFactory, told: list[Event]
) -> None:
    path = write_events(Events.of(told), tmp_path_factory.mktemp("out") / "events.csv")
    opened = open_events(path)
    rows = [row for batch in opened.batches() for row in batch.to_pylist()]
    back = {row["id"].removeprefix("acled:"): row for row in rows if "+" not in row["id"]}
    # What has no counterpart in ACLED has no code, and comes back without a type.
    assert set(back) == {event.id for event in told}
    for event in told:
        row, kind = back[event.id], event_types()[event.type]
        assert (row["country"], row["published"]) == (event.country, event.published)
        assert row["date_start"] <= event.date_start <= row["date_end"]
        assert (row["latitude"], row["longitude"]) == (event.latitude, event.longitude)
        assert (row["summary"], row["place_text"]) == (event.summary, event.place_text)
        assert row["dataset_code"] == kind.acled
        assert tuple(row["sources"]) == event.sources
        if event.actor_text:
            assert row["actor_text"] == event.actor_text


def test_acled_rows_keep_their_codes() -> None:
    told = read_events(SAMPLES / "acled.csv")
    from garrison.events.formats.acled_like import acled_like_csv

    text = acled_like_csv(told)
    assert "Excessive force against protesters" in text
    assert text.splitlines()[0].endswith("timestamp,garrison_id,garrison_type,p_happened,evidence_ratio,adm1")


def test_markup_in_a_cell_stays_one_cell(tmp_path: Path) -> None:
    day = date(2020, 1, 2)
    event = Event(
        "a", "PROTEST", "VEN", day, day, day, 0.9, 2.0, summary='He said: "no", <b>twice</b>,\nand left'
    )
    path = write_events(Events.of([event]), tmp_path / "a.csv")
    (row,) = [row for batch in open_events(path).batches() for row in batch.to_pylist()]
    assert row["summary"] == 'He said: "no", <b>twice</b>, and left'


def test_forms_that_are_unknown(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"'\.xml' tells no form"):
        write_events(Events.of([]), tmp_path / "a.xml")
    with pytest.raises(TableError, match=r"cannot write events as 'plovr'\. Did you mean plover"):
        write_events(Events.of([]), tmp_path / "a.xml", "plovr")
    with pytest.raises(TableError, match="has no coordinates"):
        garrison.Claims.of([]).save(tmp_path / "claims.geojson")


def test_a_cases_table_is_read_with_its_country() -> None:
    case = garrison.case("venezuela-2017")
    path = case.folder / "events.csv"
    assert list(garrison.read_events(path, country="Venezuela")) == list(case.events())
    with pytest.raises(TableError, match="names no country"):
        garrison.read_events(path)


def test_parquet_of_before_the_columns_of_other_data(tmp_path: Path) -> None:
    day = date(2020, 1, 2)
    table = Events.of([Event("a", "PROTEST", "VEN", day, day, day, 0.9, 2.0)]).table
    old = Events(table.drop_columns(["latitude", "dataset", "conflict"]))
    path = old.save(tmp_path / "old.parquet")
    assert read_events(path)[0].dataset is None


def test_parquet_that_is_no_events(tmp_path: Path) -> None:
    path = garrison.Claims.of([]).save(tmp_path / "claims.parquet")
    with pytest.raises(TableError, match="lacks the columns p_happened"):
        read_events(path)
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and no more")
    with pytest.raises(TableError, match="is no whole Parquet file"):
        read_events(broken)


def test_events_of_one_country_only() -> None:
    assert len(read_events(SAMPLES / "scad.csv", country="NGA")) == 5
    assert len(read_events(SAMPLES / "scad.csv", country="Egypt")) == 0
    told = read_events(SAMPLES / "gdelt_2.export.CSV")
    assert {event.type for event in told} == {"PROTEST", "REPRESSION", "PURGE_ARREST_MIL", "FOREIGN_PRESSURE"}
