"""Which date a claim gets in own texts of several sentences; published Wednesday 10 April 2019."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports

PUBLISHED = date(2019, 4, 10)
UNDATED = ("2019-04-09", "2019-04-10")


def claims_of(text: str, country: str = "VEN") -> list[Claim]:
    report = Report("own", text, PUBLISHED, article_start=0, article_end=len(text))
    return list(code(Reports.of([report]), country=country))


def days_of(text: str) -> list[tuple[str, str, str]]:
    return [(claim.type, str(claim.date_start), str(claim.date_end)) for claim in claims_of(text)]


def on(day: str) -> tuple[str, str]:
    return (f"2019-04-{day}", f"2019-04-{day}")


# text, then (type, days) of its claims
DATED = [
    # The deed's own date, not that of the saying.
    (
        "The ministry said on Saturday that 20 soldiers had been arrested on Thursday.",
        [("PURGE_ARREST_MIL", on("04"))],
    ),
    (
        "Troops shot dead three protesters on Friday, a rights group said on Monday.",
        [("REPRESSION_LETHAL", on("05"))],
    ),
    # Only the saying is dated: the days up to it.
    (
        "The ministry said on Saturday that 20 soldiers had been arrested.",
        [("PURGE_ARREST_MIL", ("2019-04-05", "2019-04-06"))],
    ),
    (
        "The army arrested 14 officers, the ministry said Tuesday.",
        [("PURGE_ARREST_MIL", ("2019-04-08", "2019-04-09"))],
    ),
    ("He said soldiers deserted on Monday.", [("DEFECT", on("08"))]),
    # A state is as of the saying.
    ("The defence minister said late on Sunday that the army remained loyal.", [("LOYALTY_STATE", on("07"))]),
    # Several deeds in one sentence.
    (
        "Soldiers deserted on 3 April and police fired on protesters on 5 April.",
        [("DEFECT", on("03")), ("REPRESSION", on("05"))],
    ),
    (
        "On Saturday soldiers deserted, and on Sunday police arrested 40 protesters.",
        [("DEFECT", on("06")), ("REPRESSION", on("07"))],
    ),
    (
        "Soldiers who mutinied on 1 April were arrested on 3 April.",
        [("MUTINY", on("01")), ("PURGE_ARREST_MIL", on("03"))],
    ),
    (
        "Police arrested 12 officers on Monday after soldiers mutinied on Sunday.",
        [("PURGE_ARREST_MIL", on("08")), ("MUTINY", on("07"))],
    ),
    (
        "Before police arrested 12 officers on Monday, soldiers mutinied on Sunday.",
        [("PURGE_ARREST_MIL", on("08")), ("MUTINY", on("07"))],
    ),
    # What was before the dated deed.
    (
        "The soldiers, who deserted, were arrested on Monday.",
        [("DEFECT", ("2019-04-07", "2019-04-08")), ("PURGE_ARREST_MIL", on("08"))],
    ),
    (
        "The government dismissed the general on Friday, days after he refused to deploy troops.",
        [("PURGE_ARREST_MIL", on("05")), ("REFUSE_ORDER", ("2019-04-04", "2019-04-05"))],
    ),
    # The story goes on.
    (
        "Police fired on protesters on Friday, killing two people. The army refused to deploy.",
        [("REPRESSION_LETHAL", on("05")), ("REFUSE_ORDER", on("05"))],
    ),
    (
        "Soldiers mutinied at a base in Barinas on Monday.\nThe soldiers refused orders and seized the armoury.",
        [("MUTINY", on("08")), ("REFUSE_ORDER", on("08")), ("MUTINY", on("08"))],
    ),
    (
        "On Monday police fired on crowds. A march is planned for Friday. Two soldiers deserted.",
        [("DEFECT", on("08"))],
    ),
    (
        "Protests began on 30 March.\nOn Monday police fired on crowds in Valencia.\nTwo soldiers deserted.",
        [("PROTEST", ("2019-03-30", "2019-03-30")), ("REPRESSION", on("08")), ("DEFECT", UNDATED)],
    ),
    (
        "In 2002 soldiers removed the president. Two days later he was back. Last week soldiers deserted.",
        [("COUP", ("2002-01-01", "2002-12-31")), ("DEFECT", ("2019-04-01", "2019-04-07"))],
    ),
    # A dateline is the day of writing.
    (
        "CARACAS, April 9 (Wire) - Soldiers refused to fire on protesters.",
        [("REFUSE_ORDER", ("2019-04-08", "2019-04-09"))],
    ),
    (
        "CARACAS, April 9 (Wire) - Soldiers refused to fire on protesters on Sunday. They also joined the crowd.",
        [("REFUSE_ORDER", on("07")), ("FRATERNIZE_JOIN", on("07"))],
    ),
    # A stretch of time up to now.
    ("The army has arrested 14 officers since Friday.", [("PURGE_ARREST_MIL", ("2019-04-05", "2019-04-10"))]),
    (
        "At least 40 people have been killed since protests began on 1 April, the prosecutor said on Tuesday.",
        [("FATALITIES_CUMULATIVE", ("2019-04-01", "2019-04-10")), ("PROTEST", on("01"))],
    ),
    # The date of a noun is not the clause's.
    (
        "Officers jailed over the 2014 coup were arrested again.",
        [("COUP", ("2014-01-01", "2014-12-31")), ("PURGE_ARREST_MIL", UNDATED)],
    ),
    (
        "The president promoted 30 generals last week. In February he had dismissed the army chief.",
        [("COUP_PROOFING", ("2019-04-01", "2019-04-07")), ("PURGE_ARREST_MIL", ("2019-02-01", "2019-02-28"))],
    ),
]


@pytest.mark.parametrize(("text", "expected"), DATED)
def test_a_claim_is_dated_by_its_own_clause_then_the_tale(
    text: str, expected: list[tuple[str, tuple[str, str]]]
) -> None:
    found = days_of(text)
    for kind, days in expected:
        assert (kind, *days) in found


def test_the_basis_says_that_a_deed_was_only_told_on_a_day() -> None:
    (claim,) = claims_of("The ministry said on Saturday that 20 soldiers had been arrested.")
    assert claim.date_basis == (
        "'on Saturday' -> the last Saturday on or before 2019-04-10 (told on that day; the 2 days up to it)"
    )


def test_a_deed_told_with_its_distance_from_another() -> None:
    (deserted,) = claims_of("Twelve officers deserted two days after crowds had marched on 3 April.")[:1]
    assert (str(deserted.date_start), str(deserted.date_end)) == ("2019-04-05", "2019-04-05")


LIVE = """Live: crowds in Caracas

18:40
We are closing this page. The soldiers have returned to barracks.

12:05
Police fired tear gas at protesters on the avenue.

09:30
Soldiers refused to fire on protesters. On Monday police arrested 12 students.
"""


def test_an_entry_that_bears_an_hour_has_the_day_of_its_page() -> None:
    found = {(claim.type, str(claim.date_start), str(claim.date_end)) for claim in claims_of(LIVE)}
    assert ("CROWD_CONTROL", *on("10")) in found
    assert ("REFUSE_ORDER", *on("10")) in found
    assert ("REPRESSION", *on("08")) in found


def test_posts_have_the_day_that_their_head_names() -> None:
    text = (
        "Digest: Caracas, Tuesday 9 April, as posted\n\n09:12 @one: Police fired tear gas at protesters.\n\n"
        "10:40 @two: Soldiers refused to fire on protesters.\n\n11:15 @three: Protesters marched."
    )
    assert {(str(c.date_start), str(c.date_end)) for c in claims_of(text)} == {on("09")}


def test_two_hours_are_no_page_kept_through_a_day() -> None:
    text = "12:05\nPolice fired tear gas at protesters.\n\n13:00\nSoldiers refused to fire on protesters."
    assert {(str(c.date_start), str(c.date_end)) for c in claims_of(text)} == {UNDATED}


@pytest.mark.parametrize(
    "head",
    [
        "VENEZUELA: Situation report No. 6 (3 April 06:00 to 6 April 12:00 local)",
        "Situation report, 3 to 6 April 2019",
        "Period covered: 3-6 April",
    ],
)
def test_a_report_on_a_period_dates_what_it_tells_without_a_date(head: str) -> None:
    text = f"{head}\n\n1. SUMMARY. Soldiers refused to fire on protesters. On 4 April police arrested 12 students."
    found = {(claim.type, str(claim.date_start), str(claim.date_end)) for claim in claims_of(text)}
    assert ("REFUSE_ORDER", "2019-04-03", "2019-04-06") in found
    assert ("REPRESSION", *on("04")) in found


def test_a_text_that_looks_back_counts_from_its_own_days() -> None:
    text = (
        "On 22 December 1989 the minister died. Soldiers fired on protesters on the 17th. "
        "On the 20th, a Wednesday, soldiers refused to fire on the crowd. By Thursday the troops joined the protesters."
    )
    found = {(claim.type, str(claim.date_start)) for claim in claims_of(text, "ROU")}
    assert {("REPRESSION", "1989-12-17"), ("REFUSE_ORDER", "1989-12-20")} <= found
    news = "In June 2008 soldiers fired on protesters. On Monday soldiers refused to fire on protesters."
    assert ("REFUSE_ORDER", *on("08")) in days_of(news)


def test_the_morning_of_a_day_is_a_date_of_its_clause() -> None:
    text = "Soldiers refused to fire on protesters on the morning of 4 April."
    assert days_of(text) == [("REFUSE_ORDER", *on("04"))]


def test_a_month_in_passing_is_not_where_the_story_stands() -> None:
    text = (
        "On 4 April the general, who was dismissed in February, announced his defection. "
        "Soldiers refused to fire on protesters."
    )
    assert ("REFUSE_ORDER", *on("04")) in days_of(text)


def test_the_day_of_a_saying_is_not_where_the_story_stands() -> None:
    text = (
        "Troops shot dead three protesters on Friday, a rights group said on Monday. "
        "Police arrested 12 students."
    )
    assert ("REPRESSION", *on("05")) in days_of(text)


def test_a_live_page_has_the_town_of_its_head() -> None:
    text = (
        "Caracas, live\n\n09:30\nProtesters are marching.\n\n12:05\nPolice fire tear gas at protesters.\n\n"
        "18:40\nIn Mérida, guards are beating students."
    )
    found = {(claim.type, claim.adm1) for claim in claims_of(text)}
    assert {("PROTEST", "VE-A"), ("REPRESSION", "VE-L")} <= found


def test_a_date_that_opens_its_sentence_carries_the_story_even_if_it_is_a_whole_year_long_past() -> None:
    text = (
        "The government has prepared for this since 2002. That year, amid protests, the president ordered the army to "
        "restore order.\n\nIt instead removed him in a coup. Protests went on in Caracas on Friday."
    )
    report = Report("own", text, date(2017, 5, 7), article_start=0, article_end=len(text))
    coup = next(claim for claim in code(Reports.of([report]), country="VEN") if claim.type == "COUP")
    assert (coup.date_start, coup.date_end) == (date(2002, 1, 1), date(2002, 12, 31))
    assert coup.certainty == "historical_background"


def test_protests_that_are_set_to_grow_are_a_forecast_and_no_call() -> None:
    text = "Protests are set to escalate, observers said. Police arrested ten protesters on Friday."
    report = Report("own", text, date(2017, 5, 7), article_start=0, article_end=len(text))
    coming = [claim for claim in code(Reports.of([report]), country="VEN") if claim.char_start == 0]
    assert all(claim.certainty == "forecast" for claim in coming)
    assert not any(claim.type == "CALL_TO_REBEL" for claim in coming)
