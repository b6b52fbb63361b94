"""All that a brief is made from, gathered once, before a word of the page is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from garrison.cases import Case
from garrison.forecasting import Forecast, ModelView
from garrison.inference import State
from garrison.inference.what_if import LeverEffect
from garrison.records import Claim, Claims, Event, Events, Report, Reports
from garrison.reports import Rejected
from garrison.vocabulary import event_types
from garrison.world import Country

Progress = Callable[[str], None]
Floats = NDArray[np.float64]

#: The quantiles that a page draws: the 90% band, the 50% band, the median.
SHOWN = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Material:
    """Reports, claims, events, state, forecast and levers of one brief.

    `event_files` holds name and SHA-256 of each file of event data among its sources.
    """

    country: Country
    as_of: date
    case: Case | None
    reports: Reports
    rejected: tuple[Rejected, ...]
    claims: Claims
    events: Events
    state: State
    forecast: Forecast
    doubled: ModelView
    levers: tuple[LeverEffect, ...]
    crisis_start: date | None
    seed: int
    command: str
    event_files: tuple[tuple[str, str], ...] = ()

    @cached_property
    def all_claims(self) -> tuple[Claim, ...]:
        """The claims, in the order of their documents."""
        return tuple(self.claims)

    @cached_property
    def all_events(self) -> tuple[Event, ...]:
        """The events that were known by the as-of day."""
        return tuple(event for event in self.events if event.published <= self.as_of)

    @cached_property
    def all_reports(self) -> tuple[Report, ...]:
        """The documents."""
        return tuple(self.reports)

    @cached_property
    def event_of_claim(self) -> Mapping[str, Event]:
        """The event that each counted claim tells of, by claim id."""
        return {claim_id: event for event in self.all_events for claim_id in event.claim_ids}

    @cached_property
    def shares(self) -> Mapping[str, Floats]:
        """Quantiles by day of the hidden and visible shares of troops and officers: `SHOWN` over the weighted runs."""
        names = [f"{kind} {cohort}" for cohort in ("troops", "officers") for kind in ("hidden", "visible")]
        return {name: self.state.share(name, SHOWN) for name in names}

    @cached_property
    def lead(self) -> Report | None:
        """The report whose headline the page speaks of.

        The first whose headline asserts dissent in the forces, else anything, else the first with a title.
        """
        asserted = [claim for claim in self.all_claims if claim.certainty == "headline_assertion"]
        told = {claim.doc for claim in asserted}
        dissent = {claim.doc for claim in asserted if event_types()[claim.type].group == "dissent"}
        titled = [report for report in self.all_reports if report.title]
        return min(titled, key=lambda one: (one.doc not in dissent, one.doc not in told), default=None)

    @property
    def horizon(self) -> int:
        """Days of the headline."""
        return self.forecast.horizon_days
