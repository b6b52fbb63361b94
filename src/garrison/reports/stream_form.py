"""What a stream without a name holds: a page, JSON, an archive, a PDF or plain text, by its first characters."""

from __future__ import annotations

import json
import re

_PAGE = re.compile(
    # A comment ends at its first end and nowhere else, so that no stream of them is tried in every other way.
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def form_of(content: bytes) -> str:
    r"""Tell the form of a stream that has no name: the ending that its file would have.

    Parameters
    ----------
    content
        Its bytes, or the first ones, unpacked.

    Returns
    -------
    str
        ".html", ".json", ".jsonl", ".pdf", ".warc" or ".txt".

    Examples
    --------
    >>> form_of(b"<!DOCTYPE html><p>hi"), form_of(b'{"text": "hi"}\n'), form_of(b"hi")
    ('.html', '.jsonl', '.txt')
    """
    start = content.removeprefix(b"\xef\xbb\xbf")
    for magic, form in ((b"%PDF", ".pdf"), (b"WARC/", ".warc")):
        if start.startswith(magic):
            return form
    if _PAGE.match(start[:4096]):
        return ".html"
    first, end, _ = start.lstrip().partition(b"\n")
    if first.startswith(b"[") and re.match(rb"\[\s*\{", start.lstrip()):
        return ".json"
    if not first.startswith(b"{"):
        return ".txt"
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        # The look ends within the first line, or the object is spread over several.
        return ".jsonl" if not end and len(first) > 1000 else ".json" if first.strip() == b"{" else ".txt"
    return ".jsonl"
