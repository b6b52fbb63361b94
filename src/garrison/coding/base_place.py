"""Where a report stands: the town of its title, dateline or head serves what it tells without naming a place."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from garrison.coding.claim_place import is_of_whole_country
from garrison.coding.date_words import date_words
from garrison.coding.datelines import ends_of_datelines
from garrison.coding.parsed_text import ParsedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span

    from garrison.coding.frames import Match
    from garrison.coding.parsing import Part
    from garrison.coding.places import PlaceMention

# A heading that is a place's name has no more signs on either side of it.
_HEADING = 12


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(
        (resources.files(__package__) / "places.toml").read_text(encoding="utf-8")
    )["base"]
    return table


class BasePlaces:
    r"""The places from which the sections of a report are written.

    Parameters
    ----------
    parts
        The parsed title and blocks of a report.
    home
        The country that it is about; without one there is no place.

    Examples
    --------
    >>> from datetime import date
    >>> from garrison.coding.parsing import parts_of
    >>> from garrison.records import Report
    >>> text = "Calm returns\n\nMARACAIBO, May 3 (Wire) - Shops opened."
    >>> report = Report("d", text, date(2017, 5, 3), title_start=0, title_end=12, article_end=len(text))
    >>> BasePlaces(list(parts_of(report)), "VEN").at(50).adm1
    'VE-V'
    """

    def __init__(self, parts: Sequence[Part], home: str | None) -> None:
        self._starts: list[int] = []
        self._bases: list[PlaceMention] = []
        if home is None:
            return
        from garrison.coding.places import places_of

        titled: list[PlaceMention] = []
        named: list[PlaceMention] = []
        in_head: list[PlaceMention] = []
        sections: list[tuple[int, PlaceMention]] = []
        for part in parts:
            if part.name == "comments":
                continue
            places, text = places_of(part.doc, home), ParsedText.of(part.doc).text
            if part.name == "title":
                titled = places
                named += places
                continue
            if not named or named == titled:
                in_head = in_head or _in_head(text, places, has_title=part is not parts[0])
            named += places
            sections += [(part.offset + start, place) for start, place in _sections(text, places)]
        first = (
            _only(titled) or (sections[0][1] if sections else None) or _only(in_head) or _most_named(named)
        )
        # The first dateline tells where the whole was written; only what stands below another moves elsewhere.
        for start, place in [*([(0, first)] if first is not None else []), *sections[1:]]:
            self._starts.append(start)
            self._bases.append(place)

    def at(self, character: int) -> PlaceMention | None:
        """Give the place of the section that a character of the report stands in.

        Parameters
        ----------
        character
            Counted in the text of the report.

        Returns
        -------
        PlaceMention or None
            None where nothing tells where the section was written.
        """
        index = bisect_right(self._starts, character) - 1
        return self._bases[index] if index >= 0 else None


def base_serves(match: Match, span: Span, kind: str, certainty: str, days: int) -> bool:
    """Tell whether a clause without a place of its own happened where its report stands.

    Parameters
    ----------
    match
        The frame that fits.
    span
        Its clause.
    kind, certainty
        Type and grade of its claim.
    days
        How many days it may have taken, at least 1.

    Returns
    -------
    bool
        True for deeds of the street, and for what was done at a gate, a market, a barracks or the like; False for
        deeds of other countries, for totals of many days, and for what has not happened.
    """
    table = _table()
    if match.actor is not None and match.actor.sector in table["from_elsewhere"]:
        return False
    if kind in table["never"] or days > int(table["longest"]["value"]):
        return False
    if is_of_whole_country(match.trigger.sent.text):
        return False
    is_local = _local_scene().search(span.text) is not None
    if certainty in table["unreal"]:
        return is_local
    return is_local or kind in table["of_the_street"]


@lru_cache(maxsize=1)
def _local_scene() -> re.Pattern[str]:
    table = _table()
    behind = "|".join(table["behind"])
    nouns = "|".join(table["scenes"])
    named = "|".join(table["named_scenes"])
    words_between = r"(?:[\w'’-]+\s){0,4}?"
    return re.compile(
        rf"\b(?:{behind})\s{words_between}(?:{nouns})\b|\b(?:[A-Z][\w'’-]+\s)(?:{named})\b|\b(?:Camp|Place|Plaza|Rue)\s[A-Z]"
    )


def _sections(text: str, places: list[PlaceMention]) -> list[tuple[int, PlaceMention]]:
    """Give where sections begin whose dateline or heading names a place."""
    starts = [place.start for place in places]
    found: dict[int, PlaceMention] = {}
    for end in ends_of_datelines(text):
        start = text.rfind("\n", 0, end) + 1
        base = _only(places[bisect_left(starts, start) : bisect_left(starts, end)])
        if base is not None:
            found[start] = base
    for place in places:
        line_end = text.find("\n", place.end, place.end + _HEADING)
        start = text.rfind("\n", max(place.start - _HEADING, 0), place.start) + 1
        line = text[start : line_end if line_end >= 0 else place.end + _HEADING].strip(" #*:.-–—")
        if start > 0 and line == place.text:
            found.setdefault(start, place)
    return sorted(found.items())


def _in_head(text: str, places: list[PlaceMention], *, has_title: bool) -> list[PlaceMention]:
    """Give the places of the short first lines below the title (*From our correspondent, Maracaibo, 3 May*)."""
    found: list[PlaceMention] = []
    longest, left = int(date_words().conventions["head_letters"]), int(date_words().conventions["head_lines"])
    at = 0
    while left and at < len(text):
        end = text.find("\n", at)
        end = end if end >= 0 else len(text)
        line = text[at:end].strip()
        left -= bool(line)
        # Without a title, what ends in a full stop is the report itself.
        if len(line) <= longest and (has_title or not line.endswith((".", "!", "?"))):
            found += [place for place in places if at <= place.start < end]
        at = end + 1
    return found


def _only(places: list[PlaceMention]) -> PlaceMention | None:
    """Give the first of places that lie in one division."""
    return places[0] if len({place.adm1 for place in places}) == 1 else None


def _most_named(places: list[PlaceMention]) -> PlaceMention | None:
    """Give the place of the division that a text without any dateline speaks of most."""
    table = _table()
    counted = Counter(place.adm1 for place in places).most_common(1)
    if not counted or counted[0][1] < int(table["fewest_mentions"]["value"]):
        return None
    if counted[0][1] < float(table["share_of_mentions"]["value"]) * len(places):
        return None
    return next(place for place in places if place.adm1 == counted[0][0])
