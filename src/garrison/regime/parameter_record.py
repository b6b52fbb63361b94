"""The parameters of a run as one record, which compiled code reads by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from garrison.regime.cohorts import COHORTS, DRIVERS
from garrison.regime.conditions import known_conditions
from garrison.regime.priors import interactions, priors

if TYPE_CHECKING:
    from garrison.regime.parameters import Parameters

SCALARS = tuple(prior.name for prior in priors().values() if not prior.cohort)
PRODUCTS = tuple(item.name for item in interactions() if item.product)
BENDS = {item.modifies: item.belief_factor for item in interactions() if item.modifies}
"""How pay, rents and exposure bend with belief: the factor of each driver."""

N_CLASSES = len(COHORTS)

PARAMETERS = np.dtype(
    [(name, float) for name in SCALARS]
    + [(name, float) for name in ("belief_level", "population_size", "soldiers")]
    + [
        (name, float, (N_CLASSES,))
        for name in ("intercepts", "reaction_rate", "half_saturation", "belief_loadings")
    ]
    + [
        ("loadings", float, (N_CLASSES, len(DRIVERS))),
        ("product_loadings", float, (N_CLASSES, len(PRODUCTS))),
        ("conditions", float, (len(known_conditions()),)),
    ]
)


def parameter_records(parameters: Parameters) -> NDArray[np.void]:
    """Give the parameters of an ensemble, one record a run.

    Returns
    -------
    ndarray
        (run,) of dtype `PARAMETERS`.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> parameter_records(draw_parameters(2, seed=1))["loadings"].shape
    (2, 4, 14)
    """
    records = np.zeros(len(parameters), dtype=PARAMETERS)
    for name in SCALARS:
        records[name] = parameters.scalars[name]
    for name in (
        "belief_level",
        "intercepts",
        "reaction_rate",
        "half_saturation",
        "belief_loadings",
        "loadings",
        "product_loadings",
    ):
        records[name] = getattr(parameters, name)
    records["population_size"], records["soldiers"] = parameters.population, parameters.strength
    for place, name in enumerate(known_conditions()):
        records["conditions"][:, place] = parameters.conditions[name]
    return records
