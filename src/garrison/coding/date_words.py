"""The words of `dates.toml` as pieces of patterns, and read back as numbers, months, weekdays and units."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class DateWords:
    """What the words of time mean, folded to lower case.

    Parameters
    ----------
    month_of, weekday_of
        Month from 1, weekday from Monday = 0.
    unit_of
        `day`, `week`, `month`, `year` of every form, English plurals too.
    count_of
        Fewest and most that a number word or a vague one stands for.
    coming, governors
        Verbs whose participle tells of something to come; verbs whose infinitive does.
    conventions
        The numbers of the conventions.
    pieces
        Alternations of words for the patterns, by name.
    ordinals
        `first` is 1; `last` is -1.
    grains
        The plain unit of a *night*, a *fortnight*, a *decade*.
    month_first
        Countries whose figures give the month before the day.
    southern, first_months
        Countries of the southern half of the earth; the first month of each season in the northern half.
    holidays
        Month and day of holidays with a fixed day.
    scheduled
        Verbs that tell in the present of what is set for a day to come (*the curfew starts on Friday*).
    since
        What begins behind *since*, and what is only compared with an earlier one.
    signs
        Single words near which rules of a kind are tried, besides months, weekdays and units.
    """

    month_of: dict[str, int]
    weekday_of: dict[str, int]
    unit_of: dict[str, str]
    count_of: dict[str, tuple[int, int]]
    coming: frozenset[str]
    governors: frozenset[str]
    conventions: dict[str, int]
    pieces: dict[str, str]
    ordinals: dict[str, int]
    grains: dict[str, str]
    month_first: frozenset[str]
    southern: frozenset[str]
    first_months: dict[str, int]
    holidays: dict[str, tuple[int, int]]
    scheduled: frozenset[str]
    since: dict[str, list[str]]
    signs: dict[str, list[str]]

    def month(self, word: str) -> int:
        """Give the month that a word names, 1 to 12."""
        return self.month_of[word.lower().rstrip(".")]

    def weekday(self, word: str) -> int:
        """Give the weekday that a word names, Monday is 0."""
        return self.weekday_of[word.lower()]

    def unit(self, word: str) -> str:
        """Give the unit that a word names."""
        return self.unit_of[word.lower()]

    def grain(self, unit: str) -> str:
        """Give day, week, month or year of any unit."""
        return self.grains.get(unit, unit)

    def ordinal(self, word: str) -> int:
        """Give the place that a word or figures name (*third*, *3rd*), -1 for the last."""
        figures = word.lower().rstrip("stndrh")
        return int(figures) if figures.isdigit() else self.ordinals[word.lower()]

    def count(self, words: str) -> tuple[int, int]:
        """Give the fewest and the most that digits or words stand for."""
        bare = " ".join(words.lower().replace(",", "").split())
        if bare.isdigit() and bare.isascii():
            return (int(bare[:9]), int(bare[:9]))
        return self.count_of[bare]


def _alternatives(words: list[str]) -> str:
    ordered = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


def _listed(table: dict[str, list[str]]) -> list[str]:
    return [word for words in table.values() for word in words]


def _with_capitals(words: list[str]) -> list[str]:
    return [*words, *[word.upper() for word in words]]


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """Read `dates.toml`.

    Returns
    -------
    DateWords

    Examples
    --------
    >>> date_words().month("Sept."), date_words().count("a few"), date_words().unit("weeks")
    (9, (2, 5), 'week')
    """
    path = resources.files(__package__) / "dates.toml"
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    months = list(table["months"].values())
    english_units = [unit + ending for unit in table["units"] for ending in ("", "s")]
    spanish_units = [word for words in table["units"].values() for word in words[1:]]
    unit_of = {word: unit for unit, words in table["units"].items() for word in words}
    unit_of |= {unit + "s": unit for unit in table["units"]}
    count_of = {word: (count, count) for word, count in table["numbers"].items()}
    count_of |= {word: (low, high) for word, (low, high) in table["vague_numbers"].items()}
    pieces = {
        "month": _month_pattern(
            [words[0] for words in months], [word for words in months for word in words[1:]]
        ),
        "mes": _alternatives(_listed(table["spanish_months"])) + r"\b",
        "weekday": _alternatives(_with_capitals(_listed(table["weekdays"]))) + r"\b",
        "dia": _alternatives(_listed(table["spanish_weekdays"])) + r"\b",
        "unit": "(?i:" + _alternatives(english_units) + r")\b",
        "units": "(?i:" + _alternatives([unit + "s" for unit in table["units"]]) + r")\b",
        "unidad": "(?i:" + _alternatives(spanish_units) + r")\b",
        "count": r"(?:\d{1,4}|(?i:" + _alternatives([*table["vague_numbers"], *table["numbers"]]) + "))",
        "holiday": _alternatives(list(table["holidays"])) + r"(?!\w)",
        "season": _alternatives(list(table["seasons"]["first_month"])) + r"\b",
        "ordinal": r"(?i:\d{1,2}(?:st|nd|rd|th)|" + _alternatives(list(table["ordinals"])) + ")",
        "year": r"(?:1\d{3}|2[01]\d{2})(?!\d)",
    }
    return DateWords(
        month_of=_numbered(table["months"]) | _numbered(table["spanish_months"]),
        weekday_of=_numbered(table["weekdays"]) | _numbered(table["spanish_weekdays"]),
        unit_of=unit_of,
        count_of=count_of,
        coming=frozenset(table["coming"]["verbs"]),
        governors=frozenset([*table["coming"]["verbs"], *table["coming"]["governors"]]),
        conventions={name: entry["value"] for name, entry in table["conventions"].items()},
        pieces=pieces,
        ordinals=table["ordinals"],
        grains=table["grains"],
        southern=frozenset(table["seasons"]["southern"]),
        first_months=table["seasons"]["first_month"],
        holidays={name: (month, day) for name, (month, day) in table["holidays"].items()},
        month_first=frozenset(table["figures"]["month_first"]),
        scheduled=frozenset(table["coming"]["scheduled"]),
        since=table["since"],
        signs=table["signs"],
    )


def _month_pattern(full: list[str], short: list[str]) -> str:
    """Give a pattern of month names; only a short form may end in a full stop of its own."""
    return rf"(?:{_alternatives(_with_capitals(full))}\b|{_alternatives(_with_capitals(short))}\b\.?)"


def _numbered(table: dict[str, list[str]]) -> dict[str, int]:
    return {word.lower(): int(number) for number, words in table.items() for word in words}


def date_pattern(template: str) -> re.Pattern[str]:
    """Make a pattern from a template in which <month>, <weekday>, <count> ... stand for the words of the table.

    Parameters
    ----------
    template
        A regular expression; a blank stands for blanks within a line, save in a class and before `?`.

    Returns
    -------
    re.Pattern

    Examples
    --------
    >>> bool(date_pattern("<count> <unit> ago").search("three weeks ago"))
    True
    """
    pieces = date_words().pieces
    spaced = re.sub(r"(?<!\[) (?!\?)", lambda _: r"[ \t\u00a0]+", template)
    return re.compile(re.sub(r"(?<!\?P)<(\w+)>", lambda match: pieces[match.group(1)], spaced))
