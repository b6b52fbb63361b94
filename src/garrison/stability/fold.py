"""Folds: how far a condition or a lever can go before the quiet state ceases to exist."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError, UndefinedError, nearest
from garrison.regime import Parameters, known_conditions, known_levers
from garrison.regime.cohorts import Floats
from garrison.regime.levers import MOVED
from garrison.stability.continuation import first_fold
from garrison.stability.reproduction import growth, holds_at_rest
from garrison.stability.responses import Responses

_COLUMN = {name: place for place, name in enumerate(MOVED)}
_IDENTITY = tuple(f"identity_{name}" for name in ("civilians", "troops", "officers", "elite"))
# Pushes pass and are no state to stay in; what the economy moves is slow.
_NOT_FAST = ("push_", "fatigue")
_SLOW = MOVED[MOVED.index("oil_income") :]
_TRIAL = 1e-4


@dataclass(frozen=True, slots=True)
class Fold:
    """Where HOLD ends along a condition or a lever.

    `what` names it; `reference` and `value` (run,) are its value at rest and at the fold, in its own unit, the
    second NaN where HOLD reaches the end of the range; `shares` (run, cohort) and `number` (run,) are the state
    and R_D at the fold, NaN likewise.
    """

    what: str
    reference: Floats
    value: Floats
    shares: Floats
    number: Floats

    @property
    def distance(self) -> Floats:
        """How far the fold lies from the value at rest; (run,), with its sign, NaN where there is none."""
        gap: Floats = self.value - self.reference
        return gap

    def __repr__(self) -> str:
        found = np.isfinite(self.value)
        line = f"Fold in {self.what}: {found.sum()} of {len(found)} runs have one within its range"
        if found.any():
            low, middle, high = np.quantile(self.value[found], [0.05, 0.5, 0.95])
            line += f"; median {middle:.3g} (90% band {low:.3g} to {high:.3g})"
        return line


def fold(
    parameters: Parameters,
    condition: str | None = None,
    *,
    lever: str | None = None,
    towards: str | None = None,
    strict: bool = False,
) -> Fold:
    r"""Find where the quiet state ends as one condition, or one lever, goes on and on: the fold of the HOLD branch.

    .. math:: p = G(p; s), \quad \det\left(1 - \frac{\partial G}{\partial p}\right) = 0

    Parameters
    ----------
    parameters
        The ensemble, on any layout.
    condition, lever
        One of the two: a name of `known_conditions` or of `known_levers`. A lever counts by what it moves for good
        and at once (its level effects on conditions, orders, belief and fear); what passes or works through the
        economy is no part of the fast state.
    towards
        "low" or "high" end of its range; None takes, for each run, the end towards which more defy.
    strict
        Raise instead of giving NaN for a run that is not in HOLD at rest, or that has no fold in the range.

    Returns
    -------
    Fold
        With deaths remembered, fatigue, expectations and the survival clock frozen as they are at rest. R_D is 1 at
        the fold, within 1e-3. Found by pseudo-arclength continuation (Keller 1977; see `continuation`).

    Raises
    ------
    ParameterError
        For an unknown name, both or neither of condition and lever, or a wrong end.
    UndefinedError
        If it does not act on the fast state at all; with `strict`, where a run has no fold.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> found = fold(ensemble(20, seed=1), "control")
    >>> bool(np.allclose(found.number[np.isfinite(found.value)], 1.0, atol=1e-3))
    True
    """
    if (condition is None) == (lever is None):
        raise ParameterError("name either a condition or a lever.")
    if towards not in (None, "low", "high"):
        raise ParameterError(f"towards is '{towards}': give 'low', 'high', or nothing.")
    scale = (
        _Scale.of_condition(parameters, condition) if condition else _Scale.of_lever(parameters, lever or "")
    )
    answer = Responses(parameters)
    ends = _ends(scale, answer, parameters, towards)
    holds = np.flatnonzero(holds_at_rest(parameters) & np.isfinite(ends) & (ends != scale.reference))
    way, shares = np.full(len(parameters), np.nan), np.full_like(parameters.rest.shares, np.nan)
    if len(holds):
        settled = _quiet(answer.take(holds), parameters.rest.shares[holds])

        def response(runs: NDArray[np.int64], at: Floats, gone: Floats) -> Floats:
            chosen = holds[runs]
            value = scale.reference[chosen] + gone * (ends - scale.reference)[chosen]
            return scale.under(answer, chosen, value)(at)[0]

        way[holds], shares[holds] = first_fold(response, settled)
    value = scale.reference + way * (ends - scale.reference)
    found = np.flatnonzero(np.isfinite(value))
    if strict and len(found) < len(parameters):
        missing = int(np.setdiff1d(np.arange(len(parameters)), found)[0])
        raise UndefinedError(
            f"{len(parameters) - len(found)} of {len(parameters)} runs have no fold in {scale.what} (first: run "
            f"{missing}): they are not in HOLD at rest, or HOLD reaches the end of the range."
        )
    number = np.full(len(parameters), np.nan)
    if len(found):
        number[found] = growth(scale.under(answer, found, value[found]), shares[found]).number
    return Fold(scale.what, scale.reference, value, shares, number)


def _quiet(answer: Responses, shares: Floats) -> Floats:
    """Let the search for the rest settle to the last digit: continuation starts on the branch itself."""
    for _ in range(200):
        after = answer(shares)[0]
        if np.abs(after - shares).max() < np.finfo(np.float64).eps:
            break
        shares = after
    return shares


@dataclass(frozen=True, slots=True)
class _Scale:
    """A condition or a lever as a scale that a run can be moved along."""

    what: str
    reference: Floats
    low: float
    high: float
    conditions: Floats
    of_condition_: int
    per_unit: Floats

    @classmethod
    def of_condition(cls, parameters: Parameters, name: str) -> _Scale:
        """Move a condition itself."""
        known = known_conditions()
        if name not in known:
            raise ParameterError(f"condition '{name}' is unknown. {nearest(name, known)}")
        coded = np.stack([parameters.conditions[one] for one in known], axis=1)
        place, item = list(known).index(name), known[name]
        return cls(name, coded[:, place].copy(), item.low, item.high, coded, place, np.zeros(len(MOVED)))

    @classmethod
    def of_lever(cls, parameters: Parameters, name: str) -> _Scale:
        """Move what a lever moves for good and at once."""
        known = known_levers()
        if name not in known:
            raise ParameterError(f"lever '{name}' is unknown. {nearest(name, known)}")
        item, per_unit = known[name], np.zeros(len(MOVED))
        for moved, how, size in item.effects:
            if how == "level" and moved not in _SLOW and not moved.startswith(_NOT_FAST):
                per_unit[_COLUMN[moved]] += size
        coded = np.stack([parameters.conditions[one] for one in known_conditions()], axis=1)
        return cls(f"lever {name}", np.zeros(len(parameters)), item.low, item.high, coded, -1, per_unit)

    def under(self, answer: Responses, runs: NDArray[np.int64], value: Floats) -> Responses:
        """Give the best response of some runs at values of this scale."""
        chosen = answer.take(runs)
        if self.of_condition_ < 0:
            return chosen.under(moved=value[:, None] * self.per_unit)
        conditions = self.conditions[runs].copy()
        conditions[:, self.of_condition_] = value
        return chosen.under(conditions=conditions)


def _ends(scale: _Scale, answer: Responses, parameters: Parameters, towards: str | None) -> Floats:
    """Give the end of the range that each run is moved to; (run,), NaN where nothing moves it."""
    n_runs = len(parameters)
    everybody = np.arange(n_runs)
    rest = parameters.rest.shares
    step = _TRIAL * (scale.high - scale.low)
    # Where the range begins at the reference, there is one side to try alone.
    sign = np.where(scale.reference + step <= scale.high, 1.0, -1.0)
    moved = scale.under(answer, everybody, scale.reference + sign * step)(rest)[0]
    rise = sign * ((moved - rest) / np.maximum(rest, 1e-12)).sum(axis=1)
    acts = np.abs(moved - answer(rest)[0]).max(axis=1) > 0
    if not acts.any():
        raise UndefinedError(
            f"{scale.what} does not act on the fast state: it works through slow stocks or the economy, or passes."
        )
    if towards is not None:
        return np.full(n_runs, scale.low if towards == "low" else scale.high)
    return np.where(acts, np.where(rise > 0, scale.high, scale.low), np.nan)
