"""Readers of the published tables: tiny files, and files that are wrong."""

from datetime import date
from pathlib import Path

import pytest

from garrison.errors import TableError
from garrison.forecasting.history.cline import read_cline
from garrison.forecasting.history.powell_thyne import read_powell_thyne
from garrison.forecasting.history.vdem_polyarchy import read_polyarchy

COUPS = "country,ccode,year,month,day,coup,version\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf8")
    return path


def test_a_tiny_file_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, COUPS + "Yemen,679,1994,3,1,1,x\nCuba,40,1952,3,10,2,x\n")
    frame = read_powell_thyne(path, any_version=True)
    assert frame.to_numpy().tolist() == [
        ["YEM", 678, date(1994, 3, 1), False, 2],
        ["CUB", 40, date(1952, 3, 10), True, 3],
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("country,year\nCuba,1952\n", "column ccode"),
        (COUPS + "Cuba,40,1952\n", "line 2: 3 fields"),
        (COUPS + "Atlantis,9999,1952,3,10,2,x\n", "line 2: ccode '9999'"),
        (COUPS + "Cuba,40,1952,13,10,2,x\n", "line 2: '1952-13-10' is no day"),
        (COUPS + "Cuba,40,2031,3,10,2,x\n", "lies after 2019-12-31"),
        (COUPS + "Cuba,40,1952,March,10,2,x\n", "month 'March'"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TableError, match=said):
        read_powell_thyne(write(tmp_path, text), any_version=True)


def test_another_version_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"not Powell & Thyne.*V2019\.04\.22"):
        read_powell_thyne(write(tmp_path, COUPS))
    with pytest.raises(TableError, match="no such file"):
        read_powell_thyne(tmp_path / "none.csv")


@pytest.mark.parametrize(("years", "said"), [((2000, 2000), "told twice"), ((2000, 2002), "no row of 2001")])
def test_years_told_twice_or_missing_are_named(tmp_path: Path, years: tuple[int, int], said: str) -> None:
    rows = "".join(f"Cuba,CUB,{year},0.1,40.0\n" for year in years)
    path = write(tmp_path, "vdem_country_name,country_text_id,year,v2x_polyarchy,GWn\n" + rows)
    with pytest.raises(TableError, match=said):
        read_polyarchy(path, any_version=True)


def test_corrections_apply_only_when_wanted(tmp_path: Path) -> None:
    header = "coup_id,cowcode,country,year,month,day,event_type,military,dissident\n"
    path = write(tmp_path, header + "61601142019,616,Tunisia,2019,1,14,coup,0,0\n")
    assert read_cline(path, any_version=True)["date"].tolist() == [date(2011, 1, 14)]
    assert read_cline(path, any_version=True, correct=False)["date"].tolist() == [date(2019, 1, 14)]
