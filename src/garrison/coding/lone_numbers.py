"""Numbers that stand for people without a noun (*the three asked for asylum*), told to the parser before it reads.

The parser takes most of them for the number of a noun that does not come, and loses the verb. The norm of a word is
what it reads first; given that of a plural noun it finds the verb. The text itself stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding.agent_lexicon import lexicon_by_first_word
from garrison.coding.tables import table, words

if TYPE_CHECKING:
    from spacy.tokens import Doc


def mark_lone_numbers(doc: Doc) -> Doc:
    """Give numbers that stand for people the norm of a noun, before the parser reads them.

    Parameters
    ----------
    doc
        A text cut into words, not yet parsed.

    Returns
    -------
    spacy.tokens.Doc
        The same text.

    Examples
    --------
    >>> import spacy
    >>> [token.norm_ for token in mark_lone_numbers(spacy.blank("en")("The three fled."))]
    ['the', 'men', 'fled', '.']
    """
    numbers = table("coreference")["counts"]
    before, people = words("coreference", "before_lone_numbers"), table("coreference")["people"]
    small = [token.lower_ for token in doc]
    for index in range(1, len(doc) - 1):
        alone = small[index] in numbers and small[index - 1] in before
        if alone and _acts(small[index + 1], small[index + 2] if index + 2 < len(small) else ""):
            doc[index].norm_ = people
    return doc


def _acts(word: str, following: str) -> bool:
    """Tell whether a word behind a number is a verb, and no participle of a noun (*the three arrested officers*)."""
    if word in words("coreference", "auxiliaries"):
        return True
    is_verb = word.endswith("ed") and word not in words("coreference", "participles")
    entries = lexicon_by_first_word().get(following, ())
    return is_verb and not any(len(entry.words) == 1 for entry in entries)
