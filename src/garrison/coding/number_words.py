"""Numbers as texts write them: digits, words, dozens, and words that only name a span of numbers."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class NumberAtom:
    """One number in a text, before what stands around it is heard.

    Parameters
    ----------
    start, end
        Its characters.
    low, high
        Bounds, equal for an exact number.
    vague
        Whether its words name a span ("dozens") or round to a unit other than ten ("three dozen").
    in_digits
        Whether it is written in figures.
    """

    start: int
    end: int
    low: float
    high: float
    vague: bool
    in_digits: bool


@lru_cache(maxsize=1)
def quantity_table() -> dict[str, Any]:
    """Read `quantities.toml`.

    Examples
    --------
    >>> quantity_table()["magnitudes"]["dozen"]
    12
    """
    return tomllib.loads((resources.files(__package__) / "quantities.toml").read_text(encoding="utf-8"))


def any_of(words: list[str]) -> str:
    r"""Give a pattern for any of some words, the longest first, with any blank between their parts.

    Examples
    --------
    >>> any_of(["at", "at least"])
    '(?:at\\s+least|at)'
    """
    ordered = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


@lru_cache(maxsize=1)
def _atom_pattern() -> re.Pattern[str]:
    table = quantity_table()
    vague = any_of([word for entry in table["vague"] for word in entry["words"]])
    unit, magnitude = any_of(list(table["units"])), any_of(list(table["magnitudes"]))
    word = rf"(?:{unit}|{magnitude})"
    words = rf"(?:(?:half\s+an?|an?)\s+{magnitude}|{unit}|cien|mil)(?:(?:[\s\-]+(?:and\s+)?){word})*"
    digits = r"(?:\d{1,3}(?:[,.]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
    short = any_of(list(table["short_magnitudes"]))
    text = (
        rf"(?<![\w$€£#@&+/\\])(?<![^\W\d][.,:\-–'’])(?<!\d[.,:])(?:(?P<vague>{vague})|(?P<digits>{digits})"
        rf"(?P<magnitude>[\s\-](?:{magnitude})|{short}(?!\w))?|(?P<words>{words}))(?![\w%]|[.,:/]\d|-\w*old\b)"
    )
    return re.compile(text, re.IGNORECASE)


@lru_cache(maxsize=1)
def _vague_bounds() -> dict[str, tuple[int, int]]:
    return {
        word: (entry["low"], entry["high"]) for entry in quantity_table()["vague"] for word in entry["words"]
    }


def value_of_words(text: str) -> float | None:
    """Read a number that is written in words.

    Parameters
    ----------
    text
        Number words with blanks or hyphens between them.

    Returns
    -------
    float or None
        None if a word is not a number word.

    Examples
    --------
    >>> value_of_words("two hundred and fifty-six"), value_of_words("half a million")
    (256.0, 500000.0)
    """
    table = quantity_table()
    total, current = 0.0, 0.0
    for word in re.split(r"[\s\-]+", text.lower().strip()):
        if word in ("and", "y"):
            continue
        if word == "half":
            current = 0.5
        elif word in ("a", "an", "un", "una"):
            current = current or 1.0
        elif word in table["units"]:
            current += table["units"][word]
        elif word in table["magnitudes"]:
            size = table["magnitudes"][word]
            current = (current or 1.0) * size
            if size >= 1000:
                total, current = total + current, 0.0
        else:
            return None
    return total + current


def _value_of_digits(digits: str, magnitude: str | None) -> float:
    is_decimal = magnitude is not None and "," not in digits and digits.count(".") == 1
    is_grouped = bool(re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", digits)) and not is_decimal
    value = float(re.sub(r"[,.]", "", digits) if is_grouped else digits.replace(",", ""))
    table = quantity_table()
    return value * (table["magnitudes"] | table["short_magnitudes"])[magnitude] if magnitude else value


def number_atoms(text: str) -> list[NumberAtom]:
    """Find every number of a text.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    list of NumberAtom
        In the order of the text, without overlaps; fractions of persons are left out.

    Examples
    --------
    >>> [(atom.low, atom.high) for atom in number_atoms("Dozens of 1,200 men; two hundred fled.")]
    [(24, 99), (1200.0, 1200.0), (200.0, 200.0)]
    """
    atoms = []
    for match in _atom_pattern().finditer(text):
        vague = match["vague"]
        if vague:
            low, high = _vague_bounds()[" ".join(vague.lower().split())]
            atoms.append(NumberAtom(match.start(), match.end(), low, high, True, False))
            continue
        magnitude = (match["magnitude"] or "").strip(" \t\n-").lower() or None
        value = (
            _value_of_digits(match["digits"], magnitude)
            if match["digits"]
            else value_of_words(match["words"])
        )
        if value is None or not math.isfinite(value) or value != int(value):
            continue
        in_dozens = bool(re.search(r"(?i)dozen|score|docena", match.group()))
        atoms.append(NumberAtom(match.start(), match.end(), value, value, in_dozens, bool(match["digits"])))
    return atoms
