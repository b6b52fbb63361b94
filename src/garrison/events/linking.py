"""Claims of one happening become one event, with the chance that it happened; nothing is summed twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from garrison.events.credibility import weigh_testimonies
from garrison.events.sources import Origin, independent, origins_of, testimonies_of
from garrison.events.tellings import Count, Telling, may_be_one, telling_of_claim, telling_of_event
from garrison.records import Claim, Claims, Event, Events
from garrison.vocabulary import event_type, is_counted

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


def link(claims: Claims, *, known: Events | None = None, as_of: date | None = None) -> Events:
    """Link claims of one happening, across documents and with a case's dated table, into events.

    Only claims whose certainty counts become evidence: forecasts, history, opinions, headlines alone and
    readers' comments do not. A happening that is only denied is an event too, with a low chance.

    Parameters
    ----------
    claims
        From any number of documents, in any order.
    known
        Events already dated, such as a case's; claims that tell of one of them join it.
    as_of
        Claims and known events published after this day are left out, before anything is linked: a later and
        better count must not lend its numbers to an earlier report.

    Returns
    -------
    Events
        Sorted by date; the same whatever the order of the claims.
    """
    told = [telling_of_claim(claim) for claim in claims if is_counted(claim.certainty) and claim.country]
    told += [telling_of_event(event) for event in known or ()]
    if as_of is not None:
        told = [telling for telling in told if telling.order[1] <= as_of]
    heads = {claim.id: claim.duplicate_of for claim in claims if claim.duplicate_of}
    kinds: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for telling in sorted(told, key=lambda one: one.order):
        kinds[telling.type, telling.country].append(telling)
    events = [
        _event_of(cluster, number)
        for key in sorted(kinds)
        for number, cluster in enumerate(_clusters(kinds[key], heads), start=1)
    ]
    return Events.of(sorted(events, key=lambda event: (event.date_start, event.type, event.id)))


def _clusters(told: Sequence[Telling], heads: Mapping[str, str]) -> list[list[Telling]]:
    """Group tellings by the relation 'may be one happening', closed under transitivity."""
    parent = list(range(len(told)))

    def root(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    for later in range(len(told)):
        for earlier in range(later):
            one, other = told[earlier], told[later]
            if _retold(one, other, heads) or may_be_one(one, other):
                first, second = sorted((root(earlier), root(later)))
                parent[second] = first
    members: dict[int, list[Telling]] = defaultdict(list)
    for index, telling in enumerate(told):
        members[root(index)].append(telling)
    return [members[key] for key in sorted(members)]


def _retold(one: Telling, other: Telling, heads: Mapping[str, str]) -> bool:
    """Say whether one claim is marked, in its own document, as repeating the other."""
    if one.claim is None or other.claim is None:
        return False
    return heads.get(other.claim.id) == one.claim.id or heads.get(one.claim.id) == other.claim.id


def _event_of(told: Sequence[Telling], number: int) -> Event:
    """Make one event of all tellings of it."""
    rows = [telling.event for telling in told if telling.event is not None]
    claims = [telling.claim for telling in told if telling.claim is not None]
    if len(rows) == 1 and not claims:
        return rows[0]
    origins = _new_origins(claims, rows)
    known = _independent_rows(rows)
    kind = told[0].type
    ratio, p_happened = weigh_testimonies(
        kind, testimonies_of(origins), beside=[row.evidence_ratio for row in known]
    )
    base = rows[0] if rows else _first_event(claims, number)
    spoken = _spoken(told)
    return replace(
        base,
        published=min(telling.order[1] for telling in told),
        p_happened=p_happened,
        evidence_ratio=ratio,
        count_of=base.count_of or (_COUNT_OF.get(kind) if spoken else None),
        n_low=_lowest(spoken),
        n_high=max((count.high for count in spoken), default=None),
        count_kind=base.count_kind or _first(count.kind for count in spoken),
        n_independent_sources=sum(row.n_independent_sources for row in known)
        + sum(not origin.denies for origin in origins),
        source_kinds=tuple(
            dict.fromkeys(
                [kind for row in rows for kind in row.source_kinds] + [origin.chain[0] for origin in origins]
            )
        ),
        sources=tuple(
            dict.fromkeys([*(name for row in rows for name in row.sources), *_source_names(claims)])
        ),
        claim_ids=tuple(claim.id for claim in claims),
        denied=any(row.denied for row in rows) or any(claim.negated for claim in claims),
    )


def _new_origins(claims: Sequence[Claim], rows: Sequence[Event]) -> tuple[Origin, ...]:
    """Find the independent sources of claims that a case's rows do not already carry.

    A case names publications, not who they quote; a claim whose chain has a kind of source that the rows already
    have is taken for a retelling of it. That errs towards too few sources, never towards too many.
    """
    carried = {kind for row in rows for kind in row.source_kinds}
    found = independent(origin for claim in claims for origin in origins_of(claim))
    return tuple(origin for origin in found if origin.denies or not carried & set(origin.chain))


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


def _first_event(claims: Sequence[Claim], number: int) -> Event:
    """Describe the event that claims tell of where no case has dated it."""
    lead = next((claim for claim in claims if not claim.negated), claims[0])
    # The shortest span of days that any claim gives is the most exact one.
    tellings = [telling_of_claim(claim) for claim in claims]
    exact = min(tellings, key=lambda one: (one.end - one.start, one.start))
    return Event(
        id=f"{lead.type}-{exact.start.isoformat()}-{number}",
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
