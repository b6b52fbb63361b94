"""The article that started the project, as of 7 May 2017: an honest page."""

import json
from datetime import date
from pathlib import Path

import pytest

import garrison
from garrison.briefing import Brief
from garrison.forecasting import base_rate, hazard_table

ARTICLE = Path(__file__).parents[3] / "shared" / "reports" / "venezuela-2017-05-07.txt"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ARTICLE.exists(), reason="the scraped article is not beside this checkout"),
]


@pytest.fixture(scope="module")
def page() -> Brief:
    return garrison.brief(ARTICLE, country="VEN")


def event_of(page, kind: str):
    """The likeliest event of a type that the article itself tells."""
    told = [event for event in page.events if event.type == kind and event.claim_ids]
    return max(told, key=lambda event: event.p_happened) if told else None


def test_the_day_is_the_articles(page) -> None:
    assert page.forecast.as_of == date(2017, 5, 7)


def test_the_headline_lies_within_the_spread_of_the_base_rate(page) -> None:
    bands = [base_rate(page.forecast.age_weeks, 90, rule).band90 for rule in hazard_table()]
    assert min(low for low, _ in bands) <= page.forecast.p <= max(high for _, high in bands)
    assert page.forecast.p < 0.15


def test_arrests_of_soldiers_are_likely_and_marching_is_not(page) -> None:
    arrests, marching = event_of(page, "PURGE_ARREST_MIL"), event_of(page, "FRATERNIZE_JOIN")
    assert arrests is not None
    assert arrests.p_happened > 0.8
    assert marching is not None
    assert marching.p_happened < 0.1


def test_the_marching_claim_is_graded_single_source(page) -> None:
    told = [
        claim
        for claim in page.claims
        if claim.type == "FRATERNIZE_JOIN" and claim.certainty != "headline_assertion"
    ]
    assert told
    assert {claim.certainty for claim in told} == {"claim_single_source"}


def test_no_comment_and_no_forecast_is_counted(page) -> None:
    counted = {claim_id for event in page.events for claim_id in event.claim_ids}
    for claim in page.claims:
        if claim.certainty in ("reader_comment", "forecast", "hypothetical", "historical_background"):
            assert claim.id not in counted
        if claim.char_start >= 6510:
            assert claim.certainty == "reader_comment"


def test_deaths_are_one_stock_of_about_forty(page) -> None:
    tolls = [event for event in page.events if event.type == "FATALITIES_CUMULATIVE" and event.claim_ids]
    assert len(tolls) == 1
    # "Some three dozen" and "approaches 40" are one toll; added they would be more than 70.
    assert 30 <= tolls[0].n_low <= 40 <= tolls[0].n_high <= 45
    assert any("one running total" in sentence.text for sentence in page.content.verdict)


def test_dissent_is_reported_as_real(page) -> None:
    assert any(sentence.text.startswith("Dissent in the ranks is real") for sentence in page.content.verdict)


def test_the_headline_of_the_article_is_audited_first(page) -> None:
    assert page.content.claims[0].is_headline
    assert "Military Begins To Defect" in page.content.header.report_title
    assert "joining the protesters rests on one source" in page.content.verdict[0].text


def test_the_page_is_small_and_leads_down_to_the_quoted_words(page) -> None:
    text = page.html()
    assert len(text.encode()) < 400_000
    article = ARTICLE.read_text(encoding="utf8")
    for quote in page.content.quotes:
        assert article[quote.char_start : quote.char_end] == quote.quote


def test_json_carries_the_same_numbers(page, tmp_path: Path) -> None:
    content = json.loads(page.save(tmp_path / "brief.json").read_text())
    assert content["headline"]["chance"]["p"] == page.forecast.p
    assert content["forecast"]["model"]["log_odds_shift"] == page.forecast.model.log_odds_shift


def test_printed_it_is_ten_lines_or_fewer(page) -> None:
    assert len(repr(page).splitlines()) <= 10
    assert page._repr_html_().startswith("<iframe srcdoc=")
