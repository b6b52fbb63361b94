"""Parts of a page's content: what it is about, and its answer.

A probability is a fraction in [0, 1]. A `note` is the number of the provenance row of a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sentence:
    """A plain sentence, the provenance rows of the numbers in it, and the claims that it rests on."""

    text: str
    notes: tuple[int, ...] = ()
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability in [0, 1] with its 50% and its 90% band, each (low, high) or None where there is none."""

    p: float
    note: int
    band50: tuple[float, float] | None = None
    band90: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What the page is about.

    Parameters
    ----------
    country
        The country's name in the page's language.
    as_of
        The last day whose publications were used.
    report_title
        The headline of the report that was read (of the first, if several), empty if it has none.
    n_reports, n_claims, n_events
        How many documents were read, claims coded and events linked or taken from the case.
    note
        The provenance row of these counts.
    case_title
        The title of the bundled or user-written case; None if there is none and the priors are wide.
    """

    country: str
    as_of: date
    report_title: str
    n_reports: int
    n_claims: int
    n_events: int
    note: int
    case_title: str | None = None


@dataclass(frozen=True, slots=True)
class LabelRule:
    """What the base rate is under one rule of what counts as a break: `strict`, `two_of_four`, `strict+cases`.

    `chances` holds (horizon in days, chance) pairs, the same horizons for every rule; `n_events` and `n_crises`
    say how many breaks and crises the rule counts; `used` marks the rule of the headline.
    """

    name: str
    chances: tuple[tuple[int, Chance], ...]
    n_events: int
    n_crises: int
    used: bool = False


@dataclass(frozen=True, slots=True)
class ModelView:
    """What the model would say, shown beside a headline that does not use it.

    Parameters
    ----------
    chance
        The model's answer to the headline's question, with its own bands.
    log_odds_shift
        How far the reports move the model's log odds (natural logarithm); 0 is not at all.
    log_odds_shift90
        90% of the simulation error of that shift.
    n_runs
        Simulated runs that were weighted.
    n_effective, n_effective_breaks
        Effective sample size of the weights, 1 to `n_runs`, and of the breaks among them.
    enough
        Whether both reach the smallest sizes at which the weighted numbers are worth reading.
    doubled
        The same chance when every prior is twice as wide (the width-doubling audit).
    note
        The provenance row of the shift, the runs and the effective sample size.
    """

    chance: Chance
    log_odds_shift: float
    log_odds_shift90: tuple[float, float]
    n_runs: int
    n_effective: float
    n_effective_breaks: float
    enough: bool
    doubled: Chance
    note: int


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How this kind of forecast did on history, where countries taught it nothing of themselves.

    Parameters
    ----------
    n_scored
        Forecasts scored, 0 where this was never asked.
    note
        Number of its row in the provenance.
    first_year, last_year
        Of those forecasts.
    rate, mean
        The share that a break followed, and the chance that was given on average.
    log_skill
        Of the best founded model over the base rate: estimate, and its 95% interval by country.
    """

    n_scored: int
    note: int
    first_year: int = 0
    last_year: int = 0
    rate: float = 0.0
    mean: float = 0.0
    log_skill: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Headline:
    """The answer: a chance, by when, of what, and how the number was made.

    Parameters
    ----------
    chance
        The headline probability, with its 50% and 90% bands.
    horizon_days, ends
        The length of the window in days and its last day.
    target
        The code of what is forecast, for example `T1a`; its name and definition are words of the page.
    crisis_age_weeks
        Whole weeks since the last escalation of the crisis; None if no start is known.
    age_note
        The provenance row of the age.
    base_rate_source
        Which table the base rate comes from, in one phrase, with its years and its number of crises.
    why
        Why the headline is the base rate and not the model's number.
    rules
        The base rate under each rule of what counts as a break, side by side.
    model
        What the model would say; None if no model run was made.
    track
        How forecasts of this kind have scored.
    """

    chance: Chance
    horizon_days: int
    ends: date
    target: str
    crisis_age_weeks: int | None
    age_note: int
    base_rate_source: str
    why: Sentence
    rules: tuple[LabelRule, ...]
    model: ModelView | None
    track: TrackRecord
