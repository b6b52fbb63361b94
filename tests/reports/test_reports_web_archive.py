"""Web archives: pages by their addresses, one at a time; damage and bombs cost one record, not the archive."""

import contextlib
import gzip
import io
import zlib
from datetime import date

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import page_of, pdf_of, warc_record

from garrison.errors import ReportError
from garrison.records import Report
from garrison.reports import Document, iter_reports, read_reports
from garrison.reports.http_payload import payload_of
from garrison.reports.web_archive import iter_web_archive


def page(number):
    return page_of(f"Unit {number} left the palace. The ministry said on Friday that unit {number} was gone.")


def record(number, **options):
    return warc_record(f"http://example.org/{number}", page(number), **options)


def read(tmp_path, content, name="crawl.warc"):
    path = tmp_path / name
    path.write_bytes(content)
    found = list(iter_reports([path]))
    reports = [item for item in found if isinstance(item, Report)]
    return reports, [str(item) for item in found if not isinstance(item, Report)]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("crawl.warc", b"".join),
        ("crawl.warc.gz", lambda records: b"".join(gzip.compress(item) for item in records)),
        ("crawl.WARC.gz", lambda records: gzip.compress(b"".join(records))),
    ],
)
def test_every_page_is_a_document_named_by_its_address(tmp_path, name, pack):
    dated = page_of("Unit 2 is back. It came on Saturday.", '<meta name="date" content="2019-01-30">')
    records = [
        record(1),
        warc_record("http://example.org/2", dated),
        warc_record("http://example.org/3", b"Unit 3 stays\n\nIt stays in its barracks.", "text/plain"),
        warc_record("http://example.org/4", b"Unit 4 stays, too.", "text/plain", record="conversion"),
        warc_record(
            "http://example.org/5", b"<h1>Unit 5</h1><p>Unit 5 left.", "text/html", record="resource"
        ),
        warc_record("http://example.org/6", pdf_of(["Unit 6 left the palace."]), "application/pdf"),
        warc_record("http://example.org/gone", page(7), status="404 Not Found"),
        warc_record("http://example.org/moved", page(8), status="302 Found"),
        warc_record("http://example.org/logo", b"PNG", "image/png"),
        warc_record("http://example.org/9", page(9), record="request"),
    ]
    reports, rejected = read(tmp_path, pack(records), name)
    assert [report.doc for report in reports] == [f"http://example.org/{number}" for number in range(1, 7)]
    assert [report.published for report in reports] == [
        date(2019, 1, 30) if number == 2 else date(2019, 2, 3) for number in range(1, 7)
    ]
    assert reports[2].title == "Unit 3 stays"
    assert rejected == []


def test_packings_of_the_way_are_taken_off(tmp_path):
    chunked = (
        b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (page(4)[:50], page(4)[50:])) + b"0\r\n\r\n"
    )
    raw_deflate = zlib.compressobj(wbits=-15)
    records = [
        warc_record("http://example.org/1", gzip.compress(page(1)), headers="Content-Encoding: gzip\r\n"),
        warc_record("http://example.org/2", brotli.compress(page(2)), headers="Content-Encoding: br\r\n"),
        warc_record("http://example.org/3", page(3), headers="Content-Encoding: gzip\r\n"),
        warc_record("http://example.org/4", chunked, headers="Transfer-Encoding: chunked\r\n"),
        warc_record(
            "http://example.org/5",
            raw_deflate.compress(page(5)) + raw_deflate.flush(),
            headers="Content-Encoding: deflate\r\n",
        ),
        warc_record(
            "http://example.org/6", "<p>Peña: “leal”.".encode("cp1252"), "text/html; charset=windows-1252"
        ),
    ]
    reports, rejected = read(tmp_path, b"".join(records))
    assert rejected == []
    assert [f"Unit {number} left" in report.title for number, report in enumerate(reports[:5], start=1)] == [
        True
    ] * 5
    assert reports[5].text == "Peña: “leal”."


PACKED = [gzip.compress(record(number)) for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("name", "content", "kept", "words"),
    [
        ("a.warc", record(1) + record(2)[:-80], [1], "breaks off"),
        ("a.warc.gz", PACKED[0] + PACKED[1][:-40], [1], "breaks off"),
        ("a.warc.gz", PACKED[0] + PACKED[1][:14], [1], "is damaged"),
        ("a.warc", record(1) + b"no record here\r\n" * 9 + record(3), [1, 3], "is damaged"),
        ("a.warc", record(1) + record(2, length=900) + record(3), [1, 3], "wrong length"),
        ("a.warc", record(1) + record(2, length=-3) + record(3), [1, 3], "is damaged"),
        (
            "a.warc.gz",
            PACKED[0] + PACKED[1][:60] + bytes([PACKED[1][60] ^ 255]) + PACKED[1][61:] + PACKED[2],
            [1, 3],
            "is damaged",
        ),
    ],
    ids=["cut", "cut-gz", "cut-head-gz", "garbage", "too-long", "negative", "flipped"],
)
def test_a_damaged_record_is_named_and_the_next_is_read(tmp_path, name, content, kept, words):
    reports, rejected = read(tmp_path, content, name)
    assert [report.doc[-1] for report in reports] == [str(number) for number in kept]
    assert any(words in reason for reason in rejected)
    assert all(name in reason and ", byte " in reason for reason in rejected)


def test_bombs_are_passed_over(tmp_path):
    bomb = gzip.compress(b"a" * 60_000_000)
    content = (
        gzip.compress(record(1))
        + gzip.compress(warc_record("http://example.org/bomb", b"a" * 60_000_000))
        + gzip.compress(warc_record("http://example.org/inner", bomb, headers="Content-Encoding: gzip\r\n"))
        + gzip.compress(record(2))
    )
    reports, rejected = read(tmp_path, content, "a.warc.gz")
    assert [report.doc[-1] for report in reports] == ["1", "2"]
    assert [("larger than the 20 MB" in reason, "unpacks to more" in reason) for reason in rejected] == [
        (True, False),
        (False, True),
    ]


def test_lengths_that_swallow_the_rest_do_not_cost_the_square_of_the_file(tmp_path):
    many = b"".join(warc_record(f"http://example.org/{n}", b"x", length=10_000_000) for n in range(3_000))
    reports, rejected = read(tmp_path, many)
    assert reports == []
    assert len(rejected) < 300
    assert "the rest is not read" in rejected[-1]


def test_one_address_stored_twice_gives_two_names(tmp_path):
    content = record(1) + warc_record("http://example.org/1", page(2))
    reports, _ = read(tmp_path, content)
    assert [report.doc for report in reports] == ["http://example.org/1", "http://example.org/1-2"]


@pytest.mark.parametrize("content", [b"hello world\n" * 9, record(1, status="404 Not Found")])
def test_what_holds_no_page_is_refused(tmp_path, content):
    path = tmp_path / "a.warc"
    path.write_bytes(content)
    with pytest.raises(ReportError, match=r"a\.warc"):
        read_reports([path])


def test_one_record_is_in_memory_at_a_time(tmp_path):
    import tracemalloc

    path = tmp_path / "a.warc"
    with path.open("wb") as file:
        for number in range(40):
            file.write(
                warc_record(f"http://example.org/{number}", page(number) + b"<!--" + b"x" * 500_000 + b"-->")
            )
    list(iter_web_archive(io.BytesIO(record(1)), "a", "a.warc"))
    tracemalloc.start()
    with path.open("rb") as file:
        assert sum(isinstance(item, Document) for item in iter_web_archive(file, "a", "a.warc")) == 40
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12_000_000


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_an_archive_with_changed_bytes_is_read_or_refused(data):
    packed = data.draw(st.booleans())
    content = bytearray(b"".join(PACKED) if packed else record(1) + record(2))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ReportError):
        for item in iter_web_archive(io.BytesIO(bytes(content)), "a", "a.warc"):
            assert "\n" not in (item.doc if isinstance(item, Document) else item.reason)


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "zstd", "rot13", "gzip, br"]))
def test_any_payload_is_unpacked_within_bounds_or_taken_as_it_is(content, encodings):
    assert len(payload_of(content, "chunked", encodings, 1000)) <= 1000
    with pytest.raises(ReportError, match="many times over"):
        payload_of(content, "", "gzip, gzip, gzip, gzip", 1000)
