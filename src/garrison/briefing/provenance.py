"""The ledger of a page: every number shown gets a row that says where it comes from."""

from __future__ import annotations

from garrison.briefing.content import ProvenanceRow


class NumberLedger:
    """Collects provenance rows in the order in which numbers are shown, and hands out their note numbers."""

    def __init__(self) -> None:
        self._rows: list[ProvenanceRow] = []

    def note(
        self,
        shown: str,
        stage: str,
        origin: str,
        depends_on: tuple[int, ...] = (),
        claim_ids: tuple[str, ...] = (),
    ) -> int:
        """Add a row and give its number.

        Parameters
        ----------
        shown
            The number as a reader sees it.
        stage
            `forecast`, `runs`, `state`, `events`, `claims`, `reports`, `table` or `parameters`.
        origin
            How it was made.
        depends_on
            Numbers of the rows that it rests on.
        claim_ids
            Claims whose quoted characters it rests on.
        """
        number = len(self._rows) + 1
        self._rows.append(ProvenanceRow(number, shown, stage, origin, depends_on, claim_ids))
        return number

    @property
    def rows(self) -> tuple[ProvenanceRow, ...]:
        """All rows so far."""
        return tuple(self._rows)
