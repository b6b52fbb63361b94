"""Files that are written whole or not at all, and tables written as Parquet, CSV, JSON and GeoJSON."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyarrow as pa

from garrison.errors import TableError
from garrison.records.geojson import geojson_text


def check_target(path: str | os.PathLike[str]) -> Path:
    """Refuse a path at which no file can be written, before any work is done for it.

    Raises
    ------
    TableError
        If it is a folder, if something on the way to it is no folder, or if that may not be written to.
    """
    target = Path(path)
    if target.is_dir():
        raise TableError(f"{target}: is a folder; give the name of a file in it")
    above = next(folder for folder in target.absolute().parents if folder.exists())
    if not above.is_dir():
        raise TableError(f"{target}: {above} is a file, not a folder; choose another place")
    if not os.access(above, os.W_OK):
        raise TableError(f"{target}: {above} may not be written to; choose another place")
    return target


def write_aside(path: str | os.PathLike[str], content: bytes) -> Path:
    """Write a file whole or not at all: into a neighbour first, then renamed over the target.

    Parameters
    ----------
    path
        Where the file shall be; its folder is made if it is missing.
    content
        All of it.

    Returns
    -------
    Path
        The path written.
    """
    target = check_target(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    neighbour = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        neighbour.write_bytes(content)
        neighbour.replace(target)
    finally:
        neighbour.unlink(missing_ok=True)
    return target


def save_table(table: pa.Table, path: str | os.PathLike[str], *, form: str | None = None) -> Path:
    """Write an Arrow table as .parquet, .csv, .json, .jsonl or .geojson: the path's suffix, or `form` in its place.

    Raises
    ------
    TableError
        If the suffix is none of these.
    """
    suffix = form or Path(path).suffix.lower()
    if suffix == ".parquet":
        import pyarrow.parquet as parquet

        sink = pa.BufferOutputStream()
        parquet.write_table(table, sink)
        return write_aside(path, sink.getvalue().to_pybytes())
    if suffix == ".geojson":
        return write_aside(path, geojson_text(table).encode())
    rows = table.to_pylist()
    if suffix == ".jsonl":
        lines = [json.dumps(row, default=str, ensure_ascii=False) for row in rows]
        return write_aside(path, "".join(line + "\n" for line in lines).encode())
    if suffix == ".json":
        return write_aside(path, json_text(table).encode())
    if suffix == ".csv":
        return write_aside(path, csv_text(table).encode())
    raise TableError(f"{path}: cannot save as '{suffix}'; use .parquet, .csv, .json, .jsonl or .geojson")


def json_text(table: pa.Table) -> str:
    """Give an Arrow table as a JSON list with an object a row."""
    return json.dumps(table.to_pylist(), default=str, ensure_ascii=False, indent=1)


def csv_text(table: pa.Table) -> str:
    """Give an Arrow table as comma-separated text; lists stand in a cell as JSON."""
    frame = table.to_pandas()
    rows = table.to_pylist()
    for name, kind in zip(table.schema.names, table.schema.types, strict=True):
        if pa.types.is_list(kind):
            frame[name] = [json.dumps(row[name], default=str, ensure_ascii=False) for row in rows]
    return str(frame.to_csv(index=False))
