"""From reports to graded claims: who did what to whom, when, where, how many, who says so, and how sure it is.

A report is parsed, its agents are found by their nouns, verbs and nouns are matched with a frame table, and each
assertion is graded by certainty: what happened is told from what is claimed, expected, remembered or commented.
Every claim stands on its characters. All lexica are data in `tables/`; `docs/coding.md` explains them.
"""

from garrison.coding.claims_read import read_claims
from garrison.coding.code_reports import code, code_report
from garrison.coding.coding_stream import CodedReport, code_stream
from garrison.coding.interchange import interchange_lines

__all__ = ["CodedReport", "code", "code_report", "code_stream", "interchange_lines", "read_claims"]
