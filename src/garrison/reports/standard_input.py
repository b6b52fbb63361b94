"""Standard input: what comes through a pipe is a page, JSON lines or plain text, by its first characters."""

from __future__ import annotations

import json
import re
import sys

from garrison.reports.file_bytes import check_size
from garrison.reports.limits import limit

_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def read_standard_input() -> bytes:
    """Read standard input up to the largest size that a report may have.

    Returns
    -------
    bytes
        All of it.

    Raises
    ------
    ReportError
        If it is empty or larger than that.
    """
    content = sys.stdin.buffer.read(int(limit("largest_file")) + 1)
    check_size(len(content), "standard input")
    return content


def form_of(content: bytes) -> str:
    r"""Tell the form of a stream that has no name: the ending that its file would have.

    Parameters
    ----------
    content
        Its bytes.

    Returns
    -------
    str
        ".html", ".jsonl" or ".txt".

    Examples
    --------
    >>> form_of(b"<!DOCTYPE html><p>hi"), form_of(b'{"text": "hi"}\n'), form_of(b"hi")
    ('.html', '.jsonl', '.txt')
    """
    start = content.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(start[:4096]):
        return ".html"
    first = start.lstrip().partition(b"\n")[0]
    if first.startswith(b"{"):
        try:
            json.loads(first)
        except (ValueError, RecursionError):
            return ".txt"
        return ".jsonl"
    return ".txt"
