"""One event is made of all tellings of a happening: who says it, how many, how sure, and where they contradict."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from garrison.events.count_posterior import Counted, true_count
from garrison.events.credibility import gains_from, weigh_testimonies
from garrison.events.source_records import SourceRecords
from garrison.events.sources import Origin, as_testimonies, independent, origins_of
from garrison.events.tellings import Count, Telling, telling_of_claim
from garrison.events.wording import words_of_claim
from garrison.records import Claim, Event
from garrison.vocabulary import event_type

#: What the numbers of a type count, where an event's count matters to the inference.
_COUNT_OF = {
    "FATALITIES_CUMULATIVE": "deaths",
    "REPRESSION_LETHAL": "deaths",
    "PURGE_ARREST_MIL": "soldiers arrested",
    "DEFECT": "soldiers defected",
    "DEFECT_DECLARED": "soldiers defected",
    "DEFECT_EXILE": "soldiers defected",
    "REFUSE_ORDER": "soldiers refusing",
    "REPRESSION": "civilians arrested",
    "PROTEST": "participants",
}
#: From how many content words on the same wording in another document is a copy, not a second observation.
_WORDS_OF_A_COPY = 8


def event_of(
    told: Sequence[Telling],
    sources: SourceRecords | None = None,
    publishers: Mapping[str, str] | None = None,
) -> Event:
    """Make one event of all tellings of it.

    Parameters
    ----------
    told
        The tellings of one happening, in canonical order; one at least.
    sources
        Records of named sources; without them a word weighs what its kind weighs.
    publishers
        Who published which document.

    Returns
    -------
    Event
        A single row of a case, of which no claim tells, is given back as it is.
    """
    rows = [telling.event for telling in told if telling.event is not None]
    claims = [telling.claim for telling in told if telling.claim is not None]
    if len(rows) == 1 and not claims:
        return rows[0]
    origins = _new_origins(claims, rows, publishers)
    known = _independent_rows(rows)
    kind = told[0].type
    ratio, p_happened = weigh_testimonies(
        kind, as_testimonies(origins, sources), beside=[row.evidence_ratio for row in known]
    )
    base = rows[0] if rows else _first_event(claims)
    spoken = _spoken(told)
    count_of = base.count_of or (_COUNT_OF.get(kind) if spoken else None)
    counted = _counted(origins, rows, sources)
    count = true_count(counted, count_of)
    kinds = tuple(
        dict.fromkeys(
            [kind for row in rows for kind in row.source_kinds] + [origin.chain[0] for origin in origins]
        )
    )
    return replace(
        base,
        published=min(telling.order[1] for telling in told),
        p_happened=p_happened,
        evidence_ratio=ratio,
        count_of=count_of,
        n_low=_lowest(spoken),
        n_high=max((count.high for count in spoken), default=None),
        count_kind=base.count_kind or _first(count.kind for count in spoken),
        n_independent_sources=sum(row.n_independent_sources for row in known)
        + sum(not origin.denies for origin in origins),
        source_kinds=kinds,
        sources=tuple(
            dict.fromkeys([*(name for row in rows for name in row.sources), *_source_names(claims)])
        ),
        claim_ids=tuple(claim.id for claim in claims),
        denied=any(row.denied for row in rows) or any(claim.negated for claim in claims),
        count_q05=count.q05 if count else None,
        count_q50=count.q50 if count else None,
        count_q95=count.q95 if count else None,
        conflict=_conflict(origins, counted),
        interested_parties=tuple(sorted(set(kinds) & gains_from(kind))),
    )


def _counted(
    origins: Sequence[Origin], rows: Sequence[Event], sources: SourceRecords | None
) -> list[Counted]:
    """List the numbers given, one for each independent source: a case's rows, then the claims' origins."""
    counted = [
        Counted(row.n_low, row.n_high, row.source_kinds[0] if row.source_kinds else "media")
        for row in _independent_rows(rows)
        if row.n_low is not None and row.n_high is not None
    ]
    for origin in origins:
        if origin.low is None or origin.high is None or origin.denies:
            continue
        record = sources.of(origin.words) if sources else None
        bias, spread = (record.count_bias, record.count_spread) if record else (None, None)
        counted.append(Counted(origin.low, origin.high, origin.chain[0], bias, spread))
    return counted


def _conflict(origins: Sequence[Origin], counted: Sequence[Counted]) -> str | None:
    """Say in words where the sources of one happening contradict one another, None where they do not."""
    found = []
    sides = [
        sorted({_words_of(one.chain[0]) for one in origins if one.denies == denies})
        for denies in (False, True)
    ]
    if all(sides):
        found.append(f"told by {', '.join(sides[0])}; denied by {', '.join(sides[1])}")
    if counted and max(one.low for one in counted) > min(one.high for one in counted):
        told = sorted({(one.low, one.high, _words_of(one.kind)) for one in counted})
        found.append("counts differ: " + ", ".join(f"{kind} {_range(low, high)}" for low, high, kind in told))
    return "; ".join(found) or None


def _words_of(kind: str) -> str:
    return kind.replace("_", " ")


def _range(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _new_origins(
    claims: Sequence[Claim], rows: Sequence[Event], publishers: Mapping[str, str] | None
) -> tuple[Origin, ...]:
    """Find the independent sources of claims that a case's rows do not already carry.

    A case names publications, not who they quote; a claim whose chain has a kind of source that the rows already
    have is taken for a retelling of it. That errs towards too few sources, never towards too many.
    """
    carried = {kind for row in rows for kind in row.source_kinds}
    found = independent_origins(claims, publishers)
    return tuple(origin for origin in found if origin.denies or not carried & set(origin.chain))


def independent_origins(
    claims: Sequence[Claim], publishers: Mapping[str, str] | None = None
) -> tuple[Origin, ...]:
    """Find the independent sources behind claims of one happening; copies of a wire text are one."""
    return independent(
        origin for claim in _without_copies(claims) for origin in origins_of(claim, publishers)
    )


def _without_copies(claims: Sequence[Claim]) -> list[Claim]:
    """Leave out claims that repeat another document's wording and name no source: a wire text printed twice."""
    kept: list[Claim] = []
    wordings: set[tuple[frozenset[str], bool]] = set()
    for claim in sorted(claims, key=lambda one: (not one.sources, one.published, one.doc, one.char_start)):
        wording = (words_of_claim(claim), claim.negated)
        if claim.sources or len(wording[0]) < _WORDS_OF_A_COPY or wording not in wordings:
            kept.append(claim)
        wordings.add(wording)
    return kept


def _independent_rows(rows: Sequence[Event]) -> list[Event]:
    """Keep the rows of a case that bring a kind of source of their own, the best founded first."""
    kept: list[Event] = []
    for row in sorted(rows, key=lambda one: (-one.evidence_ratio, one.id)):
        if not any(set(row.source_kinds) & set(other.source_kinds) for other in kept):
            kept.append(row)
    return kept


def _spoken(told: Sequence[Telling]) -> list[Count]:
    """List the counts told."""
    return [telling.count for telling in told if telling.count is not None]


def _lowest(counts: Sequence[Count]) -> float | None:
    """Give the low bound of one thing counted by several: the highest low that nobody's high contradicts.

    "Some three dozen" (32 to 40) beside 37 and 38 leaves 37: the vaguer words do not widen the better count.
    """
    if not counts:
        return None
    ceiling = min(count.high for count in counts)
    return max((count.low for count in counts if count.low <= ceiling), default=ceiling)


def _first_event(claims: Sequence[Claim]) -> Event:
    """Describe the event that claims tell of where no case has dated it."""
    lead = next((claim for claim in claims if not claim.negated), claims[0])
    # The shortest span of days that any claim gives is the most exact one.
    tellings = [telling_of_claim(claim) for claim in claims]
    exact = min(tellings, key=lambda one: (one.end - one.start, one.start))
    return Event(
        id=f"{lead.type}-{exact.start.isoformat()}-{_digest(claims[0])}",
        type=lead.type,
        country=lead.country or "",
        published=lead.published,
        date_start=exact.start,
        date_end=exact.end,
        p_happened=0.0,
        evidence_ratio=1.0,
        summary=_summary(lead),
        adm1=_first(claim.adm1 for claim in claims),
        place_text=_first(claim.place_text for claim in claims),
        actor_sector=_first(claim.actor_sector for claim in claims),
        actor_rank=_first(claim.actor_rank for claim in claims),
        target_sector=_first(claim.target_sector for claim in claims),
    )


def _digest(first: Claim) -> str:
    """Give six letters and digits of the first claim's id: the same event keeps its id when others come in."""
    return hashlib.sha256(f"{first.country} {first.id}".encode()).hexdigest()[:6]


def _source_names(claims: Sequence[Claim]) -> list[str]:
    return [claim.sources[0].text if claim.sources else claim.doc for claim in claims]


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _summary(claim: Claim) -> str:
    words = event_type(claim.type).label
    if claim.actor_text:
        words += f": {claim.actor_text}"
    if claim.target_text:
        words += f" ({claim.target_text})"
    return words
