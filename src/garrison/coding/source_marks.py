"""Sources named beside what they tell (*according to X*, *as X wrote*, *..., X said*), and how far each one reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.noun_phrases import noun_phrase
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_JOINING = ("and", "but", "or", "yet", "nor", "so")
_CONTRASTING = ("while", "whereas", "although", "though")
_OPENING_MARKS = ('"', "“", "``", "'", "‘", "„", "«")


@dataclass(frozen=True, slots=True)
class Mark:
    """A source beside a clause: the word of telling, the noun that names the teller, and where its phrase begins."""

    word: Token
    teller: Token
    verb: str
    start: int


class SourceMarks:
    """The sources named beside the clauses of one sentence, and the main clauses that its commas part."""

    def __init__(self, sentence: Span) -> None:
        self._sentence = sentence
        self.marks = tuple(_marks(sentence))
        self.showing = tuple(_showing(sentence))
        self._starts = _clause_starts(sentence) if self.marks else []

    def covering(self, token: Token, *, is_told: bool) -> Iterator[Mark]:
        """Give the marks that reach a word.

        Parameters
        ----------
        token
            A word of the sentence.
        is_told
            Whether its own clause already names who tells it.

        Yields
        ------
        Mark
            One at the head of a clause reaches all later clauses that name no teller of their own; one within or
            behind a clause reaches back to the last comma before which another main clause ends.
        """
        for mark in self.marks:
            if mark.word.i != token.i and self._reaches(mark, token, is_told):
                yield mark

    def stops_before(self, verb: Token, token: Token) -> bool:
        """Tell whether a tag in mid-sentence (*X died, Y said, and Z marched*) ends before the clause of a word."""
        if token.i < verb.i or not any(mark.word.i == verb.i for mark in self.marks):
            return False
        return self._clause(token.i) > self._clause(verb.i)

    def _clause(self, place: int) -> int:
        return sum(start <= place for start in self._starts)

    def _reaches(self, mark: Mark, token: Token, is_told: bool) -> bool:
        here, there = self._clause(mark.start), self._clause(token.i)
        first = max([self._sentence.start, *(start for start in self._starts if start <= mark.start)])
        opens = all(
            word.is_punct or word.dep_ == "cc" or word.is_space for word in mark.word.doc[first : mark.start]
        )
        if opens:
            return there == here or (there > here and not is_told)
        if there != here:
            return False
        side = _clause_aside(mark)
        return side is None or side.i == token.i or side.is_ancestor(token)


def _marks(sentence: Span) -> Iterator[Mark]:
    telling = words("attribution", "tag_verbs")
    for word in sentence:
        lower = word.lower_
        if lower == "according":
            named = [item for child in word.children for item in child.children if item.dep_ == "pobj"]
            if named:
                yield Mark(word, named[0], "accord", word.i)
        elif lower in ("in", "by", "on", "per") and word.dep_ in ("prep", "advmod", "mark"):
            yield from _in_the_words_of(word)
        elif word.pos_ in ("VERB", "AUX") and word.lemma_.lower() in telling:
            yield from _beside(word)


def _showing(sentence: Span) -> Iterator[Token]:
    """Give the words that say what a video or a picture shows (*footage showing ...*)."""
    showing, channels = words("attribution", "showing_verbs"), words("attribution", "channel_words")
    for word in sentence:
        shows = word.tag_ == "VBG" and word.i > sentence.start and word.lemma_.lower() in showing
        if shows and word.nbor(-1).lemma_.lower() in channels:
            yield word


def _in_the_words_of(preposition: Token) -> Iterator[Mark]:
    """Read *in the view of X*, *by X's account*, *per X*."""
    if preposition.lower_ == "per":
        named = [child for child in preposition.children if child.dep_ == "pobj" and child.pos_ == "PROPN"]
        yield from (Mark(preposition, noun, "accord", preposition.i) for noun in named[:1])
        return
    for noun in preposition.children:
        base = noun.lemma_.lower()
        if noun.dep_ != "pobj" or base not in words("attribution", "telling_nouns"):
            continue
        owners = [child for child in noun.children if child.dep_ == "poss"]
        owners += clauses.after_prepositions(noun, ("of",))
        verb = "believe" if base in words("attribution", "judging_nouns") else "accord"
        yield from (Mark(preposition, owner, verb, preposition.i) for owner in owners[:1])


def _beside(verb: Token) -> Iterator[Mark]:
    """Read *as X reported* and the tags *X said* and *said X* that commas part from what they tell."""
    after_as = any(child.dep_ in ("mark", "advmod") and child.lower_ == "as" for child in verb.children)
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if after_as:
        if subject is not None:
            mark = next(child.i for child in verb.children if child.lower_ == "as")
            yield Mark(verb, subject, verb.lemma_.lower(), mark)
        return
    subject = subject or _named_behind(verb)
    if subject is None or subject.tag_ in ("WP", "WDT") or _tells_what(verb):
        return
    start = min(verb.i, noun_phrase(subject)[0])
    before = verb.doc[start - 1] if start > verb.sent.start else None
    if before is not None and (before.text in (",", "-", "–", "—") or before.is_quote):
        yield Mark(verb, subject, verb.lemma_.lower(), start)


def _named_behind(verb: Token) -> Token | None:
    """Give the name behind a verb that the parser takes for its object (*..., said Ana Ruiz*)."""
    if verb.i == verb.sent.start or not (verb.nbor(-1).text == "," or verb.nbor(-1).is_quote):
        return None
    return next((child for child in verb.rights if child.dep_ in ("dobj", "attr", "oprd")), None)


def _tells_what(verb: Token) -> bool:
    """Tell whether the content of a telling stands behind it (*said that ...*): then it is no tag."""
    reach = limits()["tag_reach"]
    for child in verb.rights:
        if child.dep_ in ("ccomp", "xcomp") or (child.dep_ == "dobj" and child.i - verb.i <= reach):
            spoken = child.i - 1 >= 0 and child.pos_ == "PROPN" and child.nbor(-1).i >= verb.i
            inverted = (
                child.dep_ == "dobj" and spoken and not any(item.dep_ == "nsubj" for item in verb.children)
            )
            if not inverted:
                return True
    return False


def _clause_starts(sentence: Span) -> list[int]:
    """Give the first words of the main clauses that a semicolon, or a comma and a conjunction, open."""
    found = []
    last = sentence.end - 1
    for word in sentence:
        if word.text == ";" and word.i < last:
            found.append(word.i + 1)
        if word.i == sentence.start or word.i == last or word.nbor(-1).text not in (",", "-", "–", "—"):
            continue
        contrast = word.lower_ in _CONTRASTING and word.dep_ in ("mark", "advmod")
        if contrast or (word.lower_ in _JOINING and word.dep_ == "cc" and _has_own_subject(word)):
            found.append(word.i)
    return found


def _has_own_subject(joining: Token) -> bool:
    """Tell whether a clause with a subject of its own follows a conjunction; *that* goes on with what is told."""
    following = joining.doc[joining.i + 1 : min(joining.sent.end, joining.i + limits()["tag_reach"])]
    for word in following:
        if word.text in (",", ";") or word.is_quote or word.lower_ == "that":
            return False
        if word.dep_ in ("nsubj", "nsubjpass", "expl") and word.head.i > word.i:
            return word.head.dep_ != "relcl"
    return False


def _clause_aside(mark: Mark) -> Token | None:
    """Give the side clause in which a mark stands without a comma before it (*the march, which police say ...*)."""
    before = mark.word.doc[mark.start - 1] if mark.start > mark.word.sent.start else None
    if before is None or before.is_punct:
        return None
    for head, relation in clauses.governors(mark.word):
        if head.pos_ in ("VERB", "AUX") and head.dep_ in ("relcl", "advcl", "acl") and relation != "conj":
            return head
    return None
