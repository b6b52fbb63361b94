"""Forecasts to fill a ledger with."""

from datetime import date
from pathlib import Path
from typing import Any

from garrison.forecasting.ledger import ForecastEntry, InputFile, Ledger, Resolution, Resolver

WRITTEN = date(2017, 5, 8)


def forecast(**changes: Any) -> ForecastEntry:
    given = {
        "country": "VEN",
        "as_of": date(2017, 5, 7),
        "vintage": date(2017, 5, 6),
        "target": "T1a",
        "target_version": "1",
        "horizon_days": 90,
        "p": 0.1,
        "band50": (0.05, 0.15),
        "band90": (0.01, 0.3),
        "base_rate": 0.05,
        "model_p": 0.2,
        "model_band90": (0.1, 0.4),
        "inputs": (InputFile("Mérida.txt", "a" * 64),),
        "settings_sha256": "0" * 64,
        "seed": 1,
        "package_version": "0.1.0",
        "resolver": Resolver("events-by-type", "1"),
        "note": "a march",
    }
    return ForecastEntry(**{**given, **changes})


def filled(path: Path, n: int = 3) -> Ledger:
    """A ledger of n forecasts and one resolution."""
    ledger = Ledger(path)
    for day in range(n):
        ledger.append(forecast(as_of=date(2017, 5, 7 - day), vintage=date(2017, 1, 1)), written=WRITTEN)
    done = Resolution(of=1, outcome="0", source="the lists", resolved=date(2017, 9, 1))
    ledger.append(done, written=date(2017, 9, 1))
    return ledger
