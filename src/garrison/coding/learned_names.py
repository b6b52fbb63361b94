"""Names that a text explains by a title or an apposition: *Interior Minister Kovač*, *Ana Ruiz, a judge*."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from garrison.coding.agent_lexicon import lexicon_by_first_word
from garrison.coding.country_words import country_of_words, fold
from garrison.coding.noun_phrases import noun_phrase, phrase_text
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from garrison.coding.actors import Actor

# Sectors whose people do not become foreign states by coming from one.
_STATELESS = ("IGO", "NGO", "MED")
_INSIDE_NAMES = ("compound", "nmod")


class LearnedNames:
    """The names that one report explained, each with the agent that it stands for.

    Parameters
    ----------
    home
        ISO 3166 alpha-3 code of the country that the report is about, or None.
    """

    def __init__(self, home: str | None) -> None:
        self._home = home
        self._known: dict[str, Actor] = {}

    def learn(self, doc: Doc, tokens: list[Token], actors: dict[int, Actor]) -> None:
        """Learn the names that a text explains, and add them to its agents.

        Parameters
        ----------
        doc, tokens
            A parsed text and its tokens.
        actors
            Its agents by token; titles that belong to a name give way to it.
        """
        for token in tokens:
            if token.pos_ != "PROPN" and not (token.text[:1].isupper() and _led_by(token)):
                continue
            if token.dep_ in _INSIDE_NAMES:
                continue
            near = _explaining(token, tokens, actors)
            explained = self._explained(doc, token, near, actors)
            if explained is None:
                continue
            actors[token.i] = explained
            for child in near:
                if child.dep_ in _INSIDE_NAMES:
                    actors.pop(child.i, None)
            self.remember(token, explained)

    def remember(self, token: Token, actor: Actor) -> None:
        """Remember whom a name means; who is known to oppose stays so, whatever office he holds."""
        known = self._known.get(fold(token.text))
        if known is None or (actor.sector == "OPP" and known.sector in ("LEG", "GOV")):
            self._known[fold(token.text)] = actor
        for inner in _family_names(token):
            self._known.setdefault(inner, actor)

    def correct(self, token: Token, actor: Actor) -> None:
        """Put what is known of an office-holder in the place of what the text told of him."""
        self._known[fold(token.text)] = actor
        for inner in _family_names(token):
            self._known[inner] = actor

    def recognise(self, token: Token) -> Actor | None:
        """Give the agent that a name means, if the text explained it."""
        known = self._known.get(fold(token.text))
        if known is None or token.dep_ in _INSIDE_NAMES or _has_another_first_name(token, known):
            return None
        start, end = noun_phrase(token)
        return replace(known, text=phrase_text(token.doc, start, end), head=token.i)

    def _explained(self, doc: Doc, token: Token, near: list[Token], actors: dict[int, Actor]) -> Actor | None:
        titles = [actors[child.i] for child in near if child.i in actors and not actors[child.i].is_name]
        titles += [actors[child.i] for child in near if child.i in actors and actors[child.i].is_name]
        if not titles or token.i in actors:
            return None
        appositions = [actor for actor in titles if doc[actor.head].dep_ == "appos"]
        opposed = [actor for actor in appositions + titles if actor.sector == "OPP"]
        chosen = (opposed or titles)[0]
        described = [child for child in near if child.dep_ != "appos"]
        country = country_of_words(doc, described, self._home)
        foreign = country is not None and country != self._home and chosen.sector not in _STATELESS
        text = phrase_text(doc, *noun_phrase(token))
        return replace(
            chosen,
            text=text,
            head=token.i,
            sector="FOR" if foreign else chosen.sector,
            country=country if foreign else chosen.country,
            number="one",
            is_name=True,
            title=text if chosen.title in text else f"{chosen.title} {text}",
        )


def _explaining(name: Token, tokens: list[Token], actors: dict[int, Actor]) -> list[Token]:
    """Give the words that may tell who a name is: title, apposition, what he leads, a role set off by commas."""
    near = [child for child in name.children if child.dep_ in (*_INSIDE_NAMES, "appos", "amod")]
    near += [
        grand
        for child in near
        for grand in child.children
        if grand.dep_ in _INSIDE_NAMES and grand.i < name.i
    ]
    if name.dep_ == "appos":
        near.append(name.head)
    near += _led_by(name)
    if not any(child.i in actors for child in near):
        near += _set_off(name, tokens, actors)
    return near


def _set_off(name: Token, tokens: list[Token], actors: dict[int, Actor]) -> list[Token]:
    """Read a role behind the comma after a name, where the parser did not see the apposition."""
    if not _follows(name, tokens, (",",)) or _is_of_a_place(name, tokens):
        return []
    for token in tokens[name.i + 2 : name.i + 2 + limits()["apposition_reach"]]:
        if token.pos_ in ("VERB", "AUX", "PUNCT") or token.is_space:
            return []
        actor = actors.get(token.i)
        if actor is not None and actor.number == "one" and not actor.is_name and token.pos_ != "PROPN":
            closes = _follows(token, tokens, (",", "of", "for", "who", ".", "at", "in"))
            return [token] if closes else []
    return []


def _is_of_a_place(name: Token, tokens: list[Token]) -> bool:
    """Tell a name behind a preposition (*in Harbin, the governor ...*) or of one word at the head of a sentence."""
    first = name.i
    while first > 0 and tokens[first - 1].pos_ == "PROPN" and tokens[first - 1].sent.start == name.sent.start:
        first -= 1
    if first == name.i and name.is_sent_start:
        return True
    return first > 0 and tokens[first - 1].pos_ == "ADP"


def _follows(token: Token, tokens: list[Token], signs: tuple[str, ...]) -> bool:
    return token.i + 1 < len(tokens) and tokens[token.i + 1].lower_ in signs


def _led_by(name: Token) -> list[Token]:
    """Give what a name is said to lead (*Ruiz, who heads the union*)."""
    verbs = [
        child for child in name.children if child.dep_ == "relcl" and child.lemma_.lower() in ("lead", "head")
    ]
    return [item for verb in verbs for item in verb.children if item.dep_ == "dobj"]


def _family_names(token: Token) -> list[str]:
    """Give the inner words of a name of three or more: the first of two family names also stands alone."""
    inner = [
        child
        for child in token.children
        if child.dep_ == "compound" and child.pos_ == "PROPN" and child.text.isalpha() and len(child) > 2
    ]
    folded = [fold(child.text) for child in inner[1:]]
    return [word for word in folded if word not in words("actors", "title_words")]


def _has_another_first_name(token: Token, known: Actor) -> bool:
    """Tell whether a name is another person's: it has first names, and none of those that the text explained."""
    own = {child.text for child in token.children if child.dep_ == "compound" and child.pos_ == "PROPN"}
    here, told = _first_names(own), _first_names(set(known.title.split())) - {fold(token.text)}
    return bool(here) and bool(told) and here.isdisjoint(told)


def _first_names(pieces: set[str]) -> set[str]:
    """Leave out titles, words of respect and days."""
    folded = {fold(piece).rstrip(".") for piece in pieces if piece[:1].isupper()}
    beside = (
        words("actors", "honorifics") | words("actors", "title_words") | words("attribution", "day_names")
    )
    return {word for word in folded - beside if word not in lexicon_by_first_word()}
