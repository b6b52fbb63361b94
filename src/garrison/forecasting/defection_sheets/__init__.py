"""Coding sheets for T1b, a break in public that no dated list codes: written blind, read strictly, compared.

`sheet` writes one sheet for each reader, `read_sheet` reads what they wrote and names what is malformed,
`comparison` tells how far two readers agree, rung by rung. `docs/codebook-defection.md` says how to code.
"""

from garrison.forecasting.defection_sheets.comparison import (
    Disagreement,
    RungAgreement,
    SheetComparison,
    compare_sheets,
)
from garrison.forecasting.defection_sheets.ladder import ladder_pages
from garrison.forecasting.defection_sheets.read_sheet import CodedCrisis, ReadSheet, read_sheet
from garrison.forecasting.defection_sheets.sheet import CODED, GIVEN, blind_crises, sheet_text, write_sheets

__all__ = [
    "CODED",
    "GIVEN",
    "CodedCrisis",
    "Disagreement",
    "ReadSheet",
    "RungAgreement",
    "SheetComparison",
    "blind_crises",
    "compare_sheets",
    "ladder_pages",
    "read_sheet",
    "sheet_text",
    "write_sheets",
]
