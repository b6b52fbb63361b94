"""From events to the state of the forces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from garrison.cases import Case, conditions_of
from garrison.engines import simulate
from garrison.errors import DateError
from garrison.inference.channels import setting
from garrison.inference.observations import observe, p_refusal_known
from garrison.inference.state import State, weigh_runs
from garrison.records import Event
from garrison.stability import ensemble
from garrison.world import country as country_of


def infer(
    events: Iterable[Event],
    *,
    country: str,
    as_of: date,
    case: Case | None = None,
    start: date | None = None,
    n_runs: int = 4000,
    seed: int = 1,
    horizon_days: int = 90,
    width: float = 1.0,
) -> State:
    """Infer where the security forces stand, from what was published by a day.

    Crises are simulated from the admitted priors and weighted by what was published up to `as_of`: deaths,
    protests and arrests of soldiers as negative-binomial counts, dissent as stories that may be false. Nothing
    published later, and no outcome, can enter.

    Parameters
    ----------
    events
        Of any dates; those published after `as_of` are left out.
    country
        Alpha-3 code or name.
    as_of
        The day of the forecast.
    case
        Its coded conditions narrow the priors; without it they are wide.
    start
        First day of the crisis; the case's start, or four weeks before `as_of`, if not given.
    n_runs
        Simulated crises, above 0. Run i is the same whatever their number.
    seed
        Of all random numbers.
    horizon_days
        How far past `as_of` the runs go, above 0.
    width
        Widens every prior about its centre, above 0: 2 for the width-doubling audit.

    Returns
    -------
    State
        With `n_runs` weighted runs from the crisis's start to the horizon.

    Raises
    ------
    DateError
        If the crisis starts after `as_of`.
    """
    place = country_of(country)
    begin = start or (case.crisis_start if case else as_of - timedelta(days=setting("unknown_age_days")))
    if begin > as_of:
        raise DateError(f"the crisis starts on {begin}, after {as_of}: give an earlier --crisis-start")
    told = [event for event in events if event.country == place.code]
    observations = observe(told, start=begin, as_of=as_of)
    parameters = ensemble(n_runs, seed=seed, conditions=conditions_of(place.code, case, as_of), width=width)
    days = (as_of - begin).days + horizon_days + 1
    runs = simulate(parameters, start=begin, days=days, seed=seed)
    state = State(country=place.code, as_of=as_of, runs=runs, case=case.name if case else "")
    return replace(
        state,
        observations=observations,
        log_likelihoods=weigh_runs(runs, observations, state.prior_weights),
        p_refusal_known=p_refusal_known(told, start=begin, as_of=as_of),
    )
