"""Ensembles of regimes that can exist: admission, the prefix law, the crisis library, the width-doubling audit."""

import csv
import importlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from garrison.errors import ParameterError, UndefinedError
from garrison.regime import draw_parameters
from garrison.stability import (
    admit,
    attractors,
    ensemble,
    prior_predictive,
    reproduction_number,
    targets,
    width_doubling,
)

LIBRARY = Path(__file__).parents[3] / "shared" / "data" / "history" / "crisis_weeks"
LABELS = ("two_of_four", "strict", "strict+cases")


def test_admitted_regimes_hold_at_rest_with_r_d_below_one():
    number = reproduction_number(ensemble(500, seed=6))
    assert (number < 1).all()
    assert (number > 0).all()


def test_replicates_are_the_same_whatever_their_number():
    few, many = ensemble(30, seed=6), ensemble(2500, seed=6)
    assert np.array_equal(few.replicate, many.replicate[:30])
    assert np.array_equal(few.loadings, many.loadings[:30])
    assert np.array_equal(few.rest.shares, many.rest.shares[:30])


def test_admission_refuses_some_and_says_which():
    drawn = draw_parameters(800, seed=6)
    mask = admit(drawn)
    assert 0 < mask.sum() < len(drawn)
    assert np.array_equal(ensemble(int(mask.sum()), seed=6).replicate, drawn.replicate[mask])


def test_bad_input_is_refused():
    with pytest.raises(ParameterError, match="at least 1"):
        ensemble(0, seed=1)


def test_conditions_under_which_nothing_is_quiet_are_named(monkeypatch):
    room = importlib.import_module("garrison.stability.ensemble")
    monkeypatch.setattr(room, "admit", lambda batch: np.zeros(len(batch), dtype=bool))
    monkeypatch.setattr(room, "MOST_DRAWS_EACH", 2)
    with pytest.raises(UndefinedError, match="Widen the coded ranges"):
        ensemble(3, seed=1)


@pytest.mark.slow
def test_the_prior_predictive_breaks_as_often_and_as_early_as_crises_did(capsys):
    """Interval: spread of the crisis library over its label rules, widened by two standard errors."""
    for seed in (1, 2):
        found = prior_predictive(ensemble(4000, seed=seed), seed=seed)
        with capsys.disabled():
            print(f"\n{found!r}")
        assert found.outside(n_errors=2.0) == []
        assert found.n_breaks > 100


def test_a_set_that_breaks_too_often_is_found_out():
    regimes = ensemble(400, seed=1)
    louder = replace(regimes, scalars={**regimes.scalars, "onset_factor": 10 * regimes["onset_factor"]})
    found = prior_predictive(louder, seed=1)
    assert "p_break_90" in found.outside(n_errors=2.0)


def test_the_intervals_are_those_of_the_library():
    if not LIBRARY.is_dir():
        pytest.skip("the crisis library (shared/data/history/crisis_weeks) is not beside this checkout")
    rates = {30: [], 90: []}
    early = []
    for label in LABELS:
        rows = list(csv.DictReader((LIBRARY / f"hazard_{label}.csv").open(encoding="utf-8")))
        rates[30].append(float(rows[0]["rate30"]))
        rates[90].append(float(rows[0]["rate90"]))
        early.append(int(rows[0]["events"]) / sum(int(row["events"]) for row in rows))
    for days in (30, 90):
        low, high = targets()[f"p_break_{days}"]
        # The shipped figures have three digits.
        assert low == pytest.approx(min(rates[days]), abs=5.01e-4)
        assert high == pytest.approx(max(rates[days]), abs=5.01e-4)
    assert targets()["first_week"] == pytest.approx((min(early), max(early)), abs=1e-9)


def test_width_doubling_gives_both_numbers():
    audit = width_doubling(1500, seed=1)
    assert 0 < audit.p_as_written < audit.p_doubled < 1
    assert audit.factor == pytest.approx(audit.p_doubled / audit.p_as_written)
    assert "twice as wide" in repr(audit)


def test_width_doubling_takes_reports_into_account():
    """Keeping only the runs with quiet ranks lowers both numbers."""
    plain = width_doubling(800, seed=1)
    quiet = width_doubling(
        800, seed=1, weigh=lambda runs: (runs.visible[:, :90, 1].max(axis=1) < 0.05).astype(float)
    )
    assert quiet.p_as_written <= plain.p_as_written
    assert quiet.p_doubled < plain.p_doubled


def test_every_admitted_regime_has_hold_and_some_can_break():
    found = attractors(ensemble(300, seed=6))
    assert found.settled.mean() > 0.99
    assert found.has("HOLD").all()
    assert 0.05 < found.has("BREAK").mean() < 0.95
    starts = list(found.starts)
    nobody, everybody = starts.index("nobody"), starts.index("everybody")
    assert (found.shares[:, nobody] <= found.shares[:, everybody] + 1e-6).all()
    with pytest.raises(ParameterError, match="Did you mean BREAK"):
        found.has("BREAKS")
