"""Who does what in a clause: subject, object and prepositions of a verb, through passives, control and raising.

Pure grammar: nothing here knows of soldiers. The labels are those of the English parser (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from garrison.coding.noun_phrases import is_year
from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "expl")
_PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
_OBJECTS = ("dobj", "dative", "attr", "oprd", "acomp")
_COMPLEMENTS = ("xcomp", "ccomp", "pcomp")


def with_conjuncts(token: Token) -> list[Token]:
    """Give a word and those joined to it by *and*, *or*, *as well as*."""
    return [token, *[other for other in token.conjuncts if other.i > token.i]]


def is_passive(verb: Token) -> bool:
    """Tell whether a verb stands in the passive (*was arrested*, *soldiers arrested by*)."""
    # Every row and every role asks this of the same few verbs: the answer is kept with the text.
    known: dict[int, bool] = verb.doc.user_data.setdefault("passive", {})
    if verb.i not in known:
        known[verb.i] = _stands_in_passive(verb)
    return known[verb.i]


def _stands_in_passive(verb: Token) -> bool:
    if any(child.dep_ in ("auxpass", *_PASSIVE_SUBJECTS) for child in verb.children):
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "conj" and verb.head.tag_ == "VBN" and not _own_subject(verb):
        return not any(child.dep_ in ("aux", "dobj") for child in verb.children) and is_passive(verb.head)
    if any(child.dep_ == "nsubj" and child.i < verb.i for child in verb.children):
        return False
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod", "relcl") and not _has_auxiliary(verb)


def is_reduced(verb: Token) -> bool:
    """Tell whether a participle hangs on its noun without auxiliary or agent (*a sergeant deserted on Monday*)."""
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in ("acl", "ROOT")
        and not any(child.dep_ in ("aux", "auxpass", "agent") for child in verb.children)
    )


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """Find who does what an active verb says, or None; follows control, raising, conjunction and participles."""
    if depth > 8:
        return None
    own = _own_subject(verb)
    if own is not None:
        return antecedent_of(own)
    if any(child.dep_ in _PASSIVE_SUBJECTS for child in verb.children):
        return None
    clausal = next((child for child in verb.children if child.dep_ == "csubj"), None)
    if clausal is not None:
        return _named_in_clausal_subject(clausal, verb)
    head, relation = verb.head, verb.dep_
    if head == verb:
        return None
    if relation == "conj":
        head = coordinated_with(verb)
        return subject_of(head, depth + 1) or passive_subject_of(head)
    if relation in ("xcomp", "ccomp") and verb.tag_ in ("VBP", "VBZ", "VBD"):
        drawn = next(
            (child for child in head.children if child.dep_ == "nsubj" and child.tag_ == "WDT"), None
        )
        if drawn is not None:
            return antecedent_of(drawn)
    if relation in ("acl", "relcl") and verb.tag_ in ("VBG", "VB", "VBP", "VBZ", "VBD"):
        return head if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM") else None
    if relation == "pcomp" and head.dep_ == "prep":
        return _subject_behind_preposition(head, depth)
    if relation in ("xcomp", "ccomp") and _controls_by_object(head):
        controlled = [child for child in head.children if child.dep_ in ("dobj", "nsubjpass", "dative")]
        controlled += [
            item for item in after_prepositions(head, ("on", "upon", "for", "to")) if item.i < verb.i
        ]
        if controlled:
            return controlled[0]
    asserted = relation == "ccomp" and verb.tag_ not in ("VB", "VBG")
    if relation in (*_COMPLEMENTS, "advcl") and head.pos_ in ("VERB", "AUX") and not asserted:
        if relation == "xcomp" and is_passive(head):
            return next((child for child in head.children if child.dep_ == "nsubjpass"), None)
        return subject_of(head, depth + 1) or passive_subject_of(head)
    if verb.pos_ == "ADJ" and relation in ("acomp", "oprd", "attr", "ccomp"):
        return objects_before(head, verb) or subject_of(head, depth + 1)
    if relation in ("acl", "xcomp") and head.pos_ in ("NOUN", "ADJ"):
        return subject_of(head.head, depth + 1) if head.head != head else None
    return None


def _subject_behind_preposition(preposition: Token, depth: int) -> Token | None:
    """Give who does what a clause behind a preposition says (*accused of firing*, *the risk of losing*)."""
    governor = preposition.head
    if governor.dep_ in ("dobj", "pobj") and governor.lemma_.lower() in words("grammar", "faced_nouns"):
        governor = governor.head.head if governor.dep_ == "pobj" else governor.head
    if governor.pos_ in ("NOUN", "PROPN"):
        return governor
    blamed = governor.lemma_.lower() in words("grammar", "blaming_verbs") and not is_passive(governor)
    if blamed and preposition.lower_ in words("grammar", "blaming_prepositions"):
        return next((child for child in governor.children if child.dep_ in ("dobj", "dative")), None)
    return passive_subject_of(governor) if is_passive(governor) else subject_of(governor, depth + 1)


def _named_in_clausal_subject(clausal: Token, verb: Token) -> Token | None:
    """Give whom a clause that stands as subject names (*What is left of the brigade has gone*)."""
    if clausal.lemma_.lower() in ("leave", "remain"):
        remaining = after_prepositions(clausal, ("of",))
        if remaining:
            return remaining[0]
    return next((child for child in clausal.children if child.dep_ == "dobj" and child.i < verb.i), None)


def _controls_by_object(verb: Token) -> bool:
    base = verb.lemma_.lower()
    return base in words("attribution", "object_control_verbs") or base in words(
        "grammar", "object_control_verbs"
    )


def coordinated_with(verb: Token) -> Token:
    """Give the verb to which *and* joins a verb: one told in the past is never joined to an infinitive."""
    head = verb.head
    while verb.tag_ == "VBD" and head.tag_ == "VB" and head.head != head:
        head = head.head
    return head


def objects_before(verb: Token, word: Token) -> Token | None:
    """Find the object that a word describes (*it left the palace nervous*), or None."""
    return next((child for child in verb.children if child.dep_ == "dobj" and child.i < word.i), None)


def passive_subject_of(verb: Token) -> Token | None:
    """Find whom a passive verb befell (*the soldiers were arrested*), or None."""
    own = [child for child in verb.children if child.dep_ in _PASSIVE_SUBJECTS]
    if own:
        return antecedent_of(own[0])
    if verb.dep_ in ("acl", "relcl") and verb.tag_ == "VBN" and not _has_auxiliary(verb):
        return verb.head
    if verb.dep_ == "amod" and verb.tag_ == "VBN":
        return verb.head
    if verb.dep_ == "conj" and is_passive(verb):
        return passive_subject_of(verb.head)
    if verb.dep_ == "xcomp" and is_passive(verb):
        return subject_of(verb)
    return None


def objects_of(verb: Token) -> list[Token]:
    """Give what a verb acts on: its objects, or in the passive its subject, with all that is joined to them."""
    found: list[Token] = []
    befallen = passive_subject_of(verb) if is_passive(verb) else None
    if befallen is not None:
        found += with_conjuncts(befallen)
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            found += with_conjuncts(child)
        elif child.dep_ == "ccomp" and child.tag_ == "VB":
            found += [item for item in child.children if item.dep_ == "nsubj" and item.i > verb.i]
    return found


def after_prepositions(word: Token, prepositions: tuple[str, ...] | None = None) -> list[Token]:
    """Give the nouns that prepositions tie to a word (*with the crowd*), of the named ones or of all."""
    found: list[Token] = []
    for child in word.children:
        if child.dep_ not in ("prep", "agent", "prt", "dative"):
            continue
        if prepositions is not None and child.lower_ not in prepositions:
            continue
        found += [other for item in child.children if item.dep_ == "pobj" for other in with_conjuncts(item)]
        for inner in child.children:
            if inner.dep_ == "prep":
                found += [
                    other for item in inner.children if item.dep_ == "pobj" for other in with_conjuncts(item)
                ]
    return found


def complements_of(word: Token) -> list[Token]:
    """Give the clauses that complete a word (*asked them to join*), with all that is joined to them."""
    found: list[Token] = []
    for child in word.children:
        if child.dep_ in (*_COMPLEMENTS, "acl", "advcl", "prt", "advmod", "npadvmod"):
            found += with_conjuncts(child)
        elif child.dep_ == "prep":
            found += [
                other for item in child.children if item.dep_ == "pcomp" for other in with_conjuncts(item)
            ]
    return found


def governors(token: Token) -> Iterator[tuple[Token, str]]:
    """Climb from a word to the root: each governor with the relation by which one hangs on it."""
    current = token
    while current.head != current:
        yield current.head, current.dep_
        current = current.head


def clause_heads(token: Token) -> list[Token]:
    """Give the heads of the clauses that a word stands in, the innermost first."""
    found = []
    current = token
    while True:
        clausal = current.dep_ in ("ccomp", "advcl", "relcl", "acl", "conj", "pcomp", "parataxis", "csubj")
        if current.head == current or (clausal and current.pos_ in ("VERB", "AUX")):
            found.append(current)
        if current.head == current:
            return found
        current = current.head


def is_negated(word: Token) -> bool:
    """Tell whether a verb is denied (*did not*, *never*, *no longer*) or its subject or object is *no* ..."""
    for child in word.children:
        if (child.dep_ == "neg" and not _says_not_only(child)) or child.lower_ in ("never", "hardly"):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and _is_none(child):
            return True
        if child.dep_ == "preconj" and child.lower_ == "neither":
            return True
        if child.dep_ == "advmod" and child.lower_ == "longer" and _is_none(child):
            return True
    if word.dep_ == "conj" and any(
        child.dep_ == "cc" and child.lower_ == "than" and child.i < word.i for child in word.head.children
    ):
        return True
    return any(child.dep_ == "det" and child.lower_ == "no" for child in word.children)


def is_undone(word: Token) -> bool:
    """Tell whether a deed is denied, by its own verb or by those above it (*did not begin to*, *failed to*, *without*).

    Two denials undo each other (*did not fail to arrest*).
    """
    undone = is_negated(word)
    for head, relation in governors(word):
        if relation in ("xcomp", "dobj", "ccomp") and _rules_out(head):
            return not undone
        if relation == "pcomp" and head.dep_ == "prep":
            return undone != (head.lower_ in words("grammar", "negating_prepositions"))
        if relation == "acl" and (
            head.lemma_.lower() in words("grammar", "negating_nouns") or _is_none(head)
        ):
            return not undone
        if relation != "xcomp":
            return undone
        base = head.lemma_.lower()
        negates = base in words("grammar", "negating_verbs") or head.lower_ in words(
            "grammar", "negating_adjectives"
        )
        if not negates and base not in words("attribution", "implicative_verbs"):
            return undone
        undone = undone != (negates != is_negated(head))
    return undone


def _rules_out(verb: Token) -> bool:
    return verb.lemma_.lower() == "rule" and any(child.lower_ == "out" for child in verb.children)


def is_called_for(word: Token) -> bool:
    """Tell a deed that is only demanded, ordered or allowed (*must be arrested*, *demands their arrest*)."""
    if word.pos_ in ("VERB", "AUX"):
        helping = [child for child in word.children if child.dep_ in ("aux", "auxpass")]
        words_before = {child.lower_ for child in helping}
        if not words_before.isdisjoint(words("grammar", "deontic_modals")) and "have" not in words_before:
            return True
        if word.dep_ == "ccomp" and "be" in words_before and words_before.isdisjoint(("to", "will", "would")):
            return not any(child.tag_ == "MD" for child in helping)
        if word.dep_ == "conj" and word.head.pos_ == "VERB" and not _own_subject(word):
            return is_called_for(word.head)
        if word.dep_ == "acl" and "to" in words_before:
            return word.head.lemma_.lower() in words("grammar", "aiming_nouns")
        to_do = word.dep_ in ("xcomp", "ccomp") and "to" in words_before
        return to_do and word.head.lemma_.lower() in words("grammar", "empowering_verbs")
    head, relation = word.head, word.dep_
    if relation == "pobj" and head.lower_ in ("for", "of"):
        head, relation = head.head, head.lower_
    base = head.lemma_.lower()
    if relation == "dobj":
        return base in words("grammar", "demanding_verbs")
    return relation == "for" and base in words("grammar", "calling_words")


def _own_subject(verb: Token) -> Token | None:
    """Give the subject nearest before the verb (a headline's kicker can stand before it as another)."""
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if not own and verb.tag_ == "VBZ":
        # The parser takes the subject of a headline for part of its verb (*Army splits*).
        own = [
            child for child in verb.children if child.dep_ in ("compound", "nmod") and child.i == verb.i - 1
        ]
    before = [child for child in own if child.i < verb.i]
    if not own and verb.tag_ == "VBD" and not is_passive(verb):
        dated = [item for item in after_prepositions(verb, ("in", "since")) if item.i < verb.i]
        before = [
            item
            for item in dated
            if any(child.dep_ == "nummod" and is_year(child) for child in item.children)
        ]
    return before[-1] if before else (own[0] if own else None)


def antecedent_of(subject: Token) -> Token:
    """Follow *who*, *which* and *that* to the noun that their clause describes."""
    if subject.tag_ in ("WP", "WDT") or subject.lower_ == "that":
        for governor, relation in governors(subject):
            if relation == "relcl":
                before = subject.nbor(-1) if subject.i > 0 else governor
                return before if before.pos_ == "PROPN" and governor.is_ancestor(before) else governor
    return subject


def _has_auxiliary(verb: Token) -> bool:
    return any(child.dep_ in ("aux", "auxpass") for child in verb.children)


def _is_none(word: Token) -> bool:
    if word.lower_ in ("none", "nobody", "nothing", "neither"):
        return True
    return any(child.lower_ in ("no", "neither") or _says_not_one(child) for child in word.children)


def _says_not_one(word: Token) -> bool:
    """Tell *not a single ...*, *not one ...* from *not all ...*, *not only ...*."""
    follows = word.i + 1 < len(word.doc) and word.nbor(1).lower_ in ("a", "one", "single", "any")
    return word.lower_ == "not" and follows


def _says_not_only(word: Token) -> bool:
    return word.i + 1 < len(word.doc) and word.nbor(1).lower_ in ("only", "just", "merely", "simply")
