"""Pages as the web has them: wrong encodings, hidden text, scripts, and shapes that bring parsers down."""

import contextlib
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import ReportError
from garrison.reports.html_page import documents_in_page
from garrison.reports.page_encoding import decode_page
from garrison.reports.page_shape import check_shape

STORY = "<p>La guardia “leal” de Peña se quedó – dijo el ministro – en sus cuarteles.</p>"
PLAIN = STORY.removeprefix("<p>").removesuffix("</p>")


def declared(name, body=STORY):
    return f'<html><head><meta charset="{name}"></head><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (declared("utf-8").encode(), ""),
        (STORY.encode(), ""),
        (declared("windows-1252").encode("cp1252"), ""),
        (declared("iso-8859-1").encode("cp1252"), ""),
        (declared("latin-1").encode("cp1252"), ""),
        (declared("windows-1252").encode(), ""),
        (declared("utf-8").encode("cp1252"), ""),
        (STORY.encode("cp1252"), ""),
        (declared("utf-8").encode("cp1252"), "windows-1252"),
        (declared("utf-16").encode(), ""),
        (declared("utf-8").encode("utf-16"), ""),
    ],
    ids=[
        "utf-8", "nothing declared", "windows", "latin 1 that is windows", "python's name", "utf-8 declared windows",
        "windows declared utf-8", "windows undeclared", "the server knows better", "wrong utf-16", "real utf-16",
    ],
)  # fmt: skip
def test_encodings_that_are_declared_wrongly_or_not_at_all(content, charset):
    document = documents_in_page(content, "a", "a.html", charset=charset)[0]
    assert document.text == PLAIN


def test_stray_windows_bytes_in_a_utf_8_page_are_read_as_windows_means_them():
    content = declared("utf-8").encode() + b"<p>\x93Quoted\x94 by another hand." + b" more words" * 100
    assert "“Quoted” by another hand." in decode_page(content, "a.html")


def test_other_scripts_are_guessed():
    russian = "<p>Национальная гвардия осталась в казармах, сообщило министерство в пятницу.</p>" * 5
    assert "казармах" in decode_page(russian.encode("cp1251"), "a.html")
    assert "казармах" in decode_page(declared("koi8-r", russian).encode("koi8-r"), "a.html")


@pytest.mark.parametrize("name", ["punycode", "idna", "unicode_escape", "utf-7", "rot13", "zlib"])
def test_codecs_that_no_browser_knows_are_no_encoding(name):
    with pytest.raises(ReportError, match="unknown encoding"):
        decode_page(declared(name).encode("utf-8"), "a.html")


HIDDEN = [
    "<script>SECRET</script>",
    "<style>SECRET</style>",
    "<noscript>SECRET</noscript>",
    "<template>SECRET</template>",
    "<textarea>SECRET</textarea>",
    "<select><option>SECRET</option></select>",
    "<p hidden>SECRET</p>",
    "<div hidden><p>SECRET</p><p hidden>SECRET</p></div>",
    '<p style="display:none">SECRET</p>',
    '<div style="color: red; VISIBILITY : hidden"><p>SECRET</p></div>',
    '<p style="font-size:0px">SECRET</p>',
    '<p style="opacity: 0;">SECRET</p>',
    "<svg><text>SECRET</text></svg>",
    "<!-- SECRET -->",
    "<dialog><p>SECRET</p></dialog>",
]


@pytest.mark.parametrize("markup", HIDDEN)
@pytest.mark.parametrize("frame", ["{}", "<article><h1>Guards stay</h1>{}</article>"])
def test_hidden_text_is_never_read(markup, frame):
    seen = (
        '<p>The guard stayed.</p><p style="font-size: 0.9em; opacity: 0.8">It was quiet in the capital.</p>'
    )
    page = f"<html><body>{frame.format(markup + seen)}</body></html>"
    text = documents_in_page(page.encode(), "a", "a.html")[0].text
    assert "SECRET" not in text
    assert "The guard stayed." in text
    assert "It was quiet in the capital." in text


def test_character_references_are_read_and_entities_never_expand():
    head = b"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
    page = head + b"<p>Pe&ntilde;a &#38; &#x41; &b; &#0;&#xD800; stayed.</p>"
    text = documents_in_page(page, "a", "a.html")[0].text
    assert "Peña & A &b;" in text
    assert "aaaa" not in text
    text.encode()


def test_a_date_in_the_address_counts():
    page = b"<html><body><p>The guard stayed in its barracks.</p></body></html>"
    document = documents_in_page(page, "a", "a.html", url="https://example.org/2019/02/03/guard.html")[0]
    assert document.published == date(2019, 2, 3)


SHAPES = {
    "div": "<div>" * 100_000 + "The guard stayed.",
    "closed": "<div>" * 100_000 + "The guard stayed." + "</div>" * 100_000,
    "lists": "<ul><li>" * 50_000 + "The guard stayed.",
    "marks": "".join(f"<p><b class=c{number}>x" for number in range(3000)),
    "leaves": "<div>" * 500 + "<p>Word, and word.</p>" * 20_000,
    "attributes": "<p " + " ".join(f"a{number}=x" for number in range(60_000)) + ">The guard stayed.",
    "comments": "<!---->" * 500_000 + "<p>The guard stayed.",
    "brackets": "<" * 2_000_000 + "<p>The guard stayed.",
    "unclosed": "<p>The guard stayed.<script>" + "<b" * 500_000,
    "same marks": "<b>" * 100_000 + "<p>The guard stayed.</p>",
    "linked data": '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>The guard stayed.",
    "table": "<table><tr><td>" * 30_000 + "The guard stayed.",
    "long value": f'<p>The guard stayed.<img src="data:image/png;base64,{"A" * 2_000_000}">',
    "references": "<p>The guard stayed." + "&amp;" * 300_000,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_hangs_the_reader(shape):
    began = time.thread_time()
    try:
        text = documents_in_page(SHAPES[shape].encode(), "a", "a.html")[0].text
    except ReportError as error:
        text = ""
        message = str(error)
        assert message.startswith("a.html: ")
        assert "\n" not in message
    assert time.thread_time() - began < 10
    assert text == "" or len(text) < 2_500_000


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ("div", "nested too deep"),
        ("closed", "nested too deep"),
        ("marks", "left open"),
        ("attributes", "attributes"),
    ],
)
def test_what_is_refused_says_why(shape, words):
    with pytest.raises(ReportError, match=words):
        check_shape(SHAPES[shape], "a.html")


def test_ordinary_pages_are_far_from_the_bounds(monkeypatch):
    from garrison.reports import page_shape

    rows = "<tr><td><a href='#'>x</a><td><b>y</b><p>z" * 50
    page = declared(
        "utf-8", "<div><main><article>" + "<p>Some <b>words</b>.</p>" * 200 + f"<table>{rows}</table>"
    )
    bounds = {"longest_tag": 200, "page_work": 20_000, "repeated_marks": 1_000}
    monkeypatch.setattr(page_shape, "limit", bounds.__getitem__)
    check_shape(page, "a.html")


def test_a_page_of_six_megabytes_is_refused_unparsed():
    with pytest.raises(ReportError, match="6 MB, larger than the 5 MB"):
        documents_in_page(b"<p>" + b"word " * 1_200_000, "a", "a.html")


TAGS = st.sampled_from(
    ["<b>", "</b>", "<div>", "</div>", "<p>", "<p hidden>", "</p>", "<a href=x>", "<i", ">", "x"]
)


@settings(deadline=None, max_examples=100)
@given(st.lists(TAGS, max_size=40))
def test_the_check_of_shapes_never_changes_what_small_pages_say(parts):
    check_shape("".join(parts), "a.html")
    try:
        text = documents_in_page("".join(parts).encode() + b"<p>end", "a", "a.html")[0].text
    except ReportError as error:
        text = str(error).removeprefix("a.html: the page holds no text; save the article's text as .txt")
    assert set(text) <= set("xend <ip>ahrfbdivhc=/\n")


@settings(deadline=None, max_examples=150)
@given(
    st.binary(max_size=200),
    st.sampled_from(["", "utf-8", "windows-1252", "shift_jis", "hex", "\0", "utf-16"]),
)
def test_any_bytes_are_decoded_or_refused(content, charset):
    with contextlib.suppress(ReportError):
        assert decode_page(content, "a.html", charset).strip("\ufeff \t\r\n\f\v\0")
