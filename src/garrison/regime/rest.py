"""The quiet state of every regime of an ensemble: where shares, belief and stocks stay when nothing pushes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from garrison.regime.calm import inclinations_of_all, rest_of_all
from garrison.regime.cohorts import Floats
from garrison.regime.compiled_cohorts import compiled_cohorts
from garrison.regime.leaving import N_SLICES
from garrison.regime.parameter_record import parameter_records
from garrison.regime.pieces import in_pieces
from garrison.regime.today import TODAY, nobody

if TYPE_CHECKING:
    from garrison.regime.layout import Layout
    from garrison.regime.parameters import Parameters
    from garrison.regime.today import People


@dataclass(frozen=True, slots=True)
class Rest:
    """The lowest fixed point of each run.

    `shares` (run, cohort); `belief`, `recent_deaths`, `fatigue` (run,); `settled` (run,) says whether the
    search from below came to a halt: where it did not, the regime has no quiet state that holds.
    """

    shares: Floats
    belief: Floats
    recent_deaths: Floats
    fatigue: Floats
    settled: NDArray[np.bool_]

    def take(self, chosen: Any) -> Rest:
        """Keep some runs, by index or by mask."""
        return Rest(*(getattr(self, name)[chosen] for name in self.__slots__))


def room_for_one(layout: Layout) -> tuple[NDArray[np.void], People]:
    """Give a day and the arrays of one run on a layout, for compiled code to work on.

    Returns
    -------
    day, people
        (1,) of `TODAY`, and `People`.

    Examples
    --------
    >>> from garrison.regime.layout import Layout
    >>> room_for_one(Layout.national())[1].visible.shape
    (4,)
    """
    return np.zeros(1, dtype=TODAY), nobody(layout.n_cohorts, layout.n_places, layout.n_forces, N_SLICES)


def find_rest(parameters: Parameters) -> Rest:
    """Find the lowest quiet state of each run on its layout, by letting everybody revise from nobody defying.

    Returns
    -------
    Rest
        Also where the search did not halt; `settled` tells.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> bool((find_rest(few).shares == few.rest.shares).all())
    True
    """
    n_runs, layout = len(parameters), parameters.layout
    records, cohorts = parameter_records(parameters), compiled_cohorts(layout)
    shares, stocks = np.zeros((n_runs, layout.n_cohorts)), np.zeros((n_runs, 3))
    settled = np.zeros(n_runs, dtype=np.bool_)

    def search(runs: slice) -> None:
        day, people = room_for_one(layout)
        rest_of_all(records[runs], cohorts, day, people, shares[runs], stocks[runs], settled[runs])

    in_pieces(n_runs, search)
    return Rest(shares, stocks[:, 0].copy(), stocks[:, 1].copy(), stocks[:, 2].copy(), settled)


def quiet_inclinations(parameters: Parameters, shares: Floats) -> Floats:
    """Give the inclination of every cohort where these shares have lasted for long and nothing happens.

    Parameters
    ----------
    parameters
        The ensemble.
    shares
        (run, cohort) share openly defying, 0 to 1.

    Returns
    -------
    ndarray
        (run, cohort), standard deviations of the thresholds.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> quiet_inclinations(few, few.rest.shares).shape
    (2, 4)
    """
    day, people = room_for_one(parameters.layout)
    found = np.zeros_like(shares)
    inclinations_of_all(
        parameter_records(parameters),
        compiled_cohorts(parameters.layout),
        day,
        people,
        np.ascontiguousarray(shares),
        found,
    )
    return found
