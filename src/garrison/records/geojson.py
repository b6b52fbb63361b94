"""Events on a map: a table with coordinates as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from garrison.errors import TableError


def geojson_text(table: pa.Table) -> str:
    """Give a table as a feature collection, one feature a row.

    Parameters
    ----------
    table
        With the columns `latitude` and `longitude`, in degrees. A row without them has a null geometry.

    Returns
    -------
    str
        Columns are properties; empty ones are left out.

    Raises
    ------
    TableError
        If the table has no coordinates.

    Examples
    --------
    >>> told = json.loads(geojson_text(pa.table({"id": ["a"], "latitude": [10.5], "longitude": [-66.9]})))
    >>> told["features"][0]["geometry"]
    {'type': 'Point', 'coordinates': [-66.9, 10.5]}
    """
    if not {"latitude", "longitude"} <= set(table.column_names):
        raise TableError("this table has no coordinates; save it as .parquet, .csv, .json or .jsonl")
    features = [json.dumps(_feature(row), default=str, ensure_ascii=False) for row in table.to_pylist()]
    inner = "\n" + ",\n".join(features) + "\n" if features else ""
    return '{"type": "FeatureCollection", "features": [' + inner + "]}\n"


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = row.pop("latitude"), row.pop("longitude")
    known = latitude is not None and longitude is not None
    feature: dict[str, Any] = {"type": "Feature"}
    if "id" in row:
        feature["id"] = row["id"]
    feature["geometry"] = {"type": "Point", "coordinates": [longitude, latitude]} if known else None
    feature["properties"] = {key: value for key, value in row.items() if value not in (None, "", [])}
    return feature
