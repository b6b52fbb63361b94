"""Claims read back from the files in which they were written: Parquet, and the interchange form (JSON lines)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from garrison.coding.interchange_rows import SegmentationRow, claim_of, read_interchange
from garrison.errors import TableError, nearest
from garrison.records import Claim, Claims, arrow_schema
from garrison.vocabulary import certainties, event_types


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
        claims = table.select(schema.names).cast(schema)
    except pa.ArrowException as error:
        raise TableError(f"{path}: a column is not as claims have it ({error})") from error
    for column, known in (("type", event_types()), ("certainty", certainties())):
        unknown = sorted(set(map(str, claims[column].unique().to_pylist())) - set(known))
        if unknown:
            raise TableError(f"{path}: unknown {column} '{unknown[0]}'. {nearest(unknown[0], known)}")
    return claims


def _from_lines(path: Path) -> Iterator[Claim]:
    for row in read_interchange(path):
        if isinstance(row, SegmentationRow):
            continue
        published = row.published or row.date_end or row.date_start
        if published is None:
            raise TableError(
                f"{path}: claim '{row.id}' names no day; add published, date_start or date_end (YYYY-MM-DD)"
            )
        yield claim_of(row.model_copy(update={"country": row.country or row.actor_country}), published)
