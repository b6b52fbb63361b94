"""The records that pass between rooms, and the Arrow tables that carry them.

Between rooms the canonical form is an Arrow table; a record is the view of one of its rows.
`Reports`, `Claims` and `Events` are such tables with a friendly shell: they iterate as records, print in ten
lines, draw themselves in a notebook, become a pandas frame and save themselves.

Character offsets count Unicode characters of the file read as UTF-8; the end is exclusive.
"""

from garrison.records.files import check_target, csv_text, json_text, save_table, write_aside
from garrison.records.rows import Claim, Event, Quantity, Report, Source
from garrison.records.tables import SCHEMA_VERSION, Claims, Events, Records, Reports, arrow_schema

__all__ = [
    "SCHEMA_VERSION",
    "Claim",
    "Claims",
    "Event",
    "Events",
    "Quantity",
    "Records",
    "Report",
    "Reports",
    "Source",
    "arrow_schema",
    "check_target",
    "csv_text",
    "json_text",
    "save_table",
    "write_aside",
]
