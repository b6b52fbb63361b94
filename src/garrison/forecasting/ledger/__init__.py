"""The ledger of forecasts: written when they are made, chained so that no line can be changed unseen, scored when due.

`Ledger(path)` is the file; `ForecastEntry` and `Resolution` are what stands in it.
"""

from garrison.forecasting.ledger.entry import BY_HAND, Entry, ForecastEntry, InputFile, Resolution, Resolver
from garrison.forecasting.ledger.happenings import Happening, Happenings, happenings_of
from garrison.forecasting.ledger.ledger import LEDGER_NAME, ChainCheck, Ledger, Resolved
from garrison.forecasting.ledger.resolving import Settled, events_by_type
from garrison.forecasting.ledger.scores import LedgerScores, ScoreRow
from garrison.forecasting.ledger.settings import resolver_of_target
from garrison.forecasting.ledger.table import line_of

__all__ = [
    "BY_HAND",
    "LEDGER_NAME",
    "ChainCheck",
    "Entry",
    "ForecastEntry",
    "Happening",
    "Happenings",
    "InputFile",
    "Ledger",
    "LedgerScores",
    "Resolution",
    "Resolved",
    "Resolver",
    "ScoreRow",
    "Settled",
    "events_by_type",
    "happenings_of",
    "line_of",
    "resolver_of_target",
]
