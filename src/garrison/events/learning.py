"""The records of named sources are learned from the happenings that they told of, denied, or were silent on."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from garrison.events.count_posterior import habit_of
from garrison.events.credibility import limit, rates_of, ratio_of_testimony, type_prior
from garrison.events.event_of_tellings import independent_origins
from garrison.events.latent_truth import DENIES, SILENT, TELLS, Hearings, JointTruth, weigh_jointly
from garrison.events.linking import link
from garrison.events.source_records import SourceRecord, SourceRecords
from garrison.events.sources import Origin, as_testimonies
from garrison.records import Claims, Event, Events

#: A source watches a country from so many days before its first word on it to so many days after its last.
_WATCH_MARGIN = timedelta(days=7)


@dataclass(frozen=True)
class Learned:
    """What was learned: the events with chances that count silence too, and the record of every named source."""

    events: Events
    sources: SourceRecords


@dataclass(frozen=True, slots=True)
class _Word:
    """One source's last word on one event."""

    event: int
    denies: bool
    lag: int
    log_count: float | None


def learn_sources(
    claims: Claims,
    *,
    known: Events | None = None,
    as_of: date | None = None,
    least_told: int = 5,
    seed: int = 0,
    publishers: Mapping[str, str] | None = None,
) -> Learned:
    """Link claims, then learn which happenings are real and how reliable each named source is, together.

    A source that was watching and kept silent speaks against a happening as far as it usually tells of real ones.
    It watches a country from a week before its first word on it to a week after its last, and its silence counts
    only once its usual lag has passed.

    Parameters
    ----------
    claims
        From any number of documents.
    known
        Events already dated, such as a case's.
    as_of
        The day up to which anything published counts.
    least_told
        How often a source must have spoken to have a record; the words of others weigh what their kind weighs.
    seed
        Of the sampler.
    publishers
        Who published which document (`publishers_of`), so that a publisher has a record of what it says in its own
        voice.

    Returns
    -------
    Learned
        Events in their usual order, and the records, those that told most first.

    Examples
    --------
    >>> learn_sources(Claims.of([])).sources
    SourceRecords: 0 sources
    """
    events = list(link(claims, known=known, as_of=as_of, publishers=publishers))
    by_id = {claim.id: claim for claim in claims}
    origins = [independent_origins([by_id[name] for name in event.claim_ids], publishers) for event in events]
    words = _words_of_sources(events, origins, least_told)
    if not words:
        return Learned(Events.of(events), SourceRecords(()))
    names = sorted(words, key=lambda name: (-len(words[name]), sorted(name)))
    kinds = {name: _kind_of(name, origins) for name in names}
    last_day = as_of or max(event.published for event in events)
    of_rows = {row.id: row.evidence_ratio for row in known or ()}
    beside = [
        _weight_of_others(event, voices, words, of_rows)
        for event, voices in zip(events, origins, strict=True)
    ]
    hearings = _hearings(events, names, kinds, words, last_day, np.array(beside))
    truth = weigh_jointly(hearings, strength=limit("strength"), seed=seed)
    records = [
        _record(place, name, kinds[name], hearings, truth, events, words[name])
        for place, name in enumerate(names)
    ]
    return Learned(Events.of(_reweighed(events, hearings, truth)), SourceRecords(tuple(records)))


def _words_of_sources(
    events: Sequence[Event], origins: Sequence[Sequence[Origin]], least_told: int
) -> dict[frozenset[str], list[_Word]]:
    """Gather what each named source said of which event; those that spoke too seldom are left out."""
    named = {origin.words for voices in origins for origin in voices if _may_have_record(origin)}
    whole = _whole_names(named)
    found: dict[frozenset[str], dict[int, _Word]] = defaultdict(dict)
    for place, (event, voices) in enumerate(zip(events, origins, strict=True)):
        for origin in voices:
            if origin.words in whole:
                found[whole[origin.words]][place] = _word(place, event, origin)
    return {name: list(said.values()) for name, said in found.items() if len(said) >= least_told}


def _may_have_record(origin: Origin) -> bool:
    """Leave out documents, which speak once, and governments, whose word weighs by whether it serves them."""
    return origin.has_name and not any(word.startswith(("document ", "regime of ")) for word in origin.words)


def _whole_names(named: set[frozenset[str]]) -> dict[frozenset[str], frozenset[str]]:
    """Map each naming of a source to its longest one: *Northern Wire* is *the Northern Wire agency*."""
    ordered = sorted(named, key=lambda name: (-len(name), sorted(name)))
    by_word: dict[str, list[frozenset[str]]] = defaultdict(list)
    whole: dict[frozenset[str], frozenset[str]] = {}
    for name in ordered:
        rarest = min(name, key=lambda word: (len(by_word[word]), word))
        longer = [other for other in by_word[rarest] if name < other]
        whole[name] = longer[0] if len(longer) == 1 else name
        if whole[name] == name:
            for word in name:
                by_word[word].append(name)
    return whole


def _word(place: int, event: Event, origin: Origin) -> _Word:
    lag = max(0, ((origin.day or event.published) - event.date_end).days)
    log_count = None
    if origin.low is not None and origin.high and event.count_q50 and not origin.denies:
        middle = np.sqrt(max(origin.low, 0.5) * max(origin.high, 0.5))
        log_count = float(np.log(middle / event.count_q50))
    return _Word(place, origin.denies, lag, log_count)


def _weight_of_others(
    event: Event,
    voices: Sequence[Origin],
    words: dict[frozenset[str], list[_Word]],
    of_rows: dict[str, float],
) -> float:
    """Give the log of what the word of all those weighs who have no record: the nameless, and a case's rows."""
    others = [
        one for one in voices if not (_may_have_record(one) and any(one.words <= name for name in words))
    ]
    told = sum(math.log(ratio_of_testimony(event.type, one)) for one in as_testimonies(others))
    return told + math.log(of_rows.get(event.id, 1.0))


def _kind_of(name: frozenset[str], origins: Sequence[Sequence[Origin]]) -> str:
    """Give the kind under which a source speaks most often."""
    kinds = [
        origin.chain[0] for voices in origins for origin in voices if origin.words and origin.words <= name
    ]
    return max(sorted(set(kinds)), key=kinds.count)


def _hearings(
    events: Sequence[Event],
    names: Sequence[frozenset[str]],
    kinds: dict[frozenset[str], str],
    words: dict[frozenset[str], list[_Word]],
    last_day: date,
    beside: NDArray[np.float64],
) -> Hearings:
    """Say of every source and every event that it watched whether it told, denied or was silent."""
    entries: list[tuple[int, int, int]] = []
    for source, name in enumerate(names):
        said = {word.event: DENIES if word.denies else TELLS for word in words[name]}
        silent_from = timedelta(days=float(np.quantile([word.lag for word in words[name]], 0.9)))
        spans = _watched_spans(events, words[name])
        for place, event in enumerate(events):
            span = spans.get(event.country)
            watches = span is not None and span[0] <= event.date_end <= span[1]
            if place in said:
                entries.append((place, source, said[place]))
            elif watches and event.date_end + silent_from <= last_day:
                entries.append((place, source, SILENT))
    table = np.array(entries, dtype=np.int64).reshape(-1, 3)
    types = sorted({event.type for event in events})
    return Hearings(
        table[:, 0],
        table[:, 1],
        table[:, 2],
        np.array([type_prior(event.type) for event in events]),
        np.array([types.index(event.type) for event in events], dtype=np.int64),
        [rates_of(kinds[name]) for name in names],
        beside,
    )


def _watched_spans(events: Sequence[Event], said: Sequence[_Word]) -> dict[str, tuple[date, date]]:
    """Give for each country the days between a source's first and last word on it, a week wider each way."""
    days: dict[str, list[date]] = defaultdict(list)
    for word in said:
        days[events[word.event].country].append(events[word.event].date_end)
    return {
        country: (min(found) - _WATCH_MARGIN, max(found) + _WATCH_MARGIN) for country, found in days.items()
    }


def _record(
    place: int,
    name: frozenset[str],
    kind: str,
    hearings: Hearings,
    truth: JointTruth,
    events: Sequence[Event],
    said: Sequence[_Word],
) -> SourceRecord:
    """Sum up the draws of one source, its lag and its habit of counting."""
    mean = truth.rates[:, place].mean(axis=0)
    low, high = np.exp(np.quantile(truth.log_ratio(TELLS)[:, place], [0.05, 0.95]))
    real = [word for word in said if truth.p_happened[word.event] > 0.5]
    bias, spread = _habit(real, kind, events)
    return SourceRecord(
        words=tuple(sorted(name)),
        kind=kind,
        n_told=sum(not word.denies for word in said),
        n_denied=sum(word.denies for word in said),
        n_watched=int((hearings.source == place).sum()),
        tells_true=float(mean[1, TELLS]),
        tells_false=float(mean[0, TELLS]),
        denies_true=float(mean[1, DENIES]),
        denies_false=float(mean[0, DENIES]),
        ratio=float(mean[1, TELLS] / mean[0, TELLS]),
        ratio_low=float(low),
        ratio_high=float(high),
        denial_ratio=float(mean[1, DENIES] / mean[0, DENIES]),
        lag=float((limit("lag") + sum(word.lag for word in real)) / (1 + len(real))),
        count_bias=bias,
        count_spread=spread,
    )


def _habit(said: Sequence[_Word], kind: str, events: Sequence[Event]) -> tuple[float | None, float | None]:
    """Give a source's own bias and spread of counts, shrunk to its kind's by five counts; None below three."""
    differences = [
        (word.log_count, events[word.event].count_of) for word in said if word.log_count is not None
    ]
    if len(differences) < 3:
        return None, None
    first = np.mean([habit_of(kind, what) for _, what in differences], axis=0)
    told = np.array([difference for difference, _ in differences])
    n_first = 5
    bias = (n_first * first[0] + told.sum()) / (n_first + len(told))
    variance = (n_first * first[1] ** 2 + ((told - bias) ** 2).sum()) / (n_first + len(told))
    return float(bias), float(variance**0.5)


def _reweighed(events: Sequence[Event], hearings: Hearings, truth: JointTruth) -> list[Event]:
    """Give the events the chances of the joint weighing where a source with a record watched."""
    watched = set(hearings.happening.tolist())
    surest = limit("surest")
    found = []
    for place, event in enumerate(events):
        if place not in watched:
            found.append(event)
            continue
        p_happened = float(np.clip(truth.p_happened[place], 1 - surest, surest))
        prior = type_prior(event.type)
        ratio = p_happened / (1 - p_happened) / (prior / (1 - prior))
        found.append(replace(event, p_happened=p_happened, evidence_ratio=ratio))
    return found
