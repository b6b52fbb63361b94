"""Print how long linking claims takes as their number grows, and what one further report costs.

Nothing here is a test. Claims are drawn: each happening is told four times on average, its places and numbers left out
now and then; seconds are those of the process.
"""

from __future__ import annotations

import platform
import time
from datetime import date, timedelta

import numpy as np

from garrison.events import Linker
from garrison.records import Claim, Quantity, Source

TYPES = ("DEFECT", "PROTEST", "PURGE_ARREST_MIL", "REPRESSION", "REPRESSION_LETHAL", "FATALITIES_CUMULATIVE")
COUNTRIES = ("VEN", "SDN", "MMR", "THA")
SIZES = (1_000, 10_000, 100_000)
N_TELLINGS = 4
N_DAYS_OF_1000 = 40


def drawn(n: int, seed: int = 1) -> list[Claim]:
    """Draw claims of happenings over a stretch of days that grows with their number."""
    random = np.random.default_rng(seed)
    n_happenings = n // N_TELLINGS
    n_days = max(30, N_DAYS_OF_1000 * n // 10_000)
    traits = [_happening(random, n_days) for _ in range(n_happenings)]
    return [_told(number, traits[random.integers(n_happenings)], random) for number in range(n)]


def _happening(random: np.random.Generator, n_days: int) -> dict[str, object]:
    country = COUNTRIES[random.integers(len(COUNTRIES))]
    return {
        "type": TYPES[random.integers(len(TYPES))],
        "country": country,
        "day": date(2010, 1, 1) + timedelta(days=int(random.integers(n_days))),
        "adm1": f"{country}-{random.integers(20)}",
        "sector": ("MIL", "GRD", "COP", None)[random.integers(4)],
        "count": int(random.integers(1, 500)),
        "words": " ".join(f"word{number}" for number in random.integers(0, 3000, 9)),
    }


def _told(number: int, happening: dict[str, object], random: np.random.Generator) -> Claim:
    day, kind, count = happening["day"], happening["type"], happening["count"]
    told = Quantity("things", count, count, "stock" if kind == "FATALITIES_CUMULATIVE" else "flow")
    return Claim(
        id=f"{number}#1",
        doc=str(number),
        char_start=0,
        char_end=1,
        quote=happening["words"],
        type=kind,
        certainty="claim_media",
        published=day + timedelta(days=1),
        actor_sector=happening["sector"],
        date_start=day,
        date_end=day,
        adm1=happening["adm1"] if random.random() < 0.6 else None,
        country=happening["country"],
        numbers=(told,) if random.random() < 0.4 else (),
        sources=(Source(f"Wire {random.integers(60)}", "media"),),
    )


def main() -> None:
    """Time each size, then one claim more."""
    print(
        f"Linking: {platform.machine()}, one core (aim: 100,000 claims in under 60 s, no worse than n log n)"
    )
    print(f"{'claims':>10}{'events':>10}{'seconds':>10}{'per claim, us':>15}{'one more, ms':>15}")
    for n in SIZES:
        claims = drawn(n)
        linker = Linker()
        before = time.process_time()
        linker.add(claims)
        n_events = len(linker.events())
        seconds = time.process_time() - before
        before = time.process_time()
        linker.add(drawn(8, seed=2)[:1])
        one_more = time.process_time() - before
        print(f"{n:>10,}{n_events:>10,}{seconds:>10.2f}{1e6 * seconds / n:>15.0f}{1e3 * one_more:>15.1f}")


if __name__ == "__main__":
    main()
