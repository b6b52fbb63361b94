"""Numbers and places of a text, tied to the clauses that speak of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from garrison.coding import clauses
from garrison.coding.frames import Match
from garrison.records import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_COUNTED = {
    "PURGE_ARREST_MIL": "members of the forces arrested",
    "DEFECT": "members of the forces leaving",
    "DEFECT_DECLARED": "members of the forces declaring",
    "DEFECT_EXILE": "members of the forces abroad",
    "REPRESSION_LETHAL": "deaths",
    "FATALITIES_CUMULATIVE": "deaths",
    "REPRESSION": "people arrested or hurt",
    "PROTEST": "people protesting",
}


class Mentions:
    """The numbers and places of one parsed text."""

    def __init__(self, doc: Doc, home: str | None) -> None:
        from garrison.coding.places import find_places
        from garrison.coding.quantities import find_quantities

        self._quantities: list[Any] = list(find_quantities(doc))
        self._places: list[Any] = list(find_places(doc, home)) if home is not None else []

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
        found = []
        for item in self._quantities:
            if span.start_char <= item.start and item.end <= span.end_char:
                head = getattr(item, "head", None)
                counted = span.doc[head].lower_ if head is not None and head >= 0 else ""
                what = (
                    match.frame.count
                    or (_COUNTED.get(match.frame.type) if _of_agent(item, match) else None)
                    or counted
                )
                found.append(Quantity(what, float(item.low), float(item.high), item.kind))
        return tuple(found)

    def place(self, match: Match, span: Span) -> Any | None:
        """Give the place of a clause, else of its sentence, the nearest first; None where none is named."""
        sentence = match.trigger.sent
        within = [item for item in self._places if span.start_char <= item.start < span.end_char]
        if not within:
            here = [item for item in self._places if sentence.start_char <= item.start < sentence.end_char]
            above = {word.i for word in clauses.clause_heads(match.trigger)}
            within = [item for item in here if _clause_of(sentence, item.start) in above]
        if not within:
            return None
        return min(within, key=lambda item: abs(item.start - match.trigger.idx))


def _clause_of(sentence: Span, place: int) -> int:
    token = next((token for token in sentence if token.idx + len(token.text) > place), sentence[-1])
    return clauses.clause_heads(token)[0].i


def _of_agent(quantity: Any, match: Match) -> bool:
    """Tell whether a number counts those who act or are acted on in the clause."""
    head = getattr(quantity, "head", None)
    heads = {actor.head for actor in (match.actor, match.target) if actor is not None}
    if head in heads:
        return True
    doc = match.trigger.doc
    return any(quantity.start <= doc[index].idx < quantity.end for index in heads)
