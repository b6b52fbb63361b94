"""What goes into this room and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from garrison.errors import InputError
from garrison.records import Reports


@dataclass(frozen=True, slots=True)
class Document:
    """One text before it is a report: what is known of it besides its words.

    `published` is the date that its metadata state, `raw_spans` what `Report.raw_spans` says; `comments_start` is
    given only where the document itself marks its readers' comments, and `comments_end` where it marks their end as
    well; `left_out` are comments that it marks amid the article. `story_end` is where the page's element that holds
    the story ends, if it has one. `stored` is the day on which a crawler fetched it
    or its file was made, which dates it where nothing else does.
    """

    text: str
    doc: str = "document"
    title: str = ""
    published: date | None = None
    publisher: str = ""
    source_kind: str = "media"
    origin: str = "a document"
    url: str = ""
    sha256: str = ""
    comments_start: int | None = None
    comments_end: int | None = None
    story_end: int | None = None
    left_out: tuple[tuple[int, int], ...] = ()
    raw_spans: tuple[tuple[int, int, int], ...] = ()
    stored: date | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that could not be read and was set aside: which, and why.

    `error` is what was raised for it, if something was; it plays no part in comparisons.
    """

    origin: str
    reason: str
    error: InputError | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return self.reason if self.reason.startswith(self.origin) else f"{self.origin}: {self.reason}"


@dataclass(frozen=True)
class Reading:
    """What was read and what was set aside."""

    reports: Reports
    rejected: tuple[Rejected, ...] = ()

    def __repr__(self) -> str:
        lines = repr(self.reports).splitlines()[:6]
        lines += [f"set aside: {item.reason}" for item in self.rejected[:3]]
        if len(self.rejected) > 3:
            lines.append(f"... and {len(self.rejected) - 3} more set aside")
        return "\n".join(lines)
