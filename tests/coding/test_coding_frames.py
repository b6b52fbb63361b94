"""Every row of the frame table means what its example says; grammar turns roles round as it should."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.coding.frame_table import frames, group
from garrison.coding.tables import frame_rows, table
from garrison.records import Claim, Report, Reports
from garrison.vocabulary import event_types, ranks, sectors

PUBLISHED = date(2021, 10, 20)


def claims_of(text: str, country: str = "EGY") -> list[Claim]:
    report = Report("own", text, PUBLISHED, article_start=0, article_end=len(text))
    return list(code(Reports.of([report]), country=country))


def types_of(text: str, country: str = "EGY") -> set[str]:
    return {claim.type for claim in claims_of(text, country)}


@pytest.mark.parametrize("row", frame_rows(), ids=lambda row: f"{row['type']}: {row['example']}")
def test_the_example_of_every_frame_is_coded_as_its_type(row: dict[str, str]) -> None:
    assert row["type"] in types_of(f"{row['example']} The protest goes on.")


def test_every_type_of_the_codebook_has_a_frame() -> None:
    assert {row["type"] for row in frame_rows()} == set(event_types())


def test_the_tables_use_only_the_vocabulary() -> None:
    known = {*sectors(), "FORCES"}
    for entry in table("actors")["actor"]:
        assert entry["sector"] in known
        assert entry.get("rank") is None or entry["rank"] in ranks()
    for row in frame_rows():
        for key in ("actor_sectors", "target_sectors", "attributed_to"):
            for name in row.get(key, ()):
                assert name in table("groups")["group"] or group(name).sectors <= set(sectors())
    assert ("verb", "defect") in frames()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police arrested five soldiers.", "PURGE_ARREST_MIL"),
        ("Five soldiers were arrested by police after the protest.", "PURGE_ARREST_MIL"),
        ("The protest went on. Police arrested five students.", "REPRESSION"),
        ("The protest went on. Five students were arrested by police.", "REPRESSION"),
        ("The detention of two sergeants was announced.", "PURGE_ARREST_MIL"),
        ("Soldiers have begun to desert.", "DEFECT"),
        ("Desertions among the conscripts continue.", "DEFECT"),
        ("Two ministers defected.", "OPPOSITION_ACT"),
        ("Soldiers joined the demonstrators.", "FRATERNIZE_JOIN"),
        ("Demonstrators handed roses to the soldiers.", "FRATERNIZATION_APPEAL"),
        ("A lieutenant fled to Jordan.", "DEFECT_EXILE"),
    ],
)
def test_the_roles_decide_the_type(text: str, expected: str) -> None:
    assert expected in types_of(text)


def test_active_and_passive_name_the_same_agents() -> None:
    active = claims_of("The government arrested nine soldiers.")[0]
    passive = claims_of("Nine soldiers were arrested by the government.")[0]
    for claim in (active, passive):
        assert (claim.actor_sector, claim.target_sector) == ("GOV", "MIL")
        assert [(number.low, number.high) for number in claim.numbers] == [(9, 9)]


def test_an_appeal_to_defect_is_no_defection() -> None:
    found = types_of("The opposition leader urged the soldiers to defect and to join the protesters.")
    assert "DEFECTION_APPEAL" in found
    assert not found & {"DEFECT", "FRATERNIZE_JOIN"}


def test_pronouns_point_back_to_the_agent_that_fits() -> None:
    text = (
        "A colonel and three lieutenants read a statement. They no longer recognised the "
        "president's authority."
    )
    claim = next(claim for claim in claims_of(text) if claim.type == "DEFECT_DECLARED")
    assert claim.actor_sector == "MIL"
    assert claim.quote.startswith("They")


def test_a_foreign_army_is_a_foreign_actor() -> None:
    found = [
        claim
        for claim in claims_of("French soldiers deserted near Lyon. The army protests.")
        if claim.country == "EGY"
    ]
    assert all(claim.type != "DEFECT" for claim in found)
    at_home = claims_of("Egypt is calm. French soldiers deserted near Lyon.")
    assert all(claim.actor_sector != "MIL" for claim in at_home)


def test_ranks_are_told() -> None:
    by_rank = {
        claim.actor_rank
        for claim in claims_of("A sergeant deserted on Monday.\n\nTwo colonels deserted on Friday.")
    }
    assert by_rank == {"nco", "field"}


def test_a_word_in_capitals_names_a_list_or_a_group_never_both() -> None:
    assert set(table("groups")["list"]).isdisjoint(table("groups")["group"])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The captain was shot dead at dawn.", {"REPRESSION_LETHAL"}),
        ("The generals dissolved parliament.", {"INSTITUTIONAL_POWER_GRAB"}),
        ("Soldiers went from house to house.", {"REPRESSION"}),
        ("A soldier went home on leave.", set()),
        ("Soldiers stormed a mock village.", set()),
        ("Norway gave refuge to two captains.", {"DEFECT_EXILE"}),
        ("The army did not intervene against the sit-in.", {"REFUSE_ORDER"}),
        ("The council called upon the junta to return power to civilians.", {"DEMAND_RESIGN"}),
    ],
)
def test_no_row_takes_what_another_family_tells_better(sentence: str, expected: set[str]) -> None:
    assert types_of(f"The protest goes on.\n\n{sentence}") - {"PROTEST"} == expected
