"""Who held which public office on a day: the table is well formed, dated, and never guesses."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from garrison.errors import TableError
from garrison.vocabulary import ranks, sectors
from garrison.world import countries, find_holders, fold_name, holders_on, office_holders
from garrison.world.office_holders import OfficeHolder, holders_of_table

A_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def offices(name: str, day: date) -> list[str]:
    return [holder.office for holder in find_holders(name, day)]


@pytest.mark.parametrize("holder", office_holders(), ids=lambda item: f"{item.name}, {item.office}")
def test_every_row_is_well_formed(holder: OfficeHolder) -> None:
    assert holder.sector in sectors()
    assert holder.rank is None or holder.rank in ranks()
    assert holder.country is None or holder.country in {country.code for country in countries()}
    assert holder.source
    assert holder.office == holder.office.strip()
    assert A_DATE.fullmatch(holder.given_from)
    assert holder.given_to == "open" or A_DATE.fullmatch(holder.given_to)
    assert set(fold_name(holder.surname).split()) <= set(fold_name(holder.name).split())
    assert holder.first <= holder.last, "an office that nobody surely held on any day is no use"


def test_no_two_persons_hold_one_leading_office_on_one_day() -> None:
    held = [holder for holder in office_holders() if holder.leads and holder.is_exact]
    for holder in held:
        for other in held:
            same = (holder.country, holder.office) == (other.country, other.office)
            if same and holder.name != other.name:
                # The day on which one hands over to the other belongs to both; the Gambia had two for two days.
                overlap = min(holder.last, other.last) - max(holder.first, other.first)
                assert overlap <= timedelta(days=2), (holder, other)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Padrino", date(2017, 5, 7), ["defence minister"]),
        ("vladimir padrino lopez", date(2017, 5, 7), ["defence minister"]),
        ("Borges", date(2017, 5, 7), ["head of the National Assembly"]),
        ("Borges", date(2016, 5, 7), ["opposition deputy"]),
        ("Haley", date(2017, 5, 7), ["ambassador to the United Nations"]),
        ("Haley", date(2019, 5, 7), []),
        ("Trump", date(2016, 12, 31), []),
        ("Nobody Inparticular", date(2017, 5, 7), []),
    ],
)
def test_a_name_means_an_office_on_its_days_only(name: str, day: date, expected: list[str]) -> None:
    assert offices(name, day) == expected


def test_one_name_of_two_persons_gives_both() -> None:
    assert {holder.name for holder in find_holders("Rodriguez", date(2018, 1, 10))} >= {
        "Delcy Rodríguez",
        "Bruno Rodríguez",
    }


def test_nobody_is_known_after_the_table_was_checked() -> None:
    assert holders_on(date(2024, 12, 31))
    assert holders_on(date(2025, 6, 1)) == ()


def of_one(**row: str) -> OfficeHolder:
    table = {
        "checked": "2024-12-31",
        "heads": ["president"],
        "office": [
            {"country": "EGY", "office": "mayor", "sector": "GOV", "source": "gazette", "holders": [row]},
        ],
    }
    return holders_of_table(table)[0]


def test_a_month_or_a_year_counts_where_the_office_was_surely_held() -> None:
    holder = of_one(name="Ann Example", **{"from": "2014-10", "to": "2017"})
    assert not holder.is_exact
    assert not holder.held_on(date(2014, 10, 15))
    assert holder.held_on(date(2014, 10, 31))
    assert holder.held_on(date(2017, 1, 1))
    assert not holder.held_on(date(2017, 1, 2))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"name": "A B", "from": "2014-13-01", "to": "open"}, "month must be in"),
        ({"name": "A B", "from": "lately", "to": "open"}, "write 2014-10-24"),
        ({"name": "A B", "from": "2015-01-02", "to": "2014-01-02"}, "before it begins"),
        ({"name": "A B", "to": "open"}, "lacks the key 'from'"),
    ],
)
def test_a_wrong_row_is_named(row: dict[str, str], said: str) -> None:
    with pytest.raises(TableError, match=said):
        of_one(**row)
