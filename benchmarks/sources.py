"""Print how well the chances of happenings are found beside a vote and Dawid and Skene's model, on simulated sources.

Nothing here is a test. The sources' true reliability is drawn from the first rates of their kinds, each watches half of
all happenings, and all methods see the same words.
"""

from __future__ import annotations

import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from crowdkit.aggregation import DawidSkene
from scipy.stats import binom

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "events"))

from simulated_sources import a_world

from garrison.events.credibility import limit
from garrison.events.latent_truth import TELLS, Hearings, weigh_jointly

N_WORLDS = 20


def main() -> None:
    """Average over worlds: Brier and log score, bins inside their bands, seconds."""
    warnings.simplefilter("ignore")
    rows: dict[str, list[tuple[float, float, int, int, float]]] = {}
    for seed in range(N_WORLDS):
        world = a_world(seed)
        hearings = world.hearings
        told = hearings.word == TELLS
        for name, chances in (
            (
                "vote",
                lambda h=hearings, t=told: np.bincount(h.happening, weights=t) / np.bincount(h.happening),
            ),
            ("Dawid and Skene", lambda h=hearings, t=told: _dawid_skene(h, t)),
            (
                "garrison",
                lambda h=hearings, s=seed: weigh_jointly(h, strength=limit("strength"), seed=s).p_happened,
            ),
        ):
            before = time.process_time()
            p = chances()
            seconds = time.process_time() - before
            rows.setdefault(name, []).append((*_scores(p, world.is_real), seconds))
    print(f"Sources: {N_WORLDS} worlds of about 2,900 happenings and 30 sources; base rate .40")
    print(f"{'':<18}{'Brier':>8}{'log score':>11}{'bins in 95% bands':>20}{'seconds':>9}")
    for name, found in rows.items():
        brier, log_score, inside, bins, seconds = np.mean(found, axis=0)
        print(
            f"{name:<18}{brier:>8.4f}{log_score:>11.3f}"
            f"{inside * N_WORLDS:>12.0f} of {bins * N_WORLDS:<5.0f}{seconds:>9.2f}"
        )


def _dawid_skene(hearings: Hearings, told: np.ndarray) -> np.ndarray:
    frame = pd.DataFrame(
        {"task": hearings.happening, "worker": hearings.source, "label": np.where(told, "real", "not")}
    )
    return DawidSkene(n_iter=100).fit_predict_proba(frame).sort_index()["real"].to_numpy()


def _scores(p: np.ndarray, is_real: np.ndarray) -> tuple[float, float, int, int]:
    clipped = np.clip(p, 1e-6, 1 - 1e-6)
    log_score = float(-np.where(is_real == 1, np.log(clipped), np.log1p(-clipped)).mean())
    inside = bins = 0
    for cell in range(10):
        chosen = np.minimum((10 * p).astype(int), 9) == cell
        if chosen.sum() >= 10:
            low, high = binom.interval(0.95, chosen.sum(), np.clip(p[chosen].mean(), 1e-9, 1 - 1e-9))
            inside += int(low <= is_real[chosen].sum() <= high)
            bins += 1
    return float(((p - is_real) ** 2).mean()), log_score, inside, bins


if __name__ == "__main__":
    main()
