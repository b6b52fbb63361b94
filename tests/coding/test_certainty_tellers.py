"""Who is the source of a number or a word, what is done by being said, and what an absence denies."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.coding.issuers import issuers_of
from garrison.records import Claim, Report, Reports

PUBLISHED = date(2021, 10, 20)
UNREST = "The army opened fire on protesters in the capital on Monday. "


def claims_of(text: str) -> list[Claim]:
    report = Report("own", text, PUBLISHED, article_start=0, article_end=len(text))
    return list(code(Reports.of([report]), country="SDN"))


def graded(text: str, kind: str) -> list[str]:
    return [claim.certainty for claim in claims_of(UNREST + text) if claim.type == kind]


@pytest.mark.parametrize(
    ("text", "kind", "certainty"),
    [
        ("The harbour workers said that they would not sit down with the ministers.", "REJECT_TALKS", "reported_fact"),
        ("The commander told reporters that his men would stand by the king.", "LOYALTY_SIGNAL", "reported_fact"),
        ("Bread has doubled in price.", "HARDSHIP", "reported_fact"),
        ("For decades the villages have had no clean water.", "HARDSHIP", "background_state"),
        ("Flour cannot be had in the north.", "HARDSHIP", "reported_fact"),
        ("The colonels' sons hold the customs posts.", "PATRONAGE", "background_state"),
    ],
)  # fmt: skip
def test_what_is_done_by_being_said_and_what_is_so_is_no_hypothesis(
    text: str, kind: str, certainty: str
) -> None:
    assert set(graded(text, kind)) == {certainty}


@pytest.mark.parametrize(
    ("text", "kind", "certainty"),
    [
        ("Three sailors had deserted, a melon seller said.", "DEFECT", "claim_single_source"),
        ("Gravediggers say that the guards shot nine men.", "REPRESSION", "claim_single_source"),
        ("Police shot two students, a corporal at the gate said.", "REPRESSION", "claim_single_source"),
        ("A source said that three sailors had deserted.", "DEFECT", "claim_unnamed_source"),
        ("Police killed nine people, the Department of Health said.", "REPRESSION_LETHAL", "claim_official"),
        ("The governor went on the radio to say that three sailors had deserted.", "DEFECT", "claim_official"),
        ("A doctors' union has counted 37 dead since May.", "FATALITIES_CUMULATIVE", "claim_single_source"),
    ],
)  # fmt: skip
def test_a_teller_whom_the_text_describes_is_a_party_of_his_own(text: str, kind: str, certainty: str) -> None:
    assert certainty in graded(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Residents said police shot five men. Nobody had been shot, the ministry said.", "REPRESSION"),
        ("Weavers said soldiers had looted shops. The army says nothing of the kind took place.", "REPRESSION"),
        ("A union said the governor had armed the militia. The ministry called the report absurd.", "ARM_MILITIA"),
    ],
)  # fmt: skip
def test_an_absence_that_answers_an_allegation_denies_it(text: str, kind: str) -> None:
    found = [claim for claim in claims_of(UNREST + text) if claim.type == kind and claim.sources]
    assert [claim.negated for claim in found] == [False, True]
    assert found[1].certainty == "claim_official"
    assert not any(claim.type in ("NON_EVENT", "REGIME_RESPONSE") for claim in claims_of(UNREST + text))


def test_an_absence_that_answers_nothing_stays_one() -> None:
    text = UNREST + "\n\nNobody resisted the search of the harbour, the ministry said."
    assert not any(claim.negated for claim in claims_of(text))


@pytest.mark.parametrize(
    "title",
    [
        "Kingdom of Aram, Ministry of Interior: Public statement No. 3 on the events in the harbour",
        "ARAM POLICE FORCE - Office of Information - Statement on the security of the harbour district, 16 May 2021",
    ],
)
def test_a_long_title_still_says_who_issued_a_statement(title: str) -> None:
    text = f"{title}\n\nForty looters were arrested on Sunday."
    report = Report("own", text, PUBLISHED, article_start=len(title) + 2, article_end=len(text))
    (issuer,) = issuers_of(report)
    assert issuer.certainty == "claim_official"


@pytest.mark.parametrize(
    "head", ["@quay_{} 06:5{} ", "06:5{1} @quay_{0}\n", "06:5{1} @quay_{0} (Old Port)\n"]
)
def test_a_clock_beside_a_handle_opens_a_post(head: str) -> None:
    posts = [head.format(place, place) + "Police shot at us." for place in range(5)]
    text = "What the timelines say\n\n" + "\n\n".join(posts)
    report = Report("own", text, PUBLISHED, article_start=24, article_end=len(text))
    assert [issuer.text for issuer in issuers_of(report)] == [f"@quay_{place}" for place in range(5)]


def test_an_anniversary_piece_may_say_what_happened_last_month() -> None:
    told = " ".join(
        f"On 1{day} May 1994 police shot {day + 2} weavers at the river gate." for day in range(9)
    )
    then = "That evening soldiers fired on the mourners."
    text = f"SUNDAY - {told} {then} A clerk found the list of names last month."
    (claim,) = [claim for claim in claims_of(text) if claim.quote == then]
    assert claim.certainty == "historical_background"
