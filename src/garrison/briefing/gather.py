"""From sources to the material of a brief: read, code, link, infer, forecast, vary."""

from __future__ import annotations

import hashlib
import os
import shlex
import tomllib
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from garrison.briefing.event_sources import read_event_sources, split_sources
from garrison.briefing.material import Material, Progress
from garrison.cases import Case, case_for
from garrison.cases import case as case_by_name
from garrison.coding import code
from garrison.errors import CaseError, CountryError, DateError, ParameterError
from garrison.events import link, publishers_of
from garrison.forecasting import forecast
from garrison.forecasting.base_rate import constants
from garrison.forecasting.crisis_age import crisis_begin
from garrison.inference import State, infer
from garrison.inference.what_if import LeverEffect, lever_effect
from garrison.records import Claims, Events, Reports
from garrison.regime import Lever
from garrison.reports import Reading, Rejected, read_reports
from garrison.world import Country, find_country
from garrison.world import country as country_of

#: The case that is briefed where nothing is named.
DEFAULT_CASE = "venezuela-2017"


@cache
def variations() -> dict[str, Any]:
    """Give what every page varies: three changes of the public and the economy, and the width of the priors."""
    text = files(__package__).joinpath("variations.toml").read_text(encoding="utf8")
    return tomllib.loads(text)


#: Days: an older first day is no wave of a crisis but a regime's whole life.
_LONGEST_CRISIS = 3 * 365


@dataclass(frozen=True)
class Request:
    """What somebody asked to be briefed on."""

    sources: Sequence[str | os.PathLike[str]]
    country: str | None
    case: str | None
    as_of: date | None
    title: str | None
    crisis_start: date | None
    n_runs: int
    seed: int

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise ParameterError(f"seed {self.seed}: must be 0 or more")


def gather(request: Request, progress: Progress) -> Material:
    """Read, code, link, infer, forecast and vary.

    Parameters
    ----------
    request
        What was asked for.
    progress
        Called with a few words at each step.

    Returns
    -------
    Material
        Everything that the page is written from.
    """
    chosen = case_by_name(request.case) if request.case else None
    if not request.sources and chosen is None:
        chosen = case_by_name(DEFAULT_CASE)
    progress("reading ...")
    texts, tables = split_sources(request.sources)
    if not request.sources and chosen is not None:
        texts = list(chosen.reports())
    given_day = request.as_of or (chosen.default_as_of if chosen and not request.sources else None)
    reading = read_reports(texts, as_of=given_day, title=request.title) if texts else Reading(Reports.of([]))
    asked = request.country or (chosen.country if chosen else None)
    code_asked = country_of(asked).code if asked else None
    progress("coding ...")
    claims = code(reading.reports, country=code_asked)
    told = code_asked or (country_told(claims, reading.reports) if texts else None)
    given, set_aside = _event_data(tables, told, given_day)
    published = [report.published for report in reading.reports]
    as_of = given_day or max([*published, *(event.published for event in given or ())])
    place = country_of(told or next(iter(given or ())).country)
    the_case = _case_of(chosen, place, as_of)
    progress("linking ...")
    # Event data tell again what a case's table tells: they take its place.
    known = given if given is not None else the_case.events() if the_case else None
    events = link(claims, known=known, as_of=as_of, publishers=publishers_of(reading.reports))
    begin = _crisis_start(request, the_case, events, as_of)
    progress("simulating ...")
    state = _infer(events, place.code, as_of, the_case, begin, request)
    age = max(0, (as_of - begin).days // 7) if begin else 0
    outlook = forecast(state, age_weeks=age, seed=request.seed)
    progress("varying ...")
    doubled = _doubled(state, events, the_case)
    progress("writing ...")
    return Material(
        country=place,
        as_of=as_of,
        case=the_case,
        reports=reading.reports,
        rejected=(*reading.rejected, *set_aside),
        claims=claims,
        events=events,
        state=state,
        forecast=outlook,
        doubled=forecast(doubled, age_weeks=age, seed=request.seed).model,
        levers=_vary(state, outlook.horizon_days),
        crisis_start=begin,
        seed=request.seed,
        command=_command(request, place.code),
        event_files=tuple((path.name, _sha256(path)) for path in tables),
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _event_data(
    tables: Sequence[Path], country: str | None, as_of: date | None
) -> tuple[Events | None, tuple[Rejected, ...]]:
    """Read the event data among the sources, None where there are none."""
    if not tables:
        return None, ()
    return read_event_sources(tables, country=country, as_of=as_of)


def _case_of(chosen: Case | None, place: Country, as_of: date) -> Case | None:
    """Take the case that was asked for, or the bundled one of this country and day, or none."""
    found = chosen or case_for(place.code, as_of)
    if found is not None and found.country != place.code:
        raise CaseError(
            f"case '{found.name}' is about {country_of(found.country).name}, not {place.name}: "
            "leave out --case, or give its country"
        )
    return found


def _crisis_start(request: Request, case: Case | None, events: Events, as_of: date) -> date | None:
    if request.crisis_start is not None:
        if (as_of - request.crisis_start).days > _LONGEST_CRISIS:
            raise DateError(
                f"--crisis-start {request.crisis_start}: lies more than {_LONGEST_CRISIS} days before {as_of}; "
                "give the first day of the present wave"
            )
        if request.crisis_start > as_of:
            raise DateError(f"--crisis-start {request.crisis_start}: lies after {as_of}; give an earlier day")
        return request.crisis_start
    return case.crisis_start if case else crisis_begin(events, as_of)


def _infer(
    events: Events, country: str, as_of: date, case: Case | None, begin: date | None, request: Request
) -> State:
    return infer(
        events,
        country=country,
        as_of=as_of,
        case=case,
        start=begin,
        n_runs=request.n_runs,
        seed=request.seed,
        horizon_days=int(constants()["target"]["headline_horizon"]),
    )


def _doubled(state: State, events: Events, case: Case | None) -> State:
    """Infer once more with every prior twice as wide: the width-doubling audit."""
    return infer(
        events,
        country=state.country,
        as_of=state.as_of,
        case=case,
        start=state.runs.start,
        n_runs=variations()["doubled"]["runs"],
        seed=state.runs.seed,
        width=2.0,
    )


def _vary(state: State, horizon_days: int) -> tuple[LeverEffect, ...]:
    """Re-simulate each change; arrays are long enough for two threads to share two cores."""
    start = state.as_of + timedelta(days=1)
    levers = [
        Lever(change["lever"], change["size"], start, change["days"]) for change in variations()["change"]
    ]
    with ThreadPoolExecutor(max_workers=2) as pool:
        return tuple(pool.map(lambda lever: lever_effect(state, lever, horizon_days), levers))


def _command(request: Request, country: str) -> str:
    """Give the command that makes the page again."""
    words = ["garrison brief", *(shlex.quote(Path(source).name) for source in request.sources)]
    if request.sources:
        words.append(f"--country {country}")
    options = (
        ("--case", request.case),
        ("--as-of", request.as_of),
        ("--title", request.title),
        ("--crisis-start", request.crisis_start),
        ("--runs", request.n_runs),
        ("--seed", request.seed),
    )
    return " ".join(
        [*words, *(f"{name} {shlex.quote(str(value))}" for name, value in options if value is not None)]
    )


def country_told(claims: Claims, reports: Reports) -> str:
    """Give the country that most claims are about; where there is no claim, the one that the texts name most.

    Raises
    ------
    CountryError
        If neither names one.
    """
    named = Counter(claim.country for claim in claims if claim.country)
    if named:
        return min(named, key=lambda code: (-named[code], code))
    found = find_country("\n".join(report.title + "\n" + report.article for report in reports))
    if found is None:
        raise CountryError(
            "no country could be found in the reports: add --country, for example --country VEN"
        )
    return found
