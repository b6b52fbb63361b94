"""The words of the page, by language, read from `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from garrison.briefing.frequency import frequency, percent
from garrison.errors import ParameterError, nearest


@dataclass(frozen=True)
class Words:
    """The sentences and labels of one language."""

    language: str
    table: Mapping[str, Any]

    def say(self, key: str, **values: object) -> str:
        """Give a sentence by its dotted key, its braces filled.

        Raises
        ------
        ParameterError
            If the key or one of its braces is unknown.

        Examples
        --------
        >>> words("en").say("page.as_of", date="7 May 2017")
        'as of 7 May 2017'
        """
        found = self._find(key)
        if not isinstance(found, str):
            raise ParameterError(f"words.toml: '{self.language}.{key}' is no sentence")
        try:
            return found.format(**values)
        except (KeyError, IndexError) as missing:
            raise ParameterError(f"words.toml: '{self.language}.{key}' needs {missing}") from None

    def says(self, key: str) -> bool:
        """Say whether there is a sentence under a key."""
        try:
            return isinstance(self._find(key), str)
        except ParameterError:
            return False

    def lines(self, key: str) -> tuple[str, ...]:
        """Give a list of sentences by its key."""
        return tuple(self._find(key))

    def count(self, key: str, n: int, **values: object) -> str:
        """Give the sentence for one or for many, with the number in it.

        Examples
        --------
        >>> words("en").count("page.reports", 1), words("en").count("page.reports", 1200)
        ('1 report', '1,200 reports')
        """
        one, many = self._find(key)
        return str(one if n == 1 else many).format(n=f"{n:,}", **values)

    def day(self, day: date) -> str:
        """Print a date.

        Examples
        --------
        >>> words("en").day(date(2017, 5, 7))
        '7 May 2017'
        """
        return f"{day.day} {self.table['months'][day.month - 1]} {day.year}"

    def days(self, start: date, end: date) -> str:
        """Print a span of days, saying month and year once where they are the same.

        Examples
        --------
        >>> words("en").days(date(2017, 5, 6), date(2017, 5, 7))
        '6–7 May 2017'
        >>> words("en").days(date(2017, 3, 30), date(2017, 5, 7))
        '30 Mar – 7 May 2017'
        """
        if start == end:
            return self.day(end)
        if (start.year, start.month) == (end.year, end.month):
            return f"{start.day}–{self.day(end)}"
        first = self.day(start) if start.year != end.year else self.day(start).rsplit(" ", 1)[0]
        return f"{first} – {self.day(end)}"

    def frequency(self, p: float) -> str:
        """Say a probability as a frequency.

        Examples
        --------
        >>> words("en").frequency(0.0224), words("en").frequency(0.0)
        ('1 in 45', 'less than 1 in 1,000')
        """
        said = frequency(p)
        return self.say(f"frequency.{said.bound or 'exact'}", n=f"{said.n:,}", of=f"{said.of:,}")

    def probability(self, p: float) -> str:
        """Give the word for a probability, from the one fixed table.

        Examples
        --------
        >>> words("en").probability(0.0224), words("en").probability(0.5)
        ('extremely unlikely', 'about as likely as not')
        """
        return str(next(row["words"] for row in self.table["probability"] if p <= row["up_to"]))

    def chance(self, p: float) -> str:
        """Say a probability as frequency and percentage.

        Examples
        --------
        >>> words("en").chance(0.0224)
        '1 in 45 (2.2%)'
        """
        return f"{self.frequency(p)} ({percent(p)})"

    def _find(self, key: str) -> Any:
        found: Any = self.table
        for part in key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                known = found if isinstance(found, Mapping) else ()
                raise ParameterError(f"words.toml: no '{self.language}.{key}'. {nearest(part, known)}")
            found = found[part]
        return found


@cache
def words(language: str = "en") -> Words:
    """Read the words of a language.

    Parameters
    ----------
    language
        Two-letter code; `words.toml` says which there are.

    Returns
    -------
    Words
        Its sentences and labels.

    Raises
    ------
    ParameterError
        If the language is not there.

    Examples
    --------
    >>> words("en").say("sections.claims")
    'The claims, audited'
    """
    tables = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf8"))
    if language not in tables:
        raise ParameterError(f"words.toml has no language '{language}'. {nearest(language, tables)}")
    return Words(language, tables[language])
