"""Who acts: soldiers, police, ministers, protesters and foreign states, found by their nouns and names.

The lexicon (`tables/actors.toml`) gives sector, rank and branch; titles before names and appositions after them teach
the names of one text (*Interior Minister Kovač* makes *Kovač* an office-holder for the rest of it), and the table of
office-holders gives names that the text leaves unexplained the office of its day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from garrison.coding.agent_lexicon import Entry, agents_in
from garrison.coding.clauses import after_prepositions
from garrison.coding.country_words import country_of_words, fold, names_a_country
from garrison.coding.learned_names import LearnedNames
from garrison.coding.noun_phrases import noun_phrase, phrase_text
from garrison.coding.office_names import NamedHolder, OfficeNames
from garrison.coding.tables import table, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from garrison.world import OfficeHolder

FORCES = frozenset(("MIL", "GRD", "COP", "SPY"))
_MODIFIERS = ("compound", "amod", "poss", "nmod", "npadvmod", "appos")
_NOUNS = ("NOUN", "PROPN", "ADJ", "X", "NUM")
_PLACES_OF_AN_ADJECTIVE = ("nsubj", "dobj", "pobj", "nsubjpass", "conj", "ROOT")


@dataclass(frozen=True, slots=True)
class Actor:
    """An agent named in a text: its words, sector, rank, country, and the token it hangs on.

    `number` is one, many or body; `is_name` tells that the head is a proper name; `title` holds the words by
    which the text introduced the agent (*defence minister*), however it names it later; `branch` is the branch of
    the forces, where the words tell it (*navy*).
    """

    text: str
    sector: str
    head: int
    rank: str | None = None
    country: str | None = None
    number: str = "many"
    is_name: bool = False
    title: str = ""
    branch: str | None = None


class ActorFinder:
    """Finds the agents of one document and remembers its names.

    Parameters
    ----------
    home
        ISO 3166 alpha-3 code of the country that the text is about, or None.
    day
        The day of the report, on which office-holders are looked up; None leaves them nameless.
    """

    def __init__(self, home: str | None, day: date | None = None) -> None:
        self.home = home
        self.speaks_of_forces = False
        self._names = LearnedNames(home)
        self._offices = OfficeNames(home, day)

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
        tokens = list(doc)
        bases = [token.lemma_.lower() for token in tokens]
        actors = dict(self._by_lexicon(doc, tokens, bases))
        self._names.learn(doc, tokens, actors)
        for named in self._offices.find(tokens):
            self._office_holder(doc, named, actors)
        for token in tokens:
            if token.i in actors or token.pos_ not in ("PROPN", "NOUN"):
                continue
            named_before = self._names.recognise(token) or self._country(token)
            if named_before is not None:
                actors[token.i] = named_before
        for token, base in zip(tokens, bases, strict=True):
            if token.i in actors:
                continue
            if base in _measures() and token.pos_ not in ("VERB", "AUX"):
                self._measured(token, actors)
            elif base in _people_of_corps() and token.pos_ in ("NOUN", "PROPN"):
                self._of_corps(token, actors)
        self._foreign_administrations(doc, tokens, actors)
        return dict(sorted(actors.items()))

    def _by_lexicon(self, doc: Doc, tokens: list[Token], bases: list[str]) -> dict[int, Actor]:
        """Find the agents whose nouns the lexicon has; they are kept with the text, which is gone through twice."""
        known: dict[bool, dict[int, Actor]] = doc.user_data.setdefault("agents_by_lexicon", {})
        if self.speaks_of_forces not in known:
            hits = self._lexicon_hits(doc, tokens, bases)
            if any(entry.sector in FORCES and not entry.ambiguous for entry in hits.values()):
                self.speaks_of_forces = True
            if not self.speaks_of_forces:
                hits = {head: entry for head, entry in hits.items() if not entry.ambiguous}
            known[self.speaks_of_forces] = {
                head: self._actor(doc[head], entry, hits) for head, entry in sorted(hits.items())
            }
        return known[self.speaks_of_forces]

    def _lexicon_hits(self, doc: Doc, tokens: list[Token], bases: list[str]) -> dict[int, Entry]:
        hits: dict[int, Entry] = {}
        for hit in agents_in([token.text for token in tokens], bases):
            entry, length = hit.entry, hit.end - hit.start
            head = tokens[hit.start] if length == 1 else doc[hit.start : hit.end].root
            if head.pos_ not in _NOUNS and not entry.name and length == 1:
                continue
            if head.pos_ == "ADJ" and not entry.name and head.dep_ not in _PLACES_OF_AN_ADJECTIVE:
                continue
            if length == 1 and not entry.name and _ends_a_country(tokens, head):
                continue
            hits[head.i] = entry
        return hits

    def _actor(self, head: Token, entry: Entry, hits: dict[int, Entry]) -> Actor:
        sector, rank, branch = self._role(head, entry, hits)
        start, end = noun_phrase(head)
        country = entry.country or self._country_of(head, start)
        if country is not None and country != self.home and sector not in ("IGO", "NGO", "MED", "FOR"):
            sector = "FOR"
        text = phrase_text(head.doc, start, end)
        country = country or self._own(sector)
        number = _number(head, entry)
        return Actor(text, sector, head.i, rank, country, number, head.pos_ == "PROPN", text, branch)

    def _role(self, head: Token, entry: Entry, hits: dict[int, Entry]) -> tuple[str, str | None, str | None]:
        """Give sector, rank and branch: the noun's own, or those of what it belongs to (*police chief*)."""
        sector, rank, branch = entry.sector, entry.rank, entry.branch
        relational = head.lemma_.lower() in _relational()
        in_forces = sector in FORCES
        belonging = [child for child in head.children if child.dep_ in _MODIFIERS and child.i < head.i]
        belonging += [grand for child in belonging for grand in child.children if grand.i < head.i]
        if relational or sector == "GOV" or (in_forces and rank is not None):
            belonging += after_prepositions(head, ("of", "from", "in"))
        for child in belonging:
            other = hits.get(child.i)
            takes = relational or (sector == "GOV" and other is not None and other.sector in ("OPP", "LEG"))
            if in_forces and not entry.ambiguous and other is not None and other.sector not in FORCES:
                continue
            if other is not None and child.dep_ != "appos" and other.sector != "FOR":
                if in_forces and other.sector in FORCES:
                    branch = other.branch or branch
                    takes = takes or (rank is not None and other.sector != "MIL")
                if takes:
                    sector, branch = other.sector, other.branch or branch
                    rank = rank or (other.rank if other.sector in FORCES and child.dep_ != "poss" else None)
                    break
            if child.lower_ == "military" and relational and child.dep_ in ("amod", "compound"):
                sector = "MIL"
        around = {token.lower_ for child in belonging for token in (child, *child.subtree)}
        if not around.isdisjoint(("opposition", "opposition-led")) and sector in ("LEG", "GOV", "CVL"):
            sector = "OPP"
        return (
            (sector, rank, branch)
            if sector in FORCES
            else (sector, None, branch if sector == "PRM" else None)
        )

    def _own(self, sector: str) -> str | None:
        return None if sector in ("FOR", "IGO") else self.home

    def _country_of(self, head: Token, start: int) -> str | None:
        before = [token for token in head.doc[start : head.i] if token.text[:1].isupper()]
        named = before + after_prepositions(head, ("of",))
        return country_of_words(head.doc, named, self.home) if named else None

    def _office_holder(self, doc: Doc, named: NamedHolder, actors: dict[int, Actor]) -> None:
        """Give a name the office that its bearer holds, unless the text says that he is somebody else."""
        head = doc[named.start] if named.end - named.start == 1 else doc[named.start : named.end].root
        inside = head.dep_ in ("compound", "nmod") and not named.start <= head.head.i < named.end
        current = actors.get(head.i)
        if inside or (current is not None and not current.is_name):
            return
        holder = named.holder
        role = self._actor_of(holder, phrase_text(doc, *noun_phrase(head)), head.i)
        if current is None:
            explained = None if named.is_full else self._names.recognise(head)
            actors[head.i] = explained or role
            return
        if not named.is_full and not _is_titled_so(current, holder):
            return
        forces_to_cabinet = current.sector in FORCES and holder.sector == "GOV"
        opposes = current.sector in ("LEG", "GOV") and holder.sector == "OPP"
        if role.sector == "FOR" or forces_to_cabinet or opposes:
            current = replace(current, sector=role.sector, country=role.country, rank=role.rank, branch=None)
        actors[head.i] = replace(current, title=f"{holder.office} {current.title}")
        self._names.correct(head, actors[head.i])

    def _actor_of(self, holder: OfficeHolder, text: str, head: int) -> Actor:
        foreign = holder.country != self.home and holder.sector != "IGO"
        sector = "FOR" if foreign else holder.sector
        rank = None if foreign else holder.rank
        return Actor(text, sector, head, rank, holder.country, "one", True, f"{holder.office} {text}")

    def _country(self, token: Token) -> Actor | None:
        """Recognise a country that acts (*Colombia said*)."""
        if token.pos_ != "PROPN" or token.dep_ not in (
            "nsubj",
            "nsubjpass",
            "agent",
            "dobj",
            "pobj",
            "conj",
        ):
            return None
        start, end = noun_phrase(token)
        country = country_of_words(token.doc, list(token.doc[start:end]), self.home, whole=True)
        if country is None or country == self.home:
            return None
        text = phrase_text(token.doc, start, end)
        return Actor(text, "FOR", token.i, None, country, "body", True, text)

    def _foreign_administrations(self, doc: Doc, tokens: list[Token], actors: dict[int, Actor]) -> None:
        """Let *the administration* be the foreign one that the same paragraph spoke of just before."""
        latest: Actor | None = None
        for token in tokens:
            actor = actors.get(token.i)
            if actor is None:
                if token.is_space and "\n" in token.text:
                    latest = None
            elif actor.text.lower() == "the administration" and latest is not None and latest.sector == "FOR":
                actors[token.i] = replace(actor, sector="FOR", country=latest.country)
            elif actor.sector in ("FOR", "GOV") and token.dep_ in ("nsubj", "nsubjpass"):
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

    def _of_corps(self, token: Token, actors: dict[int, Actor]) -> None:
        """Let *SEBIN agents* be of the service that the word before names."""
        for child in token.children:
            actor = actors.get(child.i) if child.dep_ in ("compound", "amod", "nmod", "poss") else None
            if actor is not None and actor.sector in (*FORCES, "PRM"):
                text = phrase_text(token.doc, *noun_phrase(token))
                body = token.lemma_.lower() in words("actors", "bodies_of_corps")
                number = "body" if body else "many" if token.tag_ in ("NNS", "NNPS") else "one"
                actors[token.i] = replace(
                    actor, text=text, head=token.i, number=number, is_name=False, title=text
                )
                return


def _ends_a_country(tokens: list[Token], head: Token) -> bool:
    """Tell a noun that is part of a country's name (*the United States*)."""
    if head.pos_ != "PROPN" or head.i == 0:
        return False
    return names_a_country(f"{tokens[head.i - 1].text} {head.text}")


def _number(head: Token, entry: Entry) -> str:
    """Tell one from many by the noun's form, also where the parser takes a plural for a name."""
    plural = head.tag_ in ("NNS", "NNPS") or (
        head.tag_ in ("NN", "NNP") and not entry.name and fold(head.text) not in map(fold, entry.words)
    )
    if plural:
        return "many" if entry.number == "one" else entry.number
    single = head.tag_ in ("NN", "NNP") and entry.number == "many"
    return "one" if single and head.lemma_.lower() not in words("actors", "crowds") else entry.number


def _is_titled_so(actor: Actor, holder: OfficeHolder) -> bool:
    """Tell whether the text's own title for a name speaks of the office (*President Kuczynski*)."""
    said = set(fold(actor.title).replace("-", " ").split())
    return not said.isdisjoint(set(holder.office.replace("-", " ").split()) - words("actors", "title_joints"))


@lru_cache(maxsize=1)
def _measures() -> frozenset[str]:
    return frozenset(table("actors")["measures"])


@lru_cache(maxsize=1)
def _people_of_corps() -> frozenset[str]:
    return words("actors", "people_of_corps")


@lru_cache(maxsize=1)
def _relational() -> frozenset[str]:
    return frozenset(table("actors")["relational"])


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
