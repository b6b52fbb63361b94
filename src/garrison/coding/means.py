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
    joined = [other for other in word.conjuncts if other.pos_ == word.pos_ == "VERB"]
    for told in (word, *joined):
        for noun in clauses.after_prepositions(told, tuple(words("grammar", "means_prepositions"))):
            found += owners_of(clauses.antecedent_of(noun))
        found += [doer for child in told.children for doer in _doer_of_cause(child)]
    subject = clauses.passive_subject_of(word) if clauses.is_passive(word) else clauses.subject_of(word)
    if subject is not None and word.pos_ in ("VERB", "AUX"):
        found += owners_of(subject)
    return found


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
