"""Distributions of thresholds: against independent integrals, and the laws that every link must keep."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from garrison.errors import ParameterError, UndefinedError
from garrison.regime.thresholds import LINKS, Thresholds
from garrison.regime.thresholds.uneven_loadings import share_with_uneven_loadings

SMOOTH = {
    "normal": Thresholds.normal(0.3, 1.7),
    "logistic": Thresholds.logistic(-0.4, 0.8),
    "student": Thresholds.student(3.5, 0.2, 1.2),
    "uniform": Thresholds.uniform(-1.0, 2.5),
}
ORACLES = {
    "normal": stats.norm(0.3, 1.7),
    "logistic": stats.logistic(-0.4, 0.8 * np.sqrt(3) / np.pi),
    "student": stats.t(3.5, 0.2, 1.2 * np.sqrt(1.5 / 3.5)),
    "uniform": stats.uniform(-1.0, 3.5),
}
POINTS = np.linspace(-6.0, 6.0, 97)

every_link = st.sampled_from(sorted(SMOOTH))


@pytest.mark.parametrize("name", SMOOTH)
def test_shares_slopes_and_places_agree_with_scipy(name):
    ours, oracle = SMOOTH[name], ORACLES[name]
    assert ours.share_below(POINTS) == pytest.approx(oracle.cdf(POINTS), abs=1e-13)
    assert ours.density(POINTS) == pytest.approx(oracle.pdf(POINTS), abs=1e-13)
    shares = np.linspace(0.001, 0.999, 51)
    assert ours.quantile(shares) == pytest.approx(oracle.ppf(shares), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", SMOOTH)
def test_mean_and_spread_are_mean_and_standard_deviation(name):
    assert ORACLES[name].mean() == pytest.approx(SMOOTH[name].mean, abs=1e-12)
    assert ORACLES[name].std() == pytest.approx(SMOOTH[name].spread, rel=1e-12)


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("at", [-3.0, 0.1, 2.2])
def test_the_accumulated_share_is_the_integral_of_the_share(name, at):
    whole, _ = integrate.quad(lambda x: ORACLES[name].cdf(x), -np.inf, at, epsabs=1e-11)
    assert float(SMOOTH[name].accumulated(at)) == pytest.approx(whole, abs=1e-8)


@given(every_link, st.floats(-8, 8), st.floats(0, 5), st.floats(0, 0.5), st.floats(0, 0.5))
def test_shares_rise_with_x_between_those_who_always_and_those_who_never_act(name, x, more, always, never):
    base = SMOOTH[name]
    mixed = Thresholds(base.link, base.mean, base.spread, base.freedom, always, never)
    low, high = float(mixed.share_below(x)), float(mixed.share_below(x + more))
    assert always - 1e-15 <= low <= high <= 1 - never + 1e-15
    movable = 1 - always - never
    assert low == pytest.approx(always + movable * float(base.share_below(x)), abs=1e-14)


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=40), st.floats(-4, 4))
def test_a_list_counts_heads(values, x):
    people = Thresholds.listed(np.array(values))
    room = np.finfo(float).eps * len(values)
    assert float(people.share_below(x)) == sum(value <= x + room for value in values) / len(values)
    assert float(people.accumulated(x)) == pytest.approx(np.mean([max(x - v, 0) for v in values]), abs=1e-12)
    assert float(people.quantile(0.5)) in values


@pytest.mark.parametrize("name", SMOOTH)
def test_a_spaced_crowd_has_the_shares_of_its_distribution(name):
    """Evenly spaced ranks are never further from F than half a person."""
    people = np.sort(SMOOTH[name].crowd(400))
    counted = np.searchsorted(people, POINTS, side="right") / 400
    assert np.abs(counted - SMOOTH[name].share_below(POINTS)).max() <= 0.5 / 400 + 1e-12


def test_a_drawn_crowd_follows_its_distribution():
    """Kolmogorov's bound at 1 in 10,000 for 20,000 people is 2.23 / sqrt(20000)."""
    people = np.sort(Thresholds.student(4, always=0.02, never=0.05).crowd(20_000, np.random.default_rng(4)))
    finite = people[np.isfinite(people)]
    expected = Thresholds.student(4).share_below(finite)
    ranks = (np.arange(len(finite)) + 0.5) / len(finite)
    assert np.abs(ranks - expected).max() < 2.23 / np.sqrt(20_000)
    # Four binomial standard errors of the two unconditional shares.
    assert (people == -np.inf).mean() == pytest.approx(0.02, abs=4 * np.sqrt(0.02 * 0.98 / 20_000))
    assert (people == np.inf).mean() == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 20_000))


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("width", [0.0, 1e-7, 0.3, 2.0])
def test_a_uniformly_spread_loading_averages_the_share(name, width):
    def average(x):
        if width == 0.0:
            return ORACLES[name].cdf(x)
        edges = [(edge - x) / width for edge in (-1.0, 2.5)]
        inside = [edge for edge in edges if -0.5 < edge < 0.5]
        return integrate.quad(
            lambda u: ORACLES[name].cdf(x + width * u), -0.5, 0.5, points=inside or None, epsabs=1e-13
        )[0]

    found = share_with_uneven_loadings(SMOOTH[name], POINTS[::8], width, "uniform")
    assert found == pytest.approx([average(float(x)) for x in POINTS[::8]], abs=1e-8)


@pytest.mark.parametrize("name", ["normal", "logistic", "student"])
@pytest.mark.parametrize("spread", [0.0, 0.4, 1.5])
def test_a_normally_spread_loading_averages_the_share(name, spread):
    """Quadrature on 64 nodes is good to 1e-6 even for Student's t; the closed form of the normal to rounding."""

    def average(x):
        if spread == 0.0:
            return ORACLES[name].cdf(x)
        return integrate.quad(
            lambda u: ORACLES[name].cdf(x + spread * u) * stats.norm.pdf(u), -9, 9, epsabs=1e-13, limit=200
        )[0]

    found = share_with_uneven_loadings(SMOOTH[name], POINTS[::16], spread)
    tolerance = 1e-11 if name == "normal" else 1e-6
    assert found == pytest.approx([average(float(x)) for x in POINTS[::16]], abs=tolerance)


@given(st.floats(-4, -0.5), st.floats(0.05, 3))
@settings(max_examples=40)
def test_unequal_grievance_makes_a_quiet_crowd_less_quiet(x, spread):
    """Where few act, F is convex: those who feel it most count for more than those who feel it least."""
    assert share_with_uneven_loadings(Thresholds.normal(), x, spread) > Thresholds.normal().share_below(x)


def test_the_identity_link_leaves_shares_as_they_are():
    shares = np.linspace(0, 1, 11)
    assert Thresholds.uniform().share_below(shares) == pytest.approx(shares, abs=1e-15)
    assert set(LINKS) == {*SMOOTH, "listed"}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Thresholds("cauchy"), "unknown"),
        (lambda: Thresholds.normal(0.0, 0.0), "spread above 0"),
        (lambda: Thresholds.normal(np.nan), "finite mean"),
        (lambda: Thresholds.student(2.0), "only above 2"),
        (lambda: Thresholds.normal(always=0.7, never=0.4), "add to at most 1"),
        (lambda: Thresholds.uniform(1.0, 1.0), "must be above the first"),
        (lambda: Thresholds.listed(np.array([])), "at least one threshold"),
        (lambda: Thresholds.listed(np.array([0.1, np.inf])), "finite"),
        (lambda: Thresholds.normal().quantile(1.0), "strictly between"),
        (lambda: Thresholds.normal().crowd(0), "at least 1 person"),
        (lambda: share_with_uneven_loadings(Thresholds.normal(), 0.0, -1.0), "cannot be negative"),
        (
            lambda: share_with_uneven_loadings(Thresholds.normal(), 0.0, 1.0, "unifrom"),
            "Did you mean uniform",
        ),
    ],
)
def test_what_is_no_distribution_is_refused(make, message):
    with pytest.raises(ParameterError, match=message):
        make()


def test_a_list_has_no_slope():
    with pytest.raises(UndefinedError, match="rises in steps"):
        Thresholds.listed(np.array([0.1, 0.4])).density(0.2)
