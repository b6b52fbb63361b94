"""The regime: who decides, what moves them, what they believe, and what we know about the sizes of all that.

Civilians, troops, officers and the elite make the same choice, to defy openly or not, with different loadings
(`choice`). Drivers are scaled to [0, 1]; loadings say how many standard deviations of a cohort's thresholds
the full range of a driver moves. A layout says which cohorts there are: four for a country, or places x forces
x classes (`layout`). Belief that the regime falls follows what is seen beyond what was expected
(`public_belief`); the economy pays the forces first and feeds the country last (`economy`); loyal strength
stands where its command sends it (`deployment`); who leaves does not come back (`leaving`). Baseline shares set
the intercepts; conditions coded for a country shift them (`conditions`, `rest`). Every number is a prior with its
ground in TOML (`priors`); an ensemble is one draw of all of them a run (`parameters`). Levers are what somebody
could do from a date on (`levers`); `mechanisms` says which statement about such regimes enters where.
"""

from garrison.regime.cohorts import COHORTS, DRIVERS
from garrison.regime.conditions import Condition, Conditions, known_conditions
from garrison.regime.draws import draw_parameters, draw_replicates
from garrison.regime.layout import Layout
from garrison.regime.layout.country_layout import layout_of_country
from garrison.regime.layout.places_and_forces import Force, Place, Stratum
from garrison.regime.levers import Lever, LeverEffects, lever_effects
from garrison.regime.levers.known_levers import MOVED, KnownLever, MovedThing, known_levers, moved_things
from garrison.regime.mechanisms import Mechanism, mechanism, mechanisms
from garrison.regime.mechanisms.mechanism_table import mechanism_table
from garrison.regime.parameters import Parameters, join
from garrison.regime.priors import Prior, interactions, loading_priors, priors, product_priors
from garrison.regime.random_numbers import uniforms
from garrison.regime.rest import Rest, find_rest, quiet_inclinations
from garrison.regime.tables import parameter_table
from garrison.regime.toll import COUNTED, SCALE_OF, observation_dispersion

__all__ = [
    "COHORTS",
    "COUNTED",
    "DRIVERS",
    "MOVED",
    "SCALE_OF",
    "Condition",
    "Conditions",
    "Force",
    "KnownLever",
    "Layout",
    "Lever",
    "LeverEffects",
    "Mechanism",
    "MovedThing",
    "Parameters",
    "Place",
    "Prior",
    "Rest",
    "Stratum",
    "draw_parameters",
    "draw_replicates",
    "find_rest",
    "interactions",
    "join",
    "known_conditions",
    "known_levers",
    "layout_of_country",
    "lever_effects",
    "loading_priors",
    "mechanism",
    "mechanism_table",
    "mechanisms",
    "moved_things",
    "observation_dispersion",
    "parameter_table",
    "priors",
    "product_priors",
    "quiet_inclinations",
    "uniforms",
]
