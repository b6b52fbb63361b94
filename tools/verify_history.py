"""Ask history everything anew, write the scorecard that Garrison carries, and bring its page up to date.

    python tools/verify_history.py FOLDER      # `make verify-history DATA=FOLDER`; under 15 minutes on two cores

FOLDER holds the published tables (docs/data.md); without it, the folder that `garrison data use` noted is read.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from garrison.evaluation.forecasts.verify import verify
from garrison.forecasting.history.data_folder import tables_of_home
from garrison.forecasting.history.library import find_tables
from garrison.forecasting.scorecard_tables import plain_tables

ROOT = Path(__file__).resolve().parents[1]
SCORECARD = ROOT / "src" / "garrison" / "forecasting" / "scorecard.json"


def main() -> None:
    """Write scorecard.json, then print it."""
    begun = time.perf_counter()
    paths = find_tables(sys.argv[1]) if len(sys.argv) > 1 else tables_of_home("garrison")
    card = verify(
        paths, progress=lambda words: print(f"{time.perf_counter() - begun:5.0f} s  {words}", file=sys.stderr)
    )
    card.save(SCORECARD)
    print(plain_tables(card))
    print(f"\n{time.perf_counter() - begun:.0f} s; wrote {SCORECARD.relative_to(ROOT)}; now: make docs")


if __name__ == "__main__":
    main()
