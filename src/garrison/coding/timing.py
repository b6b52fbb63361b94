"""When a clause says that it happened: its own date, the narrative's, or the days up to publication."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.calendar_stretch import shift
from garrison.coding.clause_dates import distance_of, is_told_later, simple_past, tells_of_before
from garrison.coding.date_words import date_words
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from garrison.coding.dates import DateMention
    from garrison.coding.report_time import ReportTime


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
    """Ties the dates of one parsed text to its clauses.

    Parameters
    ----------
    doc
        The parsed text.
    published
        Day of publication.
    country
        The country that the text is about: it decides how dates in figures are read.
    told
        The days that the report as a whole covers, where it is a page kept through a day or states its period.

    Attributes
    ----------
    mentions
        The dates of the text, in its order.
    """

    def __init__(
        self, doc: Doc, published: date, country: str | None = None, told: ReportTime | None = None
    ) -> None:
        from garrison.coding.dates import default_date, resolve_dates

        self._doc = doc
        self._published = published
        self.mentions: list[DateMention] = resolve_dates(doc, published, country)
        self._starts = [mention.start for mention in self.mentions]
        self._places = [token.idx for token in doc]
        self._told = told
        self._default: DateMention | ReportTime = told if told is not None else default_date(published)
        days = [mention for mention in self.mentions if mention.unit == "day"]
        self._has_days = bool(days)
        ages = [(published - mention.date_end).days for mention in days or self.mentions]
        self._is_history = bool(ages) and min(ages) > limits()["history"]
        self._paragraphs = [0] + [
            token.idx + len(token.text) for token in doc if token.is_space and "\n" in token.text
        ]

    def of(self, trigger: Token, marks: tuple[Token, ...] = (), *, is_deed: bool = False) -> Timing:
        """Date a clause by its trigger.

        Parameters
        ----------
        trigger
            The word that asserts.
        marks
            The marks that open and close the quotation in which it stands: their sentences may hold the date.
        is_deed
            Whether it asserts a deed: one that is only said on a day was done up to that day.

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
            if is_deed and not chosen.future and is_told_later(trigger, self._token_at(chosen.start)):
                return self._up_to(chosen, "told on that day")
            timing = self._timing(chosen)
            past = timing.is_future and simple_past(trigger)
            return replace(timing, is_future=False) if past else timing
        story = self._story(trigger)
        if story is not None:
            return story
        default = self._default
        return Timing(default.date_start, default.date_end, default.basis, is_dated=False)

    def _of_sentence(self, trigger: Token) -> DateMention | None:
        sentence = trigger.sent
        first = bisect_right(self._starts, sentence.start_char - 1)
        last = bisect_right(self._starts, sentence.end_char - 1)
        here = self.mentions[first:last]
        ranked = []
        for number, item in enumerate(here):
            if item.date_start > self._published and simple_past(trigger):
                continue
            found = distance_of(item, self._token_at(item.start), trigger, self._published)
            if found is not None:
                ranked.append((found, number))
        return here[min(ranked)[1]] if ranked else None

    def _token_at(self, place: int) -> Token:
        return self._doc[max(bisect_right(self._places, place) - 1, 0)]

    def _story(self, trigger: Token) -> Timing | None:
        """Give the date that the story has reached: the latest one before, in this paragraph, or in history."""
        index = bisect_right(self._starts, trigger.idx) - 1
        while index >= 0 and self._is_aside(self.mentions[index], trigger):
            index -= 1
        if index < 0 or not simple_past(trigger):
            return None
        mention = self.mentions[index]
        if mention.future:
            return None
        near = self._is_near(mention, trigger)
        if mention.start >= trigger.sent.start_char and not (self._is_history and self._has_days):
            # A date of the sentence that is not the clause's own tells by when it was done, if it is of these days.
            recent = (self._published - mention.date_end).days <= limits()["recent_days"]
            return self._up_to(mention, "told by then") if recent else None
        if (self._published - mention.date_end).days > limits()["history"]:
            if self._is_history or (near and self._goes_on(mention, trigger)):
                return self._carried(mention, trigger)
            return None
        if (mention.date_end - mention.date_start).days > limits()["episode"]:
            return None
        paragraph = self._paragraphs[bisect_right(self._paragraphs, trigger.idx) - 1]
        if mention.start >= paragraph:
            return self._carried(mention, trigger)
        if near and mention.unit == "day" and self._goes_on(mention, trigger):
            return self._carried(mention, trigger)
        return None

    def _is_aside(self, mention: DateMention, trigger: Token) -> bool:
        """Tell a date near by that the story does not reach: one to come, or a long stretch of the past in passing."""
        if not self._is_history and not self._is_near(mention, trigger):
            return False
        if mention.future or self._only_tells(mention):
            return True
        if self._opens_its_sentence(mention):
            return False
        is_long = (mention.date_end - mention.date_start).days > limits()["episode"]
        long_ago = (self._published - mention.date_end).days > limits()["recent_days"]
        return is_long and (self._has_days if self._is_history else long_ago)

    def _opens_its_sentence(self, mention: DateMention) -> bool:
        """Tell a date that sets the scene of what follows (*That year, amid protests, ...*, *In March, ...*)."""
        sentence = self._token_at(mention.start).sent
        words_before = bisect_left(self._places, mention.start) - sentence.start
        return words_before <= 1

    def _only_tells(self, mention: DateMention) -> bool:
        """Tell the date of a saying beside the date of what is said (*killed on Tuesday, they said on Wednesday*)."""
        token = self._token_at(mention.start)
        before = bisect_right(self._starts, mention.start) - 2
        if before < 0 or self.mentions[before].start < token.sent.start_char:
            return False
        verb = clauses.clause_heads(token)[0]
        return verb.lemma_.lower() in words("attribution", "report_verbs")

    def _is_near(self, mention: DateMention, trigger: Token) -> bool:
        """Tell whether a date stands in the same paragraph or in the one before."""
        between = bisect_right(self._paragraphs, trigger.idx) - bisect_right(self._paragraphs, mention.start)
        return between <= 1

    def _carried(self, mention: DateMention, trigger: Token) -> Timing:
        """Take the story's date; what *had* happened, or is told under a dateline, lies in the days up to it."""
        if tells_of_before(trigger):
            return self._up_to(mention, "told as done before")
        if self._is_dateline(mention):
            return self._up_to(mention, "the dateline")
        return self._timing(mention, carried=True)

    def _is_dateline(self, mention: DateMention) -> bool:
        begun = self._doc.user_data.get("after_datelines", frozenset())
        sentence = self._token_at(mention.start).sent
        return sentence.end_char in begun or (
            sentence.end < len(self._doc) and self._doc[sentence.end].idx in begun
        )

    def _goes_on(self, mention: DateMention, trigger: Token) -> bool:
        """Tell whether every sentence since a date speaks on of somebody or something named in it."""
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

    def _timing(self, mention: DateMention, carried: bool = False) -> Timing:
        basis = f"{mention.basis} (the story's last date)" if carried else mention.basis
        return Timing(
            mention.date_start, mention.date_end, basis, True, mention.future, mention.past_background
        )

    def _up_to(self, mention: DateMention, why: str) -> Timing:
        """Give the days up to a date on which a deed without a date of its own is told; a longer course holds it."""
        if mention.unit != "day":
            return self._timing(mention)
        days = date_words().conventions["saying_days"]
        start = shift(mention.date_start, 1 - days, "day")
        basis = f"{mention.basis} ({why}; the {days} days up to it)"
        return Timing(start, mention.date_end, basis, True, mention.future, mention.past_background)
