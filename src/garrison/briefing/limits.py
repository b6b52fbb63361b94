"""How much of a long brief is shown, read from `limits.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Limits:
    """How many of each part a page shows, how long a quotation may be, how large the page may get."""

    bytes: int
    cards: int
    claims: int
    set_aside: int
    timeline: int
    timeline_days: int
    quotes: int
    documents: int
    notes: int
    depends: int
    characters: int

    def halved(self) -> Limits:
        """Give half of each count, for a page that has grown too large.

        Examples
        --------
        >>> limits().halved().cards
        3
        """
        return Limits(
            bytes=self.bytes,
            cards=max(1, self.cards // 2),
            claims=self.claims // 2,
            set_aside=self.set_aside // 2,
            timeline=self.timeline // 2,
            timeline_days=self.timeline_days,
            quotes=max(1, self.quotes // 2),
            documents=max(1, self.documents // 2),
            notes=max(1, self.notes // 2),
            depends=max(1, self.depends // 2),
            characters=max(40, self.characters // 2),
        )


@cache
def limits() -> Limits:
    """Read the limits of the page.

    Examples
    --------
    >>> limits().bytes
    400000
    """
    rows = tomllib.loads(files(__package__).joinpath("limits.toml").read_text(encoding="utf8"))
    return Limits(**{name: int(row["value"]) for name, row in rows.items()})
