"""Power iteration on the best response, in compiled code: how defection multiplies without a matrix being formed."""

from __future__ import annotations

from typing import Any

from garrison.regime.cohorts import ELITE, Floats
from garrison.regime.compiled import compiled
from garrison.stability.frozen import freeze_run, respond_frozen

# Central differences, relative to the share: their error is of the order of the square of the step.
STEP = 1e-4
LEAST_SHARE = 1e-9
NEAR_ENOUGH = 1e-7
MOST_STEPS = 300
# Growth below which defection does not multiply at all: no direction can be told.
_NOTHING = 1e-12
_N_CLASSES = ELITE + 1


@compiled
def slope_along(
    setting: Any, run: int, shares: Floats, direction: Floats, above: Floats, below: Floats
) -> None:
    r"""Give the directional derivative of the best response, belief following the shares.

    .. math:: (J v)_g = \frac{G_g(p + \epsilon v) - G_g(p - \epsilon v)}{2 \epsilon}, \quad v_g = p_g u_g

    Parameters
    ----------
    setting
        See `Setting`; the run's slow state has been frozen by `freeze_run`.
    run
        Which run.
    shares
        (cohort,) p, where the derivative is taken.
    direction
        (cohort,) u, relative to the shares, none below 0; is set to J v relative to the shares.
    above, below
        (2, cohort) each, to work on.
    """
    largest = 0.0
    for g in range(shares.size):
        largest = max(largest, abs(direction[g]))
    step = STEP / largest
    for g in range(shares.size):
        share = max(shares[g], LEAST_SHARE)
        above[0, g] = shares[g] + step * share * direction[g]
        below[0, g] = shares[g] - step * share * direction[g]
    respond_frozen(setting, run, above[0], -1.0, above[1])
    respond_frozen(setting, run, below[0], -1.0, below[1])
    for g in range(shares.size):
        direction[g] = (above[1, g] - below[1, g]) / (2.0 * step * max(shares[g], LEAST_SHARE))


@compiled
def grow(
    setting: Any, run: int, shares: Floats, direction: Floats, before: Floats, above: Floats, below: Floats
) -> tuple[float, bool]:
    r"""Let a small defection multiply until its shape no longer changes; give how much it multiplies.

    .. math:: \min_g \frac{(J v)_g}{v_g} \le \rho(J) \le \max_g \frac{(J v)_g}{v_g}

    The bounds hold where nobody's defection keeps others loyal (Collatz 1942, Wielandt 1950); it ends when they meet.

    Parameters
    ----------
    setting, run, shares, above, below
        As for `slope_along`.
    direction
        (cohort,) is set to the dominant eigenvector, relative to the shares, its largest entry 1.
    before
        (cohort,) to work on.

    Returns
    -------
    number : float
        rho(J), 0 or more.
    settled : bool
        Whether the bounds have met.
    """
    direction[:] = 1.0
    number = 0.0
    for _ in range(MOST_STEPS):
        for g in range(shares.size):
            before[g] = direction[g]
        slope_along(setting, run, shares, direction, above, below)
        low, high = direction[0] / before[0], direction[0] / before[0]
        largest = 0.0
        for g in range(shares.size):
            ratio = direction[g] / before[g]
            low, high = min(low, ratio), max(high, ratio)
            largest = max(largest, direction[g])
        if not largest > _NOTHING:
            return 0.0, largest == 0.0
        number = 0.5 * (low + high)
        for g in range(shares.size):
            direction[g] = max(direction[g] / largest, _NOTHING)
        if high - low <= NEAR_ENOUGH * high:
            return number, True
    return number, False


@compiled
def block_of_classes(
    setting: Any,
    run: int,
    shares: Floats,
    direction: Floats,
    before: Floats,
    above: Floats,
    below: Floats,
    block: Any,
) -> None:
    """Let the defectors of one class act after the other, each class as the dominant direction has it.

    Parameters
    ----------
    setting, run, shares, above, below
        As for `slope_along`.
    direction
        (cohort,) the dominant eigenvector, relative to the shares.
    before
        (cohort,) to work on.
    block
        (class that responds, class that acts) is set: new defectors in shares of a class for each share of a class.
    """
    cohorts = setting.cohorts
    for acting in range(_N_CLASSES):
        heads = 0.0
        for g in range(shares.size):
            of_class = cohorts.class_of[g] == acting
            before[g] = direction[g] if of_class else 0.0
            if of_class:
                heads += cohorts.weight[g] * max(shares[g], LEAST_SHARE) * direction[g]
        slope_along(setting, run, shares, before, above, below)
        for g in range(shares.size):
            new = cohorts.weight[g] * max(shares[g], LEAST_SHARE) * before[g]
            block[cohorts.class_of[g], acting] += new / heads


@compiled
def growth_of_all(
    setting: Any,
    shares: Floats,
    work: Floats,
    numbers: Floats,
    directions: Floats,
    blocks: Floats,
    settled: Any,
) -> None:
    """Give reproduction number, dominant direction and class blocks of every run, its slow state frozen.

    Parameters
    ----------
    setting
        See `Setting`.
    shares
        (run, cohort) where the derivatives are taken.
    work
        (5, cohort) to work on.
    numbers, directions, settled
        (run,), (run, cohort) and (run,) are set; see `grow`.
    blocks
        (run, class, class) of zeros, is set; see `block_of_classes`. With no runs in it the blocks are left out.
    """
    for run in range(shares.shape[0]):
        freeze_run(setting, run)
        above, below = work[0:2], work[2:4]
        numbers[run], settled[run] = grow(setting, run, shares[run], directions[run], work[4], above, below)
        if blocks.shape[0] > 0:
            block_of_classes(setting, run, shares[run], directions[run], work[4], above, below, blocks[run])
