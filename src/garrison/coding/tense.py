"""The tense of the clause in which words of time stand: is it to come, has it lasted until now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from garrison.coding.date_words import date_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from garrison.coding.parsed_text import ParsedText

_FUTURE_AIDS = frozenset({"will", "'ll", "’ll", "shall", "would"})
# "Elections due in December": the adjective says it, whatever the verb of the clause.
_DUE = re.compile(r"\b(?:due|scheduled|slated)(?: to [a-z]+)?(?: (?:for|on|in|by|this|next))?\s+$")
_FUTURE_WINDOW = re.compile(r"\b(?:will|shall|going to|'ll|’ll)\b[^.;\n]{0,60}$")


def verb_of(parsed: ParsedText, start: int, end: int) -> Token | None:
    """Climb from words of time to the verb that they date.

    Parameters
    ----------
    parsed
        The text; without dependencies no verb is found.
    start, end
        Characters of the words.

    Returns
    -------
    Token or None
    """
    if not parsed.has_grammar:
        return None
    span = parsed.tokens(start, end)
    token = span.root
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX") and not (token.i >= span.start and token.i < span.end):
            return token
        token = token.head
    return None


def is_future(verb: Token | None, before: str) -> bool:
    """Tell whether a clause is about time to come: *will*, *would*, *going to*, *planned for*.

    Parameters
    ----------
    verb
        The verb of the clause, None where grammar is not known.
    before
        The line up to the words of time, read where there is no verb.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_future(None, "They will march on "), is_future(None, "They marched on ")
    (True, False)
    """
    if verb is None:
        return bool(_FUTURE_WINDOW.search(before))
    words = date_words()
    if _DUE.search(before) or _is_set(verb, words.scheduled):
        return True
    if (
        verb.tag_ in ("VBN", "VBD")
        and {verb.lemma_.lower(), verb.lower_} & words.coming
        and _is_participle(verb)
    ):
        return True
    aids = [verb, *[child for child in verb.children if child.dep_ in ("aux", "auxpass")]]
    if any(aid.lower_ in _FUTURE_AIDS for aid in aids):
        return True
    is_infinitive = any(aid.lower_ == "to" for aid in aids)
    if is_infinitive and verb.dep_ == "xcomp" and verb.head.lower_ in ("was", "were", "is", "are"):
        return True
    if is_infinitive and verb.dep_ in ("xcomp", "ccomp", "advcl") and verb.head is not verb:
        return bool({verb.head.lemma_.lower(), verb.head.lower_} & words.governors)
    return is_infinitive and verb.dep_ in ("relcl", "acl") and any(aid.lower_ == "be" for aid in aids)


def _is_set(verb: Token, scheduled: frozenset[str]) -> bool:
    """Tell the present of a timetable: *the curfew starts on Friday*, *the vote is on Friday*."""
    if verb.tag_ not in ("VBZ", "VBP") or verb.lemma_.lower() not in scheduled:
        return False
    if any(child.dep_ in ("attr", "acomp", "aux", "auxpass", "dobj", "expl") for child in verb.children):
        return False
    return any(child.dep_ == "nsubj" and child.pos_ in ("NOUN", "PROPN") for child in verb.children)


def _is_participle(verb: Token) -> bool:
    """Tell "a march planned for Sunday" and "is planned" from "they planned it on Sunday"."""
    if verb.dep_ in ("acl", "relcl", "amod"):
        return True
    return verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.children)


def is_perfect(verb: Token | None, before: str) -> bool:
    """Tell whether the verb of a clause is in the perfect: *has lasted*.

    Parameters
    ----------
    verb, before
        As for `is_future`.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_perfect(None, "The strike has lasted "), is_perfect(None, "The strike lasted ")
    (True, False)
    """
    if verb is None:
        return bool(re.search(r"\b(?:has|have|'ve|’ve)\b[^.;\n]{0,60}$", before))
    chain = [verb, verb.head] if verb.dep_ in ("xcomp", "acl", "advcl", "conj", "acomp") else [verb]
    return any(
        child.lemma_.lower() in ("have", "'ve", "’ve")
        for item in chain
        for child in item.children
        if child.dep_ == "aux"
    )


def is_told_as_future(verb: Token | None) -> bool:
    """Tell whether a clause is told as once to come: *would march*, which may be past by now.

    Parameters
    ----------
    verb
        The verb of the clause, None where grammar is not known.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_told_as_future(None)
    False
    """
    return verb is not None and any(
        child.dep_ == "aux" and child.lower_ == "would" for child in verb.children
    )
