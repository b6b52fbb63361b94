"""Readers of REIGN: tiny files, files that are wrong, and known counts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from garrison.errors import TableError
from garrison.forecasting.history.library import find_tables
from garrison.forecasting.history.reign_elections import read_elections
from garrison.forecasting.history.reign_leaders import read_reign_leaders
from garrison.forecasting.history.reign_regimes import CLASSES, read_regimes
from garrison.forecasting.history.sources import source

HISTORY = Path(__file__).parents[4] / "shared" / "data" / "history"
Reader = Callable[..., pd.DataFrame]
READERS: dict[str, Reader] = {
    "reign_leaders": read_reign_leaders,
    "reign_regimes": read_regimes,
    "reign_elections": read_elections,
}


def write(folder: Path, name: str, *rows: str) -> Path:
    path = folder / f"{name}.csv"
    path.write_text("\n".join([",".join(source(name).columns), *rows]) + "\n", encoding="utf8")
    return path


def test_leaders_are_read_to_2019(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "reign_leaders",
        "432,Keita,4,9,2013,1945.0,0.0",
        "331,Pedini,1,10,1949,-99.0,-99.0",
        "680,Ismail,26,12,1980,,1.0",
        "432,Goita,24,8,2020,1983,1",
    )
    found = read_reign_leaders(path, any_version=True)
    assert found[["iso", "begin", "line"]].to_numpy().tolist() == [
        ["MLI", date(2013, 9, 4), 2],
        ["SMR", date(1949, 10, 1), 3],
    ]
    assert found[["birth_year", "military_career"]].isna().all(axis=1).tolist() == [False, True]


def test_regimes_have_every_class_of_their_name(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "reign_regimes",
        "651,7/23/1952,2/11/2011,party-personal-military",
        "432,9/4/2013,8/18/2020,presidential",
        "432,8/18/2020,12/31/2021,provisional military",
        "670,9/23/1932,12/31/2020,monarchy",
    )
    found = read_regimes(path, any_version=True)
    assert found[["iso", "end", *CLASSES]].to_numpy().tolist() == [
        ["EGY", date(2011, 2, 11), True, True, True, False],
        ["MLI", date.max, False, False, False, False],
        ["SAU", date.max, False, False, False, True],
    ]


def test_only_votes_that_took_place_are_read(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "reign_elections",
        "432,Mali,2012,4,29,Voided by Regime Change,X,Y,",
        '432,Mali,2013,8,11,"Vote, As scheduled ",X,N,N',
        '432,Mali,1960,2, ,"Vote, Early",L,Y,Y',
        '533,Malawi,2019,5,21,"Vote, As Scheduled",X,Y,Y',
        '432,Mali,2020,4,19,"Vote, As Scheduled",L,Y,N',
        '432,Mali,2023,7, ,"Upcoming, Scheduled",X,Y,',
    )
    found = read_elections(path, any_version=True)
    assert found[["iso", "date", "kind", "regular", "lost"]].to_numpy().tolist() == [
        ["MLI", date(2013, 8, 11), "X", False, True],
        ["MLI", date(1960, 2, 29), "L", True, False],
        ["MWI", date(2019, 5, 21), "X", True, False],
    ]


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("reign_leaders", "9999,L,1,1,1990,1950,0", "line 2: ccode '9999' is no state"),
        ("reign_leaders", "432,L,31,2,1990,1950,0", "'1990-02-31' is no day"),
        ("reign_leaders", "432,L,1,1,2031,1950,0", "lies after 2021-03-31"),
        ("reign_leaders", "432,L,1,1,1990,1950,2", "militarycareer '2' is neither"),
        ("reign_leaders", "432,L,1,1,1990,1990,0", "born in 1990, in office since 1990-01-01"),
        ("reign_leaders", "432,L,1,1,1990,old,0", "birthyear 'old' is no number"),
        ("reign_regimes", "9999,1/1/1990,1/1/1991,military", "cowcode '9999' is no state"),
        ("reign_regimes", "432,1990-01-01,1/1/1991,military", "'1990-01-01' is no day; write month/day/year"),
        ("reign_regimes", "432,1/1/1990,1/1/1989,military", "ends before it begins"),
        ("reign_regimes", "432,1/1/1990,1/1/1991,junta", "'junta' is no known type"),
        ("reign_regimes", "432,1/1/1990,1/1/1991,", "'' is no known type"),
        ("reign_elections", '9999,Atlantis,1990,1,1,"Vote, Early",X,Y,Y', "ccode '9999' is no state"),
        ("reign_elections", '432,Mali,1990,1,1,"Vote, Early",Z,Y,Y', "type 'Z' is none of L, X, R"),
        ("reign_elections", '432,Mali,1990,13,,"Vote, Early",X,Y,Y', "'1990-13' is no month"),
        ("reign_elections", '432,Mali,1990,13,1,"Vote, Early",X,Y,Y', "'1990-13-01' is no day"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, name: str, row: str, said: str) -> None:
    path = write(tmp_path, name, row)
    with pytest.raises(TableError, match=said):
        READERS[name](path, any_version=True)
    with pytest.raises(TableError, match="this is not"):
        READERS[name](path)


@pytest.mark.slow
def test_known_files_give_known_counts() -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    paths = find_tables(HISTORY)
    found = {name: reader(paths[name]) for name, reader in READERS.items()}
    assert {name: len(frame) for name, frame in found.items()} == {
        "reign_leaders": 2465,
        "reign_regimes": 618,
        "reign_elections": 2751,
    }
    for name, column in (("reign_leaders", "begin"), ("reign_regimes", "begin"), ("reign_elections", "date")):
        assert max(found[name][column]) <= date(2019, 12, 31)
    for name in ("reign_leaders", "reign_regimes"):
        assert not found[name].duplicated(["iso", "begin"]).any()
    ends = found["reign_regimes"]["end"]
    assert not [day for day in ends if date(2019, 12, 31) < day < date.max]
