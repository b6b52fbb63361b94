"""From grammar to types: which frame a verb or noun fits, who acted, on whom, and whether it is denied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.actors import FORCES, Actor
from garrison.coding.clause_conditions import clause_meets, covered_by, words_of_clause
from garrison.coding.country_words import country_of_words
from garrison.coding.force_on_civilians import is_force_on_civilians, stands_by_a_number
from garrison.coding.frame_table import Frame, belongs, frames
from garrison.coding.phrases import PhraseHit, phrases_in
from garrison.coding.roles import Scene, agent_of, done_by_another, noun_roles, verb_roles
from garrison.coding.tables import words
from garrison.coding.verbless_lines import lines_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# A row with this among its verbs is tried for every verb that tells something past, after all rows of the verb itself.
ANY = "ANY"
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
    covered: set[int] = set()
    for match in found:
        if match.frame.covers and match.trigger.i not in covered:
            covered |= covered_by(match.trigger)
    found = [match for match in found if match.trigger.i not in covered]
    told = {match.frame.type for match in found}
    for frame, actor, things in lines_of(sentence, scene):
        if frame.type not in told:
            found.append(Match(frame, things[-1], actor, None, negated=False, things=things))
    for match in found:
        completes = any(
            match.trigger in other.things for other in found if other is not match and not other.negated
        )
        if not completes and not any(_ends_in(match, other) for other in found):
            yield match
    yield from _remainder(sentence, scene, found, covered)


def _remainder(sentence: Span, scene: Scene, found: list[Match], covered: set[int]) -> Iterator[Match]:
    """Try the last rows on the clauses of which no other row has taken a word."""
    taken = {match.trigger.i for match in found} | {thing.i for match in found for thing in match.things}
    for match in _matches(sentence, scene, last=True):
        if match.trigger.i not in covered and taken.isdisjoint(words_of_clause(match.trigger)):
            yield match


def _ends_in(shots: Match, deaths: Match) -> bool:
    """Tell whether a clause beside shots names their dead (*opened fire, killing two*): the deaths are the claim."""
    if (shots.frame.type, deaths.frame.type) != (
        "REPRESSION",
        "REPRESSION_LETHAL",
    ) or shots.actor != deaths.actor:
        return False
    return shots.frame.plover_mode == "firearms" and deaths.trigger.head.i == shots.trigger.i


def _matches(sentence: Span, scene: Scene, *, last: bool = False) -> Iterator[Match]:
    table, used = frames(), set[int]()
    turns: dict[int, list[PhraseHit]] = {}
    for hit in () if last else phrases_in(sentence, scene):
        turns.setdefault(hit.trigger.i, []).append(hit)
    for token in sentence:
        speech = _speech_of(token)
        hits = turns.get(token.i, [])
        if (speech is None and not hits) or token.i in used:
            continue
        tried: list[tuple[Frame, PhraseHit | None]] = [
            (hit.frame, hit) for hit in hits if used.isdisjoint(word.i for word in hit.words)
        ]
        rows: list[Frame] = []
        for base in _bases(token):
            rows += [row for row in table.get((speech or "", base), ()) if row.last == last and row not in rows]
        if speech == "verb" and scene.in_crisis and not last:
            rows += [row for row in table.get(("verb", ANY), ()) if row not in rows]
        tried += [(row, None) for row in rows]
        types: set[str] = set()
        spent: set[int] = set()
        clause = _clause_words(token) if tried else set()
        for frame, turn in tried:
            match = _fit(frame, token, speech or "noun", scene, clause, turn)
            if match is None or frame.type in types or (types and ANY in frame.verbs):
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
    """Give the base forms that a word may have; the lemmatiser loses or adds a last letter (*staged*, *petered*)."""
    lemma = token.lemma_.lower()
    restored: tuple[str, ...] = ()
    if token.tag_ in ("VBD", "VBN", "VBG"):
        restored = (f"{lemma}e", lemma.removesuffix("e"), f"{lemma}{lemma[-1:]}")
    return tuple(dict.fromkeys((lemma, token.lower_, *restored)))


def _fit(
    frame: Frame, trigger: Token, speech: str, scene: Scene, clause: set[str], turn: PhraseHit | None
) -> Match | None:
    if ANY in frame.verbs and not _is_told(trigger):
        return None
    if frame.never and not clause.isdisjoint(frame.never):
        return None
    if frame.also and clause.isdisjoint(frame.also) and not _names_countries(frame.also, trigger, scene):
        return None
    if frame.beside and clause.isdisjoint(frame.beside):
        return None
    if _is_only_wanted(frame, trigger) or not _circumstances(frame, trigger, scene):
        return None
    if not clause_meets(frame, trigger):
        return None
    things = list(turn.words) if turn is not None else _things(frame, trigger, scene)
    if frame.things and not things and turn is None:
        return None
    negated = clauses.is_undone(trigger)
    if speech == "adjective" and trigger.dep_ in ("acomp", "oprd"):
        negated = negated or clauses.is_negated(trigger.head)
    if (frame.negation or frame.type == "NON_EVENT") and negated != (frame.negation == "required"):
        return None
    roles = _roles(frame, trigger, speech, scene, turn)
    if roles is None:
        return None
    return Match(frame, trigger, *roles, negated and frame.negation != "required", tuple(things))


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


def _is_only_wanted(frame: Frame, trigger: Token) -> bool:
    """Tell a deed that somebody only demands, orders or allows; a row of aims takes plans and attempts for deeds."""
    if frame.kind != "act" or not (frame.plover_mode or frame.count or frame.aimed or trigger.dep_ == "acl"):
        return False
    if (
        frame.aimed
        and trigger.dep_ == "acl"
        and trigger.head.lemma_.lower() not in words("grammar", "calling_words")
    ):
        return False
    return clauses.is_called_for(trigger)


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


def _circumstances(frame: Frame, trigger: Token, scene: Scene) -> bool:
    """Check what a row asks of the text around: a crisis, a modal verb, a speaker, a compound."""
    if frame.context and frame.context != "force" and not scene.in_crisis:
        return False
    if frame.verbless and trigger.dep_ != "ROOT":
        return False
    if frame.finite and trigger.dep_ == "acl" and trigger.tag_ == "VBG":
        return False
    if frame.counted and not stands_by_a_number(trigger):
        return False
    if frame.context == "forces" and not any(actor.sector in FORCES for actor in scene.actors.values()):
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


def _names_countries(also: tuple[str, ...], trigger: Token, scene: Scene) -> bool:
    if "FOREIGN" in also and any(_is_abroad(word, scene) for word in trigger.sent):
        return True
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
        if telling and word.dep_ == "ccomp" and (word.tag_ != "VB" or _is_asserted(word)):
            continue
        if frame.things_after and not _is_after(word, frame.things_after, trigger):
            continue
        if frame.things_done and clauses.is_negated(word):
            continue
        if (
            word.lemma_.lower() in frame.things
            or word.lower_ in frame.things
            or ("FOREIGN" in frame.things and word.dep_ in ("pobj", "dobj") and _is_abroad(word, scene))
        ):
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
