"""Models: what turns features known on a day into the chance of an event, and how several such become one.

Each is fitted by `fit(features, happened)` and gives `predict(features)`; a table's rows are (iso, as_of), its other
columns features. None reads a file of history.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# Where each public name lives; a module is imported when its name is first used: pandas is slow to load.
_PUBLIC = {
    "Boosting": "boosting",
    "ConstantRate": "rates",
    "Contribution": "contributions",
    "CountryRate": "rates",
    "CrisisHazard": "crisis_hazard",
    "LogOddsPool": "pooling",
    "PenaltyChoice": "penalty_choice",
    "Persistence": "rates",
    "RidgeLogit": "logistic",
    "Stacker": "stacker",
    "choose_penalty": "penalty_choice",
    "leave_country_out": "stacker_learning",
    "shifted": "odds_shift",
}

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

if TYPE_CHECKING:
    from garrison.forecasting.models.boosting import Boosting
    from garrison.forecasting.models.contributions import Contribution
    from garrison.forecasting.models.crisis_hazard import CrisisHazard
    from garrison.forecasting.models.logistic import RidgeLogit
    from garrison.forecasting.models.odds_shift import shifted
    from garrison.forecasting.models.penalty_choice import PenaltyChoice, choose_penalty
    from garrison.forecasting.models.pooling import LogOddsPool
    from garrison.forecasting.models.rates import ConstantRate, CountryRate, Persistence
    from garrison.forecasting.models.stacker import Stacker
    from garrison.forecasting.models.stacker_learning import leave_country_out


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}.{_PUBLIC[name]}"), name)
