"""The ladder of a crisis, and the words that a coding sheet knows, from `ladder.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("ladder.toml").read_text(encoding="utf8"))


def words_of(part: str) -> tuple[str, ...]:
    """Give the words that a column of the sheet knows.

    Parameters
    ----------
    part
        `rungs`, `kinds`, `forces` or `confidence`.

    Examples
    --------
    >>> words_of("rungs")
    ('D0', 'D1', 'D2', 'D3', 'D4')
    """
    return tuple(_table()[part])


def sheet_version() -> str:
    """Give the version of the sheet: target and number."""
    return str(_table()["sheet"]["version"])


def sheet_limit(name: str) -> int:
    """Give a limit of `ladder.toml`.

    Parameters
    ----------
    name
        Its key.
    """
    return int(_table()["limits"][name]["value"])


def ladder_pages() -> dict[str, str]:
    """Give the generated tables of the codebook by mark."""
    pages = {}
    for part in ("rungs", "kinds", "forces", "confidence"):
        has_label = any("label" in row for row in _table()[part].values())
        lines = [f"| {'rung | name' if has_label else 'word'} | it means |", "|---" * (2 + has_label) + "|"]
        for word, row in _table()[part].items():
            cells = [f"`{word}`", row["label"], row["means"]] if has_label else [f"`{word}`", row["means"]]
            lines.append(f"| {' | '.join(cells)} |")
        pages[part] = "\n".join(lines)
    return pages
