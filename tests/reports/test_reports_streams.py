"""Feeds and packed files, one document in memory at a time, under names that are the same in every run."""

import gzip
import io
import json
import tracemalloc
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import InputError, ReportError
from garrison.records import Report
from garrison.reports import Document, iter_reports, read_reports
from garrison.reports.document_names import DocumentNames, plain_name
from garrison.reports.json_lines import documents_in_json, documents_in_json_lines
from garrison.reports.seen_keys import SeenKeys, key_of

DAY = date(2019, 3, 1)


def line(number, **more):
    row = {"id": f"doc-{number}", "text": f"Unit {number} left the palace.", "date": "2019-02-03", **more}
    return json.dumps(row).encode() + b"\n"


def found_in(path, **options):
    found = list(iter_reports([path], **options))
    reports = [item for item in found if isinstance(item, Report)]
    return reports, [str(item) for item in found if not isinstance(item, Report)]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("feed.jsonl", bytes),
        ("feed.ndjson", bytes),
        ("feed.jsonl.gz", gzip.compress),
        ("feed.jsonl.zst", lambda content: pa.compress(content, "zstd", asbytes=True)),
        ("feed.json", lambda content: b"[" + b",".join(content.splitlines()) + b"]"),
        ("feed.json", lambda content: b'{"items": [' + b",".join(content.splitlines()) + b"]}"),
        ("feed.json.gz", gzip.compress),
        ("feed.jsonl", lambda content: content.decode().encode("utf-16")),
    ],
)
def test_feeds_in_every_form_give_the_same_documents(tmp_path, name, pack):
    path = tmp_path / name
    path.write_bytes(pack(line(1) + line(2) + line(3)))
    reports, rejected = found_in(path)
    assert [report.doc for report in reports] == ["doc-1", "doc-2", "doc-3"]
    assert rejected == []


@pytest.mark.parametrize("name", ["note.txt", "note.md", "note.html", "note.pdf"])
def test_single_documents_may_be_packed(tmp_path, name):
    from made_files import pdf_of

    words = "The national guard left the palace."
    content = (
        pdf_of([words])
        if name.endswith("pdf")
        else f"<p>{words}".encode()
        if "html" in name
        else words.encode()
    )
    path = tmp_path / f"{name}.gz"
    path.write_bytes(gzip.compress(content))
    reports, _ = found_in(tmp_path, as_of=DAY)
    assert [(report.doc, report.text) for report in reports] == [("note", words)]
    path.write_bytes(gzip.compress(content)[:-12])
    assert "no whole gzip file" in found_in(path, as_of=DAY)[1][0]
    path.write_bytes(gzip.compress(b"a" * 30_000_000))
    assert "unpacks to more than the 20 MB" in found_in(path, as_of=DAY)[1][0]


def test_a_stream_that_breaks_off_keeps_what_came_before(tmp_path):
    path = tmp_path / "feed.jsonl.gz"
    packed = gzip.compress(b"".join(line(number, noise=str(hash(str(number)))) for number in range(3000)))
    path.write_bytes(packed[: len(packed) // 2])
    reports, rejected = found_in(path)
    assert 500 < len(reports) < 3000
    assert len(rejected) == 1
    assert "no whole gzip file" in rejected[0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"content": "Troops left.", "headline": "A", "pubDate": "Sun, 03 Feb 2019 10:00:00 GMT"}, ("A", "")),
        (
            {"body": "Troops left.", "title": "A", "publish_date": "2019-02-03", "source": {"name": "Wire"}},
            ("A", "Wire"),
        ),
        ({"article": "Troops left.", "title": {"rendered": "A"}, "published": 1549188000}, ("A", "")),
        ({"content": [{"value": "<p>Troops left.</p>"}], "date": 1549188000000, "publisher": "P"}, ("", "P")),
        (
            {
                "content_html": "<div hidden>No.</div><p>Troops left.</p><script>x()</script>",
                "date": "2019-02-03",
            },
            ("", ""),
        ),
        ({"text": None, "Content": "Troops left.", "Date": "2019-02-03T23:00:00Z"}, ("", "")),
    ],
)
def test_keys_of_common_feeds(row, expected):
    documents, rejected = documents_in_json_lines(json.dumps(row).encode(), "feed", "feed.jsonl")
    assert rejected == []
    assert documents[0].text == "Troops left."
    assert documents[0].published == date(2019, 2, 3)
    assert (documents[0].title, documents[0].publisher) == expected


def test_markup_in_a_feed_keeps_its_places():
    text = "<p>The troops <b>left</b> the palace &amp; the square.</p>"
    document = next(documents_in_json(json.dumps([{"text": text}]).encode(), "feed", "feed.json"))
    assert document.text == "The troops left the palace & the square."
    for start, raw, length in document.raw_spans:
        assert document.text[start : start + length] == text[raw : raw + length]


@pytest.mark.parametrize(
    "content",
    [b"{}", b"[]", b'{"items": []}', b"3", b"[" * 100_000, b'{"a": ' + b"1" * 5000 + b"}", b'"text"'],
)
def test_json_without_documents_is_refused(content):
    with pytest.raises(ReportError, match=r"feed\.json"):
        list(documents_in_json(content, "feed", "feed.json"))


def test_a_bad_line_costs_one_line(tmp_path, monkeypatch):
    from garrison.reports import json_lines

    monkeypatch.setattr(json_lines, "limit", lambda name: 1000)
    path = tmp_path / "feed.jsonl"
    bad = [b'{"text": "' + b"a" * 5000 + b'"}\n', b'{"text": "caf\xe9"}\n', b'{"n": ' + b"9" * 500 + b"}\n"]
    path.write_bytes(line(1) + b"".join(bad) + line(5))
    reports, rejected = found_in(path)
    assert [report.doc for report in reports] == ["doc-1", "doc-5"]
    assert [f"line {number}" in reason for number, reason in enumerate(rejected, start=2)] == [True] * 3
    assert "longer than" in rejected[0]
    assert "byte 14 is 0xe9" in rejected[1]


def test_a_line_that_never_ends_is_left(tmp_path, monkeypatch):
    from garrison.reports import long_lines

    monkeypatch.setattr(long_lines, "limit", lambda name: 20_000_000)
    path = tmp_path / "feed.jsonl.gz"
    path.write_bytes(gzip.compress(line(1) + b"a" * 40_000_000, 1))
    reports, rejected = found_in(path)
    assert [report.doc for report in reports] == ["doc-1"]
    assert "does not end within" in rejected[0]


def test_a_stream_is_never_held(tmp_path):
    path = tmp_path / "feed.jsonl.gz"
    with gzip.open(path, "wb", 1) as file:
        for number in range(400):
            file.write(line(number, noise="x" * 50_000))
    next(iter_reports([path]))
    tracemalloc.start()
    assert sum(isinstance(item, Report) for item in iter_reports([path])) == 400
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4_000_000


def test_names_are_unique_and_the_same_whatever_becomes_of_each_document(tmp_path):
    path = tmp_path / "feed.jsonl"
    rows = [
        line(1),
        line(1, date="2019-02-20"),
        line(1, text="Others came."),
        b'{"text": "No name.", "date": "2019-02-01"}\n',
    ]
    path.write_bytes(b"".join([*rows, rows[0]]))
    names = [report.doc for report in found_in(path)[0]]
    assert names == ["doc-1", "doc-1-3", "feed-4"]
    early = [report.doc for report in found_in(path, as_of=date(2019, 2, 10))[0]]
    assert early == names
    rows[1] = line(1, text="A second text.")
    path.write_bytes(b"".join(rows))
    assert [report.doc for report in found_in(path)[0]] == ["doc-1", "doc-1-2", "doc-1-3", "feed-4"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/a/./b", "a/b"),
        ("a\n\x00b\u202e", "a b"),
        ("..", "document"),
        ("https://example.org/a..b#c", "https://example.org/a..b%23c"),
    ],
)
def test_a_name_is_never_a_path_out_of_its_place(words, name):
    assert plain_name(words).replace("//", "/") == name.replace("//", "/")


@given(st.lists(st.text(max_size=300), max_size=30))
def test_names_never_repeat(wanted):
    names = DocumentNames()
    given_names = [names.unused(name) for name in wanted]
    assert len(set(given_names)) == len(given_names)
    assert all(len(name) <= 210 and ".." not in name.split("/") for name in given_names)


def test_many_keys_are_remembered():
    seen = SeenKeys()
    assert all(seen.add(key_of(str(number))) for number in range(120_000))
    assert not any(seen.add(key_of(str(number))) for number in range(0, 120_000, 997))


def test_a_title_fits_one_document_of_a_stream():
    notes = [Document("Troops left.", doc="a"), Document("They came back.", doc="b")]
    with pytest.raises(ReportError, match="--title"):
        list(iter_reports(notes, as_of=DAY, title="T"))


class FakeInput:
    def __init__(self, content):
        self.buffer = io.BytesIO(content)


def test_standard_input_streams_packed_lines_and_archives(monkeypatch):
    from made_files import page_of, pdf_of, warc_record

    archive = b"".join(
        gzip.compress(warc_record(f"http://example.org/{n}", page_of(f"Unit {n} left."))) for n in (1, 2)
    )
    contents = {
        "doc-1 doc-2": gzip.compress(line(1) + line(2)),
        "http://example.org/1 http://example.org/2": archive,
        "standard-input": pdf_of(["Troops left."]),
        "standard-input-1": b'[{"text": "Troops left."}]',
    }
    for names, content in contents.items():
        monkeypatch.setattr("sys.stdin", FakeInput(content))
        assert " ".join(report.doc for report in read_reports(["-"], as_of=DAY).reports) == names


@settings(deadline=None, max_examples=80)
@given(
    st.binary(max_size=300),
    st.sampled_from([".jsonl", ".json", ".jsonl.gz", ".warc", ".html", ".pdf.zst", ".md"]),
)
def test_arbitrary_bytes_under_any_ending(tmp_path_factory, content, ending):
    path = tmp_path_factory.mktemp("bytes") / f"a{ending}"
    path.write_bytes(content)
    for item in iter_reports([path], as_of=DAY):
        assert "\n" not in (item.doc if isinstance(item, Report) else item.reason)


VALUE = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEY = st.sampled_from(
    ["text", "content", "title", "date", "published", "id", "guid", "source", "url", "source_kind"]
)


@settings(deadline=None)
@given(st.dictionaries(KEY, VALUE, max_size=6))
def test_any_object_is_a_document_or_is_set_aside(row):
    try:
        documents, rejected = documents_in_json_lines(json.dumps(row).encode(), "feed", "feed.jsonl")
    except InputError as error:
        raise AssertionError("a line is set aside, never the file") from error
    assert len(documents) + len(rejected) == 1
