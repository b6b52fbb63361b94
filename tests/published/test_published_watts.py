"""Watts 2002: the cascade window of a Poisson graph, in closed form, in mean field and by simulated graphs."""

import numpy as np
import pytest
from scipy.special import gammaln, xlogy

from garrison.errors import ParameterError
from garrison.regime.thresholds import Thresholds
from garrison.stability.docking import (
    cascade_window,
    most_neighbours_of_the_vulnerable,
    p_global_cascade,
    share_reached,
)

PHI = 0.18
SAME_FOR_ALL = Thresholds.listed(np.array([PHI]))


def poisson(mean, most=200):
    degree = np.arange(most + 1)
    return degree, np.exp(xlogy(degree, mean) - mean - gammaln(degree + 1))


def test_the_window_of_the_published_threshold():
    """Published to four digits; half a unit of the last."""
    window = cascade_window(PHI)
    assert window.low == pytest.approx(1.0207, abs=5e-5)
    assert window.high == pytest.approx(5.7647, abs=5e-5)


@pytest.mark.parametrize("phi", [0.1, 0.15, 0.18, 0.2, 0.24])
def test_at_both_ends_the_vulnerable_cluster_is_just_critical(phi):
    """The generating function itself, term by term: sum over k up to 1/phi of k (k - 1) p_k equals z."""
    window = cascade_window(phi)
    assert window.low < window.high
    for mean in (window.low, window.high):
        degree, chance = poisson(mean)
        vulnerable = degree <= most_neighbours_of_the_vulnerable(phi)
        assert (degree * (degree - 1) * chance)[vulnerable].sum() == pytest.approx(mean, rel=1e-9)


def test_degrees_up_to_five_are_vulnerable():
    assert most_neighbours_of_the_vulnerable(PHI) == 5
    assert most_neighbours_of_the_vulnerable(0.2) == 5
    assert most_neighbours_of_the_vulnerable(0.21) == 4


def test_lower_thresholds_widen_the_window():
    windows = [cascade_window(phi) for phi in (0.24, 0.19, 0.16, 0.13)]
    assert [window.high for window in windows] == sorted(window.high for window in windows)
    assert [window.low for window in windows] == sorted((window.low for window in windows), reverse=True)


def test_few_seeds_carry_everybody_inside_the_window_and_nobody_outside():
    """Seeds are one in ten thousand; inside nearly the whole giant component acts, outside at most a few per seed."""
    assert share_reached(SAME_FOR_ALL, 3.0, 1e-4) == pytest.approx(0.9405, abs=5e-4)
    assert share_reached(SAME_FOR_ALL, 7.0, 1e-4) < 5e-4
    assert share_reached(SAME_FOR_ALL, 0.9, 1e-4) < 5e-3


def test_more_ties_can_mean_less_participation():
    """Siegel 2009: in a dense network the few who would start are outnumbered among everybody's friends."""
    reached = {ties: share_reached(SAME_FOR_ALL, ties, 1e-3) for ties in (0.9, 3.0, 7.0, 12.0)}
    assert reached[3.0] > 10 * reached[0.9]
    assert reached[3.0] > 100 * reached[7.0]
    assert reached[12.0] <= reached[7.0]
    assert p_global_cascade(PHI, 3.0) > 0.8 > p_global_cascade(PHI, 5.5) > 0.3
    assert p_global_cascade(PHI, 7.0) == p_global_cascade(PHI, 1.0) == 0.0


def cascade(mean, n_people, generator):
    """Share reached from one seed on a random graph: a person acts once phi of the own neighbours do."""
    n_edges = generator.poisson(mean * n_people / 2)
    ends = generator.integers(n_people, size=(n_edges, 2))
    ends = ends[ends[:, 0] != ends[:, 1]]
    one, other = np.concatenate([ends, ends[:, ::-1]]).T
    degree = np.bincount(one, minlength=n_people)
    acts = np.zeros(n_people, dtype=bool)
    acts[generator.integers(n_people)] = True
    while True:
        acting = np.bincount(one, weights=acts[other], minlength=n_people)
        after = acts | ((degree > 0) & (acting >= PHI * degree - 1e-12) & (acting > 0))
        if (after == acts).all():
            return acts.mean()
        acts = after


def test_simulated_graphs_cascade_inside_the_window_and_not_outside():
    """60 graphs of 10,000 people each: 3 binomial standard errors of the closed form, and the size to .01.

    The size has a standard error of about .003 a graph. A perfect program passes with a chance above 99%; fixed seed.
    """
    generator = np.random.default_rng(2002)
    n_graphs = 60
    sizes = np.array([cascade(3.0, 10_000, generator) for _ in range(n_graphs)])
    expected = p_global_cascade(PHI, 3.0)
    print(
        f"cascades in {(sizes > 0.5).mean():.3f} of graphs, expected {expected:.3f}; size {np.median(sizes):.4f}"
    )
    assert abs((sizes > 0.5).mean() - expected) < 3 * np.sqrt(expected * (1 - expected) / n_graphs)
    assert np.median(sizes[sizes > 0.5]) == pytest.approx(share_reached(SAME_FOR_ALL, 3.0, 1e-4), abs=0.01)
    assert max(cascade(7.0, 10_000, generator) for _ in range(n_graphs)) < 0.01


def test_thresholds_without_a_window_are_refused():
    with pytest.raises(ParameterError, match="no mean degree"):
        cascade_window(0.6)
    with pytest.raises(ParameterError, match="above 0"):
        cascade_window(0.0)
