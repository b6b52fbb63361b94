"""The page in a browser: offline, silent, accessible, and without sideways scrolling on any screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from page_content import CLAIMS, CONTENT

from garrison.briefing import render

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium at /usr/bin/chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


def long_words() -> str:
    """Render a brief whose quotations and names are single words of a thousand letters."""
    word = "x" * 1_000
    return render(
        replace(
            CONTENT,
            header=replace(CONTENT.header, report_title=word, country=word),
            claims=tuple(replace(claim, actor=word, place=word) for claim in CLAIMS),
            quotes=tuple(replace(quote, quote=word) for quote in CONTENT.quotes),
            timeline=tuple(replace(event, summary=word) for event in CONTENT.timeline),
        )
    )


@pytest.fixture(scope="module", params=["realistic", "long words"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "brief.html"
    text = render(CONTENT) if request.param == "realistic" else long_words()
    path.write_text(text, encoding="utf8")
    return path.as_uri()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_it_opens_offline_in_silence_without_sideways_scrolling(
    browser: Any, address: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    page = context.new_page()
    heard: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert heard == []
    assert [url for url in asked if url not in (address, "data:,")] == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(browser: Any, address: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_a_note_leads_to_its_row_and_a_quote_to_its_characters(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text(render(CONTENT), encoding="utf8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.click(".frequency .note a")
    assert page.evaluate("document.querySelector(':target').id") == "n1"
    page.click(".verdict .to-quote")
    assert "to walk beside the protesters" in page.inner_text(":target mark")
    page.close()


def test_the_answer_stands_on_the_first_screen(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text(render(CONTENT), encoding="utf8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(path.as_uri())
    for part in (".frequency", ".dots svg", ".bands", ".beside div", ".verdict"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= 800, part
    page.close()


def test_printed_pages_show_what_screens_fold_away(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text(render(CONTENT), encoding="utf8")
    page = browser.new_page(viewport={"width": 690, "height": 980})
    page.emulate_media(media="print")
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 690
    assert page.locator(".set-aside mark, .set-aside q").first.bounding_box()["height"] > 0
    page.close()
