"""Rows of a made-up world: states whose coups follow polyarchy and fresh coups, and what came within 90 days."""

from __future__ import annotations

import numpy as np
import pandas as pd

STATES = [
    *("VEN", "MLI", "EGY", "SDN", "THA", "TUR", "GHA", "NGA", "BOL", "PER"),
    *("IDN", "MMR", "PAK", "IRQ", "SYR", "ETH", "TCD", "NER", "BEN", "TGO"),
]


def made_up_rows(
    seed: int = 1, first: str = "1975-01", last: str = "2000-01", rate: float = -3.5
) -> pd.DataFrame:
    """Country-months: iso, as_of, within_90, polyarchy, coup_attempts_1_year, protests_1_month (none before 1990)."""
    random = np.random.default_rng(seed)
    months = np.arange(np.datetime64(first, "M"), np.datetime64(last, "M"))
    parts = []
    for place, iso in enumerate(STATES):
        polyarchy = np.clip(0.5 + 0.4 * np.sin(place + np.arange(len(months)) / 80), 0, 1)
        fresh = random.random(len(months)) < 0.1
        chance = 1 / (1 + np.exp(-(rate - 2.0 * (polyarchy - 0.5) + 1.5 * fresh)))
        parts.append(
            pd.DataFrame(
                {
                    "iso": iso,
                    "as_of": months.astype("datetime64[s]"),
                    "within_90": random.random(len(months)) < chance,
                    "polyarchy": polyarchy,
                    "coup_attempts_1_year": fresh.astype(float),
                    "protests_1_month": np.where(
                        months < np.datetime64("1990-01"), np.nan, random.random(len(months))
                    ),
                    "chance": chance,
                }
            )
        )
    rows = pd.concat(parts, ignore_index=True)
    rows["within_90"] = rows["within_90"].astype("boolean")
    return rows
