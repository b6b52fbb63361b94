"""The regime: who decides, what moves them, what they believe, and what we know about the sizes of all that.

Civilians, troops, officers and the elite make the same choice, to defy openly or not, with different loadings
(`kernel`). Drivers are scaled to [0, 1]; loadings say how many standard deviations of a cohort's thresholds
the full range of a driver moves. Belief that the regime falls follows what is seen beyond what was expected
(`belief`). Baseline shares set the intercepts; conditions coded for a country shift them (`conditions`,
`rest`). Every number is a prior with its ground in TOML (`priors`); an ensemble is one draw of all of them a
run (`parameters`). Levers are what somebody could do from a date on (`levers`).

Refusing is reversible here; leaving, unit obedience, places, forces and the economy are not in this kernel.
"""

from garrison.regime.belief import belief_target, surprise, survival_signal
from garrison.regime.cohorts import COHORTS, DRIVERS
from garrison.regime.conditions import Condition, Conditions, known_conditions
from garrison.regime.counts import (
    COUNTED,
    SCALE_OF,
    crowd_on,
    day_counts,
    deaths_per_million,
    observation_dispersion,
)
from garrison.regime.draws import draw_parameters, draw_replicates
from garrison.regime.kernel import (
    hidden_share,
    impression,
    inclination,
    perceived_peers,
    punishment_risk,
    would_defy,
)
from garrison.regime.levers import Lever, LeverEffects, known_levers, lever_effects
from garrison.regime.parameters import Parameters, join
from garrison.regime.priors import Prior, interactions, loading_priors, priors, product_priors
from garrison.regime.random_numbers import uniforms
from garrison.regime.rest import Rest, find_rest, loyal_capacity, quiet_situation, rest_situation
from garrison.regime.situation import Situation
from garrison.regime.tables import parameter_table

__all__ = [
    "COHORTS",
    "COUNTED",
    "DRIVERS",
    "SCALE_OF",
    "Condition",
    "Conditions",
    "Lever",
    "LeverEffects",
    "Parameters",
    "Prior",
    "Rest",
    "Situation",
    "belief_target",
    "crowd_on",
    "day_counts",
    "deaths_per_million",
    "draw_parameters",
    "draw_replicates",
    "find_rest",
    "hidden_share",
    "impression",
    "inclination",
    "interactions",
    "join",
    "known_conditions",
    "known_levers",
    "lever_effects",
    "loading_priors",
    "loyal_capacity",
    "observation_dispersion",
    "parameter_table",
    "perceived_peers",
    "priors",
    "product_priors",
    "punishment_risk",
    "quiet_situation",
    "rest_situation",
    "surprise",
    "survival_signal",
    "uniforms",
    "would_defy",
]
