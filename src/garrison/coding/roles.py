"""Who stands in which role of a frame: the words at its positions, and the agents that they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.actors import FORCES, Actor
from garrison.coding.coreference import antecedent, points_back
from garrison.coding.country_words import names_a_country
from garrison.coding.frame_table import Frame, belongs, group
from garrison.coding.from_abroad import is_from_abroad
from garrison.coding.means import doers_by_means
from garrison.coding.noun_phrases import noun_phrase, phrase_text
from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


# Where the owner of a subject stands (*the loyalty of the army crumbles*).
_OWNERS = ("of", "in", "within", "among", "between", "poss", "compound", "amod")


@dataclass(frozen=True)
class Scene:
    """What the matcher knows of a text: its agents and sentences, its country, who speaks where."""

    doc: Doc
    actors: dict[int, Actor]
    sentences: list[Span]
    home: str | None
    in_crisis: bool
    speaker: Callable[[Token], Actor | None]

    @cached_property
    def names_forces(self) -> bool:
        """Whether soldiers, guards, police or agents are named anywhere in the text."""
        return any(actor.sector in FORCES for actor in self.actors.values())

    @cached_property
    def has_capitals(self) -> bool:
        """Whether sentences begin with capitals; in small letters throughout, names and tags are guesses."""
        letters = [
            next((token.text for token in sentence if token.is_alpha), "") for sentence in self.sentences
        ]
        begun = [text for text in letters if text]
        return 2 * sum(text[0].isupper() for text in begun) >= len(begun)


def verb_roles(frame: Frame, verb: Token, scene: Scene) -> tuple[Actor | None, Actor | None]:
    """Find who acts and who is acted on in the clause of a verb.

    Parameters
    ----------
    frame
        The row that is tried; it names the positions and the groups.
    verb
        The trigger.
    scene
        What is known of the text.

    Returns
    -------
    tuple
        The agent and the one acted on; None where nobody fits.
    """
    target = _first(_at(verb, frame.target), frame.target_sectors, scene) if frame.transitive else None
    if target is not None and "subject" not in frame.target and _is_own_subject(verb, target):
        # "The guards were forced to arrest them": they are not the guards.
        target = None
    actor = scene.speaker(verb) if frame.actor == ("speaker",) else None
    for candidate in _at(verb, frame.actor, not frame.transitive):
        if target is not None and candidate.i == target.head and frame.target == ("object",):
            continue
        actor = filler(candidate, frame.actor_sectors, scene)
        if actor is not None:
            break
    if not frame.transitive and frame.kind == "speech" and target is None:
        target = _first(_at(verb, ("object", "on", "to", "against")), ("GOV", "FORCES", "CIVIL"), scene)
    return actor, target


def agent_of(word: Token, names: tuple[str, ...], scene: Scene) -> Actor | None:
    """Tell which agent of some groups a word is, or points back to; None if it is none.

    Parameters
    ----------
    word
        A noun or pronoun.
    names
        Groups of `tables/groups.toml`, or sectors.
    scene
        What is known of the text.
    """
    return filler(word, names, scene)


def done_by_another(frame: Frame, verb: Token, scene: Scene) -> bool:
    """Tell whether a clause names an agent whom the row does not allow (*protesters captured two soldiers*)."""
    if not frame.actor_sectors or "object" in frame.actor:
        return False
    for word in _at(verb, frame.actor):
        actor = scene.actors.get(word.i)
        if _is_disguised(word):
            continue
        private = actor is None and word.lemma_.lower() in group("PERSON").words
        if private or (actor is not None and not belongs(actor, frame.actor_sectors)):
            return True
    return False


def _is_disguised(word: Token) -> bool:
    """Tell men whom their clothes or arms give away as somebody's (*plain-clothes men*, *masked men*)."""
    return any(child.lower_ in words("grammar", "disguises") for child in word.children)


def _at(verb: Token, positions: tuple[str, ...], intransitive: bool = False) -> list[Token]:
    """Give the words that stand at some positions of a verb."""
    found: list[Token] = []
    for position in positions:
        if position == "subject":
            subject = (
                clauses.passive_subject_of(verb) if clauses.is_passive(verb) else clauses.subject_of(verb)
            )
            befallen = clauses.is_passive(verb) and "object" not in positions and "by" in positions
            if subject is not None and (not befallen or (intransitive and clauses.is_reduced(verb))):
                found += clauses.with_conjuncts(subject)
                if verb.dep_ in ("acl", "relcl") and subject == verb.head and subject.dep_ == "pobj":
                    # "Militias in rented cars shooting at us": the cars do not shoot.
                    found.append(subject.head.head)
        elif position == "object":
            found += clauses.objects_of(verb)
        elif position == "means":
            found += doers_by_means(verb)
        elif position == "poss":
            owned = [child for item in clauses.objects_of(verb) for child in item.children]
            found += [child for child in owned if child.dep_ in ("poss", "compound", "nmod")]
        elif position == "owner":
            owned_by = clauses.passive_subject_of(verb) or clauses.subject_of(verb)
            found += _around(owned_by, _OWNERS) if owned_by is not None else []
        elif position == "dative":
            found += [child for child in verb.children if child.dep_ == "dative"]
        elif position == "by":
            passive = clauses.is_passive(verb)
            # "Were attacked or burned by police": the last verb has the agent of all.
            joined = [
                child
                for child in verb.children
                if child.dep_ == "conj"
                and child.tag_ == "VBN"
                and not any(own.dep_ in ("nsubj", "nsubjpass", "auxpass") for own in child.children)
            ]
            agents = [
                child
                for word in (verb, *(joined if passive else ()))
                for child in word.children
                if child.dep_ == "agent" or (passive and child.lower_ == "by")
            ]
            found += [item for agent in agents for item in agent.children if item.dep_ == "pobj"]
        else:
            found += clauses.after_prepositions(verb, (position,))
            for item in clauses.objects_of(verb):
                found += clauses.after_prepositions(item, (position,))
            if any(child.dep_ == "prt" and child.lower_ == position for child in verb.children):
                found += [child for child in verb.children if child.dep_ == "dobj"]
    return found


def noun_roles(frame: Frame, noun: Token, scene: Scene) -> tuple[Actor | None, Actor | None]:
    """Find who acts and who is acted on around a noun (*the arrest of nine soldiers by the police*).

    Parameters
    ----------
    frame
        The row that is tried.
    noun
        The trigger.
    scene
        What is known of the text.

    Returns
    -------
    tuple
        The agent and the one acted on; None where nobody fits.
    """
    positions = frame.noun_actor if frame.transitive else (*frame.noun_actor, "of", "between")
    actor = _first(_around(noun, positions), frame.actor_sectors, scene)
    target = _first(_around(noun, frame.noun_target), frame.target_sectors, scene)
    if actor is None and noun.dep_ in ("dobj", "pobj", "attr", "nsubjpass", "conj") and frame.actor_sectors:
        verb = next((head for head, _ in clauses.governors(noun) if head.pos_ in ("VERB", "AUX")), None)
        if verb is not None and verb.lemma_.lower() in words("grammar", "doing_verbs"):
            actor = _first(_at(verb, ("subject", "by")), frame.actor_sectors, scene)
    if actor is None and noun.dep_ == "pobj" and noun.head.lower_ in words("grammar", "blaming_prepositions"):
        # "They criticised the police for their inaction": it is the inaction of those who are criticised.
        verb = noun.head.head
        if verb.lemma_.lower() in words("grammar", "blaming_verbs"):
            actor = _first(clauses.objects_of(verb), frame.actor_sectors, scene)
    return actor, target


def _around(noun: Token, positions: tuple[str, ...]) -> list[Token]:
    found: list[Token] = []
    for position in positions:
        if position in ("poss", "compound", "amod"):
            found += [child for child in noun.children if child.dep_ in (position, "nmod")]
        elif position == "means":
            found += doers_by_means(noun)
        else:
            found += clauses.after_prepositions(noun, (position,))
            if noun.dep_ in ("dobj", "attr", "nsubjpass", "pobj") and position in ("by", "from", "against"):
                found += _behind(noun, position)
    return found


def _behind(noun: Token, preposition: str) -> list[Token]:
    """Give what a preposition right behind a noun governs, where the parser ties it to the verb above."""
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    next_to = [child for child in above.children if child.dep_ == "prep" and child.i == noun.right_edge.i + 1]
    return [
        item
        for child in next_to
        if child.lower_ == preposition
        for item in child.children
        if item.dep_ == "pobj"
    ]


def _first(candidates: list[Token], sectors: tuple[str, ...], scene: Scene) -> Actor | None:
    """Give the first agent among some words that fits, the groups tried in the order of the row."""
    groups: list[tuple[str, ...]] = [(name,) for name in sectors]
    for asked in groups or [()]:
        for candidate in candidates:
            actor = filler(candidate, asked, scene)
            if actor is not None:
                return actor
    return None


def filler(token: Token, sectors: tuple[str, ...], scene: Scene) -> Actor | None:
    """Tell which agent a word is, if it is one that a row asks for.

    Parameters
    ----------
    token
        Head noun, name or pronoun.
    sectors
        Sectors and groups of `groups.toml`, one of which it must be; any agent where there are none.
    scene
        What is known of the text.

    Returns
    -------
    Actor or None
        A known agent, whom a pronoun means, or one that a word of a group stands for.
    """
    actor = scene.actors.get(token.i)
    if "FOREIGN" in sectors and (actor is None or not belongs(actor, sectors)):
        from_abroad = _from_abroad(token, scene)
        if from_abroad is not None:
            return from_abroad
    if actor is not None and belongs(actor, sectors):
        of_state = actor.sector == "GOV" and any(group(name).heads_state for name in sectors)
        return None if of_state and _heads_something_else(token, scene) else actor
    stands = [group(name) for name in sectors if token.lemma_.lower() in group(name).words]
    plain = actor is not None and actor.sector == "CVL"
    if actor is not None and not points_back(token) and not (plain and stands):
        return None
    if token.lower_ in ("we", "i", "us", "our"):
        return _first_person(token, sectors, scene)
    crowd = token.lower_ in ("hundreds", "thousands", "millions") and all(
        child.dep_ in ("quantmod", "advmod", "amod") for child in token.lefts
    )
    if crowd and token.n_lefts > 0 and {"CIVIL", "PERSON"}.isdisjoint(sectors):
        return None
    if crowd and not {"CIVIL", "PERSON"}.isdisjoint(sectors):
        return Actor(token.text, "CVL", token.i, None, scene.home, "many", False, token.text)
    described = token.lower_ in ("those", "these") and any(child.dep_ == "acl" for child in token.children)
    if _are_taken(token) and not {"PRISONERS", "CIVIL", "PERSON", "ANYBODY"}.isdisjoint(sectors):
        text = phrase_text(scene.doc, *noun_phrase(token))
        return Actor(text, "CVL", token.i, None, scene.home, "many", False, text)
    if points_back(token) and not described:
        meant = antecedent(token, scene.actors, sectors, scene.sentences)
        if (
            meant is not None
            or token.lower_ in ("it", "its")
            or not any(group(name).anybody for name in sectors)
        ):
            return meant
    return _stood_for(token, sectors, scene)


def _stood_for(token: Token, sectors: tuple[str, ...], scene: Scene) -> Actor | None:
    """Give the agent that a word of a group stands for, where the text has taught no agent for it."""
    for name in sectors:
        entry = group(name)
        if entry.anybody and _is_somebody(token):
            text = phrase_text(scene.doc, *noun_phrase(token))
            number = "many" if token.tag_ in ("NNS", "NNPS", "CD") else "one"
            return Actor(text, entry.stands_for, token.i, None, scene.home, number, False, text)
        own = entry.own_people and token.tag_ in ("NNPS", "NNS") and names_a_country(token.lower_[:-1])
        named = entry.any_name and token.i not in scene.actors and token.pos_ == "PROPN"
        if (
            own
            or named
            or token.lemma_.lower() in entry.words
            or (entry.stands_for == "CVL" and entry.words and token.like_num)
        ):
            text = phrase_text(scene.doc, *noun_phrase(token))
            return Actor(text, entry.stands_for, token.i, None, scene.home, "many", False, text)
    return None


def _are_taken(token: Token) -> bool:
    """Tell *those arrested*, *most of those held*: whoever they are, they were taken."""
    whom = [token, *(clauses.after_prepositions(token, ("of",)) if token.dep_ != "pobj" else [])]
    return any(
        word.lower_ == "those"
        and any(
            child.dep_ == "acl" and child.lemma_.lower() in words("grammar", "taking_verbs")
            for child in word.children
        )
        for word in whom
    )


def _first_person(token: Token, sectors: tuple[str, ...], scene: Scene) -> Actor | None:
    """Tell who *we* are: who speaks, or else the people of the place whose post or blog it is."""
    speaker = scene.speaker(token)
    if speaker is not None and belongs(speaker, sectors):
        return speaker
    people = Actor(token.text, "CVL", token.i, None, scene.home, "many", False, token.text)
    anybody = any(group(name).anybody for name in sectors)
    asked = anybody or (speaker is None and any("CVL" in group(name).sectors for name in sectors))
    urged = token.dep_ == "nsubj" and token.head.dep_ == "ccomp" and token.head.head.lower_ == "let"
    return people if asked and token.lower_ in ("we", "us") and not urged else None


def _from_abroad(token: Token, scene: Scene) -> Actor | None:
    """Give the agent from abroad that a word is by what stands beside it, or None."""
    if not is_from_abroad(token, scene.home):
        return None
    text = phrase_text(scene.doc, *noun_phrase(token))
    number = "many" if token.tag_ in ("NNS", "NNPS") else "body"
    return Actor(text, "FOR", token.i, None, None, number, token.pos_ == "PROPN", text)


def _is_somebody(word: Token) -> bool:
    """Tell a word that can be a person's: a noun, a name, a number, *him*, *the accused*."""
    if word.lower_ in ("it", "this", "that", "which", "what"):
        return False
    if word.dep_ in ("oprd", "acomp"):
        return False
    named_by_state = word.tag_ == "VBN" and any(child.dep_ in ("det", "nummod") for child in word.children)
    return named_by_state or word.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ")


def _is_own_subject(verb: Token, target: Actor) -> bool:
    subject = None if clauses.is_passive(verb) else clauses.subject_of(verb)
    return subject is not None and subject.i == target.head


def _heads_something_else(word: Token, scene: Scene) -> bool:
    """Tell a president or leader of a body that is no state (*its president*, *president of the students' union*)."""
    owners = [
        child for child in word.children if child.dep_ in ("poss", "compound", "nmod") and child.i < word.i
    ]
    owners += clauses.after_prepositions(word, ("of",))
    if any(child.lower_ in ("its", "whose") for child in owners):
        return True
    return any(
        owner.lemma_.lower() in words("grammar", "bodies")
        or (owner.i in scene.actors and scene.actors[owner.i].sector not in ("GOV", "FOR", "MIL"))
        for owner in owners
    )
