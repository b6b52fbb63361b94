"""Gold as files: a folder of documents, their gold claims as `*.jsonl`, and `documents.toml` beside them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from garrison.coding.interchange_rows import ClaimRow, SegmentationRow, claim_of, read_interchange
from garrison.errors import TableError, nearest
from garrison.records import Claim, Report

_DOCUMENTS = (".txt", ".md", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One document and its gold claims.

    `article` is the span of the article and `comments` that of the comments, in characters of the file, as
    the gold marks them; `country` is the alpha-3 code of the country it is about, None where not stated.
    """

    report: Report
    country: str | None
    kind: str
    claims: tuple[Claim, ...]
    article: tuple[int, int]
    comments: tuple[int, int] | None


def read_gold(folder: str | Path, *, claims: Path | None = None) -> list[GoldDocument]:
    """Read a folder of gold: its documents, and the claims and segmentations of its `*.jsonl`.

    Parameters
    ----------
    folder
        Holds documents (.txt, .md, .html), one or more `*.jsonl` of segmentations and claims in the interchange form,
        and, where the documents do not tell country and date, `documents.toml` (`[name]` with `country`, `published`,
        `kind`).
    claims
        Where the claims stand, if not in the folder's own `*.jsonl` (a single reader's coding).

    Returns
    -------
    list of GoldDocument
        Those documents that have a segmentation, in the order of their names.

    Raises
    ------
    TableError
        If the folder or its gold is missing, or a row is none of the interchange form; file and line are named.
    """
    place = Path(folder)
    if not place.is_dir():
        raise TableError(f"{place}: no such folder of gold; it holds documents and a .jsonl of claims")
    paths = sorted(place.glob("*.jsonl")) if claims is None else [claims]
    rows = [row for path in paths for row in read_interchange(path)]
    segments = {row.doc: row for row in rows if isinstance(row, SegmentationRow)}
    if not segments:
        raise TableError(f'{place}: no .jsonl here has a line with "record": "segmentation"')
    coded = [row for row in rows if isinstance(row, ClaimRow)]
    stated = _stated(place / "documents.toml")
    files = {path.stem: path for path in sorted(place.iterdir()) if path.suffix.lower() in _DOCUMENTS}
    missing = sorted({*segments, *(row.doc for row in coded)} - set(files))
    if missing:
        raise TableError(
            f"{place}: gold for '{missing[0]}', but no such document. {nearest(missing[0], files)}"
        )
    return [
        _document(files[doc], segments[doc], [row for row in coded if row.doc == doc], stated.get(doc, {}))
        for doc in files
        if doc in segments
    ]


def _stated(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        return {}
    try:
        rows = tomllib.loads(path.read_text(encoding="utf8"))
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{path}: {error}") from None
    # A document may be named with its ending or without.
    return {Path(name).stem if name.endswith(_DOCUMENTS) else name: row for name, row in rows.items()}


def _document(
    path: Path, segment: SegmentationRow, rows: list[ClaimRow], stated: dict[str, Any]
) -> GoldDocument:
    from garrison.reports import read_reports

    published = stated.get("published")
    if isinstance(published, str):
        published = date.fromisoformat(published)
    report = next(iter(read_reports([path], as_of=published).reports))
    comments = None
    if segment.comments_start is not None and segment.comments_end is not None:
        comments = (segment.comments_start, segment.comments_end)
    return GoldDocument(
        report=report,
        country=stated.get("country"),
        kind=str(stated.get("kind", "")),
        claims=tuple(claim_of(row, report.published) for row in rows),
        article=(segment.article_start, segment.article_end),
        comments=comments,
    )
