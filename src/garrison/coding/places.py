"""Places in a text: named divisions and towns of the country, and "the capital", each with its division."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from garrison.coding.parsed_text import ParsedText
from garrison.world import Country, countries, fold_name, place_index
from garrison.world import country as country_of_code

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST_NAME = 7
_CAPITAL = re.compile(
    r"\b(?:[Tt]he|[Tt]heir|[Ll]a)\s+(?:(?:(?P<owner>[\w’']+(?:\s[A-Z]\w+)?)[’']s|(?P<adjective>[\w-]+))\s+)?"
    r"(?:[Cc]apital(?!\w)(?:\s+city)?(?!-)|(?-i:CAPITAL\b))"
)
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place that a text names.

    Parameters
    ----------
    start, end
        Its characters, end exclusive.
    text
        Its words as they stand there.
    adm1
        ISO 3166-2 of the first-order division it lies in, None where no map of the country is known.
    """

    start: int
    end: int
    text: str
    adm1: str | None


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "places.toml").read_text(encoding="utf-8"))


def find_places(doc: Doc, country: str) -> list[PlaceMention]:
    """Find the places of a country that a text names.

    The longest name wins; a name must be capitalised and must not be part of a person's or an institution's
    name; a town followed by another country's name lies there and is left out.

    Parameters
    ----------
    doc
        A parsed text.
    country
        ISO 3166-1 alpha-3 of the country that the text is about.

    Returns
    -------
    list of PlaceMention
        In the order of the text, without overlaps.

    Raises
    ------
    CountryError
        If the country is not in the world table.

    Examples
    --------
    >>> import spacy
    >>> [found.adm1 for found in find_places(spacy.blank("en")("Crowds in Mérida and in the capital."), "VEN")]
    ['VE-L', 'VE-A']
    """
    home, parsed = country_of_code(country), ParsedText.of(doc)
    named = list(_named_places(parsed, home))
    capitals = [
        place
        for place in _capital_mentions(parsed.text, home, named)
        if not any(place.start < other.end and other.start < place.end for other in named)
    ]
    taken = named + capitals
    seats = [
        place
        for place in _seat_mentions(parsed.text, home)
        if not any(place.start < other.end and other.start < place.end for other in taken)
    ]
    return sorted(taken + seats, key=lambda place: place.start)


def places_of(doc: Doc, country: str) -> list[PlaceMention]:
    """Give the places of a parsed text, found once and kept with it.

    Parameters
    ----------
    doc
        A parsed text.
    country
        ISO 3166-1 alpha-3 of the country that the text is about.

    Returns
    -------
    list of PlaceMention
        As `find_places` gives them.
    """
    kept: dict[str, list[PlaceMention]] = doc.user_data.setdefault("places", {})
    if country not in kept:
        kept[country] = find_places(doc, country)
    return kept[country]


@lru_cache(maxsize=1)
def _seats() -> re.Pattern[str]:
    table = _words()["landmarks"]
    beside = "|".join(sorted(map(re.escape, table["beside"]), key=len, reverse=True))
    seats = "|".join(
        sorted((re.escape(seat).replace("'", "['’]") for seat in table["seats"]), key=len, reverse=True)
    )
    owner = r"(?:(?:country|nation)['’]s\s+)?"
    bare = r"parliament|state\s(?:TV|television|radio)"
    return re.compile(rf"\b(?:{beside})\s+(?P<seat>the\s+{owner}(?:{seats})|{bare})(?!\w|-|['’]s)")


def _seat_mentions(text: str, home: Country) -> Iterator[PlaceMention]:
    """Find the seats of the state at which something is done (*outside the parliament*): they are in the capital."""
    if home.capital_adm1 is None or home.code in _words()["landmarks"]["elsewhere"]:
        return
    for match in _seats().finditer(text):
        if not re.match(r"\s+(?:in|of)\s+[A-Z]", text[match.end() : match.end() + 12]):
            yield PlaceMention(match.start("seat"), match.end("seat"), match["seat"], home.capital_adm1)


@lru_cache(maxsize=256)
def _first_words(code: str) -> frozenset[str]:
    return frozenset(name.split()[0] for name in (*place_index(code), *_quarters(code)))


def _named_places(parsed: ParsedText, home: Country) -> Iterator[PlaceMention]:
    doc, index, openers = parsed.doc, place_index(home.code), _first_words(home.code)
    quarters = _quarters(home.code)
    persons: set[str] = set()
    at, last_place = 0, -_LONGEST_NAME
    while at < len(doc):
        token = doc[at]
        folded = fold_name(token.text)
        if not token.text[:1].isupper() or not folded or folded.split()[0] not in openers:
            at += 1
            continue
        for last in range(min(at + _LONGEST_NAME, len(doc)), at, -1):
            words = doc[at:last]
            name = fold_name(words.text)
            place = index.get(name)
            quarter = quarters.get(name)
            if (
                (place is None and quarter is None)
                or "\n" in words.text
                or not _LETTERS.search(words[-1].text)
            ):
                continue
            if name in _words()["ordinary_words"] and not _is_after(parsed, at, _words()["locative"]):
                break
            if not _stands_for_a_place(parsed, at, last, home):
                persons.add(fold_name(words[-1].text))
                break
            is_small = quarter is None and place is not None and place.kind == "town"
            if (is_small or name in persons) and not _is_located(parsed, at, last, last_place):
                break
            adm1 = quarter if quarter is not None else place.adm1 if place is not None else None
            yield PlaceMention(words.start_char, words.end_char, words.text, adm1)
            last_place, at = last, last - 1
            break
        at += 1


@lru_cache(maxsize=256)
def _quarters(code: str) -> dict[str, str]:
    """Give the quarters, squares and forts of a country that stand for a place, by folded name."""
    listed = _words()["quarters"].get(code, {})
    return {fold_name(name): adm1 for adm1, names in listed.items() for name in names}


def _is_after(parsed: ParsedText, first: int, words: list[str]) -> bool:
    """Tell whether one of some words stands before a name, over an article, a direction, "the town of"."""
    skipped = {"the", "of", "la", "el", *_words()["directions"], *_words()["place_words"]}
    at = first - 1
    while at >= 0 and first - at < 6 and parsed.doc[at].lower_ in skipped:
        at -= 1
    return at >= 0 and parsed.doc[at].lower_ in words


def _is_located(parsed: ParsedText, first: int, last: int, last_place: int) -> bool:
    """Tell where a name that may be a family's must be a place: after *in*, in a list of places, in a dateline."""
    doc = parsed.doc
    if _is_after(parsed, first, _words()["locative"]):
        return True
    joins = [token.lower_ for token in doc[last_place:first]]
    if 0 < len(joins) <= 2 and last_place > 0 and set(joins) <= {",", "and", "or"}:
        return True
    if last < len(doc) and fold_name(doc[last].text) in _words()["place_words"]:
        return True
    opens_line = not parsed.line_before(doc[first].idx).strip()
    return opens_line and doc[first].is_upper and len(doc[first]) > 1


def _stands_for_a_place(parsed: ParsedText, first: int, last: int, home: Country) -> bool:
    """Tell a place from a person, an institution or a place abroad of the same name."""
    doc = parsed.doc
    before = doc[first - 1] if first else None
    after = doc[last] if last < len(doc) else None
    if before is not None and _belongs_to_a_name(before, parsed, first):
        return False
    if after is not None and _opens_a_family_name(after, parsed, last):
        return False
    if after is not None and _is_named_after_a_person(fold_name(doc[first:last].text), after, home):
        return False
    if any(
        entity.label_ in ("PERSON", "ORG")
        and entity.start <= first
        and last <= entity.end
        and len(entity) > last - first
        for entity in doc.ents
    ):
        return False
    return not _lies_abroad(doc, last, home)


def _is_named_after_a_person(name: str, after: Token, home: Country) -> bool:
    """Tell a square, a street or barracks that bear the name of a person whose name a division bears, too."""
    words = _words()
    return fold_name(after.text) in words["named_after"] and name in words["persons"].get(home.code, ())


def _is_name_like(token: Token) -> bool:
    return token.text[:1].isupper() and token.is_alpha and not token.is_sent_start


def _belongs_to_a_name(before: Token, parsed: ParsedText, first: int) -> bool:
    words = _words()
    folded = fold_name(before.text)
    if folded in words["person_titles"]:
        return True
    if before.text == "." and first >= 2 and fold_name(parsed.doc[first - 2].text) in words["person_titles"]:
        return True
    if not before.text[:1].isupper() or not _LETTERS.search(before.text) or _is_headline(parsed, first):
        return False
    is_common = folded in words["directions"] or folded in words["place_words"] or before.pos_ in (
        "ADP", "DET", "CCONJ", "SCONJ", "VERB", "AUX", "ADV", "PRON", "PART", "PUNCT", "NUM",
    )  # fmt: skip
    return not is_common and _known_as_time(before) is False and before.pos_ in ("PROPN", "NOUN", "")


def _opens_a_family_name(after: Token, parsed: ParsedText, last: int) -> bool:
    if not _is_name_like(after) or _is_headline(parsed, last):
        return False
    folded = fold_name(after.text)
    return folded not in _words()["place_words"] and not _known_as_time(after) and after.pos_ in ("PROPN", "")


def _known_as_time(token: Token) -> bool:
    from garrison.coding.date_words import date_words

    word = token.text.lower().rstrip(".")
    return word in date_words().weekday_of or word in date_words().month_of


def _is_headline(parsed: ParsedText, at: int) -> bool:
    """Tell a line in title case, where a capital letter says nothing."""
    here = parsed.doc[min(at, len(parsed.doc) - 1)].idx
    line = parsed.line_before(here) + parsed.line_after(here)
    words = re.findall(r"[^\W\d_]{4,}", line)
    rules = _words()["headline"]
    n_capitalised = sum(word[0].isupper() for word in words)
    is_long: bool = len(words) >= rules["fewest_words"]["value"]
    return is_long and n_capitalised >= float(rules["capitalised_share"]["value"]) * len(words)


@lru_cache(maxsize=1)
def _countries_by_name() -> dict[str, str]:
    return {fold_name(name): item.code for item in countries() for name in item.names}


def _lies_abroad(doc: Doc, last: int, home: Country) -> bool:
    """Tell "Valencia, Spain" from "Valencia, Carabobo"."""
    if last + 1 >= len(doc) or doc[last].text != ",":
        return False
    for length in (3, 2, 1):
        code = _countries_by_name().get(fold_name(doc[last + 1 : last + 1 + length].text))
        if code is not None and doc[last + 1].text[:1].isupper():
            return code != home.code
    return False


def _capital_mentions(text: str, home: Country, named: list[PlaceMention]) -> Iterator[PlaceMention]:
    """Find "the capital" where it is the country's own and not named at once ("the capital, Caracas")."""
    words = _words()
    own = {fold_name(name) for name in (*home.names, *home.demonyms, "country", "nation", home.capital)}
    for match in _CAPITAL.finditer(text):
        behind = text[match.end() : match.end() + 40]
        modifier, owner = match["adjective"] or "", match["owner"] or ""
        if re.match(rf"\s+(?:{'|'.join(words['not_a_capital_before'])})\b", behind):
            continue
        is_foreign_word = modifier[:1].isupper() and fold_name(modifier) not in own
        if is_foreign_word or modifier.lower() in words["other_capitals"]:
            continue
        if owner and fold_name(owner) not in own:
            continue
        of = re.match(r"\s+(?:of|de)\s+(?:the\s+)?(?P<of>[^\s,.;]+(?:\s[A-Z]\w+)?)", behind)
        if of and fold_name(of["of"]) not in own and fold_name(of["of"].split()[0]) not in own:
            continue
        if any(0 <= place.start - match.end() <= 2 for place in named) or re.match(r",?\s+[A-Z]", behind):
            continue
        if re.search(r"[A-Z]\w+,\s+$", text[max(0, match.start() - 30) : match.start()]) and re.match(
            r"\s+of\b", behind
        ):
            continue
        yield PlaceMention(match.start(), match.end(), match.group(), home.capital_adm1)
