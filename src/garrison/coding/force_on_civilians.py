"""When a clause alone tells of a crisis: forces of the regime use force on civilians."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.actors import Actor
from garrison.coding.frame_table import Frame, group
from garrison.coding.roles import Scene
from garrison.coding.tables import limits, table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNCOUNTED = ("dozen", "score", "several", "hundreds", "thousands")


def is_force_on_civilians(
    frame: Frame, trigger: Token, roles: tuple[Actor | None, Actor | None], scene: Scene
) -> bool:
    """Tell whether a deed of the regime's forces falls on civilians, outside crime, accidents and war.

    Parameters
    ----------
    frame
        The row that fits.
    trigger
        The word of the deed.
    roles
        Who acted, on whom.
    scene
        What is known of the text.

    Returns
    -------
    bool
        True where the clause needs no other word of a crisis; the arrest of one person is enough only if he
        belongs to a party or another body, or if the text names unrest at least once.
    """
    actor, target = roles
    own = actor is not None and (group("FORCES").holds(actor) or actor.sector == "PRM")
    if not own or actor is None or actor.country not in (None, scene.home) or _is_ordinary(trigger):
        return False
    struck = [scene.doc[target.head]] if target is not None else _struck(trigger)
    if frame.plover_mode == "arrest" and target is not None and _names_unrest(scene):
        return target.sector == "CVL" or group("CIVIL").holds(target)
    if frame.plover_mode == "arrest":
        struck = [
            word for word in struck if word.tag_ in ("NNS", "NNPS") or word.like_num or _is_public(word)
        ]
    return any(_is_civilian(word, scene) for word in struck)


def stands_by_a_number(trigger: Token) -> bool:
    """Tell whether a number stands beside a word or its subject (*83 dead*, *Killed: 47*, *two students dead*)."""
    near = limits()["number_beside"]
    start, end = max(trigger.sent.start, trigger.i - near), min(trigger.sent.end, trigger.i + near)
    subjects = [child for child in trigger.children if child.dep_ in ("nsubj", "nsubjpass", "nummod", "attr")]
    around = [*trigger.doc[start:end], *(child for word in subjects for child in [word, *word.children])]
    return any(word.like_num or word.lemma_.lower() in _UNCOUNTED for word in around)


def _names_unrest(scene: Scene) -> bool:
    """Tell a text with one weak sign of unrest, too little to make it one about a crisis."""
    signs = words("attribution", "crisis_signs") | words("unrest", "signs") | words("unrest", "plain")
    return any(token.lemma_.lower() in signs for token in scene.doc)


def _is_ordinary(trigger: Token) -> bool:
    """Tell a sentence of crime, accident or war against armed groups."""
    lists = table("groups")["list"]
    said = {word.lower_ for word in trigger.sent}
    return any(not said.isdisjoint(lists[name]) for name in ("CRIME", "ACCIDENT", "INSURGENCY"))


def _struck(trigger: Token) -> list[Token]:
    """Give those at whom a deed is aimed (*opened fire on residents*)."""
    found = clauses.objects_of(trigger)
    for word in (trigger, *found):
        found = found + clauses.after_prepositions(word, ("on", "at", "into", "against", "upon", "among"))
    return found


def _is_public(word: Token) -> bool:
    """Tell somebody of a party, a union or another body (*the committee's president*): no arrest for mere crime."""
    public = words("unrest", "politics") | words("grammar", "bodies")
    return any(token.lemma_.lower() in public for token in word.subtree)


def _is_civilian(word: Token, scene: Scene) -> bool:
    actor = scene.actors.get(word.i)
    if actor is not None:
        return group("CIVIL").holds(actor)
    lemma = word.lemma_.lower()
    kind_of_place = {lemma, *(child.lower_ for child in word.children if child.dep_ == "compound")}
    if not kind_of_place.isdisjoint(words("unrest", "civilian_places")):
        return True
    counted = word.like_num and word.pos_ == "NUM"
    return (
        counted
        or _is_public(word)
        or any(lemma in group(name).words for name in ("PERSON", "MOB", "PRISONERS", "POLITICAL"))
    )
