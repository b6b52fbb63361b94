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
    for noun in clauses.after_prepositions(word, tuple(words("grammar", "means_prepositions"))):
        found += owners_of(clauses.antecedent_of(noun))
    subject = clauses.passive_subject_of(word) if clauses.is_passive(word) else clauses.subject_of(word)
    if subject is not None and word.pos_ in ("VERB", "AUX"):
        found += owners_of(subject)
    for child in word.children:
        opened = {item.lower_ for item in child.children if item.dep_ in ("advmod", "mark", "prep")}
        caused = child.dep_ == "advcl" and not opened.isdisjoint(words("grammar", "means_conjunctions"))
        if caused and child.lemma_.lower() in words("grammar", "means_verbs"):
            doer = clauses.subject_of(child)
            found += [doer] if doer is not None and not clauses.is_passive(child) else []
    return found


def owners_of(noun: Token) -> list[Token]:
    """Give those who use a means (*police firing*, *the guards' batons*, *a raid by soldiers*); none for another noun."""
    if noun.lemma_.lower() not in words("grammar", "means") and noun.lower_ not in words("grammar", "means"):
        return []
    found = [child for child in noun.children if child.dep_ in ("compound", "poss", "nmod", "amod")]
    found += clauses.after_prepositions(noun, tuple(words("grammar", "owner_prepositions")))
    if noun.lemma_.lower() == "encounter":
        found += clauses.after_prepositions(noun, ("with",))
    return found
