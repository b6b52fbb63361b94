"""The page holds every required part, leads from numbers to characters, and asks for nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from page_content import CLAIMS, CONTENT, LEVERS, QUOTED, TEXT, claim_id

from garrison.briefing import BriefContent, Sentence, TrackRecord, render
from garrison.errors import ParameterError, TableError

VOID = {"meta", "link", "br", "img", "hr", "input", "wbr"}


class Page(HTMLParser):
    """The page as parsed: its tags with attributes, its ids, its text, and whether tags close in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.tags if "id" in attrs]

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.text))


@pytest.fixture(scope="module")
def html() -> str:
    return render(CONTENT)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_tags_close_in_order(page: Page) -> None:
    assert page.wrong == []
    assert page.open == []


def test_ids_are_unique_and_every_link_leads_somewhere(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    links = [str(attrs["href"]) for tag, attrs in page.tags if tag in ("a", "use")]
    assert len(links) > 100
    assert {link[1:] for link in links} <= set(page.ids)


def test_all_parts_are_there_in_order(page: Page) -> None:
    parts = [
        "answer",
        "claims",
        "not-counted",
        "timeline",
        "dissent",
        "levers",
        "cannot-see",
        "provenance",
        "quotes",
    ]
    assert [name for name in page.ids if name in parts] == parts


def test_headings_step_down_one_level_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    "said",
    [
        "1 in 45",
        "2.3%, extremely unlikely",
        "a dated, coup-type break by 5 Aug 2017, within 90 days",
        "50% range: 1.9–2.8%",
        "90% range: 1.3–4.2%",
        "1 in 75 to 1 in 25",
        "The base rate",
        "The model would say",
        "No forecast of this kind has been scored yet.",
        "two of four: at least two lists agree",
        "26 in 591",
        "593 crises of 1990–2019, hazard by age",
        "+0.39, that is odds times 1.5",
        "212 of 4,000 runs",
        "With every prior twice as wide",
        "Powell & Thyne",
        "36 to 40 deaths (running total)",
        "claimed by a single source",
        "A second source that does not retell the first one.",
        "History, before this crisis",
        "Readers’ comments",
        "two months late",
        "+1.3",
        "90%: +0.6 to +2.1",
        "Single units: everything here is national and weekly.",
        "A low number is no safety for protesters.",
        "This is not news.",
        "Case: Venezuela, protests of 2017",
        "garrison brief caracas-dispatch.txt --country VEN --seed 1",
        "4f1c" * 16,
    ],
)
def test_it_says(page: Page, said: str) -> None:
    assert said in page.words


def test_the_headline_of_the_report_is_audited_first_with_what_it_rests_on(html: str) -> None:
    card = html[html.index('class="card of-headline"') :]
    card = card[: card.index("</li>")]
    assert "Soldiers Change Sides" in card
    assert "units in several states have started to leave the government" in card
    assert "claimed by a single source" in card
    assert html.index("of-headline") < html.index('<li class="card">')


def test_a_claim_told_under_the_headline_is_not_told_again(html: str) -> None:
    body = html[html.index('<ol class="cards">') : html.index('id="not-counted"')]
    assert body.count("units in several states have started to leave the government") == 1


def test_every_quotation_stands_with_its_characters(page: Page, html: str) -> None:
    for key, (_, quoted) in QUOTED.items():
        start = TEXT.index(quoted)
        assert f"<mark>{quoted}</mark>" in html
        assert f"{claim_id(key)} · caracas-dispatch, characters {start}–{start + len(quoted)}" in page.words


def test_every_row_of_provenance_is_shown_and_cited(html: str) -> None:
    for row in CONTENT.provenance:
        assert f'<tr id="n{row.number}">' in html
        assert f'href="#n{row.number}"' in html


def test_tables_have_captions_and_scopes(page: Page) -> None:
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption") > 5
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in page.tags if tag == "th")


def test_drawings_say_what_they_show(page: Page, html: str) -> None:
    drawings = [attrs for tag, attrs in page.tags if tag == "svg" and attrs.get("aria-hidden") != "true"]
    assert len(drawings) == 9
    assert all(attrs["role"] == "img" and attrs["aria-labelledby"] for attrs in drawings)
    assert "2 of 100 dots filled" in html


def test_it_asks_for_nothing_and_runs_nothing(page: Page, html: str) -> None:
    assert not {"script", "img", "iframe", "object", "embed", "form", "base", "audio", "video"} & {
        tag for tag, _ in page.tags
    }
    for tag, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on")], tag
        for name in ("src", "href", "xlink:href", "action", "poster", "data"):
            if attrs.get(name):
                assert str(attrs[name]).startswith("#") or attrs[name] == "data:,"
    for unwanted in ("http:", "https:", "@import", "@font-face", "url(http", "javascript:"):
        assert unwanted not in html
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in html


def test_it_is_small(html: str) -> None:
    assert len(html.encode("utf8")) < 200_000


def test_same_content_same_bytes(html: str) -> None:
    assert render(CONTENT) == html


def test_nothing_of_the_clock_or_the_machine(html: str) -> None:
    assert "/home" not in html
    assert set(re.findall(r"\b20[0-9]{2}\b", html)) <= {"2017", "2019", "2002"}


def test_without_a_case_the_page_says_so() -> None:
    page = Page(render(replace(CONTENT, header=replace(CONTENT.header, case_title=None))))
    assert "no case: wide priors" in page.words


def test_a_bare_brief_is_a_whole_page() -> None:
    """No model run, no claim, no event: the page still answers and says what is missing."""
    bare = replace(
        CONTENT,
        headline=replace(CONTENT.headline, model=None, crisis_age_weeks=None, rules=()),
        claims=(),
        not_counted=(),
        timeline=(),
        dissent=(),
        levers=(),
    )
    page = Page(render(bare))
    assert page.wrong == []
    for said in (
        "Nothing is drawn: no crisis was found, or no model run stands behind this page.",
        "No dated event is known.",
        "Nothing was set aside.",
        "no claim about the present crisis that could be weighed",
        "No crisis of the regime was found in these reports.",
    ):
        assert said in page.words


def test_a_small_sample_is_said() -> None:
    assert CONTENT.headline.model is not None
    model = replace(CONTENT.headline.model, n_effective=7.0, enough=False)
    page = Page(render(replace(CONTENT, headline=replace(CONTENT.headline, model=model))))
    assert "Too few of its runs match the reports" in page.words
    assert "too small: a few runs carry the result" in page.words


def test_a_track_record_is_printed_with_its_interval() -> None:
    track = TrackRecord(10476, 4, 1990, 2019, 0.0222, 0.0264, (0.004, -0.008, 0.019))
    page = Page(render(replace(CONTENT, headline=replace(CONTENT.headline, track=track))))
    assert "Tried on 10,476 crisis-weeks of 1990 to 2019" in page.words
    assert "2.2% were followed by a break, it said 2.6% on average" in page.words
    assert "No model has clearly beaten it" in page.words
    assert "+0.004 (95%: -0.008 to +0.019)" in page.words
    better = replace(track, log_skill=(0.05, 0.01, 0.09))
    page = Page(render(replace(CONTENT, headline=replace(CONTENT.headline, track=better))))
    assert "A model has beaten it there" in page.words


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ParameterError, match="no language"):
        render(CONTENT, language="xx")


def changed(**parts: object) -> BriefContent:
    return replace(CONTENT, **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"cannot_see": ()}, "cannot_see is empty"),
        ({"verdict": ()}, "verdict is empty"),
        ({"verdict": (Sentence("No row.", (99,)),)}, r"brief\.verdict\[0\]: note 99 has no row"),
        ({"verdict": (Sentence("No quote.", (), ("x#1",)),)}, "claim 'x#1' has no quote"),
        (
            {"claims": (replace(CLAIMS[0], p_happened=1.2),)},
            r"claims\[0\]\.p_happened: 1\.2 is no probability",
        ),
        ({"levers": (replace(LEVERS[0], p_after=float("nan")),)}, r"levers\[0\]\.p_after"),
    ],
)
def test_content_that_cannot_be_published_is_refused(parts: dict[str, object], message: str) -> None:
    with pytest.raises(TableError, match=message):
        changed(**parts)
