"""A stream of events as a file, whole or not at all, however many they are."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from garrison.events.store.event_form import event_schema
from garrison.records import check_target, csv_text, save_table


def save_stream(
    batches: Iterable[pa.RecordBatch], path: str | os.PathLike[str], *, form: str | None = None
) -> Path:
    """Write events batch by batch into a neighbour of the file, then rename it.

    Parameters
    ----------
    batches
        Events.
    path
        Ends with .parquet, .csv or .jsonl; .json and .geojson are gathered in memory first.
    form
        One of these in place of the path's ending.

    Returns
    -------
    Path
        The path written.

    Raises
    ------
    TableError
        If the ending is another one, or nothing can be written there.
    """
    target = check_target(path)
    suffix = form or target.suffix.lower()
    if suffix not in (".parquet", ".csv", ".jsonl"):
        return save_table(pa.Table.from_batches(list(batches), event_schema()), path, form=suffix)
    target.parent.mkdir(parents=True, exist_ok=True)
    neighbour = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if suffix == ".parquet":
            with parquet.ParquetWriter(neighbour, event_schema(), compression="zstd") as writer:
                for batch in batches:
                    writer.write_batch(batch)
        else:
            with neighbour.open("w", encoding="utf8") as file:
                file.writelines(text_pieces(batches, suffix))
        neighbour.replace(target)
    finally:
        neighbour.unlink(missing_ok=True)
    return target


def text_pieces(batches: Iterable[pa.RecordBatch], form: str) -> Iterator[str]:
    """Give events as text, piece by piece.

    Parameters
    ----------
    batches
        Events.
    form
        `.csv` or `.jsonl`.

    Examples
    --------
    >>> next(text_pieces([], ".csv")).startswith("id,type,country")
    True
    """
    if form == ".csv":
        yield ",".join(event_schema().names) + "\n"
    for batch in batches:
        if form == ".csv":
            yield csv_text(pa.Table.from_batches([batch])).split("\n", 1)[1]
        else:
            rows = batch.to_pylist()
            yield "".join(json.dumps(row, default=str, ensure_ascii=False) + "\n" for row in rows)
