"""Append: order and batching do not matter, twice adds nothing, nothing is lost, what cannot be kept is set aside."""

import random
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_events import made_event, made_events, told_otherwise

from garrison.errors import TableError
from garrison.events.store import EventFilter, EventStore, tiers, year_buffers
from garrison.events.store import event_form as form
from garrison.records import Events


def rows(events: Events) -> list[dict]:
    return sorted(events.table.to_pylist(), key=lambda row: row["id"])


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    events = made_events(range(200))
    store = EventStore(tmp_path)
    done = store.append(events.table.to_batches(), origin="made", digest="1")
    assert (done.n_added, done.n_known, done.n_other_content) == (200, 0, 0)
    found = store.events()
    assert found.table.schema == events.table.schema
    assert rows(found) == rows(events)
    assert list(found) == sorted(events, key=lambda event: (event.date_start, event.id))
    assert len(store) == store.check() == 200
    assert len(repr(store).splitlines()) <= 10


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=80), st.integers(1, 30), st.randoms())
def test_order_and_batching_do_not_matter(numbers: list[int], size: int, dice: random.Random) -> None:
    straight, shuffled = made_events(sorted(set(numbers))), numbers[:]
    dice.shuffle(shuffled)
    cut = dice.randrange(len(shuffled) + 1)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        first, second = EventStore(one), EventStore(other)
        first.append([straight.table], origin="all", digest="1")
        added = 0
        for digest, part in (("1", shuffled[:cut]), ("2", shuffled[cut:])):
            batches = made_events(part).table.to_batches(max_chunksize=size)
            added += second.append(batches, origin="part", digest=digest).n_added
        assert added == len(set(numbers))
        assert first.events().table == second.events().table
        by = ["month", "country", "type", "dataset"]
        assert first.counts(by).table == second.counts(by).table


@settings(max_examples=8, deadline=None)
@given(st.sets(st.integers(0, 60), min_size=1), st.sets(st.integers(0, 60), min_size=1))
def test_twice_adds_nothing(one: set[int], other: set[int]) -> None:
    with TemporaryDirectory() as home:
        store = EventStore(home)
        store.append([made_events(one).table], origin="one", digest="1")
        again = store.append([made_events(one).table], origin="one", digest="1")
        assert again.again
        copied = store.append([made_events(sorted(one, reverse=True)).table], origin="copy", digest="2")
        assert (copied.n_added, copied.n_known) == (0, len(one))
        both = store.append([made_events(one | other).table], origin="both", digest="3")
        assert (both.n_added, both.n_known) == (len(other - one), len(one))
        assert len(store.events()) == len(one | other)


def test_a_file_that_is_known_is_not_read(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    store.append([made_events(range(3)).table], origin="one", digest="1")

    def unreadable():
        raise AssertionError("read again")
        yield

    assert store.append(unreadable(), origin="two", digest="1").again


def test_other_content_of_a_known_id_is_set_aside_not_lost(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    store.append([made_events(range(10)).table], origin="first", digest="1")
    changed = Events.of([told_otherwise(3), made_event(4), made_event(11)])
    done = store.append([changed.table], origin="second", digest="2")
    assert (done.n_added, done.n_known, done.n_other_content) == (1, 1, 1)
    aside = store.set_aside()
    assert aside.column("origin").to_pylist() == ["second"]
    assert "has this id" in aside.column("reason")[0].as_py()
    assert aside.column("summary").to_pylist() == ["something else"]
    assert made_event(3) in list(store.events())
    assert "1 set aside" in repr(done)


def test_two_contents_of_one_id_in_one_file(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    done = store.append([Events.of([made_event(1), told_otherwise(1)]).table], origin="x", digest="1")
    assert (done.n_added, done.n_other_content) == (1, 1)
    assert list(store.events()) == [made_event(1)]


def test_rows_without_id_or_day_are_set_aside(tmp_path: Path) -> None:
    table = Events.of(
        [made_event(1), replace(made_event(2), id=None), replace(made_event(3), date_start=None)]
    )
    store = EventStore(tmp_path)
    done = store.append([table.table], origin="x", digest="1")
    assert (done.n_added, done.n_unusable) == (1, 2)
    assert len(store.set_aside()) == 2


def test_rows_without_type_country_and_dataset_are_kept(tmp_path: Path) -> None:
    bare = replace(made_event(1), type=None, country=None, dataset=None, published=None, p_happened=None)
    store = EventStore(tmp_path)
    store.append([Events.of([bare]).table], origin="x", digest="1")
    assert list(store.events()) == [bare]
    assert store.counts(["country", "type"]).table.to_pylist() == [
        {"country": None, "type": None, "n_events": 1, "n_expected": 0.0}
    ]
    assert store.counts(["country", "type"], scan=True).table == store.counts(["country", "type"]).table


@pytest.mark.parametrize("kind", [pa.dictionary(pa.int8(), pa.string()), pa.large_string()])
def test_columns_of_another_arrow_type_are_the_same_rows(tmp_path: Path, kind: pa.DataType) -> None:
    plain = made_events(range(20)).table
    place = plain.schema.get_field_index("country")
    other = plain.set_column(place, "country", plain.column("country").cast(kind))
    store = EventStore(tmp_path)
    store.append([plain.slice(0, 10), other.slice(10)], origin="x", digest="1")
    done = store.append([other], origin="y", digest="2")
    assert (done.n_added, done.n_known) == (0, 20)
    assert rows(store.events()) == plain.sort_by("id").to_pylist()


def test_columns_that_a_table_lacks_stand_at_their_default(tmp_path: Path) -> None:
    few = made_events([1]).table.drop_columns(["sources", "denied", "latitude", "summary"])
    store = EventStore(tmp_path)
    store.append([few], origin="x", digest="1")
    event = store.events()[0]
    assert (event.sources, event.denied, event.latitude, event.summary) == ((), False, None, "")


def test_batches_that_are_no_events_are_refused_and_leave_nothing(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    store.append([made_events(range(3)).table], origin="x", digest="1")
    wrong = made_events(range(9)).table.rename_columns(
        [name.replace("summary", "sumary") for name in made_events([1]).table.column_names]
    )
    with pytest.raises(TableError, match="summary"):
        store.append([made_events(range(9)).table, wrong], origin="y", digest="2")
    assert len(store.events()) == 3
    assert not (tmp_path / "events/_store/staging").exists()
    assert len(store.appends()) == 1


def test_an_interrupted_source_adds_nothing(tmp_path: Path) -> None:
    store = EventStore(tmp_path)

    def broken():
        yield made_events(range(5)).table
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.append(broken(), origin="x", digest="1")
    assert len(store) == 0
    assert store.append([made_events(range(5)).table], origin="x", digest="1").n_added == 5


def test_many_small_appends_leave_few_files(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    for number in range(40):
        store.append([made_events(range(5 * number, 5 * number + 7)).table], origin="x", digest=str(number))
    events = made_events(range(202))
    assert rows(store.events()) == rows(events)
    files = list((tmp_path / "events").glob("year=*/*.parquet"))
    assert len(files) <= 2 * 2 * tiers.MANY
    assert len(list((tmp_path / "events/_store/index").iterdir())) <= 2 * tiers.MANY
    assert len(list((tmp_path / "events/_store/counts").iterdir())) == len(files)
    assert store.append([events.table], origin="x", digest="all").n_known == 202
    assert store.check() == 202


def test_small_pieces_and_small_parts_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form, "PIECE_ROWS", 7)
    monkeypatch.setattr(year_buffers, "PART_ROWS", 11)
    monkeypatch.setattr(year_buffers, "ALL_BYTES", 5000)
    events = made_events(range(300))
    store = EventStore(tmp_path)
    store.append(events.table.to_batches(max_chunksize=13), origin="x", digest="1")
    assert rows(store.events()) == rows(events)
    assert store.counts("month", EventFilter(type="COUP"), scan=True).table == (
        store.counts("month", EventFilter(type="COUP")).table
    )


def test_parts_of_an_older_schema_are_read_beside_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = form.event_schema()
    older = pa.schema([field for field in whole if field.name not in ("sources", "conflict", "denied")])
    old = made_events(range(5)).table.select(older.names)
    with monkeypatch.context() as patched:
        patched.setattr(form, "event_schema", lambda: older)
        EventStore(tmp_path).append([old], origin="old", digest="1")
    store = EventStore(tmp_path)
    alone = store.events()
    assert alone.table.schema == whole
    assert [event.sources for event in alone] == [()] * 5
    store.append([made_events(range(100, 105)).table], origin="new", digest="2")
    both = store.events()
    assert [event.denied for event in both] == [False] * 10
    assert [event.sources for event in both if event.id == "made-1"] == [()]
    assert made_event(102) in list(both)
