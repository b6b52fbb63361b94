"""The event store: partitioned Parquet, appended to atomically, asked through DuckDB.

`EventStore` is the door. `layout` says where files lie, `manifest` and `commit` what is in the store and how it gets
there in one step, `append` how rows become parts (`row_hashes` and `known_rows` tell what is known, `parts` sorts and
writes, `merging` keeps files few), `event_filter`, `reading`, `counting` and `scan` how it is asked.
"""

from garrison.events.store.counts import Counts, table_lines
from garrison.events.store.event_filter import EventFilter
from garrison.events.store.event_store import EventStore
from garrison.events.store.importing import import_file
from garrison.events.store.manifest import Appended
from garrison.events.store.saving import text_pieces

__all__ = ["Appended", "Counts", "EventFilter", "EventStore", "import_file", "table_lines", "text_pieces"]
