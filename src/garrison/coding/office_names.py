"""Names of office-holders in a text: who held which office on the day of the report, and never a guess.

A full name is enough. A surname alone counts where the text introduced the person, or where the office is the home
country's, an international body's, a foreign head of state's or a power's that reports name without a title. A
surname that many bear, that two holders share, or that stands beside another first name, is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.agent_lexicon import lexicon_by_first_word
from garrison.coding.country_words import fold, names_a_country
from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from garrison.world import OfficeHolder


@dataclass(frozen=True, slots=True)
class NamedHolder:
    """A name of an office-holder in a text: its tokens, who it is, and whether it is the full name."""

    start: int
    end: int
    holder: OfficeHolder
    is_full: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a holder's name, word by word, written small and without accents."""

    words: tuple[str, ...]
    holder: OfficeHolder
    is_full: bool
    is_common: bool


class OfficeNames:
    """Finds office-holders in the texts of one report and remembers whom the report introduced.

    Parameters
    ----------
    home
        ISO 3166 alpha-3 code of the country that the report is about, or None.
    day
        The day of the report; without one, nobody is known to hold an office.
    """

    def __init__(self, home: str | None, day: date | None) -> None:
        self._home = home
        self._forms = _forms_by_first_word(day) if day is not None else {}
        self._introduced: set[str] = set()

    def find(self, tokens: list[Token]) -> list[NamedHolder]:
        """Find the office-holders whom a text names.

        Parameters
        ----------
        tokens
            The tokens of a parsed text.

        Returns
        -------
        list of NamedHolder
            In the order of the text.
        """
        if not self._forms:
            return []
        found = list(self._candidates(tokens))
        self._introduced.update(form.holder.name for _, forms in found for form in forms if form.is_full)
        named = [self._chosen(start, forms, tokens) for start, forms in found]
        return [item for item in named if item is not None]

    def _candidates(self, tokens: list[Token]) -> Iterator[tuple[int, list[_Form]]]:
        """Give the places where a form stands, with the longest forms that stand there."""
        after = 0
        known = self._forms
        for index, word in enumerate([fold(token.text) for token in tokens]):
            if word not in known or index < after:
                continue
            forms = [form for form in known[word] if _stands_at(form, tokens, index)]
            if forms:
                longest = max(len(form.words) for form in forms)
                after = index + longest
                yield index, [form for form in forms if len(form.words) == longest]

    def _chosen(self, start: int, forms: list[_Form], tokens: list[Token]) -> NamedHolder | None:
        end = start + len(forms[0].words)
        full = [form for form in forms if form.is_full]
        if not full and _names_another(tokens, start, end, forms):
            return None
        fitting = full or [form for form in forms if self._counts_alone(form)]
        persons = {form.holder.name for form in fitting}
        if len(persons) > 1:
            narrowed = [form for form in fitting if form.holder.name in self._introduced]
            narrowed = narrowed or [form for form in fitting if form.holder.country == self._home]
            fitting, persons = narrowed, {form.holder.name for form in narrowed}
        if len(persons) != 1:
            return None
        at_home = [form for form in fitting if form.holder.country == self._home]
        return NamedHolder(start, end, (at_home or fitting)[0].holder, bool(full))

    def _counts_alone(self, form: _Form) -> bool:
        holder = form.holder
        if holder.name in self._introduced:
            return True
        if form.is_common:
            return holder.leads and holder.country == self._home
        powers = words("actors", "named_without_title")
        return holder.country in (None, self._home) or holder.leads or holder.country in powers


def _names_another(tokens: list[Token], start: int, end: int, forms: list[_Form]) -> bool:
    """Tell whether a surname stands in another person's name (*Luis Padrino*) or in a thing's (*Obama Street*)."""
    own = {word for form in forms for word in fold(form.holder.name).split()}
    before = tokens[start - 1] if start > 0 else None
    if before is not None and before.text in ("-", "–") and not before.whitespace_:
        return True
    if before is not None and _is_a_name(before) and fold(before.text) not in own:
        return True
    following = tokens[end] if end < len(tokens) else None
    return following is not None and _is_a_name(following) and fold(following.text) not in own


def _is_a_name(token: Token) -> bool:
    """Tell whether a word beside a surname is a name, and no title, day, country or word of respect."""
    if token.pos_ != "PROPN" or not token.text[:1].isupper():
        return False
    word = fold(token.text)
    plain = word.rstrip(".")
    return not (
        word in lexicon_by_first_word()
        or plain in words("actors", "honorifics")
        or plain in words("actors", "title_words")
        or word in words("attribution", "day_names")
        or names_a_country(token.text)
    )


def _stands_at(form: _Form, tokens: list[Token], index: int) -> bool:
    size = len(form.words)
    if index + size > len(tokens) or not tokens[index + size - 1].text[:1].isupper():
        return False
    return all(fold(tokens[index + place].text) == word for place, word in enumerate(form.words))


@lru_cache(maxsize=64)
def _forms_by_first_word(day: date) -> dict[str, tuple[_Form, ...]]:
    from garrison.world import holders_on

    index: dict[str, list[_Form]] = {}
    for holder in holders_on(day):
        full = [name for name in (holder.name, *holder.also_called) if len(name.split()) > 1]
        short = [name for name in holder.also_called if len(name.split()) == 1]
        forms = [_Form(_pieces(name), holder, True, False) for name in full if name != holder.surname]
        forms += [_Form(_pieces(name), holder, False, False) for name in short]
        forms.append(_Form(_pieces(holder.surname), holder, False, holder.common))
        for form in forms:
            index.setdefault(form.words[0], []).append(form)
    return {word: tuple(forms) for word, forms in index.items()}


def _pieces(name: str) -> tuple[str, ...]:
    return tuple(fold(name).replace("-", " - ").split())
