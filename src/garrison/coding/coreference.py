"""Whom a pronoun or a number means: the nearest earlier agent that fits in number and in what the verb asks for.

*They* points one or two sentences back and over one paragraph's end, and farther along a chain of pronouns. *The
three* points to three, farther back; *both* also to two who are named together.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.actors import Actor
from garrison.coding.descriptions import count_of, general_nouns, is_definite, specified
from garrison.coding.frame_table import belongs
from garrison.coding.noun_phrases import noun_phrase, phrase_text
from garrison.coding.tables import limits, table, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_NUMBERS = {
    "they": ("many", "body"),
    "them": ("many", "body"),
    "their": ("many", "body"),
    "it": ("body",),
    "its": ("body",),
    "he": ("one",),
    "him": ("one",),
    "his": ("one",),
    "she": ("one",),
    "her": ("one",),
}


def points_back(token: Token) -> bool:
    """Tell whether a word stands for an agent named before (*they*, *the three*, *the men*, *some*, *others*)."""
    if token.lower_ in _NUMBERS:
        return True
    followed = any(child.dep_ in ("prep", "relcl") for child in token.children)
    general = general_nouns().get(token.lemma_.lower())
    if general is not None and general.persons and token.tag_ == "NNS" and is_definite(token):
        return not followed
    return token.lower_ in words("attribution", "pointing_words") and not followed


def antecedent(
    token: Token, actors: dict[int, Actor], sectors: tuple[str, ...], sentences: list[Span]
) -> Actor | None:
    """Find the agent that a pronoun, a number or a general noun means.

    Parameters
    ----------
    token
        The word that points back.
    actors
        The agents of the text by token.
    sectors
        Groups that the verb asks for; an agent outside them is passed over.
    sentences
        The sentences of the text.

    Returns
    -------
    Actor or None
        The nearest sentence wins, and in it a subject before another word, then the nearest. A number that points
        back means as many.
    """
    if _means_a_thing(token, actors):
        return None
    counted = count_of(token) if is_definite(token) or token.lower_ == "both" else None
    if counted is not None and counted > 1:
        told = _as_many(token, counted, actors, sentences)
        if told is not None:
            return told if belongs(told, sectors) else None
    if token.dep_ == "poss":
        owner = _owner(token, actors)
        if owner is not None and owner.number in _numbers(token):
            return owner if belongs(owner, sectors) else None
    return _nearest(token, actors, sectors, sentences, limits()["pronoun_chain"])


def _nearest(
    token: Token, actors: dict[int, Actor], sectors: tuple[str, ...], sentences: list[Span], chain: int
) -> Actor | None:
    """Walk back sentence by sentence; an earlier pronoun of the same kind leads farther."""
    beside, counted = _beside(token, actors, sentences), count_of(token) if is_definite(token) else None
    place = _sentence_index(token, sentences)
    left, borders = limits()["coreference_sentences"], 0
    for index in range(place, -1, -1):
        sentence = sentences[index]
        if index != place:
            left -= int(len(sentence) >= limits()["short_tag"])
            borders += int(_ends_a_paragraph(sentence))
        if left < 0 or borders > 1 or place - index > limits()["farthest_sentence"]:
            return None
        within = _within(actors, sentence, token)
        fitting = [
            actor
            for actor in within
            if actor.head not in beside
            and not _is_nobody(token.doc[actor.head])
            and _can_mean(token, actor, actors)
            and _count_allows(counted, token.doc[actor.head])
            and belongs(actor, sectors)
        ]
        if fitting:
            found = max(fitting, key=lambda actor: (_prominence(token.doc, actor.head), actor.head))
            return _joined(found, token, actors)
        linked = _pronoun_before(token, sentence, beside) if chain > 0 else None
        if linked is not None:
            return _nearest(linked, actors, sectors, sentences, chain - 1)
    return None


def taken_up(doc: Doc, actors: dict[int, Actor], sentences: list[Span]) -> dict[int, Actor]:
    """Add what a text says again of its agents: parts of a group (*three of them*), nouns that point back.

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
        The agents with those parts, in the order of the text; nouns that point back (*the ministry*, *the
        officers*) have sector, country, rank and branch of those they mean.
    """
    found = specified(doc, actors, sentences)
    for token in doc:
        if token.i in actors or not (
            token.like_num or token.lower_ in words("attribution", "pointing_words")
        ):
            continue
        pronouns = [
            item
            for child in token.children
            if child.lower_ == "of"
            for item in child.children
            if item.lower_ in ("them", "these", "those") and not _is_described(item)
        ]
        plain = {head: actor for head, actor in actors.items() if not actor.is_name}
        whole = antecedent(pronouns[0], plain, (), sentences) if pronouns else None
        if whole is not None:
            text = doc[token.i : pronouns[0].i + 1].text
            found[token.i] = replace(whole, head=token.i, text=text, number="many", is_name=False)
    return dict(sorted(found.items()))


def _is_described(pronoun: Token) -> bool:
    """Tell *those* of whom a clause says who they are (*most of those taken*): they point to nobody named before."""
    return any(child.dep_ in ("acl", "relcl") for child in pronoun.children)


def _is_nobody(word: Token) -> bool:
    """Tell *no general*, *not one soldier*: whom there is none of is nobody's antecedent."""
    return any(child.lower_ in ("no", "neither", "not") for child in word.children)


def _numbers(token: Token) -> tuple[str, ...]:
    """Tell whether a pronoun means one, many or a body."""
    numbers = _NUMBERS.get(token.lower_, ("many", "body"))
    if token.pos_ == "NOUN" and token.tag_ == "NN" and count_of(token) is None:
        numbers = ("body", "many") if token.lemma_.lower() in general_nouns() else numbers
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.like_num:
        # "A corporal earns less. Two of them ...": a kind that was named by one of it.
        return (*numbers, "one")
    return numbers


def _as_many(token: Token, counted: int, actors: dict[int, Actor], sentences: list[Span]) -> Actor | None:
    """Find the agents of whom a text said the same number (*three lieutenants ... the three*)."""
    doc, general = token.doc, general_nouns().get(token.lemma_.lower())
    place, borders = _sentence_index(token, sentences), 0
    for index in range(place, max(place - limits()["description_sentences"], 0) - 1, -1):
        borders += int(index != place and _ends_a_paragraph(sentences[index]))
        if borders > 1:
            return None
        for actor in reversed(_within(actors, sentences[index], token)):
            if general is not None and actor.sector not in general.sectors:
                continue
            if actor.number != "one" and count_of(doc[actor.head]) == counted:
                return actor
            together = _named_together(doc[actor.head], actors)
            if len(together) == counted:
                return _joined(together[0], token, actors)
    return None


def _named_together(word: Token, actors: dict[int, Actor]) -> list[Actor]:
    """Give the persons joined by *and*, if a word is the first of them (*Colonel Ali and Major Musa*)."""
    joined = [word, *(other for other in word.conjuncts if other.i > word.i)]
    persons = [actors[item.i] for item in joined if item.i in actors and actors[item.i].number == "one"]
    first = word.dep_ != "conj" and len(persons) == len(joined) > 1
    return persons if first else []


def _joined(actor: Actor, token: Token, actors: dict[int, Actor]) -> Actor:
    """Let those who are named together be many, with the words of all."""
    if actor.number != "one" or "one" in _numbers(token):
        return actor
    persons = _named_together(token.doc[actor.head], actors)
    if not persons:
        return actor
    start = noun_phrase(token.doc[persons[0].head])[0]
    end = noun_phrase(token.doc[persons[-1].head])[1]
    text = phrase_text(token.doc, start, end)
    return replace(actor, text=text, title=text, number="many", is_name=False)


def _within(actors: dict[int, Actor], sentence: Span, token: Token) -> list[Actor]:
    """Give the agents that a sentence names before a word."""
    end = min(sentence.end, token.i)
    heads = range(max(sentence.start, end - limits()["coreference_words"]), end)
    return [actors[head] for head in heads if head in actors]


def _can_mean(token: Token, actor: Actor, actors: dict[int, Actor]) -> bool:
    """Tell whether a pronoun agrees with an agent in number, and *he* with no woman."""
    if token.lower_ in ("he", "him", "his") and actor.sector == "WOM":
        return False
    if actor.number in _numbers(token):
        return _is_kind(token, actor)
    return "many" in _numbers(token) and bool(_named_together(token.doc[actor.head], actors))


def _is_kind(token: Token, actor: Actor) -> bool:
    """Tell whether a general noun (*the force*) can mean an agent of that sector; a pronoun can mean all."""
    general = general_nouns().get(token.lemma_.lower())
    if general is None or token.pos_ != "NOUN":
        return True
    return actor.sector in general.sectors and (actor.number != "body" or not general.persons)


def _count_allows(counted: int | None, other: Token) -> bool:
    """Tell whether *the three* can mean those of whom the text gave no number, or the same."""
    theirs = count_of(other)
    return counted is None or theirs is None or counted == theirs


def _pronoun_before(token: Token, sentence: Span, beside: frozenset[int]) -> Token | None:
    """Give the first subject pronoun of the same kind before a word that is not the subject beside it."""
    same = table("coreference")["chain"].get(token.lower_, ())
    if not same:
        return None
    end = min(sentence.end, token.i)
    for word in token.doc[max(sentence.start, end - limits()["coreference_words"]) : end]:
        if (
            word.i < token.i
            and word.i not in beside
            and word.dep_ in ("nsubj", "nsubjpass")
            and word.lower_ in same
        ):
            return word
    return None


def _ends_a_paragraph(sentence: Span) -> bool:
    return any(token.is_space and "\n" in token.text for token in sentence[-2:])


def _owner(token: Token, actors: dict[int, Actor]) -> Actor | None:
    """Find the subject of the clause in which *his* or *their* stands (*a captain announced his resignation*)."""
    verb = token.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    subject = clauses.subject_of(verb) if verb.pos_ == "VERB" else None
    return actors.get(subject.i) if subject is not None and subject.i < token.i else None


def _beside(token: Token, actors: dict[int, Actor], sentences: list[Span]) -> frozenset[int]:
    """Give the words of the subject of an object's verb: *the command dismissed them* is not about the command.

    Where that subject is a pronoun itself (*they arrested forty of them*), those whom it means are meant as well.
    """
    if token.dep_ not in ("dobj", "dative", "pobj"):
        return frozenset()
    verb = token.head
    while verb.pos_ in ("ADP", "NUM", "NOUN", "DET", "ADJ", "PRON") and verb.head != verb:
        verb = verb.head
    subjects = [
        child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i
    ]
    found = {word.i for subject in subjects for word in subject.subtree if word.i != token.i}
    for subject in subjects:
        if subject.lower_ in _NUMBERS:
            meant = antecedent(subject, actors, (), sentences)
            found |= {meant.head} if meant is not None else set()
    return frozenset(found)


def _means_a_thing(token: Token, actors: dict[int, Actor]) -> bool:
    """Tell whether *them* or *it* takes up the object of the clause above (*denied the reports, calling them lies*)."""
    if token.lower_ not in ("them", "it") or token.dep_ not in ("dobj", "nsubj"):
        return False
    verb = token.head if token.head.dep_ == "advcl" else token.head.head
    if verb.dep_ != "advcl" or verb.tag_ != "VBG":
        return False
    tag = "NNS" if token.lower_ == "them" else "NN"
    things = [child for child in verb.head.children if child.dep_ == "dobj" and child.i < token.i]
    return any(thing.tag_ == tag and thing.i not in actors for thing in things)


def _prominence(doc: Doc, head: int) -> int:
    """Rank an agent: subject of a main clause, subject of another clause, object, anything else."""
    word = doc[head]
    if word.dep_ not in ("nsubj", "nsubjpass"):
        return int(word.dep_ == "dobj")
    return 2 if word.head.dep_ in ("relcl", "advcl", "acl", "ccomp") else 3


def _sentence_index(token: Token, sentences: list[Span]) -> int:
    low, high = 0, len(sentences) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if sentences[middle].start <= token.i:
            low = middle
        else:
            high = middle - 1
    return low
