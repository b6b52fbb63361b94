"""Passives without their auxiliary, as headlines and situation reports write them, marked as what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ACTED_ON = ("dobj", "dative", "ccomp", "xcomp", "attr", "aux", "auxpass", "nsubjpass", "agent")


def mark_headline_passives(doc: Doc) -> Doc:
    """Read *Three generals arrested* as *Three generals were arrested*: the parser lets the generals act.

    Parameters
    ----------
    doc
        A parsed text; it is changed.

    Returns
    -------
    spacy.tokens.Doc
        The same text.

    Examples
    --------
    >>> from garrison.coding.parsing import parse
    >>> [token.dep_ for token in parse("Three generals arrested")]
    ['nummod', 'nsubjpass', 'ROOT']
    """
    for verb in doc:
        if verb.lower_ == "gone" and verb.tag_ == "VBD":
            verb.tag_ = "VBN"
        if (
            verb.lower_ == "shot"
            and verb.tag_ == "NN"
            and verb.i + 1 < len(doc)
            and verb.nbor(1).lower_ == "dead"
        ):
            # "Two shot dead": no shot that is dead.
            verb.tag_, verb.pos_, verb.lemma_ = "VBN", "VERB", "shoot"
        if verb.tag_ not in ("VBD", "VBN", "VBP") or verb.pos_ not in ("VERB", "ADJ"):
            continue
        subject = _befallen_subject(verb)
        if subject is not None:
            verb.tag_ = "VBN"
            subject.dep_ = "nsubjpass"
    return doc


def _befallen_subject(verb: Token) -> Token | None:
    """Give the noun that stands as subject of a verb of doing without anything that it is done to."""
    if verb.lemma_.lower() not in words("grammar", "befalling_verbs"):
        return None
    if verb.tag_ == "VBP" and verb.lower_ not in ("shut", "cut", "set"):
        return None
    children = list(verb.children)
    if any(child.dep_ in _ACTED_ON for child in children):
        return None
    if any(child.dep_ == "dobj" for other in verb.conjuncts for child in other.children):
        return None
    subjects = [child for child in children if child.dep_ == "nsubj"]
    return subjects[-1] if subjects and _can_befall(subjects[-1], verb) else None


def _can_befall(subject: Token, verb: Token) -> bool:
    if subject.i > verb.i or subject.pos_ == "PRON" or subject.tag_ in ("WP", "WDT", "DT"):
        return False
    if verb.i + 1 < len(verb.doc) and verb.nbor(1).dep_ in ("prt", "dobj"):
        return verb.lemma_.lower() in words("grammar", "befalling_with_particle")
    if verb.lemma_.lower() in words("grammar", "befalling_also_done"):
        return subject.lemma_.lower() in words("grammar", "befallen")
    return True
