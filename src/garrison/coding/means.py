"""Whose deed it was, told by the means: *killed in police firing*, *by army bullets*, *when guards opened fire*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Token


def doers_by_means(word: Token) -> list[Token]:
    """Give the nouns of those whose means (firing, bullets, a raid) are told beside a deed.

    Parameters
    ----------
    word
        The verb, noun or adjective of the deed.

    Returns
    -------
    list of spacy.tokens.Token
        Nouns that own the means, the nearest first; empty where none are told.
    """
    found = []
    beside = [*word.conjuncts, *(child for child in word.children if child.dep_ == "conj")]
    joined = [other for other in beside if other.pos_ == word.pos_ == "VERB"]
    # "One was killed and six others injured when ...": the parser takes the second for a noun and what describes it.
    joined += [
        child for noun in beside for child in noun.children if child.dep_ == "acl" and child.tag_ == "VBN"
    ]
    for told in (word, *joined):
        for noun in clauses.after_prepositions(told, tuple(words("grammar", "means_prepositions"))):
            found += owners_of(clauses.antecedent_of(noun))
        found += [doer for child in told.children for doer in _doer_of_cause(child)]
    verb = word if word.pos_ in ("VERB", "AUX") else _verb_above(word)
    subject = None
    if verb is not None:
        passive = clauses.is_passive(verb)
        subject = clauses.passive_subject_of(verb) if passive else clauses.subject_of(verb)
    if subject is not None:
        found += owners_of(subject)
    # "An inquiry into the police firing that left one dead": what stands before "that" left him dead.
    for child in verb.children if verb is not None else ():
        if child.dep_ == "nsubj" and child.tag_ == "WDT" and child.i > 0:
            found += [owner for owner in owners_of(child.nbor(-1)) if owner not in found]
    return found


def _verb_above(noun: Token) -> Token | None:
    """Give the verb that a noun completes (*the firing resulted in the death of ...*)."""
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    completes = noun.dep_ in ("dobj", "pobj") and above.lemma_.lower() in words("grammar", "causing_verbs")
    return above if completes and above.pos_ == "VERB" else None


def _doer_of_cause(clause: Token) -> list[Token]:
    """Give who does what a clause of time tells as the cause (*when the guards had to open fire*)."""
    opened = {item.lower_ for item in clause.children if item.dep_ in ("advmod", "mark", "prep")}
    if clause.dep_ != "advcl" or opened.isdisjoint(words("grammar", "means_conjunctions")):
        return []
    verbs = [clause, *(child for child in clause.children if child.dep_ == "xcomp")]
    forceful = any(verb.lemma_.lower() in words("grammar", "means_verbs") for verb in verbs)
    doer = clauses.subject_of(clause) if forceful and not clauses.is_passive(clause) else None
    return [doer] if doer is not None else []


def owners_of(noun: Token) -> list[Token]:
    """Give those who use a means (*police firing*, *a raid by soldiers*); none for another noun."""
    acting = [
        child
        for child in noun.children
        if child.dep_ == "acl" and child.tag_ == "VBG" and child.i == noun.i + 1
    ]
    if any(child.lemma_.lower() in words("grammar", "means_verbs") for child in acting):
        # The parser takes "police firing" for police who fire.
        return [noun]
    if noun.lemma_.lower() not in words("grammar", "means") and noun.lower_ not in words("grammar", "means"):
        return []
    found = [child for child in noun.children if child.dep_ in ("compound", "poss", "nmod", "amod")]
    found += clauses.after_prepositions(noun, tuple(words("grammar", "owner_prepositions")))
    if noun.lemma_.lower() == "encounter":
        found += clauses.after_prepositions(noun, ("with",))
    return found
