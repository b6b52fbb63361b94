"""Names compared as readers compare them: without accents, case, apostrophes and hyphens."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "AE"}
)


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """Fold a name to the form in which two spellings of it are equal.

    Parameters
    ----------
    name
        A name of a place or a country in any case, with or without accents.

    Returns
    -------
    str
        Lower-case words with single spaces; apostrophes are dropped, hyphens become spaces.

    Examples
    --------
    >>> fold_name("Anzoátegui"), fold_name("N’Djamena"), fold_name("Port-au-Prince")
    ('anzoategui', 'ndjamena', 'port au prince')
    """
    bare = unicodedata.normalize("NFKD", name.translate(_LETTERS_WITHOUT_DECOMPOSITION))
    letters = [
        "" if unicodedata.combining(sign) or sign in "'’‘`´ʿʾ." else sign if sign.isalnum() else " "
        for sign in bare.casefold()
    ]
    return " ".join("".join(letters).split())
