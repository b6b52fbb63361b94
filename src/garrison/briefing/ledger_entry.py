"""What of a brief goes into the ledger: its headline, the model's view, and what they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from garrison.briefing.brief import Brief
from garrison.briefing.material import Material
from garrison.forecasting.base_rate import constants
from garrison.forecasting.ledger import ForecastEntry, InputFile, resolver_of_target
from garrison.forecasting.ledger.chain import canonical
from garrison.version import __version__

#: More inputs than these stand in the ledger as one hash of the list of their names and hashes.
LONGEST_LIST = 200


def ledger_entry(page: Brief) -> ForecastEntry:
    """Give the forecast of a page as it goes into the ledger.

    Parameters
    ----------
    page
        From `garrison.brief`.

    Returns
    -------
    ForecastEntry
        The headline with its bands, the base rate beside it, the model's view, the hash of each input and of the
        settings, and the rule that shall settle it.

    Examples
    --------
    >>> import garrison
    >>> ledger_entry(garrison.brief()).target  # doctest: +SKIP
    'T1a'
    """
    outlook, material = page.forecast, page.material
    version, resolver = resolver_of_target(outlook.target)
    # The base rate is the headline's rule; where the headline is something else one day, it still stands beside.
    beside = next(
        rate
        for rate in outlook.base_rates
        if rate.rule == outlook.headline.rule and rate.horizon_days == outlook.horizon_days
    )
    return ForecastEntry(
        country=outlook.country,
        as_of=outlook.as_of,
        vintage=_vintage(material),
        target=outlook.target,
        target_version=version,
        horizon_days=outlook.horizon_days,
        p=outlook.p,
        band50=outlook.headline.band50,
        band90=outlook.headline.band90,
        base_rate=beside.p,
        base_rate_band90=beside.band90,
        base_rate_rule=beside.rule,
        model_p=outlook.model.p,
        model_band90=outlook.model.band90,
        inputs=_inputs(material),
        settings_sha256=hashlib.sha256(canonical(_settings(material))).hexdigest(),
        seed=material.seed,
        package_version=__version__,
        resolver=resolver,
        note=_sayable(material.command[:2000]),
    )


def _vintage(material: Material) -> date:
    """Give the last day on which anything that the forecast used was published."""
    days = [event.published for event in material.all_events]
    days += [report.published for report in material.all_reports if report.published <= material.as_of]
    return max(days, default=material.as_of)


def _inputs(material: Material) -> tuple[InputFile, ...]:
    found = [
        InputFile(Path(report.origin).name or report.doc, report.sha256) for report in material.all_reports
    ]
    found += [InputFile(name, digest) for name, digest in material.event_files]
    if material.case is not None:
        for name in ("case.toml", "events.csv"):
            content = (material.case.folder / name).read_bytes()
            found.append(InputFile(f"{material.case.name}/{name}", hashlib.sha256(content).hexdigest()))
    return _shortened([InputFile(_sayable(one.name), one.sha256) for one in found])


def _sayable(text: str) -> str:
    """Replace what UTF-8 cannot say: names of files may hold any byte."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _shortened(inputs: Sequence[InputFile]) -> tuple[InputFile, ...]:
    if len(inputs) <= LONGEST_LIST:
        return tuple(inputs)
    text = "".join(sorted(f"{one.sha256}  {one.name}\n" for one in inputs))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return (InputFile(f"{len(inputs)} inputs, sorted as sha256sum lists them", digest),)


def _settings(material: Material) -> dict[str, object]:
    """Give everything besides the inputs that decides the numbers."""
    return {
        "country": material.country.code,
        "as_of": material.as_of.isoformat(),
        "case": material.case.name if material.case else None,
        "crisis_start": material.crisis_start.isoformat() if material.crisis_start else None,
        "age_weeks": material.forecast.age_weeks,
        "horizon_days": material.forecast.horizon_days,
        "n_runs": material.forecast.model.n_runs,
        "seed": material.seed,
        "constants": constants(),
    }
