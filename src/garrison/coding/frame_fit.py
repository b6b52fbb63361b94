"""Whether a row of the frame table fits a word: its circumstances, the words around, who acts and on whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.absence import is_told
from garrison.coding.actors import Actor
from garrison.coding.clause_conditions import clause_meets
from garrison.coding.country_words import country_of_words
from garrison.coding.force_on_civilians import is_force_on_civilians, stands_by_a_number
from garrison.coding.frame_table import Frame, belongs
from garrison.coding.phrases import PhraseHit
from garrison.coding.roles import Scene, agent_of, done_by_another, noun_roles, verb_roles
from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Token


# A row with this among its verbs is tried for every verb that tells something past, after all rows of the verb itself.
ANY = "ANY"


@dataclass(frozen=True)
class Match:
    """One frame that fits: its trigger, who acted, on whom, the words that decided, and whether it is denied."""

    frame: Frame
    trigger: Token
    actor: Actor | None
    target: Actor | None
    negated: bool
    things: tuple[Token, ...] = field(default=())


class Opening:
    """A word that may open frames, with what many rows ask of it; each is found out once.

    Parameters
    ----------
    trigger
        The verb, noun or adjective.
    speech
        As what it is tried: verb, noun or adjective.
    """

    def __init__(self, trigger: Token, speech: str) -> None:
        self.trigger = trigger
        self.speech = speech

    @cached_property
    def clause(self) -> set[str]:
        """The words of its clause, as written and in base form."""
        return clause_words(self.trigger)

    @cached_property
    def near(self) -> list[Token]:
        """The words among which a row's deciding words must stand."""
        return _near(self.trigger)

    @cached_property
    def is_undone(self) -> bool:
        """Whether it is denied, by its own verb or by those above it."""
        undone = clauses.is_undone(self.trigger)
        if self.speech == "adjective" and self.trigger.dep_ in ("acomp", "oprd"):
            return undone or clauses.is_negated(self.trigger.head)
        return undone

    @cached_property
    def is_told(self) -> bool:
        """Whether it is asserted: neither supposed, asked, bidden nor denied."""
        return is_told(self.trigger)

    @cached_property
    def is_called_for(self) -> bool:
        """Whether somebody only demands, orders or allows it."""
        return clauses.is_called_for(self.trigger)

    @cached_property
    def tells_something_past(self) -> bool:
        """Whether it is a finite verb of what is over or has been."""
        return _is_told(self.trigger)


def fit(frame: Frame, opening: Opening, scene: Scene, turn: PhraseHit | None) -> Match | None:
    """Try one row on one word.

    Parameters
    ----------
    frame
        The row.
    opening
        The word that may open it.
    scene
        What is known of the text.
    turn
        The turn of phrase that opens the row, if it is one.

    Returns
    -------
    Match or None
        None where anything that the row asks for is missing.
    """
    trigger, clause = opening.trigger, opening.clause
    if ANY in frame.verbs and not opening.tells_something_past:
        return None
    if frame.never and not clause.isdisjoint(frame.never):
        return None
    if frame.beside and clause.isdisjoint(frame.beside):
        return None
    if frame.also and clause.isdisjoint(frame.also) and not _names_countries(frame.also, trigger, scene):
        return None
    if (frame.negation or frame.type == "NON_EVENT") and opening.is_undone != (frame.negation == "required"):
        return None
    things = list(turn.words) if turn is not None else _things(frame, opening, scene)
    if frame.things and not things and turn is None:
        return None
    if _is_only_wanted(frame, opening) or not _circumstances(frame, trigger, scene):
        return None
    if frame.type == "NON_EVENT" and not opening.is_told:
        return None
    if not clause_meets(frame, trigger):
        return None
    roles = _roles(frame, trigger, opening.speech, scene, turn)
    if roles is None:
        return None
    return Match(frame, trigger, *roles, opening.is_undone and frame.negation != "required", tuple(things))


def _roles(
    frame: Frame, trigger: Token, speech: str, scene: Scene, turn: PhraseHit | None
) -> tuple[Actor | None, Actor | None] | None:
    """Find who acts and on whom; None where somebody whom the row asks for is missing or somebody else acts."""
    if turn is not None and (turn.actor or turn.target):
        found = [agent_of(*place, scene) if place else None for place in (turn.actor, turn.target)]
        missing = (turn.actor and found[0] is None) or (turn.target and found[1] is None)
        return None if missing else (found[0], found[1])
    tell = noun_roles if speech == "noun" else verb_roles
    actor, target = tell(frame, trigger, scene)
    if frame.no_actor:
        actor = None
    elif (
        actor is None
        and frame.actor_optional
        and turn is None
        and speech == "verb"
        and done_by_another(frame, trigger, scene)
    ) or (frame.actor_sectors and actor is None and not frame.actor_optional):
        return None
    if frame.transitive and target is None:
        return None
    if frame.actor_named and (actor is None or not _is_named(actor, frame.actor_named, scene)):
        return None
    if frame.own_word and not _says_of_itself(actor, trigger, scene):
        return None
    if (
        frame.context == "force"
        and not scene.in_crisis
        and not is_force_on_civilians(frame, trigger, (actor, target), scene)
    ):
        return None
    return actor, target


def _is_only_wanted(frame: Frame, opening: Opening) -> bool:
    """Tell a deed that somebody only demands, orders or allows; a row of aims takes plans and attempts for deeds."""
    trigger = opening.trigger
    if frame.kind != "act" or not (frame.plover_mode or frame.count or frame.aimed or trigger.dep_ == "acl"):
        return False
    if (
        frame.aimed
        and trigger.dep_ == "acl"
        and trigger.head.lemma_.lower() not in words("grammar", "calling_words")
    ):
        return False
    return opening.is_called_for


def _is_told(verb: Token) -> bool:
    """Tell a verb of a telling from one of a wish or a plan: finite, in the past or the perfect, no *be* or *have*."""
    if verb.pos_ != "VERB" or verb.dep_ not in ("ROOT", "conj", "ccomp", "parataxis", "relcl", "advcl"):
        return False
    helping = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.tag_ in ("MD", "TO") for child in helping):
        return False
    past = verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in helping)
    return past or any(child.lemma_.lower() == "have" for child in helping)


def _is_named(actor: Actor, names: tuple[str, ...], scene: Scene) -> bool:
    said = set(f"{actor.text} {actor.title}".lower().split())
    said |= {child.lower_ for child in scene.doc[actor.head].children}
    return not said.isdisjoint(names)


def _says_of_itself(actor: Actor | None, trigger: Token, scene: Scene) -> bool:
    """Tell whether who acts tells it (*the navy said that it stood*), or tells it of its own (*his men would stay*)."""
    speaker = scene.speaker(trigger) or _speaker_in_statement(trigger, scene)
    if actor is None or speaker is None or not belongs(speaker, ("FORCES",)):
        return False
    if speaker.head == actor.head or speaker.text == actor.text:
        return True
    if actor.number == "body" and actor.sector == speaker.sector:
        return True
    subject = clauses.subject_of(trigger)
    if subject is not None and subject.tag_ == "PRP":
        return True
    return subject is not None and any(
        child.dep_ == "poss" and child.lower_ in words("grammar", "owning") for child in subject.children
    )


def _speaker_in_statement(trigger: Token, scene: Scene) -> Actor | None:
    """Give who says that something happened, by a rarer verb, or in a video to which the parser ties the clause."""
    above = trigger.head
    if trigger.dep_ in ("relcl", "acl") and above.lemma_.lower() in words("grammar", "statement_nouns"):
        verb = above.head.head if above.dep_ == "pobj" else above.head
    elif trigger.dep_ == "ccomp" and above.pos_ == "VERB":
        verb = above
    else:
        return None
    subject = clauses.subject_of(verb)
    return scene.actors.get(subject.i) if subject is not None else None


def _has_context(frame: Frame, scene: Scene) -> bool:
    """Tell whether a text is about what a row asks for; of force the clause itself must tell, which is seen later."""
    if frame.context == "force":
        return True
    if frame.context == "forces":
        return scene.in_crisis and scene.names_forces
    return scene.in_crisis or (frame.context == "crisis or forces" and scene.names_forces)


def _circumstances(frame: Frame, trigger: Token, scene: Scene) -> bool:
    """Check what a row asks of the text around: a crisis, a modal verb, a speaker, a compound."""
    if frame.context and not _has_context(frame, scene):
        return False
    if frame.verbless and trigger.dep_ != "ROOT":
        return False
    if frame.finite and trigger.dep_ == "acl" and trigger.tag_ == "VBG":
        return False
    if frame.counted and not stands_by_a_number(trigger):
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
        subject = clauses.subject_of(trigger) or clauses.passive_subject_of(trigger)
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


def clause_words(trigger: Token) -> set[str]:
    """Give the words of a clause, as written and in base form: the trigger's own, and those beside it."""
    found: set[str] = set()
    for token in trigger.subtree:
        found.update((token.lower_, token.lemma_.lower()))
    head = trigger.head
    for token in [*head.children, head] if trigger.dep_ != "ROOT" else []:
        found.update((token.lower_, token.lemma_.lower()))
    if (
        trigger.dep_ == "ccomp"
        and head.pos_ == "VERB"
        and head.lemma_.lower() in words("attribution", "report_verbs")
    ):
        found.update(token.lower_ for token in clauses.after_prepositions(head, ("in", "on")))
    if trigger.dep_ == "pcomp":
        found.update((head.head.lower_, head.head.lemma_.lower()))
    subject = clauses.subject_of(trigger)
    if subject is not None:
        found.update(token.lower_ for token in subject.children)
    return found


def _names_countries(also: frozenset[str], trigger: Token, scene: Scene) -> bool:
    """Tell whether the sentence names a country abroad, or the text's own, where a row asks for one."""
    asked = [name for name in ("FOREIGN", "HOME") if name in also]
    if not asked:
        return False
    sentence = trigger.sent
    known: dict[tuple[str, int], bool] = scene.doc.user_data.setdefault("countries_named", {})
    for name in asked:
        if (name, sentence.start) not in known:
            known[name, sentence.start] = any(
                _is_abroad(word, scene)
                if name == "FOREIGN"
                else scene.home is not None and country_of_words(scene.doc, [word], None) == scene.home
                for word in sentence
            )
    return any(known[name, sentence.start] for name in asked)


def _near(trigger: Token) -> list[Token]:
    """Give the words near a trigger: its objects, prepositions, complements and modifiers, and theirs."""
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
    return near + [word for word in (befallen, subject) if word is not None]


def _things(frame: Frame, opening: Opening, scene: Scene) -> list[Token]:
    """Find the deciding words of a row near a trigger."""
    if not frame.things:
        return []
    trigger = opening.trigger
    found: dict[int, Token] = {}
    telling = trigger.lemma_.lower() in ("tell", "warn")
    for word in opening.near:
        if not (
            word.lemma_.lower() in frame.things
            or word.lower_ in frame.things
            or ("FOREIGN" in frame.things and word.dep_ in ("pobj", "dobj") and _is_abroad(word, scene))
        ):
            continue
        if telling and word.dep_ == "ccomp" and (word.tag_ != "VB" or _is_asserted(word)):
            continue
        if frame.things_after and not _is_after(word, frame.things_after, trigger):
            continue
        if not (frame.things_done and clauses.is_negated(word)):
            found[word.i] = word
    return [found[index] for index in sorted(found)]


def _is_asserted(clause: Token) -> bool:
    return any(child.tag_ == "MD" for child in clause.children)


def _is_abroad(word: Token, scene: Scene) -> bool:
    country = country_of_words(scene.doc, [word], scene.home)
    country = country or country_of_words(scene.doc, [word], scene.home, whole=True)
    return country is not None and country != scene.home


def _is_after(word: Token, prepositions: tuple[str, ...], trigger: Token) -> bool:
    """Tell whether a preposition of the trigger governs a word, also from behind its object."""
    before = word.head
    tied = before.head == trigger or before.head.head == trigger
    return word.dep_ == "pobj" and before.lower_ in prepositions and tied
