"""Who acts: soldiers, police, ministers, protesters and foreign states, found by their nouns.

The lexicon (`tables/actors.toml`) gives sector and rank; titles before names and appositions after them teach
the names of one text (*Interior Minister Kovač* makes *Kovač* an office-holder for the rest of it).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from garrison.coding.agent_lexicon import Entry, lexicon_by_first_word, match_at
from garrison.coding.clauses import after_prepositions, noun_phrase, phrase_text
from garrison.coding.country_words import country_of_words, fold
from garrison.coding.tables import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FORCES = frozenset(("MIL", "GRD", "COP", "SPY"))
_MODIFIERS = ("compound", "amod", "poss", "nmod", "npadvmod", "appos")


@dataclass(frozen=True, slots=True)
class Actor:
    """An agent named in a text: its words, sector, rank, country, and the token it hangs on.

    `number` is one, many or body; `is_name` tells that the head is a proper name; `title` holds the words by
    which the text introduced the agent (*defence minister*), however it names it later.
    """

    text: str
    sector: str
    head: int
    rank: str | None = None
    country: str | None = None
    number: str = "many"
    is_name: bool = False
    title: str = ""


class ActorFinder:
    """Finds the agents of one document and remembers its names.

    Parameters
    ----------
    home
        ISO 3166 alpha-3 code of the country that the text is about, or None.
    """

    def __init__(self, home: str | None) -> None:
        self.home = home
        self.names: dict[str, Actor] = {}
        self.speaks_of_forces = False

    def find(self, doc: Doc) -> dict[int, Actor]:
        """Find the agents of a parsed text.

        Parameters
        ----------
        doc
            A parsed text.

        Returns
        -------
        dict
            Token index of each agent's head noun to the agent, in the order of the text.
        """
        hits = self._lexicon_hits(doc)
        if any(entry.sector in FORCES and not entry.ambiguous for entry in hits.values()):
            self.speaks_of_forces = True
        if not self.speaks_of_forces:
            hits = {head: entry for head, entry in hits.items() if not entry.ambiguous}
        actors = {head: self._actor(doc[head], entry, hits) for head, entry in sorted(hits.items())}
        self._learn_names(doc, actors)
        for token in doc:
            if token.i not in actors and token.pos_ in ("PROPN", "NOUN"):
                named = self._named(token)
                if named is not None:
                    actors[token.i] = named
        for token in doc:
            if token.i not in actors and token.lemma_.lower() in _measures():
                self._measured(token, actors)
        self._foreign_administrations(doc, actors)
        return dict(sorted(actors.items()))

    def _lexicon_hits(self, doc: Doc) -> dict[int, Entry]:
        lexicon, hits, index = lexicon_by_first_word(), {}, 0
        while index < len(doc):
            length, entry = match_at(doc, index, lexicon)
            if entry is not None:
                span = doc[index : index + length]
                if span.root.pos_ in ("NOUN", "PROPN", "ADJ", "X", "NUM") or entry.name or length > 1:
                    head = span.root
                    if head.pos_ != "ADJ" or head.dep_ in (
                        "nsubj",
                        "dobj",
                        "pobj",
                        "nsubjpass",
                        "conj",
                        "ROOT",
                    ):
                        hits[head.i] = entry
            index += max(length, 1)
        return hits

    def _actor(self, head: Token, entry: Entry, hits: dict[int, Entry]) -> Actor:
        sector, rank, country = entry.sector, entry.rank, entry.country
        relational = head.lemma_.lower() in table("actors")["relational"]
        belonging = [child for child in head.children if child.dep_ in _MODIFIERS and child.i < head.i]
        belonging += [grand for child in belonging for grand in child.children if grand.i < head.i]
        belonging += after_prepositions(head, ("of", "from", "in")) if relational or sector == "GOV" else []
        for child in belonging:
            other = hits.get(child.i)
            takes = relational or (sector == "GOV" and other is not None and other.sector in ("OPP", "LEG"))
            if other is not None and takes and child.dep_ != "appos" and other.sector != "FOR":
                sector, rank = other.sector, rank or (other.rank if other.sector in FORCES else None)
                break
            if child.lower_ == "military" and relational and child.dep_ in ("amod", "compound"):
                sector = "MIL"
        around = {token.lower_ for child in belonging for token in (child, *child.subtree)}
        if not around.isdisjoint(("opposition", "opposition-led")) and sector in ("LEG", "GOV", "CVL"):
            sector = "OPP"
        if sector not in FORCES:
            rank = None
        country = country or self._country_of(head)
        if country is not None and country != self.home and sector not in ("IGO", "NGO", "MED", "FOR"):
            sector = "FOR"
        start, end = noun_phrase(head)
        number = "many" if head.tag_ in ("NNS", "NNPS") and entry.number == "one" else entry.number
        if (
            head.tag_ in ("NN", "NNP")
            and entry.number == "many"
            and head.lemma_.lower() not in ("people", "crowd")
        ):
            number = "one"
        text = phrase_text(head.doc, start, end)
        country = country or self._own(sector)
        return Actor(text, sector, head.i, rank, country, number, head.pos_ == "PROPN", text)

    def _own(self, sector: str) -> str | None:
        return None if sector in ("FOR", "IGO") else self.home

    def _country_of(self, head: Token) -> str | None:
        start, _ = noun_phrase(head)
        words = list(head.doc[start : head.i]) + after_prepositions(head, ("of",))
        return country_of_words(head.doc, words, self.home)

    def _learn_names(self, doc: Doc, actors: dict[int, Actor]) -> None:
        """Learn the names that a title or an apposition explains."""
        for token in doc:
            named = token.pos_ == "PROPN" or (token.text[0].isupper() and bool(_led_by(token)))
            if not named or token.dep_ in ("compound", "nmod"):
                continue
            near = [child for child in token.children if child.dep_ in ("compound", "nmod", "appos", "amod")]
            if token.dep_ == "appos":
                near.append(token.head)
            near += _led_by(token)
            titles = [actors[child.i] for child in near if child.i in actors and not actors[child.i].is_name]
            titles += [actors[child.i] for child in near if child.i in actors and actors[child.i].is_name]
            appositions = [actor for actor in titles if doc[actor.head].dep_ == "appos"]
            if not titles or token.i in actors:
                continue
            opposed = [actor for actor in appositions + titles if actor.sector == "OPP"]
            chosen = (opposed or titles)[0]
            country = country_of_words(doc, [child for child in near if child.dep_ != "appos"], self.home)
            foreign = (
                country is not None and country != self.home and chosen.sector not in ("IGO", "NGO", "MED")
            )
            start, end = noun_phrase(token)
            actor = replace(
                chosen,
                text=phrase_text(doc, start, end),
                head=token.i,
                sector="FOR" if foreign else chosen.sector,
                country=country if foreign else chosen.country,
                number="one",
                is_name=True,
                title=f"{chosen.title} {phrase_text(doc, start, end)}",
            )
            actors[token.i] = actor
            for child in near:
                if child.dep_ in ("compound", "nmod"):
                    actors.pop(child.i, None)
            known = self.names.get(fold(token.text))
            if known is None or (actor.sector == "OPP" and known.sector in ("LEG", "GOV")):
                self.names[fold(token.text)] = actor

    def _named(self, token: Token) -> Actor | None:
        """Recognise a name learned earlier, or a country that acts (*Colombia said*)."""
        known = self.names.get(fold(token.text))
        if known is not None and token.dep_ not in ("compound", "nmod"):
            start, end = noun_phrase(token)
            return replace(known, text=phrase_text(token.doc, start, end), head=token.i)
        if token.dep_ in ("nsubj", "nsubjpass", "agent", "dobj", "pobj", "conj") and token.pos_ == "PROPN":
            start, end = noun_phrase(token)
            country = country_of_words(token.doc, list(token.doc[start:end]), self.home, whole=True)
            if country is not None and country != self.home:
                text = phrase_text(token.doc, start, end)
                return Actor(text, "FOR", token.i, None, country, "body", True, text)
        return None

    def _foreign_administrations(self, doc: Doc, actors: dict[int, Actor]) -> None:
        """Let *the administration* be the foreign one that the same paragraph spoke of just before."""
        latest: Actor | None = None
        for index in sorted({*actors, *(token.i for token in doc if token.is_space and "\n" in token.text)}):
            actor = actors.get(index)
            if actor is None:
                latest = None
            elif actor.text.lower() == "the administration" and latest is not None and latest.sector == "FOR":
                actors[index] = replace(actor, sector="FOR", country=latest.country)
            elif actor.sector in ("FOR", "GOV") and doc[index].dep_ in ("nsubj", "nsubjpass"):
                latest = actor

    def _measured(self, token: Token, actors: dict[int, Actor]) -> None:
        """Let *dozens of soldiers* be soldiers: the measure word stands for what it measures."""
        for inner in after_prepositions(token, ("of", "in", "from", "among", "within")):
            actor = actors.get(inner.i)
            if actor is not None:
                start, end = noun_phrase(token)
                number = "one" if token.lower_ == "one" else "many"
                actors[token.i] = replace(
                    actor, text=phrase_text(token.doc, start, end), head=token.i, number=number
                )
                return


def _led_by(name: Token) -> list[Token]:
    """Give what a name is said to lead (*Ruiz, who heads the union*)."""
    verbs = [
        child for child in name.children if child.dep_ == "relcl" and child.lemma_.lower() in ("lead", "head")
    ]
    return [item for verb in verbs for item in verb.children if item.dep_ == "dobj"]


@lru_cache(maxsize=1)
def _measures() -> frozenset[str]:
    return frozenset(table("actors")["measures"])


def describe(actor: Actor | None) -> dict[str, Any]:
    """Give the fields of a claim that tell who acted.

    Examples
    --------
    >>> describe(Actor("two sergeants", "MIL", 3, "nco", "EGY"))["actor_rank"]
    'nco'
    """
    if actor is None:
        return {"actor_text": None, "actor_sector": None, "actor_rank": None, "actor_country": None}
    return {
        "actor_text": actor.text,
        "actor_sector": actor.sector,
        "actor_rank": actor.rank,
        "actor_country": actor.country,
    }
