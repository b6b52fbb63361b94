"""Which date a claim gets in own texts of several sentences; published Wednesday 10 April 2019."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports

PUBLISHED = date(2019, 4, 10)
WEEK = ("2019-04-04", "2019-04-10")


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
        [("PURGE_ARREST_MIL", ("2019-04-04", "2019-04-06"))],
    ),
    (
        "The army arrested 14 officers, the ministry said Tuesday.",
        [("PURGE_ARREST_MIL", ("2019-04-07", "2019-04-09"))],
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
        [("DEFECT", ("2019-04-06", "2019-04-08")), ("PURGE_ARREST_MIL", on("08"))],
    ),
    (
        "The government dismissed the general on Friday, days after he refused to deploy troops.",
        [("PURGE_ARREST_MIL", on("05")), ("REFUSE_ORDER", ("2019-04-03", "2019-04-05"))],
    ),
    # The story goes on.
    (
        "Police fired on protesters on Friday, killing two people. The army refused to deploy.",
        [("REPRESSION", on("05")), ("REPRESSION_LETHAL", on("05")), ("REFUSE_ORDER", on("05"))],
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
        [("PROTEST", ("2019-03-30", "2019-03-30")), ("REPRESSION", on("08")), ("DEFECT", WEEK)],
    ),
    (
        "In 2002 soldiers removed the president. Two days later he was back. Last week soldiers deserted.",
        [("COUP", ("2002-01-01", "2002-12-31")), ("DEFECT", ("2019-04-01", "2019-04-07"))],
    ),
    # A dateline is the day of writing.
    (
        "CARACAS, April 9 (Wire) - Soldiers refused to fire on protesters.",
        [("REFUSE_ORDER", ("2019-04-07", "2019-04-09"))],
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
        [("COUP", ("2014-01-01", "2014-12-31")), ("PURGE_ARREST_MIL", WEEK)],
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
        "'on Saturday' -> the last Saturday on or before 2019-04-10 (told on that day; the 3 days up to it)"
    )


def test_a_deed_told_with_its_distance_from_another() -> None:
    (deserted,) = claims_of("Twelve officers deserted two days after crowds had marched on 3 April.")[:1]
    assert (str(deserted.date_start), str(deserted.date_end)) == ("2019-04-05", "2019-04-05")
