"""What a predicate means as a PLOVER root: its cue, its arguments, and its mood, read from the top down.

*Agreed to lift sanctions* is read as agree(lift(sanctions)): a sanction is coercion, lifting it a concession,
agreeing to that an agreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from garrison.coding.clauses import is_negated, is_passive, passive_subject_of, subject_of
from garrison.coding.plover_lexicon import Cue, after_effect, cues, weight
from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = ("xcomp", "ccomp")
_OTHER_OBJECTS = ("attr", "acomp", "oprd", "dative")
_OWN_CLAUSE = ("relcl", "parataxis", "cc", "punct", "mark")
_KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_DEEPEST = 7


@dataclass(frozen=True, slots=True)
class Meaning:
    """A root that a predicate means, and how strongly it says so (a share between 0 and 1)."""

    root: str
    strength: float

    def weakened(self) -> Meaning:
        """Give the same root, one step farther away."""
        return Meaning(self.root, self.strength * weight("passed"))

    def under(self, effect: str) -> Meaning:
        """Give what an effect makes of it."""
        return Meaning(after_effect(effect, self.root), self.strength)


class Predicates:
    """Reads the predicates of one sentence; `source` and `target` are the token numbers of the two.

    Examples
    --------
    >>> from garrison.coding.parsing import parse
    >>> doc = parse("Chad agreed to lift the curfew.")
    >>> Predicates(frozenset({0}), frozenset()).meaning(doc[1]).root
    'AGREE'
    """

    def __init__(self, source: frozenset[int], target: frozenset[int]) -> None:
        self.source = source
        self.target = target
        self._read: dict[int, Meaning | None] = {}
        self._reach: dict[int, frozenset[str]] = {}

    def meaning(self, word: Token, depth: int = 0) -> Meaning | None:
        """Give what a verb, noun or adjective means with all that belongs to it, or None."""
        if word.i in self._read:
            return self._read[word.i]
        if depth > _DEEPEST or (word.i in self.source and word.pos_ != "VERB"):
            return None
        self._read[word.i] = None
        found = self._by_cue(word, depth)
        if found is None:
            below = self._argument(word, depth)
            found = below.weakened() if below else None
        self._read[word.i] = self._in_mood(word, found)
        return self._read[word.i]

    def _by_cue(self, word: Token, depth: int) -> Meaning | None:
        for cue in matching(word):
            if not self._holds(cue, word):
                continue
            if cue.last:
                below = self._argument(word, depth)
                return below.weakened() if below else Meaning(cue.root, weight("assumed"))
            if cue.root:
                return Meaning(cue.root, weight("conditioned" if cue.conditioned else "plain"))
            if cue.effect == "say":
                found = self._said(word, depth)
            else:
                below = self._argument(word, depth)
                found = below.under(cue.effect) if below else None
                if found and cue.effect == "pass":
                    found = found.weakened()
            if found is None and cue.assumed:
                found = Meaning(cue.assumed, weight("assumed"))
            if found:
                return found
        return None

    def _holds(self, cue: Cue, word: Token) -> bool:
        if not _fits(cue, word):
            return False
        if not cue.near and not cue.never:
            return True
        around = self._words_around(word)
        return (not cue.near or not cue.near.isdisjoint(around)) and cue.never.isdisjoint(around)

    def _words_around(self, word: Token) -> frozenset[str]:
        """Give the words, and their base forms, of what belongs to a word: no subject, no clause of its own."""
        if word.i not in self._reach:
            found: set[str] = set()
            stack = list(_belonging(word))
            while stack:
                item = stack.pop()
                found.update((item.lower_, item.lemma_.lower()))
                stack += [child for child in _inner(item) if child.i != word.i]
            found.update(other.lemma_.lower() for other in word.conjuncts if other.pos_ == "VERB")
            self._reach[word.i] = frozenset(found)
        return self._reach[word.i]

    def _argument(self, word: Token, depth: int) -> Meaning | None:
        """Give the meaning of the first argument that has one."""
        for item in _arguments(word):
            if item.i in self.target and item.pos_ not in ("VERB", "AUX"):
                continue
            found = self.meaning(item, depth + 1)
            if found:
                return found
        return None

    def _said(self, word: Token, depth: int) -> Meaning | None:
        for clause in word.children:
            if clause.dep_ not in ("ccomp", "parataxis"):
                continue
            found = self.meaning(clause, depth + 1)
            blamed = found is not None and found.root in words("plover", "blamed_roots")
            if found and blamed and self._done_by_target(clause):
                return Meaning("ACCUSE", found.strength)
            if found:
                return found
        return None

    def _done_by_target(self, clause: Token) -> bool:
        doers = [subject_of(clause)]
        doers += [item for child in clause.children if child.dep_ == "agent" for item in child.children]
        return any(
            item.i in self.target
            for doer in doers
            if doer
            for item in (doer, *doer.children)
            if item == doer or item.dep_ in ("poss", "compound", "amod", "nmod", "appos")
        )

    def _in_mood(self, word: Token, found: Meaning | None) -> Meaning | None:
        """Turn a meaning by negation, future and obligation."""
        if word.pos_ not in ("VERB", "AUX"):
            # *Has no plan*: there the verb is denied already.
            below = word.dep_ in ("dobj", "attr", "nsubjpass", "nsubj")
            none = not below and any(
                child.dep_ in ("det", "neg") and child.lower_ in ("no", "not") for child in word.children
            )
            return found.under("negate") if found and none else found
        auxiliaries = {child.lower_ for child in word.children if child.dep_ == "aux"}
        obliged = not auxiliaries.isdisjoint(words("plover", "obliging")) or _is_wished(word)
        if obliged and not is_negated(word):
            doer = subject_of(word) or passive_subject_of(word)
            if doer is None or doer.i not in self.source:
                return Meaning("REQUEST", weight("plain"))
        if found and is_negated(word):
            found = found.under("negate")
        if found and not auxiliaries.isdisjoint(words("plover", "future")):
            found = found.under("intend")
        return found


def matching(word: Token) -> Iterator[Cue]:
    """Give the cues that a word opens, those of its part of speech first, as the lexicon orders them."""
    own = _KINDS.get(word.pos_)
    if own is None:
        return
    others = ("noun",) if own == "verb" and word.tag_ == "VBG" else ()
    if own == "verb" and word.tag_ == "VBN":
        others = ("adjective",)
    elif own == "adjective":
        others = ("verb",) if word.tag_ in ("VBN", "VBG") or word.dep_ in ("ROOT", "acomp") else ()
    elif word.pos_ == "NOUN" and word.dep_ == "ROOT":
        others = ("verb",)
    for kind in (own, *others):
        for key in _base_forms(word):
            for cue in cues().get((kind, key), ()):
                if len(cue.pieces) == 1 or _phrase_stands(cue, word):
                    yield cue


def _base_forms(word: Token) -> list[str]:
    """Give the base forms to look up: the tagger's, and where it may have lost an *e* (*raped*), that too."""
    forms = [word.lemma_.lower(), word.lower_]
    if word.lower_.endswith("ed"):
        forms.append(word.lower_[:-1])
    elif word.lower_.endswith("ing"):
        forms.append(word.lower_[:-3] + "e")
    return list(dict.fromkeys(forms))


def _fits(cue: Cue, word: Token) -> bool:
    """Tell whether a word has the subject, object or clause that a cue asks for."""
    objects = [child for child in word.children if child.dep_ in ("dobj", "nsubjpass")]
    if cue.bare and objects:
        return False
    if cue.named and not any(item.pos_ == "PROPN" for item in objects):
        return False
    if cue.clausal and not any(child.dep_ in ("ccomp", "parataxis") for child in word.children):
        return False
    if cue.other and not any(_has_own_subject(child) for child in word.children):
        return False
    if cue.infinitive and not any(_is_infinitive(child) for child in word.children):
        return False
    return not cue.doer or not cue.doer.isdisjoint(_words_of_subject(word))


def _phrase_stands(cue: Cue, word: Token) -> bool:
    if cue.kind == "verb":
        below = {child.lower_ for child in word.children if child.i > word.i and child.i - word.i < 7}
        if set(cue.pieces[1:]) <= below:
            return True
    start = word.i - cue.place
    if start < 0 or start + len(cue.pieces) > len(word.doc):
        return False
    return all(
        piece in (word.doc[start + place].lower_, word.doc[start + place].lemma_.lower())
        for place, piece in enumerate(cue.pieces)
    )


def _belonging(word: Token) -> Iterator[Token]:
    if word.pos_ in ("NOUN", "PROPN"):
        yield from (child for child in word.children if child.dep_ not in _OWN_CLAUSE)
        head = word.head
        if word.dep_ in ("dobj", "nsubjpass", "pobj", "attr", "compound") and head != word:
            yield from _alone(head.head if head.dep_ == "prep" else head)
        return
    for child in word.children:
        if child.dep_ in _OWN_CLAUSE or child.dep_ in ("nsubj", "csubj"):
            continue
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            continue
        if child.dep_ == "advcl" and not _is_purpose(child):
            continue
        yield child
    if is_passive(word) and word.dep_ in ("acl", "amod", "relcl"):
        yield word.head


def _inner(item: Token) -> Iterator[Token]:
    """Give what belongs to a word two steps below a cue; of a clause there only its particle and objects."""
    if item.dep_ == "prep" and item.lower_ in words("plover", "circumstances"):
        return
    clause = item.dep_ in ("xcomp", "ccomp", "advcl", "acl", "pcomp") and item.pos_ in ("VERB", "AUX")
    for child in item.children:
        if child.dep_ in _OWN_CLAUSE or child.dep_ == "advcl":
            continue
        if clause and child.dep_ not in ("dobj", "prt", "attr", "conj", "xcomp", "neg"):
            continue
        if child.dep_ == "acl" and child.tag_ in ("VBN", "VBG"):
            continue
        yield child


def _words_of_subject(word: Token) -> frozenset[str]:
    doer = subject_of(word)
    if doer is None:
        return frozenset()
    found: set[str] = set()
    stack = [doer]
    while stack:
        item = stack.pop()
        found.update((item.lower_, item.lemma_.lower()))
        # Of the prepositions only *of* tells what the doers are (*hundreds of soldiers*).
        stack += [
            child
            for child in item.children
            if child.dep_ in ("compound", "amod", "nmod", "conj", "pobj", "nummod")
            or (child.dep_ == "prep" and child.lower_ == "of")
        ]
    return frozenset(found)


def _alone(word: Token) -> Iterator[Token]:
    """Give a governor only by its own word: what else belongs to it is not the noun's."""
    if word.pos_ in ("VERB", "AUX"):
        yield word


def _is_purpose(clause: Token) -> bool:
    return clause.tag_ == "VB" and any(child.lower_ == "to" for child in clause.children)


def _is_wished(clause: Token) -> bool:
    """Tell a clause of what is asked for (*demanded that it free them*): *that* and a bare verb."""
    return (
        clause.tag_ == "VB"
        and clause.dep_ == "ccomp"
        and any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)
        and not any(child.dep_ == "aux" for child in clause.children)
    )


def _has_own_subject(clause: Token) -> bool:
    return clause.dep_ in ("xcomp", "ccomp") and any(child.dep_ == "nsubj" for child in clause.children)


def _is_infinitive(clause: Token) -> bool:
    return clause.dep_ in ("xcomp", "ccomp") and _is_purpose(clause)


def _arguments(word: Token) -> Iterator[Token]:
    """Give what a word takes, in the order in which it is asked for a meaning."""
    children = list(word.children)
    if word.pos_ in ("VERB", "AUX", "ADJ"):
        if is_passive(word):
            befallen = passive_subject_of(word)
            if befallen is not None:
                yield befallen
        for labels in (("dobj",), _CLAUSES, _OTHER_OBJECTS):
            for child in children:
                if child.dep_ in labels:
                    yield child
                    yield from child.conjuncts
    else:
        yield from (child for child in reversed(children) if child.dep_ in ("compound", "nmod", "amod"))
    # *Called a halt to the strike*: the parser may hang *to the strike* on the verb.
    beside = list(word.head.children) if word.dep_ == "dobj" else []
    for child in [*children, *(child for child in beside if child.i > word.i)]:
        if child.dep_ == "prep" and child.lower_ not in words("plover", "circumstances"):
            yield from (item for item in child.children if item.dep_ in ("pobj", "pcomp"))
    for child in children:
        purpose = child.dep_ == "advcl" and _is_purpose(child)
        if purpose or (child.dep_ == "acl" and word.pos_ in ("NOUN", "PROPN")):
            yield child
