"""What kind of source a teller is: a ministry, a soldier, a newspaper, an expert, a post, somebody unnamed."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.actors import Actor
from garrison.coding.country_words import fold
from garrison.coding.noun_phrases import noun_phrase
from garrison.coding.tables import limits, table, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OF_SECTOR = {
    "MIL": "security_force",
    "GRD": "security_force",
    "COP": "security_force",
    "SPY": "security_force",
    "PRM": "security_force",
    "GOV": "official",
    "JUD": "official",
    "LEG": "official",
    "OPP": "opposition",
    "NGO": "ngo",
    "MED": "media",
    "FOR": "foreign_official",
    "IGO": "foreign_official",
    "REL": "ngo",
    "LAB": "ngo",
    "BUS": "ngo",
}


# Lists of words for what is told, shown or left without a name: none of them is a person who was there.
_NO_PERSONS = (
    "hearsay_nouns",
    "telling_nouns",
    "issued_words",
    "channel_words",
    "disputed_nouns",
    "unnamed_words",
    "expert_words",
)


class SourceKinds:
    """Tells the kind of a teller and remembers what the text said of a name before.

    Parameters
    ----------
    home
        Code of the country that the text is about: another state's office is a foreign one.
    """

    def __init__(self, home: str | None = None) -> None:
        self._home = home
        self._known: dict[str, str] = {}
        self._persons: list[Token] = []
        self._places: list[int] = []

    def learn(self, doc: Doc, actors: dict[int, Actor]) -> None:
        """Read a text once for names that it explains (*Ana Ruiz, a political scientist*)."""
        self._persons, self._places = [], []
        for token in doc:
            if (
                token.dep_ in ("nsubj", "pobj", "nsubjpass")
                and token.pos_ == "PROPN"
                and token.i not in actors
            ):
                kind = self._by_words(token, _described(token))
                if kind is not None:
                    self._known.setdefault(fold(token.text), kind)
                    self._persons.append(token)
                    self._places.append(token.i)

    def latest_before(self, pronoun: Token) -> Token | None:
        """Give the latest explained person before a pronoun, in its paragraph's last sentences."""
        if pronoun.lower_ not in ("he", "she"):
            return None
        place = bisect_left(self._places, pronoun.i) - 1
        near = place >= 0 and self._places[place] > pronoun.sent.start - limits()["person_reach"]
        return self._persons[place] if near else None

    def is_social(self, word: Token) -> bool:
        """Tell whether a noun names a post or a network."""
        text = _described(word)
        networks = words("attribution", "social_words") - {"post", "user"}
        if any(child.dep_ == "compound" and child.lower_ in networks for child in word.children):
            return True
        return word.lemma_.lower() in words("attribution", "social_words") or any(
            phrase in text for phrase in table("attribution")["social_phrases"]
        )

    def of(self, head: Token, actors: dict[int, Actor]) -> tuple[str, Actor | None]:
        """Tell the kind of the teller that a noun names, and its agent if it is one.

        Parameters
        ----------
        head
            The teller's noun.
        actors
            The agents of the text.

        Returns
        -------
        tuple
            A kind of source of the vocabulary, and the agent or None.
        """
        text = _described(head)
        if fold(head.text) in self._known:
            return self._known[fold(head.text)], None
        first, last = noun_phrase(head)
        if last < len(head.doc) and head.doc[last].like_num:
            last += 1  # *France 24*
        if _names_a_medium(head.doc[first:last].text.lower()):
            return "media", None
        if head.lemma_.lower() in words("attribution", "channel_words"):
            return ("social_media" if _is_on_a_network(text) else "media"), None
        actor = actors.get(head.i)
        if head.lemma_.lower() in words("attribution", "institution_words") and actor is None:
            inner = [actors[token.i] for token in head.subtree if token.i in actors]
            actor = inner[0] if inner else None
        kind = self._by_words(head, text)
        if kind == "witness" and actor is not None and actor.sector in ("BUS", "LAB", "MED"):
            return kind, actor
        if actor is not None and (
            actor.is_name or actor.sector not in ("CVL", "STU", "WOM", "MED", "GOV", "NGO")
        ):
            return self.of_actor(actor, head.doc), actor
        if kind is not None:
            return kind, actor
        if actor is not None:
            return self.of_actor(actor, head.doc), actor
        return self._by_title_before(head) or ("witness" if _is_somebody(head) else "unnamed"), None

    def _by_title_before(self, head: Token) -> str | None:
        """Read the word before a name that the parser parts from it (*the newspaper | El Norte*)."""
        start = noun_phrase(head)[0]
        before = head.doc[start - 1] if start > head.sent.start else None
        if head.pos_ != "PROPN" or before is None or before.pos_ != "NOUN":
            return None
        return self._by_words(before, before.lower_)

    def of_actor(self, actor: Actor, doc: Doc) -> str:
        """Tell the kind of source that an agent is."""
        abroad = self._home is not None and actor.country not in (None, self._home)
        if abroad and _OF_SECTOR.get(actor.sector) in ("official", "security_force"):
            return "foreign_official"
        if actor.sector in _OF_SECTOR:
            return _OF_SECTOR[actor.sector]
        return self._by_words(doc[actor.head], actor.text.lower()) or "witness"

    def _by_words(self, head: Token, text: str) -> str | None:
        """Read the kind off the words of a name and its description."""
        pieces = frozenset(text.replace("-", " ").replace("'s", " ").replace("’s", " ").split())
        lemma = head.lemma_.lower()
        marked = not pieces.isdisjoint(words("attribution", "unnamed_markers")) or lemma == "source"
        if marked and head.pos_ != "PROPN" and lemma in words("attribution", "unnamed_words"):
            return "unnamed"
        if self.is_social(head):
            return "social_media"
        if _names_a_medium(text):
            return "media"
        if not pieces.isdisjoint(words("attribution", "expert_words")) or "think tank" in text:
            return "expert"
        if lemma in words("attribution", "media_words") or (
            head.pos_ == "PROPN" and fold(head.text) in words("attribution", "media_words")
        ):
            return "media"
        described = {child.lemma_.lower() for child in head.children if child.dep_ in ("compound", "nmod")}
        carried = head.pos_ == "PROPN" or lemma in words("attribution", "media_heads")
        if carried and described & words("attribution", "media_words"):
            return "media"
        if not pieces.isdisjoint(words("attribution", "ngo_words")):
            return "ngo"
        if lemma in words("attribution", "office_words"):
            return "official"
        return "witness" if lemma in words("attribution", "witness_words") else None


def _described(head: Token) -> str:
    """Give the words of a name with its apposition, without relative clauses."""
    kept = [head]
    for child in head.children:
        if child.dep_ in ("compound", "amod", "nmod", "poss", "appos", "prep", "det", "acl"):
            kept += list(child.subtree)
    told = " ".join(token.lower_ for token in sorted(kept, key=lambda token: token.i))
    return told.replace(" - ", "-")


def _is_somebody(head: Token) -> bool:
    """Tell a person whom the text names or describes (*a melon seller*) from a paper, a number or bare *people*."""
    if head.pos_ == "PROPN":
        return True
    base = head.lemma_.lower()
    if head.pos_ != "NOUN" or any(base in words("attribution", key) for key in _NO_PERSONS):
        return False
    return base not in words("attribution", "told_things")


def _names_a_medium(text: str) -> bool:
    plain = f" {text.replace('-', ' ')} "
    return any(name in plain for name in _media_names())


@lru_cache(maxsize=1)
def _media_names() -> tuple[str, ...]:
    """Give the names of media as they stand between spaces, without hyphens, which the parser takes apart."""
    return tuple(f" {name.replace('-', ' ')} " for name in table("attribution")["media_names"])


def _is_on_a_network(text: str) -> bool:
    """Tell whether the words around a video or a picture name a social network."""
    networks = words("attribution", "social_words") - {"user"}
    on_one = not networks.isdisjoint(text.split())
    return on_one or any(phrase in text for phrase in table("attribution")["social_phrases"])
