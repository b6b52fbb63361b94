"""Many small parts of a year become one, and so do segments of the index, in the commit that makes them many."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as parquet

from garrison.events.store.commit import sync_file
from garrison.events.store.damage import damaged
from garrison.events.store.event_form import WordCodes, as_events, pieces
from garrison.events.store.known_rows import merge_segments, read_segment
from garrison.events.store.layout import Layout
from garrison.events.store.manifest import Manifest, Part, Segment
from garrison.events.store.parts import write_part
from garrison.events.store.tiers import due_to_merge

#: Parts and segments of so many rows are left alone.
_LARGE_PART = 1 << 20
_LARGE_SEGMENT = 1 << 23


def merge_parts(layout: Layout, after: Manifest, *, first_number: int) -> Manifest:
    """Merge the small parts of each year, where they are many, in a state that is about to be committed.

    Parameters
    ----------
    layout
        The store.
    after
        The state, whose new files lie in staging.
    first_number
        The first number that is free for a part of this commit.

    Returns
    -------
    Manifest
        The state with the merged parts, and those that they replace as `dropped`.
    """
    number = first_number
    for year in sorted({part.year for part in after.parts}):
        while True:
            of_year = [part for part in after.parts if part.year == year]
            due = due_to_merge(of_year, lambda part: part.rows, largest=_LARGE_PART)
            if not due:
                break
            merged = _merged(layout, after, due, number)
            number += 1
            kept = tuple(part for part in after.parts if part not in due)
            files = [file for part in due for file in (part.file, part.counts)]
            after = replace(after, parts=(*kept, merged), dropped=(*after.dropped, *files))
    return after


def _merged(layout: Layout, after: Manifest, due: list[Part], number: int) -> Part:
    codes = WordCodes()
    # One file's reader at a time, so that a damaged one is named.
    read = (as_events(read_part(layout, after, part)) for part in due)
    tables = [codes.encode(piece) for piece in pieces(read)]
    merged = write_part(tables, layout, year=due[0].year, generation=after.generation, number=number)
    assert merged.rows == sum(part.rows for part in due)
    return merged


def read_part(layout: Layout, manifest: Manifest, part: Part) -> pa.Table:
    """Read a part whole.

    Raises
    ------
    StoreError
        If it cannot be read, or has another number of rows than the manifest says.
    """
    path = layout.place(manifest.generation, part.file)
    try:
        table = parquet.ParquetFile(path).read()
    except (OSError, ValueError) as error:
        raise damaged(path, error) from None
    if table.num_rows != part.rows:
        raise damaged(path, f"{table.num_rows} rows, {part.rows} expected")
    return table


def merge_index(layout: Layout, after: Manifest) -> Manifest:
    """Merge the small segments of the index, where they are many, in a state that is about to be committed."""
    number = 1
    while due := due_to_merge(after.segments, lambda piece: piece.rows, largest=_LARGE_SEGMENT):
        file = f"_store/index/{after.generation:06d}-{number:03d}.index"
        path = layout.staged(after.generation, file)
        opened = [read_segment(layout.place(after.generation, piece.file), piece) for piece in due]
        size = merge_segments(opened, path)
        sync_file(path)
        merged = Segment(file, sum(piece.rows for piece in due), size)
        kept = tuple(piece for piece in after.segments if piece not in due)
        dropped = (*after.dropped, *(piece.file for piece in due))
        after = replace(after, segments=(*kept, merged), dropped=dropped)
        number += 1
    return after
