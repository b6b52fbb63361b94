"""Each format's sample, read to the exact rows expected; the samples are invented, their headers are the real ones."""

from pathlib import Path

import pytest

from garrison.events.formats import formats, open_events, recognise

SAMPLES = Path(__file__).parent / "samples"

COLUMNS = (
    *(
        "id",
        "type",
        "country",
        "date_start",
        "date_end",
        "published",
        "adm1",
        "actor_sector",
        "target_sector",
    ),
    *("plover", "plover_mode", "dataset_code", "count_of", "n_low", "n_high"),
)

# fmt: off
EXPECTED = {
    "acled.csv": ("acled", [
        ("acled:VEN1", "PROTEST", "VEN",
         "2019-04-06", "2019-04-06", "2019-04-10", "VE-V", "CVL", None,
         "PROTEST", "demo", "Protests / Peaceful protest", None, None, None),
        ("acled:VEN2", "PROTEST", "VEN",
         "2019-04-06", "2019-04-06", "2019-04-10", "VE-S", "CVL", "GRD",
         "PROTEST", "demo", "Protests / Excessive force against protesters", None, None, None),
        ("acled:VEN3", "DEFECT", "VEN",
         "2019-04-04", "2019-04-10", "2019-04-10", "VE-V", "MIL", None,
         None, None, "Strategic developments / Change to group/activity", None, None, None),
        ("acled:VEN4", "PURGE_ARREST_MIL", "VEN",
         "2019-04-08", "2019-04-08", "2019-04-10", "VE-A", "COP", "CVL",
         "COERCE", "arrest", "Strategic developments / Arrests", None, None, None),
        ("acled:VEN5", "MUTINY", "VEN",
         "2019-04-08", "2019-04-08", "2019-04-10", "VE-G", "MIL", "MIL",
         "ASSAULT", "firearms", "Battles / Armed clash", "deaths", 1.0, 1.0),
        ("acled:VEN6", None, "VEN",
         "2019-04-09", "2019-04-09", "2019-04-10", None, "FOR", "CVL",
         "ASSAULT", None, "Violence against civilians / Attack", None, None, None),
        ("acled:VEN2+REPRESSION_LETHAL", "REPRESSION_LETHAL", "VEN",
         "2019-04-06", "2019-04-06", "2019-04-10", "VE-S", "GRD", "CVL",
         "ASSAULT", None, "Protests / Excessive force against protesters", "deaths", 2.0, 2.0),
    ]),
    "gdelt_1.export.CSV": ("gdelt_1", [
        ("gdelt:650000001", "PROTEST", "VEN",
         "2017-05-06", "2017-05-06", "2017-05-07", "VE-S", "OPP", None,
         "PROTEST", "demo", "141", None, None, None),
        ("gdelt:650000002", "REPRESSION", "VEN",
         "2017-05-06", "2017-05-06", "2017-05-07", "VE-S", "COP", "STU",
         "ASSAULT", None, "175", None, None, None),
        ("gdelt:650000003", "PURGE_ARREST_MIL", "VEN",
         "2017-05-06", "2017-05-06", "2017-05-07", None, "GOV", "MIL",
         "COERCE", "arrest", "173", None, None, None),
    ]),
    "gdelt_2.export.CSV": ("gdelt_2", [
        ("gdelt:650000001", "PROTEST", "VEN",
         "2017-05-06", "2017-05-06", "2017-05-07", "VE-S", "OPP", None,
         "PROTEST", "demo", "141", None, None, None),
        ("gdelt:650000002", "REPRESSION", "VEN",
         "2017-05-06", "2017-05-06", "2017-05-07", "VE-S", "COP", "STU",
         "ASSAULT", None, "175", None, None, None),
        ("gdelt:650000003", "PURGE_ARREST_MIL", "VEN",
         "2017-05-06", "2017-05-06", "2017-05-07", None, "GOV", "MIL",
         "COERCE", "arrest", "173", None, None, None),
        ("gdelt:650000004", "FOREIGN_PRESSURE", "VEN",
         "2017-05-06", "2017-05-06", "2017-05-07", "VE-A", "FOR", "GOV",
         "ACCUSE", "disapprove", "111", None, None, None),
        ("gdelt:650000005", None, "VEN",
         "2017-05-06", "2017-05-06", "2017-05-07", "VE-S", "COP", None,
         "PROTEST", "demo", "141", None, None, None),
        ("gdelt:650000006", None, "VEN",
         "2017-05-06", "2017-05-06", "2017-05-07", "VE-S", "MIL", "GOV",
         "REJECT", None, "120", None, None, None),
        ("gdelt:650000007", None, None,
         "2017-05-06", "2017-05-06", "2017-05-07", None, "BUS", None,
         None, None, "010", None, None, None),
    ]),
    "icews.tab": ("icews", [
        ("icews:1", "REPRESSION", "VEN",
         "2018-06-01", "2018-06-01", "2018-06-01", "VE-D", "COP", "OPP",
         "ASSAULT", None, "175", None, None, None),
        ("icews:2", "PURGE_ARREST_MIL", "VEN",
         "2018-06-01", "2018-06-01", "2018-06-01", None, "GOV", "MIL",
         "COERCE", "arrest", "173", None, None, None),
        ("icews:3", "FOREIGN_PRESSURE", "VEN",
         "2018-06-01", "2018-06-01", "2018-06-01", "VE-D", "FOR", "GOV",
         "COERCE", "restrict", "163", None, None, None),
        ("icews:4", None, "VEN",
         "2018-06-01", "2018-06-01", "2018-06-01", "VE-D", "COP", None,
         "COERCE", "arrest", "173", None, None, None),
        ("icews:5", "PROTEST", "VEN",
         "2018-06-01", "2018-06-01", "2018-06-01", "VE-D", "CVL", None,
         "PROTEST", "demo", "141", None, None, None),
    ]),
    "mass_mobilization.csv": ("mass_mobilization", [
        ("mass_mobilization:1012017001", "PROTEST", "VEN",
         "2017-05-06", "2017-05-06", "2017-05-06", "VE-V", "CVL", "GOV",
         "PROTEST", "demo", "0", "participants", 1000.0, 1999.0),
        ("mass_mobilization:1012017002", "PROTEST", "VEN",
         "2017-05-07", "2017-05-09", "2017-05-09", "VE-V", "CVL", "GOV",
         "PROTEST", "riot", "1", "participants", 100.0, 999.0),
        ("mass_mobilization:1012017003", "PROTEST", "VEN",
         "2017-05-10", "2017-05-10", "2017-05-10", "VE-A", "CVL", "GOV",
         "PROTEST", "demo", "0", None, None, None),
        ("mass_mobilization:1012017003+REPRESSION_LETHAL", "REPRESSION_LETHAL", "VEN",
         "2017-05-10", "2017-05-10", "2017-05-10", "VE-A", "GOV", "CVL",
         "ASSAULT", None, "0", None, None, None),
        ("mass_mobilization:1012017002+REPRESSION", "REPRESSION", "VEN",
         "2017-05-07", "2017-05-09", "2017-05-09", "VE-V", "GOV", "CVL",
         "COERCE", None, "1", None, None, None),
        ("mass_mobilization:1012017003+CONCESSION", "CONCESSION", "VEN",
         "2017-05-10", "2017-05-10", "2017-05-10", "VE-A", "GOV", "CVL",
         "CONCEDE", None, "0", None, None, None),
    ]),
    "navco3.csv": ("navco3", [
        ("navco3:c0a167377e521b22", "PROTEST", "EGY",
         "2011-01-28", "2011-01-28", "2011-01-28", None, "CVL", "GOV",
         "PROTEST", "demo", "141", None, None, None),
        ("navco3:ab0916dd702277e9", "REPRESSION_LETHAL", "EGY",
         "2011-01-28", "2011-01-28", "2011-01-28", None, "COP", "CVL",
         "ASSAULT", None, "180", "deaths", 7.0, 7.0),
        ("navco3:946ccebf5731a61a", None, "EGY",
         "2011-01-29", "2011-01-29", "2011-01-29", None, "FOR", "GOV",
         "CONSULT", "visit", "043", None, None, None),
    ]),
    "phoenix.txt": ("phoenix", [
        ("phoenix:0_v0.2.0", "REPRESSION", "EGY",
         "2014-06-22", "2014-06-22", "2014-06-22", "EG-C", "COP", "MED",
         "COERCE", "arrest", "173", None, None, None),
        ("phoenix:1_v0.2.0", "PROTEST", "EGY",
         "2014-06-22", "2014-06-22", "2014-06-22", "EG-C", "CVL", "GOV",
         "PROTEST", "demo", "1411", None, None, None),
        ("phoenix:2_v0.2.0", None, "EGY",
         "2014-06-22", "2014-06-22", "2014-06-22", "EG-C", "FOR", "GOV",
         "CONSULT", "visit", "043", None, None, None),
    ]),
    "phoenix_historical.csv": ("phoenix_historical", [
        ("phoenix_historical:NYT1", "PROTEST_PROPERTY", "EGY",
         "1977-01-18", "1977-01-18", "1977-01-18", "EG-C", "CVL", "GOV",
         "PROTEST", "riot", "145", None, None, None),
        ("phoenix_historical:NYT2", "REPRESSION", "EGY",
         "1977-01-19", "1977-01-19", "1977-01-19", "EG-C", "MIL", "CVL",
         "ASSAULT", None, "190", None, None, None),
    ]),
    "polecat.txt": ("polecat", [
        ("polecat:20230204-1", "PROTEST", "VEN",
         "2023-02-03", "2023-02-03", "2023-02-04", "VE-L", "LAB", None,
         "PROTEST", "demo", "PROTEST / demo", None, None, None),
        ("polecat:20230204-2", "CROWD_CONTROL", "VEN",
         "2023-02-03", "2023-02-03", "2023-02-04", "VE-L", "COP", "STU",
         "ASSAULT", "crowd-control", "ASSAULT / crowd-control", None, None, None),
        ("polecat:20230204-3", "PURGE_ARREST_MIL", "VEN",
         "2023-02-03", "2023-02-03", "2023-02-04", "VE-L", "GOV", "MIL",
         "COERCE", "arrest", "COERCE / arrest", None, None, None),
        ("polecat:20230204-4", "FOREIGN_PRESSURE", "VEN",
         "2023-02-03", "2023-02-03", "2023-02-04", "VE-L", "FOR", "GOV",
         "SANCTION", "withdraw", "SANCTION / withdraw", None, None, None),
        ("polecat:20230204-5", None, "VEN",
         "2023-02-03", "2023-02-03", "2023-02-04", "VE-L", "REL", None,
         "CONSULT", "visit", "CONSULT / visit", None, None, None),
    ]),
    "polecat_malformed.txt": ("polecat", [
        ("polecat:20230204-1", "PROTEST", "VEN",
         "2023-02-03", "2023-02-03", "2023-02-04", "VE-L", "LAB", None,
         "PROTEST", "demo", "PROTEST / demo", None, None, None),
        ("polecat:20230204-2", "CROWD_CONTROL", "VEN",
         "2023-02-03", "2023-02-03", "2023-02-04", "VE-L", "COP", "STU",
         "ASSAULT", "crowd-control", "ASSAULT / crowd-control", None, None, None),
        ("polecat:20230204-3", "PURGE_ARREST_MIL", "VEN",
         "2023-02-03", "2023-02-03", "2023-02-04", "VE-L", "GOV", "MIL",
         "COERCE", "arrest", "COERCE / arrest", None, None, None),
        ("polecat:20230204-4", "FOREIGN_PRESSURE", "VEN",
         "2023-02-03", "2023-02-03", "2023-02-04", "VE-L", "FOR", "GOV",
         "SANCTION", "withdraw", "SANCTION / withdraw", None, None, None),
        ("polecat:20230204-5", None, "VEN",
         "2023-02-03", "2023-02-03", "2023-02-04", "VE-L", "REL", None,
         "CONSULT", "visit", "CONSULT / visit", None, None, None),
    ]),
    "scad.csv": ("scad", [
        ("scad:4750001", "STRIKE", "NGA",
         "2012-01-09", "2012-01-09", "2012-01-09", "NG-KN", "LAB", "GOV",
         "PROTEST", "strike", "5", None, None, None),
        ("scad:4750002", "PROTEST", "NGA",
         "2012-01-10", "2012-01-10", "2012-01-10", "NG-KN", "CVL", "COP",
         "PROTEST", "demo", "2", None, None, None),
        ("scad:4750003", "MUTINY", "NGA",
         "2012-01-11", "2012-01-11", "2012-01-11", "NG-LA", "MIL", "COP",
         "ASSAULT", None, "10", None, None, None),
        ("scad:4750004", "REPRESSION_LETHAL", "NGA",
         "2012-01-12", "2012-01-12", "2012-01-12", None, "MIL", "CVL",
         "ASSAULT", None, "7", "deaths", 4.0, 4.0),
        ("scad:4750005", None, "NGA",
         "2012-01-13", "2012-01-13", "2012-01-13", "NG-KN", None, "COP",
         "ASSAULT", None, "8", None, None, None),
        ("scad:4750002+REPRESSION_LETHAL", "REPRESSION_LETHAL", "NGA",
         "2012-01-10", "2012-01-10", "2012-01-10", "NG-KN", "GOV", "CVL",
         "ASSAULT", None, "2", "deaths", 3.0, 3.0),
    ]),
    "ucdp_ged.csv": ("ucdp_ged", [
        ("ucdp_ged:101", "REPRESSION_LETHAL", "VEN",
         "2017-05-06", "2017-05-06", "2017-05-06", "VE-S", "MIL", "CVL",
         "ASSAULT", "massacre", "3", "deaths", 2.0, 3.0),
        ("ucdp_ged:102", "COUP", "VEN",
         "1992-11-27", "1992-11-28", "1992-11-28", "VE-S", "MIL", "MIL",
         "ASSAULT", None, "1", "deaths", 50.0, 171.0),
        ("ucdp_ged:103", None, "VEN",
         "2017-05-07", "2017-05-09", "2017-05-09", "VE-S", "FOR", "CVL",
         "ASSAULT", "massacre", "3", None, None, None),
        ("ucdp_ged:104", None, "VEN",
         "2017-05-07", "2017-05-07", "2017-05-07", "VE-S", None, None,
         "ASSAULT", None, "2", None, None, None),
    ]),
}
# fmt: on


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_is_read_to_the_rows_expected(name: str) -> None:
    format_name, expected = EXPECTED[name]
    opened = open_events(SAMPLES / name)
    rows = [row for batch in opened.batches() for row in batch.to_pylist()]
    days = ("date_start", "date_end", "published")
    told = [tuple(str(row[key]) if key in days else row[key] for key in COLUMNS) for row in rows]
    assert recognise(SAMPLES / name).name == format_name
    assert told == expected
    assert opened.rejects.num_rows == 0
    tally = opened.tally
    assert tally.rows == tally.kept + tally.set_aside + tally.repeated + tally.no_events
    assert tally.events == len(rows)


def test_every_format_has_a_sample() -> None:
    without = set(formats()) - {name for name, _ in EXPECTED.values()}
    # The cleaned Mass Mobilization is read from the public file itself, in test_formats_real.py.
    assert without == {"mass_mobilization_cleaned"}


def test_what_a_row_tells_beside_codes() -> None:
    opened = open_events(SAMPLES / "acled.csv")
    rows = {row["id"]: row for batch in opened.batches() for row in batch.to_pylist()}
    shot, march = rows["acled:VEN2+REPRESSION_LETHAL"], rows["acled:VEN1"]
    assert shot["summary"] == "National guards shot into a march; two people died, one of them a nurse."
    assert (shot["actor_text"], shot["target_text"]) == (
        "Military Forces of Venezuela (2013-) National Guard",
        "Protesters (Venezuela)",
    )
    assert march["sources"] == ["El Diario", "La Voz"]
    assert (march["latitude"], march["longitude"], march["place_text"]) == (10.6317, -71.6406, "Maracaibo")
    assert (march["dataset"], march["source_kinds"], march["evidence_ratio"]) == ("acled", ["media"], 30.0)


def test_the_chance_of_a_row_follows_from_the_worth_of_its_data_and_the_prior_of_its_type() -> None:
    from garrison.events.credibility import type_prior

    opened = open_events(SAMPLES / "gdelt_2.export.CSV")
    rows = [row for batch in opened.batches() for row in batch.to_pylist()]
    arrest = next(row for row in rows if row["type"] == "PURGE_ARREST_MIL")
    prior = type_prior("PURGE_ARREST_MIL")
    odds = prior / (1 - prior) * formats()["gdelt_2"].evidence_ratio.value
    assert arrest["p_happened"] == pytest.approx(odds / (1 + odds), abs=1e-12)


def test_a_week_or_a_month_widens_the_days_but_not_beyond_the_report() -> None:
    rows = [row for batch in open_events(SAMPLES / "acled.csv").batches() for row in batch.to_pylist()]
    week = next(row for row in rows if row["id"] == "acled:VEN3")
    assert (str(week["date_start"]), str(week["date_end"])) == ("2019-04-04", "2019-04-10")


def test_no_defection_is_read_from_a_code_that_does_not_say_so() -> None:
    machine = [kind for kind in formats().values() if kind.coded_by == "machine"]
    told = {rule.type for kind in machine for rule in kind.rules}
    assert not told & {
        "DEFECT",
        "DEFECT_DECLARED",
        "DEFECT_EXILE",
        "REFUSE_ORDER",
        "FRATERNIZE_JOIN",
        "MUTINY",
        "COUP",
    }


def read_lines(path: Path, lines: list[str]) -> list[dict[str, object]]:
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
    opened = open_events(path)
    assert opened.format.name in ("gdelt_1", "gdelt_2")
    return [row for batch in opened.batches() for row in batch.to_pylist()]


def test_gdelt_of_before_april_2013_lacks_its_last_column(tmp_path: Path) -> None:
    rows = (SAMPLES / "gdelt_1.export.CSV").read_text(encoding="utf8").splitlines()
    events = read_lines(tmp_path / "2012.csv", [row.rsplit("\t", 1)[0] for row in rows])
    assert [event["type"] for event in events] == ["PROTEST", "REPRESSION", "PURGE_ARREST_MIL"]
    assert events[0]["sources"] == []


def test_gdelt_with_a_header_line_that_somebody_has_added(tmp_path: Path) -> None:
    rows = (SAMPLES / "gdelt_2.export.CSV").read_text(encoding="utf8").splitlines()
    header = "\t".join(formats()["gdelt_2"].shape.columns)
    assert len(read_lines(tmp_path / "day.csv", [header, *rows])) == len(rows)


def test_columns_in_another_order_and_without_those_that_nobody_needs(tmp_path: Path) -> None:
    import csv

    with (SAMPLES / "acled.csv").open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [name for name in reversed(rows[0]) if name not in ("tags", "timestamp", "region", "iso")]
    path = tmp_path / "mine.csv"
    with path.open("w", encoding="utf8", newline="") as file:
        writer = csv.DictWriter(file, ["my own", *kept], extrasaction="ignore", restval="x")
        writer.writeheader()
        writer.writerows(rows)
    events = [row for batch in open_events(path).batches() for row in batch.to_pylist()]
    assert [event["country"] for event in events] == ["VEN"] * 7
    # Without a day of publication, it is the event's own last day.
    assert all(event["published"] == event["date_end"] for event in events)


def test_what_became_of_the_rows_is_told_in_words() -> None:
    opened = open_events(SAMPLES / "scad.csv")
    assert sum(batch.num_rows for batch in opened.batches()) == 6
    assert str(opened.tally).splitlines()[:2] == [
        "6 rows read: 5 kept, 0 set aside, 1 repeated",
        "6 events, 1 of no type of ours",
    ]
    assert "SCAD" in repr(opened)
