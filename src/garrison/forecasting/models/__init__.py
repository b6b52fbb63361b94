"""Models: what turns features known on a day into the chance of an event, and how several such become one.

Each is fitted by `fit(features, happened)` and gives `predict(features)`; a table's rows are (iso, as_of), its other
columns features. None reads a file of history.
"""

from garrison.forecasting.models.boosting import Boosting
from garrison.forecasting.models.contributions import Contribution
from garrison.forecasting.models.crisis_hazard import CrisisHazard
from garrison.forecasting.models.logistic import RidgeLogit
from garrison.forecasting.models.penalty_choice import PenaltyChoice, choose_penalty
from garrison.forecasting.models.pooling import LogOddsPool
from garrison.forecasting.models.rates import ConstantRate, CountryRate, Persistence
from garrison.forecasting.models.stacker import Stacker, leave_country_out, shifted

__all__ = [
    "Boosting",
    "ConstantRate",
    "Contribution",
    "CountryRate",
    "CrisisHazard",
    "LogOddsPool",
    "PenaltyChoice",
    "Persistence",
    "RidgeLogit",
    "Stacker",
    "choose_penalty",
    "leave_country_out",
    "shifted",
]
