"""The coder's tables: who acts, what verbs mean, who tells, and how words grade certainty. All data is TOML.

Adding a verb or an agent is one line in one of these files; `docs/coding.md` shows how.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

# The order matters: the first row that fits a trigger wins.
_FRAME_FILES = (
    "frames_restraint",
    "frames_abroad",
    "frames_dissent",
    "frames_inaction",
    "frames_power",
    "frames_repression",
    "frames_politics",
    "frames_street",
    "frames_pressure",
    "frames_lines",
    "frames_remainder",
)


@cache
def table(name: str) -> dict[str, Any]:
    """Read one of the coder's tables, once.

    Parameters
    ----------
    name
        The file's name without its ending, such as ``"actors"``.

    Returns
    -------
    dict
        What the file says.

    Examples
    --------
    >>> table("limits")["block"]["unit"]
    'characters'
    """
    content = (resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def words(name: str, key: str) -> frozenset[str]:
    """Give one word list of a table as a set.

    Examples
    --------
    >>> "say" in words("attribution", "report_verbs")
    True
    """
    return _words(name, key)


@cache
def _words(name: str, key: str) -> frozenset[str]:
    return frozenset(table(name)[key])


@lru_cache(maxsize=1)
def limits() -> dict[str, int]:
    """Give the coder's limits (longest block, longest part, days that make history, ...)."""
    return {key: int(entry["value"]) for key, entry in table("limits").items()}


@lru_cache(maxsize=1)
def title_case_words() -> frozenset[str]:
    """Give the ordinary words that headlines write with a capital: function words, agents and triggers."""
    found: set[str] = set(table("attribution")["title_words"])
    for entry in table("actors")["actor"]:
        if not entry.get("name"):
            for word in entry["words"]:
                found.update((word, f"{word}s"))
    for frame in frame_rows():
        for key in ("verbs", "nouns"):
            for word in frame.get(key, ()):
                found.update((word, f"{word}s", f"{word}es", f"{word}ed", f"{word}d", f"{word}ing"))
        found.update(frame.get("things", ()))
    return frozenset(found)


@lru_cache(maxsize=1)
def headline_verbs() -> frozenset[str]:
    """Give the verbs of the frames in the forms in which headlines write them."""
    found: set[str] = set()
    for frame in frame_rows():
        for word in frame.get("verbs", ()):
            found.update((word, f"{word}s", f"{word}es"))
    return frozenset(found)


def frame_rows() -> list[dict[str, Any]]:
    """Give the rows of the frame files, in the order in which they are tried."""
    return [row for name in _FRAME_FILES for row in table(name)["frame"]]
