"""The bundled case: its dated facts, its reports, and the wall before its outcome."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import garrison
from garrison.cases import Case, case, case_for, cases, read_events_table
from garrison.cases.case_file import read_case
from garrison.errors import CaseError
from garrison.events.case_table import COLUMNS, COUNTED
from garrison.regime import Conditions
from garrison.reports import read_reports
from garrison.vocabulary import event_types

SOURCE = Path(garrison.__file__).parent
REGISTER = SOURCE.parents[2] / "shared" / "data" / "coding" / "venezuela_deaths_2017" / "daily.csv"
AS_OF = date(2017, 5, 7)


@pytest.fixture(scope="module")
def venezuela():
    return case("venezuela-2017")


@pytest.fixture(scope="module")
def events(venezuela):
    return list(venezuela.events())


def one(events, name):
    return next(event for event in events if event.id == f"ven17-{name}")


def test_doors(venezuela):
    assert cases() == ("venezuela-2017",)
    assert isinstance(venezuela, Case)
    assert case_for("VEN", AS_OF) is venezuela
    assert case_for("VEN", venezuela.window_end + timedelta(days=1)) is None
    assert case_for("EGY", AS_OF) is None
    with pytest.raises(CaseError, match="Did you mean venezuela-2017"):
        case("venezuela2017")
    assert len(repr(venezuela).splitlines()) <= 10


def test_every_row_was_published_after_it_happened_and_has_a_known_type(events):
    assert len(events) > 100
    for event in events:
        assert event.date_start <= event.date_end <= event.published, event.id
        assert event.type in event_types()
        assert event.count_of is None or event.count_of in COUNTED
        assert (event.count_of is None) == (event.n_low is None) == (event.count_kind is None)
        assert event.n_low is None or 0 < event.n_low <= event.n_high
        assert 0 < event.p_happened < 1
        assert event.sources[0]
        assert event.summary.endswith(".")


def test_as_of_filter_keeps_later_publications_out(venezuela, events):
    known = list(venezuela.events_known_by(AS_OF))
    assert 40 < len(known) < len(events)
    assert max(event.published for event in known) <= AS_OF
    later = {event.id for event in events} - {event.id for event in known}
    # It happened before the day, and nobody could know it.
    assert "ven17-officers-held-14" in later
    assert one(events, "officers-held-14").date_end < AS_OF < one(events, "officers-held-14").published
    # The article's day: two counts of arrested soldiers that disagree.
    held = {event.n_low for event in known if event.count_of == "soldiers arrested"}
    assert held == {25, 85}


def test_deaths_reach_forty_by_the_articles_day_and_are_counted_by_the_day(events):
    daily = [event for event in events if event.type == "REPRESSION_LETHAL"]
    assert sum(event.n_low for event in daily if event.published <= AS_OF) == 40
    assert all(event.published == event.date_end + timedelta(days=1) for event in daily)
    assert all(event.count_kind == "flow" for event in daily)
    tolls = [event for event in events if event.type == "FATALITIES_CUMULATIVE"]
    assert {event.count_kind for event in tolls} == {"stock"}


@pytest.mark.skipif(not REGISTER.exists(), reason="the register of deaths lies outside the repository")
def test_daily_deaths_are_the_registers(events):
    with REGISTER.open(encoding="utf8") as file:
        expected = {row["date"]: int(row["deaths"]) for row in csv.DictReader(file)}
    daily = [event for event in events if event.type == "REPRESSION_LETHAL"]
    assert {event.date_end.isoformat(): event.n_low for event in daily} == expected


def test_protests_have_their_publication_dates(events):
    early, late = one(events, "protests-2675"), one(events, "protests-6729")
    assert (early.n_low, early.published) == (2675, date(2017, 6, 20))
    assert late.n_low == 6729
    assert late.published >= date(2017, 8, 1)
    assert {early.count_kind, late.count_kind} == {"stock"}


def test_conditions_have_grounds_published_by_the_default_day(venezuela):
    Conditions(venezuela.conditions)
    assert {"hardship", "pay", "rents", "identity", "control", "visibility", "propaganda"} <= set(
        venezuela.coded
    )
    for name, item in venezuela.coded.items():
        assert item.low <= item.value <= item.high
        assert item.high - item.low >= 0.2, name
        assert item.published <= venezuela.default_as_of, name
        assert item.source
        assert item.why


def test_conditions_are_known_only_from_their_publication_on(venezuela):
    early = venezuela.conditions_known_by(date(2017, 4, 10))
    assert set(early) < set(venezuela.conditions)
    assert all(venezuela.coded[name].published <= date(2017, 4, 10) for name in early)
    assert venezuela.conditions_known_by(AS_OF) == venezuela.conditions


def test_strengths_are_those_of_all_forces(venezuela):
    assert set(venezuela.strengths) == {"army", "guard", "police", "militia"}


def test_bundled_reports_are_read_with_their_comments_apart(venezuela):
    assert all(path.suffix == ".txt" for path in venezuela.reports())
    reading = read_reports(venezuela.reports(), as_of=AS_OF)
    assert not reading.rejected
    blog, wire = reading.reports
    assert blog.article.endswith("Protests will only grow from here.")
    assert blog.comments.startswith("About time!")
    assert wire.comments_start is None
    assert (wire.published, blog.published) == (date(2017, 5, 6), AS_OF)
    assert blog.title.endswith("?")


# Persons who hold or held an office, and names of places, bodies and papers; everybody else is a role.
OFFICE_HOLDERS = {
    "Nicolas Maduro", "Hugo Chavez", "President Hugo Chavez", "President Nicolas Maduro", "Vladimir Padrino Lopez",
    "Minister Vladimir Padrino Lopez", "Defense Minister Vladimir Padrino Lopez", "Julio Borges",
}  # fmt: skip
NO_PERSONS = {
    "Associated Press", "National Assembly", "New York", "United States", "United Nations", "Attorney General",
    "Has Venezuela", "El Universal", "Nexo Jornal", "Reuters", "Foro Penal",
}  # fmt: skip


def test_reports_and_summaries_name_office_holders_only(venezuela, events):
    texts = [path.read_text(encoding="utf8") for path in venezuela.reports()]
    texts += [event.summary for event in events]
    for text in texts:
        for name in re.findall(r"(?:[A-Z][a-zé]+ )+[A-Z][a-zé]+", " ".join(text.split())):
            known = name in OFFICE_HOLDERS or name in NO_PERSONS
            inside = any(name.endswith(person) for person in (*OFFICE_HOLDERS, *NO_PERSONS))
            assert known or inside or name.split()[0] in SENTENCE_OPENERS, name


SENTENCE_OPENERS = {"On", "In", "The", "Friday", "Saturday", "Monday", "Overnight", "Army", "Begun", "Has"}


def test_sources_are_listed(venezuela, events):
    listed = venezuela.sources_text
    for name in {name for event in events for name in event.sources}:
        assert name in listed or "recollection" in name, name


def test_nothing_outside_the_evaluation_room_opens_an_outcome():
    readers = [
        path.relative_to(SOURCE)
        for path in SOURCE.rglob("*.py")
        if re.search(r"outcome\.toml[\"')]|[\"']outcome[\"'].{0,20}\.toml", path.read_text(encoding="utf8"))
    ]
    assert [path for path in readers if path.parts[0] != "evaluation"] == []


def test_events_and_conditions_do_not_depend_on_the_outcome(tmp_path, venezuela):
    for path in venezuela.folder.rglob("*"):
        if path.is_file() and path.suffix in (".toml", ".csv", ".txt", ".md") and path.name != "outcome.toml":
            target = tmp_path / path.relative_to(venezuela.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    without = read_case(tmp_path)
    assert without.events().table.equals(venezuela.events().table)
    assert without.conditions == venezuela.conditions


def row(**changes):
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {"id": "a", "type": "PROTEST", "date_start": "2017-05-01", "date_end": "2017-05-01"}
    cells |= {
        "published": "2017-05-02",
        "source_kinds": "media",
        "certainty": "reported_fact",
        "summary": "x.",
    }
    return cells | changes


def table(path, *rows):
    with path.open("w", encoding="utf8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"published": "2017-04-30"}, "line 2: dates must follow"),
        ({"date_end": "soon"}, "line 2, column date_end: 'soon' is no date"),
        ({"type": "PROTESTS"}, "line 2: unknown event type 'PROTESTS'. Did you mean PROTEST"),
        ({"actor_sector": "MILX"}, "line 2, column actor_sector: unknown 'MILX'. Did you mean MIL"),
        ({"count_of": "dead"}, "line 2, column count_of"),
        ({"n_low": "many"}, "line 2, column n_low: 'many' is no number"),
        ({"source_kinds": " ; "}, "line 2, column source_kinds: is empty"),
        ({"source_kinds": "gossip"}, "line 2: unknown kind of source 'gossip'"),
    ],
)
def test_a_bad_row_is_named(tmp_path, changes, message):
    with pytest.raises(CaseError, match=re.escape(message)):
        read_events_table(table(tmp_path / "events.csv", row(**changes)), "VEN")


def test_a_denial_counts_against_and_independent_sources_for(tmp_path):
    rows = [
        row(id="tweet", type="DEFECT", source_kinds="media>social_media"),
        row(id="denied", type="DEFECT", source_kinds="media>social_media", denied="yes"),
        row(id="twice", type="DEFECT", source_kinds="media;ngo"),
        row(id="admitted", type="DEFECT", source_kinds="official"),
    ]
    chances = {
        event.id: event.p_happened for event in read_events_table(table(tmp_path / "e.csv", *rows), "VEN")
    }
    assert chances["denied"] < chances["tweet"] < chances["twice"] < chances["admitted"]


def test_ids_and_columns_are_checked(tmp_path):
    with pytest.raises(CaseError, match="stands twice"):
        read_events_table(table(tmp_path / "e.csv", row(), row()), "VEN")
    (tmp_path / "f.csv").write_text("id,type\n", encoding="utf8")
    with pytest.raises(CaseError, match="lacks the columns date_start"):
        read_events_table(tmp_path / "f.csv", "VEN")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "', 'name_of_it = "', "'title' is missing"),
        ("crisis_start = 2017-03-29", 'crisis_start = "29 March"', "'crisis_start' is no date"),
        ("default_as_of = 2017-05-07", "default_as_of = 2019-05-07", "default_as_of lies outside the window"),
        ("low = 0.6", "low = 0.95", "condition.hardship] needs low <= value <= high"),
        ("[strength.army]", "[strength.army", "is no TOML"),
    ],
)
def test_a_bad_case_file_is_named(tmp_path, venezuela, old, new, message):
    text = (venezuela.folder / "case.toml").read_text(encoding="utf8")
    assert old in text
    (tmp_path / "case.toml").write_text(text.replace(old, new, 1), encoding="utf8")
    with pytest.raises(CaseError, match=re.escape(message)):
        read_case(tmp_path)
    with pytest.raises(CaseError, match="no such file"):
        read_case(tmp_path / "absent")
