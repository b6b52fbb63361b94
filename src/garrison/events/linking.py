"""Claims of one happening become one event, with the chance that it happened; nothing is summed twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from garrison.events.event_of_tellings import event_of
from garrison.events.grouping import bundles_of, happenings_of, islands_of
from garrison.events.source_records import SourceRecords
from garrison.events.tellings import Telling, telling_of_claim, telling_of_event
from garrison.records import Claim, Claims, Event, Events
from garrison.vocabulary import is_counted


class Linker:
    """Links claims as they come in; a new report changes only the events of the days that it tells of.

    Parameters
    ----------
    known
        Events already dated, such as a case's; claims that tell of one of them join it.
    as_of
        Claims and known events published after this day are left out before anything is linked.
    sources
        Records of named sources, whose words then weigh what their record says.
    publishers
        Who published which document (`publishers_of`): what one publisher says in its own voice, in however many
        documents, is one source.

    Examples
    --------
    >>> from garrison.records import Claim
    >>> day = date(2017, 5, 6)
    >>> said = dict(quote="x", type="DEFECT", certainty="claim_media", published=day, country="VEN")
    >>> linker = Linker()
    >>> linker.add([Claim(id="a#1", doc="a", char_start=0, char_end=1, **said)])
    1
    >>> linker.add([Claim(id="b#1", doc="b", char_start=0, char_end=1, **said)])
    1
    >>> len(linker.events())
    1
    """

    def __init__(
        self,
        known: Events | None = None,
        *,
        as_of: date | None = None,
        sources: SourceRecords | None = None,
        publishers: Mapping[str, str] | None = None,
    ) -> None:
        self._as_of = as_of
        self._sources = sources
        self._publishers = publishers
        self._told: dict[tuple[str, str], dict[str, Telling]] = defaultdict(dict)
        self._islands: dict[tuple[str, str], dict[tuple[str, ...], list[Event]]] = {}
        self._take(telling_of_event(event) for event in known or ())

    def add(self, claims: Iterable[Claim]) -> int:
        """Take further claims in; those whose certainty does not count are passed over.

        A claim whose id is known already replaces the earlier one.

        Parameters
        ----------
        claims
            In any order, from any number of documents.

        Returns
        -------
        int
            How many stretches of days (of one type and country) had to be linked anew.
        """
        return self._take(
            telling_of_claim(claim) for claim in claims if is_counted(claim.certainty) and claim.country
        )

    def _take(self, tellings: Iterable[Telling]) -> int:
        touched = set()
        for telling in tellings:
            if self._as_of is None or telling.order[1] <= self._as_of:
                key = (telling.type, telling.country)
                self._told[key][telling.id] = telling
                touched.add(key)
        return sum(self._link(key) for key in sorted(touched))

    def _link(self, key: tuple[str, str]) -> int:
        """Link one type in one country; islands whose tellings are the same as before keep their events."""
        before = self._islands.get(key, {})
        after: dict[tuple[str, ...], list[Event]] = {}
        n_anew = 0
        for island in islands_of(bundles_of(self._told[key].values()), key[0]):
            members = [one for bundle in island for one in bundle.tellings]
            name = tuple(sorted(f"{one.id} {hash(one)}" for one in members))
            if name in before:
                after[name] = before[name]
                continue
            n_anew += 1
            groups = happenings_of(island, key[0])
            after[name] = [event_of(group, self._sources, self._publishers) for group in groups]
        self._islands[key] = after
        return n_anew

    def events(self) -> Events:
        """Give all events, sorted by date, type and id."""
        found = [
            event for islands in self._islands.values() for events in islands.values() for event in events
        ]
        return Events.of(sorted(found, key=lambda event: (event.date_start, event.type, event.id)))


def link(
    claims: Claims,
    *,
    known: Events | None = None,
    as_of: date | None = None,
    sources: SourceRecords | None = None,
    publishers: Mapping[str, str] | None = None,
) -> Events:
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
    sources
        Records of named sources (`garrison.events.learn_sources`); without them a word weighs what its kind weighs.
    publishers
        Who published which document (`garrison.events.publishers_of`): what one publisher says in its own voice, in
        however many documents, is one source; without it each document is one.

    Returns
    -------
    Events
        Sorted by date; the same whatever the order of the claims.
    """
    linker = Linker(known, as_of=as_of, sources=sources, publishers=publishers)
    linker.add(claims)
    return linker.events()
