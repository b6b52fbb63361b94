"""Cells become events: the query is run, rows are set aside or dropped, and further events of a row are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from garrison.events.credibility import weigh_testimonies
from garrison.events.formats.cells import LINE, RAW
from garrison.events.formats.format_file import Format, Rule
from garrison.events.formats.limits import limit
from garrison.events.formats.lines import Trouble
from garrison.events.formats.lookups import finders_of, with_lookups
from garrison.events.formats.query import cell_name, problems_of, query_of
from garrison.events.formats.repeats import NEW, OTHER, SeenIds
from garrison.events.formats.tally import Tally
from garrison.records import Event, arrow_schema
from garrison.vocabulary import event_type

_SCHEMA = arrow_schema(Event)
_WORDS = pa.list_(pa.string())

#: Rows that one core of the database takes at once.
_BATCH = 16_384


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Open the database that runs the queries; nothing is kept in it."""
    return duckdb.connect(":memory:")


class EventMaker:
    """Makes events of the cells of one format, block by block, and counts what becomes of each row."""

    def __init__(self, kind: Format, tally: Tally) -> None:
        self._kind, self._tally = kind, tally
        self._seen, self._finders = SeenIds(), finders_of(kind)
        self._database = _database().cursor()

    def close(self) -> None:
        """Give back what the database holds."""
        self._database.close()

    def events_of(self, cells: pa.Table) -> tuple[pa.Table, list[Trouble]]:
        """Make events of some rows.

        Parameters
        ----------
        cells
            From `cells_of`.

        Returns
        -------
        tuple of pyarrow.Table and list of Trouble
            Events with the columns of `Event`, the further ones of a row after all first ones; rows set aside.
        """
        self._tally.rows += cells.num_rows
        self._count_countries(cells := with_lookups(cells, self._kind, self._finders))
        named = [name if name.startswith("@") else cell_name(name) for name in cells.column_names]
        # Of a table in several batches the database takes one to each core.
        parts = cells.rename_columns(named).combine_chunks().to_batches(max_chunksize=_BATCH)
        self._database.register("cells", pa.Table.from_batches(parts))
        rows = self._database.sql(query_of(self._kind.name)).to_arrow_table()
        self._database.unregister("cells")
        rows = self._without_skipped(rows)
        rows, troubles = self._without_problems(rows, cells)
        rows, again = self._without_repeats(rows, cells)
        self._tally.set_aside += len(troubles) + len(again)
        self._tally.kept += rows.num_rows
        return self._events(rows), troubles + again

    def _count_countries(self, cells: pa.Table) -> None:
        """Count the codes of countries that nobody knows."""
        unknown = pc.is_null(cells["@country"])
        for one in self._kind.place.country[:1]:
            told = cells[one.column].filter(unknown).drop_null()
            self._tally.unknown_countries.update(_counted(told))

    def _without_skipped(self, rows: pa.Table) -> pa.Table:
        if not self._kind.skip:
            return rows
        kept = rows.filter(pc.invert(rows["skipped"]))
        self._tally.no_events += rows.num_rows - kept.num_rows
        return kept

    def _without_problems(self, rows: pa.Table, cells: pa.Table) -> tuple[pa.Table, list[Trouble]]:
        fine = pc.is_null(rows["problem"])
        if pc.all(fine).as_py() or not rows.num_rows:
            return rows, []
        bad = rows.filter(pc.invert(fine)).select(["line", "problem"]).to_pylist()
        texts = _texts(cells, [row["line"] for row in bad])
        said = problems_of(self._kind)
        troubles = []
        for row in bad:
            _, column, reason = said[row["problem"]]
            troubles.append(Trouble(row["line"], column, reason, texts[row["line"]]))
        return rows.filter(fine), troubles

    def _without_repeats(self, rows: pa.Table, cells: pa.Table) -> tuple[pa.Table, list[Trouble]]:
        ids, digests = (rows[name].to_numpy() for name in ("id_hash", "digest"))
        verdict = self._seen.sort_out(ids, digests)
        if (verdict == NEW).all():
            return rows, []
        other = verdict == OTHER
        refused = other if self._kind.same_id == "refuse" else np.zeros(len(other), bool)
        self._tally.repeated += int(((verdict != NEW) & ~refused).sum())
        column = " and ".join(self._kind.id) or None
        reason = "has an id that an earlier row has with other content; give it its own"
        texts = _texts(cells, rows.filter(pa.array(refused))["line"].to_pylist())
        troubles = [Trouble(line, column, reason, text) for line, text in texts.items()]
        return rows.filter(pa.array(verdict == NEW)), troubles

    def _events(self, rows: pa.Table) -> pa.Table:
        kind = self._kind
        parts = [_event_table(rows, kind.rules, "rule", kind)]
        without = pc.is_null(parts[0]["type"])
        self._tally.unmapped.update(_counted(rows["dataset_code"].filter(without)))
        self._tally.without_type += pc.sum(without).as_py() or 0
        self._tally.without_country += rows["country"].null_count
        held = pa.nulls(rows.num_rows, pa.int32())
        for place, column in _first_of_also(rows, kind.also, held):
            told = rows.filter(column)
            parts.append(_event_table(told, [kind.also[place]], None, kind))
        events = pa.concat_tables(parts)
        self._tally.events += events.num_rows
        self._tally.types.update(_counted(events["type"].drop_null()))
        return events


def _texts(cells: pa.Table, lines: Sequence[int]) -> dict[int, str]:
    """Give the texts of some rows by their lines."""
    found = cells.select([LINE, RAW]).filter(pc.is_in(cells[LINE], pa.array(lines, pa.int64()))).to_pylist()
    return {row[LINE]: row[RAW].decode("utf-8", "replace")[: limit("longest_text")] for row in found}


def _counted(column: pa.ChunkedArray) -> Counter[str]:
    counts = pc.value_counts(column.combine_chunks())
    return Counter({row["values"] or "": row["counts"] for row in counts.to_pylist()})


def _first_of_also(rows: pa.Table, rules: Sequence[Rule], held: pa.Array) -> list[tuple[int, pa.Array]]:
    """Say for each further rule which rows it makes an event of.

    Of rules that tell what the second party did to the first, only the first that holds counts: one answer of the
    forces to one protest. A concession is another matter.
    """
    found: list[tuple[int, pa.Array]] = []
    answered = np.zeros(rows.num_rows, bool)
    for place, rule in enumerate(rules):
        holds = pc.is_valid(rows[f"also_{place}"]).to_numpy(zero_copy_only=False).astype(bool)
        if rule.type != "CONCESSION":
            holds, answered = holds & ~answered, answered | holds
        if holds.any():
            found.append((place, pa.array(holds)))
    return found


@cache
def _worth(type_name: str, ratio: float) -> tuple[float, float]:
    """Give evidence ratio and chance of an event of a type that a row of such data tells (Bayes' rule)."""
    return weigh_testimonies(type_name, [], beside=[ratio])


def _event_table(rows: pa.Table, rules: Sequence[Rule], rule: str | None, kind: Format) -> pa.Table:
    """Give rows as events of the type that a rule gives each, or all of the one rule's type."""
    n_rows = rows.num_rows
    if not n_rows:
        return _SCHEMA.empty_table()
    places = (
        pa.repeat(pa.scalar(0, pa.int32()), n_rows)
        if rule is None
        else rows[rule].combine_chunks().cast(pa.int32())
    )
    ratio = kind.evidence_ratio.value
    worth = [_worth(one.type, ratio) if one.type else (ratio, None) for one in rules]
    # Where no type gives a prior, it is even odds.
    even = ratio / (1 + ratio)
    columns: dict[str, Any] = {name: rows[name] for name in rows.column_names if name in _SCHEMA.names}
    columns["type"] = _by_rule([one.type for one in rules], places, pa.string())
    columns["p_happened"] = pc.fill_null(_by_rule([p for _, p in worth], places, pa.float64()), even)
    columns["evidence_ratio"] = pc.fill_null(_by_rule([r for r, _ in worth], places, pa.float64()), ratio)
    swaps = pc.fill_null(_by_rule([one.swap for one in rules], places, pa.bool_()), False)
    for first, second in (("actor_sector", "target_sector"), ("actor_text", "target_text")):
        columns[first] = pc.if_else(swaps, rows[second], rows[first])
        columns[second] = pc.if_else(swaps, rows[first], rows[second])
    if rule is None:
        columns |= _of_its_own(rows, rules[0])
    columns |= _counts(rows, columns["type"], kind)
    columns["dataset"] = pa.repeat(kind.dataset, n_rows)
    columns["source_kinds"] = pa.repeat(pa.scalar(list(kind.source_kinds), _WORDS), n_rows)
    columns["claim_ids"] = columns["interested_parties"] = pa.repeat(pa.scalar([], _WORDS), n_rows)
    columns["denied"] = pa.repeat(pa.scalar(False), n_rows)
    arrays = [
        _chunk(columns[field.name]).cast(field.type)
        if field.name in columns
        else pa.nulls(n_rows, field.type)
        for field in _SCHEMA
    ]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)


def _of_its_own(rows: pa.Table, rule: Rule) -> dict[str, Any]:
    """Give what sets a further event of a row apart from its first: id, PLOVER root, who did it."""
    n_rows, kind = rows.num_rows, event_type(rule.type or "")
    columns: dict[str, Any] = {
        "id": pc.binary_join_element_wise(rows["id"], kind.name, "+"),
        "plover": pa.repeat(pa.scalar(kind.plover, pa.string()), n_rows),
        "plover_mode": pa.repeat(pa.scalar(kind.plover_mode, pa.string()), n_rows),
    }
    if rule.by:
        columns |= {"actor_sector": pa.repeat(rule.by, n_rows), "actor_text": pa.nulls(n_rows, pa.string())}
    return columns


def _chunk(column: Any) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _by_rule(values: Sequence[Any], places: pa.Array, kind: pa.DataType) -> pa.Array:
    return pa.array(list(values) or [None], kind).take(places)


def _counts(rows: pa.Table, types: pa.Array, kind: Format) -> dict[str, Any]:
    """Give what is counted, where the type of an event counts it and somebody was counted."""
    n_rows = rows.num_rows
    of: Any = pa.nulls(n_rows, pa.string())
    low: Any = pa.nulls(n_rows, pa.float64())
    high: Any = pa.nulls(n_rows, pa.float64())
    for place, count in enumerate(kind.counts):
        counted = pc.and_(
            pc.is_in(types, pa.array(count.types)), pc.fill_null(pc.greater(rows[f"high_{place}"], 0), False)
        )
        of = pc.if_else(counted, count.of, of)
        low = pc.if_else(counted, pc.max_element_wise(rows[f"low_{place}"], 0.0), low)
        high = pc.if_else(counted, rows[f"high_{place}"], high)
    told = pc.is_valid(of)
    kinds = pc.if_else(told, "flow", pa.scalar(None, pa.string()))
    return {"count_of": of, "n_low": low, "n_high": high, "count_kind": kinds}
