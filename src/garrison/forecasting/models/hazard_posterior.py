"""The posterior of a small Poisson model whose effects are pooled: Laplace's proposals, weighted to be exact.

e_c ~ Poisson(n_c exp(η_c)), η_c = α + x_c z; α ~ Normal(mean, sd²), z_p ~ Normal(0, τ_g²) with g the group of column
p; each τ_g takes one of a few equally likely values. For every combination of these the mode and curvature of
(α, z) give a proposal and, by Laplace's approximation, how likely the combination is. Draws from a multivariate t
about the modes are weighted by target over proposal, so that the result does not rest on the approximation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from garrison.forecasting.models.chances import Floats

_STEPS, _LONGEST, _CLOSE = 100, 3.0, 1e-9
#: Degrees of freedom of the proposal, and the share of proposals dealt evenly over all combinations of scales.
_FREEDOM, _EVEN = 6.0, 0.1

Places = NDArray[np.intp]


@dataclass(frozen=True)
class CountTable:
    """Events and weeks of each cell, and its row of the design; the first column is the intercept's, all ones.

    Parameters
    ----------
    events, weeks
        (cell,)
    design
        (cell, column)
    groups
        (column - 1,), the group whose scale holds for each further column.
    """

    events: Floats
    weeks: Floats
    design: Floats
    groups: Places


@dataclass(frozen=True)
class HazardDraws:
    """Equally weighted draws of the posterior.

    Parameters
    ----------
    values
        (draw, column), α and z.
    scales
        (draw, group), τ.
    effective_sample_size
        Of the weighted proposals that they were taken from.
    """

    values: Floats
    scales: Floats
    effective_sample_size: float


def pooled_poisson(
    table: CountTable,
    scale_points: Sequence[Floats],
    intercept: tuple[float, float],
    *,
    n_draws: int,
    n_proposals: int,
    seed: int,
) -> HazardDraws:
    """Draw from the posterior.

    Parameters
    ----------
    table
        Counts and design.
    scale_points
        For each group the values that τ may take, above 0.
    intercept
        Mean and standard deviation of α's prior.
    n_draws, n_proposals
        Draws given, and proposals that they are taken from.
    seed
        Of the random numbers.

    Returns
    -------
    HazardDraws

    Examples
    --------
    >>> table = CountTable(np.array([20.0]), np.array([1000.0]), np.ones((1, 1)), np.array([], dtype=np.intp))
    >>> draws = pooled_poisson(table, [], (-4.0, 10.0), n_draws=2000, n_proposals=20000, seed=1)
    >>> round(float(np.exp(draws.values).mean()), 2)
    0.02

    Source: Rue, Martino and Chopin 2009, JRSS B 71(2) (Laplace's approximation over a grid of scales); Robert
    and Casella 2004, Monte Carlo Statistical Methods, section 3.3 (self-normalised importance sampling).
    """
    combinations = list(product(*scale_points))
    scales = np.array(combinations, dtype=np.float64).reshape(len(combinations), len(scale_points))
    precisions = np.empty((len(scales), table.design.shape[1]))
    precisions[:, 0] = intercept[1] ** -2
    precisions[:, 1:] = scales[:, table.groups] ** -2
    centre = np.zeros(table.design.shape[1])
    centre[0] = intercept[0]
    modes, curvatures = _modes(table, precisions, centre)
    fits = _log_posterior(table, modes, precisions, centre)
    evidence = fits - 0.5 * np.linalg.slogdet(curvatures)[1]
    chances = np.exp(evidence - logsumexp(evidence))
    chances = (1.0 - _EVEN) * chances + _EVEN / len(chances)
    generator = np.random.Generator(np.random.Philox(seed))
    combos = _systematic(chances, n_proposals, generator)
    values, log_proposal = _t_draws(modes, curvatures, combos, generator)
    target = _log_posterior(table, values, precisions[combos], centre)
    log_weights = target - log_proposal - np.log(chances[combos])
    weights = np.exp(log_weights - logsumexp(log_weights))
    kept = _systematic(weights, n_draws, generator)
    return HazardDraws(values[kept], scales[combos[kept]], float(1.0 / (weights**2).sum()))


def _log_posterior(table: CountTable, values: Floats, precisions: Floats, centre: Floats) -> Floats:
    """Log likelihood and log prior of (…, column) values, up to what no value or scale changes."""
    line = values @ table.design.T
    likelihood = line @ table.events - np.exp(line) @ table.weeks
    prior = 0.5 * (np.log(precisions) - precisions * (values - centre) ** 2).sum(axis=-1)
    result: Floats = likelihood + prior
    return result


def _modes(table: CountTable, precisions: Floats, centre: Floats) -> tuple[Floats, Floats]:
    """Find the mode of every combination at once by Newton's method, and the curvature there."""
    n_columns = len(centre)
    values = np.tile(centre, (len(precisions), 1))
    values[:, 0] = np.log((table.events.sum() + 0.5) / (table.weeks.sum() + 0.5))
    pairs = (table.design[:, :, None] * table.design[:, None, :]).reshape(len(table.design), -1)

    def curvature_at(values: Floats) -> tuple[Floats, Floats]:
        expected = np.exp(values @ table.design.T) * table.weeks
        curvature = (expected @ pairs).reshape(-1, n_columns, n_columns)
        curvature[:, range(n_columns), range(n_columns)] += precisions
        return expected, curvature

    for _ in range(_STEPS):
        expected, curvature = curvature_at(values)
        gradient = (table.events - expected) @ table.design - precisions * (values - centre)
        step = np.linalg.solve(curvature, gradient[:, :, None])[:, :, 0]
        longest = np.abs(step).max(axis=1, keepdims=True)
        step *= np.minimum(1.0, _LONGEST / np.maximum(longest, _CLOSE))
        here = _log_posterior(table, values, precisions, centre)
        while (
            worse := _log_posterior(table, values + step, precisions, centre) < here - _CLOSE * np.abs(here)
        ).any() and np.abs(step[worse]).max() > _CLOSE:
            step[worse] /= 2.0
        values = values + step
        if np.abs(step).max() < _CLOSE**0.5:
            break
    return values, curvature_at(values)[1]


def _t_draws(
    modes: Floats, curvatures: Floats, combos: Places, generator: np.random.Generator
) -> tuple[Floats, Floats]:
    """Draw from multivariate t distributions about the modes; also the log density, up to a constant."""
    n_columns = modes.shape[1]
    lower = np.linalg.cholesky(curvatures)
    spread = np.linalg.inv(lower).transpose(0, 2, 1)
    normal = generator.standard_normal((len(combos), n_columns))
    normal /= np.sqrt(generator.chisquare(_FREEDOM, len(combos)) / _FREEDOM)[:, None]
    values = modes[combos] + np.einsum("dij,dj->di", spread[combos], normal)
    log_root = np.log(np.diagonal(lower, axis1=1, axis2=2)).sum(axis=1)
    tail = -0.5 * (_FREEDOM + n_columns) * np.log1p((normal**2).sum(axis=1) / _FREEDOM)
    return values, log_root[combos] + tail


def _systematic(chances: Floats, n: int, generator: np.random.Generator) -> Places:
    """Take places with given chances, evenly spread."""
    edges = np.cumsum(chances)
    points = (np.arange(n) + generator.random()) / n * edges[-1]
    places: Places = np.minimum(np.searchsorted(edges, points, side="right"), len(chances) - 1)
    return places
