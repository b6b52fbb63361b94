"""Leaving for good: deserting, fleeing, going over. Who has gone does not come back when the mood changes."""

from __future__ import annotations

import numpy as np

from garrison.regime.cohorts import Floats
from garrison.regime.compiled import compiled
from garrison.regime.condition_places import HAVEN, REFERENCE, within

_LEAST, _SLICES_A_DECADE = 1e-4, 4

EDGES: Floats = np.concatenate(
    [[0.0], np.geomspace(_LEAST, 1.0, _SLICES_A_DECADE * round(-np.log10(_LEAST)) + 1)]
)
"""Where thresholds are cut into slices, by the share of people below: log-spaced, since those who go first are few."""

# A full haven cuts the gap to less than half, none makes it a quarter wider.
_FARTHEST, _LEAST_GAP = 1.5, 0.02
_HAVEN_AT_REFERENCE = REFERENCE[HAVEN]

MASS: Floats = np.diff(EDGES)
N_SLICES = len(MASS)
_ONE_BY_MASS = 1.0 / MASS


@compiled
def part_below(share: float, piece: int) -> float:
    """Give the part of a slice that lies below a share of people: a linear ramp no wider than the slice.

    Parameters
    ----------
    share
        Share of people below an inclination, 0 to 1.
    piece
        Which slice, 0 to `N_SLICES` - 1.

    Returns
    -------
    float
        0 to 1.

    Examples
    --------
    >>> part_below(1.0, 3), part_below(0.0, 3)
    (1.0, 0.0)
    """
    return within((share - EDGES[piece]) * _ONE_BY_MASS[piece])


@compiled
def leave(gone: Floats, would_leave: float, rate: float) -> float:
    r"""Let those go for whom leaving has become better than refusing; slice by slice, lowest thresholds first.

    .. math:: g_n \leftarrow g_n + \kappa \max(0, r_n - g_n), \quad
              r_n = \text{part of slice } n \text{ below } F(x - \delta)

    Parameters
    ----------
    gone
        (slice,) part of each slice that has gone; changed in place.
    would_leave
        F(x - delta), share for whom leaving is better, 0 to 1.
    rate
        kappa, the chance to decide on a day, 0 to 1.

    Returns
    -------
    float
        Share of all heads that has gone, 0 to 1. At constant x it tends to F(x - delta) exactly: the slices only
        blur the order in which people go while x moves.

    Examples
    --------
    >>> gone = np.zeros(N_SLICES)
    >>> for _ in range(400):
    ...     share = leave(gone, 0.02, 0.1)
    >>> round(share, 6)
    0.02
    """
    total = 0.0
    for piece in range(N_SLICES):
        reach = part_below(would_leave, piece)
        if reach > gone[piece]:
            gone[piece] += rate * (reach - gone[piece])
        elif gone[piece] == 0.0 and reach == 0.0:
            # Nobody beyond this slice has ever wanted to go.
            break
        total += gone[piece] * MASS[piece]
    return total


@compiled
def gone_below(gone: Floats, share: float) -> float:
    """Give the share of all heads that has gone out of those whose thresholds lie below a share of people.

    Parameters
    ----------
    gone
        (slice,) part of each slice that has gone.
    share
        0 to 1.

    Returns
    -------
    float
        0 to `share`.

    Examples
    --------
    >>> gone_below(np.zeros(N_SLICES), 0.5)
    0.0
    """
    total = 0.0
    for piece in range(N_SLICES):
        if EDGES[piece] >= share or gone[piece] == 0.0:
            break
        total += min(gone[piece], part_below(share, piece)) * MASS[piece]
    return total


@compiled
def exit_gap(gap: float, haven: float, exit_cost: float) -> float:
    r"""Give delta, how much worse than refusing leaving for good must seem before it is chosen.

    .. math:: \delta = \max\left(\delta_0 \frac{3/2 - \text{haven}}{3/2 - \text{haven}_{ref}} + \text{exit cost},
              \delta_{min}\right)

    Parameters
    ----------
    gap
        delta_0, at the reference haven, standard deviations of the thresholds, above 0.
    haven
        Ease of leaving: an open border, asylum, 0 to 1.
    exit_cost
        What levers add (extradition, a ban on leaving), standard deviations.

    Returns
    -------
    float
        Above 0: nobody leaves who would not refuse.

    Examples
    --------
    >>> exit_gap(0.8, 0.3, 0.0)
    0.8
    """
    return max(gap * (_FARTHEST - haven) / (_FARTHEST - _HAVEN_AT_REFERENCE) + exit_cost, _LEAST_GAP)
