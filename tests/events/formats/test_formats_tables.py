"""The formats' tables say what can be: types, sectors and roots that exist, columns that the format has."""

import re

import pytest

from garrison.events.formats import Format, formats
from garrison.events.formats.format_file import format_named, groups, scheme
from garrison.events.formats.query import needed_columns
from garrison.vocabulary import event_types, sectors
from garrison.world import country_of_code

ROOTS = {
    *("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"),
}
ALL = list(formats().values())


@pytest.fixture(params=ALL, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Format:
    return request.param


def test_rules_name_types_and_sectors_that_exist(kind: Format) -> None:
    for rule in (*kind.rules, *kind.also):
        assert rule.type is None or rule.type in event_types()
        assert set(rule.actor) | set(rule.target) <= {*sectors(), *groups()}
        assert rule.by in {"", *sectors()}
        for pattern in rule.where.values():
            re.compile(pattern)
    assert all(rule.type for rule in kind.also), "a further event needs a type"


def test_codes_lead_to_roots_and_sectors_that_exist(kind: Format) -> None:
    assert {root for root, _ in kind.plover.values()} <= ROOTS
    assert {*kind.sector_codes.values(), *(sector for _, sector in kind.sectors.words)} <= {*sectors(), ""}


def test_columns_are_those_of_the_format(kind: Format) -> None:
    given = set(kind.shape.columns)
    made_up = {kind.target.name} if kind.dataset == "mass_mobilization" else set()
    assert set(needed_columns(kind)) <= given | made_up
    assert len(given) == len(kind.shape.columns)
    assert set(kind.shape.recognised_by) <= given


def test_codes_of_rules_are_known_to_the_mapping(kind: Format) -> None:
    """A code that a rule names without a star has a PLOVER root, unless the data give the root themselves."""
    if kind.plover_columns:
        return
    for rule in kind.rules:
        for code in rule.codes:
            if "*" not in code:
                known = any(code.startswith(beginning) for beginning in kind.plover)
                assert known or code in (
                    "Strategic developments / Other",
                    "Strategic developments / Change to group/activity",
                ), code


def test_what_a_row_is_worth_is_stated_with_its_range(kind: Format) -> None:
    ratio = kind.evidence_ratio
    assert ratio.range[0] <= ratio.value <= ratio.range[1]
    assert ratio.range[0] > 1
    assert "judgement" in ratio.source
    assert ratio.why


def test_hand_coded_data_weigh_more_than_machine_coded() -> None:
    hand = [kind.evidence_ratio.value for kind in ALL if kind.coded_by == "hand"]
    machine = [kind.evidence_ratio.value for kind in ALL if kind.coded_by == "machine"]
    assert min(hand) > 3 * max(machine)


def test_numbers_of_columns_are_the_real_ones() -> None:
    widths = {
        name: len(format_named(name).shape.columns)
        for name in ("acled", "gdelt_2", "gdelt_1", "icews", "polecat")
    }
    assert widths == {"acled": 31, "gdelt_2": 61, "gdelt_1": 58, "icews": 20, "polecat": 40}
    assert len(format_named("ucdp_ged").shape.columns) == 49
    assert len(format_named("phoenix").shape.columns) == 26


def test_every_cameo_code_beyond_statements_and_appeals_has_a_root() -> None:
    for root in range(3, 21):
        assert any(code.startswith(f"{root:02d}") for code in scheme("cameo").plover)


def test_country_schemes_are_known(kind: Format) -> None:
    for one in (*kind.place.country, *kind.actor.country, *kind.target.country):
        assert country_of_code("???", one.scheme) is None
