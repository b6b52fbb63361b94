"""Count events: from the parts' own counts where those suffice, else by a scan of the parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from garrison.errors import ParameterError, nearest
from garrison.events.store.counts import KEYS, TIMES, Counts
from garrison.events.store.event_filter import EventFilter
from garrison.events.store.layout import Layout
from garrison.events.store.manifest import Manifest
from garrison.events.store.parts import COUNTED_BY, MILLIONTH
from garrison.events.store.scan import relation, wanted_parts

_OF_EVENT = {
    "day": "date_start",
    "week": "CAST(date_trunc('week', date_start) AS DATE)",
    "month": "CAST(date_trunc('month', date_start) AS DATE)",
    "year": "CAST(year(date_start) AS INTEGER)",
    "place": "adm1",
    "type": "type",
    "actor": "actor_sector",
    "country": "country",
    "dataset": "dataset",
}
_OF_COUNTS = {name: name for name in COUNTED_BY} | {"year": "CAST(year(month) AS INTEGER)"}

_EVENT_SUMS = (
    "count(*) AS n_events, CAST(coalesce(sum(CASE WHEN p_happened BETWEEN 0 AND 1 THEN "
    f"CAST(floor(p_happened * {MILLIONTH} + 0.5) AS BIGINT) END), 0) AS BIGINT) / {MILLIONTH}e0 AS n_expected"
)
_COUNT_SUMS = (
    "CAST(sum(n_events) AS BIGINT) AS n_events, "
    f"CAST(sum(p_millionths) AS BIGINT) / {MILLIONTH}e0 AS n_expected"
)


def check_keys(by: str | Sequence[str]) -> tuple[str, ...]:
    """Give the keys of a count, or refuse them.

    Raises
    ------
    ParameterError
        If one is unknown, stands twice, or two are of time.

    Examples
    --------
    >>> check_keys("month,type")
    ('month', 'type')
    """
    given = by.split(",") if isinstance(by, str) else by
    keys = tuple(word.strip() for word in given if word.strip())
    for key in keys:
        if key not in KEYS:
            raise ParameterError(f"events cannot be counted by '{key}'. {nearest(key, KEYS)}")
    times = [key for key in keys if key in TIMES]
    if len(times) > 1 or len(set(keys)) < len(keys):
        raise ParameterError(
            f"counting by {', '.join(keys)}: name each key once, and one of {', '.join(TIMES)} at most"
        )
    return keys


def side_files_suffice(by: Sequence[str], wanted: EventFilter) -> bool:
    """Say whether the parts' own counts (by country, month, type and dataset) answer a count.

    Examples
    --------
    >>> side_files_suffice(["country", "month"], EventFilter(type="COUP"))
    True
    >>> side_files_suffice(["country", "day"], EventFilter())
    False
    """
    whole = (wanted.since is None or wanted.since.day == 1) and (
        wanted.until is None or _ends_month(wanted.until)
    )
    return (
        whole
        and set(by) <= set(_OF_COUNTS)
        and wanted.used()
        <= {
            "country",
            "type",
            "dataset",
            "since",
            "until",
        }
    )


def _ends_month(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).day == 1


def count_events(
    connection: Any,
    layout: Layout,
    manifest: Manifest,
    by: Sequence[str],
    wanted: EventFilter,
    *,
    scan: bool = False,
) -> Counts:
    """Count the wanted events of a committed state by keys.

    Parameters
    ----------
    connection
        DuckDB.
    layout, manifest
        The store and its state.
    by
        Checked keys.
    wanted
        Which events.
    scan
        Read the events even where the parts' own counts suffice.

    Returns
    -------
    Counts
        Sorted by the keys in their order.
    """
    quick = side_files_suffice(by, wanted) and not scan
    parts = wanted_parts(manifest, wanted)
    if not parts:
        return Counts(pa.Table.from_batches([], _schema(by)), tuple(by), quick)
    names = [part.counts if quick else part.file for part in parts]
    files = [layout.place(manifest.generation, name) for name in names]
    table, values = relation(files, mixed=not quick and len({part.columns for part in parts}) > 1)
    condition, more = wanted.condition()
    if quick:
        condition = condition.replace("date_start", "month")
    words = _OF_COUNTS if quick else _OF_EVENT
    keys = "".join(f"{words[key]} AS {key}, " for key in by)
    sql = f"SELECT {keys}{_COUNT_SUMS if quick else _EVENT_SUMS} FROM {table} WHERE {condition}"
    if by:
        sql += " GROUP BY ALL ORDER BY ALL"
    found = connection.sql(sql, params=[*values, *more]).to_arrow_table().cast(_schema(by))
    return Counts(found, tuple(by), quick)


def _schema(by: Sequence[str]) -> pa.Schema:
    kinds = {"day": pa.date32(), "week": pa.date32(), "month": pa.date32(), "year": pa.int32()}
    fields = [pa.field(key, kinds.get(key, pa.string())) for key in by]
    fields += [pa.field("n_events", pa.int64()), pa.field("n_expected", pa.float64())]
    return pa.schema(fields)
