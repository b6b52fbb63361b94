"""What a reader sees of a clause: its words in their roles, who acts on whom, and which rows of the table fit it.

The signs are plain text (`verb=flee`, `flee<MIL`, `across:border`), so that a person can read what a weight was learned
for. `learned_types` weighs them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.coreference import antecedent, points_back
from garrison.coding.roles import Scene
from garrison.coding.tables import limits

if TYPE_CHECKING:
    from spacy.tokens import Token

    from garrison.coding.actors import Actor

_OTHER_CLAUSES = frozenset(("relcl", "advcl", "ccomp", "parataxis", "csubj"))
_DESCRIBING = frozenset(("amod", "compound", "nummod", "poss", "nmod", "det"))
_COMPLETING = frozenset(("acomp", "attr", "xcomp", "oprd", "ccomp", "advcl", "acl", "relcl"))
_MODIFYING = frozenset(("advmod", "npadvmod", "amod", "compound", "nummod"))
_FULL_WORDS = frozenset(("NOUN", "VERB", "ADJ", "ADV", "PROPN"))
_VERBS = ("VERB", "AUX")
_NONE = ("no", "never", "nobody", "none")
_DOERS_OF_NOUNS = ("by", "among", "from", "within")
_OBJECTS_OF_NOUNS = ("of", "on", "against", "for", "to")


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A word that may open a clause's claim: its signs, and the base forms of its trigger, agent, objects and rest."""

    token: Token
    signs: tuple[str, ...]
    trigger: str
    agent: str | None
    objects: tuple[str, ...]
    rest: tuple[str, ...]


def may_open(token: Token, nouns: Collection[str]) -> bool:
    """Tell whether a word may be the head of a claim: a full verb, or a noun or adjective that has been one.

    Parameters
    ----------
    token
        A word.
    nouns
        Base forms of the nouns, adjectives and other words that have headed claims.

    Examples
    --------
    >>> from garrison.coding.parsing import parse
    >>> [token.text for token in parse("The purge was denied.") if may_open(token, {"purge"})]
    ['purge', 'denied']
    """
    if token.pos_ == "VERB":
        return True
    if token.pos_ == "AUX":
        return token.dep_ not in ("aux", "auxpass")
    return token.lemma_.lower() in nouns and token.dep_ != "compound"


def view_of(
    token: Token, scene: Scene, fitting: Collection[str], told: Collection[str], *, in_title: bool = False
) -> ClauseView:
    """Look at a word's clause.

    Parameters
    ----------
    token
        The word that may head a claim.
    scene
        What is known of the text.
    fitting
        Types of the rows that fit this very word.
    told
        Types of all rows that fit in its sentence.
    in_title
        Whether the sentence is the text's title.

    Returns
    -------
    ClauseView
        Each sign once.
    """
    base = token.lemma_.lower()
    speech = _speech(token)
    agent, objects = _agent_and_objects(token)
    signs = {"always", *_signs_of_word(token, base, speech), *_signs_of_rows(fitting, told)}
    signs |= {"title"} if in_title else set()
    signs |= set() if scene.in_crisis else {"no crisis"}
    who = _sector(agent, scene)
    signs.update(_signs_of_agent(agent, who, base, scene))
    signs.update(_signs_of_objects(objects, who, token, base, scene))
    signs.update(_signs_of_children(token, who, base, speech, scene))
    signs.update(_signs_above(token, base, speech, scene))
    rest, signs_of_rest = _rest(token, scene)
    signs |= signs_of_rest
    agent_word = agent.lemma_.lower() if agent is not None else None
    return ClauseView(
        token, tuple(sorted(signs)), base, agent_word, tuple(word.lemma_.lower() for word in objects), rest
    )


def _speech(token: Token) -> str:
    if token.pos_ in _VERBS:
        return "verb"
    return "noun" if token.pos_ in ("NOUN", "PROPN") else "other"


def _signs_of_word(token: Token, base: str, speech: str) -> Iterator[str]:
    yield f"{speech}={base}"
    yield f"{speech} as {token.dep_}"
    yield f"{speech} as {token.dep_}={base}"
    yield f"form={token.tag_}"
    if speech == "verb":
        yield "passive" if clauses.is_passive(token) else "active"


def _signs_of_rows(fitting: Collection[str], told: Collection[str]) -> Iterator[str]:
    yield from (f"row={name}" for name in fitting)
    yield from (f"row beside={name}" for name in told if name not in fitting)
    if not fitting:
        yield "no row"
    if not told:
        yield "no row beside"


def _agent_and_objects(token: Token) -> tuple[Token | None, list[Token]]:
    """Give who acts and whom or what it is done to, of a verb or of a noun."""
    if token.pos_ in _VERBS:
        objects = clauses.objects_of(token)[: limits()["seen_objects"]]
        if not clauses.is_passive(token):
            return clauses.subject_of(token), objects
        by = [
            item
            for child in token.children
            if child.dep_ == "agent"
            for item in child.children
            if item.dep_ == "pobj"
        ]
        return (by[0] if by else None), objects
    by = clauses.after_prepositions(token, _DOERS_OF_NOUNS)
    owner = next((child for child in token.children if child.dep_ == "poss"), None)
    return (by[0] if by else owner), clauses.after_prepositions(token, _OBJECTS_OF_NOUNS)[
        : limits()["seen_objects"]
    ]


def _known(word: Token, scene: Scene) -> Actor | None:
    actor = scene.actors.get(word.i)
    if actor is None and points_back(word):
        actor = antecedent(word, scene.actors, (), scene.sentences)
    return actor


def _sector(word: Token | None, scene: Scene) -> str:
    """Give the sector of a word, with `abroad` for another country's; `?` for somebody unknown, `-` for nobody."""
    if word is None:
        return "-"
    known: dict[int, str] = scene.doc.user_data.setdefault("sectors_seen", {})
    if word.i not in known:
        actor = _known(word, scene)
        abroad = (
            actor is not None
            and actor.country is not None
            and scene.home is not None
            and actor.country != scene.home
        )
        known[word.i] = "?" if actor is None else f"{actor.sector}{' abroad' if abroad else ''}"
    return known[word.i]


def _signs_of_agent(agent: Token | None, who: str, base: str, scene: Scene) -> Iterator[str]:
    if agent is None:
        return
    yield f"agent={agent.lemma_.lower()}"
    yield f"{base}<{who}"
    actor = scene.actors.get(agent.i)
    if actor is not None and actor.rank:
        yield f"rank={actor.rank}"
    yield from (f"agent's {child.lemma_.lower()}" for child in agent.children if child.dep_ in _DESCRIBING)


def _signs_of_objects(objects: list[Token], who: str, token: Token, base: str, scene: Scene) -> Iterator[str]:
    speech = _speech(token)
    whom = [_sector(word, scene) for word in objects]
    for word, sector in zip(objects, whom, strict=True):
        name = word.lemma_.lower()
        yield f"object={name}"
        yield f"{base}>{sector}"
        yield f"{base}>{name}"
        yield f"{who}>{name}"
        for child in word.children:
            if child.dep_ in _DESCRIBING and child.dep_ != "det":
                yield f"object's {child.lemma_.lower()}"
                yield f"{base}>its {child.lemma_.lower()}"
    first = whom[0] if whom else "-"
    yield f"{speech} who={who}"
    yield f"{speech} whom={first}"
    yield f"{speech} {who}>{first}"
    if speech == "verb" and clauses.is_passive(token):
        yield f"passive {who}>{first}"


def _signs_of_children(token: Token, who: str, base: str, speech: str, scene: Scene) -> Iterator[str]:
    for child in token.children:
        relation, name = child.dep_, child.lemma_.lower()
        if relation == "neg" or child.lower_ in _NONE:
            yield "not"
            yield f"not {base}"
        elif relation == "aux":
            yield f"auxiliary={child.lower_}"
        elif relation == "prt":
            yield f"{base} {child.lower_}"
        elif relation == "mark":
            yield f"mark={child.lower_}"
        elif relation in ("prep", "agent", "dative"):
            yield from _signs_behind(child, base, speech, scene)
        elif relation in _COMPLETING:
            yield f"{relation}={name}"
            if relation in ("acomp", "attr", "xcomp"):
                yield f"{base}+{name}"
                yield f"{who}+{name}"
        elif relation in _MODIFYING:
            yield f"{relation}={name}"
            if speech == "noun":
                yield f"{name} {base}"


def _signs_behind(preposition: Token, base: str, speech: str, scene: Scene) -> Iterator[str]:
    for item in preposition.children:
        if item.dep_ in ("pobj", "pcomp"):
            sector = _sector(item, scene)
            yield f"{preposition.lower_}:{item.lemma_.lower()}"
            yield f"{base} {preposition.lower_}"
            yield f"{speech} {preposition.lower_}:{sector}"
            yield f"{base} {preposition.lower_}:{sector}"


def _signs_above(token: Token, base: str, speech: str, scene: Scene) -> Iterator[str]:
    """Look at what governs the word (*refused* to **fire**, *accused of* **plotting**), and at who does that."""
    above = token.head
    if above == token:
        yield "root"
        return
    yield f"under {token.dep_}={above.lemma_.lower()}"
    yield f"under {token.dep_} {above.pos_}"
    if token.dep_ == "pobj":
        yield f"under {above.lower_}={above.head.lemma_.lower()}"
        if speech == "noun":
            yield f"under {above.lower_} {above.head.pos_}"
    verb = above if above.pos_ in _VERBS else above.head
    if verb.pos_ not in _VERBS or verb == token:
        return
    subject = clauses.passive_subject_of(verb) if clauses.is_passive(verb) else clauses.subject_of(verb)
    if subject is not None and subject != token:
        sector = _sector(subject, scene)
        yield f"{speech} under {token.dep_} of {sector}"
        if token.dep_ in ("xcomp", "dobj", "ccomp", "pobj"):
            yield f"{base} under {sector}"


def _rest(token: Token, scene: Scene) -> tuple[tuple[str, ...], set[str]]:
    """Give the full words below a word without those of other clauses, and their signs."""
    found: list[str] = []
    signs: set[str] = set()
    stack, left = [token], limits()["seen_words"]
    while stack and left > 0:
        word = stack.pop()
        for child in word.children:
            joined = child.dep_ == "conj" and child.pos_ in _VERBS and word.pos_ in _VERBS
            if child.dep_ in _OTHER_CLAUSES or child.dep_ == "punct" or child.is_space or joined:
                continue
            stack.append(child)
            left -= 1
            if child.pos_ in _FULL_WORDS:
                found.append(child.lemma_.lower())
                signs.add(f"word={found[-1]}")
                actor = scene.actors.get(child.i)
                signs |= {f"sector={actor.sector}"} if actor is not None else set()
            if child.like_num:
                signs.add("number")
    return tuple(found), signs
