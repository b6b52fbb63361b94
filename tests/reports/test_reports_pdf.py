"""Situation reports as PDF: running text out of lines on pages, and whatever is no PDF refused in one line."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import (
    pdf_of,
    pdf_with_content,
    pdf_with_doubling_pages,
    pdf_with_looping_pages,
)

from garrison.errors import InputError
from garrison.records import Report
from garrison.reports import iter_reports, read_reports
from garrison.reports.pdf_text import running_text
from garrison.reports.pdf_worker import read_pdf

DAY = date(2019, 3, 1)
FIRST = [
    "Office of Observers | Situation report No. 12",
    "",
    "Troops withdraw from the capital",
    "",
    "3 February 2019",
    "",
    "The national guard withdrew from the cen-",
    "tre of the capital on Friday after a well-",
    "known general ordered the soldiers to go back to their bar-",
    "racks, the ministry said.",
    "",
    "The pro-",
    "government militia stayed in the streets, and the government",
    "said on Friday evening that the other troops would not come",
    "",
    "observers.example",
    "Page 1 of 3",
]
SECOND = [
    "Office of Observers | Situation report No. 12",
    "",
    "back before Monday.",
    "",
    "- Twelve soldiers left.",
    "- Nine officers stayed.",
    "",
    "observers.example",
    "Page 2 of 3",
]
THIRD = [
    "Office of Observers | Situation report No. 12",
    "",
    "It was quiet.",
    "",
    "observers.example",
    "Page 3 of 3",
]


def read(tmp_path, content, **options):
    path = tmp_path / "sitrep.pdf"
    path.write_bytes(content)
    return read_reports([path], as_of=DAY, **options).reports[0]


def refused(tmp_path, content):
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_situation_report_becomes_running_text(tmp_path):
    report = read(tmp_path, pdf_of(FIRST, SECOND, THIRD))
    assert report.title == "Troops withdraw from the capital"
    assert report.published == date(2019, 2, 3)
    assert report.article == (
        "The national guard withdrew from the centre of the capital on Friday after a well-known general ordered "
        "the soldiers to go back to their barracks, the ministry said.\n\n"
        "The pro-government militia stayed in the streets, and the government said on Friday evening that the "
        "other troops would not come back before Monday.\n\n"
        "- Twelve soldiers left.\n- Nine officers stayed.\n\nIt was quiet."
    )
    assert report.raw_span(0, 6) is None


def test_metadata_give_a_title_and_stand_in_for_a_date(tmp_path):
    metadata = {"/Title": "Troops leave", "/CreationDate": "D:20190211120000Z"}
    report = read(tmp_path, pdf_of(["The troops left the palace."], metadata=metadata))
    assert (report.title, report.published) == ("Troops leave", date(2019, 2, 11))
    metadata["/Title"] = "Microsoft Word - sitrep 12.docx"
    report = read(tmp_path, pdf_of(["3 February 2019", "", "The troops left the palace."], metadata=metadata))
    assert (report.title, report.published) == ("", date(2019, 2, 3))


def test_a_password_of_the_owner_alone_does_not_hinder_reading(tmp_path):
    assert "palace" in read(tmp_path, pdf_of(["The troops left the palace."], password="")).text


@pytest.mark.parametrize(
    ("content", "fix"),
    [
        (pdf_of(["The troops left."], password="secret"), "qpdf --decrypt"),
        (pdf_of(["The troops left."])[:400], "qpdf"),
        (b"%PDF-1.7\n" + b"x" * 1000, "qpdf"),
        (pdf_with_content(b""), "ocrmypdf"),
        (pdf_with_content(*[b""] * 401), "split it"),
        (pdf_with_looping_pages(), "qpdf"),
        (pdf_with_doubling_pages(), "qpdf"),
        (pdf_with_content(b" " * 60_000_000), "qpdf"),
        (pdf_with_content(b"[" * 500_000), "qpdf"),
        (pdf_with_content(b"BT (" + b"(" * 500_000), "qpdf"),
    ],
    ids=["encrypted", "cut", "junk", "scan", "long", "loop", "doubling", "bomb", "nested", "open"],
)
def test_what_is_no_readable_pdf_is_refused_with_the_fix(tmp_path, content, fix):
    began = time.monotonic()
    message = refused(tmp_path, content)
    assert fix in message
    assert "sitrep.pdf" in message
    assert time.monotonic() - began < 60


def test_a_bad_page_is_named_and_the_others_are_read(tmp_path):
    good = b"BT /F1 11 Tf 1 0 0 1 60 700 Tm (The troops left the palace.) Tj ET"
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_with_content(good, b"[" * 500_000))
    found = list(iter_reports([path], as_of=DAY))
    assert [item.text for item in found if isinstance(item, Report)] == ["The troops left the palace."]
    assert "a.pdf, page 2: is damaged" in str(found[0])


def test_a_parser_that_does_not_end_is_ended(tmp_path, monkeypatch):
    from garrison.reports import pdf_document

    monkeypatch.setattr(pdf_document, "limit", lambda name: 1 if name == "pdf_seconds" else 10**9)
    began = time.monotonic()
    message = refused(tmp_path, pdf_with_content(b"q " * 1_900_000))
    assert "pdftotext" in message
    assert time.monotonic() - began < 30


def test_hyphens_are_joined_only_where_that_is_safe():
    lines = [
        "The re-",
        "ported anti-",
        "government pro-",
        "test of Al-",
        "Bashir ended; a cease-",
        "fire held.",
    ]
    page = [(700.0 - 14 * index, words) for index, words in enumerate(lines)]
    assert running_text([page]) == (
        "The reported anti-government protest of Al-Bashir ended; a ceasefire held."
    )
    assert "cease-fire held" in running_text([[*page, (600.0, "The cease-fire was new.")]])


def test_figures_at_the_end_of_a_page_stay_unless_they_count_pages():
    pages = [
        [(700.0, f"Left unit {letter}:"), (686.0, str(number))] for letter, number in (("a", 40), ("b", 17))
    ]
    assert running_text(pages) == "Left unit a: 40\n\nLeft unit b: 17"
    pages = [[(700.0, f"Text of page {word}."), (20.0, str(number))] for word, number in (("a", 7), ("b", 8))]
    assert running_text(pages) == "Text of page a.\n\nText of page b."


LINE = st.tuples(
    st.one_of(st.none(), st.floats(-1e5, 1e5)), st.text(min_size=1, max_size=20).filter(str.strip)
)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(LINE, max_size=8), max_size=5))
def test_any_lines_become_text_without_new_words(pages):
    text = running_text(pages)
    letters = {char for page in pages for _, words in page for char in words}
    assert set(text) <= letters | set(" \n-fil")


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_pdf_with_changed_bytes_is_read_or_refused(data):
    content = bytearray(pdf_of(FIRST[:8]))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = read_pdf(bytes(content), 10, 10_000)
    assert ("pages" in found) != ("problem" in found)
