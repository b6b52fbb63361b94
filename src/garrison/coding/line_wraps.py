"""Lines that a mail program or a printer broke: their ends are blanks, not the ends of sentences."""

from __future__ import annotations

import re
from itertools import pairwise

from garrison.coding.tables import limits

# What begins an item of a list, a time, a post or a heading begins no rest of a sentence.
_BEGINS_ANEW = re.compile(
    r"\s|[-–—*•·#>|@]|\(?\d{1,3}[.)]\s|\(?[a-zA-Z][.)]\s|\d{1,2}[:.h]\d{2}\b|[A-Z][\w ]{0,30}:(?:\s|$)"
)


def unwrapped(text: str) -> str:
    r"""Put a blank where a line was broken only because it was full.

    A text is taken for one of broken lines where none of its lines is long and many are about as long as the longest.

    Parameters
    ----------
    text
        A text, or a stretch of one.

    Returns
    -------
    str
        As long as before.

    Examples
    --------
    >>> page = "Soldiers of the northern garrison and of the two forts near it have\nleft their posts.\n"
    >>> unwrapped(page * 4).split("\n")[0]
    'Soldiers of the northern garrison and of the two forts near it have left their posts.'
    """
    lines = text.split("\n")
    width = _width(lines)
    if width is None:
        return text
    joints = [" " if _goes_on(line, following, width) else "\n" for line, following in pairwise(lines)]
    return "".join(piece for pair in zip(lines, [*joints, ""], strict=True) for piece in pair)


def _width(lines: list[str]) -> int | None:
    """Give the width to which lines were filled, or None where they were not."""
    longest = max(len(line.rstrip()) for line in lines)
    if not limits()["narrowest_page"] <= longest <= limits()["widest_page"]:
        return None
    full = sum(
        _goes_on(line, following, longest) and not line.rstrip().endswith((".", "!", "?"))
        for line, following in pairwise(lines)
    )
    return longest if full >= limits()["full_lines"] else None


def _goes_on(line: str, following: str, width: int) -> bool:
    """Tell whether the first word of the following line found no room on this one."""
    if not line.strip() or not following.strip() or _BEGINS_ANEW.match(following):
        return False
    first_word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(first_word) > width
