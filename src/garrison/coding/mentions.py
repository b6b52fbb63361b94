"""Numbers and places of a text, tied to the clauses that speak of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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

# No paragraph of a report goes on for longer about one place without naming it again.
_SENTENCES_BACK = 12


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
        from garrison.coding.places import places_of
        from garrison.coding.quantities import find_quantities

        self._quantities: list[QuantityMention] = find_quantities(doc, dates)
        self._places: list[PlaceMention] = places_of(doc, home) if home is not None else []
        self._starts = [place.start for place in self._places]
        sentences = [0, *(sentence.end_char for sentence in doc.sents)]
        self._by_sentence: dict[int, list[QuantityMention]] = {}
        for item in self._quantities:
            self._by_sentence.setdefault(bisect_right(sentences, item.start) - 1, []).append(item)
        self._sentences = sentences

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
        first = bisect_right(self._sentences, min(span.start_char, match.trigger.sent.start_char)) - 1
        last = bisect_right(self._sentences, max(span.end_char, match.trigger.sent.end_char) - 1) - 1
        within = range(first, last + 1)
        # Those who act may have been named, and counted, sentences before.
        others = {bisect_right(self._sentences, place) - 1 for place in _places_of_agents(match)} - set(
            within
        )
        near = [item for number in sorted({*within, *others}) for item in self._by_sentence.get(number, ())]
        return numbers_of(match, span, near)

    def place(self, match: Match, span: Span, base: PlaceMention | None = None) -> PlaceMention | None:
        """Give the place of a clause, else of its sentence, its dateline, its paragraph's first sentence.

        Parameters
        ----------
        match
            The frame that fits.
        span
            Its clause.
        base
            The place where the report stands, if that may serve the clause.

        Returns
        -------
        PlaceMention or None
            None where none is named, or where those named are no scene of a deed.
        """
        sentence = match.trigger.sent
        number = bisect_right(self._sentences, sentence.start_char) - 1
        begin = self._sentences[max(number - _SENTENCES_BACK, 0)]
        first, last = bisect_left(self._starts, begin), bisect_left(self._starts, sentence.end_char)
        return scene_of(match, span, self._places[first:last], base)


def _places_of_agents(match: Match) -> list[int]:
    doc = match.trigger.doc
    return [doc[agent.head].idx for agent in (match.actor, match.target) if agent is not None]
