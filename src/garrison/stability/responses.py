"""The best response of every run to shares, everything slow frozen: what all questions of stability are asked of."""

from __future__ import annotations

from collections import namedtuple

import numpy as np
from numpy.typing import NDArray

from garrison.regime import COHORTS, Parameters
from garrison.regime.cohorts import Floats
from garrison.regime.compiled_cohorts import compiled_cohorts
from garrison.regime.conditions import known_conditions
from garrison.regime.levers import MOVED
from garrison.regime.parameter_record import parameter_records
from garrison.regime.rest import room_for_one
from garrison.stability.frozen import frozen_responses

Setting = namedtuple(
    "Setting",
    (
        "records",  # (run,) of PARAMETERS
        "cohorts",  # the layout
        "day",  # (1,) of TODAY, to work on
        "people",  # arrays of one run, to work on
        "at",  # (run, cohort) shares that slow stocks and expectations belong to
        "conditions",  # (run, condition) as they stand
        "moved",  # (run, moved) by standing orders and levers
        "nothing",  # (class,) zeros
        "nowhere",  # (place,) zeros
    ),
)
"""Every run of an ensemble with its slow state held still, as compiled code reads it."""


class Responses:
    r"""The map G of the fast state, with deaths, fatigue, expectations and the survival clock frozen.

    .. math:: p \mapsto G(p) = F(x(p, B(p)))

    Parameters
    ----------
    parameters
        The ensemble.
    at
        (run, cohort) shares whose long-run stocks and expectations are frozen; None takes each run's rest.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> answer, belief = Responses(few)(few.rest.shares)
    >>> bool(np.allclose(answer, few.rest.shares, atol=1e-6))
    True
    """

    def __init__(self, parameters: Parameters, at: Floats | None = None) -> None:
        day, people = room_for_one(parameters.layout)
        self.setting = Setting(
            parameter_records(parameters),
            compiled_cohorts(parameters.layout),
            day,
            people,
            np.ascontiguousarray(parameters.rest.shares if at is None else at),
            np.stack([parameters.conditions[name] for name in known_conditions()], axis=1),
            np.zeros((len(parameters), len(MOVED))),
            np.zeros(len(COHORTS)),
            np.zeros(parameters.layout.n_places),
        )
        """What compiled code works on."""
        self.belief = self(self.setting.at)[1]
        """(run,) belief where nothing is unexpected."""

    def __len__(self) -> int:
        return len(self.setting.at)

    def under(self, *, conditions: Floats | None = None, moved: Floats | None = None) -> Responses:
        """Give the same runs, their slow state held where it was, under other conditions or standing orders.

        Parameters
        ----------
        conditions
            (run, condition) in the order of `known_conditions`; None keeps them.
        moved
            (run, moved) in the order of `MOVED`; None keeps them. What acts through the economy does nothing here.
        """
        changed: dict[str, Floats] = {}
        if conditions is not None:
            changed["conditions"] = np.ascontiguousarray(conditions, dtype=np.float64)
        if moved is not None:
            changed["moved"] = np.ascontiguousarray(moved, dtype=np.float64)
        other = object.__new__(Responses)
        other.setting, other.belief = self.setting._replace(**changed), self.belief
        return other

    def take(self, chosen: NDArray[np.int64]) -> Responses:
        """Keep some runs, by index."""
        kept = {
            name: getattr(self.setting, name)[chosen] for name in ("records", "at", "conditions", "moved")
        }
        other = object.__new__(Responses)
        other.setting, other.belief = self.setting._replace(**kept), self.belief[chosen]
        return other

    def __call__(self, shares: Floats, *, belief: Floats | None = None) -> tuple[Floats, Floats]:
        """Give the best response to shares.

        Parameters
        ----------
        shares
            (run, cohort), 0 to 1.
        belief
            (run,); None takes the belief that the shares lead to.

        Returns
        -------
        response, belief : ndarray
            (run, cohort), and (run,) the belief that the shares lead to.
        """
        found, led_to = np.zeros_like(self.setting.at), np.zeros(len(self))
        held = np.full(len(self), -1.0) if belief is None else np.ascontiguousarray(belief)
        frozen_responses(self.setting, np.ascontiguousarray(shares), held, found, led_to)
        return found, led_to
