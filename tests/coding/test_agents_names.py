"""Names become roles: by the text's own titles, by the dated table of office-holders, and never by a guess."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.coding.actors import Actor, ActorFinder
from garrison.coding.frame_table import group
from garrison.coding.parsing import parse
from garrison.records import Claim, Report, Reports

MAY = date(2017, 5, 7)


def agents_of(text: str, home: str = "VEN", day: date | None = MAY) -> dict[str, Actor]:
    return {actor.text: actor for actor in ActorFinder(home, day).find(parse(text)).values()}


def claims_of(text: str, home: str = "VEN", day: date = MAY) -> list[Claim]:
    return list(
        code(Reports.of([Report("own", text, day, article_start=0, article_end=len(text))]), country=home)
    )


@pytest.mark.parametrize(
    ("text", "name", "sector", "country"),
    [
        ("Padrino swore that the army was loyal.", "Padrino", "GOV", "VEN"),
        ("Vladimir Padrino Lopez swore it.", "Vladimir Padrino Lopez", "GOV", "VEN"),
        ("Borges urged the soldiers to listen.", "Borges", "OPP", "VEN"),
        ("Capriles spoke on Monday.", "Capriles", "OPP", "VEN"),
        ("Haley criticised the crackdown.", "Haley", "FOR", "USA"),
        ("Tillerson criticised it.", "Tillerson", "FOR", "USA"),
        ("Almagro criticised it.", "Almagro", "IGO", None),
        ("Kuczynski recalled the envoy.", "Kuczynski", "FOR", "PER"),
        ("Juan Manuel Santos recalled the envoy.", "Juan Manuel Santos", "FOR", "COL"),
        ("Benavides Torres praised the guard.", "Benavides Torres", "GRD", "VEN"),
    ],
)
def test_a_name_without_a_title_has_its_office(
    text: str, name: str, sector: str, country: str | None
) -> None:
    found = agents_of(text)[name]
    assert (found.sector, found.country, found.number, found.is_name) == (sector, country, "one", True)


def test_the_defence_minister_is_known_as_one() -> None:
    for text in ("Padrino swore loyalty.", "General Vladimir Padrino swore loyalty."):
        found = next(iter(agents_of(text).values()))
        assert found.sector == "GOV"
        assert group("MILMINISTER").holds(found), found.title


@pytest.mark.parametrize(
    "text",
    [
        "Santos criticised it.",  # a surname that many bear, and nobody introduced him
        "Luis Padrino fixed the roof.",  # another first name
        "Marisol Borges spoke.",
        "Trump Tower is tall.",
        "The Padrino Street market is closed.",
        "Rodriguez agreed.",  # two office-holders share it
        "Padrino-Vega left.",
    ],
)
def test_a_name_that_may_be_somebody_else_is_nobody(text: str) -> None:
    assert agents_of(text) == {}


def test_a_common_surname_counts_once_the_text_introduced_its_bearer() -> None:
    found = agents_of("Juan Manuel Santos called. Later Santos said that Colombia was ready.")
    assert (found["Santos"].sector, found["Santos"].country) == ("FOR", "COL")
    assert agents_of("Morales agreed.", "BOL", date(2019, 10, 30))["Morales"].sector == "GOV"
    assert agents_of("Morales agreed.", "BOL", date(2020, 10, 30)) == {}


def test_the_day_of_the_report_decides() -> None:
    assert agents_of("Borges spoke.", day=date(2018, 6, 1)) == {}
    assert agents_of("Haley spoke.", day=date(2016, 6, 1)) == {}
    assert agents_of("Haley spoke.", day=None) == {}
    assert agents_of("Burhan spoke.", "SDN", date(2021, 10, 25))["Burhan"].sector == "GOV"
    assert agents_of("Mugabe spoke.", "ZWE", date(2017, 11, 15))["Mugabe"].sector == "GOV"
    assert agents_of("Mugabe spoke.", "ZWE", date(2018, 11, 15)) == {}


def test_what_the_text_says_goes_before_the_table() -> None:
    found = agents_of("Sergeant Padrino deserted. Padrino had served for two years.")
    assert {(actor.sector, actor.rank) for actor in found.values()} == {("MIL", "nco")}


def test_a_foreign_president_with_his_title_is_foreign() -> None:
    found = agents_of("President Pedro Pablo Kuczynski spoke. President Nicolas Maduro answered.")
    assert [actor.sector for actor in found.values()] == ["FOR", "GOV"]


@pytest.mark.parametrize(
    ("text", "name", "sector"),
    [
        ("Interior Minister Jana Horak spoke. Horak was calm.", "Horak", "GOV"),
        ("Jana Horak, spokeswoman for the interior ministry, spoke. Horak was calm.", "Horak", "GOV"),
        ("“Stay calm,” said Jana Horak, an opposition lawmaker. Horak left.", "Horak", "OPP"),
        ("Colonel Samir Aziz Nabil and his soldiers left. Aziz was calm.", "Aziz", "MIL"),
        ("Constable Ram Lal ran. Lal was calm.", "Lal", "COP"),
        ("Judge Amara Diallo and the court agreed. Diallo left.", "Diallo", "JUD"),
    ],
)
def test_titles_before_and_after_a_name_teach_it(text: str, name: str, sector: str) -> None:
    assert agents_of(text, "SVK", None)[name].sector == sector


def test_another_first_name_is_another_person() -> None:
    found = agents_of("Interior Minister Jana Horak spoke. Peter Horak, a baker, laughed.", "SVK", None)
    assert "Peter Horak" not in found


def test_a_place_behind_a_preposition_learns_no_role() -> None:
    found = agents_of("In Caracas, the minister of defence spoke. Caracas was quiet.", day=None)
    assert set(found) == {"the minister of defence"}


def test_claims_name_the_minister_whom_the_text_leaves_unexplained() -> None:
    text = "Padrino denounced the protest movement and said the armed forces were loyal to the president."
    claim = next(claim for claim in claims_of(text) if claim.type == "LOYALTY_SIGNAL")
    assert (claim.actor_text, claim.actor_sector, claim.actor_country) == ("Padrino", "GOV", "VEN")


def test_a_speaker_named_after_the_words_says_we() -> None:
    text = "“We no longer recognise the president,” said Captain Samir Aziz, who deserted on Monday."
    claim = next(claim for claim in claims_of(text, "EGY") if claim.type == "DEFECT_DECLARED")
    assert (claim.actor_sector, claim.actor_rank) == ("MIL", "junior")
