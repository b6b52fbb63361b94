"""An ensemble of regimes: every parameter of every run, drawn from the priors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError, nearest
from garrison.regime.cohorts import Floats
from garrison.regime.conditions import known_conditions
from garrison.regime.layout import Layout
from garrison.regime.rest import Rest, find_rest


@dataclass(frozen=True, repr=False)
class Parameters:
    """Every parameter of every run; the run is the first axis of each array.

    Attributes
    ----------
    seed, replicate
        Where the numbers came from; `replicate` (run,) keys the random numbers of each run.
    loadings
        (run, cohort, driver) beta, probit units, in the order of `COHORTS` and `DRIVERS`.
    products, product_loadings
        Pairs of drivers, and (run, cohort, pair) gamma.
    intercepts
        (run, cohort) b, set by the baseline shares at reference conditions.
    reaction_rate, half_saturation
        (run, cohort) kappa per day and h.
    belief_loadings, belief_level
        (run, cohort) weight of each cohort's surprise, and (run,) level, probit units.
    scalars, conditions
        Name to (run,): every other parameter, and each coded driver.
    population, strength
        (run,) persons.
    layout
        Places, forces and strata; the parameters are those of classes, the layout says where they differ.
    rest
        The quiet state that these parameters and conditions lead to, by cohort of the layout.
    """

    seed: int
    replicate: NDArray[np.int64]
    loadings: Floats
    products: tuple[tuple[str, ...], ...]
    product_loadings: Floats
    intercepts: Floats
    reaction_rate: Floats
    half_saturation: Floats
    belief_loadings: Floats
    belief_level: Floats
    scalars: Mapping[str, Floats]
    conditions: Mapping[str, Floats]
    population: Floats
    strength: Floats
    layout: Layout
    rest: Rest

    def __len__(self) -> int:
        return len(self.replicate)

    def __getitem__(self, name: str) -> Floats:
        if name not in self.scalars:
            raise ParameterError(f"parameter '{name}' is unknown. {nearest(name, self.scalars)}")
        return self.scalars[name]

    def take(self, chosen: Any) -> Parameters:
        """Keep some runs, by index or by mask; each keeps its replicate, so also its chance.

        Parameters
        ----------
        chosen
            Integer indices (repeats allowed) or a boolean mask of shape (run,).

        Returns
        -------
        ensemble : Parameters
            The chosen runs in the order given.
        """
        kept: dict[str, Any] = {}
        for name, value in vars(self).items():
            if isinstance(value, Mapping):
                kept[name] = {key: array[chosen] for key, array in value.items()}
            elif isinstance(value, np.ndarray):
                kept[name] = value[chosen]
        return replace(self, **kept, rest=self.rest.take(chosen))

    def with_condition(self, name: str, value: float | Floats) -> Parameters:
        """Set one condition and let the regime come to rest under it.

        Parameters
        ----------
        name
            A condition (see `known_conditions`).
        value
            One value for all runs, or (run,), within the condition's range.

        Raises
        ------
        ParameterError
            For an unknown name or a value out of range.
        """
        known = known_conditions()
        if name not in known:
            raise ParameterError(f"condition '{name}' is unknown. {nearest(name, known)}")
        filled = np.broadcast_to(np.asarray(value, dtype=np.float64), self.replicate.shape).copy()
        if not ((filled >= known[name].low) & (filled <= known[name].high)).all():
            raise ParameterError(
                f"condition '{name}': values must lie between {known[name].low} and {known[name].high} "
                f"({known[name].unit})."
            )
        changed = replace(self, conditions={**self.conditions, name: filled})
        return replace(changed, rest=find_rest(changed))

    def on(self, layout: Layout) -> Parameters:
        """Set the same regimes on another layout and let them come to rest there.

        Parameters
        ----------
        layout
            National parameters drive it; nothing is fitted to its places.

        Returns
        -------
        ensemble : Parameters
            The same draws, with `rest` by cohort of the layout.
        """
        moved = replace(self, layout=layout)
        return replace(moved, rest=find_rest(moved))

    def to_frame(self) -> Any:
        """Give scalars and conditions as a pandas frame, one row a run."""
        import pandas as pd

        columns = {"replicate": self.replicate, **self.scalars, **self.conditions}
        return pd.DataFrame({**columns, "population": self.population, "strength": self.strength})

    def __repr__(self) -> str:
        n_quiet = int(self.rest.settled.sum())
        return f"Parameters: {len(self)} runs (seed {self.seed}), {n_quiet} with a quiet state of their own"


def join(parts: Sequence[Parameters]) -> Parameters:
    """Put ensembles one after another.

    Parameters
    ----------
    parts
        At least one; all of one seed.

    Returns
    -------
    ensemble : Parameters
        All runs in the order given.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> whole = draw_parameters(4, seed=1)
    >>> len(join([whole.take([0, 1]), whole.take([2])]))
    3
    """
    first = parts[0]
    if any(part.layout != first.layout for part in parts):
        raise ParameterError("ensembles on different layouts cannot be joined: set them on one with `on`.")
    if any(part.seed != first.seed for part in parts):
        raise ParameterError(
            "ensembles of different seeds cannot be joined: their replicates mean different draws."
        )
    whole: dict[str, Any] = {}
    for name, value in vars(first).items():
        if isinstance(value, Mapping):
            whole[name] = {key: np.concatenate([getattr(part, name)[key] for part in parts]) for key in value}
        elif isinstance(value, np.ndarray):
            whole[name] = np.concatenate([getattr(part, name) for part in parts])
    names = first.rest.__slots__
    rest = Rest(*(np.concatenate([getattr(part.rest, name) for part in parts]) for name in names))
    return replace(first, **whole, rest=rest)
