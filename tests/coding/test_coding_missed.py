"""Sentences as reporters write them: arrests that can be confirmed, ministers sacked, broadcasters seized."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports


def claims_of(text: str) -> list[Claim]:
    report = Report("own", text, date(2021, 10, 20), article_start=0, article_end=len(text))
    return list(code(Reports.of([report]), country="EGY"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A mayor said that 40 officers had been arrested for condemning the repression.", "PURGE_ARREST_MIL"),
        ("A dozen riot police officers threw away their uniforms.", "DEFECT"),
        ("Some gendarmes took off their uniforms after the crackdown.", "DEFECT"),
        ("Riot police laid down their shields.", "REFUSE_ORDER"),
        ("Conscripts laid down their arms near the square.", "REFUSE_ORDER"),
        ("The king dismissed his defence minister.", "PURGE_ARREST_MIL"),
        ("The defence minister was sacked on Monday.", "PURGE_ARREST_MIL"),
        ("The king sacked the army chief.", "PURGE_ARREST_MIL"),
        ("Paratroopers seized the state television.", "COUP"),
        ("Sergeants stormed the parliament.", "COUP"),
        ("Troops encircled the palace at dawn.", "COUP"),
    ],
)  # fmt: skip
def test_it_is_coded(text: str, kind: str) -> None:
    assert kind in {claim.type for claim in claims_of(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The king dismissed his trade minister.", "PURGE_ARREST_MIL"),
        ("Troops encircled the palace to protect the king.", "COUP"),
        ("Soldiers surrounded the marchers near the palace.", "COUP"),
        ("Protesters surrounded the palace.", "COUP"),
        ("Soldiers took part in a state television show.", "COUP"),
        ("Soldiers burned their old uniforms at a dump.", "DEFECT"),
    ],
)
def test_it_is_not_coded(text: str, kind: str) -> None:
    assert kind not in {claim.type for claim in claims_of(text)}


@pytest.mark.parametrize(
    "teller", ["A rights lawyer said he", "The rights group said it", "The rights group"]
)
def test_who_could_confirm_an_arrest_confirmed_it(teller: str) -> None:
    (claim,) = claims_of(f"{teller} could confirm the arrest of 25 members of the armed forces.")
    assert (claim.type, claim.target_sector, claim.certainty) == (
        "PURGE_ARREST_MIL",
        "MIL",
        "claim_single_source",
    )
    assert [number.low for number in claim.numbers] == [25]
    assert [source.kind for source in claim.sources] == ["ngo"]


def test_agents_are_named_without_what_stands_around_them() -> None:
    (told,) = claims_of("Earlier a human rights campaigner said that ten soldiers had deserted.")
    assert [source.text for source in told.sources] == ["a human rights campaigner"]
    (refused,) = claims_of("The officers' refusal to fire surprised the army.")
    assert refused.actor_text == "The officers"
    (accused,) = claims_of("The defence minister accused the opposition of terrorism.")
    assert accused.target_text == "the opposition"
    assert [claim.actor_text for claim in claims_of("Only two soldiers deserted.")] == ["Only two soldiers"]
