"""Throws changed and invented bytes at every reader, guided by the code that they reach.

    python tests/fuzz/fuzz_readers.py --seconds 60

Needs atheris (Linux). The first byte of an input picks the reader, the rest is what it reads. Whatever a reader does
but giving documents or refusing in one line ends the run; so does an input that takes ten seconds or too much
memory. The input that did it is kept in the folder that the last line names.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import logging
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["garrison.reports"]):
    from garrison.errors import InputError
    from garrison.records import Report
    from garrison.reports.compose import Request, compose_report
    from garrison.reports.document import Document, Rejected
    from garrison.reports.html_page import documents_in_page
    from garrison.reports.http_payload import payload_of
    from garrison.reports.json_lines import documents_in_json, iter_json_lines
    from garrison.reports.near_duplicates import mark_near_duplicates
    from garrison.reports.pdf_text import running_text
    from garrison.reports.pdf_worker import read_pdf
    from garrison.reports.plain_text import documents_in_text
    from garrison.reports.stream_form import form_of
    from garrison.reports.unpacking import named_damage, unpacked
    from garrison.reports.web_archive import iter_web_archive

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))
from made_files import page_of, pdf_of, warc_record

Found = Iterable[Document | Rejected]
WORDS = "The national guard left the palace on Friday 3 February 2019, the ministry said. "
TOKENS = (
    "<p>", "</p>", "<div hidden>", "<script>", "</script>", "<!--", "-->", "<b>", "&amp;", "&#x202e;", "<style>",
    'style="display:none"', '<meta charset="', "windows-1252", "utf-16", "\\xff\\xfe", "\\xef\\xbb\\xbf", "\\x00",
    "WARC/1.1\\x0d\\x0a", "WARC-Type: response\\x0d\\x0a", "Content-Length: ", "HTTP/1.1 200 OK\\x0d\\x0a",
    "\\x0d\\x0a\\x0d\\x0a", "\\x1f\\x8b\\x08", "%PDF-1.7", "endobj", "stream", "/Kids", "/Parent", "/FlateDecode",
    '{"text": "', '"date": ', "\\\\ud83d", "1e999", "2019-02-03", "3 February 2019", "By ", "Comments",
)  # fmt: skip


def archive(content: bytes) -> Found:
    return iter_web_archive(io.BytesIO(content), "crawl", "crawl.warc")


def packed_lines(content: bytes) -> Found:
    with named_damage("feed.jsonl.gz", ".gz"):
        yield from iter_json_lines(unpacked(io.BytesIO(content), ".gz"), "feed", "feed.jsonl.gz")


def pdf(content: bytes) -> Found:
    found = read_pdf(content, 20, 100_000)
    if "problem" not in found:
        yield Document(running_text([lines or [] for lines in found["pages"]]), title=found["title"])


def payload(content: bytes) -> Found:
    for encoding in ("gzip", "deflate", "br", "zstd"):
        assert len(payload_of(content, "chunked", encoding, 1_000_000)) <= max(1_000_000, len(content))
    form_of(content)
    return ()


READERS: tuple[Callable[[bytes], Found], ...] = (
    lambda content: documents_in_page(content, "page", "page.html"),
    lambda content: documents_in_text(content, "note", "note.md"),
    lambda content: iter_json_lines(io.BytesIO(content), "feed", "feed.jsonl"),
    lambda content: documents_in_json(content, "feed", "feed.json"),
    archive,
    packed_lines,
    pdf,
    payload,
)


def seeds() -> list[bytes]:
    """One sound input for each reader."""
    row = {"id": "a", "text": WORDS, "date": "2019-02-03", "title": "T", "source": {"name": "Wire"}}
    line = json.dumps(row).encode()
    page = page_of(WORDS, '<meta property="article:published_time" content="2019-02-03">')
    record = warc_record("http://example.org/a", page)
    files = (
        page,
        b"---\ndate: 2019-02-03\n---\n# Title\n\n" + WORDS.encode(),
        line + b"\n" + line,
        b'{"articles": [' + line + b"]}",
        record + warc_record("http://example.org/b", WORDS.encode(), "text/plain", record="conversion"),
        gzip.compress(line),
        pdf_of(["Situation report", "", WORDS]),
        gzip.compress(page),
    )
    return [bytes([index]) + content for index, content in enumerate(files)] + [
        bytes([4]) + gzip.compress(record) + gzip.compress(record)
    ]


def check_line(error: InputError) -> None:
    if "\n" in str(error):
        raise AssertionError(f"a message of several lines: {error}")


def check(item: Document | Rejected, request: Request) -> Report | None:
    if isinstance(item, Rejected):
        assert "\n" not in item.reason
        return None
    try:
        report = compose_report(item, request)
    except InputError as error:
        check_line(error)
        return None
    places = (0, report.article_start, report.article_end, len(report.text))
    assert list(places) == sorted(places)
    report.text.encode("utf-8")
    assert report.title_start is None or report.title_end is not None
    return report


def one_input(data: bytes) -> None:
    request = Request(as_of=date(2019, 3, 1), title=None, today=date(2024, 1, 1))
    reports = []
    try:
        for item in READERS[(data[0] if data else 0) % len(READERS)](data[1:]):
            report = check(item, request)
            if report is not None:
                reports.append(report)
    except InputError as error:
        check_line(error)
    mark_near_duplicates(reports)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, help="folder that keeps what was learnt for the next run")
    parser.add_argument("--input", type=Path, help="an input that was kept: run this alone")
    options = parser.parse_args()
    if options.input:
        one_input(options.input.read_bytes())
        return
    logging.disable(logging.CRITICAL)  # The PDF parser tells of every byte that it mends.
    place = Path(tempfile.mkdtemp(prefix="fuzz-readers-"))
    corpus = options.corpus or place / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for index, seed in enumerate(seeds()):
        (corpus / f"seed-{index}").write_bytes(seed)
    dictionary = place / "words"
    quoted = (token.replace('"', r"\"") for token in TOKENS)
    dictionary.write_text("".join(f'"{token}"\n' for token in quoted))
    print(f"inputs that break a reader are kept in {place}", flush=True)
    arguments = [
        sys.argv[0],
        str(corpus),
        f"-max_total_time={options.seconds}",
        f"-artifact_prefix={place}/",
        f"-dict={dictionary}",
        "-timeout=10",
        "-rss_limit_mb=2000",
        "-max_len=8192",
        "-len_control=20",
        "-print_final_stats=1",
    ]
    atheris.Setup(arguments, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
