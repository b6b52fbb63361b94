"""The page that answers: how near, how sure, why, what would change it, and where each number comes from.

`content` holds what a page says as plain values, `render` makes one self-contained HTML file of it: no script, no
outside request, every number with a note that leads down to the characters of a report. All words stand in
`words.toml`, by language; probabilities are said as frequencies first.
"""

from garrison.briefing.brief import Brief, brief
from garrison.briefing.content import (
    AuditedClaim,
    Bands,
    BriefContent,
    Chance,
    Credit,
    DissentSeries,
    Footer,
    Header,
    Headline,
    InputDocument,
    LabelRule,
    LeverEffect,
    ModelView,
    NotCounted,
    ProvenanceRow,
    Quote,
    Sentence,
    SetAsideClaim,
    TimelineEvent,
    TrackRecord,
)
from garrison.briefing.frequency import Dots, Frequency, dots, frequency, percent, percent_range, points
from garrison.briefing.numbering import in_reading_order
from garrison.briefing.page import render
from garrison.briefing.words import Words, words

__all__ = [
    "AuditedClaim",
    "Bands",
    "Brief",
    "BriefContent",
    "Chance",
    "Credit",
    "DissentSeries",
    "Dots",
    "Footer",
    "Frequency",
    "Header",
    "Headline",
    "InputDocument",
    "LabelRule",
    "LeverEffect",
    "ModelView",
    "NotCounted",
    "ProvenanceRow",
    "Quote",
    "Sentence",
    "SetAsideClaim",
    "TimelineEvent",
    "TrackRecord",
    "Words",
    "brief",
    "dots",
    "frequency",
    "in_reading_order",
    "percent",
    "percent_range",
    "points",
    "render",
    "words",
]
