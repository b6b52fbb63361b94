"""Coding a stream of reports: one by one or on several cores, in order, and one bad report stops nothing."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from garrison.coding.tables import limits
from garrison.errors import ParameterError
from garrison.records import Claim, Report


@dataclass(frozen=True, slots=True)
class CodedReport:
    """A report with its claims; where it could not be coded, `problem` says why and there are none."""

    report: Report
    claims: tuple[Claim, ...] = ()
    problem: str | None = None


def code_stream(
    reports: Iterable[Report], *, country: str | None = None, workers: int = 1
) -> Iterator[CodedReport]:
    """Code reports as they come; never more than a few batches are held in memory.

    Parameters
    ----------
    reports
        Any number of reports, such as `garrison.reports` reads them from a file of 10 GB.
    country
        The country asked for (code or name); found from each text where None.
    workers
        Processes that code, at least 1. The claims are the same whatever their number.

    Yields
    ------
    CodedReport
        In the order of the reports.

    Raises
    ------
    CountryError
        If the country is not in the world table.
    ParameterError
        If there are fewer than one worker.

    Examples
    --------
    >>> from datetime import date
    >>> text = "Nine soldiers deserted on Monday."
    >>> report = Report("wire", text, date(2021, 10, 20), article_end=len(text))
    >>> [claim.type for coded in code_stream([report], country="SDN") for claim in coded.claims]
    ['DEFECT']
    """
    if workers < 1:
        raise ParameterError(f"{workers} workers cannot code anything; give 1 or more")
    asked = None
    if country is not None:
        from garrison import world

        asked = world.country(country).code
    if workers == 1:
        return (coded for batch in _batches(reports) for coded in _coded(batch, asked))
    return _on_cores(reports, asked, workers)


def _batches(reports: Iterable[Report]) -> Iterator[list[Report]]:
    stream = iter(reports)
    while batch := list(itertools.islice(stream, limits()["stream_batch"])):
        yield batch


def _coded(batch: list[Report], country: str | None) -> list[CodedReport]:
    return [
        CodedReport(report, claims, problem)
        for report, (claims, problem) in zip(batch, _claims_of(batch, country), strict=True)
    ]


def _claims_of(batch: list[Report], country: str | None) -> list[tuple[tuple[Claim, ...], str | None]]:
    """Code a batch; what goes wrong in one report is told, and the others go on."""
    from garrison.coding.code_reports import code_report

    answers: list[tuple[tuple[Claim, ...], str | None]] = []
    for report in batch:
        try:
            answers.append((tuple(code_report(report, country)), None))
        except Exception as error:
            # Reports come from the web: whatever one of them breaks must not take the others with it.
            answers.append(((), f"could not be coded: {type(error).__name__}: {error}"))
    return answers


def _on_cores(reports: Iterable[Report], country: str | None, workers: int) -> Iterator[CodedReport]:
    """Code batches on several processes, a few of them ahead, and give them back in order."""
    waiting: deque[tuple[list[Report], Future[list[tuple[tuple[Claim, ...], str | None]]]]] = deque()
    # A fresh interpreter each, since a forked copy of a process with threads may hang.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        for batch in _batches(reports):
            waiting.append((batch, pool.submit(_claims_of, batch, country)))
            if len(waiting) > 2 * workers:
                yield from _answers(*waiting.popleft())
        while waiting:
            yield from _answers(*waiting.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _answers(
    batch: list[Report], future: Future[list[tuple[tuple[Claim, ...], str | None]]]
) -> Iterator[CodedReport]:
    for report, (claims, problem) in zip(batch, future.result(), strict=True):
        yield CodedReport(report, claims, problem)
