"""The state's purse and what it buys: income, the order of spending, arrears, prices, hardship, pay, rents."""

from garrison.regime.economy.economy import (
    economy_day,
    economy_path,
    hardship_today,
    met_need,
    pay_today,
    rents_today,
)
from garrison.regime.economy.economy_record import ECONOMY, economy_parameters, economy_table
from garrison.regime.economy.purse import PURSE, begin_economy, pay_bills, raise_prices
from garrison.regime.economy.state_income import credit_today, debt_due_today, income_today

__all__ = [
    "ECONOMY",
    "PURSE",
    "begin_economy",
    "credit_today",
    "debt_due_today",
    "economy_day",
    "economy_parameters",
    "economy_path",
    "economy_table",
    "hardship_today",
    "income_today",
    "met_need",
    "pay_bills",
    "pay_today",
    "raise_prices",
    "rents_today",
]
