"""Public files of others, where they lie beside the project; what they hold is never copied."""

import time
from pathlib import Path

import pytest

from garrison.events.formats import open_events, read_events

ROOT = Path(__file__).parents[3]
DATA = next(
    (above / "shared" / "data" for above in ROOT.parents if (above / "shared" / "data").is_dir()), ROOT
)
ACLED = DATA / "coding" / "ACLED_sample" / "acled_old_dummy.csv"
ICEWS = DATA / "coding" / "ICEWS_sample" / "events.2018.sample.tab"
PROTESTS = DATA / "history" / "mass_mobilization_1990_2020" / "mm_master.csv"


def there(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"{path.name} does not lie here: the data of others are not part of the project")
    return path


def test_the_sample_of_acleds_own_package() -> None:
    opened = open_events(there(ACLED))
    events = [row for batch in opened.batches() for row in batch.to_pylist()]
    assert opened.format.name == "acled"
    assert (opened.tally.rows, opened.tally.kept, opened.tally.set_aside) == (326, 326, 0)
    assert dict(opened.tally.types) == {
        "PROTEST": 320,
        "REPRESSION": 5,
        "PROTEST_PROPERTY": 3,
        "CROWD_CONTROL": 2,
    }
    assert all(event["adm1"] and event["adm1"].startswith(("AR-", "UY-")) for event in events)
    assert all(event["date_start"] <= event["date_end"] <= event["published"] for event in events)
    assert max(len(event["summary"]) for event in events) == 300


def test_two_days_of_icews() -> None:
    opened = open_events(there(ICEWS))
    events = [row for batch in opened.batches() for row in batch.to_pylist()]
    assert (opened.tally.rows, opened.tally.kept, opened.tally.events) == (3705, 3705, 3705)
    assert opened.tally.without_country <= 2
    assert not opened.tally.unknown_countries
    assert opened.tally.types["PROTEST"] == 109
    assert opened.tally.unmapped["010"] == 528
    venezuela = [event for event in events if event["country"] == "VEN"]
    assert len(venezuela) >= 20
    assert {event["plover"] for event in events if event["dataset_code"] == "141"} == {"PROTEST"}


def test_thirty_years_of_protests() -> None:
    opened = open_events(there(PROTESTS))
    n_events = sum(batch.num_rows for batch in opened.batches())
    assert (opened.tally.rows, opened.tally.kept, opened.tally.without_country) == (15239, 15239, 0)
    # The columns of responses: 828 with deaths, and of the others those with shots, beatings or arrests.
    assert opened.tally.types["PROTEST"] == 15239
    assert opened.tally.types["REPRESSION_LETHAL"] == 828
    assert opened.tally.types["CONCESSION"] == 1527
    assert n_events == opened.tally.events == sum(opened.tally.types.values())


def test_one_country_of_it_becomes_events() -> None:
    events = read_events(there(PROTESTS), country="Venezuela")
    assert {event.country for event in events} == {"VEN"}
    lethal = [
        event for event in events if event.type == "REPRESSION_LETHAL" and event.date_start.year == 2017
    ]
    assert lethal
    assert all(event.actor_sector == "GOV" and event.target_sector == "CVL" for event in lethal)


def test_a_small_file_takes_a_moment() -> None:
    started = time.monotonic()
    read_events(there(ICEWS))
    assert time.monotonic() - started < 20
