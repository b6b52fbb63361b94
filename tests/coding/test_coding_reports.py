"""Whole reports: spans, interchange, controls without a crisis, hostile input, the article that started it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from garrison.coding import code, interchange_lines
from garrison.errors import CountryError
from garrison.records import Claims, Report, Reports
from garrison.vocabulary import event_types

PUBLISHED = date(2021, 10, 20)
ARTICLE = Path(__file__).parents[3] / "shared" / "reports" / "venezuela-2017-05-07.txt"


def plain(text: str, doc: str = "own") -> Reports:
    return Reports.of([Report(doc, text, PUBLISHED, article_start=0, article_end=len(text))])


KHARTOUM = """Two sergeants refused to fire on a crowd in Khartoum on Monday, a rights group said.

Security forces killed three demonstrators on Tuesday. The military spokesman denied that any officers had defected.
"""
MINSK = """Riot police in Minsk lowered their shields on Sunday.

The interior minister acknowledged that eleven policemen had been dismissed.
Workers at the tractor plant went on strike.
"""
OUAGADOUGOU = """Soldiers mutinied at two barracks in Ouagadougou on Sunday and seized an armoury.

Mutinous troops detained the president, two security sources told a news agency. The generals dissolved parliament.
"""


CAIRO = """The president ordered troops to restore order on Wednesday. Several conscripts handed over their rifles
to the crowd, a reporter of the AFP agency saw.

The interior ministry said 120 people had been detained since Tuesday. A rights group said police had beaten detainees.

Analysts say officers are paid well and are unlikely to defect. Some fear that the army could split if the order to
fire is given.
"""
HARARE = """Soldiers seized the state broadcaster late on Tuesday. A general denied that the army had staged a coup.

Opposition leaders urged the president to resign. War veterans called for mass protests on Saturday.
"""
TUNIS = """The army refused to shoot at demonstrators, a general told reporters. Crowds looted supermarkets on Sunday.

More than 60 people have died since December, opposition groups say. The government released political prisoners.
Parliament removed the president on Monday.
"""


@pytest.mark.parametrize(
    ("country", "text", "expected"),
    [
        (
            "EGY",
            CAIRO,
            {
                ("ORDER_TO_REPRESS", "reported_fact"),
                ("REPRESSION", "claim_official"),
                ("REPRESSION", "claim_single_source"),
                ("DEFECT", "hypothetical"),
                ("NON_EVENT", "forecast"),
            },
        ),
        (
            "ZWE",
            HARARE,
            {
                ("COUP", "reported_fact"),
                ("COUP", "claim_official"),
                ("DEMAND_RESIGN", "reported_fact"),
                ("CALL_TO_REBEL", "reported_fact"),
            },
        ),
        (
            "TUN",
            TUNIS,
            {
                ("REFUSE_ORDER", "claim_official"),
                ("FATALITIES_CUMULATIVE", "claim_single_source"),
                ("LEADER_EXIT", "reported_fact"),
                ("CONCESSION", "reported_fact"),
                ("PROTEST_PROPERTY", "reported_fact"),
            },
        ),
    ],
)
def test_reports_mix_fact_claim_and_expectation(
    country: str, text: str, expected: set[tuple[str, str]]
) -> None:
    claims = list(code(plain(text), country=country))
    told = {(claim.type, claim.certainty) for claim in claims}
    assert expected <= told
    assert ("DEFECT", "reported_fact") not in told
    assert all(
        claim.negated for claim in claims if (claim.type, claim.certainty) == ("COUP", "claim_official")
    )


@pytest.mark.parametrize(
    ("country", "text", "expected"),
    [
        ("SDN", KHARTOUM, {"REFUSE_ORDER", "REPRESSION_LETHAL", "DEFECT"}),
        ("BLR", MINSK, {"REFUSE_ORDER", "PURGE_ARREST_MIL", "STRIKE"}),
        ("BFA", OUAGADOUGOU, {"MUTINY", "COUP", "INSTITUTIONAL_POWER_GRAB"}),
    ],
)
def test_reports_of_other_crises(country: str, text: str, expected: set[str]) -> None:
    claims = list(code(plain(text), country=country))
    assert {claim.type for claim in claims} == expected
    assert {claim.country for claim in claims} == {country}


def test_the_country_is_found_from_the_text() -> None:
    assert {
        claim.country for claim in code(plain(MINSK + "\nBelarus is tense. Belarusian soldiers wait."))
    } == {"BLR"}


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(CountryError):
        code(plain(MINSK), country="ZZZ")


@pytest.mark.parametrize(
    "text",
    [
        "The striker's defection to a rival club angered fans on Saturday. The captain led the attack in the "
        "second half, and the defence collapsed under fire. The coach said that his troops would fight on. "
        "Thousands of supporters marched to the stadium and sang.",
        "The general manager of the brewery resigned on Friday. Its army of accountants struck a deal with the bank. "
        "Sales rallied in March and the revolution in bottling goes on.",
        "Soldiers of the regiment marched in the parade on the national day, and the president praised the police. "
        "The general who led the campaign of 1812 is shown on a horse. Police arrested two men for theft.",
        "The museum shows a uniform of a sergeant of 1916 and a drum of the regiment. Children can march through the "
        "trenches. The guard at the gate sells tickets.",
    ],
)
def test_a_text_about_no_crisis_moves_nothing(text: str) -> None:
    forbidden = {
        "DEFECT",
        "PROTEST",
        "MUTINY",
        "COUP",
        "PURGE_ARREST_MIL",
        "FRATERNIZE_JOIN",
        "REPRESSION",
        "STRIKE",
    }
    assert not {claim.type for claim in code(plain(text), country="GBR")} & forbidden


def test_quotes_stand_on_their_characters() -> None:
    text = (
        "Soldiers “deserted” — all of them — on Monday.\r\n\r\n\tTwo colonels said they no longer "
        "recognised the king.\n"
    )
    claims = list(code(plain(text), country="JOR"))
    assert claims
    for claim in claims:
        assert text[claim.char_start : claim.char_end] == claim.quote
        assert claim.quote.strip()


def test_a_title_is_never_glued_to_its_paragraph() -> None:
    text = "Troops leave barracks\nA sergeant deserted on Monday"
    for claim in code(plain(text), country="EGY"):
        assert "\n" not in claim.quote


def test_raw_offsets_of_a_page_are_given() -> None:
    text = "A sergeant deserted on Monday."
    report = Report(
        "page", text, PUBLISHED, article_start=0, article_end=len(text), raw_spans=((0, 500, len(text)),)
    )
    claim = code(Reports.of([report]), country="EGY")[0]
    assert (claim.char_start, claim.quote) == (500, text)


def test_the_interchange_form() -> None:
    reports = Reports.of([*plain(KHARTOUM, "first"), *plain("Nothing happened.", "second")])
    lines = [json.loads(line) for line in interchange_lines(code(reports, country="SDN"), reports)]
    assert [line["doc"] for line in lines if line["record"] == "segmentation"] == ["first", "second"]
    claims = [line for line in lines if line["record"] == "claim"]
    assert list(claims[0])[:8] == ["record", "schema", "id", "doc", "char_start", "char_end", "quote", "type"]
    assert list(claims[0])[-5:] == ["numbers", "sources", "certainty", "negated", "duplicate_of"]
    for claim in claims:
        assert claim["plover"] == event_types()[claim["type"]].plover
        assert date.fromisoformat(claim["date_start"]) <= date.fromisoformat(claim["date_end"])


def test_the_same_text_gives_the_same_lines() -> None:
    first, second = (
        list(interchange_lines(code(plain(KHARTOUM), country="SDN"), plain(KHARTOUM))) for _ in range(2)
    )
    assert first == second


def test_no_report_gives_no_claim() -> None:
    assert len(code(Reports.of([]))) == 0
    assert isinstance(code(plain("")), Claims)


WORDS = st.sampled_from(
    [
        "soldiers",
        "defect",
        "the",
        "police",
        "\n",
        '"',
        "“",
        "said",
        "if",
        "not",
        "arrest",
        "they",
        "on Monday",
        "40",
        "\u202e",
        "who",
        "by",
        "?",
        ".",
        "coup",
        "march",
        ",",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=120))
def test_any_text_is_coded_without_a_crash(text: str) -> None:
    for claim in code(plain(text), country="EGY"):
        assert text[claim.char_start : claim.char_end] == claim.quote
        assert claim.type in event_types()


@pytest.mark.slow
def test_a_very_long_line_is_cut_with_a_warning() -> None:
    text = "The soldiers deserted. " * 20_000
    with pytest.warns(UserWarning, match="only the first"):
        assert len(code(plain(text), country="EGY")) > 0


@pytest.fixture(scope="module")
def article() -> Claims:
    if not ARTICLE.exists():
        pytest.skip(
            "the article of 7 May 2017 lies beside a checkout of the project, in ../shared; it is not shipped"
        )
    text = ARTICLE.read_text(encoding="utf-8")
    report = Report("article", text, date(2017, 5, 7), text[:82], 0, 82, 84, 6508, 6510, 20233)
    return code(Reports.of([report]), country="VEN")


def test_the_article_rests_its_headline_on_one_source(article: Claims) -> None:
    body = [
        claim for claim in article if 84 <= claim.char_start < 900 and claim.certainty.startswith("claim")
    ]
    assert {claim.type for claim in body} >= {"DEFECT", "FRATERNIZE_JOIN", "PURGE_ARREST_MIL"}
    assert {claim.certainty for claim in body} == {"claim_single_source"}
    heads = [claim for claim in article if claim.certainty == "headline_assertion"]
    assert len(heads) == 2
    assert all(claim.duplicate_of for claim in heads)


def test_the_article_tells_one_toll(article: Claims) -> None:
    tolls = [claim for claim in article if claim.type == "FATALITIES_CUMULATIVE"]
    assert [claim.duplicate_of for claim in tolls] == [None, tolls[0].id]
    assert all(claim.numbers[0].kind == "stock" and claim.numbers[0].high <= 45 for claim in tolls)


def test_the_article_dates_the_lieutenants(article: Claims) -> None:
    dates = {
        claim.type: (claim.date_start, claim.date_end) for claim in article if claim.actor_rank == "junior"
    }
    assert dates["DEFECT_DECLARED"] == (date(2017, 3, 1), date(2017, 3, 31))
    assert dates["DEFECT_EXILE"] == (date(2017, 4, 1), date(2017, 4, 30))


def test_the_article_keeps_2002_and_the_comments_apart(article: Claims) -> None:
    for claim in article:
        if claim.char_start >= 6510:
            assert claim.certainty == "reader_comment"
        if claim.date_end is not None and claim.date_end.year == 2002:
            assert claim.certainty == "historical_background"
