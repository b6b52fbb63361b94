"""Which characters an assertion stands on: its clause, with its subject, without the clauses beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.denial import Denial
from garrison.coding.frames import Match
from garrison.coding.noun_phrases import noun_phrase
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_HUNG = ("nsubj", "nsubjpass", "dobj", "attr", "acomp", "oprd", "pobj", "prep", "compound", "nmod", "conj")
_OTHER_CLAUSES = ("advcl", "parataxis", "relcl", "punct", "cc", "mark", "intj", "meta", "dep")


def clause_span(match: Match, denial: Denial | None = None) -> tuple[int, int]:
    """Give the token span of a match: from its subject to the end of what belongs to its trigger.

    Parameters
    ----------
    match
        The frame that fits.
    denial
        The denial under which it stands: its words belong to the span.

    Returns
    -------
    tuple of int
        First token and the one after the last, inside one sentence.
    """
    trigger = match.trigger
    top = _raised_to(trigger)
    kept, governing = {trigger.i}, set[int]()
    things = {thing.i for thing in match.things}
    for word in {trigger.i: trigger, top.i: top}.values():
        kept |= _own_words(word, things)
    if trigger.pos_ not in ("VERB", "AUX"):
        verb = _governing_verb(trigger)
        if verb is not None:
            kept |= _own_words(verb, things)
            if abs(verb.i - trigger.i) < limits()["governor_reach"]:
                governing = {verb.i}
    needed = {trigger.i, *governing}
    subject = (
        clauses.passive_subject_of(trigger) if clauses.is_passive(trigger) else clauses.subject_of(trigger)
    )
    sentence = trigger.sent
    if subject is not None and sentence.start <= subject.i < sentence.end and trigger.pos_ != "NOUN":
        start, end = noun_phrase(subject)
        if trigger.i - end < limits()["subject_reach"]:
            needed |= set(range(start, end))
    needed |= {index for index in things if sentence.start <= index < sentence.end}
    if denial is not None and sentence.start <= denial.word.i < sentence.end:
        needed |= _denying(denial)
    first, last = _around_trigger(kept | needed, needed)
    before = sentence.doc[first - 1] if first > sentence.start else trigger
    if before.lower_ in ("since", "in", "on", "during") and before.head.i in (trigger.i, top.i):
        first -= 1
    return _trim(trigger, max(first, sentence.start), min(last, sentence.end))


def _denying(denial: Denial) -> set[int]:
    """Give the words that deny and who denies, with what stands between them."""
    ends = {denial.word.i}
    if denial.denier is not None and abs(denial.denier.i - denial.word.i) < limits()["subject_reach"]:
        ends |= set(range(*noun_phrase(denial.denier)))
    else:
        ends |= {
            child.i
            for child in denial.word.children
            if child.dep_ in ("expl", "nsubj", "acomp", "attr", "det")
        }
    ends |= {child.i for child in denial.word.children if child.dep_ in ("oprd", "acomp")}
    return ends


def _own_words(word: Token, things: set[int]) -> set[int]:
    """Give a word and what hangs on it, without other clauses."""
    kept = {word.i}
    for child in word.children:
        other_clause = child.dep_ in _OTHER_CLAUSES
        joined_verb = child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")
        kicker = child.dep_ == "nsubj" and any(
            other.dep_ == "nsubj" and other.i > child.i for other in word.lefts
        )
        content = (
            child.dep_ == "ccomp" and child.i not in things and (child.i < word.i or _after_comma(child))
        )
        if (other_clause or joined_verb or content or kicker) and child.i not in things:
            continue
        kept |= _without_other_clauses(child, things)
    return kept


def _after_comma(clause: Token) -> bool:
    """Tell a further *that* clause of the same teller (*said that soldiers left, that shops closed*)."""
    mark = next((child for child in clause.children if child.dep_ == "mark"), None)
    return mark is not None and mark.i > 0 and mark.nbor(-1).text in (",", "and")


def _without_other_clauses(word: Token, things: set[int]) -> set[int]:
    kept, stack = {word.i}, [word]
    while stack:
        for child in stack.pop().children:
            told_of = child.dep_ == "relcl" and child.head.i == word.i and child.lemma_.lower() == "be"
            if child.dep_ in ("relcl", "advcl", "parataxis") and child.i not in things and not told_of:
                continue
            if not child.is_space:
                kept.add(child.i)
                stack.append(child)
    return kept


def _around_trigger(kept: set[int], needed: set[int]) -> tuple[int, int]:
    """Give the stretch of kept tokens around the needed ones: what lies behind another clause is left out."""
    first, last = min(needed), max(needed)
    for index in sorted((index for index in kept if index < first), reverse=True):
        if first - index > limits()["clause_gap"]:
            break
        first = index
    for index in sorted(index for index in kept if index > last):
        if index - last > limits()["clause_gap"]:
            break
        last = index
    return first, last + 1


def _raised_to(trigger: Token) -> Token:
    top = trigger
    while top.dep_ == "xcomp" and top.head.lemma_.lower() in (
        words("attribution", "implicative_verbs") | words("attribution", "hedges")
    ):
        top = top.head
    return top


def _governing_verb(noun: Token) -> Token | None:
    """Find the verb of a noun's clause, straight above or over other nouns (*rejected talk of a coup*)."""
    token = noun
    while token.head != token:
        if token.dep_ not in (*_HUNG, "ccomp") or (token.dep_ == "ccomp" and token.i != noun.i):
            return None
        if token.dep_ == "prep" and token.lower_ not in ("of", "on", "in", "among", "about"):
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None


def _is_mark(token: Token) -> bool:
    return bool(token.is_punct or token.is_space or token.is_quote)


def _trim(trigger: Token, first: int, last: int) -> tuple[int, int]:
    """Take off marks at the edges, but keep the full stop that ends the clause."""
    doc = trigger.doc
    while first < last - 1 and (
        _is_mark(doc[first]) or doc[first].tag_ in ("WRB", "WDT") or doc[first].dep_ == "cc"
    ):
        first += 1
    if first + 2 < last and doc[first].pos_ == "ADP" and doc[first + 1].tag_ == "WDT":
        first += 2
    while last > first + 1 and (
        doc[last - 1].is_space or doc[last - 1].is_quote or doc[last - 1].text in ",;:-–"
    ):
        last -= 1
    if last < trigger.sent.end and doc[last].text in (".", "!"):
        last += 1
    return first, last
