"""The ledger: what was forecast, when, from what, and what came of it."""

from __future__ import annotations

import html
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from garrison.errors import DateError, LedgerError, ParameterError
from garrison.forecasting.ledger.chain import BrokenLineError, Head, head_of
from garrison.forecasting.ledger.entry import (
    BY_HAND,
    Content,
    Entry,
    ForecastEntry,
    Outcome,
    Resolution,
)
from garrison.forecasting.ledger.happenings import Happenings, happenings_of
from garrison.forecasting.ledger.ledger_file import LedgerFile
from garrison.forecasting.ledger.resolving import ResolverFunction, known_by, resolver_named
from garrison.forecasting.ledger.scores import LedgerScores, latest_resolutions, score
from garrison.forecasting.ledger.settings import setting
from garrison.forecasting.ledger.table import frame_of, line_of
from garrison.records import Events

#: The name of the ledger in a home folder.
LEDGER_NAME = "ledger.jsonl"


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What a walk along the whole chain found.

    `head` (number and hash of the last line) can be published or kept elsewhere: `verify(head=...)` finds then
    whether the ledger was cut or written anew since. `line`, `differs` and `problem` are None in a whole chain.
    """

    n_entries: int
    head: str
    line: int | None = None
    differs: str | None = None
    problem: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every line fits."""
        return self.problem is None

    def __repr__(self) -> str:
        if self.problem is not None:
            return f"broken: {self.problem}"
        return f"whole: {self.n_entries} {'entry' if self.n_entries == 1 else 'entries'}, head {self.head}"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What resolving did: the entries that it wrote, and the forecasts that it left open, each with the reason."""

    written: tuple[Entry, ...]
    left_open: tuple[tuple[Entry, str], ...]

    def __repr__(self) -> str:
        lines = [f"{len(self.written)} settled, {len(self.left_open)} left open"]
        lines += [f"  entry {entry.number}: {why}" for entry, why in self.left_open[:8]]
        if len(self.left_open) > 8:
            lines.append(f"  ... and {len(self.left_open) - 8} more")
        return "\n".join(lines)


def _say(words: str) -> None:
    print(f"garrison: {words}", file=sys.stderr)


class Ledger:
    """An append-only file of forecasts and what came of them, each line chained to the one before.

    Parameters
    ----------
    path
        The file (ledger.jsonl), or the folder that holds it; neither need exist yet.
    lock_wait
        Seconds to wait while another process writes.
    say
        Called with a sentence where a half-written line was set aside; standard error if not given.

    Raises
    ------
    LedgerError
        From every method that reads, at the first line that does not fit: number and what differs.

    Examples
    --------
    >>> import tempfile
    >>> from garrison.forecasting.ledger import Resolver
    >>> asked = ForecastEntry(
    ...     country="VEN", as_of=date(2017, 5, 7), vintage=date(2017, 5, 7), target="T1a", target_version="1",
    ...     horizon_days=90, p=0.02, band50=(0.01, 0.03), band90=(0.005, 0.05), base_rate=0.02,
    ...     settings_sha256="0" * 64, seed=1, package_version="0.1.0", resolver=Resolver("events-by-type", "1"))
    >>> with tempfile.TemporaryDirectory() as home:
    ...     ledger = Ledger(home)
    ...     number = ledger.append(asked, written=date(2017, 5, 8)).number
    ...     _ = ledger.resolve_by_hand(number, "0", source="the four lists", written=date(2017, 9, 1))
    ...     print(number, ledger.verify().is_whole, ledger.scores().rows[0].n)
    1 True 1
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        lock_wait: float | None = None,
        say: Callable[[str], None] = _say,
    ) -> None:
        given = Path(path)
        is_folder = given.is_dir() or (not given.exists() and given.suffix != ".jsonl")
        self.path = given / LEDGER_NAME if is_folder else given
        wait = setting("limits", "lock_wait") if lock_wait is None else lock_wait
        self._file = LedgerFile(self.path, wait, say)

    def append(self, content: Content, *, written: date) -> Entry:
        """Add a forecast or a resolution, and be sure that it is on the disk.

        Parameters
        ----------
        content
            What is written.
        written
            The day of writing; not before the last entry's, nor before what it speaks of.

        Returns
        -------
        Entry
            With its number.

        Raises
        ------
        DateError
            For a day of writing that cannot be.
        LedgerError
            If the end of the chain does not fit, or another process holds the ledger too long.
        """
        with self._file.writing():
            if isinstance(content, Resolution):
                self._check_resolution(content)
            return self._file.append([content], written)[0]

    def entries(self) -> Iterator[Entry]:
        """Give every entry in order, one in memory at a time; a line that is just being written is passed over."""
        return self._file.entries()

    def forecasts(
        self, *, target: str | None = None, country: str | None = None, due_by: date | None = None
    ) -> list[tuple[Entry, Resolution | None]]:
        """Give the forecasts with what came of them.

        Parameters
        ----------
        target, country, due_by
            Only those of a target, a country (alpha-3), due on a day or before it.
        """
        entries = list(self.entries())
        settled = latest_resolutions(entries)
        return [
            (entry, settled.get(entry.number))
            for entry in entries
            if isinstance(entry.content, ForecastEntry)
            and target in (None, entry.content.target)
            and country in (None, entry.content.country)
            and (due_by is None or entry.content.due <= due_by)
        ]

    def due(self, by: date, *, target: str | None = None, country: str | None = None) -> list[Entry]:
        """Give the forecasts that are due on a day and not settled yet."""
        found = self.forecasts(target=target, country=country, due_by=by)
        return [entry for entry, resolution in found if resolution is None]

    def resolve(
        self,
        events: Events | Happenings | str | os.PathLike[str],
        *,
        by: date,
        written: date | None = None,
        complete_from: date | None = None,
        complete_to: date | None = None,
        target: str | None = None,
        country: str | None = None,
        resolvers: Mapping[tuple[str, str], ResolverFunction] | None = None,
    ) -> Resolved:
        """Settle what has come due from a table of events, each by the resolver that it names.

        Parameters
        ----------
        events
            `Events`, a file of them, or a CSV with country, date, type, target.
        by
            What is due by this day is settled, from what was known by then.
        written
            The day of writing; `by` if not given.
        complete_from, complete_to
            The days between which the table holds everything that counts; without them nothing is settled as 0.
        target, country
            Only those.
        resolvers
            Own resolvers by (name, version), beside those that come with Garrison.

        Returns
        -------
        Resolved
            What was written, and what was left open and why.
        """
        table = events if isinstance(events, Happenings) else None
        if not isinstance(events, Happenings):
            table = happenings_of(events, complete_from=complete_from, complete_to=complete_to)
        assert table is not None
        known = known_by(table, by)
        resolutions: list[Resolution] = []
        left_open = []
        with self._file.writing():
            for entry in self.due(by, target=target, country=country):
                found = _settle(entry, known, by, resolvers or {})
                if isinstance(found, Resolution):
                    resolutions.append(found)
                else:
                    left_open.append((entry, found))
            lines = self._file.append(resolutions, written or by) if resolutions else []
        return Resolved(tuple(lines), tuple(left_open))

    def resolve_by_hand(
        self, number: int, outcome: Outcome, *, source: str, written: date, reason: str = ""
    ) -> Entry:
        """Settle one forecast by hand, or correct how it was settled by a further entry.

        Parameters
        ----------
        number
            Of the forecast.
        outcome
            "0", "1" or "void".
        source
            Where it can be read.
        written
            The day of writing.
        reason
            Required for void, and for a correction.

        Raises
        ------
        ParameterError
            If there is no such forecast, or a reason is missing.
        DateError
            If "0" is given before the window is over.
        """
        resolution = Resolution(
            of=number, outcome=outcome, source=source, resolved=written, resolver=BY_HAND, reason=reason
        )
        return self.append(resolution, written=written)

    def verify(self, *, head: str | None = None) -> ChainCheck:
        """Walk the whole chain and name the first line that does not fit.

        Parameters
        ----------
        head
            Number and hash as an earlier `verify` gave them: the chain must still go through that line.

        Returns
        -------
        ChainCheck
        """
        asked = _head_asked(head)
        last = Head()
        try:
            for line, entry in self._file.lines(pass_over_half_line=False):
                last = head_of(line, entry)
                if last.number == asked.number and last.line_sha256 != asked.line_sha256:
                    words = (
                        f"{self.path}: line {last.number}: hash: it is not the line that was noted as head"
                    )
                    return ChainCheck(last.number - 1, str(last), last.number, "hash", words)
        except BrokenLineError as error:
            return ChainCheck(last.number, str(last), error.line, error.differs, str(error))
        if last.number < asked.number:
            words = (
                f"{self.path}: line {last.number + 1}: order: the ledger ends before line {asked.number}, which was "
                "noted as head"
            )
            return ChainCheck(last.number, str(last), last.number + 1, "order", words)
        return ChainCheck(last.number, str(last))

    def check_end(self) -> None:
        """Refuse a ledger to which nothing could be added, before any work is done for it."""
        self._file.head()

    def scores(
        self, *, by: date | None = None, target: str | None = None, country: str | None = None
    ) -> LedgerScores:
        """Score the settled forecasts that were due by a day, beside their base rates.

        Parameters
        ----------
        by
            The day of the ledger's last entry if not given. What was settled early waits for its window's end:
            else what came would be scored before what did not.
        target, country
            Only those.
        """
        day = by or self._file.head().written
        found = self.forecasts(target=target, country=country, due_by=day)
        settled = [(entry, resolution) for entry, resolution in found if resolution is not None]
        return score(settled, len(found) - len(settled))

    def to_frame(self) -> Any:
        """Give the forecasts as a pandas frame, one row each, with what came of them."""
        return frame_of(self.forecasts())

    def __len__(self) -> int:
        return sum(1 for _ in self.entries())

    def __repr__(self) -> str:
        try:
            found = self.forecasts()
        except LedgerError as error:
            return f"Ledger {self.path}\n  broken: {error}"
        settled = sum(resolution is not None for _, resolution in found)
        lines = [f"Ledger {self.path}: {len(found)} forecasts, {settled} settled"]
        lines += [f"  {line_of(entry, resolution)}" for entry, resolution in found[-7:]]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"

    def _check_resolution(self, resolution: Resolution) -> None:
        entries = list(self.entries())
        settled = latest_resolutions(entries)
        if not resolution.of <= len(entries):
            raise ParameterError(f"entry {resolution.of}: {self.path} has {len(entries)} entries")
        forecast = entries[resolution.of - 1].content
        if not isinstance(forecast, ForecastEntry):
            raise ParameterError(f"entry {resolution.of}: is no forecast; it settles entry {forecast.of}")
        if resolution.outcome == "0" and resolution.resolved < forecast.due:
            raise DateError(
                f"entry {resolution.of}: its window ends on {forecast.due}; it cannot be 0 before"
            )
        if resolution.of in settled and not resolution.reason.strip():
            raise ParameterError(
                f"entry {resolution.of}: is settled as {settled[resolution.of].outcome}; a correction needs a reason"
            )


def _settle(
    entry: Entry,
    known: Happenings,
    by: date,
    own: Mapping[tuple[str, str], ResolverFunction],
) -> Resolution | str:
    """Settle one forecast, or say why it stays open."""
    content = entry.content
    assert isinstance(content, ForecastEntry)
    name = (content.resolver.name, content.resolver.version)
    if content.resolver.name == BY_HAND:
        return "is settled by hand"
    try:
        resolver = own[name] if name in own else resolver_named(*name)
    except ParameterError as error:
        return str(error)
    found = resolver(content, known)
    if found.outcome is None:
        return found.words
    return Resolution(
        of=entry.number,
        outcome=found.outcome,
        source=found.words[:1000],
        resolved=by,
        resolver=name[0],
        resolver_version=name[1],
        reason=found.words if found.outcome == "void" else "",
    )


def _head_asked(head: str | None) -> Head:
    if head is None:
        return Head()
    number, _, digest = head.strip().partition(":")
    if not number.isascii() or not number.isdigit() or len(number) > 15 or len(digest) != 64:
        raise ParameterError(f"head '{head[:80]}': give it as verify printed it, NUMBER:HASH")
    return Head(int(number), digest)
