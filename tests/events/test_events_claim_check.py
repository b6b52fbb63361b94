"""A sentence is taken apart: what is checkable, how its odds move, what would settle it."""

import json
from datetime import date

import pytest

from garrison.cases import case
from garrison.errors import InputError
from garrison.events import SourceRecord, SourceRecords
from garrison.events.claim_check import ClaimCheck, _observations, check_claim
from garrison.vocabulary import event_types, source_kinds

DAY = date(2017, 5, 7)
ARTICLE = "Dozens of Venezuelan soldiers were arrested and others marched with protesters in Caracas."


def checked(text: str = ARTICLE, source: str | None = "social_media", **given) -> ClaimCheck:
    return check_claim(text, country="VEN", day=DAY, source=source, **given)


def test_a_sentence_with_two_assertions_has_two_parts() -> None:
    parts = {part.type: part for part in checked().parts}
    assert set(parts) == {"PURGE_ARREST_MIL", "FRATERNIZE_JOIN"}
    arrests = parts["PURGE_ARREST_MIL"]
    assert arrests.how_many.startswith("24 to 99")
    assert parts["FRATERNIZE_JOIN"].p_after < 0.1 < arrests.p_after


def test_a_bare_sentence_is_taken_for_one_of_a_crisis() -> None:
    assert [part.type for part in checked("Soldiers joined the march.").parts] == ["FRATERNIZE_JOIN"]


def test_odds_after_are_odds_before_times_the_likelihood_ratio() -> None:
    """The printed likelihoods explain the printed chances, where nothing is known of the case."""
    for source in ("media", "opposition", "social_media", "ngo", "official"):
        (part,) = checked("Soldiers defected in Caracas on Saturday.", source).parts
        before = part.p_before / (1 - part.p_before)
        odds = before * part.told_if_true / part.told_if_false
        assert part.p_after == pytest.approx(min(odds / (1 + odds), 0.99), rel=1e-6)


def test_what_a_government_says_in_its_own_favour_is_weighed_so() -> None:
    (part,) = checked("The army declared its loyalty to the president on Saturday.", "official").parts
    assert part.type == "LOYALTY_SIGNAL"
    assert part.told_if_true / part.told_if_false == pytest.approx(2.0)


def test_a_denial_lowers_the_chance() -> None:
    (part,) = checked("Soldiers did not defect, the defense ministry said.", None).parts
    assert part.denied
    assert part.told_if_true < part.told_if_false
    assert part.p_after < part.p_before
    assert "defection, denied" in str(checked("Soldiers did not defect, the defense ministry said.", None))


def test_a_forecast_is_no_evidence() -> None:
    (part,) = checked("The army will soon break with Maduro.", "media").parts
    assert part.why_not is not None
    assert part.p_after == part.p_before
    assert part.told_if_true is None


def test_what_is_known_of_the_case_is_the_chance_before() -> None:
    known = case("venezuela-2017").events_known_by(DAY)
    alone = {part.type: part for part in checked().parts}["PURGE_ARREST_MIL"]
    beside = {part.type: part for part in checked(known=known).parts}["PURGE_ARREST_MIL"]
    assert alone.known == ()
    assert beside.known != ()
    assert beside.p_before > alone.p_before


def test_nothing_published_later_is_known() -> None:
    early = date(2017, 4, 1)
    known = case("venezuela-2017").events_known_by(early)
    found = check_claim(ARTICLE, country="VEN", day=early, source="media", known=known)
    assert all(row.published <= early for row in known)
    assert all(part.p_before <= 0.6 for part in found.parts)


def test_a_named_source_weighs_what_its_record_says() -> None:
    record = SourceRecord(
        ("northern", "wire"), "media", 50, 0, 80, 0.6, 0.01, 0.01, 0.05, 60.0, 20.0, 200.0, 0.2, 1.0
    )
    by_record = checked(
        "Soldiers defected in Caracas.", "the Northern Wire", sources=SourceRecords((record,))
    )
    by_kind = checked("Soldiers defected in Caracas.", "the Northern Wire", source_kind="media")
    assert by_record.parts[0].told_if_false == 0.01
    assert by_record.parts[0].p_after > by_kind.parts[0].p_after


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        ("The cat sat on the mat.", {"source": "media"}, "can be checked"),
        ("", {"source": "media"}, "can be checked"),
        (ARTICLE, {"source": "a blog"}, "--source-kind"),
        (ARTICLE, {"source": "a blog", "source_kind": "bloog"}, "unknown kind of source 'bloog'"),
    ],
)
def test_what_cannot_be_checked_is_said(text: str, given: dict, message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_claim(text, country="VEN", day=DAY, **given)


def test_every_settling_observation_moves_the_odds_as_its_sources_would() -> None:
    for kind, rows in _observations().items():
        assert kind == "default" or kind in event_types()
        for row in rows:
            assert set(row) <= {"seen", "kinds", "denies"}
            assert set(row["kinds"]) <= set(source_kinds())
    (part,) = checked("Soldiers defected in Caracas on Saturday.", "media").parts
    chances = [one.p_after for one in part.settled_by]
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] < part.p_after < chances[0]


def test_it_prints_and_saves(tmp_path) -> None:
    found = checked()
    assert "what would settle it" in str(found)
    assert len(repr(found).splitlines()) <= 10
    saved = json.loads(found.save(tmp_path / "check.json").read_text())
    assert [part["type"] for part in saved["parts"]] == [part.type for part in found.parts]
    assert list(found.to_frame()["type"]) == [part.type for part in found.parts]
