"""Numbers and places of a text, tied to the clauses that speak of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding.claim_numbers import numbers_of
from garrison.coding.claim_place import scene_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from garrison.coding.dates import DateMention
    from garrison.coding.frames import Match
    from garrison.coding.places import PlaceMention
    from garrison.coding.quantities import QuantityMention
    from garrison.records import Quantity


class Mentions:
    """The numbers and places of one parsed text.

    Parameters
    ----------
    doc
        The parsed text.
    home
        The country that it is about; without one no place is looked for.
    dates
        Its dates where they are known: a number inside one counts nothing.
    """

    def __init__(self, doc: Doc, home: str | None, dates: list[DateMention] | None = None) -> None:
        from garrison.coding.places import find_places
        from garrison.coding.quantities import find_quantities

        self._quantities: list[QuantityMention] = find_quantities(doc, dates)
        self._places: list[PlaceMention] = find_places(doc, home) if home is not None else []

    def numbers(self, match: Match, span: Span) -> tuple[Quantity, ...]:
        """Give what is counted in a clause, of what, and whether it is a running total.

        Parameters
        ----------
        match
            The frame that fits.
        span
            Its clause.

        Returns
        -------
        tuple of Quantity
            Only the numbers of this clause.
        """
        return numbers_of(match, span, self._quantities)

    def place(self, match: Match, span: Span) -> PlaceMention | None:
        """Give the place of a clause, else of its sentence, its dateline, its paragraph's first sentence.

        Parameters
        ----------
        match
            The frame that fits.
        span
            Its clause.

        Returns
        -------
        PlaceMention or None
            None where none is named, or where those named are no scene of a deed.
        """
        return scene_of(match, span, self._places)
