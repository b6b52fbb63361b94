"""Which date of a sentence is whose: of the clause itself, of the clause that tells of it, of a noun beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.tables import limits

if TYPE_CHECKING:
    from spacy.tokens import Token

    from garrison.coding.dates import DateMention

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_BESIDE_A_NOUN = ("poss", "compound", "nmod", "amod", "nummod")
# Behind these, a dated noun is where or when the deed was done ("fired at Sunday's march").
_DURING = ("at", "during", "in", "on", "amid", "from", "after", "before", "following", "since")


def distance_of(
    mention: DateMention, token: Token, trigger: Token, published: date
) -> tuple[int, int, int] | None:
    """Rank a date of the sentence: of the clause itself, then of the clauses above it.

    Parameters
    ----------
    mention, token
        The date and its first word.
    trigger
        The word that asserts.
    published
        Day of publication.

    Returns
    -------
    tuple of int or None
        The smaller the nearer; None if it dates neither the clause nor one above it.
    """
    own = [word.i for word in clauses.clause_heads(trigger)]
    date_heads = [word.i for word in clauses.clause_heads(token)]
    if mention.is_of_clause_above and len(date_heads) > 1:
        date_heads = date_heads[1:]
    near = abs(token.i - trigger.i)
    doc = trigger.doc
    told_of = doc[date_heads[0]]
    dated = dated_noun(token)
    if dated is not None and dated.i == trigger.i:
        return 0, 0, near
    beside = int(dated is not None)
    if dated is not None and not _is_contemporary(dated, own):
        return None
    if told_of.dep_ == "relcl" and told_of.head.i == trigger.i and told_of.lemma_.lower() == "be":
        return 0, 0, near
    if _is_the_case(told_of) and told_of.head.i in own:
        return 1, 0, near
    if date_heads[0] in own:
        steps = own.index(date_heads[0])
        past = (published - mention.date_end).days > limits()["recent_days"]
        if steps and past and _told_as_present(doc[own[0]]):
            return None
        return steps, int(mention.future) + beside, near
    if own[0] in date_heads and not any(
        doc[index].dep_ in ("advcl", "relcl", "acl") for index in date_heads[: date_heads.index(own[0])]
    ):
        return 20 + date_heads.index(own[0]), 0, near
    return None


def dated_noun(token: Token) -> Token | None:
    """Give the noun whose date some words are (*Sunday's march*, *the 2014 coup*, *the coup of 1999*).

    Parameters
    ----------
    token
        The first word of the date.

    Returns
    -------
    Token or None
        None where the date stands as an adverb of its clause.
    """
    current = token
    while current.dep_ in _BESIDE_A_NOUN and current.head.i > current.i and current.head.ent_type_ != "DATE":
        if current.head.pos_ in ("NOUN", "PROPN") and not _is_of_a_date(current.head):
            return current.head
        current = current.head
    if current.dep_ == "pobj" and current.head.lower_ == "of" and current.head.head.pos_ == "NOUN":
        # "On the morning of 22 December" is a date of its clause, "the coup of 1999" is not.
        return None if _is_of_a_date(current.head.head) else current.head.head
    return None


def _is_of_a_date(noun: Token) -> bool:
    from garrison.coding.date_words import date_words

    words = date_words()
    word = noun.lower_
    parts = ("night", "morning", "afternoon", "evening", "weekend")
    return word in words.month_of or word in words.weekday_of or word in words.unit_of or word in parts


def _is_contemporary(noun: Token, own: list[int]) -> bool:
    """Tell whether a dated noun is part of what a clause says was done: its subject, object, or occasion."""
    if noun.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "ROOT", "npadvmod", "appos", "dep", "conj"):
        return True
    governor = noun.head
    return (
        noun.dep_ == "pobj" and governor.lower_ in _DURING and governor.head.pos_ in ("VERB", "AUX", "NOUN")
    )


def is_told_later(trigger: Token, token: Token) -> bool:
    """Tell whether a deed is only told by the clause that has the date (*said on Monday that troops fired*).

    Parameters
    ----------
    trigger
        The word that asserts the deed.
    token
        The first word of the date.

    Returns
    -------
    bool
        False where the date is the deed's own, or where the deed goes on while it is told.
    """
    own = clauses.clause_heads(trigger)
    date_head = clauses.clause_heads(token)[0]
    places = [word.i for word in own]
    if date_head.i not in places or places.index(date_head.i) == 0:
        return False
    crossed = own[: places.index(date_head.i)]
    if any(_comes_after(word) for word in crossed):
        return True
    if not any(word.dep_ in ("ccomp", "parataxis", "relcl") for word in crossed):
        return False
    return _is_finite_past(crossed[-1])


def _comes_after(verb: Token) -> bool:
    """Tell a clause behind *after*: what it tells was done before what the main clause tells."""
    if verb.dep_ not in ("advcl", "pcomp"):
        return False
    if verb.dep_ == "pcomp" and verb.head.lower_ == "after":
        return True
    return any(child.lower_ == "after" and child.i < verb.i for child in verb.children)


def _is_finite_past(verb: Token) -> bool:
    finite = [verb, *[child for child in verb.children if child.dep_ in ("aux", "auxpass")]]
    tags = {word.tag_ for word in finite}
    perfect = any(word.lower_ in ("has", "have", "'ve", "’ve") for word in finite)
    return "MD" not in tags and ("VBD" in tags or perfect)


def tells_of_before(trigger: Token) -> bool:
    """Tell whether a clause speaks of what was over before the story's day (*had deserted*).

    Parameters
    ----------
    trigger
        The word that asserts.

    Returns
    -------
    bool
    """
    return any(child.dep_ == "aux" and child.lower_ in ("had", "'d") for child in trigger.children) and (
        trigger.tag_ == "VBN"
    )


def _told_as_present(verb: Token) -> bool:
    """Tell whether a clause speaks of now (*faces*, *are marching*)."""
    finite = [verb, *[child for child in verb.children if child.dep_ in ("aux", "auxpass")]]
    return any(word.tag_ in ("VBZ", "VBP") for word in finite)


def _is_the_case(verb: Token) -> bool:
    """Tell a comparison with how it has been (*as has been the case for a month*): its dates are the main clause's."""
    return verb.dep_ == "advcl" and any(child.lemma_.lower() == "case" for child in verb.children)


def simple_past(trigger: Token) -> bool:
    """Tell whether a clause is told in the simple past, as stories are.

    Parameters
    ----------
    trigger
        The word that asserts.

    Returns
    -------
    bool
    """
    verb = trigger
    while verb.tag_ not in _FINITE and verb.head != verb:
        if any(child.tag_ in _FINITE and child.dep_ in ("aux", "auxpass") for child in verb.children):
            break
        verb = verb.head
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    return verb.tag_ == "VBD" or bool(auxiliaries & {"was", "were", "had", "did"})
