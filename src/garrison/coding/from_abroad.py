"""Who is from abroad by the words beside him (*European ministers*, *Botswana's president*), or by a known name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.country_words import country_of_words
from garrison.coding.tables import table, words

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_from_abroad(word: Token, home: str | None) -> bool:
    """Tell an agent from abroad whom the lexicon of agents takes for one of the country, or does not know.

    Parameters
    ----------
    word
        Head noun of the agent.
    home
        Code of the country that the text is about, or None.

    Returns
    -------
    bool
        Whether the word is a country or a leader from abroad, an envoy, or an office or body of one.
    """
    named = word.text[:1].isupper()
    if named and word.lower_ in words("abroad", "countries"):
        return True
    if named and word.pos_ == "PROPN" and _land_of_person().get(word.lower_, home) != home:
        return True
    before = [child for child in word.children if child.dep_ in ("amod", "compound", "poss", "nmod")]
    at_home = any(country_of_words(word.doc, [child], home) == home for child in before) and home is not None
    if at_home or any(
        child.dep_ == "poss" and child.lower_ in ("its", "their", "his", "her") for child in before
    ):
        return False
    if word.lemma_.lower() in words("abroad", "envoys"):
        return True
    return any(
        child.lower_ in words("abroad", "regions")
        or (child.text[:1].isupper() and child.lower_ in words("abroad", "countries"))
        or (country_of_words(word.doc, [child], home) or home) != home
        for child in before
    )


@lru_cache(maxsize=1)
def _land_of_person() -> dict[str, str]:
    return {name: code for code, names in table("abroad")["persons"].items() for name in names}
