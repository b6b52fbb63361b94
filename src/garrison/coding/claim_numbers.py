"""Which numbers of a text belong to a claim: those that count who acts, who is acted on, or the dead."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.coreference import points_back
from garrison.coding.noun_phrases import noun_phrase
from garrison.coding.number_words import quantity_table
from garrison.coding.tables import words
from garrison.records import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from garrison.coding.actors import Actor
    from garrison.coding.frames import Match
    from garrison.coding.quantities import QuantityMention


def numbers_of(match: Match, span: Span, quantities: list[QuantityMention]) -> tuple[Quantity, ...]:
    """Give what is counted in a clause, of what, and whether it is a running total.

    Parameters
    ----------
    match
        The frame that fits.
    span
        Its clause.
    quantities
        The counts of the text.

    Returns
    -------
    tuple of Quantity
        Only the numbers of this clause; what is joined by *and* (*three soldiers and two policemen*) is added up.
    """
    own = _of_its_own_words(match, quantities)
    if own:
        return _added_up(own, match, _what(match, own[0]))
    joined: list[QuantityMention] = []
    found: list[Quantity] = []
    for item in quantities:
        within = span.start_char <= item.start and item.end <= span.end_char
        what = _counted(item, match, within)
        if what is None:
            continue
        counted = _agent(match)
        if counted is not None and item.head in _joined_nouns(match.trigger.doc[counted.head]):
            joined.append(item)
        else:
            found.append(Quantity(what, float(item.low), float(item.high), item.kind))
    if joined:
        return (*_added_up(joined, match, _what(match, joined[0])), *found)
    return tuple(found) or _single(match)


def _single(match: Match) -> tuple[Quantity, ...]:
    """Count the one whom an article tells (*a colonel was arrested*), where nobody is joined to him."""
    table = quantity_table()
    counted = match.target if match.frame.transitive else match.actor
    if counted is None or match.frame.type not in table["single"]["types"] or match.negated:
        return ()
    word = match.trigger.doc[counted.head]
    what = match.frame.count or table["counted"].get(match.frame.type)
    alone = len(_joined_nouns(word)) == 1 and word.sent.start == match.trigger.sent.start
    is_one = alone and _is_one_person(word) and word.lemma_.lower() not in table["single"]["collectives"]
    return (Quantity(str(what), 1.0, 1.0, "flow"),) if is_one and what else ()


def _agent(match: Match) -> Actor | None:
    return match.target if match.frame.transitive and match.target is not None else match.actor


def _what(match: Match, item: QuantityMention) -> str:
    """Name what a number counts: by the frame, by its type, or as the text does."""
    named = match.frame.count or quantity_table()["counted"].get(match.frame.type)
    return str(named or match.trigger.doc[item.head].lower_)


def _joined_nouns(word: Token) -> list[int]:
    return [word.i, *[other.i for other in word.conjuncts if other.i > word.i]]


def _added_up(items: list[QuantityMention], match: Match, what: str) -> tuple[Quantity, ...]:
    """Add up what is joined by *and*, an officer as one; a running total and an occasion stay apart."""
    if len({item.kind for item in items}) > 1 or len({item.head for item in items}) < len(items):
        return tuple(Quantity(what, float(item.low), float(item.high), item.kind) for item in items)
    doc = match.trigger.doc
    heads = {item.head for item in items}
    first = doc[min(heads)]
    counted = _agent(match)
    chain = [doc[index] for index in _joined_nouns(doc[counted.head] if counted is not None else first)]
    numbered = [
        word for word in chain if word.i in heads or any(item.start <= word.idx < item.end for item in items)
    ]
    single = sum(_is_one_person(word) for word in chain if word not in numbered) if numbered else 0
    low, high = sum(item.low for item in items) + single, sum(item.high for item in items) + single
    return (Quantity(what, float(low), float(high), items[0].kind),)


def _is_one_person(word: Token) -> bool:
    articles = [child for child in word.children if child.dep_ == "det"]
    return word.tag_ == "NN" and any(child.lower_ in ("a", "an", "another") for child in articles)


def _of_its_own_words(match: Match, quantities: list[QuantityMention]) -> list[QuantityMention]:
    """Give the numbers of a verb's own object or subject where the agent was taken from elsewhere (*14 others*)."""
    trigger, counted = match.trigger, _agent(match)
    if trigger.pos_ not in ("VERB", "AUX") or counted is None or not match.frame.transitive:
        return []
    roles = [word for word in clauses.objects_of(trigger) if word.i != counted.head]
    if not roles or counted.head in {word.i for word in clauses.objects_of(trigger)}:
        return []
    return [
        item
        for item in quantities
        if any(item.head == word.i or item.start <= word.idx < item.end for word in roles)
    ]


def _counted(item: QuantityMention, match: Match, within: bool) -> str | None:
    """Tell what a number counts, if it counts those who act or are acted on, or the dead."""
    frame, counted = match.frame, _agent(match)
    if counted is not None:
        taking_up = _stands_for(item, match)
        if _counts(item, match, counted) if taking_up is None else taking_up:
            return _what(match, item)
        if taking_up is not None:
            return None
    if within and frame.type == "PROTEST" and _is_drawn(item, match):
        return _what(match, item)
    if not frame.count or (frame.transitive and match.target is not None) or not within:
        return None
    word = match.trigger.doc[item.head] if item.head >= 0 else match.trigger
    by_word = {word.lower_, word.lemma_.lower()} & _casualties()
    trigger = match.trigger
    return frame.count if by_word or item.start <= word.idx < item.end or word.i == trigger.i else None


def _stands_for(item: QuantityMention, match: Match) -> bool | None:
    """Tell whether a number alone takes up the agents named before (*five have been sacked*).

    None where no number does; then the agents' own number counts.
    """
    trigger = match.trigger
    roles = clauses.objects_of(trigger) if match.frame.transitive else [clauses.subject_of(trigger)]
    pointing = [word for word in roles if word is not None and points_back(word)]
    if any(item.start <= word.idx < item.end for word in pointing):
        return True
    return False if any(word.like_num for word in pointing) else None


def _is_drawn(item: QuantityMention, match: Match) -> bool:
    """Tell whether a number counts those whom a protest brings out (*has drawn thousands of people*)."""
    drawn = clauses.objects_of(match.trigger) if match.trigger.pos_ == "VERB" else []
    doc = match.trigger.doc
    return item.head >= 0 and any(word.i == item.head or word.is_ancestor(doc[item.head]) for word in drawn)


def _counts(item: QuantityMention, match: Match, actor: Actor) -> bool:
    """Tell whether a number counts an agent, by the noun it hangs on or within the agent's words."""
    doc = match.trigger.doc
    word = doc[actor.head]
    joined = _joined_nouns(word)
    if item.head in joined or any(item.start <= doc[index].idx < item.end for index in joined):
        return True
    # "At least 65 members of the armed forces": the measure stands for the agent behind it.
    first, last = noun_phrase(word)
    span = doc[first:last]
    return bool(span.start_char <= item.start and item.end <= word.idx)


@lru_cache(maxsize=1)
def _casualties() -> frozenset[str]:
    table = quantity_table()
    listed = table["casualties"]["words"] + table["casualties"]["persons"]
    return frozenset(listed) | words("attribution", "courses_of_events") | {"toll"}
