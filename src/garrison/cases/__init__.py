"""Bundled crises: dated facts in our own words, each with the day it happened and the day it was published.

A case is a folder: `case.toml` (where, when, how strong the forces, what is coded of them and on which ground),
`events.csv` (one happening a row), `reports/` (short texts in our own words), `SOURCES.md`, and `outcome.toml`,
which says what came of it. Nothing here reads that last file: whoever forecasts must not know the end.
"""

from garrison.cases.bundled import case, case_for, cases
from garrison.cases.case_file import Case, CodedCondition, Strength
from garrison.cases.events_table import read_events_table

__all__ = ["Case", "CodedCondition", "Strength", "case", "case_for", "cases", "read_events_table"]
