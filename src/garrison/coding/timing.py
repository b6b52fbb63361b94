"""When a clause says that it happened: its own date, the narrative's, or the days up to publication."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from garrison.coding import clauses
from garrison.coding.tables import limits

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Timing:
    """The days that a clause covers, the words that say so, and how they count."""

    date_start: date | None
    date_end: date | None
    basis: str
    is_dated: bool = True
    is_future: bool = False
    told_as_past: bool = False


class Calendar:
    """Ties the dates of one parsed text to its clauses."""

    def __init__(self, doc: Doc, published: date) -> None:
        from garrison.coding.dates import default_date, resolve_dates

        self._doc = doc
        self._published = published
        self._mentions: list[Any] = sorted(resolve_dates(doc, published), key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self._mentions]
        self._places = [token.idx for token in doc]
        self._default: Any = default_date(published)
        ages = [(published - mention.date_end).days for mention in self._mentions]
        self._is_history = bool(ages) and min(ages) > limits()["history"]
        self._paragraphs = [0] + [
            token.idx + len(token.text) for token in doc if token.is_space and "\n" in token.text
        ]

    def of(self, trigger: Token, marks: tuple[Token, ...] = ()) -> Timing:
        """Date a clause by its trigger.

        Parameters
        ----------
        trigger
            The word that asserts.
        marks
            The marks that open and close the quotation in which it stands: their sentences may hold the date.

        Returns
        -------
        Timing
            A date of the clause wins, then one of a clause above it, then the date in whose course the story is
            told.
        """
        chosen = self._of_sentence(trigger)
        for mark in marks:
            if chosen is None and mark.sent.start != trigger.sent.start:
                chosen = self._of_sentence(mark)
        if chosen is not None:
            timing = self._timing(chosen)
            past = timing.is_future and _simple_past(trigger)
            return replace(timing, is_future=False) if past else timing
        story = self._story(trigger)
        if story is not None:
            return story
        default = self._default
        return Timing(default.date_start, default.date_end, default.basis, is_dated=False)

    def _of_sentence(self, trigger: Token) -> Any | None:
        sentence = trigger.sent
        here = [item for item in self._mentions if sentence.start_char <= item.start < sentence.end_char]
        ranked = sorted(
            (distance, number)
            for number, item in enumerate(here)
            if (distance := self._distance(item, trigger)) is not None
        )
        return here[ranked[0][1]] if ranked else None

    def _distance(self, mention: Any, trigger: Token) -> tuple[int, int, int] | None:
        """Rank a date of the sentence: of the clause itself, then of the clauses above it; None if of neither."""
        token = self._token_at(mention.start)
        own = [word.i for word in clauses.clause_heads(trigger)]
        date_heads = [word.i for word in clauses.clause_heads(token)]
        near = abs(token.i - trigger.i)
        if mention.date_start > self._published and _simple_past(trigger):
            return None
        told_of = self._doc[date_heads[0]]
        if told_of.dep_ == "relcl" and told_of.head.i == trigger.i and told_of.lemma_.lower() == "be":
            return 0, 0, near
        if _is_the_case(told_of) and told_of.head.i in own:
            return 1, 0, near
        if date_heads[0] in own:
            steps = own.index(date_heads[0])
            past = (self._published - mention.date_end).days > limits()["recent_days"]
            if steps and past and _told_as_present(self._doc[own[0]]):
                return None
            return steps, int(bool(getattr(mention, "future", False))), near
        if own[0] in date_heads and not any(
            self._doc[index].dep_ in ("advcl", "relcl") for index in date_heads[: date_heads.index(own[0])]
        ):
            return 20 + date_heads.index(own[0]), 0, near
        return None

    def _token_at(self, place: int) -> Token:
        return self._doc[max(bisect_right(self._places, place) - 1, 0)]

    def _story(self, trigger: Token) -> Timing | None:
        """Give the date that the story has reached: the latest one before, in this paragraph, or in history."""
        index = bisect_right(self._starts, trigger.idx) - 1
        if index < 0:
            return None
        mention = self._mentions[index]
        if getattr(mention, "future", False):
            return None
        paragraph = self._paragraphs[bisect_right(self._paragraphs, trigger.idx) - 1]
        ago = (self._published - mention.date_end).days
        if ago > limits()["history"]:
            if self._is_history and _simple_past(trigger):
                return self._timing(mention, carried=True)
            near = self._paragraph_distance(mention.start, trigger.idx) <= 1
            if near and _simple_past(trigger) and self._goes_on(mention, trigger):
                return self._timing(mention, carried=True)
            return None
        if (mention.date_end - mention.date_start).days > limits()["episode"]:
            return None
        if mention.start >= paragraph and _simple_past(trigger):
            return self._timing(mention, carried=True)
        return None

    def _goes_on(self, mention: Any, trigger: Token) -> bool:
        """Tell whether every sentence since a date of history speaks on of somebody or something named in it."""
        named: set[str] = set()
        sentence = self._token_at(mention.start).sent
        while True:
            nouns = {token.lemma_.lower() for token in sentence if token.pos_ in ("NOUN", "PROPN")}
            pronoun = any(token.dep_ in ("nsubj", "nsubjpass") and token.pos_ == "PRON" for token in sentence)
            if named and named.isdisjoint(nouns) and not pronoun and len(nouns) > 0:
                return False
            named |= nouns
            if sentence.end > trigger.i or sentence.end >= len(self._doc):
                return True
            sentence = self._doc[sentence.end].sent

    def _paragraph_distance(self, first: int, second: int) -> int:
        return bisect_right(self._paragraphs, second) - bisect_right(self._paragraphs, first)

    def _timing(self, mention: Any, carried: bool = False) -> Timing:
        basis = f"{mention.basis} (the story's last date)" if carried else mention.basis
        future = bool(getattr(mention, "future", False))
        past = bool(getattr(mention, "past_background", False))
        return Timing(mention.date_start, mention.date_end, basis, True, future, past)


def _told_as_present(verb: Token) -> bool:
    """Tell whether a clause speaks of now (*faces*, *are marching*)."""
    finite = [verb, *[child for child in verb.children if child.dep_ in ("aux", "auxpass")]]
    return any(word.tag_ in ("VBZ", "VBP") for word in finite)


def _is_the_case(verb: Token) -> bool:
    """Tell a comparison with how it has been (*as has been the case for a month*): its dates are the main clause's."""
    return verb.dep_ == "advcl" and any(child.lemma_.lower() == "case" for child in verb.children)


def _simple_past(trigger: Token) -> bool:
    """Tell whether a clause is told in the simple past, as stories are."""
    verb = trigger
    while verb.tag_ not in ("VBD", "VBZ", "VBP", "MD") and verb.head != verb:
        if any(
            child.tag_ in ("VBD", "VBZ", "VBP", "MD") and child.dep_ in ("aux", "auxpass")
            for child in verb.children
        ):
            break
        verb = verb.head
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    return verb.tag_ == "VBD" or bool(auxiliaries & {"was", "were", "had", "did"})
