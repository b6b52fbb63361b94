"""PDF files, such as situation reports: their running text, read by a process that cannot take the others along."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from garrison.errors import ReportError
from garrison.reports.cleaning import clean, one_line
from garrison.reports.document import Document, Rejected
from garrison.reports.limits import limit
from garrison.reports.pdf_text import running_text

# What word processors put for a title when nobody gave one.
_NO_TITLE = re.compile(
    r"^microsoft \w+ - |\.(?:docx?|odt|rtf|pdf|indd|pptx?|xlsx?)$|^untitled|^\W*$", re.IGNORECASE
)


def documents_in_pdf(content: bytes, doc: str, origin: str) -> Iterator[Document | Rejected]:
    """Read a PDF.

    Its offsets count the characters of the text as it is put together here: lines joined to paragraphs, running
    headers, footers and page numbers left out.

    Parameters
    ----------
    content
        The file's bytes.
    doc
        The document's name.
    origin
        What messages call it.

    Yields
    ------
    Document or Rejected
        One document, and each page that could not be read.

    Raises
    ------
    ReportError
        If it is encrypted, damaged, too long, without text, or takes too much time or memory.
    """
    name = one_line(origin)
    found = _found_by_worker(content, name)
    if "problem" in found:
        raise ReportError(f"{name}: {_problem(found, name)}")
    pages = found["pages"]
    text = clean(running_text([[(at, words) for at, words in lines or ()] for lines in pages]))
    if not text.strip():
        if None in pages:
            raise ReportError(f"{name}: none of its pages can be read; repair the file: {_repair(name)}")
        raise ReportError(
            f"{name}: holds no text, only pictures (a scan?); have its letters read: "
            f"ocrmypdf {name} {_renamed(name, 'read')}"
        )
    for number, lines in enumerate(pages, start=1):
        if lines is None:
            place = f"{name}, page {number}"
            reason = f"{place}: is damaged and cannot be read; repair the file: {_repair(name)}"
            yield Rejected(place, reason, ReportError(reason))
    title = one_line(found["title"])
    yield Document(
        text=text,
        doc=doc,
        title="" if _NO_TITLE.search(title) else title,
        origin=origin,
        sha256=hashlib.sha256(content).hexdigest(),
        # No character of the text has a place of its own in the file.
        raw_spans=((0, 0, 0),),
        stored=date.fromisoformat(found["created"]) if found["created"] else None,
    )


def _found_by_worker(content: bytes, name: str) -> dict[str, Any]:
    seconds = limit("pdf_seconds")
    limits = {
        "seconds": seconds,
        "memory": limit("pdf_memory"),
        "pages": limit("pdf_pages"),
        "unpacked": limit("pdf_unpacked"),
        "characters": limit("longest_text"),
    }
    worker = Path(__file__).with_name("pdf_worker.py")
    # The bound is on computing time, so that a busy machine refuses nothing that an idle one reads; waiting is
    # bounded only against a system that cannot count.
    waiting = 5 * seconds if find_spec("resource") else seconds
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(worker), json.dumps(limits)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=waiting,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ReportError(f"{name}: {_too_much(name)}") from None
    except OSError as error:
        raise ReportError(
            f"{name}: no process could be started to read it ({one_line(error)}); save its text as .txt"
        ) from None
    try:
        found = json.loads(done.stdout)
    except ValueError:
        raise ReportError(f"{name}: {_too_much(name)}") from None
    return found if isinstance(found, dict) else {"problem": "damaged", "detail": ""}


def _too_much(name: str) -> str:
    return (
        f"takes more than {limit('pdf_seconds'):.0f} seconds or {limit('pdf_memory') / 1e6:.0f} MB to read; "
        f"save its text: pdftotext {name} out.txt"
    )


def _problem(found: dict[str, Any], name: str) -> str:
    detail = one_line(found.get("detail", ""))
    if found["problem"] == "encrypted":
        return f"is encrypted; save it without its password: qpdf --decrypt {name} {_renamed(name, 'open')}"
    if found["problem"] == "pages":
        most = f"{limit('pdf_pages'):.0f}"
        return f"has {detail} pages, more than the {most} that a report may have; split it"
    if found["problem"] == "text":
        return f"holds more than the {limit('longest_text'):,.0f} characters that a report may have; split it"
    return f"is no whole PDF ({detail}); fetch it again or repair it: {_repair(name)}"


def _repair(name: str) -> str:
    return f"qpdf {name} {_renamed(name, 'repaired')}"


def _renamed(name: str, word: str) -> str:
    stem = name[:-4] if name.lower().endswith(".pdf") else name
    return f"{stem}-{word}.pdf"
