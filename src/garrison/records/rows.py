"""The records themselves: a source, a number, a report, a claim, an event.

Character offsets count Unicode characters of the file read as UTF-8; the end is exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """One link of the chain through which an assertion reached the text: its words and its kind."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number told in a report: of what, its bounds, and whether it is a `flow` or a running `stock`."""

    what: str
    low: float
    high: float
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """One document: its text, its title and date, and where the article ends and the comments begin.

    `text` has exactly one character for each of the file's, so that offsets into it are offsets into the
    file. For HTML, `raw_spans` holds (text_start, raw_start, length) of every stretch whose place in the raw
    file is known; for plain text it is empty. `left_out` holds (start, end) of adverts and the like in the article.
    `near_duplicate_of` names the document of the same reading that this one nearly repeats: a wire text printed twice.
    """

    doc: str
    text: str
    published: date
    title: str = ""
    title_start: int | None = None
    title_end: int | None = None
    article_start: int = 0
    article_end: int = 0
    comments_start: int | None = None
    comments_end: int | None = None
    origin: str = ""
    publisher: str = ""
    source_kind: str = "media"
    sha256: str = ""
    raw_spans: tuple[tuple[int, int, int], ...] = ()
    left_out: tuple[tuple[int, int], ...] = ()
    near_duplicate_of: str | None = None

    @property
    def article(self) -> str:
        """The article without its title and without its readers' comments."""
        return self.text[self.article_start : self.article_end]

    @property
    def comments(self) -> str:
        """The readers' comments, empty where there are none."""
        if self.comments_start is None:
            return ""
        return self.text[self.comments_start : self.comments_end]

    def raw_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Translate a span of the text into a span of the raw file, or None where that cannot be told.

        A span whose first and last characters are known reaches from the one to the other, mark-up between them
        included.
        """
        if not self.raw_spans or start >= end:
            return (start, end) if not self.raw_spans else None
        first, last = self._raw_place(start), self._raw_place(end - 1)
        if first is None or last is None or last < first:
            return None
        return (first, last + 1)

    def _raw_place(self, place: int) -> int | None:
        for text_start, raw_start, length in self.raw_spans:
            if text_start <= place < text_start + length:
                return place - text_start + raw_start
        return None


@dataclass(frozen=True, slots=True)
class Claim:
    """One reported assertion, graded by certainty, on its characters (`claims.md` is its interchange form).

    `published` is the day of the report that carries it, `country` the country it is about (alpha-3).
    """

    id: str
    doc: str
    char_start: int
    char_end: int
    quote: str
    type: str
    certainty: str
    published: date
    plover: str | None = None
    plover_mode: str | None = None
    actor_text: str | None = None
    actor_sector: str | None = None
    actor_rank: str | None = None
    actor_country: str | None = None
    target_text: str | None = None
    target_sector: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_basis: str | None = None
    adm1: str | None = None
    place_text: str | None = None
    numbers: tuple[Quantity, ...] = ()
    sources: tuple[Source, ...] = ()
    negated: bool = False
    duplicate_of: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One happening, told by one or more claims or by a case's dated table, with the chance that it happened.

    `evidence_ratio` is P(what was reported | it happened) / P(what was reported | it did not); `p_happened`
    follows from it and from the prior of its type. `n_low` and `n_high` bound its `count_of`; `count_kind`
    says whether that is the event's own (`flow`) or a running total (`stock`). `published` is the first day
    on which anybody could read of it. `count_q05`, `count_q50` and `count_q95` are quantiles of the true count, given
    who counted; `conflict` says in words where its sources contradict one another; `interested_parties` are those of
    its source kinds that gain from its being believed. What only event data of others tell (coordinates in degrees,
    the `dataset` and the code that it gives there) stands last.
    """

    id: str
    type: str
    country: str
    published: date
    date_start: date
    date_end: date
    p_happened: float
    evidence_ratio: float
    summary: str = ""
    adm1: str | None = None
    place_text: str | None = None
    actor_sector: str | None = None
    actor_rank: str | None = None
    target_sector: str | None = None
    count_of: str | None = None
    n_low: float | None = None
    n_high: float | None = None
    count_kind: str | None = None
    n_independent_sources: int = 0
    source_kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()
    denied: bool = False
    count_q05: float | None = None
    count_q50: float | None = None
    count_q95: float | None = None
    conflict: str | None = None
    interested_parties: tuple[str, ...] = ()
    actor_text: str | None = None
    target_text: str | None = None
    plover: str | None = None
    plover_mode: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    dataset: str | None = None
    dataset_code: str | None = None
