"""Numbers and places of a text, tied to the clauses that speak of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from garrison.coding import clauses
from garrison.coding.actors import Actor
from garrison.coding.coreference import points_back
from garrison.coding.frames import Match
from garrison.coding.tables import words
from garrison.records import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from garrison.coding.dates import DateMention

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

_PERSONS = frozenset(
    (
        "people",
        "person",
        "man",
        "woman",
        "child",
        "protester",
        "demonstrator",
        "civilian",
        "student",
        "marcher",
        "life",
    )
)


class Mentions:
    """The numbers and places of one parsed text."""

    def __init__(self, doc: Doc, home: str | None, dates: list[DateMention] | None = None) -> None:
        from garrison.coding.places import find_places
        from garrison.coding.quantities import find_quantities

        self._doc = doc
        self._quantities: list[Any] = list(find_quantities(doc, dates))
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
            within = span.start_char <= item.start and item.end <= span.end_char
            what = self._counted(item, match, within)
            if what is not None:
                found.append(Quantity(what, float(item.low), float(item.high), item.kind))
        return tuple(found)

    def _counted(self, item: Any, match: Match, within: bool) -> str | None:
        """Tell what a number counts, if it counts those who act or are acted on, or the dead."""
        frame = match.frame
        counted = match.target if frame.transitive and match.target is not None else match.actor
        if counted is not None:
            taking_up = self._stands_for(item, match)
            if self._counts(item, counted) if taking_up is None else taking_up:
                return frame.count or _COUNTED.get(frame.type) or match.trigger.doc[counted.head].lower_
            if taking_up is not None:
                return None
        if within and frame.type == "PROTEST" and self._is_drawn(item, match):
            return _COUNTED["PROTEST"]
        if not frame.count or (frame.transitive and match.target is not None) or not within:
            return None
        doc, head = match.trigger.doc, getattr(item, "head", -1)
        word = doc[head] if head >= 0 else match.trigger
        by_word = {word.lower_, word.lemma_.lower()} & _casualties()
        return (
            frame.count if by_word or item.start <= word.idx < item.end or word.i == match.trigger.i else None
        )

    def _of_dateline(self, sentence: Span) -> list[Any]:
        """Give the places of the dateline right before a sentence (*LOME, 3 May - ...*)."""
        begun = self._doc.user_data.get("after_datelines", frozenset())
        if sentence.start == 0 or sentence.start_char not in begun:
            return []
        line = self._doc[sentence.start - 1].sent
        return [item for item in self._places if line.start_char <= item.start < line.end_char]

    def _stands_for(self, item: Any, match: Match) -> bool | None:
        """Tell whether a number alone takes up the agents named before (*five have been sacked*).

        None where no number does; then the agents' own number counts.
        """
        trigger = match.trigger
        roles = clauses.objects_of(trigger) if match.frame.transitive else [clauses.subject_of(trigger)]
        pointing = [word for word in roles if word is not None and points_back(word)]
        if any(item.start <= word.idx < item.end for word in pointing):
            return True
        return False if any(word.like_num for word in pointing) else None

    def _is_drawn(self, item: Any, match: Match) -> bool:
        """Tell whether a number counts those whom a protest brings out (*has drawn thousands of people*)."""
        head = getattr(item, "head", -1)
        drawn = clauses.objects_of(match.trigger) if match.trigger.pos_ == "VERB" else []
        return head >= 0 and any(word.i == head or word.is_ancestor(self._doc[head]) for word in drawn)

    def _counts(self, item: Any, actor: Actor) -> bool:
        """Tell whether a number counts an agent, by the noun it hangs on or within the agent's words."""
        word = self._doc[actor.head]
        if getattr(item, "head", None) in [
            word.i,
            *[other.i for other in word.conjuncts if other.i > word.i],
        ]:
            return True
        if item.start <= word.idx < item.end:
            return True
        # "At least 65 members of the armed forces": the measure stands for the agent behind it.
        first, last = clauses.noun_phrase(word)
        span = self._doc[first:last]
        return bool(span.start_char <= item.start and item.end <= word.idx)

    def place(self, match: Match, span: Span) -> Any | None:
        """Give the place of a clause, else of its sentence, the nearest first; None where none is named."""
        sentence = match.trigger.sent
        within = [item for item in self._places if span.start_char <= item.start < span.end_char]
        if not within:
            here = [item for item in self._places if sentence.start_char <= item.start < sentence.end_char]
            above = {word.i for word in clauses.clause_heads(match.trigger)}
            within = [item for item in here if _clause_of(sentence, item.start) in above]
        if not within:
            within = self._of_dateline(sentence)
        if not within:
            return None
        return min(within, key=lambda item: abs(item.start - match.trigger.idx))


def _clause_of(sentence: Span, place: int) -> int:
    token = next((token for token in sentence if token.idx + len(token.text) > place), sentence[-1])
    return clauses.clause_heads(token)[0].i


@lru_cache(maxsize=1)
def _casualties() -> frozenset[str]:
    """Give the words by which the dead and the hurt are counted."""
    from garrison.coding.number_words import quantity_table

    return (
        frozenset(quantity_table()["casualties"]["words"])
        | _PERSONS
        | words("attribution", "courses_of_events")
        | {"toll"}
    )
