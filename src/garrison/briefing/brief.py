"""`garrison.brief`: reports in, one page out."""

from __future__ import annotations

import html
import json
import os
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from garrison.briefing.content import BriefContent
from garrison.briefing.material import Material, Progress
from garrison.briefing.words import words
from garrison.errors import DateError, TableError
from garrison.forecasting import Forecast
from garrison.inference import State
from garrison.records import Claims, Events, write_aside
from garrison.reports import Rejected


def check_form(path: str | os.PathLike[str]) -> str:
    """Give the form in which a brief would be saved at a path: `.html` or `.json`.

    Raises
    ------
    TableError
        If the suffix is neither.

    Examples
    --------
    >>> check_form("out/page.html")
    '.html'
    """
    suffix = Path(path).suffix.lower()
    if suffix not in (".html", ".json"):
        raise TableError(f"{path}: a brief is saved as .html or .json, not '{suffix}'; change the name")
    return suffix


@dataclass(frozen=True, repr=False)
class Brief:
    """One page, and everything behind it: `claims`, `events`, `state`, `forecast`, `content`."""

    material: Material
    content: BriefContent

    @property
    def claims(self) -> Claims:
        """The claims coded from the reports."""
        return self.material.claims

    @property
    def events(self) -> Events:
        """The events known by the as-of day, each with the chance that it happened."""
        return Events.of(self.material.all_events)

    @property
    def state(self) -> State:
        """The inferred state of the forces."""
        return self.material.state

    @property
    def forecast(self) -> Forecast:
        """The forecast: the headline, its base rates, the model's view."""
        return self.material.forecast

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """What could not be read and was set aside."""
        return self.material.rejected

    @property
    def headline(self) -> str:
        """The headline in a line."""
        outlook = self.forecast
        low, high = outlook.headline.band90
        condition = "" if self.material.crisis_start else f"{words().say('headline.no_crisis')} "
        return (
            f"{self.material.country.name}, {words().day(outlook.as_of)}: {condition}{words().chance(outlook.p)} "
            f"chance of {words().say(f'target.{outlook.target}.name')} within {outlook.horizon_days} days "
            f"(90% band {low:.1%} to {high:.1%}; base rate of such crises). "
            f"The model would say {outlook.model.p:.1%}."
        )

    def html(self) -> str:
        """Give the page: one self-contained HTML document, no script, no outside request."""
        from garrison.briefing.page import render

        return render(self.content)

    def to_frame(self) -> Any:
        """Give the claims as a pandas frame."""
        return self.claims.to_frame()

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page as .html, or its numbers as .json; whole or not at all.

        Raises
        ------
        TableError
            If the suffix is neither.
        """
        suffix = Path(path).suffix.lower()
        if suffix in (".html", ".htm"):
            return write_aside(path, self.html().encode())
        if suffix == ".json":
            content = {"schema": 1, **asdict(self.content), "forecast": asdict(self.forecast)}
            return write_aside(
                path, json.dumps(content, default=_plain, ensure_ascii=False, indent=1).encode()
            )
        raise TableError(f"{path}: a brief is saved as .html or .json, not '{suffix}'")

    def __repr__(self) -> str:
        lines = [self.headline, *(f"  {sentence.text}" for sentence in self.content.verdict)]
        return "\n".join(lines[:10])

    def _repr_html_(self) -> str:
        page = html.escape(self.html(), quote=True)
        return (
            f'<iframe srcdoc="{page}" title="Garrison brief" sandbox '
            'style="width:100%;height:80vh;border:1px solid #ccc"></iframe>'
        )


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def brief(
    *sources: str | os.PathLike[str],
    country: str | None = None,
    case: str | None = None,
    as_of: date | str | None = None,
    title: str | None = None,
    crisis_start: date | str | None = None,
    n_runs: int = 4000,
    seed: int = 1,
    progress: Progress | None = None,
) -> Brief:
    """Turn reports into one page: claims audited, the forces' state, a forecast beside its base rate.

    Parameters
    ----------
    *sources
        Files (.txt, .md, .html, .jsonl), folders, or "-" for standard input; without any, the bundled case.
    country
        Code or name; found in the reports if not given.
    case
        A bundled case by name; chosen by country and day if not given.
    as_of
        Use only what was published by this day; the day of the latest report if not given.
    title
        Of the report, where the text has none.
    crisis_start
        First day of the crisis; the case's, or the first crisis day in the reports, if not given.
    n_runs
        Simulated crises, 200 or more.
    seed
        Of all random numbers: same reports, same seed, same bytes.
    progress
        Called with a few words at each step.

    Returns
    -------
    Brief
        Save it, print it, or let a notebook show it.

    Raises
    ------
    InputError
        Naming what cannot be used and what to do.

    Examples
    --------
    >>> import garrison
    >>> page = garrison.brief("article.txt", country="VEN")  # doctest: +SKIP
    >>> page.save("brief.html")  # doctest: +SKIP
    """
    from garrison.briefing.assemble import assemble
    from garrison.briefing.gather import Request, gather

    request = Request(
        sources=sources,
        country=country,
        case=case,
        as_of=_day(as_of, "as_of"),
        title=title,
        crisis_start=_day(crisis_start, "crisis_start"),
        n_runs=n_runs,
        seed=seed,
    )
    material = gather(request, progress or (lambda words: None))
    return Brief(material, assemble(material))


def _day(value: date | str | None, name: str) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise DateError(f"{name} '{value}': not a date; write it as YYYY-MM-DD") from None
