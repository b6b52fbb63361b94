"""From grammar to types: which frame a verb or noun fits, who acted, on whom, and whether it is denied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.absence import ABSENCE, absences, is_told
from garrison.coding.actors import FORCES, Actor
from garrison.coding.country_words import country_of_words
from garrison.coding.foreign_acts import foreign_acts
from garrison.coding.frame_table import Frame, belongs, frames
from garrison.coding.roles import Scene, done_by_another, noun_roles, verb_roles
from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SPEECH = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective", "PROPN": "noun"}


@dataclass(frozen=True)
class Match:
    """One frame that fits: its trigger, who acted, on whom, the words that decided, and whether it is denied."""

    frame: Frame
    trigger: Token
    actor: Actor | None
    target: Actor | None
    negated: bool
    things: tuple[Token, ...] = field(default=())


def match_sentence(sentence: Span, scene: Scene) -> Iterator[Match]:
    """Find every frame that a sentence fits, each trigger with the first row that it fits.

    Parameters
    ----------
    sentence
        A sentence of the scene's text.
    scene
        What is known of the text.

    Yields
    ------
    Match
        In the order of the triggers; a word that completes one frame (*urged them to join*) opens no other.
    """
    found = list(_matches(sentence, scene))
    for match in found:
        if not any(_ends_in(match, other) for other in found):
            yield match
    taken = _taken(found)
    for act in foreign_acts(sentence, scene, taken):
        yield Match(act.frame, act.verb, act.actor, act.target, False)
    for trigger, subject in absences(sentence, scene, taken):
        actor = scene.actors.get(subject.i) if subject is not None else None
        yield Match(ABSENCE, trigger, actor, None, False)


def _taken(found: list[Match]) -> set[int]:
    """Give the words on which frames fit: their triggers, and the verbs of which a noun of theirs is the object."""
    taken: set[int] = set()
    for match in found:
        taken.add(match.trigger.i)
        if match.trigger.pos_ not in ("VERB", "AUX"):
            verb = next(
                (head for head, _ in clauses.governors(match.trigger) if head.pos_ in ("VERB", "AUX")), None
            )
            taken |= {verb.i} if verb is not None else set()
    return taken


def _ends_in(shots: Match, deaths: Match) -> bool:
    """Tell whether a clause beside shots names their dead (*opened fire, killing two*): the deaths are the claim."""
    if (shots.frame.type, deaths.frame.type) != (
        "REPRESSION",
        "REPRESSION_LETHAL",
    ) or shots.actor != deaths.actor:
        return False
    return shots.frame.plover_mode == "firearms" and deaths.trigger.head.i == shots.trigger.i


def _matches(sentence: Span, scene: Scene) -> Iterator[Match]:
    table, used = frames(), set()
    for token in sentence:
        speech = _speech_of(token)
        if speech is None or token.i in used:
            continue
        tried: list[Frame] = []
        for base in _bases(token):
            tried += [row for row in table.get((speech, base), ()) if row not in tried]
        types: set[str] = set()
        spent: set[int] = set()
        clause = _clause_words(token) if tried else set()
        for frame in tried:
            match = _fit(frame, token, speech, scene, clause)
            if match is None or frame.type in types:
                continue
            decided = {thing.i for thing in match.things}
            if types and (not decided or not spent or decided & spent):
                continue
            types.add(frame.type)
            spent |= decided
            used |= decided
            yield match


def _speech_of(token: Token) -> str | None:
    """Tell as what a word opens frames: a gerund with an article or a compound is a noun (*the police firing*)."""
    as_noun = token.tag_ == "VBG" and token.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass", "attr", "conj")
    if as_noun and any(
        child.dep_ in ("compound", "det", "poss", "nmod") and child.i < token.i for child in token.children
    ):
        return "noun"
    joined_to_verb = token.dep_ == "conj" and token.head.pos_ == "VERB"
    return "verb" if joined_to_verb else _SPEECH.get(token.pos_)


def _bases(token: Token) -> tuple[str, ...]:
    """Give the base forms that a word may have; the parser's lemmatiser loses a final e (*staged*, *waging*)."""
    lemma = token.lemma_.lower()
    restored = (f"{lemma}e",) if token.tag_ in ("VBD", "VBN", "VBG") else ()
    return tuple(dict.fromkeys((lemma, token.lower_, *restored)))


def _fit(frame: Frame, trigger: Token, speech: str, scene: Scene, clause: set[str]) -> Match | None:
    if frame.never and not clause.isdisjoint(frame.never):
        return None
    if frame.also and clause.isdisjoint(frame.also) and not _names_home(frame.also, trigger, scene):
        return None
    if (
        frame.kind == "act"
        and (frame.plover_mode or frame.count or trigger.dep_ == "acl")
        and clauses.is_called_for(trigger)
    ):
        return None
    if not _circumstances(frame, trigger, scene) or (frame.type == "NON_EVENT" and not is_told(trigger)):
        return None
    things = _things(frame, trigger, scene)
    if frame.things and not things:
        return None
    negated = clauses.is_undone(trigger)
    if (frame.negation == "required" or frame.type == "NON_EVENT") and negated != (
        frame.negation == "required"
    ):
        return None
    if speech == "noun":
        actor, target = noun_roles(frame, trigger, scene)
    else:
        actor, target = verb_roles(frame, trigger, scene)
    if frame.no_actor:
        actor = None
    elif (
        actor is None and frame.actor_optional and speech == "verb" and done_by_another(frame, trigger, scene)
    ) or (frame.actor_sectors and actor is None and not frame.actor_optional):
        return None
    if frame.transitive and target is None:
        return None
    return Match(frame, trigger, actor, target, negated and frame.negation != "required", tuple(things))


def _circumstances(frame: Frame, trigger: Token, scene: Scene) -> bool:
    """Check what a row asks of the text around: a crisis, a modal verb, a speaker, a compound."""
    if frame.context:
        of_forces = frame.context != "crisis" and any(
            actor.sector in FORCES for actor in scene.actors.values()
        )
        tense = scene.in_crisis or (of_forces and frame.context == "crisis or forces")
        if not tense or (frame.context == "forces" and not of_forces):
            return False
    if frame.modal and not any(child.lower_ in frame.modal.split() for child in trigger.children):
        return False
    if frame.compound and not any(child.lower_ in frame.compound for child in trigger.children):
        return False
    if frame.attributed_to:
        speaker = scene.speaker(trigger)
        if speaker is None or not belongs(speaker, frame.attributed_to):
            return False
    if frame.things_subject:
        subject = clauses.subject_of(trigger)
        if subject is None or subject.lemma_.lower() not in frame.things_subject:
            return False
    if frame.grievance and trigger.dep_ == "conj" and trigger.head.lemma_.lower() in frame.nouns:
        return False
    return not frame.occurring or _occurs(trigger)


def _occurs(noun: Token) -> bool:
    """Tell whether a noun of protest is said to take place, not merely mentioned."""
    head = noun.head
    if any(child.dep_ == "relcl" and child.lemma_.lower() == "be" for child in noun.children):
        return True
    if noun.dep_ == "ROOT":
        return True
    if noun.dep_ == "pobj" and head.lower_ == "of":
        measure = head.head.lemma_.lower()
        return measure in words("attribution", "occurrence_measures") or measure in words(
            "grammar", "deed_measures"
        )
    if noun.dep_ == "pobj":
        return head.lower_ in words("attribution", "occurrence_prepositions")
    if noun.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "conj"):
        verb = head if noun.dep_ != "conj" else head.head
        said = {
            verb.lemma_.lower(),
            *(child.lemma_.lower() for child in verb.children if child.dep_ == "xcomp"),
        }
        return not said.isdisjoint(words("attribution", "occurrence_verbs") | words("grammar", "deed_verbs"))
    return False


def _clause_words(trigger: Token) -> set[str]:
    found: set[str] = set()
    for token in trigger.subtree:
        found.update((token.lower_, token.lemma_.lower()))
    head = trigger.head
    for token in [*head.children, head] if trigger.dep_ != "ROOT" else []:
        found.update((token.lower_, token.lemma_.lower()))
    subject = clauses.subject_of(trigger)
    if subject is not None:
        found.update(token.lower_ for token in subject.children)
    return found


def _names_home(also: tuple[str, ...], trigger: Token, scene: Scene) -> bool:
    if "HOME" not in also or scene.home is None:
        return False
    return any(country_of_words(scene.doc, [token], None) == scene.home for token in trigger.sent)


def _things(frame: Frame, trigger: Token, scene: Scene) -> list[Token]:
    """Find the deciding words near a trigger: objects, prepositions, complements, modifiers."""
    if not frame.things:
        return []
    near = clauses.objects_of(trigger) + clauses.after_prepositions(trigger) + clauses.complements_of(trigger)
    if trigger.lemma_.lower() == "be":
        near = [word for word in near if word.dep_ != "advcl"]
    near += [
        child for child in trigger.children if child.dep_ in ("amod", "compound", "prep", "nsubj", "prt")
    ]
    for word in list(near):
        near += clauses.after_prepositions(word) + [
            child
            for child in word.children
            if child.dep_ in ("compound", "amod", "acomp", "attr", "oprd", "dobj", "acl")
        ]
    befallen = clauses.passive_subject_of(trigger)
    subject = clauses.subject_of(trigger)
    near += [word for word in (befallen, subject) if word is not None]
    found: dict[int, Token] = {}
    telling = trigger.lemma_.lower() in ("tell", "warn")
    for word in near:
        if telling and word.dep_ == "ccomp" and word.tag_ != "VB":
            continue
        if frame.things_after and not _is_after(word, frame.things_after, trigger):
            continue
        if word.lemma_.lower() in frame.things or word.lower_ in frame.things:
            found[word.i] = word
        elif "FOREIGN" in frame.things and word.dep_ == "pobj":
            country = country_of_words(scene.doc, [word], scene.home)
            if country is not None and country != scene.home:
                found[word.i] = word
    return [found[index] for index in sorted(found)]


def _is_after(word: Token, prepositions: tuple[str, ...], trigger: Token) -> bool:
    """Tell whether a preposition of the trigger governs a word, also from behind its object."""
    before = word.head
    tied = before.head == trigger or before.head.head == trigger
    return word.dep_ == "pobj" and before.lower_ in prepositions and tied
