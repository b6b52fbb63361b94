"""The stacker: laws of its equation, and a simulated world in which the raw model hurts and the recipe helps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import expit, logit

from garrison.errors import ParameterError, TableError
from garrison.forecasting.base_rate import constants
from garrison.forecasting.models import Stacker, leave_country_out, shifted
from garrison.forecasting.models.odds_shift import clipped_shift
from garrison.scoring import log_skill

Floats = NDArray[np.float64]
CHANCE = st.floats(1e-6, 1 - 1e-6)
RATIO = st.floats(-50, 50)
SHARE = st.floats(0, 1)


def world(
    n: int, seed: int, honesty: float = 3.0
) -> tuple[Floats, Floats, NDArray[np.bool_], NDArray[np.str_]]:
    """Crises whose model hears true signals but counts each several times over, and hears things besides."""
    random = np.random.default_rng(seed)
    pi = np.clip(random.beta(2, 18, n), 0.005, 0.6)
    happened = random.random(n) < pi
    # A signal of two normal laws two apart: its log likelihood ratio is 2 x.
    signal = random.normal(np.where(happened, 1.0, -1.0) * 0.8, 1.0)
    ratio = honesty * 1.6 * signal + random.normal(0, 1.5, n)
    return pi, ratio, happened, np.array([f"C{number:03d}" for number in random.integers(0, 60, n)])


def test_in_a_world_of_the_same_structure_the_recipe_helps_and_the_raw_model_hurts() -> None:
    pi, ratio, happened, _ = world(20_000, seed=1)
    raw = np.clip(expit(logit(pi) + ratio), 1e-9, 1 - 1e-9)
    assert log_skill(raw, happened, pi) < -0.1
    assert log_skill(Stacker.prior().predict(pi, ratio), happened, pi) > 0.1


def test_fitted_on_250_crises_it_does_better_in_countries_left_out() -> None:
    pi, ratio, happened, countries = world(20_000, seed=2)
    stacker = Stacker.fit(*(part[:250] for part in (pi, ratio, happened, countries)))
    assert stacker.n_events > 10
    rest = slice(250, None)
    fitted = log_skill(stacker.predict(pi[rest], ratio[rest]), happened[rest], pi[rest])
    unfitted = log_skill(Stacker.prior().predict(pi[rest], ratio[rest]), happened[rest], pi[rest])
    assert fitted > 0.1
    assert fitted > unfitted - 0.02
    out = leave_country_out(*(part[:2000] for part in (pi, ratio, happened, countries)))
    assert log_skill(out, happened[:2000], pi[:2000]) > 0.1


def test_the_weight_of_a_known_world_is_recovered() -> None:
    random = np.random.default_rng(3)
    pi, ratio = np.full(8_000, 0.1), random.normal(0, 1, 8_000)
    happened = random.random(8_000) < shifted(pi, ratio, 0.8)
    stacker = Stacker.fit(pi, ratio, happened, random.integers(0, 40, 8_000).astype(str))
    # Without clipping only the product of weight and tempering is known.
    assert stacker.weight * stacker.tempering == pytest.approx(0.8, abs=4 * stacker.weight_sd)
    assert stacker.weight_sd < 0.15


def test_the_weight_is_the_maximum_of_its_posterior() -> None:
    from garrison.forecasting.models.stacker_learning import _rows, _weight

    pi, ratio, happened, countries = world(300, seed=4)
    rows = _rows(pi, ratio, happened, countries, 3.0)

    def loss(weight: float) -> float:
        line = logit(pi) + weight * clipped_shift(ratio, 0.6)
        fit = (np.logaddexp(0, line) - happened * line).sum() / 3.0
        return float(fit + (weight - 0.5) ** 2 / (2 * 0.25**2))

    weight, spread = _weight(rows, np.ones(300, dtype=bool), 0.6)
    assert weight == pytest.approx(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x, abs=1e-4)
    step = 1e-3
    curvature = (loss(weight + step) - 2 * loss(weight) + loss(weight - step)) / step**2
    assert spread == pytest.approx(curvature**-0.5, rel=1e-3)


def test_without_evidence_the_base_rate_is_given_exactly() -> None:
    pi = np.array([0.0213, 0.3, 1e-5])
    stacker = Stacker.prior()
    assert stacker.predict(pi, 0.0).tolist() == pi.tolist()
    assert stacker.predict(pi, np.nan).tolist() == pi.tolist()
    assert stacker.headline(pi, 4.0).tolist() == pi.tolist()
    assert stacker.draw(pi, 0.0, np.random.default_rng(1)).tolist() == pi.tolist()


def test_a_useless_model_does_not_earn_the_headline_and_a_good_one_does() -> None:
    pi, ratio, happened, countries = world(3_000, seed=5)
    good = Stacker.fit(pi, ratio, happened, countries)
    assert good.proven
    assert not np.array_equal(good.headline(pi, ratio), pi)
    useless = Stacker.fit(pi, np.random.default_rng(6).normal(0, 3, 3_000), happened, countries)
    assert not useless.proven
    assert np.array_equal(useless.headline(pi, ratio), pi)
    assert abs(useless.weight) < 0.15


def test_with_few_events_or_countries_the_prior_stands() -> None:
    pi, ratio, happened, countries = world(3_000, seed=7)
    none = np.zeros(3_000, dtype=bool)
    assert Stacker.fit(pi, ratio, none, countries) == Stacker.prior()
    few = np.flatnonzero(happened)[:9]
    some = none.copy()
    some[few] = True
    assert Stacker.fit(pi, ratio, some, countries) == Stacker.prior()
    one = np.where(happened, "EGY", "MLI")
    assert Stacker.fit(pi, ratio, happened, one) == Stacker.prior()


def test_rows_of_one_window_count_as_one_observation() -> None:
    pi, ratio, happened, countries = world(800, seed=8)
    once = Stacker.fit(pi, ratio, happened, countries)
    thrice = Stacker.fit(
        *(np.repeat(part, 3) for part in (pi, ratio, happened, countries)), rows_per_window=3
    )
    assert thrice.weight == pytest.approx(once.weight)
    assert thrice.weight_sd == pytest.approx(once.weight_sd)


@given(CHANCE, RATIO, RATIO, SHARE, st.floats(0.2, 1))
def test_more_evidence_never_lowers_the_chance(
    pi: float, one: float, two: float, a: float, eta: float
) -> None:
    low, high = sorted((one, two))
    assert shifted(pi, low, a, eta) <= shifted(pi, high, a, eta) * (1 + 1e-12)


@given(CHANCE, RATIO, SHARE, st.floats(0.2, 1))
def test_odds_move_by_the_clip_at_most_and_towards_the_evidence(
    pi: float, ratio: float, a: float, eta: float
) -> None:
    p = float(shifted(pi, ratio, a, eta))
    assert 0 < p < 1
    moved = logit(p) - logit(pi)
    assert abs(moved) <= a * np.log(constants()["stacker"]["clip"]["value"]) + 1e-6
    assert moved * ratio >= -1e-6


@given(CHANCE, RATIO)
def test_no_weight_moves_nothing(pi: float, ratio: float) -> None:
    assert float(shifted(pi, ratio, 0.0)) == pi
    assert float(shifted(pi, 0.0, 0.7)) == pi


def test_the_clip_is_the_one_written_down() -> None:
    assert clipped_shift([1e9, -np.inf]).tolist() == pytest.approx([np.log(10), -np.log(10)])


@pytest.mark.parametrize("pi", [0.0, 1.0, np.nan, -0.1, 1.2])
def test_what_is_no_base_rate_is_refused(pi: float) -> None:
    with pytest.raises(TableError, match="strictly between 0 and 1"):
        shifted(pi, 0.0, 0.5)
    with pytest.raises(TableError, match="strictly between 0 and 1"):
        Stacker.fit([pi, 0.1], [0.0, 0.0], [True, False], ["EGY", "MLI"])


def test_wrong_rows_are_refused() -> None:
    with pytest.raises(TableError, match="shapes differ"):
        Stacker.fit([0.1, 0.1], [0.0], [True, False], ["EGY", "MLI"])
    with pytest.raises(TableError, match="outcome"):
        Stacker.fit([0.1, 0.1], [0.0, 1.0], [True], ["EGY", "MLI"])
    with pytest.raises(ParameterError, match="rows_per_window"):
        Stacker.fit([0.1, 0.1], [0.0, 1.0], [True, False], ["EGY", "MLI"], rows_per_window=0.5)
