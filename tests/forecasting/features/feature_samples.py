"""Small tables of history by chance, for the features."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from garrison.forecasting.features import FeatureTables

STATES = ("MLI", "NER", "FRA", "USA")
YEARS = range(1985, 2020)
FIRST = date(1985, 1, 1)
N_DAYS = (date(2019, 12, 31) - FIRST).days


def days(generator: np.random.Generator, count: int) -> list[date]:
    return [FIRST + timedelta(days=int(day)) for day in generator.integers(0, N_DAYS, count)]


def yearly(generator: np.random.Generator, **columns: tuple[float, float]) -> pd.DataFrame:
    grid = [(iso, year) for iso in STATES for year in YEARS]
    frame = pd.DataFrame(grid, columns=["iso", "year"])
    for name, (low, high) in columns.items():
        frame[name] = generator.uniform(low, high, len(frame))
    return frame[generator.random(len(frame)) < 0.9].reset_index(drop=True)


def flags(generator: np.random.Generator, count: int) -> np.ndarray:
    return generator.random(count) < 0.4


def spells(generator: np.random.Generator, count: int) -> pd.DataFrame:
    """Regimes, some of which end before the next begins."""
    begin = days(generator, count)
    length = generator.integers(1, 3000, count)
    frame = pd.DataFrame(
        {
            "iso": generator.choice(STATES, count),
            "begin": begin,
            "end": [first + timedelta(days=int(days)) for first, days in zip(begin, length, strict=True)],
        }
    )
    for name in ("military", "personal", "party", "monarchy"):
        frame[name] = flags(generator, count)
    return frame.drop_duplicates(["iso", "begin"], ignore_index=True)


def tables(seed: int, *, coups: int = 60, protests: int = 300) -> FeatureTables:
    make = np.random.default_rng(seed)
    begin = days(make, protests)
    length = make.integers(0, 60, protests)
    return FeatureTables(
        coups=pd.DataFrame(
            {"iso": make.choice(STATES, coups), "date": days(make, coups), "success": flags(make, coups)}
        ),
        leaders=pd.DataFrame(
            {"iso": make.choice(STATES, 40), "begin": days(make, 40), "irregular_entry": flags(make, 40)}
        ),
        reign_leaders=pd.DataFrame(
            {
                "iso": make.choice(STATES, 40),
                "begin": days(make, 40),
                "birth_year": make.integers(1920, 1965, 40).astype(float),
                "military_career": make.choice([0.0, 0.5, 1.0, np.nan], 40),
            }
        ),
        regimes=spells(make, 30),
        elections=pd.DataFrame(
            {
                "iso": make.choice(STATES, 90),
                "date": days(make, 90),
                "regular": flags(make, 90),
                "lost": flags(make, 90),
            }
        ),
        states=pd.DataFrame({"iso": STATES, "first_day": date(1900, 1, 1), "last_day": date.max}),
        polyarchy=yearly(make, polyarchy=(0, 1)),
        polity=yearly(make, polity2=(-10, 10)),
        income=yearly(make, income=(200, 20000), growth=(-0.1, 0.1)),
        population=yearly(make, population=(500, 90000)),
        infant_mortality=yearly(make, infant_mortality=(3, 150)),
        conflicts=yearly(make, conflicts=(1, 3), war=(0, 1)).iloc[::3].reset_index(drop=True),
        protests=pd.DataFrame(
            {
                "iso": make.choice(STATES, protests),
                "begin": begin,
                "end": [first + timedelta(days=int(days)) for first, days in zip(begin, length, strict=True)],
                "removal": flags(make, protests),
                "violent": flags(make, protests),
                "large": flags(make, protests),
                "killings": flags(make, protests),
            }
        ),
    )


def rows(seed: int, count: int = 40) -> pd.DataFrame:
    make = np.random.default_rng(seed)
    frame = pd.DataFrame({"iso": make.choice(STATES, count), "as_of": days(make, count)})
    frame = frame.drop_duplicates(["iso", "as_of"], ignore_index=True)
    week = make.integers(0, 40, len(frame))
    frame["onset"] = [
        day - timedelta(days=7 * int(age)) for day, age in zip(frame["as_of"], week, strict=True)
    ]
    return frame.assign(week=week, weeks_since_escalation=week // 2)
