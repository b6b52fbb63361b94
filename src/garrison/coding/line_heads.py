"""What stands at the head of a line before its words: a time, a handle, *Breaking:*, a bullet; read apart from them."""

from __future__ import annotations

import re
from functools import cache

from garrison.coding.tables import words


def ends_of_heads(text: str) -> list[int]:
    r"""Find where the words of a line begin behind its time, handle, label or bullet.

    Parameters
    ----------
    text
        A text.

    Returns
    -------
    list of int
        Characters, in the order of the text.

    Examples
    --------
    >>> ends_of_heads("17:02 @ana: Airport sealed.\n16.45 – A battalion left.\nBreaking: curfew lifted.\n* Two fled.")
    [12, 36, 64, 81]
    """
    return [found.end() for found in _head().finditer(text) if found.end() > found.start()]


@cache
def _head() -> re.Pattern[str]:
    labels = "|".join(sorted(map(re.escape, words("grammar", "line_labels")), key=len, reverse=True))
    time = r"\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?"
    handle = r"@\w{2,30}\s*:(?:[ \t]*@\w{2,30}(?=\s))?"
    labelled = rf"(?:{labels})(?:,?[ \t]+{time})?[ \t]*:"
    heads = rf"(?:{time}[ \t]*)?{handle}|{time}[ \t]*[:–—-]|{labelled}|[*•·▪–-]"
    return re.compile(rf"^[ \t]*(?:{heads})[ \t]+(?=\S)", re.MULTILINE | re.IGNORECASE)
