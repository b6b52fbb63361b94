"""Other people's event data: read by header, mapped by tables that can be read and disputed, written back.

`recognise` tells a file's format, `open_events` reads it by the batch and keeps what is set aside, `read_events` gives
the events of our types in one step, `write_events` writes events for other programs.
"""

from garrison.events.formats.format_file import Format, format_named, formats
from garrison.events.formats.opened_events import OpenedEvents, open_events, recognise
from garrison.events.formats.reading import read_events
from garrison.events.formats.tally import Tally
from garrison.events.formats.writing import write_events

__all__ = [
    "Format",
    "OpenedEvents",
    "Tally",
    "format_named",
    "formats",
    "open_events",
    "read_events",
    "recognise",
    "write_events",
]
