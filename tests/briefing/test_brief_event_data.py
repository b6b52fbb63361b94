"""A page from event data alone: other people's rows in, one country, no hindsight."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import garrison
from garrison.briefing.event_sources import read_event_sources, split_sources
from garrison.errors import CountryError, TableError

COLUMNS = (
    "event_id_cnty",
    "event_date",
    "event_type",
    "sub_event_type",
    "actor1",
    "inter1",
    "country",
    "admin1",
)
HEADER = ",".join((*COLUMNS, "source", "notes", "fatalities", "timestamp"))
ROWS = [
    "MLI{n},2019-04-{day:02},Protests,Peaceful protest,Protesters (Chad),6,Chad,Ville de N'Djamena,HN,a march,0,",
    "MLI{n},2019-04-{day:02},Violence against civilians,Attack,Police Forces of Chad,1,Chad,Mandoul,HN,shots,2,",
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    lines = [ROWS[day % 2].format(n=day, day=day) for day in range(1, 29)]
    lines.append(
        "SDN1,2019-04-09,Protests,Peaceful protest,Protesters (Sudan),6,Sudan,Khartoum,HN,a march,0,"
    )
    lines.append("MLI99,2019-13-45,Protests,Peaceful protest,Protesters (Chad),6,Chad,,HN,no such day,0,")
    path = tmp_path / "acled.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf8")
    return path


def test_event_data_are_told_from_reports(table: Path, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("Unrest\n\nPolice arrested forty men.\n")
    reports, tables = split_sources([table, tmp_path / "report.txt", "-", tmp_path])
    assert tables == [table]
    assert reports == [tmp_path / "report.txt", "-", tmp_path]


def test_one_country_and_no_hindsight(table: Path) -> None:
    events, rejected = read_event_sources([table], country="TCD", as_of=date(2019, 4, 10))
    assert len(events) >= 10
    assert {event.country for event in events} == {"TCD"}
    assert max(event.published for event in events) <= date(2019, 4, 10)
    (bad,) = rejected
    assert "line 31" in str(bad)
    with pytest.raises(CountryError, match="2 countries"):
        read_event_sources([table], country=None, as_of=None)
    with pytest.raises(TableError, match="no event of TCD published by"):
        read_event_sources([table], country="TCD", as_of=date(2018, 1, 1))


@pytest.mark.slow
def test_a_page_from_event_data_alone(table: Path, tmp_path: Path) -> None:
    page = garrison.brief(table, country="TCD", n_runs=500)
    assert page.events.table.num_rows > 20
    assert len(page.claims) == 0
    assert any("line 31" in str(one) for one in page.rejected)
    html = page.save(tmp_path / "brief.html").read_text(encoding="utf8")
    assert "No report was read" in html
    assert str(page.events[0].dataset) == "acled"


@pytest.mark.slow
def test_event_data_beside_a_report(table: Path, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(
        "Unrest in Chad\n\nPublished: 2019-04-29\n\nSoldiers in N'Djamena refused to fire on protesters.\n",
        encoding="utf8",
    )
    done = subprocess.run(
        [
            *(sys.executable, "-m", "garrison.cli", "brief", "acled.csv", "report.txt", "--country", "TCD"),
            *("--runs", "500", "-o", "brief.html"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "29 Apr 2019" in done.stdout
