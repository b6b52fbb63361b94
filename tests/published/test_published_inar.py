"""Self-exciting protest (Hawkes 1971, Al-Osh and Alzaid 1987): the fitted branching ratio is the slope of the kernel.

The civilians' block of the reproduction number and a regression on daily counts are two readings of one number.
"""

import numpy as np
import pytest

from garrison.errors import ParameterError
from garrison.regime.thresholds import Thresholds
from garrison.stability import ensemble, gains
from garrison.stability.docking import Crowd, fit_branching, simulate_counts

DAYS = 6_000
CIVILIANS = 0


def test_the_fit_finds_the_branching_ratio_of_civilians_in_hold():
    """INAR around HOLD with the kernel's own slope dG_C/dc, 12 regimes, all within .05.

    The standard error is below sqrt(1/6000) = .013, so that .05 is about four; a perfect program passes with a chance
    above 99%, and the seed is fixed.
    """
    regimes = ensemble(12, seed=8)
    slopes = gains(regimes).shares[:, CIVILIANS, CIVILIANS]
    generator = np.random.default_rng(8)
    for slope, share in zip(slopes, regimes.rest.shares[:, CIVILIANS], strict=True):
        counts = simulate_counts(float(slope), 100_000 * float(share) * (1 - float(slope)), DAYS, generator)
        fitted = fit_branching(counts).branching
        print(f"slope {slope:.3f}, fitted {fitted:.3f}")
        assert fitted == pytest.approx(slope, abs=0.05)


def quiet_crowd(level, weight, half):
    return Crowd(Thresholds.normal(), lambda share: level + weight * share / (share + half))


@pytest.mark.parametrize(
    ("level", "weight", "half"), [(-2.2, 0.4, 0.02), (-2.4, 0.8, 0.03), (-2.6, 1.2, 0.05)]
)
def test_a_crowd_of_the_kernel_s_form_shows_its_own_slope(level, weight, half):
    """The full curved response, a million people who weigh the choice anew each day; tolerance as above.

    Curvature adds less than .01 at this size.
    """
    crowd = quiet_crowd(level, weight, half)
    share = crowd.lowest()
    step = 1e-4 * share
    slope = float(crowd.response(share + step) - crowd.response(share - step)) / (2 * step)
    assert 0.05 < slope < 0.95
    generator, n_people = np.random.default_rng(88), 1_000_000
    counts = np.empty(DAYS)
    acting = share
    for day in range(DAYS):
        counts[day] = generator.binomial(n_people, float(crowd.response(acting)))
        acting = counts[day] / n_people
    fitted = fit_branching(counts).branching
    print(f"slope {slope:.3f}, fitted {fitted:.3f}")
    assert fitted == pytest.approx(slope, abs=0.05)


def test_people_who_revise_on_some_days_only_keep_more_of_yesterday():
    """Fixed thresholds, revision with chance kappa a day: the lagged map has slope 1 - kappa + kappa dG/dc."""
    crowd, kappa, n_people = quiet_crowd(-1.6, 0.8, 0.1), 0.4, 100_000
    share = crowd.lowest()
    step = 1e-4 * share
    slope = float(crowd.response(share + step) - crowd.response(share - step)) / (2 * step)
    generator = np.random.default_rng(888)
    thresholds = np.sort(crowd.thresholds.crowd(n_people))
    level = crowd.inclination(np.array(share))
    wants = np.searchsorted(thresholds, level, side="right")
    acts = np.arange(n_people) < wants
    # Near the edge alone does anybody ever change; the others are counted, not simulated.
    near = slice(max(wants - 4_000, 0), wants + 4_000)
    always, moving = max(wants - 4_000, 0), acts[near].copy()
    # A steady state needs a disturbance: each day's inclination is pushed a little.
    counts, pushes = np.empty(2_000), generator.normal(0.0, 0.02, size=2_000)
    for day in range(2_000):
        here = (always + moving.sum()) / n_people
        wants_to = thresholds[near] <= crowd.inclination(np.array(here)) + pushes[day]
        revises = generator.random(moving.size) < kappa
        moving = np.where(revises, wants_to, moving)
        counts[day] = always + moving.sum()
    lagged = 1 - kappa + kappa * slope
    fitted = fit_branching(counts).branching
    print(f"lagged slope {lagged:.3f}, fitted {fitted:.3f}")
    assert fitted == pytest.approx(lagged, abs=0.05)


def test_the_standard_error_is_one():
    """Of 200 fits, about 95% lie within 1.96 errors: outside .90 to .99 with a chance below 1%."""
    generator = np.random.default_rng(5)
    inside = 0
    for _ in range(200):
        fit = fit_branching(simulate_counts(0.6, 8.0, 1_500, generator))
        inside += abs(fit.branching - 0.6) < 1.96 * fit.error
    assert 0.90 <= inside / 200 <= 0.99


def test_counts_that_do_not_vary_and_branching_without_a_level_are_refused():
    with pytest.raises(ParameterError, match="not all alike"):
        fit_branching(np.ones(50))
    with pytest.raises(ParameterError, match="below 1"):
        simulate_counts(1.0, 1.0, 10, np.random.default_rng(1))
