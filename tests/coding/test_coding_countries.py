"""Whose event it is: another country named in a clause, over it, or in all of a text goes before the asked one."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports
from garrison.vocabulary import event_types

PUBLISHED = date(2021, 10, 20)


def claims_of(text: str, country: str | None = "VEN", title: str = "") -> list[Claim]:
    whole = f"{title}\n{text}" if title else text
    start = len(title) + 1 if title else 0
    spans = {"title_start": 0, "title_end": len(title)} if title else {}
    report = Report("own", whole, PUBLISHED, article_start=start, article_end=len(whole), **spans)
    return list(code(Reports.of([report]), country=country))


def country_of(text: str, kind: str, country: str = "VEN") -> str | None:
    return next(claim.country for claim in claims_of(text, country) if claim.type == kind)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        # The place that opens the sentence, or in which it happened.
        ("In Mali, troops refused to shoot at the crowd.", "REFUSE_ORDER", "MLI"),
        ("Paratroopers mutinied in Bamako.", "MUTINY", "MLI"),
        ("Soldiers refused orders to shoot in Bamako.", "REFUSE_ORDER", "MLI"),
        ("Police in Minsk fired tear gas at students.", "CROWD_CONTROL", "BLR"),
        ("Thousands of protesters marched in Minsk.", "PROTEST", "BLR"),
        ("Police killed two protesters in the Malian city of Gao.", "REPRESSION_LETHAL", "MLI"),
        ("In Mali, a rights group said that police had killed two protesters.", "REPRESSION_LETHAL", "MLI"),
        # Those who act, and those who command them.
        ("Conscripts in Mali mutinied.", "MUTINY", "MLI"),
        ("The opposition in Belarus rejected talks.", "REJECT_TALKS", "BLR"),
        ("The army of Mali took power in a coup.", "COUP", "MLI"),
        ("The coup in Mali worried investors.", "COUP", "MLI"),
        ("The Belarusian opposition urged soldiers to defect.", "DEFECT", "BLR"),
        # The asked country, where it is named as closely, or nothing else is.
        ("Venezuelan sergeants mutinied in Bamako.", "MUTINY", "VEN"),
        ("Sergeants mutinied in Maracaibo.", "MUTINY", "VEN"),
        ("Sergeants mutinied on Monday.", "MUTINY", "VEN"),
        ("Sergeants mutinied in May.", "MUTINY", "VEN"),
        ("Sergeants mutinied in the South American country.", "MUTINY", "VEN"),
        # Where somebody goes, meets or speaks is not where it happened.
        ("Four sergeants fled to Brazil.", "DEFECT_EXILE", "VEN"),
        ("The protest goes on. In Brazil, four sergeants sought asylum.", "DEFECT_EXILE", "VEN"),
        ("Sergeants who deserted arrived in Brazil.", "DEFECT", "VEN"),
        ("Sergeants deserted, the Kremlin said.", "DEFECT", "VEN"),
        (
            "The protest goes on. The bishop said in Madrid that police had killed two protesters.",
            "REPRESSION_LETHAL",
            "VEN",
        ),
        (
            "The protest goes on.\nIn Madrid, the bishop said that police had killed two protesters.",
            "REPRESSION_LETHAL",
            "VEN",
        ),
        ("Marchers clashed with police outside the Cuban embassy.", "PROTEST", "VEN"),
        # What other states do, they do to the asked country.
        ("Brazil condemned the crackdown.", "FOREIGN_PRESSURE", "VEN"),
        ("Russia armed a militia of party members.", "ARM_MILITIA", "VEN"),
    ],
)
def test_a_claim_is_about_the_country_of_its_clause(text: str, kind: str, expected: str) -> None:
    assert {claim.country for claim in claims_of(text) if claim.type == kind} == {expected}


def test_pronouns_stay_in_the_country_of_those_they_point_to() -> None:
    text = "In Mali, troops refused to shoot. They joined the protest. Venezuela is calm, the bishop said."
    joined = next(claim for claim in claims_of(text) if claim.type == "FRATERNIZE_JOIN")
    assert (joined.country, joined.actor_country, joined.adm1) == ("MLI", "MLI", None)


def test_a_text_that_is_plainly_about_another_country_is_coded_for_that() -> None:
    minsk = "Riot police in Minsk lowered their shields.\nEleven policemen were dismissed on Sunday."
    khartoum = "Soldiers in Khartoum refused to fire.\nTwo sergeants were arrested on Sunday."
    reports = Reports.of(
        Report(doc, text, PUBLISHED, article_start=0, article_end=len(text))
        for doc, text in (("minsk", minsk), ("khartoum", khartoum))
    )
    found = {(claim.doc, claim.country) for claim in code(reports, country="SDN")}
    assert found == {("minsk", "BLR"), ("khartoum", "SDN")}


@pytest.mark.parametrize(
    "text",
    [
        "Sergeants mutinied at dawn.\nBrazilian officials said so. Brazil urged restraint.",
        "Brazil lent money to the government.\nSergeants mutinied.",
        "Two ministers flew to Brazil.\nSergeants mutinied.",
        "Sergeants mutinied in Zulia.\nIn Brazil nobody was surprised. Brazilian police are calm.",
        "In Mali it rains.\nIn Venezuela it does not. Sergeants mutinied.",
    ],
)
def test_a_text_that_only_mentions_another_country_stays_with_the_asked_one(text: str) -> None:
    assert country_of(text, "MUTINY") == "VEN"


def test_a_dateline_abroad_alone_tells_the_country_of_a_text_that_names_no_other() -> None:
    text = "BAMAKO (Wire) - Troops refused to shoot.\nTwo sergeants were arrested."
    assert {claim.country for claim in claims_of(text)} == {"MLI"}
    assert country_of("BOGOTA (Wire) - Venezuelan troops refused to shoot.", "REFUSE_ORDER") == "VEN"


def test_two_countries_in_one_text_are_two_events() -> None:
    text = "In Mali, soldiers mutinied on Monday. In Venezuela, soldiers mutinied on Monday."
    found = [(claim.country, claim.duplicate_of) for claim in claims_of(text) if claim.type == "MUTINY"]
    assert found == [("MLI", None), ("VEN", None)]


def test_a_headline_is_about_the_country_of_what_it_repeats() -> None:
    found = claims_of("In Mali, soldiers mutinied. Venezuela is calm.", title="Soldiers mutiny")
    assert [claim.country for claim in found if claim.type == "MUTINY"] == ["MLI", "MLI"]


def test_every_type_of_foreign_states_keeps_the_asked_country() -> None:
    foreign = {name for name, kind in event_types().items() if kind.group == "foreign"}
    text = "In Geneva, the European Union imposed sanctions on the interior minister. The protest goes on."
    found = [claim for claim in claims_of(text) if claim.type in foreign]
    assert found
    assert {claim.country for claim in found} == {"VEN"}
