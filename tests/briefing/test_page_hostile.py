"""Texts from the web stay text: no markup, no turned direction, no overflow, whatever a report holds."""

from __future__ import annotations

import html as html_module
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_content import CLAIMS, CONTENT

from garrison.briefing import Quote, render
from garrison.briefing.limits import limits
from garrison.briefing.plain import plain
from garrison.briefing.selection import select

MARKUP = (
    "</title></style></mark><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;{{ 7*7 }}{% raw %}"
)
TURNED = "\u202eevil\u2066"
BROKEN = "nul\x00 bell\x07 half \ud800 last \uffff"


def everywhere(text: str) -> str:
    """Render a brief whose every text from outside is the same text."""
    quotes = tuple(replace(quote, before=text, quote=text, after=text) for quote in CONTENT.quotes)
    claims = tuple(
        replace(
            claim,
            actor=text,
            target=text,
            place=text,
            sources=tuple(replace(s, text=text) for s in claim.sources),
        )
        for claim in CLAIMS
    )
    return render(
        replace(
            CONTENT,
            header=replace(CONTENT.header, country=text, report_title=text, case_title=text),
            claims=claims,
            quotes=quotes,
            timeline=tuple(replace(event, summary=text, sources=(text,)) for event in CONTENT.timeline),
            verdict=tuple(replace(sentence, text=text) for sentence in CONTENT.verdict),
            levers=tuple(replace(lever, name=text, assumptions=(text,)) for lever in CONTENT.levers),
            cannot_see=(text,),
            footer=replace(
                CONTENT.footer,
                command=text,
                inputs=tuple(
                    replace(item, doc=text, title=text, publisher=text) for item in CONTENT.footer.inputs
                ),
            ),
        )
    )


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def test_markup_in_every_text_stays_text() -> None:
    page = everywhere(MARKUP)
    parsed = Tags(page)
    assert not {"script", "img"} & set(parsed.tags)
    assert parsed.handlers == []
    assert "<script" not in page
    assert "49" not in html_module.unescape(page[page.index('class="report-title"') :][:400])
    assert html_module.escape("<script>alert(1)</script>", quote=False) in page


def test_the_same_tags_as_with_harmless_texts() -> None:
    """Only lines of a drawing's label, which long names break, may be more."""
    hostile, harmless = (
        [tag for tag in Tags(everywhere(text)).tags if tag != "text"] for text in (MARKUP, "harmless")
    )
    assert hostile == harmless


def test_turned_directions_are_shown_by_number() -> None:
    page = everywhere(TURNED)
    assert "\u202e" not in page
    assert "\u2066" not in page
    assert "[U+202E]evil[U+2066]" in page


def test_broken_characters_are_replaced() -> None:
    page = everywhere(BROKEN)
    page.encode("utf8")
    assert "\x00" not in page
    assert "nul\ufffd bell\ufffd half \ufffd last \ufffd" in page


@given(st.text(st.characters(), max_size=200))
def test_plain_text_is_safe_for_a_page(text: str) -> None:
    cleaned = plain(text)
    cleaned.encode("utf8")
    assert not [letter for letter in cleaned if letter < " " and letter not in "\t\n\r"]
    assert plain(cleaned) == cleaned


def test_letters_of_every_script_stay() -> None:
    for text in ("Ñandú, Zoë", "العسكر\u200f!", "军队倒戈", "солдаты", "é" + "\u0301" * 3, "👩‍🚒"):
        assert plain(text) == text


def test_piled_marks_are_cut() -> None:
    assert len(plain("a" + "\u0301" * 500)) == 5


def test_a_long_quotation_is_cut_and_counted() -> None:
    page = everywhere("a" * 10_000)
    assert "a" * 601 not in page
    assert "9,400 more characters" in page


@pytest.mark.parametrize("letter", ["<", "軍", "\u0301", "a"])
def test_a_huge_brief_stays_under_the_limit_and_says_what_it_leaves_out(letter: str) -> None:
    ids = [f"doc#{number}" for number in range(900)]
    text = letter * 5_000
    huge = replace(
        CONTENT,
        verdict=tuple(replace(sentence, claim_ids=()) for sentence in CONTENT.verdict),
        not_counted=(),
        timeline=tuple(
            replace(event, claim_ids=(), summary=text)
            for event in CONTENT.timeline * (800 // len(CONTENT.timeline))
        ),
        provenance=tuple(replace(row, claim_ids=()) for row in CONTENT.provenance),
        claims=tuple(replace(CLAIMS[4], claim_id=name, actor=text) for name in ids),
        quotes=tuple(Quote(name, text, 0, 5_000, text, text, text) for name in ids),
        footer=replace(CONTENT.footer, inputs=CONTENT.footer.inputs * 500),
    )
    page = render(huge)
    assert len(page.encode("utf8")) < limits().bytes
    assert "left out here to keep the page small" in page


@settings(max_examples=25)
@given(st.integers(0, 40), st.integers(0, 3))
def test_nothing_is_dropped_uncounted(n_claims: int, halvings: int) -> None:
    claims = tuple(replace(CLAIMS[4], claim_id=CONTENT.quotes[i % 14].claim_id) for i in range(n_claims))
    limit = limits()
    for _ in range(halvings):
        limit = limit.halved()
    shown = select(replace(CONTENT, claims=claims), limit)
    distinct = len({claim.claim_id for claim in claims})
    assert len(shown.cards) + len(shown.claims) + shown.n_claims_left == distinct
    assert len(shown.timeline) + shown.n_timeline_left == len(CONTENT.timeline)
    assert len(shown.quotes) + shown.n_quotes_left == len(CONTENT.quotes)
