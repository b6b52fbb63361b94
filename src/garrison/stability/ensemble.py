"""An ensemble of regimes that can exist: at rest they hold, and no small shock tips them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError, UndefinedError
from garrison.regime import Conditions, Layout, Parameters, draw_replicates, join
from garrison.regime.cohorts import TROOPS
from garrison.regime.compiled_cohorts import compiled_cohorts
from garrison.regime.perception import class_shares
from garrison.stability.admission import most_quiet_troops
from garrison.stability.reproduction import reproduction_number

BATCH = 1024
MOST_DRAWS_EACH = 200


def admit(parameters: Parameters) -> NDArray[np.bool_]:
    """Say which draws are regimes that can exist: in HOLD at rest, with loyal troops and R_D below 1.

    Parameters
    ----------
    parameters
        Any draws.

    Returns
    -------
    ndarray
        (run,) boolean. The set as a whole is judged by `prior_predictive`.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> admit(draw_parameters(4, seed=1)).dtype
    dtype('bool')
    """
    number = reproduction_number(parameters)
    stable = np.nan_to_num(number, nan=np.inf) < 1.0
    shares = class_shares(compiled_cohorts(parameters.layout), parameters.rest.shares)
    loyal: NDArray[np.bool_] = shares[:, TROOPS] <= most_quiet_troops()
    return stable & loyal


def ensemble(
    n_runs: int,
    *,
    seed: int,
    conditions: Conditions | None = None,
    width: float = 1.0,
    layout: Layout | None = None,
) -> Parameters:
    """Draw from the priors until there are enough regimes that can exist.

    Parameters
    ----------
    n_runs
        How many, at least 1. Replicate i is the same whatever the number.
    seed
        The one seed.
    conditions
        What is coded of the country or case; None keeps every range wide.
    width
        Widens every prior about its centre, for the width-doubling audit.
    layout
        Where the regimes are set; they are admitted there. None is the national one of four cohorts.

    Returns
    -------
    ensemble : Parameters
        `n_runs` admitted draws, in the order in which they were drawn.

    Raises
    ------
    ParameterError
        If `n_runs` is below 1.
    UndefinedError
        If hardly any draw is admitted: no regime under these conditions is at rest.

    Examples
    --------
    >>> len(ensemble(5, seed=1))
    5
    """
    if n_runs < 1:
        raise ParameterError(f"n_runs is {n_runs}: ask for at least 1 run.")
    admitted: list[Parameters] = []
    n_found, first = 0, 0
    while n_found < n_runs:
        if first >= MOST_DRAWS_EACH * max(n_runs, BATCH):
            raise UndefinedError(
                f"only {n_found} of {first} draws hold at rest under these conditions: no such regime is quiet. "
                f"Widen the coded ranges."
            )
        candidates = np.arange(first, first + max(BATCH, n_runs))
        batch = draw_replicates(candidates, seed=seed, conditions=conditions, width=width, layout=layout)
        admitted.append(batch.take(admit(batch)))
        n_found += len(admitted[-1])
        first += len(candidates)
    return join(admitted).take(np.arange(n_runs))
