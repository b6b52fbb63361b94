"""Claims read back from the files in which they were written: Parquet, and the interchange form (JSON lines)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from garrison.errors import TableError
from garrison.records.rows import Claim, Quantity, Source
from garrison.records.tables import Claims, arrow_schema

_NEEDED = ("id", "doc", "char_start", "char_end", "quote", "type", "certainty")
_PLAIN = (
    *("plover", "plover_mode", "actor_text", "actor_sector", "actor_rank", "actor_country"),
    *("target_text", "target_sector", "date_basis", "adm1", "place_text", "duplicate_of"),
)


def read_claims(paths: Iterable[str | os.PathLike[str]]) -> Claims:
    """Read files of claims, one after the other.

    Parameters
    ----------
    paths
        Parquet as `garrison code -o claims.parquet` writes it, or the interchange form (`.jsonl`). A line of the
        latter carries no day of publication: its `published`, else the last day of its claim, stands in; its country
        is its `country`, else its actor's.

    Returns
    -------
    Claims
        In the order of the files.

    Raises
    ------
    TableError
        If a file holds no claims: which file, which line or column, and what to do.
    """
    tables = [_read(Path(path)) for path in paths]
    return Claims(pa.concat_tables(tables) if tables else Claims.of([]).table)


def _read(path: Path) -> pa.Table:
    if not path.exists():
        raise TableError(f"{path}: no such file; code reports first: garrison code REPORT... -o {path.name}")
    if path.suffix.lower() == ".jsonl":
        return Claims.of(_from_lines(path)).table
    import pyarrow.parquet as parquet

    try:
        table = parquet.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise TableError(
            f"{path}: no Parquet file of claims ({error}); write one with garrison code"
        ) from error
    schema = arrow_schema(Claim)
    missing = [name for name in schema.names if name not in table.schema.names]
    if missing:
        raise TableError(f"{path}: lacks the columns {', '.join(missing)}; is it a file of claims?")
    try:
        return table.select(schema.names).cast(schema)
    except pa.ArrowException as error:
        raise TableError(f"{path}: a column is not as claims have it ({error})") from error


def _from_lines(path: Path) -> Iterator[Claim]:
    with path.open(encoding="utf8", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            where = f"{path}, line {number}"
            try:
                row = json.loads(line)
            except ValueError as error:
                raise TableError(f"{where}: no JSON ({error}); each line is one object") from error
            if isinstance(row, Mapping) and row.get("record") == "claim":
                yield _claim(row, where)


def _claim(row: Mapping[str, Any], where: str) -> Claim:
    missing = [name for name in _NEEDED if row.get(name) is None]
    if missing:
        raise TableError(f"{where}: lacks {', '.join(missing)}")
    try:
        start, end, published = (
            date.fromisoformat(row[name]) if row.get(name) else None
            for name in ("date_start", "date_end", "published")
        )
        published = published or end or start
        if published is None:
            raise TableError(f"{where}: names no day; add published, date_start or date_end (YYYY-MM-DD)")
        fields: dict[str, Any] = {name: row.get(name) for name in (*_NEEDED, *_PLAIN)}
        return Claim(
            **fields,
            published=published,
            date_start=start,
            date_end=end,
            numbers=tuple(Quantity(**number) for number in row.get("numbers") or ()),
            sources=tuple(Source(**source) for source in row.get("sources") or ()),
            negated=bool(row.get("negated")),
            country=row.get("country") or row.get("actor_country"),
        )
    except (ValueError, TypeError) as error:
        raise TableError(f"{where}: {error}") from error
