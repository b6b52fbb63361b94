"""What a whole text is about: which country, whether a crisis, whether forces, whether a book or a film."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.datelines import ends_of_datelines
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from garrison.coding.parsing import Part
    from garrison.records import Report

# A country that somebody goes to, or that only speaks, is not the one a text is about.
_GOAL = re.compile(
    r"\b(?:to|into|for|towards?|from|by|(?:met|meeting|summit|said|says|speaking|asylum|exile) in)\s+(?:the\s+)?$"
)
_SPEAKER = re.compile(
    r"^(?:['’]s)?\s+(?:\w+\s+){0,2}?(?:said|says|told|condemned|urged|called|embassy|ambassador|envoy|diplomats?|"
    r"officials?|foreign)\b"
)

# What happens in it, and its own soldiers, police and crowds, show whom a text is about.
_IN = re.compile(r"\b(?:in|inside|across|throughout|near|outside|around)\s+(?:the\s+)?$", re.IGNORECASE)
_OWN = re.compile(
    r"^(?:['’]s)?\s+(?:\w+\s+){0,2}?(?:army|military|soldiers?|police|officers?|opposition|protesters?|protests?|"
    r"capital|city|town|junta|workers|students|activists|dissidents?)\b"
)

_CAPITALISED = re.compile(r"[^\W\d_a-z]\w*")

# In a sentence of these, a place abroad is where somebody went.
_LEFT = re.compile(r"\b(?:asylum|refuge|exiled?|fled|flees?|fleeing|arriv\w+|landed|embassy)\b")


def country_of_text(report: Report, asked: str | None) -> str | None:
    """Find the country that a text is coded for.

    Parameters
    ----------
    report
        A report.
    asked
        Code of the country that was asked for, or None.

    Returns
    -------
    str or None
        The country asked for, unless the text never names it nor a place of it and is plainly about another one:
        something happens in that one, or its own soldiers or crowds act, in the first line or among several
        mentions.
    """
    from garrison import world

    # What is too long to be coded need not be read for the country either.
    article = report.article[: limits()["part"]]
    text = f"{report.title}\n{article}" if report.title else article
    if asked is None:
        return world.find_country(text)
    if _names(text, asked):
        return asked
    named = world.find_country(text)
    if named is None or named == asked:
        return asked
    first_line = len(text) - len(text.lstrip())
    first_line = text.find("\n", first_line) if "\n" in text[first_line:] else len(text)
    told = [
        found
        for found in _words_of(named).finditer(text)
        if not _GOAL.search(text[max(found.start() - 20, 0) : found.start()])
        and not _SPEAKER.match(text[found.end() : found.end() + 40])
    ]
    plainly = [found for found in told if _is_of_it(text, found)]
    enough = bool(plainly) and (len(told) >= limits()["country_named"] or plainly[0].start() < first_line)
    return named if enough else asked


def _is_of_it(text: str, name: re.Match[str]) -> bool:
    """Tell whether a name stands for the place of what happens, or for the home of those who act."""
    start = max(text.rfind(sign, 0, name.start()) for sign in (". ", "\n")) + 1
    ends = [end for end in (text.find(sign, name.end()) for sign in (". ", "\n")) if end >= 0]
    if _LEFT.search(text[start : min(ends, default=len(text))]):
        return False
    after_dateline = any(name.start() < end <= name.end() + 60 for end in ends_of_datelines(text))
    before = text[max(name.start() - 20, 0) : name.start()]
    return after_dateline or bool(_IN.search(before)) or bool(_OWN.match(text[name.end() : name.end() + 40]))


@lru_cache(maxsize=64)
def _words_of(code: str) -> re.Pattern[str]:
    """Give what names a country: its names, what its people are called, its capital and other seats."""
    from garrison import world

    entry = world.country(code)
    names = [*entry.names, *entry.demonyms, *filter(None, (entry.capital, *entry.seats))]
    forms = sorted(
        {form for name in names for form in (name, name.upper(), f"{name}s")},
        key=lambda form: (-len(form), form),
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in forms)})(?!\w)")


def _names(text: str, code: str) -> bool:
    """Tell whether a text names a country, or a place of it, at all."""
    from garrison.world import places

    if _words_of(code).search(text):
        return True
    capitalised = {word.group() for word in _CAPITALISED.finditer(text)}
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        for place in places(code)
        for name in (place.name, *place.also_called)
        if (first := _CAPITALISED.match(name)) and first.group() in capitalised and name in text
    )


def _base_forms(parts: list[Part]) -> set[str]:
    """Give the base forms of title and article; each form of a text once, not token by token."""
    found: set[str] = set()
    for part in parts:
        if part.name != "comments":
            known = part.doc.vocab.strings
            found.update(known[form].lower() for form in set(part.doc.to_array("LEMMA").tolist()) if form)
    return found


def is_about_a_crisis(parts: list[Part]) -> bool:
    """Tell whether title and article speak of a crisis: by one plain word, or by several weaker ones and forces."""
    told = _base_forms(parts)
    if not told.isdisjoint(words("attribution", "crisis_words")):
        return True
    signs = len(told & (words("attribution", "crisis_signs") | words("unrest", "signs")))
    if told.isdisjoint(words("attribution", "forces_words") | words("unrest", "forces")):
        return signs >= limits()["signs_alone"]
    if signs >= limits()["crisis_signs"] or not told.isdisjoint(words("unrest", "plain")):
        return True
    political = len(told & words("unrest", "politics")) >= limits()["political_words"]
    return political and not told.isdisjoint(words("unrest", "violent"))


def is_about_a_game(parts: list[Part]) -> bool:
    """Tell a report on sport: its defections, captains, attacks and protests are those of a game."""
    told = _base_forms(parts)
    played = len(told & words("unrest", "sport"))
    return played >= limits()["sport_words"] and played > 2 * len(told & words("attribution", "crisis_words"))


def is_about_a_work(report: Report) -> bool:
    """Tell a review of a book, a film or a show: what it retells did not happen now."""
    works = words("attribution", "works")
    title = report.title.lower().replace(":", " ").split()
    opening = report.article[: limits()["opening"]].lower().replace(".", " ").replace(",", " ").split()
    return not works.isdisjoint(title) or len(works & set(opening)) >= limits()["work_signs"]


def names_a_deed_of_forces(parts: list[Part]) -> bool:
    """Tell whether title or article name what only forces do (mutiny, desert): then *officers* are theirs."""
    deeds = words("attribution", "deeds_of_forces")
    if deeds.isdisjoint(_base_forms(parts)):
        return False
    body = [part.doc for part in parts if part.name != "comments"]
    return any(
        token.lemma_.lower() in deeds and token.pos_ != "PROPN"
        for doc in body
        for token in doc
        if token.tag_ != "NN" or token.lemma_ != "desert"
    )
