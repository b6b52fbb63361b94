"""What forces do and leave undone, in the grammar in which news tells it: modes, means, blame, orders, light verbs."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.coding.frame_table import frames
from garrison.coding.tables import frame_rows
from garrison.errors import ParameterError
from garrison.records import Claim, Report, Reports

CRISIS = "\nThe protest goes on."


def claims_of(text: str, country: str = "IND") -> list[Claim]:
    report = Report("own", text, date(2021, 10, 20), article_start=0, article_end=len(text))
    return list(code(Reports.of([report]), country=country))


def told(text: str) -> set[tuple[str, str | None, str | None]]:
    return {(claim.type, claim.plover_mode, claim.actor_sector) for claim in claims_of(text + CRISIS)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police arrested sixty students.", ("REPRESSION", "arrest", "COP")),
        ("Sixty students were arrested.", ("REPRESSION", "arrest", None)),
        ("Over forty persons were rounded up.", ("REPRESSION", "arrest", None)),
        ("Two shopkeepers were booked under the emergency law.", ("REPRESSION", "arrest", None)),
        ("Thirty men were taken into custody by the army.", ("REPRESSION", "arrest", "MIL")),
        ("The police have made several arrests.", ("REPRESSION", "arrest", "COP")),
        ("There were dozens of arrests.", ("REPRESSION", "arrest", None)),
        ("The gendarmes, who arrested ten clerks, left.", ("REPRESSION", "arrest", "GRD")),
        ("The police were forced to arrest the marchers.", ("REPRESSION", "arrest", "COP")),
        ("Policemen thrashed the vendors.", ("REPRESSION", "beat", "COP")),
        ("Soldiers resorted to firing.", ("REPRESSION", "firearms", "MIL")),
        ("The clash prompted the police to open fire.", ("REPRESSION", "firearms", "COP")),
        ("Police fired into the air.", ("REPRESSION", "firearms", "COP")),
        ("Police resorted to a lathi charge.", ("CROWD_CONTROL", "crowd-control", "COP")),
        ("Three clerks were injured in police firing.", ("REPRESSION", "firearms", "COP")),
        ("Prisoners were tortured by intelligence agents.", ("REPRESSION", "torture", "SPY")),
    ],
)
def test_the_mode_tells_deeds_of_one_type_apart(text: str, expected: tuple[str, str, str | None]) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Two boys died in police firing.",
        "Nine marchers were killed by police bullets.",
        "One person was killed and six others injured when the police opened fire.",
        "Police firing claimed two lives.",
        "Police opened fire, killing two vendors.",
        "The police were accused of killing two students.",
        "Police action resulted in the death of three marchers.",
    ],
)
def test_deaths_belong_to_those_whose_means_are_told(text: str) -> None:
    assert "COP" in {
        claim.actor_sector for claim in claims_of(text + CRISIS) if claim.type == "REPRESSION_LETHAL"
    }


@pytest.mark.parametrize(
    "text",
    [
        "The police remained mute spectators while shops burned.",
        "Police looked the other way as the mob looted.",
        "The police did nothing to stop the mob.",
        "Police failed to protect the villagers.",
        "The police refused to register their complaint.",
        "Police took no action against the rioters.",
        "Policemen arrived two hours late.",
        "Residents complained of inaction by the police.",
        "They criticised the police for their inaction.",
        "They accused the police of not arresting the looters.",
    ],
)
def test_what_forces_leave_undone_is_no_deed(text: str) -> None:
    found = claims_of(text + CRISIS)
    assert ("NON_EVENT", "COP") in {(claim.type, claim.actor_sector) for claim in found}
    assert "REPRESSION" not in {claim.type for claim in found}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The general ordered his men to fire on the crowd.", {"ORDER_TO_REPRESS"}),
        ("The soldiers were ordered to shoot the marchers.", {"ORDER_TO_REPRESS"}),
        ("He demanded the arrest of the two leaders.", set()),
        ("The looters must be arrested and tried.", set()),
        ("The law empowers the police to detain students.", set()),
        ("Three miners accused the army of killing two students.", {"REPRESSION_LETHAL"}),
        ("Police opened fire on the crowd, killing two people.", {"REPRESSION_LETHAL"}),
        ("Not a single looter has been arrested.", {"NON_EVENT"}),
        ("Security forces put the editor under house arrest.", {"REPRESSION"}),
    ],
)
def test_orders_demands_and_blame_are_no_deeds_of_who_utters_them(text: str, kinds: set[str]) -> None:
    assert {claim.type for claim in claims_of(text + CRISIS)} - {"PROTEST"} == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Police detained a teacher for abusing pupils.",
        "Police arrested a man after a stabbing in a pub.",
        "Three soldiers were jailed for drug smuggling.",
        "The company's chief executive was ousted in a boardroom coup.",
        "The president of the football federation resigned.",
        "The storm left 12 dead.",
        "The army spokesman did not answer calls.",
        "The army beat the navy 3-1 in the final.",
        "Soldiers fired a salute in honour of the queen.",
    ],
)
def test_what_is_no_crisis_opens_no_frame(text: str) -> None:
    assert claims_of(text) == []


def test_a_report_on_a_game_has_no_claims() -> None:
    text = (
        "The captain's defection to a rival club split the team. There is no mutiny in the squad, the coach said. "
        "The striker shot from close range and the goalkeeper surrendered the lead before half-time of the match."
    )
    assert claims_of(text) == []


def test_the_president_of_a_club_is_no_head_of_state() -> None:
    found = claims_of("The committee said that its president had been detained by soldiers." + CRISIS)
    assert "COUP" not in {claim.type for claim in found}
    found = claims_of("Soldiers detained the president." + CRISIS)
    assert "COUP" in {claim.type for claim in found}


def test_every_mode_stands_with_its_root_or_with_that_of_the_type() -> None:
    roots = {"ASSAULT", "COERCE", "MOBILIZE", "ACCUSE"}
    for row in frame_rows():
        if row.get("plover"):
            assert row["plover"] in roots
            assert row["plover_mode"]


def test_a_key_that_no_frame_has_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    frames.cache_clear()
    monkeypatch.setattr(
        "garrison.coding.frame_table.frame_rows", lambda: [{"type": "COUP", "verb": ["oust"]}]
    )
    with pytest.raises(ParameterError, match="verbs"):
        frames()
    monkeypatch.undo()
    frames.cache_clear()
    assert frames()
