"""What a text tells as not having happened (*nobody resisted*, *gave no count*), where no row of a frame fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.denial import denial_of
from garrison.coding.frame_table import Frame
from garrison.coding.irrealis import unreal
from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from garrison.coding.roles import Scene

ABSENCE = Frame(type="NON_EVENT", example="The ministry gave no count.")

_PRONOUNS = ("they", "he", "she", "who", "which", "that")
_NEITHER_OF_THESE = ("you", "i", "we", "it", "this", "one", "what")


def absences(sentence: Span, scene: Scene, taken: set[int]) -> Iterator[tuple[Token, Token | None]]:
    """Find the verbs of a sentence that tell of an absence.

    Parameters
    ----------
    sentence
        A sentence of the scene's text.
    scene
        What is known of the text; only texts about a crisis have absences.
    taken
        Tokens on which a row of the frame table already fits.

    Yields
    ------
    tuple
        The verb (or the bare noun) that tells it, and its subject or None.
    """
    if not scene.in_crisis or sentence.text.rstrip().endswith("?"):
        return
    for token in sentence:
        if token.i in taken or any(child.i in taken for child in token.children if child.pos_ != "VERB"):
            continue
        if token.pos_ in ("VERB", "AUX"):
            subject = (
                clauses.passive_subject_of(token) if clauses.is_passive(token) else clauses.subject_of(token)
            )
            if (_is_left_undone(token, subject, scene) or _passes_without(token)) and is_told(token):
                yield token, subject
        elif _is_bare_absence(token):
            yield token, None


def is_told(word: Token) -> bool:
    """Tell whether an absence is asserted: neither supposed, asked, bidden, to come, nor what somebody denies."""
    if is_unmeant(word) or any(
        child.lower_ in ("if", "unless", "whether", "lest") for child in word.children
    ):
        return False
    return unreal(word, False) is None and denial_of(word) is None


def is_unmeant(word: Token) -> bool:
    """Tell what is only bidden, ordered, supposed or asked not to happen (*do not shoot*, *orders not to fire*)."""
    if word.tag_ == "VB":
        helping = {child.lower_ for child in word.children}
        bidden = not helping.isdisjoint(("do", "not", "never")) and _own_subject(word) is None
        ordered = word.dep_ == "xcomp" and word.head.lemma_.lower() in ("have", "order", "tell", "ask")
        if bidden and (ordered or word.dep_ in ("ROOT", "ccomp", "acl", "relcl", "advcl")):
            return True
    return word.sent.text.rstrip().endswith("?") or unreal(word, False) in ("hypothetical", "speculation")


def is_nobody(word: Token | None) -> bool:
    """Tell *nobody*, *none of them*, *no one*: subjects that name no one."""
    if word is None:
        return False
    no_one = word.lower_ == "one" and any(child.lower_ in ("no", "not") for child in word.children)
    return no_one or word.lower_ in words("absence", "nobodies")


def names_nobody(word: Token | None) -> bool:
    """Tell a subject that says by itself that nobody did it (*nobody*, *no unit*, *none of them*, *not one*)."""
    if word is None:
        return False
    if word.lower_ in words("absence", "nobodies"):
        return True
    before = [child for child in word.children if child.i < word.i]
    return any(child.lower_ in ("no", "neither") for child in before) or any(
        child.lower_ == "not" for child in word.subtree if child.i < word.i
    )


def _is_left_undone(verb: Token, subject: Token | None, scene: Scene) -> bool:
    if _is_bound(verb) or subject is None or not clauses.is_negated(verb) or _asserts_after_all(verb):
        return False
    base = verb.lemma_.lower()
    passive = clauses.is_passive(verb)
    helping = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if not helping.isdisjoint(words("absence", "modals")):
        return passive and base in words("absence", "unfindable")
    nobody = names_nobody(subject) or names_nobody(_own_subject(verb))
    if base == "be" and not passive:
        return _there_was_none(verb)
    if base in words("absence", "states") and not passive:
        return False
    if any(
        _is_idle(child) for child in verb.children if child.dep_ in ("dobj", "nsubj", "nsubjpass", "attr")
    ):
        return False
    if passive or nobody:
        return True
    own = _own_subject(verb) or subject
    if own.lower_ in _NEITHER_OF_THESE:
        return False
    if own.lower_ in _PRONOUNS:
        return own.lower_ in ("they", "he", "she") or _may_act(subject, scene)
    return _may_act(subject, scene)


def _may_act(subject: Token, scene: Scene) -> bool:
    return subject.i in scene.actors or subject.lemma_.lower() in words("absence", "happenings")


def _is_bound(verb: Token) -> bool:
    """Tell an infinitive or a participle that another verb governs (*orders not to fire*, *not knowing*)."""
    helping = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ == "to" for child in helping):
        return True
    return not helping and verb.tag_ in ("VB", "VBG")


def _own_subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "expl")), None)


def _there_was_none(verb: Token) -> bool:
    """Tell *there has been no word*, *there were no police on the square*."""
    if not any(child.dep_ == "expl" for child in verb.children):
        return False
    missing = [child for child in verb.children if child.dep_ in ("attr", "nsubj")]
    if any(grand.lower_ == "such" for child in missing for grand in child.children):
        return False
    return any(
        names_nobody(child) and child.lemma_.lower() in words("absence", "happenings") for child in missing
    )


def _is_idle(word: Token) -> bool:
    denied = any(child.lower_ == "no" for child in word.children)
    return denied and word.lemma_.lower() in words("absence", "idle_nouns")


def _asserts_after_all(verb: Token) -> bool:
    near = [child for child in verb.children if child.dep_ in ("advmod", "neg", "preconj", "cc")]
    near += [grand for child in near for grand in child.children]
    near += [grand for child in verb.children if child.dep_.startswith("nsubj") for grand in child.children]
    return any(child.lower_ in words("absence", "asserting") for child in near)


def _passes_without(verb: Token) -> bool:
    """Tell whether something went on without blood, shots or resistance (*the day ended without violence*)."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "without":
            governed = [
                item for noun in child.children if noun.dep_ == "pobj" for item in (noun, *noun.conjuncts)
            ]
            if any(item.lemma_.lower() in words("absence", "missing") for item in governed):
                return True
    return False


def _is_bare_absence(noun: Token) -> bool:
    """Tell a line without a verb (*No arrests so far.*)."""
    if noun.dep_ != "ROOT" or noun.pos_ != "NOUN":
        return False
    denied = any(child.lower_ == "no" and child.dep_ == "det" for child in noun.children)
    return denied and noun.lemma_.lower() in words("absence", "happenings")
