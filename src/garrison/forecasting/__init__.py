"""The forecast: how often crises like this were followed by a break, and what the model would add.

`base_rate` gives the crisis hazard by age under each rule of what counts as a break; `forecast` makes the headline
from it and puts beside it what the model would say. While no forecast of this kind has proven skill, the headline
is the base rate.
"""

from garrison.forecasting.base_rate import LAST_DAY_OF_TABLE, BaseRate, base_rate, hazard_table
from garrison.forecasting.forecast import Forecast, ModelView, forecast

__all__ = ["LAST_DAY_OF_TABLE", "BaseRate", "Forecast", "ModelView", "base_rate", "forecast", "hazard_table"]
