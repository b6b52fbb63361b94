"""Whose words a whole text is: statements and posts have their issuer for source; texts that look back are history."""

from __future__ import annotations

import datetime

import pytest

from garrison.coding import code
from garrison.coding.issuers import issuers_of
from garrison.records import Claim, Report, Reports

MINISTRY = (
    "Statement of the Ministry of the Interior",
    "Police arrested forty students in the port on Sunday. No officer has deserted. The curfew stays in force.",
)
PUTSCH = (
    "Communique No. 2 of the National Council of Renewal",
    "We have put an end to the power of President Okoro.\n\nSoldiers arrested nine ministers on Monday.\n\n"
    "1. the suspension of the Constitution;\n2. the dissolution of the Government;\n"
    "3. a curfew from dusk to dawn. The mutiny of the northern garrison is over.",
)
POSTS = (
    "Digest of posts, 18 October",
    "09:10 @quay_eye: Soldiers deserted from the base at the port\n"
    "09:30 @radio_sur: [News agency] Police arrested forty students\n"
    "09:45 @interior_ministry: Police fired tear gas at the protesters\n"
    "10:15 @ana_m: Soldiers refused to fire on the protesters??\n"
    "10:40 @quay_eye: thousands of protesters marched to the palace",
)
NEWS = ("Army holds", "The ministry of defence issued a statement. Police arrested forty students on Sunday.")


def report_of(text: tuple[str, str], published: datetime.date = datetime.date(2021, 10, 20)) -> Report:
    title, body = text
    full = f"{title}\n\n{body}"
    return Report(
        "own", full, published, title=title, title_start=0, title_end=len(title),
        article_start=len(title) + 2, article_end=len(full),
    )  # fmt: skip


def claims_of(text: tuple[str, str], country: str = "SDN") -> list[Claim]:
    return list(code(Reports.of([report_of(text)]), country=country))


@pytest.mark.parametrize(
    ("text", "kind", "certainty"),
    [
        (MINISTRY, "REPRESSION", "claim_official"),
        (PUTSCH, "INSTITUTIONAL_POWER_GRAB", "claim_single_source"),
    ],
)
def test_the_issuer_of_a_statement_is_the_source_of_its_clauses(
    text: tuple[str, str], kind: str, certainty: str
) -> None:
    told = [claim for claim in claims_of(text) if claim.type == kind]
    assert told
    assert {claim.certainty for claim in told} == {certainty}
    assert all(claim.sources for claim in told)


def test_a_list_of_decisions_is_decided_by_its_issuer() -> None:
    decided = [claim for claim in claims_of(PUTSCH) if claim.type == "INSTITUTIONAL_POWER_GRAB"]
    assert {claim.actor_sector for claim in decided} == {"MIL"}
    assert not any(claim.duplicate_of for claim in decided)


def test_every_post_has_its_author_for_source() -> None:
    grades = {claim.sources[-1].text: claim.certainty for claim in claims_of(POSTS) if claim.sources}
    assert grades["@quay_eye"] == "claim_single_source"
    assert grades["@radio_sur"] == "claim_media"
    assert grades["@interior_ministry"] == "claim_official"
    assert grades.get("@ana_m", "claim_unnamed_source") == "claim_unnamed_source"


def test_news_of_a_statement_has_no_issuer() -> None:
    assert issuers_of(report_of(NEWS)) == ()
    assert {claim.certainty for claim in claims_of(NEWS) if claim.type == "REPRESSION"} == {"reported_fact"}


def test_the_story_of_a_text_that_looks_back_is_no_fresh_fact() -> None:
    text = (
        "The last parade",
        "On 11 March 1974 the garrison of the port mutinied. An inquiry in 1981 cleared its colonel.\n\n"
        "Soldiers deserted in hundreds on the 12th. Police killed two protesters at the bridge.",
    )
    told = claims_of(text, "ETH")
    assert len(told) >= 2
    assert {claim.certainty for claim in told} == {"historical_background"}


def test_news_that_recalls_a_year_stays_news() -> None:
    text = (
        "Garrison mutinies",
        "In 1974 the garrison mutinied, and in 1981 an inquiry cleared its colonel. "
        "This week soldiers deserted in hundreds.",
    )
    assert any(
        claim.type == "DEFECT" and claim.certainty == "reported_fact" for claim in claims_of(text, "ETH")
    )
