"""Nouns that take up an agent named before: *the ministry*, *the two lieutenants*, *the force*, *his government*.

A noun that tells whom it means by itself (*the defence ministry*) is left as it is. Others take sector, country,
rank and branch from the nearest agent of the same noun or title, or of the kinds that a general noun (*the force*)
can mean: in their own paragraph or the one before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.actors import Actor
from garrison.coding.noun_phrases import noun_phrase, phrase_text
from garrison.coding.tables import limits, table, words

_FORCES = ("MIL", "GRD", "COP", "SPY", "PRM")

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


@dataclass(frozen=True, slots=True)
class General:
    """A noun that says little of those whom it means: which sectors it can be of, and whether it means people.

    `bare` tells that it points back without a determiner too (*officers fired*).
    """

    sectors: frozenset[str]
    persons: bool
    bare: bool = False


@lru_cache(maxsize=1)
def general_nouns() -> dict[str, General]:
    """Give the general nouns by base form (*force*, *group*, *man*).

    Examples
    --------
    >>> general_nouns()["man"].persons, "COP" in general_nouns()["force"].sectors
    (True, True)
    """
    return {
        word: General(frozenset(row["sectors"]), bool(row.get("persons")), bool(row.get("bare")))
        for row in table("coreference")["noun"]
        for word in row["words"]
    }


@lru_cache(maxsize=1)
def counts() -> dict[str, int]:
    """Give how many a word means that stands for people (*both*, *trio*, *seven*)."""
    found: dict[str, int] = table("coreference")["counts"]
    return found


def count_of(token: Token) -> int | None:
    """Give how many a word or the number beside it means, or None where no number stands there.

    Parameters
    ----------
    token
        A noun, or a number that stands for people.
    """
    for word in (
        token,
        *(child for child in token.children if child.dep_ == "nummod" or child.lower_ == "both"),
    ):
        if word.lower_ in counts():
            return counts()[word.lower_]
        if word.text.isdigit() and len(word.text) < 4:
            return int(word.text)
    return None


def is_definite(token: Token) -> bool:
    """Tell whether a noun points back by its determiner (*the*, *these*, *his*)."""
    return any(
        child.lower_ in words("coreference", "definite") for child in token.children if child.i < token.i
    )


class Paragraphs:
    """Tells how many sentences and paragraph borders lie between two words of a text.

    Parameters
    ----------
    sentences
        The sentences of the text; a line end ends a sentence.
    """

    def __init__(self, sentences: list[Span]) -> None:
        self._sentence: list[int] = []
        self._paragraph: list[int] = []
        paragraph = 0
        for number, sentence in enumerate(sentences):
            size = sentence.end - sentence.start
            self._sentence += [number] * size
            self._paragraph += [paragraph] * size
            if any(token.is_space and "\n" in token.text for token in sentence[-2:]):
                paragraph += 1

    def sentences_between(self, earlier: int, later: int) -> int:
        """Count the sentences from one token back to another: 0 within one sentence."""
        return self._sentence[later] - self._sentence[earlier]

    def borders_between(self, earlier: int, later: int) -> int:
        """Count the paragraph borders between two tokens."""
        return self._paragraph[later] - self._paragraph[earlier]


def specified(doc: Doc, actors: dict[int, Actor], sentences: list[Span]) -> dict[int, Actor]:
    """Give every noun that takes up an agent named before what is known of that agent.

    Parameters
    ----------
    doc
        A parsed text.
    actors
        Its agents by token.
    sentences
        Its sentences.

    Returns
    -------
    dict
        The agents; those that point back have sector, country, rank and branch of those they point to.
    """
    found: dict[int, Actor] = {}
    order: list[Actor] = []
    paragraphs = Paragraphs(sentences)
    unnamed = [token.i for token in doc if token.lemma_.lower() in general_nouns() and token.i not in actors]
    for index in sorted((*actors, *unnamed)):
        token, actor = doc[index], actors.get(index)
        meant = None
        if _says_little(token, actor):
            noun = actor or _general_agent(token)
            meant = _owner(token, noun, order, paragraphs) or _meant(token, noun, order, paragraphs)
            actor = _with_what_is_known(noun, meant) if meant is not None else actor
        elif actor is not None and _is_bare(token, actor):
            meant = _force_spoken_of(token, order, paragraphs)
            actor = replace(actor, sector=meant.sector, branch=meant.branch) if meant is not None else actor
        if actor is not None:
            found[index] = actor
            order.append(actor)
    return found


def _general_agent(token: Token) -> Actor:
    """Describe a general noun that the lexicon does not know; whom it means is yet to be found."""
    text = phrase_text(token.doc, *noun_phrase(token))
    many = token.tag_ == "NNS" or count_of(token) is not None
    persons = general_nouns()[token.lemma_.lower()].persons
    number = "many" if many else "one" if persons else "body"
    return Actor(text, "CVL", token.i, None, None, number, False, text)


def _says_little(token: Token, actor: Actor | None) -> bool:
    """Tell whether a noun points back and has nothing beside it that tells which one it is."""
    is_name = actor is not None and actor.is_name
    if is_name or token.pos_ not in ("NOUN", "PROPN") or not is_definite(token):
        return False
    return _stands_alone(token)


def _is_bare(token: Token, actor: Actor) -> bool:
    """Tell an officer of whom nothing says of which force he is (*two officers*, *an inspector*)."""
    general = general_nouns().get(token.lemma_.lower())
    if general is None or not general.bare or actor.is_name or actor.country is None:
        return False
    return actor.sector in general.sectors and token.pos_ == "NOUN" and _stands_alone(token)


def _force_spoken_of(token: Token, order: list[Actor], paragraphs: Paragraphs) -> Actor | None:
    """Find the force of which the paragraph spoke last, unless it is who acts on these in the same clause."""
    for earlier in reversed(order[-limits()["description_agents"] :]):
        if paragraphs.borders_between(earlier.head, token.i) > 0:
            return None
        if earlier.sector in _FORCES[:-1]:
            verb = token.head.head if token.head.dep_ == "xcomp" else token.head
            return earlier if token.doc[earlier.head].head.i not in (token.head.i, verb.i) else None
    return None


def _stands_alone(token: Token) -> bool:
    """Tell whether nothing beside a noun tells which of its kind it is."""
    for child in token.children:
        if child.dep_ in ("compound", "nmod", "prep", "relcl", "acl", "appos"):
            return False
        if child.dep_ == "poss" and child.pos_ != "PRON":
            return False
        if child.dep_ == "amod" and child.lower_ not in words("coreference", "empty_adjectives"):
            return False
    return True


def _meant(token: Token, actor: Actor, order: list[Actor], paragraphs: Paragraphs) -> Actor | None:
    """Find the nearest earlier agent of the same noun or title, or of a kind that a general noun can mean."""
    base = token.lemma_.lower()
    general = general_nouns().get(base)
    fitting: list[Actor] = []
    for earlier in reversed(order[-limits()["description_agents"] :]):
        away = paragraphs.sentences_between(earlier.head, token.i)
        borders = paragraphs.borders_between(earlier.head, token.i)
        if borders > 1 or away > limits()["description_sentences"]:
            break
        if not _agree(token, actor, earlier):
            continue
        if _is_called(earlier, base, token.doc) and (general is None or not general.persons):
            return earlier if earlier.sector != "FOR" or _goes_on(token, earlier, away) else None
        if general is not None and earlier.sector in general.sectors:
            if general.persons and _same_count(token, earlier):
                return earlier
            fitting.append(earlier)
    if general is not None and general.persons:
        return fitting[0] if len({item.text.lower() for item in fitting}) == 1 else None
    return fitting[0] if fitting else None


def _goes_on(token: Token, earlier: Actor, away: int) -> bool:
    """Tell whether a foreign subject is still the one who acts; else *the president* is the country's own."""
    subjects = token.dep_ in ("nsubj", "nsubjpass") and token.doc[earlier.head].dep_ in ("nsubj", "nsubjpass")
    return subjects and away <= limits()["coreference_sentences"] and token.head.dep_ in ("ROOT", "conj")


def _agree(token: Token, actor: Actor, earlier: Actor) -> bool:
    """Tell whether two nouns can mean the same in number; a foreign one only takes up one; nobody *no general*."""
    if any(child.lower_ in ("no", "neither") for child in token.doc[earlier.head].children):
        return False
    ours, theirs = count_of(token), count_of(token.doc[earlier.head])
    if ours is not None and theirs is not None and ours != theirs:
        return False
    kinds = general_nouns().get(token.lemma_.lower())
    persons = kinds is None or kinds.persons
    if persons and "one" in (actor.number, earlier.number) and actor.number != earlier.number:
        return False
    if actor.number == "many" and earlier.number == "body" and earlier.sector not in _FORCES:
        return False
    if actor.sector == "FOR":
        return earlier.sector == "FOR"
    of_forces = actor.sector in _FORCES and earlier.sector in _FORCES
    return kinds is not None or of_forces or earlier.sector in (actor.sector, "FOR")


def _is_called(earlier: Actor, base: str, doc: Doc) -> bool:
    if doc[earlier.head].lemma_.lower() == base:
        return True
    return earlier.is_name and base in earlier.title.lower().split()


def _same_count(token: Token, earlier: Actor) -> bool:
    ours = count_of(token)
    return ours is not None and ours == count_of(token.doc[earlier.head])


def _owner(token: Token, actor: Actor, order: list[Actor], paragraphs: Paragraphs) -> Actor | None:
    """Find whose government, ministry or men they are (*the Peruvian minister ... his ministry*)."""
    owned = any(
        child.dep_ == "poss" and child.lower_ in ("his", "her", "its", "their") for child in token.children
    )
    if not owned or not order:
        return None
    follows = token.lemma_.lower() in words("coreference", "followers")
    near = [earlier for earlier in order[-4:] if earlier.number != "many"]
    here = [earlier for earlier in near if paragraphs.sentences_between(earlier.head, token.i) == 0]
    before = [earlier for earlier in near if paragraphs.sentences_between(earlier.head, token.i) == 1]
    subjects = [
        earlier
        for earlier in here or before
        if token.doc[earlier.head].dep_ in ("nsubj", "nsubjpass", "appos")
    ]
    if follows:
        commanders = [item for item in (subjects or here or order[-3:]) if item.number == "one"]
        owner = commanders[-1] if commanders else None
        return replace(owner, rank=None) if owner is not None and owner.sector in _FORCES else None
    owner = next(reversed(subjects or here), None)
    governs = actor.sector in ("GOV", "LEG", *_FORCES)
    return owner if owner is not None and governs and owner.sector in ("FOR", actor.sector) else None


def _with_what_is_known(actor: Actor, meant: Actor) -> Actor:
    forces = meant.sector in _FORCES
    # What a chain of the same noun says again is not written again: its titles would grow without end.
    said = actor.text.lower() in meant.title.lower()
    return replace(
        actor,
        sector=meant.sector,
        country=meant.country,
        rank=(actor.rank or meant.rank) if forces else None,
        branch=(actor.branch or meant.branch) if forces else None,
        title=meant.title if said else f"{meant.title} {actor.text}",
    )
