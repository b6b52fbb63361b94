"""The PLOVER root of what one agent does to another in a sentence, by rules on grammar and a lexicon.

Both agents are given. The predicate of which the source is an argument decides; predicates on the way to the
target, those above and every other word of the lexicon in the sentence weigh less and less.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from garrison.coding.plover_lexicon import roots, weight
from garrison.coding.plover_meaning import Meaning, Predicates, matching

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


def plover_root(
    sentence: Doc | Span, source: tuple[int, int] | None, target: tuple[int, int] | None = None
) -> str | None:
    """Give the root of what the source does to the target, or None where no word of the lexicon stands.

    Parameters
    ----------
    sentence
        A parsed sentence or short text (`garrison.coding.parsing.parse`).
    source, target
        First character and the one after the last, counted in the document; None where unnamed.

    Returns
    -------
    str or None
        One of the sixteen roots of today's PLOVER.

    Raises
    ------
    ValueError
        If a span that is given covers no word of the sentence.

    Examples
    --------
    >>> from garrison.coding.parsing import parse
    >>> plover_root(parse("Chad agreed to free two Libyans."), (0, 4), (24, 31))
    'AGREE'
    """
    scores = plover_scores(sentence, source, target)
    best = max(scores, key=lambda root: scores[root])
    return best if scores[best] > 0 else None


def plover_scores(
    sentence: Doc | Span, source: tuple[int, int] | None, target: tuple[int, int] | None = None
) -> dict[str, float]:
    """Give each root's share of the evidence, so that it can be weighed with another classifier's word.

    Parameters
    ----------
    sentence, source, target
        As for `plover_root`.

    Returns
    -------
    dict
        Root to share; they sum to one, or all are zero where there is no evidence. Shares rank; they are not
        calibrated probabilities.

    Raises
    ------
    ValueError
        If a span that is given covers no word of the sentence.

    Examples
    --------
    >>> from garrison.coding.parsing import parse
    >>> scores = plover_scores(parse("Mali deported a reporter."), (0, 4))
    >>> round(sum(scores.values()), 6), max(scores, key=scores.get)
    (1.0, 'COERCE')
    """
    tokens = [token for token in sentence if not token.is_space]
    doers, others = _covered(tokens, source), _covered(tokens, target)
    predicates = Predicates(frozenset(token.i for token in doers), frozenset(token.i for token in others))
    scores = dict.fromkeys(roots(), 0.0)
    for name, found in _evidence(predicates, tokens, doers, others):
        scores[found.root] += weight(name) * found.strength
    total = sum(scores.values())
    return {root: score / total for root, score in scores.items()} if total else scores


def _covered(tokens: list[Token], span: tuple[int, int] | None) -> list[Token]:
    if span is None:
        return []
    start, end = span
    found = [token for token in tokens if token.idx < end and token.idx + len(token) > start]
    if not found:
        raise ValueError(f"no word of the sentence stands at the characters {start} to {end}")
    return found


def _evidence(
    predicates: Predicates, tokens: list[Token], doers: list[Token], others: list[Token]
) -> Iterator[tuple[str, Meaning]]:
    """Give the evidence of a sentence, each piece with the name of its weight."""
    tying = [predicates.meaning(word) for word in _deciding(predicates, doers, others)]
    told = [found for found in tying if found]
    if told:
        yield "deciding", told[0]
        yield from _shared("joined", told[1:])
    else:
        above = (predicates.meaning(word) for word in _above((doers or others or tokens)[0]))
        yield from (("above", found) for found in [next((found for found in above if found), None)] if found)
    mentioned = []
    for token in tokens:
        if token.i not in predicates.source:
            cue = next((cue for cue in matching(token) if cue.root and not cue.conditioned), None)
            mentioned += [Meaning(cue.root, weight("plain"))] if cue else []
    yield from _shared("mentioned", mentioned)


def _shared(name: str, found: list[Meaning]) -> Iterator[tuple[str, Meaning]]:
    """Divide one weight among several pieces of evidence."""
    for piece in found:
        yield name, Meaning(piece.root, piece.strength / len(found))


def _deciding(predicates: Predicates, doers: list[Token], others: list[Token]) -> Iterator[Token]:
    """Give the predicates that tie the two together, the most telling first."""
    named = doers or others
    if not named:
        return
    held = predicates.source if doers else predicates.target
    head = next((token for token in named if token.head.i not in held or token.head == token), named[0])
    main: Token | None = None
    for word in _above(head):
        if word.pos_ in ("NOUN", "PROPN") and word.i not in predicates.target:
            if others and word.is_ancestor(others[0]) and not _governed(word, predicates):
                yield word
        elif word.pos_ in ("VERB", "AUX", "ADJ") and word.dep_ != "prep":
            main = word
            break
    if main is None:
        # A sentence that is read as a noun with a participle (*Police arrested ...*) has its verb below.
        yield from (child for child in head.children if child.dep_ in ("acl", "relcl"))
        yield from (word for word in (head.sent.root,) if word.i not in predicates.source)
        return
    beside = [word for word in main.conjuncts if _equal(word, main)]
    towards = [word for word in beside if any(word.is_ancestor(other) for other in others)]
    if others and not _holds_directly(main, others, beside):
        yield from towards
    yield main
    yield from _between(main, others)
    yield from (word for word in beside if word not in towards)


def _equal(word: Token, main: Token) -> bool:
    """Tell whether a verb is joined to another on its own level: no infinitive to a verb that tells."""
    verbal = word.pos_ in ("VERB", "AUX") and word.i > main.i
    return verbal and (word.tag_ != "VB" or main.tag_ == "VB")


def _governed(noun: Token, predicates: Predicates) -> bool:
    """Tell whether a verb of the lexicon takes the noun as its object, and so decides what becomes of it."""
    verb = noun.head
    if verb.pos_ not in ("VERB", "AUX") or predicates.meaning(verb) is None:
        return False
    if noun.dep_ == "nsubj":
        return any(noun.lemma_.lower() in cue.doer for cue in matching(verb))
    return noun.dep_ in ("dobj", "nsubjpass") and any(True for _ in matching(verb))


def _holds_directly(main: Token, others: list[Token], beside: list[Token]) -> bool:
    return main.is_ancestor(others[0]) and not any(word.is_ancestor(others[0]) for word in beside)


def _between(main: Token, others: list[Token]) -> Iterator[Token]:
    """Give the verbs between a predicate and the target below it."""
    if not others or not main.is_ancestor(others[0]):
        return
    for word in _above(others[0]):
        if word == main:
            return
        if word.pos_ == "VERB":
            yield word


def _above(word: Token) -> Iterator[Token]:
    while word.head != word:
        word = word.head
        yield word
