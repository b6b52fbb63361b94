"""The crowd that every docked model is a case of: thresholds z, and an inclination x that hangs on who acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.engines import comes_to_rest
from garrison.errors import UndefinedError
from garrison.regime.cohorts import Floats
from garrison.regime.thresholds import Thresholds
from garrison.regime.thresholds.uneven_loadings import share_with_uneven_loadings

# States are looked for on an even grid and, since quiet crowds are tiny, on one that is even on the log scale.
_EVEN_STEPS = 2_000
_SMALLEST = 1e-12
_ROOT_TOLERANCE = 1e-14
# A change of sign that is not met by the response itself is a jump of the response, not a state of rest.
_MET = 1e-9
_BISECTIONS = 60


@dataclass(frozen=True, slots=True)
class State:
    """A share at which a crowd can rest, and whether it returns there after a small shock."""

    share: float
    stable: bool


@dataclass(frozen=True, slots=True)
class Crowd:
    r"""People of given thresholds whose inclination hangs on the share that acts.

    .. math:: p \leftarrow p + \kappa\,(F(x(p)) - p)

    Attributes
    ----------
    thresholds
        Distribution of z.
    inclination
        From the share that acts (any shape, 0 to 1) to x.
    unevenness
        Where given: from the share that acts to the width over which loadings spread what is felt.

    Examples
    --------
    >>> Crowd(Thresholds.normal(0.25, 0.1), lambda share: share).lowest() < 0.01
    True
    """

    thresholds: Thresholds
    inclination: Callable[[Floats], Floats]
    unevenness: Callable[[Floats], Floats] | None = None

    def response(self, share: NDArray[Any] | float) -> Floats:
        """Give the share that would act, were `share` acting now; same shape."""
        acting = np.asarray(share, dtype=np.float64)
        at = self.inclination(acting)
        if self.unevenness is None:
            return self.thresholds.share_below(at)
        return share_with_uneven_loadings(self.thresholds, at, self.unevenness(acting), "uniform")

    def at_rest(self, start: float = 0.0, rate: float = 1.0) -> float:
        """Follow the crowd day by day from a share until it rests; `rate` is kappa, above 0 and at most 1."""
        return comes_to_rest(self.response, start=start, rate=rate)

    def states(self) -> tuple[State, ...]:
        """Find every share at which the crowd can rest, in ascending order.

        Returns
        -------
        tuple of State
            Stable ones and the unstable ones between them. For thresholds in a list, whose response is a
            staircase, follow the crowd with `at_rest` instead.
        """
        from scipy.optimize import brentq

        grid = self._with_turning_points(_grid())
        gap = self.response(grid) - grid
        found = [State(float(grid[0]), bool(gap[1] < 0))] if gap[0] == 0 else []
        for left in np.flatnonzero(gap[:-1] * gap[1:] < 0):
            ends = (float(grid[left]), float(grid[left + 1]))
            share = float(brentq(self._gap, *ends, xtol=_ROOT_TOLERANCE))
            if abs(self._gap(share)) < _MET:
                found.append(State(share, bool(gap[left] > 0)))
        for exact in np.flatnonzero(gap[1:-1] == 0) + 1:
            found.append(State(float(grid[exact]), bool(gap[exact - 1] > 0 > gap[exact + 1])))
        if gap[-1] == 0:
            found.append(State(1.0, bool(gap[-2] > 0)))
        return tuple(sorted(found, key=lambda state: state.share))

    def _with_turning_points(self, grid: Floats) -> Floats:
        """Add the places where the response comes nearest to the share without meeting it on the grid.

        Near a fold two states lie within one step of the grid; the turning point between them tells them apart.
        """
        from scipy.optimize import minimize_scalar

        gap = self.response(grid) - grid
        before, here, after = gap[:-2], gap[1:-1], gap[2:]
        near = ((here > 0) & (here <= before) & (here <= after)) | (
            (here < 0) & (here >= before) & (here >= after)
        )
        added = []
        for middle in np.flatnonzero(near) + 1:
            side = float(np.sign(gap[middle]))
            ends = (float(grid[middle - 1]), float(grid[middle + 1]))
            turn = minimize_scalar(
                lambda p, side=side: side * self._gap(p), bounds=ends, options={"xatol": 1e-12}
            )
            added.append(float(turn.x))
        return np.unique(np.concatenate([grid, added])) if added else grid

    def lowest(self) -> float:
        """Give the lowest share at which the crowd can rest.

        Raises
        ------
        UndefinedError
            If a jumping response leaves it none.
        """
        states = self.states()
        if not states:
            raise UndefinedError("this crowd has no share at which it can rest: its response jumps past it.")
        return states[0].share

    def _gap(self, share: float) -> float:
        return float(self.response(share)) - share


@dataclass(frozen=True, slots=True)
class Fold:
    """Where the quiet state of a family of crowds ends: the value of what is varied, and the share there."""

    value: float
    share: float


def fold_between(family: Callable[[float], Crowd], quiet: float, loud: float) -> Fold:
    """Find where the lowest state of a family of crowds ceases to exist, by bisection.

    Parameters
    ----------
    family
        From the value that is varied to a crowd.
    quiet, loud
        A value at which the crowd has a quiet state, an unstable one above it and a loud one, and a value at
        which the quiet one is gone; in either order.

    Returns
    -------
    Fold
        The last value with the quiet state (to 60 halvings), and the share there.

    Raises
    ------
    UndefinedError
        If the crowd has no unstable state at `quiet`, or is still quiet at `loud`.

    Examples
    --------
    >>> spreads = lambda spread: Crowd(Thresholds.normal(0.25, spread), lambda share: share)
    >>> round(fold_between(spreads, 0.11, 0.2).value, 6)
    0.122221
    """
    unstable = [state.share for state in family(quiet).states() if not state.stable]
    if not unstable:
        raise UndefinedError(f"at {quiet} the crowd has one state only: there is no fold to look for.")
    # Towards the fold the quiet state rises and the unstable one falls until they meet; the loud one stays above.
    line = unstable[0]
    if family(loud).lowest() < line:
        raise UndefinedError(f"at {loud} the quiet state still exists: no fold between {quiet} and {loud}.")
    last, share = quiet, family(quiet).lowest()
    for _ in range(_BISECTIONS):
        middle = (last + loud) / 2.0
        here = family(middle).lowest()
        if here < line:
            last, share = middle, here
        else:
            loud = middle
    return Fold(last, share)


def fold_of_level(thresholds: Thresholds, social: Callable[[Floats], Floats]) -> Fold:
    r"""Find where the quiet state ends as everybody's standing inclination rises.

    .. math:: \ell(p) = F^{-1}(p) - s(p)

    Source: tangency of the best response (Granovetter 1978). A crowd with x = level + s(p) rests at p where the level
    is l(p); the quiet state ends at the first maximum of that curve.

    Parameters
    ----------
    thresholds
        Distribution of z; smooth.
    social
        s, what those who act add to the inclination of the rest.

    Returns
    -------
    Fold
        The highest level with a quiet state, and the share there.

    Raises
    ------
    UndefinedError
        If the curve has no maximum: then people follow one by one.

    Examples
    --------
    >>> fold_of_level(Thresholds.normal(), lambda share: 3.0 * share / (share + 0.2)).share < 0.1
    True
    """
    from scipy.optimize import minimize_scalar

    shares = _grid()[1:-1]
    level = thresholds.quantile(shares) - social(shares)
    tops = np.flatnonzero((level[1:-1] > level[:-2]) & (level[1:-1] >= level[2:])) + 1
    if not len(tops):
        raise UndefinedError("people follow one by one: what others do adds too little for a fold.")
    ends = (float(shares[tops[0] - 1]), float(shares[tops[0] + 1]))
    top = minimize_scalar(
        lambda share: float(social(np.asarray(share))) - float(thresholds.quantile(share)),
        bounds=ends,
        options={"xatol": 1e-13},
    )
    return Fold(-float(top.fun), float(top.x))


def _grid() -> Floats:
    small = np.geomspace(_SMALLEST, 1.0 / _EVEN_STEPS, _EVEN_STEPS // 2, endpoint=False)
    even = np.linspace(1.0 / _EVEN_STEPS, 1.0, _EVEN_STEPS)
    return np.asarray(np.concatenate([[0.0], small, even]), dtype=np.float64)
