"""A denial keeps the type of what it denies, is negated, and has the denier as its source."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports

PUBLISHED = date(2021, 10, 20)


def claims_of(text: str) -> list[Claim]:
    report = Report("own", text, PUBLISHED, article_start=0, article_end=len(text))
    return list(code(Reports.of([report]), country="SDN"))


@pytest.mark.parametrize(
    ("text", "kind", "denier"),
    [
        ("The presidency denied the report that gendarmes had deserted.", "DEFECT", "official"),
        (
            "The junta denied having ordered troops to shoot at the crowd.",
            "ORDER_TO_REPRESS",
            "security_force",
        ),
        (
            "The palace dismissed as lies stories that troops had joined the protesters.",
            "FRATERNIZE_JOIN",
            "official",
        ),
        ("The interior minister rejected reports of desertions among the gendarmes.", "DEFECT", "official"),
        ("The navy called talk of a mutiny 'fake news'.", "MUTINY", "security_force"),
        ("The premier brushed aside rumours that conscripts had mutinied.", "MUTINY", "official"),
        ("Reports that sailors had deserted were denied by the admiral.", "DEFECT", "security_force"),
        ("Reports of a mutiny are baseless, the army said.", "MUTINY", "security_force"),
        ("It is not true that sailors have deserted, the government said.", "DEFECT", "official"),
        ("The claim that sailors deserted is false, the ministry said.", "DEFECT", "official"),
        ("There is no sign that officers have deserted, the defence ministry said.", "DEFECT", "official"),
        ("The army chief ruled out a coup.", "COUP", "security_force"),
        ("The army denied the arrest of thirty soldiers.", "PURGE_ARREST_MIL", "security_force"),
        (
            'The minister branded as "pure invention" a report by the Courier that a battalion had mutinied.',
            "MUTINY",
            "official",
        ),
    ],
)
def test_a_denial_is_the_deniers(text: str, kind: str, denier: str) -> None:
    found = [claim for claim in claims_of(text) if claim.type == kind]
    assert len(found) == 1
    assert found[0].negated
    assert found[0].sources[0].kind == denier
    assert found[0].certainty == "claim_official"
    assert len(found[0].sources) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A tweet said that gendarmes had deserted. The defence ministry denied the report.", "DEFECT"),
        (
            "The union claimed that nine soldiers had been arrested, but the government denied it.",
            "PURGE_ARREST_MIL",
        ),
        (
            'The Herald reported that a unit had mutinied. The army called the story "a fabrication".',
            "MUTINY",
        ),
        (
            "Police killed two marchers, a rights group said. The protest went on. The minister denied this.",
            "REPRESSION_LETHAL",
        ),
    ],
)
def test_a_denial_takes_up_what_was_told_before(text: str, kind: str) -> None:
    told, denied = [claim for claim in claims_of(text) if claim.type == kind]
    assert (told.negated, denied.negated) == (False, True)
    assert denied.sources[0].kind in ("official", "security_force")
    assert text[denied.char_start : denied.char_end] == denied.quote
    assert denied.duplicate_of is None


@pytest.mark.parametrize(
    "text",
    [
        "The army rejected the coup. Officers arrested the plotters.",
        "The regional council rejected calls for the resignation of the mayor. The protest goes on.",
        "Soldiers joined the march. The general denied any wrongdoing.",
        "The bishop condemned the killing of nine students by the police. The protest goes on.",
    ],
)
def test_to_reject_a_deed_is_not_to_deny_it(text: str) -> None:
    assert not any(claim.negated for claim in claims_of(text))


def test_an_admission_after_a_denial_is_another_claim() -> None:
    text = (
        "The government had denied that officers had been arrested, but on Monday it admitted that nine "
        "lieutenants were in custody."
    )
    denied, admitted = [claim for claim in claims_of(text) if claim.type == "PURGE_ARREST_MIL"]
    assert (denied.negated, admitted.negated) == (True, False)
    assert admitted.duplicate_of is None
    assert [(number.low, number.high) for number in admitted.numbers] == [(9, 9)]
