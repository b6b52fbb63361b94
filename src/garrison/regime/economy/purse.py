"""The state's purse: prices, who is paid first, what is owed.

Money is counted in months of the state's spending on the first day, a day is a thirtieth of a month. Wages are
owed in the country's own money and lose with prices; rents, operations and food are bought in hard currency.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError
from garrison.regime.compiled import compiled
from garrison.regime.economy.economy_record import DAYS_A_MONTH
from garrison.regime.economy.economy_record import economy_parameters as economy_parameters
from garrison.regime.economy.state_income import credit_today

PURSE = np.dtype(
    [
        ("start_hardship", float),  # the coded conditions, to which the economy is relative
        ("start_pay", float),
        ("start_rents", float),
        ("oil", float),  # share of the state's income from oil on the first day
        ("start_mobilised", float),  # share of civilians in the street on the first day
        ("log_price", float),
        ("price", float),  # 1 on the first day
        ("reserves", float),  # months of spending
        ("borrowed", float),  # credit beyond the usual, not yet paid back, months of spending
        ("arrears_of_pay", float),  # months of pay owed
        ("arrears_of_rents", float),  # months of rents owed
        ("income", float),  # flows of the last day: oil, gold and tax
        ("credit", float),
        ("printed", float),
        ("debt_paid", float),
        ("drawn", float),  # taken from reserves
        ("due", float),  # the five lines of spending
        ("new_arrears", float),  # pay and rents that were due and not paid
        ("not_bought", float),  # operations, food and the rest that were due and not paid
        ("repaid", float),  # old arrears
        ("filled", float),  # put into reserves
        ("rents_paid", float),  # paid share of what was due, over the last month
        ("operations_paid", float),
        ("food_paid", float),
        ("rest_paid", float),
        ("hardship", float),  # what people feel on the last day
        ("pay", float),
        ("rents", float),
    ]
)
"""State of one run's economy: the first five fields never change, the flows are those of the last day."""


def begin_economy(
    n_runs: int,
    *,
    hardship: Any,
    pay: Any,
    rents: Any,
    oil: Any,
    reserves: Any,
    mobilised: Any = 0.0,
) -> NDArray[np.void]:
    """Set up the purse of every run on the morning of the first day: nothing owed, everything paid.

    Parameters
    ----------
    n_runs
        Number of runs.
    hardship, pay, rents
        The coded conditions, 0 to 1; a number or shape (run,), as all that follow.
    oil
        Share of the state's income from oil, 0 to 1.
    reserves
        Months of spending held, 0 or more.
    mobilised
        Share of civilians in the street at rest, 0 to 1.

    Returns
    -------
    ndarray
        Shape (run,), dtype `PURSE`.

    Raises
    ------
    ParameterError
        For a value outside these bounds.

    Examples
    --------
    >>> begin_economy(2, hardship=0.6, pay=0.4, rents=0.7, oil=0.5, reserves=2.0)["reserves"].tolist()
    [2.0, 2.0]
    """
    shares = {"hardship": hardship, "pay": pay, "rents": rents, "oil": oil, "mobilised": mobilised}
    for name, value in shares.items():
        if not np.all((np.asarray(value) >= 0.0) & (np.asarray(value) <= 1.0)):
            raise ParameterError(f"economy: {name} is {value}; it is a share, give 0 to 1.")
    if not np.all(np.asarray(reserves) >= 0.0):
        raise ParameterError(f"economy: reserves are {reserves}; give months of spending, 0 or more.")
    purse = np.zeros(n_runs, dtype=PURSE)
    purse["start_hardship"] = purse["hardship"] = hardship
    purse["start_pay"] = purse["pay"] = pay
    purse["start_rents"] = purse["rents"] = rents
    purse["oil"], purse["reserves"], purse["start_mobilised"] = oil, reserves, mobilised
    for name in ("price", "rents_paid", "operations_paid", "food_paid", "rest_paid"):
        purse[name] = 1.0
    return purse


@compiled
def raise_prices(economy: Any, purse: Any, printed: float, pushed: float) -> float:
    r"""Let prices follow the money that is printed, and what else pushes them.

    .. math:: \log p_t = \log p_{t-1} + \epsilon \, m_t / M + \pi_t

    Parameters
    ----------
    economy, purse
        Records of dtype `ECONOMY` and `PURSE`; the purse's prices are changed in place.
    printed
        Money printed today, months of spending, 0 or more.
    pushed
        What else moves prices today, log.

    Returns
    -------
    float
        Prices relative to the first day, above 0. Source: quantity theory; Cagan 1956 for an elasticity above 1.

    Examples
    --------
    >>> from garrison.regime.economy.economy_record import economy_parameters
    >>> purse = begin_economy(1, hardship=0.5, pay=0.5, rents=0.5, oil=0.3, reserves=3.0)
    >>> round(raise_prices(economy_parameters()[0], purse[0], 0.25, 0.0), 4)
    1.1275
    """
    change = economy.price_elasticity * printed / economy.money_base + pushed
    if change != 0.0:
        log_price = max(economy.lowest_log_price, purse.log_price + change)
        purse.log_price = min(economy.highest_log_price, log_price)
        purse.price = math.exp(purse.log_price)
    return float(purse.price)


@compiled
def _borrow(economy: Any, purse: Any, debt_due: float) -> None:
    """Add credit beyond the usual to what was borrowed; take off the instalment, as far as creditors were paid."""
    paid_share = purse.debt_paid / debt_due if debt_due > 0.0 else 0.0
    instalment = purse.borrowed / economy.maturity / DAYS_A_MONTH * paid_share
    beyond_usual = max(0.0, purse.credit - credit_today(economy, purse, 0.0))
    purse.borrowed = max(0.0, purse.borrowed + beyond_usual - instalment)


@compiled
def _remember(economy: Any, before: float, paid: float, due: float) -> float:
    """Give the share paid over the last month, today included; nothing due counts as paid."""
    today = paid / due if due > 0.0 else 1.0
    share: float = before + (today - before) / economy.rolling_days
    return share


@compiled
def _draw(economy: Any, purse: Any, money: float, first_lines: float) -> float:
    """Draw on reserves: all that the first lines lack, and a share of what all the others do."""
    lacking_first = max(0.0, first_lines - money)
    lacking_others = max(0.0, purse.due - first_lines - max(0.0, money - first_lines))
    share = purse.reserves / (purse.reserves + economy.reserves_half)
    drawn: float = min(purse.reserves, lacking_first + share * lacking_others)
    return drawn


@compiled
def _settle(economy: Any, purse: Any, surplus: float, rents_due: float, pay_due: float) -> None:
    """Use what is left of the day for what is owed from before, rents first, then fill the reserves."""
    for_rents = min(surplus, purse.arrears_of_rents * DAYS_A_MONTH * rents_due)
    for_pay = min(surplus - for_rents, purse.arrears_of_pay * DAYS_A_MONTH * pay_due)
    purse.arrears_of_rents = max(0.0, purse.arrears_of_rents - for_rents / (DAYS_A_MONTH * rents_due))
    purse.arrears_of_pay = max(0.0, purse.arrears_of_pay - for_pay / (DAYS_A_MONTH * pay_due))
    purse.repaid = for_rents + for_pay
    purse.filled = surplus - for_rents - for_pay
    purse.reserves += purse.filled


@compiled
def pay_bills(economy: Any, purse: Any, debt_due: float) -> None:
    r"""Spend one day's money in order: creditors, rents, pay, operations, food, the rest.

    Where the day's money does not reach, reserves are drawn: in full for what keeps the regime (creditors, rents,
    pay, operations), for food and the rest the less the lower they are (the share R / (R + R_half)). What they do
    not cover becomes arrears (rents, pay) or is not bought. What is left over pays old arrears first, then fills
    the reserves.

    .. math:: \text{income} + \text{credit} + \text{printed} + \text{drawn} + \text{new arrears} +
              \text{not bought} = \text{debt paid} + \text{due} + \text{repaid} + \text{filled}

    Parameters
    ----------
    economy, purse
        Records of dtype `ECONOMY` and `PURSE`; income, credit and printed money of the purse are read, the other
        flows, the stocks and the paid shares are changed in place.
    debt_due
        What creditors are owed today, months of spending, 0 or more. They get no more than there is.

    Examples
    --------
    >>> from garrison.regime.economy.economy_record import economy_parameters
    >>> purse = begin_economy(1, hardship=0.5, pay=0.5, rents=0.5, oil=0.3, reserves=0.0)
    >>> purse["income"] = 0.5 / 30
    >>> pay_bills(economy_parameters()[0], purse[0], 0.0)
    >>> round(30 * float(purse[0]["not_bought"]), 9), float(purse[0]["new_arrears"])
    (0.5, 0.0)
    """
    rents_due = economy.spent_on_rents / DAYS_A_MONTH
    pay_due = economy.spent_on_pay / DAYS_A_MONTH / purse.price
    operations_due = economy.spent_on_operations / DAYS_A_MONTH
    food_due = economy.spent_on_food / DAYS_A_MONTH
    rest_due = economy.spent_on_rest / DAYS_A_MONTH / purse.price
    purse.due = rents_due + pay_due + operations_due + food_due + rest_due
    cash = purse.income + purse.credit + purse.printed
    purse.debt_paid = min(debt_due, cash + purse.reserves)
    _borrow(economy, purse, debt_due)
    purse.drawn = _draw(economy, purse, cash - purse.debt_paid, rents_due + pay_due + operations_due)
    purse.reserves -= purse.drawn
    left = max(0.0, cash + purse.drawn - purse.debt_paid)
    rents = min(left, rents_due)
    left -= rents
    pay = min(left, pay_due)
    left -= pay
    operations = min(left, operations_due)
    left -= operations
    food = min(left, food_due)
    left -= food
    rest = min(left, rest_due)
    left -= rest
    purse.new_arrears = (rents_due - rents) + (pay_due - pay)
    purse.not_bought = (operations_due - operations) + (food_due - food) + (rest_due - rest)
    purse.arrears_of_rents += (1.0 - rents / rents_due) / DAYS_A_MONTH
    purse.arrears_of_pay += (1.0 - pay / pay_due) / DAYS_A_MONTH
    _settle(economy, purse, left, rents_due, pay_due)
    purse.rents_paid = _remember(economy, purse.rents_paid, rents, rents_due)
    purse.operations_paid = _remember(economy, purse.operations_paid, operations, operations_due)
    purse.food_paid = _remember(economy, purse.food_paid, food, food_due)
    purse.rest_paid = _remember(economy, purse.rest_paid, rest, rest_due)
