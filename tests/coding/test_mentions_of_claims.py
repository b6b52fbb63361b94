"""Numbers and places of claims in own sentences: whom a number counts, and which place is the scene."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports

PUBLISHED = date(2019, 4, 10)


def claim_of(text: str, kind: str, country: str = "VEN") -> Claim:
    report = Report("own", text, PUBLISHED, article_start=0, article_end=len(text))
    found = [claim for claim in code(Reports.of([report]), country=country) if claim.type == kind]
    assert found, f"no {kind} in {text!r}"
    return found[-1]


# text, type of claim, (low, high, kind) of its numbers
COUNTED = [
    ("Police killed two protesters and wounded 14 others on Monday.", "REPRESSION_LETHAL", [(2, 2, "flow")]),
    ("Police killed two protesters and wounded 14 others on Monday.", "REPRESSION", [(14, 14, "flow")]),
    (
        "At least 65 soldiers have been arrested, a rights group said, while 12 protesters were killed.",
        "PURGE_ARREST_MIL",
        [(65, 98, "flow")],
    ),
    (
        "At least 65 soldiers have been arrested, a rights group said, while 12 protesters were killed.",
        "REPRESSION_LETHAL",
        [(12, 12, "flow")],
    ),
    ("The death toll from the protests rose to 40.", "FATALITIES_CUMULATIVE", [(40, 40, "stock")]),
    (
        "Two more people were killed on Monday, bringing the death toll to 40.",
        "FATALITIES_CUMULATIVE",
        [(40, 40, "stock")],
    ),
    ("Three soldiers and two policemen deserted.", "DEFECT", [(5, 5, "flow")]),
    ("An officer and six soldiers deserted.", "DEFECT", [(7, 7, "flow")]),
    ("The arrest of nine sergeants and two captains was announced.", "PURGE_ARREST_MIL", [(11, 11, "flow")]),
    ("Half of the 300 cadets deserted.", "DEFECT", [(150, 150, "flow")]),
    ("Two of the three lieutenants fled to Colombia.", "DEFECT_EXILE", [(2, 2, "flow")]),
    ("Twenty-four soldiers, three of them women, deserted.", "DEFECT", [(24, 24, "flow")]),
    ("The army arrested 12 officers, ten of them captains.", "PURGE_ARREST_MIL", [(12, 12, "flow")]),
    ("Police arrested 20 protesters, among them five students.", "REPRESSION", [(20, 20, "flow")]),
    ("The army has arrested 14 officers since Friday.", "PURGE_ARREST_MIL", [(14, 14, "stock")]),
    (
        "Officers said 123 soldiers had been jailed since the protests began.",
        "PURGE_ARREST_MIL",
        [(123, 123, "stock")],
    ),
    ("The ministry said five soldiers were jailed, not 12.", "PURGE_ARREST_MIL", [(5, 5, "flow")]),
    ("A colonel was arrested on Monday.", "PURGE_ARREST_MIL", [(1, 1, "flow")]),
    ("A battalion deserted.", "DEFECT", []),
    ("Soldiers of the 41st brigade deserted.", "DEFECT", []),
]


@pytest.mark.parametrize(("text", "kind", "expected"), COUNTED)
def test_a_number_belongs_to_the_claim_whose_people_it_counts(
    text: str, kind: str, expected: list[tuple[float, float, str]]
) -> None:
    found = [(item.low, item.high, item.kind) for item in claim_of(text, kind).numbers]
    assert found == expected


def test_what_is_counted_is_named_in_plain_words() -> None:
    assert claim_of("Dozens of soldiers were arrested.", "PURGE_ARREST_MIL").numbers[0].what == (
        "members of the forces arrested"
    )
    text = "The president promoted 30 generals last week. In February he had dismissed the army chief."
    assert claim_of(text, "COUP_PROOFING").numbers[0].what == "generals"


# text, type of claim, its division
SCENES = [
    ("Soldiers mutinied at a base in Barinas on Monday.", "MUTINY", "VE-E"),
    ("The governor of Miranda said soldiers deserted in Mérida.", "DEFECT", "VE-L"),
    ("The Zulia governor called on soldiers to rebel.", "CALL_TO_REBEL", None),
    ("Soldiers deserted from the garrison in Maturín.", "DEFECT", "VE-N"),
    ("The government sent troops to Táchira to put down the protests.", "CROWD_CONTROL", "VE-S"),
    ("The minister said in Caracas that soldiers had deserted in Barinas.", "DEFECT", "VE-E"),
    ("The minister said in Caracas that soldiers had deserted.", "DEFECT", None),
    ("A sergeant from Mérida was arrested.", "PURGE_ARREST_MIL", None),
    ("Police fired on protesters outside the parliament.", "REPRESSION", "VE-A"),
    ("Police met in Mérida. Guards fired on protesters across the country.", "REPRESSION", None),
    (
        "Police stood by in Mérida and in Barinas, where guards fired on protesters.",
        "REPRESSION",
        "VE-E",
    ),
    ("Crowds marched in Mérida. Police looked on. Guards fired on protesters there.", "REPRESSION", "VE-L"),
    ("Crowds marched in Mérida. Others sang. Guards fired on protesters.", "REPRESSION", "VE-L"),
    ("Crowds marched in Mérida. Guards had fired on protesters before.", "REPRESSION", None),
    ("Police fired on protesters in Mérida, Barinas and Zulia.", "REPRESSION", None),
    ("Táchira police refused to fire on protesters.", "REFUSE_ORDER", "VE-S"),
    ("Soldiers mutinied in Barinas on Monday. They seized the armoury and refused orders.", "MUTINY", "VE-E"),
    (
        "Soldiers mutinied in Barinas on Monday. The president dismissed the defence minister.",
        "PURGE_ARREST_MIL",
        None,
    ),
    ("In the capital, police fired on protesters; in Valencia, soldiers deserted.", "DEFECT", "VE-G"),
    ("CARACAS, April 9 (Wire) - Soldiers refused to fire on protesters.", "REFUSE_ORDER", "VE-A"),
]


@pytest.mark.parametrize(("text", "kind", "division"), SCENES)
def test_the_scene_of_a_deed_is_no_office_home_or_goal(text: str, kind: str, division: str | None) -> None:
    assert claim_of(text, kind).adm1 == division


# title, body, type of claim, its division
STANDING = [
    (
        "Calm returns",
        "MARACAIBO, May 3 (Wire) - Shops opened.\n\nPolice fired on protesters.",
        "REPRESSION",
        "VE-V",
    ),
    (
        "Mérida buries its dead",
        "CARACAS, May 3 (Wire) - Shops opened.\n\nPolice fired on protesters.",
        "REPRESSION",
        "VE-L",
    ),
    (
        "Letter",
        "From our correspondent, Barinas\n\nShops open.\n\nPolice beat protesters.",
        "REPRESSION",
        "VE-E",
    ),
    (
        "Calm returns",
        "MARACAIBO, May 3 (Wire) - Shops opened.\n\nPolice fired on protesters across the country.",
        "REPRESSION",
        None,
    ),
    (
        "Calm returns",
        "MARACAIBO, May 3 (Wire) - Crowds marched.\n\nThe European Union condemned the repression of protests.",
        "FOREIGN_PRESSURE",
        None,
    ),
]


@pytest.mark.parametrize(("title", "body", "kind", "division"), STANDING)
def test_where_a_report_stands_serves_what_is_done_in_its_streets(
    title: str, body: str, kind: str, division: str | None
) -> None:
    text = f"{title}\n\n{body}"
    report = Report(
        "own", text, date(2017, 5, 3), title_start=0, title_end=len(title), article_start=len(title) + 2,
        article_end=len(text),
    )  # fmt: skip
    told = [claim for claim in code(Reports.of([report]), country="VEN") if claim.type == kind]
    assert {claim.adm1 for claim in told} == {division}
