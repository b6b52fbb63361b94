"""Whose post a line of a digest is: the author named at its head, or on a line of its own above it."""

from __future__ import annotations

import re
from bisect import bisect_right

from garrison.reports.digest import author_of_post

_HANDLE = re.compile(r"@\w{2,30}")


class PostLines:
    r"""Finds the author of the post on which a character stands.

    Parameters
    ----------
    text
        A text; it may hold no posts at all.

    Examples
    --------
    >>> lines = PostLines("09:12 @ana_b: Tanks!\n\nHarbour Watch @harbour_watch · 3 May\nTroops left.\nShops shut.")
    >>> lines.author_at(15), lines.author_at(60), lines.author_at(80)
    ('@ana_b', '@harbour_watch', '@harbour_watch')
    """

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._authors: list[str | None] = []
        if "@" not in text:
            return
        at, above = 0, None
        for line in text.splitlines(keepends=True):
            author = _author(line)
            whole = author is not None and ":" not in line[line.find("@") :].replace(_clock(line), "")
            if author is not None:
                above = author if whole else None
            if author is None and not line.strip():
                author = above
            self._starts.append(at)
            self._authors.append(author or above)
            at += len(line)

    def author_at(self, character: int) -> str | None:
        """Give the handle of the post on which a character stands, or None."""
        index = bisect_right(self._starts, character) - 1
        return self._authors[index] if index >= 0 else None


def _author(line: str) -> str | None:
    """Read the handle as it is written where a post begins on a line."""
    found = author_of_post(line.strip())
    handle = _HANDLE.search(line) if found is not None else None
    return handle.group() if handle is not None else None


def _clock(line: str) -> str:
    """Give the time of day at the end of a line, whose colon parts no author from his words."""
    found = re.search(r"\d{1,2}:\d{2}(?::\d{2})?\W*$", line)
    return found.group() if found is not None else "\n"
