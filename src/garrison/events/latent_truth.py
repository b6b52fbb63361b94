"""Which happenings happened and how reliable their sources are, found together from who told what.

Whether a happening is real is a hidden variable; each source tells, denies or is silent with chances of its own for
real happenings and for false ones (the latent-truth model of Zhao, Rubinstein, Gemmell and Han 2012, here with
denials, with silence only where a source was watching, and with the happenings of which nobody told).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.errors import TableError
from garrison.events.credibility import Rates

#: What a source that watches may do about a happening.
SILENT, TELLS, DENIES = 0, 1, 2

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Hearings:
    """Who told what: one entry for each source and each happening that it watched.

    Attributes
    ----------
    happening, source
        Indices, shape (n_entries,), at most one entry a pair.
    word
        `SILENT`, `TELLS` or `DENIES`, shape (n_entries,).
    p_prior
        Chance of each happening before anybody's word is weighed, in (0, 1), shape (n_happenings,).
    group
        Which share of real happenings each belongs to (its type), from 0, shape (n_happenings,).
    rates
        First rates of each source: those of its kind.
    beside
        Log of the evidence ratio of whatever else speaks for each happening, shape (n_happenings,); None for nothing.
    """

    happening: Ints
    source: Ints
    word: Ints
    p_prior: Floats
    group: Ints
    rates: Sequence[Rates]
    beside: Floats | None = None

    def __post_init__(self) -> None:
        if not len(self.happening) == len(self.source) == len(self.word):
            raise TableError("happening, source and word must be equally long; one entry for each pair")
        pairs = self.happening * max(1, len(self.rates)) + self.source
        if len(np.unique(pairs)) != len(pairs):
            raise TableError("a source has two entries on one happening; keep its last word")


@dataclass(frozen=True)
class JointTruth:
    """Chances of the happenings and rates of the sources, given everything told.

    Attributes
    ----------
    p_happened
        Posterior chance of each happening, shape (n_happenings,).
    rates
        Draws of each source's chances, shape (n_draws, n_sources, 2, 3): not real or real; silent, tells, denies.
    """

    p_happened: Floats
    rates: Floats

    def log_ratio(self, word: int) -> Floats:
        """Give draws of the log of what a source's word weighs, shape (n_draws, n_sources)."""
        return np.asarray(np.log(self.rates[:, :, 1, word]) - np.log(self.rates[:, :, 0, word]))


def weigh_jointly(
    hearings: Hearings, *, strength: float, n_draws: int = 400, n_warm_up: int = 200, seed: int = 0
) -> JointTruth:
    """Find the chances of happenings and the rates of sources together, by Gibbs sampling.

    With z the truth of a happening, o a source's word and theta its chances:

    - P(z = 1 | rest) has odds pi/(1-pi) * product over watching sources of theta[1, o] / theta[0, o];
    - happenings of which nobody told are drawn beside each that was told of (a geometric number, since every one
      stays untold with the same chance): without them each source would look better than it is;
    - theta[z] ~ Dirichlet(strength * first rates + what it did), pi ~ Beta(strength * prior + what was real).

    The chances of false reports and the number of untold false happenings are known only by their product; the
    first rates fix their scale. What a word weighs is a ratio and does not depend on it.

    Parameters
    ----------
    hearings
        Who told what.
    strength
        How many happenings outweigh the first rates of a source, above 0.
    n_draws, n_warm_up
        Draws kept, and thrown away before them.
    seed
        Of the random numbers.

    Returns
    -------
    JointTruth
        Chances (averaged over the draws' conditional chances, which has less noise than counting), and draws.

    Examples
    --------
    >>> from garrison.events.credibility import rates_of
    >>> told = Hearings(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([1, 1, 2]), np.full(2, 0.5),
    ...     np.zeros(2, dtype=int), [rates_of("media"), rates_of("ngo")])
    >>> truth = weigh_jointly(told, strength=20.0)
    >>> bool(truth.p_happened[0] > 0.9 > 0.5 > truth.p_happened[1])
    True
    """
    random = np.random.default_rng(seed)
    first = _first_weights(hearings.rates, strength)
    theta = first / first.sum(axis=2, keepdims=True)
    priors = _Shares(hearings, strength)
    share = priors.mean()
    total = np.zeros(len(hearings.p_prior))
    kept = np.empty((n_draws, *theta.shape))
    for sweep in range(n_warm_up + n_draws):
        odds = _log_odds(hearings, theta, share)
        p_real = 1 / (1 + np.exp(-np.clip(odds, -700, 700)))
        real = np.asarray(random.random(len(p_real)) < p_real, dtype=np.int64)
        untold = _draw_untold(hearings, theta, share, random)
        theta = _draw_rates(hearings, first, real, untold, random)
        share = priors.draw(real, untold, random)
        if sweep >= n_warm_up:
            total += p_real
            kept[sweep - n_warm_up] = theta
    return JointTruth(total / n_draws, kept)


def _first_weights(rates: Sequence[Rates], strength: float) -> Floats:
    """Give the Dirichlet weights of every source's first rates, shape (n_sources, 2, 3)."""
    rows = [
        [
            [1 - one.tells_false - one.denies_false, one.tells_false, one.denies_false],
            [1 - one.tells_true - one.denies_true, one.tells_true, one.denies_true],
        ]
        for one in rates
    ]
    return np.asarray(strength * np.clip(np.array(rows, dtype=float).reshape(-1, 2, 3), 1e-4, 1.0))


class _Shares:
    """The share of real happenings of each group, with its Beta prior."""

    def __init__(self, hearings: Hearings, strength: float) -> None:
        self._group = hearings.group
        n_groups = int(hearings.group.max(initial=-1)) + 1
        n_of_group = np.maximum(1, np.bincount(self._group, minlength=n_groups))
        mean = np.bincount(self._group, weights=hearings.p_prior, minlength=n_groups) / n_of_group
        self._mean = np.clip(mean, 1e-3, 1 - 1e-3)
        self._strength = strength

    def mean(self) -> Floats:
        return self._mean[self._group]

    def draw(self, real: Ints, untold: tuple[Ints, Ints], random: np.random.Generator) -> Floats:
        n_groups = len(self._mean)
        n_real = np.bincount(self._group, weights=real + untold[1], minlength=n_groups)
        n_false = np.bincount(self._group, weights=1 - real + untold[0], minlength=n_groups)
        share = random.beta(self._strength * self._mean + n_real, self._strength * (1 - self._mean) + n_false)
        return np.asarray(np.clip(share, 1e-9, 1 - 1e-9))[self._group]


def _log_odds(hearings: Hearings, theta: Floats, share: Floats) -> Floats:
    ratio = np.log(theta[:, 1]) - np.log(theta[:, 0])
    weights = ratio[hearings.source, hearings.word]
    told = np.bincount(hearings.happening, weights=weights, minlength=len(share)).astype(np.float64)
    if hearings.beside is not None:
        told += hearings.beside
    return np.asarray(told + np.log(share) - np.log1p(-share))


def _draw_untold(
    hearings: Hearings, theta: Floats, share: Floats, random: np.random.Generator
) -> tuple[Ints, Ints]:
    """Draw how many false and how many real happenings like each one nobody told of."""
    silence = np.log(theta[:, :, SILENT])
    stays_untold = [
        np.exp(np.bincount(hearings.happening, weights=silence[hearings.source, z], minlength=len(share)))
        for z in (0, 1)
    ]
    false, real = (1 - share) * stays_untold[0], share * stays_untold[1]
    is_told = np.clip(1 - false - real, 1e-6, 1.0)
    n_untold = random.geometric(is_told) - 1
    n_real = random.binomial(n_untold, real / np.maximum(false + real, 1e-300))
    return np.asarray(n_untold - n_real, dtype=np.int64), np.asarray(n_real, dtype=np.int64)


def _draw_rates(
    hearings: Hearings, first: Floats, real: Ints, untold: tuple[Ints, Ints], random: np.random.Generator
) -> Floats:
    """Draw every source's chances from what it did about real and about false happenings."""
    n_sources = len(first)
    cell = (hearings.source * 2 + real[hearings.happening]) * 3 + hearings.word
    counts = np.bincount(cell, minlength=n_sources * 6).reshape(n_sources, 2, 3).astype(float)
    for z in (0, 1):
        counts[:, z, SILENT] += np.bincount(
            hearings.source, weights=untold[z][hearings.happening], minlength=n_sources
        )
    drawn = np.maximum(random.standard_gamma(first + counts), 1e-300)
    return np.asarray(drawn / drawn.sum(axis=2, keepdims=True))
