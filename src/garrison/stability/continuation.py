"""Continuation: the quiet state followed along a change, round the fold where it meets the unstable one and ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from garrison.regime.cohorts import Floats

Response = Callable[[NDArray[np.int64], Floats, Floats], Floats]
"""From runs (chosen,), shares (chosen, cohort) and the way gone (chosen,) to the best response (chosen, cohort)."""

_DIFFERENCE = 1e-5
_NEAR_ENOUGH = 1e-10
_UPRIGHT = 1e-6
_MOST_CORRECTIONS, _FRESH_SLOPES = 10, 2
_FIRST_STEP, _LONGEST_STEP, _SHORTEST_STEP = 0.02, 0.1, 1e-7
_GROWTH, _WIDEST_TURN = 1.5, 0.8
_MOST_STEPS = 400
_MOST_REFINEMENTS = 60
# Shares beyond this many standard deviations are counted as nobody or everybody.
_REACH = 8.0


@dataclass(slots=True)
class Points:
    """A point of each branch: probits of shares (run, cohort), way gone (run,), tangent (run, cohort + 1)."""

    probits: Floats
    way: Floats
    tangent: Floats

    def take(self, chosen: NDArray[np.int64]) -> Points:
        """Keep some runs."""
        return Points(self.probits[chosen], self.way[chosen], self.tangent[chosen])

    def put(self, chosen: NDArray[np.int64], others: Points) -> None:
        """Replace some runs."""
        self.probits[chosen], self.way[chosen], self.tangent[chosen] = (
            others.probits,
            others.way,
            others.tangent,
        )


class FixedPoints:
    r"""The branch of fixed points p = G(p, s) on which given shares lie, s from 0 to 1.

    .. math:: H(z, s) = z - \Phi^{-1}(G(\Phi(z), s)) = 0

    Solved in probits z of the shares, where rare and common defiance are of one scale, by pseudo-arclength
    continuation (Keller 1977): each point is a step along the tangent, corrected by Newton's method within the plane
    across it, so that the branch is followed round the fold. There ds = 0 along the tangent, hence (1 - A) dz = 0:
    the slope A of the map has an eigenvalue of 1.

    Parameters
    ----------
    response
        G, for chosen runs.
    """

    def __init__(self, response: Response) -> None:
        self._response = response

    def _answer(self, runs: NDArray[np.int64], probits: Floats, way: Floats) -> Floats:
        within: Floats = ndtri(self._response(runs, ndtr(probits), way))
        return np.clip(within, -_REACH, _REACH)

    def _slopes(self, runs: NDArray[np.int64], probits: Floats, way: Floats) -> tuple[Floats, Floats]:
        """Slopes on the probits (run, cohort, cohort) and on the way (run, cohort), by central differences."""
        n_cohorts = probits.shape[1]
        by_share = np.empty((len(runs), n_cohorts, n_cohorts))
        for acting in range(n_cohorts):
            moved = np.zeros(n_cohorts)
            moved[acting] = _DIFFERENCE
            above, below = (self._answer(runs, probits + sign * moved, way) for sign in (1.0, -1.0))
            by_share[:, :, acting] = (above - below) / (2.0 * _DIFFERENCE)
        above, below = (self._answer(runs, probits, way + sign * _DIFFERENCE) for sign in (1.0, -1.0))
        return by_share, (above - below) / (2.0 * _DIFFERENCE)

    def _bordered(self, runs: NDArray[np.int64], probits: Floats, way: Floats, tangent: Floats) -> Floats:
        """The matrix of the equations and of the plane across the tangent; (run, cohort + 1, cohort + 1)."""
        by_share, by_way = self._slopes(runs, probits, way)
        n_cohorts = probits.shape[1]
        matrix = np.empty((len(runs), n_cohorts + 1, n_cohorts + 1))
        matrix[:, :-1, :-1] = np.eye(n_cohorts) - by_share
        matrix[:, :-1, -1] = -by_way
        matrix[:, -1] = tangent
        return matrix

    def _tangent(self, runs: NDArray[np.int64], probits: Floats, way: Floats, before: Floats) -> Floats:
        matrix = self._bordered(runs, probits, way, before)
        ahead = np.zeros_like(before)
        ahead[:, -1] = 1.0
        return _unit(_solve(matrix, ahead))

    def begin(self, shares: Floats) -> Points:
        """Give the first points, at s = 0, their tangents pointing towards larger s."""
        runs = np.arange(len(shares))
        probits, way = np.clip(ndtri(shares), -_REACH, _REACH), np.zeros(len(shares))
        upright = np.zeros((len(shares), shares.shape[1] + 1))
        upright[:, -1] = 1.0
        return Points(probits, way, self._tangent(runs, probits, way, upright))

    def step(
        self, runs: NDArray[np.int64], start: Points, length: Floats
    ) -> tuple[Points, NDArray[np.bool_]]:
        """Go a step of each length along each branch; the second says where the correction came to a halt.

        Parameters
        ----------
        runs
            Which runs; `start` and `length` are of these alone.
        start
            Points that lie on the branches.
        length
            (chosen,), root mean square of probits and way.
        """
        n_cohorts = start.probits.shape[1]
        scale = np.append(np.full(n_cohorts, 1.0 / n_cohorts), 1.0)
        probits = start.probits + length[:, None] * start.tangent[:, :-1]
        way = start.way + length * start.tangent[:, -1]
        gap = np.full(len(runs), np.inf)
        for correction in range(_MOST_CORRECTIONS):
            # The slopes cost most; near the branch they hardly change any more.
            if correction < _FRESH_SLOPES:
                matrix = self._bordered(runs, probits, way, start.tangent * scale)
            ahead = np.concatenate([probits - start.probits, (way - start.way)[:, None]], axis=1)
            missed = (ahead * start.tangent * scale).sum(axis=1) - length
            residual = probits - self._answer(runs, probits, way)
            change = _solve(matrix, np.concatenate([residual, missed[:, None]], axis=1))
            probits, way = probits - change[:, :-1], way - change[:, -1]
            gap = np.abs(change).max(axis=1)
            if (gap <= _NEAR_ENOUGH).all():
                break
        tangent = self._tangent(runs, probits, way, start.tangent * scale)
        turn = (tangent * start.tangent * scale).sum(axis=1)
        done = (gap <= np.sqrt(_NEAR_ENOUGH)) & (turn > _WIDEST_TURN)
        return Points(probits, way, tangent), done


def _solve(matrix: Floats, right: Floats) -> Floats:
    """Solve each system; a singular one gives NaN."""
    try:
        solved: Floats = np.asarray(np.linalg.solve(matrix, right[:, :, None])[:, :, 0], dtype=np.float64)
    except np.linalg.LinAlgError:
        solved = np.full_like(right, np.nan)
        for run in range(len(matrix)):
            if np.linalg.cond(matrix[run]) < 1.0 / np.finfo(np.float64).eps:
                solved[run] = np.linalg.solve(matrix[run], right[run])
    return solved


def _unit(tangent: Floats) -> Floats:
    n_cohorts = tangent.shape[1] - 1
    squares = (tangent[:, :-1] ** 2).sum(axis=1) / n_cohorts + tangent[:, -1] ** 2
    unit: Floats = tangent / np.sqrt(squares)[:, None]
    return unit


def first_fold(response: Response, shares: Floats) -> tuple[Floats, Floats]:
    """Follow the branch of each run from s = 0 until it turns back or s has reached 1.

    Parameters
    ----------
    response
        The best response of chosen runs to shares, the way s gone.
    shares
        (run, cohort) fixed points at s = 0.

    Returns
    -------
    way, folded : ndarray
        (run,) s at the fold and (run, cohort) shares there; NaN where the branch goes on beyond s = 1, or where it
        could not be followed.

    Examples
    --------
    >>> crowd = lambda runs, shares, way: ndtr(-2.0 + 3.0 * shares + way[:, None])
    >>> quiet = np.array([[0.02446]])
    >>> for _ in range(200):
    ...     quiet = crowd(np.array([0]), quiet, np.zeros(1))
    >>> way, folded = first_fold(crowd, quiet)
    >>> slope_there = 3.0 * np.exp(-(ndtri(folded[0, 0]) ** 2) / 2) / np.sqrt(2 * np.pi)
    >>> bool(abs(slope_there - 1.0) < 1e-4)
    True
    """
    branch = FixedPoints(response)
    n_runs = len(shares)
    way, folded = np.full(n_runs, np.nan), np.full_like(shares, np.nan)
    here = branch.begin(shares)
    length = np.full(n_runs, _FIRST_STEP)
    moving = np.flatnonzero(np.isfinite(here.tangent).all(axis=1) & (here.tangent[:, -1] > 0))
    for _ in range(_MOST_STEPS):
        if not len(moving):
            break
        ahead, done = branch.step(moving, here.take(moving), length[moving])
        turned = done & (ahead.tangent[:, -1] <= 0)
        if turned.any():
            runs = moving[turned]
            at = _refine(branch, runs, here.take(runs), ahead.take(np.flatnonzero(turned)), length[runs])
            inside = at.way <= 1.0
            way[runs[inside]], folded[runs[inside]] = at.way[inside], ndtr(at.probits[inside])
        on = done & ~turned
        here.put(moving[on], Points(ahead.probits[on], ahead.way[on], ahead.tangent[on]))
        length[moving[on]] = np.minimum(_GROWTH * length[moving[on]], _LONGEST_STEP)
        length[moving[~done]] *= 0.5
        goes_on = ~turned & (length[moving] > _SHORTEST_STEP)
        goes_on &= ~(on & (ahead.way >= 1.0))
        moving = moving[goes_on]
    return way, folded


def _refine(
    branch: FixedPoints, runs: NDArray[np.int64], before: Points, ahead: Points, length: Floats
) -> Points:
    """Find the step after which the tangent stands upright, by false position between no step and one too long."""
    low, high = np.zeros(len(runs)), length.copy()
    # How upright: positive short of the fold, negative beyond it.
    short, beyond = before.tangent[:, -1].copy(), ahead.tangent[:, -1].copy()
    best = ahead
    for _ in range(_MOST_REFINEMENTS):
        middle = (low * beyond - high * short) / (beyond - short)
        best, _ = branch.step(runs, before, middle)
        upright = best.tangent[:, -1]
        if (np.abs(upright) < _UPRIGHT).all():
            break
        still = upright > 0
        # The Illinois rule: an end that stays counts half, so that it does not stay for ever.
        beyond = np.where(still, 0.5 * beyond, upright)
        short = np.where(still, upright, 0.5 * short)
        low, high = np.where(still, middle, low), np.where(still, high, middle)
    return best
