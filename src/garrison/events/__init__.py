"""Claims become events: the same happening told twice is one, with the chance that it happened.

`link` groups claims (`grouping`) and makes one event of each group (`event_of_tellings`); `credibility` weighs who
says so; `sources` finds who said it first, so that a tweet that ten papers retell stays one source; `learn_sources`
finds how reliable each named source is, together with what happened (`latent_truth`); `read_events` and `write_events`
speak the forms of other people's event data (`formats`).
"""

from garrison.events.credibility import Testimony, type_prior, weigh_sources, weigh_testimonies
from garrison.events.formats import read_events, write_events
from garrison.events.learning import Learned, learn_sources
from garrison.events.linking import Linker, link
from garrison.events.source_records import SourceRecord, SourceRecords
from garrison.events.sources import publishers_of

__all__ = [
    "Learned",
    "Linker",
    "SourceRecord",
    "SourceRecords",
    "Testimony",
    "learn_sources",
    "link",
    "publishers_of",
    "read_events",
    "type_prior",
    "weigh_sources",
    "weigh_testimonies",
    "write_events",
]
