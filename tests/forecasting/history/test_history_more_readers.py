"""Readers of incomes, campaigns and published forecasts: tiny files, files that are wrong, and known counts."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from garrison.errors import TableError
from garrison.forecasting.history.archigos import read_leaders
from garrison.forecasting.history.beger_ward import read_beger_ward
from garrison.forecasting.history.ilc import read_ilc
from garrison.forecasting.history.income import read_income
from garrison.forecasting.history.infant_mortality import read_infant_mortality
from garrison.forecasting.history.library import find_tables
from garrison.forecasting.history.navco_campaign_years import (
    STATE,
    defection_rows,
    first_defection_rows,
    read_navco_campaign_years,
)
from garrison.forecasting.history.navco_campaigns import read_navco_campaigns
from garrison.forecasting.history.population import read_population
from garrison.forecasting.history.sources import source, sources
from garrison.forecasting.history.ucdp_conflict import read_conflicts

HISTORY = Path(__file__).parents[4] / "shared" / "data" / "history"
Reader = Callable[..., pd.DataFrame]


def write(folder: Path, name: str, *rows: str) -> Path:
    path = folder / f"{name}.csv"
    path.write_text("\n".join([",".join(source(name).columns), *rows]) + "\n", encoding="utf8")
    return path


def test_incomes_before_the_first_observed_year_are_not_read(tmp_path: Path) -> None:
    observed = write(
        tmp_path, "income_raw", "VEN,2012,100", "VEN,2013,110", "ERI,2009,9", "ERI,2010,8", "ERI,2011,"
    )
    told = [f"{gw},{year},{year - 1954}" for year in range(2004, 2016) for gw in (101, 531)]
    filled = write(tmp_path, "income", *told)
    found = read_income(observed, filled, any_version=True).set_index(["iso", "year"])["income"]
    assert found["VEN"].round(2).to_dict() == {2012: 100, 2013: 110, 2014: 111.86, 2015: 113.73}
    assert found["ERI"].to_dict() == {2009: 9, 2010: 8}


def test_filled_mortality_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, "infant_mortality", "101,1960,60,True", "101,1961,58,False")
    assert read_infant_mortality(path, any_version=True)["year"].tolist() == [1961]


def test_conflicts_are_one_row_a_state_and_year(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "ucdp_conflict",
        "1,2000,432,1,intrastate",
        "2,2000,432,2,II",
        "2,2000,432,2,II",
        "3,2000,2,2,interstate",
    )
    assert read_conflicts(path, any_version=True).to_numpy().tolist() == [["MLI", 432, 2000, 2, True]]


def campaign(number: int, year: int, defected: str) -> str:
    given = {
        "id": str(number),
        "campaign": "c",
        "location": "Mali",
        "lccode": "432",
        "year": str(year),
        "cyear": "0",
    }
    given |= dict.fromkeys(STATE.values(), "1") | {"sec_defect": defected}
    return ",".join(given[column] for column in source("navco_2_0").columns)


def test_the_first_defection_is_asked_of_those_who_never_saw_one(tmp_path: Path) -> None:
    told = ["0", "1", "-99", "0", ""]
    path = write(tmp_path, "navco_2_0", *(campaign(1, 1990 + year, value) for year, value in enumerate(told)))
    read = read_navco_campaign_years(path, any_version=True)
    asked = defection_rows(read)
    assert asked[["year", "defected_before", "defects_next"]].to_numpy().tolist() == [
        [1990, False, True],
        [1992, True, False],
    ]
    assert first_defection_rows(read)["year"].tolist() == [1990]
    assert first_defection_rows(read, as_in_the_note=True)["year"].tolist() == [1990, 1992]


@pytest.mark.parametrize(
    ("name", "reader", "rows", "said"),
    [
        ("population", read_population, ["101,2000,many"], "line 2: pop 'many' is no number"),
        ("population", read_population, ["101,2000.5,3"], "line 2: year '2000.5' is no whole number"),
        ("population", read_population, ["101,2000,3", "101,2000,3"], "line 3: VEN 2000 is told twice"),
        ("population", read_population, ["101,2000,3", "101,2003,3"], "no row of 2001, 2002"),
        ("infant_mortality", read_infant_mortality, ["101,2000,inf,False"], "'inf' is no number"),
        ("beger_ward", read_beger_ward, ["9999,2012,attempt,0,0.1"], "gwcode '9999' is no state"),
        ("beger_ward", read_beger_ward, ["101,2012,attempt,0,1.1"], "p 1.1 is no chance"),
        (
            "beger_ward",
            read_beger_ward,
            ["101,2012,attempt,0,.1", "101,2012,attempt,0,.1"],
            "line 3: VEN 2012",
        ),
        ("ilc", read_ilc, ["Mali,2031-01-01,0,0.1"], "lies after 2014-12-31"),
        ("ilc", read_ilc, ["Atlantis,2010-01-01,0,0.1"], "country 'Atlantis' is no state"),
        ("ilc", read_ilc, ["Mali,2010-01-01,0,"], "p nan is no chance"),
        ("navco_2_0", read_navco_campaign_years, [campaign(1, 1990, "0")] * 2, "campaign 1 has 1990 twice"),
        ("archigos", read_leaders, ["x,9999,L,1990-01-01,1991-01-01,Regular,Regular,Regular"], "'9999'"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, name: str, reader: Reader, rows: list[str], said: str
) -> None:
    path = write(tmp_path, name, *rows)
    with pytest.raises(TableError, match=said):
        reader(path, any_version=True)
    with pytest.raises(TableError, match="this is not"):
        reader(path)


def test_an_unknown_code_of_incomes_is_named(tmp_path: Path) -> None:
    observed = write(tmp_path, "income_raw", "XXX,2012,100")
    with pytest.raises(TableError, match="line 2: sftgcode 'XXX' is no state"):
        read_income(observed, observed, any_version=True)


def test_an_unknown_place_of_a_campaign_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "navco_1_2", "1,c,Atlantis,1990,1991,1,1,0,10,0.1,0")
    with pytest.raises(TableError, match="location 'Atlantis' is no country"):
        read_navco_campaigns(path, any_version=True)


@pytest.mark.slow
def test_known_files_give_known_counts() -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    paths = find_tables(HISTORY)
    assert set(paths) == set(sources())
    campaigns = read_navco_campaigns(paths["navco_1_2"])
    unarmed = campaigns[(campaigns["nonviolent"] == 1) & (campaigns["regime_change"] == 1)]
    assert (len(unarmed), round(unarmed["defected"].mean(), 3)) == (141, 0.305)
    read = read_navco_campaign_years(paths["navco_2_0"])
    asked = [
        defection_rows(read),
        first_defection_rows(read),
        first_defection_rows(read, as_in_the_note=True),
    ]
    assert [(len(rows), int(rows["defects_next"].sum())) for rows in asked] == [
        (948, 185),
        (508, 40),
        (521, 45),
    ]
    published = read_beger_ward(paths["beger_ward"])
    attempts = published[published["outcome"] == "attempt"]
    assert (len(attempts), int(attempts["observed"].sum())) == (1518, 18)
    assert int(read_ilc(paths["ilc"])["observed"].sum()) == 44
    income = read_income(paths["income_raw"], paths["income"])
    assert not income.duplicated(["iso", "year"]).any()
    assert income["income"].gt(0).all()
