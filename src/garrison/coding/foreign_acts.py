"""What a foreign agent does to the regime or to its opponents, where no row fits: told by the meaning of the verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.country_words import country_of_words
from garrison.coding.frame_table import Frame
from garrison.coding.plover_root import plover_root
from garrison.coding.roles import filler
from garrison.coding.tables import table, words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from garrison.coding.actors import Actor
    from garrison.coding.roles import Scene

_REGIME = ("GOV", "FORCES", "PRM")
_OPPONENTS = ("OPP", "DISSENT")


@dataclass(frozen=True, slots=True)
class ForeignAct:
    """One deed of an agent from abroad: its row, its verb, who does it and to whom."""

    frame: Frame
    verb: Token
    actor: Actor
    target: Actor | None


def foreign_acts(sentence: Span, scene: Scene, taken: set[int]) -> Iterator[ForeignAct]:
    """Find the verbs by which a foreign state or body acts on one of the two sides.

    Parameters
    ----------
    sentence
        A sentence of the scene's text.
    scene
        What is known of the text; only in texts about a crisis does help or pressure count.
    taken
        Tokens on which a row of the frame table already fits.

    Yields
    ------
    ForeignAct
        In the order of the verbs.
    """
    if not scene.in_crisis:
        return
    for verb in sentence:
        if verb.pos_ != "VERB" or verb.i in taken or clauses.is_negated(verb):
            continue
        if any(child.i in taken for child in verb.subtree) or _only_tells(verb):
            continue
        subject = clauses.subject_of(verb) if not clauses.is_passive(verb) else None
        if subject is None or subject.lower_ == "it" or not sentence.start <= subject.i < sentence.end:
            continue
        actor = filler(subject, ("FOREIGN",), scene)
        found = _acted_on(verb, subject, scene) if actor is not None else None
        if actor is None or found is None:
            continue
        word, target, side = found
        root = plover_root(sentence, _characters(subject), _characters(word))
        kind = _type_of().get((root or "", side))
        if kind is not None:
            yield ForeignAct(_row(kind), verb, actor, target)


def _only_tells(verb: Token) -> bool:
    """Tell a saying whose content is a claim of its own, and a mere name (*called them foreign agents*)."""
    base = verb.lemma_.lower()
    if base in words("attribution", "naming_verbs"):
        return True
    return base in words("attribution", "report_verbs") and any(
        child.dep_ in ("ccomp", "parataxis") for child in verb.children
    )


def _acted_on(verb: Token, subject: Token, scene: Scene) -> tuple[Token, Actor | None, str] | None:
    """Find on which side a deed falls: the opponents where they are named, else the regime or the country itself."""
    near = clauses.objects_of(verb) + clauses.after_prepositions(verb)
    near += [child for child in verb.children if child.dep_ == "dative"]
    for word in list(near):
        near += clauses.after_prepositions(word, ("of", "for", "to", "against", "on", "with", "in"))
        near += [child for child in word.children if child.dep_ in ("poss", "compound", "amod")]
    near = [word for word in near if word.i != subject.i and word.lower_ != "it"]
    for names, side in ((_OPPONENTS, "opponents"), (_REGIME, "regime")):
        for word in near:
            target = scene.actors.get(word.i)
            if target is not None and target.sector == "FOR":
                continue
            target = filler(word, names, scene)
            if target is not None:
                return word, target, side
    home = [word for word in near if country_of_words(scene.doc, [word], None) == scene.home is not None]
    return (home[0], None, "regime") if home else None


def _characters(word: Token) -> tuple[int, int]:
    return word.idx, word.idx + len(word)


@lru_cache(maxsize=1)
def _type_of() -> dict[tuple[str, str], str]:
    return {
        (root, side): kind
        for side, kinds in table("abroad")["types"].items()
        for kind, roots in kinds.items()
        for root in roots
    }


@lru_cache(maxsize=8)
def _row(kind: str) -> Frame:
    return Frame(type=kind, example="", kind="speech")
