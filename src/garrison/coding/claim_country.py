"""Which country a clause is about: a country named in it, or over it, goes before the one the text is coded for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.actors import Actor
from garrison.coding.country_words import country_of_words, fold
from garrison.coding.frame_table import frames
from garrison.coding.frames import Match
from garrison.coding.tables import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_INSIDE = ("in", "inside", "within", "across", "throughout", "at", "near", "outside", "around")
_BELONGING = ("of", "from", *_INSIDE)
_MODIFIERS = ("amod", "compound", "poss", "nmod", "nummod")


def country_of_claim(match: Match, actors: dict[int, Actor], home: str | None) -> str | None:
    """Find the country that a clause is about.

    Parameters
    ----------
    match
        The frame that fits.
    actors
        The agents of the text by their head nouns.
    home
        Code of the country that the text is coded for, or None.

    Returns
    -------
    str or None
        ISO 3166-1 alpha-3: of the country that the agent's words, the place of the deed or the clause above name;
        `home` where none does, and for what other states do to it.
    """
    from garrison.vocabulary import event_types

    if home is None or event_types()[match.frame.type].group == "foreign":
        return home
    is_exile = match.frame.type == "DEFECT_EXILE"
    for named in () if is_exile else _near(match, actors, home):
        if named:
            return home if home in named else named[0]
    fronted = _fronted(match.trigger, home) or ([] if is_exile else _of_antecedent(match, home))
    if not fronted or (is_exile and not _goes_elsewhere(match, fronted[0], home)):
        return home
    return home if home in fronted else fronted[0]


def _near(match: Match, actors: dict[int, Actor], home: str) -> Iterator[list[str]]:
    """Give the countries that the agent's own words name, then those of the place of the deed."""
    trigger = match.trigger
    doc = trigger.doc
    if match.actor is not None and match.actor.sector != "FOR":
        yield _belonging(doc[match.actor.head], home)
    if trigger.pos_ in ("NOUN", "PROPN"):
        yield _belonging(trigger, home)
        yield _of_doer(match, actors, home)
    if match.frame.kind != "speech":
        yield _inside(trigger, home)
    if match.target is not None and match.target.sector != "FOR":
        yield _belonging(doc[match.target.head], home)
    if match.frame.kind != "speech":
        for thing in match.things:
            yield _inside(thing, home)
    yield _of_commander(trigger, actors, home)
    for above in clauses.clause_heads(trigger):
        # Where somebody speaks is not where the thing happened of which he speaks.
        if above.i != trigger.i and not _tells(above):
            yield _inside(above, home)


def _belonging(noun: Token, home: str) -> list[str]:
    """Give the countries to which a noun is said to belong (*Sudanese soldiers*, *soldiers in Colombia*)."""
    before = [child for child in noun.children if child.dep_ in _MODIFIERS and child.i < noun.i]
    before += [grand for child in before for grand in child.children if grand.dep_ in _MODIFIERS]
    found = [code for word in before if (code := country_of_words(noun.doc, [word], home))]
    for item in clauses.after_prepositions(noun, _BELONGING):
        if item.i > noun.i:
            found += _of_place(item, home)
            found += _belonging(item, home) if item.dep_ == "pobj" and item.head.lower_ == "of" else []
    return found


def _inside(word: Token, home: str) -> list[str]:
    """Give the countries in which something is said to happen (*refused in Khartoum*)."""
    if word.lemma_.lower() in words("attribution", "abroad_verbs"):
        return []
    return [code for item in clauses.after_prepositions(word, _INSIDE) for code in _of_place(item, home)]


def _of_doer(match: Match, actors: dict[int, Actor], home: str) -> list[str]:
    """Give the country of a foreign agent who does what a noun without an agent names (*X took power in a coup*)."""
    verb = next((head for head, _ in clauses.governors(match.trigger) if head.pos_ == "VERB"), None)
    if match.actor is not None or verb is None:
        return []
    rows = frames().get(("verb", verb.lemma_.lower()), ())
    subject = clauses.subject_of(verb)
    doer = actors.get(subject.i) if subject is not None else None
    does = any(row.type == match.frame.type for row in rows)
    return [doer.country] if does and doer is not None and doer.country and doer.country != home else []


def _of_commander(trigger: Token, actors: dict[int, Actor], home: str) -> list[str]:
    """Give the country of a foreign government that orders, or a foreign opposition that calls on, its own forces."""
    found: list[str] = []
    for verb, relation in clauses.governors(trigger):
        if relation not in ("xcomp", "ccomp", "conj") or verb.pos_ != "VERB":
            break
        subject = clauses.subject_of(verb)
        giver = actors.get(subject.i) if subject is not None else None
        if giver is None or not giver.country or giver.country == home:
            continue
        orders = verb.lemma_.lower() in words("attribution", "commanding_verbs")
        if orders or "opposition" in giver.title.lower():
            found.append(giver.country)
    return found


def _of_antecedent(match: Match, home: str) -> list[str]:
    """Give the country of the sentence in which a pronoun's agent was named (*In Sudan, soldiers ... They ...*)."""
    if match.actor is None:
        return []
    named = match.trigger.doc[match.actor.head]
    if named.sent.start == match.trigger.sent.start:
        return []
    return _fronted(named, home) or [
        code for verb in clauses.clause_heads(named)[:1] if not _tells(verb) for code in _inside(verb, home)
    ]


def _fronted(trigger: Token, home: str) -> list[str]:
    """Give the country that opens the sentence (*In Sudan, activists said that ...*); a seat only where it tells."""
    found: list[str] = []
    for above in clauses.clause_heads(trigger):
        first = min((child.i for child in above.children if not child.is_punct), default=above.i)
        opening = above.doc[first]
        if opening.dep_ == "prep" and opening.lower_ in _INSIDE and opening.i < above.i:
            for item in opening.children:
                if item.dep_ == "pobj" and (not _tells(above) or not _is_seat(item)):
                    found += _of_place(item, home)
    return found


def _goes_elsewhere(match: Match, origin: str, home: str) -> bool:
    """Tell whether those who flee *in X* flee to another country: else X itself is where they went."""
    goals = clauses.after_prepositions(match.trigger, ("to", "into"))
    goals += [
        item for thing in match.things for item in clauses.after_prepositions(thing, ("in", "from", "to"))
    ]
    return any(code != origin for item in goals for code in _of_place(item, home))


def _of_place(noun: Token, home: str) -> list[str]:
    """Give the country that a place is or lies in; an embassy lies in its host's country and counts as no place."""
    if noun.lemma_.lower() in words("attribution", "no_places") or noun.head.dep_ == "agent":
        return []
    around = [*(child for child in noun.children if child.dep_ in _MODIFIERS), noun]
    near = sorted(around, key=lambda token: token.i)
    named = country_of_words(noun.doc, near, home)
    named = named or country_of_words(noun.doc, near, home, whole=True)
    if named is None:
        named = _city(" ".join(token.text for token in near if token.dep_ != "det"), home)
    found = [named] if named is not None else []
    for item in clauses.after_prepositions(noun, ("of", "in")) if not found else ():
        found += _of_place(item, home) if item.i != noun.i else []
    return found


def _city(name: str, home: str) -> str | None:
    """Find whose town a name is; the home country's own comes first, and a name of several others is nobody's."""
    from garrison.world import fold_name, place_index

    if not name[:1].isupper():
        return None
    if fold_name(name) in place_index(home):
        return home
    return _country_by_city().get(fold_name(name))


@lru_cache(maxsize=1)
def _country_by_city() -> dict[str, str]:
    from garrison.world import countries, fold_name, places

    owners: dict[str, list[str]] = {}
    for entry in countries():
        for place in places(entry.code):
            names = (place.name, *place.also_called) if place.kind in ("city", "capital") else ()
            for name in names if place.kind == "city" or entry.capital_in_texts else ():
                owned = owners.setdefault(fold_name(name), [])
                if entry.code not in owned:
                    owned.append(entry.code)
    found = {name: codes[0] for name, codes in owners.items() if len(codes) == 1}
    return {**found, **{fold(seat): entry.code for entry in countries() for seat in entry.seat_names[:1]}}


def _is_seat(noun: Token) -> bool:
    return country_of_words(noun.doc, [noun], None) is None


def _tells(verb: Token) -> bool:
    told = words("attribution", "report_verbs") | words("attribution", "abroad_verbs")
    rows = frames().get(("verb", verb.lemma_.lower()), ())
    return verb.lemma_.lower() in told or any(row.kind == "speech" for row in rows)
