"""Reading reports from wherever they come, and refusing what is none."""

import codecs
import io
import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import DateError, InputError, ReportError
from garrison.reports import read_reports
from garrison.reports.cleaning import clean
from garrison.reports.html_page import documents_in_page
from garrison.reports.publication_date import date_in_head, date_in_name, parse_day
from garrison.reports.title import find_title

PAGES = Path(__file__).parent / "pages"
STORY = "Guards stay away\n\nThe national guard stayed in its barracks on Friday, the ministry said.\n"
DAY = date(2019, 2, 3)


def refused(source, **options):
    with pytest.raises(InputError) as caught:
        read_reports([source], **options)
    message = str(caught.value)
    assert "\n" not in message
    assert message
    return message


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@given(st.text())
def test_cleaning_keeps_every_place(text):
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    assert all(new == old or new in " \n\ufffd" for old, new in zip(text, cleaned, strict=True))


def test_line_ends_overrides_and_marks_become_blanks():
    assert clean("a\r\nb\rc\x00\x1b[31m\u202e\ufeffd\te\u2028f") == "a \nb\nc  [31m  d e\nf"
    assert clean("خبر\u200cها") == "خبر\u200cها"


def test_offsets_are_those_of_the_file(tmp_path):
    content = "\ufeffTítulo raro\r\n\r\nEl ejército, «leal», no salió — 😀 dijo el ministro.\r\n"
    report = read_reports([written(tmp_path, "a.txt", content)], as_of=DAY).reports[0]
    assert len(report.text) == len(content)
    assert content[report.article_start : report.article_end] == report.article
    assert content[slice(*report.raw_span(report.title_start, report.title_end))] == "Título raro"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_byte_order_marks_are_read(tmp_path, encoding):
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    path = written(tmp_path, "a.txt", mark + STORY.encode(encoding))
    assert read_reports([path], as_of=DAY).reports[0].article.startswith("The national guard")


def test_missing_file(tmp_path):
    assert "no such file" in refused(tmp_path / "absent.txt", as_of=DAY)


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf\n"])
def test_empty_file(tmp_path, content):
    message = refused(written(tmp_path, "a.txt", content), as_of=DAY)
    assert "give a file with text" in message


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"text\x00text", "NUL"),
        (b"\x01\x02\x03\x04abc", "control characters"),
        (STORY.encode("utf-16-le"), "UTF-16"),
    ],
)
def test_binary_file(tmp_path, content, word):
    assert word in refused(written(tmp_path, "a.txt", content), as_of=DAY)


def test_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    def never(self):
        raise AssertionError("the file was read")

    monkeypatch.setattr(Path, "read_bytes", never)
    message = refused(path, as_of=DAY)
    assert "50 MB" in message
    assert "split" in message


def test_wrong_encoding_names_the_byte_and_the_fix(tmp_path):
    path = written(tmp_path, "a.txt", "La situación".encode("cp1252"))
    message = refused(path, as_of=DAY)
    assert "byte 11 is 0xf3" in message
    assert f"iconv -f WINDOWS-1252 -t UTF-8 {path}" in message


def test_declared_encoding_of_a_page_is_believed(tmp_path):
    page = "<html><head><meta charset='windows-1252'></head><body><p>La situación en Pará.</p></body></html>"
    report = read_reports([written(tmp_path, "a.html", page.encode("cp1252"))], as_of=DAY).reports[0]
    assert "La situación en Pará." in report.text


@pytest.mark.parametrize("name", ["nonsense-8", "hex", "ascii"])
def test_a_page_that_declares_a_wrong_encoding_is_refused(tmp_path, name):
    page = f"<html><head><meta charset='{name}'></head><body><p>Words of a page é.</p></body></html>"
    assert "UTF-8" in refused(written(tmp_path, "a.html", page), as_of=DAY)


def test_a_page_that_can_be_read_is_no_utf_16(tmp_path):
    page = "<html><head><meta charset='utf-16'></head><body><p>Wörter.</p></body></html>"
    assert "Wörter." in read_reports([written(tmp_path, "a.html", page)], as_of=DAY).reports[0].text


def test_unknown_ending_and_folder_without_reports(tmp_path):
    assert ".docx" in refused(written(tmp_path, "a.docx", STORY), as_of=DAY)
    assert "holds no report" in refused(tmp_path, as_of=DAY)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_given_as_a_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert "give -" in refused(tmp_path / "pipe.txt", as_of=DAY)


def test_undated_report_names_the_option(tmp_path):
    assert "--as-of YYYY-MM-DD" in refused(written(tmp_path, "a.txt", STORY))


def test_dates_in_the_future(tmp_path):
    tomorrow = date.today() + timedelta(days=1)
    with pytest.raises(DateError, match=str(tomorrow)):
        read_reports([written(tmp_path, "a.txt", STORY)], as_of=tomorrow)
    with pytest.raises(DateError, match="in the future"):
        read_reports([written(tmp_path, f"report-{tomorrow}.txt", STORY)])


def test_no_hindsight_and_the_stated_date_is_kept(tmp_path):
    path = written(tmp_path, "report-2019-02-04.txt", STORY)
    assert "no hindsight" in refused(path, as_of=DAY)
    assert read_reports([path], as_of=date(2020, 1, 1)).reports[0].published == date(2019, 2, 4)


def test_bad_sources_are_set_aside_and_the_rest_goes_on(tmp_path):
    good = written(tmp_path, "good.txt", STORY)
    same = written(tmp_path, "same.txt", STORY)
    bad = written(tmp_path, "bad.txt", b"\x00")
    reading = read_reports([bad, tmp_path / "absent.txt", good, same], as_of=DAY)
    assert [report.doc for report in reading.reports] == ["good"]
    assert [Path(item.origin).name for item in reading.rejected] == ["bad.txt", "absent.txt", "same.txt"]
    assert len(repr(reading).splitlines()) <= 10


def test_when_all_are_bad_the_error_counts_them(tmp_path):
    with pytest.raises(ReportError, match=r"none of 2 reports could be read; the first: .*no such file"):
        read_reports([tmp_path / "a.txt", tmp_path / "b.txt"], as_of=DAY)
    with pytest.raises(ReportError, match="no report was given"):
        read_reports([], as_of=DAY)


def test_folder_is_read_in_the_order_of_names_and_names_stay_apart(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        for name in ("b.txt", "a.md", "notes.csv"):
            written(tmp_path / folder, name, f"{STORY} Told in {folder} {name}.")
    reading = read_reports([tmp_path / "x", tmp_path / "y"], as_of=DAY)
    assert [report.doc for report in reading.reports] == ["a", "b", "a-2", "b-2"]


def test_json_lines(tmp_path):
    rows = [
        json.dumps(
            {"id": "one", "text": STORY, "date": "2019-02-01T10:00:00Z", "source": "Wire", "url": "x"}
        ),
        "{not json",
        "",
        json.dumps(["text"]),
        json.dumps({"text": "   "}),
        json.dumps({"text": "Troops moved.", "published": "soon"}),
        json.dumps({"text": "Troops moved.", "source_kind": "gossip"}),
        json.dumps({"text": "Half a pair: \ud83d stays.", "title": "T", "published": "3 February 2019"}),
        "[" * 100_000,
    ]
    reading = read_reports([written(tmp_path, "wire.jsonl", "\n".join(rows))])
    assert [(report.doc, report.published) for report in reading.reports] == [
        ("one", date(2019, 2, 1)),
        ("wire-8", date(2019, 2, 3)),
    ]
    assert reading.reports[0].publisher == "Wire"
    assert [item.origin.rpartition(" ")[2] for item in reading.rejected] == ["2", "4", "5", "6", "7", "9"]
    assert all("\n" not in item.reason and ", line " in item.reason for item in reading.rejected)


class FakeInput:
    def __init__(self, content):
        self.buffer = io.BytesIO(content)


@pytest.mark.parametrize(
    "content",
    [
        STORY.encode(),
        json.dumps({"text": STORY}).encode(),
        b"<!doctype html><h1>Guards stay away</h1><p>The national guard left.</p>",
    ],
)
def test_standard_input_is_told_by_its_first_characters(monkeypatch, content):
    monkeypatch.setattr("sys.stdin", FakeInput(content))
    report = read_reports(["-"], as_of=DAY).reports[0]
    assert report.title == "Guards stay away"
    assert "The national guard" in report.article


def test_page_with_marked_comments():
    report = read_reports([PAGES / "marked-comments-peru-2000-11-01.html"]).reports[0]
    assert report.title == "Officer leads small revolt in the south"
    assert report.published == date(2000, 11, 1)
    assert report.publisher == "The Daily"
    assert report.article.startswith("LIMA – A lieutenant colonel")
    assert report.article.endswith("according to the governor.")
    assert "good riddance" in report.comments
    assert "must never run" not in report.text
    raw = (PAGES / "marked-comments-peru-2000-11-01.html").read_text(encoding="utf8")
    for quote in ("President Alberto Fujimori said", "no other unit had moved"):
        start = report.text.index(quote)
        assert raw[slice(*report.raw_span(start, start + len(quote)))] == quote
    across = report.text.index("Sunday & called")
    assert raw[slice(*report.raw_span(across, across + len("Sunday & called")))] == "Sunday &amp; called"
    for text_start, raw_start, length in report.raw_spans:
        assert report.text[text_start : text_start + length] == raw[raw_start : raw_start + length]


MARKUP = [
    "<p>",
    "</p>",
    "<b",
    ">",
    "<script>",
    "&amp;",
    "&#xD800;",
    "&#0;",
    "<!--",
    "-->",
    "words here",
    " \r\n",
    "é<i>x</i>",
]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(MARKUP), max_size=15))
def test_any_markup_is_read_with_its_places_or_refused(parts):
    raw = "".join(parts)
    try:
        document = documents_in_page(raw.encode() + b"<p>end", "page", "page.html")[0]
    except ReportError:
        return
    places = clean(raw + "<p>end")
    for text_start, raw_start, length in document.raw_spans:
        assert document.text[text_start : text_start + length] == places[raw_start : raw_start + length]


def read_or_message(path):
    try:
        return read_reports([path], as_of=DAY).reports[0].text, ""
    except InputError as error:
        return "", str(error)


def test_deeply_nested_page(tmp_path):
    page = "<div>" * 20_000 + "The army stayed in its barracks on Friday." + "</div>" * 20_000
    text, message = read_or_message(written(tmp_path, "deep.html", page))
    assert "barracks" in text or "deep.html" in message


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Title\n\nPublished: 6 May 2017\n\nText.", date(2017, 5, 6)),
        ("Title\n\nBy A. Writer | May 6, 2017 10:30 am\n\nText.", date(2017, 5, 6)),
        ("LA PAZ, 11 de noviembre de 2019 - El general habló.", date(2019, 11, 11)),
        ("CARACAS, May 6 2017 (Wire) - Women marched.", date(2017, 5, 6)),
        ("Saturday, 6 May 2017\nThe women marched.", date(2017, 5, 6)),
        ("Since the talks of 6 May 2017 - the last ones - nothing moved.", None),
        ("In Lima, on 6 May 2017 the general spoke.", None),
        ("Published: 31 February 2017\n\nText.", None),
    ],
)
def test_date_in_the_head(head, day):
    assert date_in_head(head) == day


def test_date_far_below_the_head_is_not_the_publications():
    assert date_in_head("\n".join(["A line of the story."] * 30 + ["6 May 2017"])) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_dates_in_any_form_are_read_back(day):
    for form in (f"{day:%Y-%m-%d}", f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}"):
        assert parse_day(form) == day
    assert date_in_name(f"report_{day:%Y%m%d}_final") == day


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Markdown title\nText follows.", "Markdown title"),
        ("Title: A labelled one\n\nText.", "A labelled one"),
        ("A sentence that ends.\n\nText.", None),
        ("One line and nothing else", None),
        ("Not set apart\nfrom the text.", None),
        ("word " * 60 + "\n\nText.", None),
    ],
)
def test_titles(text, title):
    place = find_title(text)
    assert (text[slice(*place)] if place else None) == title


def test_given_title_fits_one_document_only(tmp_path):
    paths = [written(tmp_path, f"{name}.txt", f"{STORY}{name}") for name in "ab"]
    assert read_reports(paths[:1], as_of=DAY, title="Mine").reports[0].title == "Mine"
    with pytest.raises(ReportError, match="--title"):
        read_reports(paths, as_of=DAY, title="Mine")


def test_head_lines_are_no_part_of_the_article(tmp_path):
    head = "Guards stay away\n\nBy our correspondent\nPublished: 1 February 2019\n12 comments\n\n"
    text = head + "The guard stayed home.\n"
    report = read_reports([written(tmp_path, "a.txt", text)]).reports[0]
    assert report.article == "The guard stayed home."


def test_same_input_gives_the_same_record(tmp_path):
    path = written(tmp_path, "a.txt", STORY)
    first, second = (read_reports([path], as_of=DAY).reports for _ in range(2))
    assert first.table.equals(second.table)


@settings(deadline=None, max_examples=80)
@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_refused_in_one_line(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "a.txt"
    path.write_bytes(content)
    text, message = read_or_message(path)
    assert bool(text.strip()) != bool(message)
    assert "\n" not in message
