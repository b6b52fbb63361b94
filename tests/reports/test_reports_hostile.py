"""Texts made to break readers: each is read or refused in one line, soon, and without filling the memory."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.records import Report
from garrison.reports import Document, iter_reports, read_reports
from garrison.reports.stream_form import form_of

DAY = date(2019, 2, 3)
LINE = "The army stayed in its barracks on Friday, the ministry said. "
TEXTS = {
    "one line of 10 MB": LINE * 160_000,
    "nine million blanks": "Title\n" + " " * 9_000_000 + "Text.",
    "nine million empty lines": "Title\n" + "\n" * 9_000_000 + "Text.",
    "a million empty lines": "Title\n" + "\n" * 990_000 + "The army stayed.",
    "a line of dashes": "Title\n\n" + "-" * 900_000 + " The army stayed.",
    "half a million lines": "a\n" * 499_000,
    "bylines without end": "By John Smith\n" * 30_000,
    "digits": "1" * 900_000,
    "months": "May " * 200_000,
    "dots": "A. " * 300_000,
    "quotes": "\"'“" * 300_000,
    "handles": "@a: b\n" * 30_000,
    "words of one letter": "a " * 400_000,
    "no blank at all": "a" * 900_000,
    "brackets": "(" * 400_000 + ")" * 400_000,
    "front matter without end": "---\n" + "key: value\n" * 60_000,
    "headings": "# A\n" * 39_000,
    "zero-width": "Tro\u200bops\u2060 left\ufeff. " * 20_000,
    "overrides": "\u202eTroops \u2066left\u2069.\u202c " * 20_000,
    "combining": "a" + "\u0301" * 500_000,
    "surrogates": "\ud83d" * 1000 + "Troops left.",
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_hostile_text_takes_ten_seconds(name):
    began = time.thread_time()
    found = list(iter_reports([Document(TEXTS[name], doc="a", origin="a.txt")], as_of=DAY))
    assert time.thread_time() - began < 10
    assert len(found) == 1
    if isinstance(found[0], Report):
        found[0].text.encode()
        assert len(found[0].text) == len(TEXTS[name])
    else:
        assert str(found[0]).startswith("a.txt: ")
        assert "\n" not in str(found[0])


def test_too_long_a_text_is_refused_with_the_fix():
    (found,) = iter_reports([Document(TEXTS["one line of 10 MB"], doc="a", origin="a.txt")], as_of=DAY)
    assert "9,920,000 characters, more than the 1,000,000" in str(found)
    assert "split it" in str(found)
    (found,) = iter_reports([Document(TEXTS["half a million lines"], doc="a", origin="a.txt")], as_of=DAY)
    assert "499,000 lines, more than the 40,000" in str(found)


def test_overrides_never_reach_a_reader():
    reading = read_reports([Document("The \u202eymra\u202c left the palace on Friday.", doc="a")], as_of=DAY)
    assert "\u202e" not in reading.reports[0].text


def test_a_report_that_is_only_comments_is_read():
    talk = "@anna: lol you dont say!!!\n\n@ben: im sure they were paid\n\n@cid: thanks for the link dude"
    report = read_reports([Document(talk, doc="a")], as_of=DAY).reports[0]
    assert report.article_start <= report.article_end <= len(report.text)


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u2060\ufeff", "\x00\x01"])
def test_an_empty_report_is_refused(text):
    (found,) = iter_reports([Document(text, doc="a", origin="a.txt")], as_of=DAY)
    assert "holds no text" in str(found)


def test_the_form_of_a_stream_is_told_in_linear_time():
    began = time.thread_time()
    for start in (
        b"<!---->" * 500 + b"x",
        b"<?xml " * 600,
        b" " * 4000,
        b"<!--" * 1000,
        b"[" * 4000,
        b"{" * 4000,
    ):
        form_of(start)
    assert time.thread_time() - began < 2


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=400), st.text(max_size=30), st.text(max_size=30))
def test_any_text_keeps_its_places(text, title, doc):
    for item in iter_reports([Document(text, doc=doc, title=title)], as_of=DAY):
        if isinstance(item, Report):
            assert len(item.text) == len(text)
            assert 0 <= item.article_start <= item.article_end <= len(text)
