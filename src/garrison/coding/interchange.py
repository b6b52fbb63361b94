"""Claims as lines of JSON that other programs read: one `segmentation` line a document, then its claims."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from garrison.records import SCHEMA_VERSION, Claim, Claims, Report, Reports

_KEYS = (
    "id", "doc", "char_start", "char_end", "quote", "type", "plover", "plover_mode",
    "actor_text", "actor_sector", "actor_rank", "actor_country", "target_text", "target_sector",
    "date_start", "date_end", "date_basis", "adm1", "place_text",
)  # fmt: skip


def interchange_lines(claims: Claims, reports: Reports) -> Iterator[str]:
    """Write claims in the interchange form, a JSON object a line.

    Parameters
    ----------
    claims
        What the reports assert.
    reports
        The reports that were coded; each opens with its segmentation, also where it asserts nothing.

    Yields
    ------
    str
        One line, without its line end.
    """
    by_doc: dict[str, list[Claim]] = {}
    for claim in claims:
        by_doc.setdefault(claim.doc, []).append(claim)
    for report in reports:
        yield _line(_segmentation(report))
        for claim in by_doc.get(report.doc, ()):
            yield _line(_row(claim))


def _segmentation(report: Report) -> dict[str, Any]:
    """Say where article and comments lie in the file, in the same characters as the claims' own."""
    article_start, article_end = _in_file(report, report.article_start, report.article_end)
    comments_start, comments_end = _in_file(report, report.comments_start, report.comments_end)
    return {
        "record": "segmentation",
        "schema": SCHEMA_VERSION,
        "doc": report.doc,
        "article_start": article_start,
        "article_end": article_end,
        "comments_start": comments_start,
        "comments_end": comments_end,
        "published": report.published,
        "title": report.title,
    }


def _in_file(report: Report, start: int | None, end: int | None) -> tuple[int | None, int | None]:
    """Translate a span of the text to the file; None where the file's place cannot be told, as in some HTML."""
    if start is None or end is None or start >= end:
        return (start, end) if not report.raw_spans else (None, None)
    return report.raw_span(start, end) or (None, None)


def _row(claim: Claim) -> dict[str, Any]:
    row: dict[str, Any] = {"record": "claim", "schema": SCHEMA_VERSION}
    row.update({key: getattr(claim, key) for key in _KEYS})
    row["numbers"] = [
        {"what": number.what, "low": number.low, "high": number.high, "kind": number.kind}
        for number in claim.numbers
    ]
    row["sources"] = [{"text": source.text, "kind": source.kind} for source in claim.sources]
    row["certainty"] = claim.certainty
    row["negated"] = claim.negated
    row["duplicate_of"] = claim.duplicate_of
    return row


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
