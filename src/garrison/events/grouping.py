"""Tellings of one type and country are grouped into happenings: the exact ones first, the vague ones to the nearest.

The grouping is a function of the set of tellings alone, so the order in which reports arrive cannot matter. It works
on *islands*, stretches of days that no telling bridges: a new report changes only the island that it falls on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from garrison.events.credibility import linking_gap
from garrison.events.tellings import Count, Telling, counts_agree, days_agree, is_stock
from garrison.events.wording import likeness, words_of

#: The slots of a telling that must fit where two tellings both name them.
SLOTS = ("actor_sector", "target_sector", "actor_rank", "adm1")


@dataclass(frozen=True, slots=True)
class Bundle:
    """One assertion with its repetitions inside a document, which stay together whatever their slots say.

    Attributes
    ----------
    tellings
        In their canonical order.
    slots
        Of each of `SLOTS`, what the first telling that names it names.
    lead
        The telling with the shortest span of days: the most exact one.
    start, end
        First and last day that any of them names.
    words
        The content words of their quotes.
    """

    tellings: tuple[Telling, ...]
    slots: tuple[str | None, ...]
    lead: Telling
    start: date
    end: date
    words: frozenset[str]

    @classmethod
    def of(cls, tellings: Sequence[Telling]) -> Bundle:
        """Bundle tellings that are known to repeat one another."""
        ordered = tuple(sorted(tellings, key=lambda one: one.order))
        slots = tuple(
            next((value for one in ordered if (value := getattr(one, slot))), None) for slot in SLOTS
        )
        lead = min(ordered, key=lambda one: (one.event is None, one.end - one.start, one.order))
        return cls(
            ordered,
            slots,
            lead,
            min(one.start for one in ordered),
            max(one.end for one in ordered),
            frozenset().union(*(words_of(one) for one in ordered)),
        )

    @property
    def order(self) -> tuple[object, ...]:
        """Rows of a case first, then the most exact: many slots named, few days spanned."""
        n_named = sum(slot is not None for slot in self.slots)
        return (self.lead.event is None, -n_named, self.lead.end - self.lead.start, self.tellings[0].order)


@dataclass(slots=True)
class Happening:
    """A group that grows: what its members agree on, and between which counts they lie."""

    members: list[Bundle]
    slots: list[str | None]
    core: Telling
    counts: list[Count] = field(default_factory=list)

    @classmethod
    def begun_by(cls, bundle: Bundle) -> Happening:
        """Open a happening with its most exact telling."""
        return cls([bundle], list(bundle.slots), bundle.lead, _counts(bundle))

    def admits(self, bundle: Bundle) -> bool:
        """Say whether a further bundle can tell of this happening.

        Two rows of a case were told apart by whoever wrote it; only their running totals are joined.
        """
        if self.core.event and bundle.lead.event and not (is_stock(self.core) and is_stock(bundle.lead)):
            return False
        for known, said in zip(self.slots, bundle.slots, strict=True):
            if known is not None and said is not None and known != said:
                return False
        if not days_agree(self.core, bundle.lead):
            return False
        return all(counts_agree(known, said) for known in self.counts for said in _counts(bundle))

    def nearness(self, bundle: Bundle) -> tuple[float, ...]:
        """Rank happenings that admit a bundle: slots in common, likeness of words, days apart."""
        shared = sum(
            known is not None and known == said for known, said in zip(self.slots, bundle.slots, strict=True)
        )
        alike = max(likeness(member.words, bundle.words) for member in self.members[:8])
        apart = abs((self.core.end - bundle.lead.end).days)
        return (shared, round(alike, 6), -apart)

    def take(self, bundle: Bundle) -> None:
        """Admit a bundle; what it names and the group did not know is known from here on."""
        self.members.append(bundle)
        self.slots = [known or said for known, said in zip(self.slots, bundle.slots, strict=True)]
        for count in _counts(bundle):
            if count not in self.counts:
                self.counts.append(count)


def _counts(bundle: Bundle) -> list[Count]:
    return list(dict.fromkeys(one.count for one in bundle.tellings if one.count is not None))


def bundles_of(tellings: Iterable[Telling]) -> list[Bundle]:
    """Bundle each telling with those that its document marks as repeating it.

    Parameters
    ----------
    tellings
        Of one type and country.

    Returns
    -------
    list of Bundle
        Sorted by first day; every telling is in exactly one.
    """
    told = sorted(tellings, key=lambda one: one.order)
    by_id = {one.claim.id: one for one in told if one.claim is not None}
    groups: dict[str, list[Telling]] = defaultdict(list)
    for one in told:
        groups[_head(one, by_id)].append(one)
    return sorted((Bundle.of(group) for group in groups.values()), key=lambda one: (one.start, one.order))


def _head(telling: Telling, by_id: dict[str, Telling]) -> str:
    """Follow `duplicate_of` to the claim that is repeated; a ring of claims ends where it closes."""
    if telling.claim is None:
        assert telling.event is not None
        return f"row {telling.event.id}"
    claim, seen = telling.claim, {telling.claim.id}
    while (above := claim.duplicate_of) and above in by_id and above not in seen:
        seen.add(above)
        next_claim = by_id[above].claim
        assert next_claim is not None
        claim = next_claim
    return claim.id if not claim.duplicate_of or claim.duplicate_of not in seen else min(seen)


def islands_of(bundles: Sequence[Bundle], kind: str) -> Iterator[list[Bundle]]:
    """Split bundles, sorted by first day, where no telling can be of the same happening as one before.

    Parameters
    ----------
    bundles
        Of one type and country, sorted by first day.
    kind
        Their type, whose gap says how far apart two tellings of one happening may lie.
    """
    reach = 2 * linking_gap(kind)
    island: list[Bundle] = []
    until = 0
    for bundle in bundles:
        if island and bundle.start.toordinal() > until:
            yield island
            island, until = [], 0
        island.append(bundle)
        until = max(until, bundle.end.toordinal() + reach)
    if island:
        yield island


def happenings_of(island: Sequence[Bundle], kind: str) -> list[list[Telling]]:
    """Group the bundles of one island into happenings.

    Each bundle, the most exact first, joins the nearest happening that admits it, or opens one. Only happenings
    whose days lie within reach are tried, so the work grows with the tellings times the happenings of a few days.

    Parameters
    ----------
    island
        Bundles between which no stretch of days is empty.
    kind
        Their type.

    Returns
    -------
    list of list of Telling
        Each with its tellings in canonical order.
    """
    by_length: dict[int, dict[int, list[Happening]]] = defaultdict(lambda: defaultdict(list))
    found: list[Happening] = []
    gap = linking_gap(kind)
    for bundle in sorted(island, key=lambda one: one.order):
        days = 0 if is_stock(bundle.lead) else (bundle.lead.end - bundle.lead.start).days
        length = days + 1 + 2 * gap
        best: Happening | None = None
        best_rank: tuple[float, ...] = ()
        # A row that counts no running total joins nothing: all happenings so far were opened by other rows.
        alone = bundle.lead.event is not None and not is_stock(bundle.lead)
        for happening in () if alone else _within_reach(by_length, bundle.lead, length):
            if happening.admits(bundle):
                rank = happening.nearness(bundle)
                if best is None or rank > best_rank:
                    best, best_rank = happening, rank
        if best is not None:
            best.take(bundle)
            continue
        happening = Happening.begun_by(bundle)
        found.append(happening)
        cell = length.bit_length()
        by_length[cell][bundle.lead.end.toordinal() // (1 << cell)].append(happening)
    groups = [
        sorted((one for member in group.members for one in member.tellings), key=lambda one: one.order)
        for group in found
    ]
    return sorted(groups, key=lambda group: group[0].order)


def _within_reach(
    by_length: dict[int, dict[int, list[Happening]]], lead: Telling, length: int
) -> Iterator[Happening]:
    """Give the happenings whose last day lies near a telling's, by cells as wide as the spans that they hold.

    Two spans that share half of the longer one end within that length of each other, which bounds the cells.
    """
    for cell in sorted(by_length):
        width = 1 << cell
        reach = max(length, width)
        last = lead.end.toordinal()
        for place in range((last - reach) // width, (last + reach) // width + 1):
            yield from by_length[cell].get(place, ())
