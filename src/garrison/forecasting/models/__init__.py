"""Models: what turns features known on a day into the chance of an event, and how several such become one.

Each is fitted by `fit(features, happened)` and gives `predict(features)`; a table's rows are (iso, as_of), its other
columns features. None reads a file of history.
"""

from garrison.forecasting.models.boosting import Boosting
from garrison.forecasting.models.contributions import Contribution
from garrison.forecasting.models.logistic import RidgeLogit
from garrison.forecasting.models.penalty_choice import PenaltyChoice, choose_penalty
from garrison.forecasting.models.rates import ConstantRate, CountryRate, Persistence

__all__ = [
    "Boosting",
    "ConstantRate",
    "Contribution",
    "CountryRate",
    "PenaltyChoice",
    "Persistence",
    "RidgeLogit",
    "choose_penalty",
]
