"""Parts of a page's content: what was read, weighed, set aside, dated and quoted.

A claim is named by its `Claim.id`; a `note` is the number of the provenance row of a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from garrison.records import Quantity, Source


@dataclass(frozen=True, slots=True)
class AuditedClaim:
    """One claim of the present crisis, weighed: what is said, by whom, how surely, how likely it happened.

    Parameters
    ----------
    claim_id, type, certainty, negated
        As in `Claim`; the page has the words for type and certainty, and for what would confirm the claim.
    is_headline
        Whether this is what the report's own headline says; these rows come first.
    actor, target, place
        Who, to whom, where, in the report's words; empty where it does not say.
    date_start, date_end
        The day or days on which it happened, None where the report does not say.
    numbers
        Counts told with it.
    sources
        The chain through which it reached the text, nearest to the reader first; each link with its kind.
    n_independent_sources
        How many sources tell the event without leaning on one another.
    conflict
        Where the event's sources contradict one another, in words; None where they do not.
    interested_parties
        Those of its kinds of source that gain from its being believed.
    p_happened
        The chance in [0, 1] that the event happened; None for a claim that stands for no event.
    note
        The provenance row of `p_happened`.
    duplicate_of
        The id of the claim that this one repeats; it weighs nothing of its own.
    """

    claim_id: str
    type: str
    certainty: str
    negated: bool
    is_headline: bool
    actor: str
    target: str
    place: str
    date_start: date | None
    date_end: date | None
    numbers: tuple[Quantity, ...]
    sources: tuple[Source, ...]
    n_independent_sources: int
    p_happened: float | None
    note: int
    duplicate_of: str | None = None
    conflict: str | None = None
    interested_parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAsideClaim:
    """One claim that was read and not counted: its id, type, certainty, and what it repeats, if anything."""

    claim_id: str
    type: str
    certainty: str
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Claims set aside for one reason.

    `reason` is `history`, `forecast` (not said to have happened), `assessment` (a judgement, no happening),
    `comment` (readers' comments), `duplicate` or `denied`; `n_claims` counts all, `claims` holds those to show.
    """

    reason: str
    n_claims: int
    note: int
    claims: tuple[SetAsideClaim, ...]


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One happening on the timeline.

    Parameters
    ----------
    type, summary
        The event's type and, where a case tells it, a sentence on it; empty else.
    date_start, date_end, published
        When it happened and the first day on which anybody could read of it.
    from_case
        True if a case's dated table holds it, False if it was read in the reports.
    p_happened
        The chance in [0, 1] that it happened.
    count_of, n_low, n_high, count_kind
        What was counted, its bounds, and `flow` or `stock` (a running total).
    claim_ids
        The claims that tell it; empty for a case's own row.
    sources
        Where a case's row comes from.
    """

    type: str
    summary: str
    date_start: date
    date_end: date
    published: date
    from_case: bool
    p_happened: float
    note: int
    count_of: str | None = None
    n_low: float | None = None
    n_high: float | None = None
    count_kind: str | None = None
    claim_ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProvenanceRow:
    """Where one number comes from: its note number, what is shown, its stage, and what it depends on.

    `stage` is `forecast`, `runs`, `state`, `events`, `claims`, `reports`, `table` or `parameters`; `depends_on`
    names other rows, `claim_ids` the claims whose quoted characters it rests on.
    """

    number: int
    shown: str
    stage: str
    origin: str
    depends_on: tuple[int, ...] = ()
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """The characters that a claim rests on, with some 60 characters around them.

    `char_start` and `char_end` count Unicode characters of the document, end exclusive.
    """

    claim_id: str
    doc: str
    char_start: int
    char_end: int
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class InputDocument:
    """One document that was read; `n_characters` is its length, `comments_start` where comments begin."""

    doc: str
    title: str
    publisher: str
    published: date
    n_characters: int
    comments_start: int | None
    sha256: str
