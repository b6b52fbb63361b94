"""The economy of a regime: from oil, prices and the purse to hunger, soldiers' pay and officers' rents.

Relative to the first day: with no lever, no strike and no change in the street, hardship, pay and rents stay at
the values that are coded of the country.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.regime.cohorts import Floats
from garrison.regime.compiled import compiled
from garrison.regime.economy.economy_record import DAYS_A_MONTH, ECONOMY, economy_parameters
from garrison.regime.economy.purse import PURSE, begin_economy, pay_bills, raise_prices
from garrison.regime.economy.state_income import credit_today, debt_due_today, income_today
from garrison.regime.levers import MOVED

__all__ = [
    "ECONOMY",
    "PURSE",
    "begin_economy",
    "economy_day",
    "economy_parameters",
    "economy_path",
    "hardship_today",
    "met_need",
    "pay_today",
    "rents_today",
]

_HARDSHIP, _PAY, _RENTS = (MOVED.index(name) for name in ("hardship", "pay", "rents"))
_OIL, _GOLD, _TAX = (MOVED.index(name) for name in ("oil_income", "gold_income", "tax_income"))
_CREDIT, _PRINTED, _DEBT = (MOVED.index(name) for name in ("credit", "printed_money", "debt_service"))
_STRIKE, _OUTPUT, _FOOD = (MOVED.index(name) for name in ("strike", "output", "food_supply"))
_TRANSFER, _PRICES = (MOVED.index(name) for name in ("transfer", "prices"))


@compiled
def met_need(economy: Any, purchasing_power: float, availability: float) -> float:
    r"""Say how much of their need people meet, between what they can pay for and what there is.

    .. math:: N = m \left(\frac{2}{1 + (m / M)^\rho}\right)^{1/\rho}, \quad m = \min(w, a),\ M = \max(w, a)

    Parameters
    ----------
    economy
        Record of dtype `ECONOMY`; `either_way` is the exponent.
    purchasing_power, availability
        Relative to the first day, 0 or more.

    Returns
    -------
    float
        Relative to the first day: 1 if both are 1; 0 if either is 0. Never below the smaller of the two, and never
        more than a little above it. Source: Arrow, Chenery, Minhas and Solow 1961.

    Examples
    --------
    >>> met_need(economy_parameters()[0], 5.0, 0.0)
    0.0
    """
    scarcer = min(purchasing_power, availability)
    other = max(purchasing_power, availability)
    if scarcer <= 0.0:
        return 0.0
    if scarcer == other:
        return scarcer
    exponent: float = economy.either_way
    met: float = scarcer * (2.0 / (1.0 + (scarcer / other) ** exponent)) ** (1.0 / exponent)
    return met


@compiled
def hardship_today(economy: Any, purse: Any, moved: Any) -> float:
    r"""Say what share of need goes unmet: for want of money or for want of goods.

    .. math:: H_t = 1 - (1 - H_0)\, N(w_t, a_t) + \ell_H, \quad
              w_t = \frac{1 - u (1 - r_t) + T_t / (1 - H_0)}{p_t}, \quad
              a_t = f F_t + (1 - f)(1 + \ell_y) + \ell_a

    Parameters
    ----------
    economy, purse
        Records of dtype `ECONOMY` and `PURSE`.
    moved
        Shape (moved,): today's row of what levers move.

    Returns
    -------
    float
        0 to 1. r is the paid share of the state's other spending (u the share of incomes that it feeds), F that
        of food; T what is handed out, as a share of need.

    Examples
    --------
    >>> purse = begin_economy(1, hardship=0.6, pay=0.4, rents=0.7, oil=0.5, reserves=2.0)
    >>> hardship_today(economy_parameters()[0], purse[0], np.zeros(len(MOVED)))
    0.6
    """
    met_at_first = 1.0 - purse.start_hardship
    incomes = 1.0 - economy.public_wages * (1.0 - purse.rest_paid)
    if met_at_first > 0.0:
        incomes += max(0.0, moved[_TRANSFER]) / met_at_first
    bought = economy.imported_food * purse.food_paid
    grown = (1.0 - economy.imported_food) * max(0.0, 1.0 + moved[_OUTPUT])
    available = max(0.0, bought + grown + moved[_FOOD])
    met = met_need(economy, incomes / purse.price, available)
    lost = met_at_first * (1.0 - met)
    hardship: float = min(1.0, max(0.0, purse.start_hardship + lost + moved[_HARDSHIP]))
    return hardship


@compiled
def pay_today(economy: Any, purse: Any, moved: Any) -> float:
    r"""Say what soldiers' pay and perks are worth, beside what they were and what those above are promised.

    .. math:: W_t = W_0\, \frac{\omega\, \frac{h}{h + A_t} / p_t + (1 - \omega) \Omega_t}{1 + \delta \max(0, \ell_V)}
              + \ell_W

    Parameters
    ----------
    economy, purse
        Records of dtype `ECONOMY` and `PURSE`.
    moved
        Shape (moved,): today's row of what levers move.

    Returns
    -------
    float
        0 to 1. A is what is owed in months, h the arrears at which pay counts for half, the other part of pay is in
        kind and comes with operations. Source: Gurr 1970 (relative deprivation).

    Examples
    --------
    >>> purse = begin_economy(1, hardship=0.6, pay=0.4, rents=0.7, oil=0.5, reserves=2.0)
    >>> purse["arrears_of_pay"] = 2.0
    >>> round(pay_today(economy_parameters()[0], purse[0], np.zeros(len(MOVED))), 6)
    0.27
    """
    on_time = economy.arrears_half / (economy.arrears_half + purse.arrears_of_pay)
    in_money = economy.wage_part * on_time / purse.price
    in_kind = (1.0 - economy.wage_part) * purse.operations_paid
    fair = 1.0 + economy.relative_deprivation * max(0.0, moved[_RENTS])
    pay: float = min(1.0, max(0.0, purse.start_pay * (in_money + in_kind) / fair + moved[_PAY]))
    return pay


@compiled
def rents_today(purse: Any, moved: Any) -> float:
    r"""Say what officers and the elite get, as a share of what they expect.

    .. math:: V_t = V_0\, R_t + \ell_V

    Parameters
    ----------
    purse
        Record of dtype `PURSE`.
    moved
        Shape (moved,): today's row of what levers move.

    Returns
    -------
    float
        0 to 1. R is the paid share of rents over the last month.

    Examples
    --------
    >>> purse = begin_economy(1, hardship=0.6, pay=0.4, rents=0.7, oil=0.5, reserves=2.0)
    >>> rents_today(purse[0], np.zeros(len(MOVED)))
    0.7
    """
    rents: float = min(1.0, max(0.0, purse.start_rents * purse.rents_paid + moved[_RENTS]))
    return rents


@compiled
def economy_day(economy: Any, purse: Any, moved: Any, mobilised: float) -> tuple[float, float, float, float]:
    """Let one day pass in the economy of one run.

    Parameters
    ----------
    economy
        Record of dtype `ECONOMY`, see `economy_parameters`.
    purse
        Record of dtype `PURSE`, see `begin_economy`; changed in place.
    moved
        Shape (moved,): today's row of what levers move.
    mobilised
        Share of civilians in the street, 0 to 1.

    Returns
    -------
    tuple of float
        Hardship, pay and rents of the country as they are felt today, and the paid share of operations, by which
        deployable force is multiplied; each 0 to 1.

    Examples
    --------
    >>> purse = begin_economy(1, hardship=0.6, pay=0.4, rents=0.7, oil=0.5, reserves=2.0)
    >>> day = economy_day(economy_parameters()[0], purse[0], np.zeros(len(MOVED)), 0.0)
    >>> [round(value, 12) for value in day]
    [0.6, 0.4, 0.7, 1.0]
    """
    printed = max(0.0, moved[_PRINTED]) / DAYS_A_MONTH
    raise_prices(economy, purse, printed, moved[_PRICES])
    at_work = 1.0 - min(1.0, max(0.0, moved[_STRIKE]))
    oil, gold = max(0.0, 1.0 + moved[_OIL]), max(0.0, 1.0 + moved[_GOLD])
    tax = max(0.0, 1.0 + moved[_TAX]) * at_work
    purse.income = income_today(economy, purse, oil, gold, tax, mobilised)
    purse.credit = credit_today(economy, purse, moved[_CREDIT])
    purse.printed = printed
    pay_bills(economy, purse, debt_due_today(economy, purse, moved[_DEBT]))
    purse.hardship = hardship_today(economy, purse, moved)
    purse.pay = pay_today(economy, purse, moved)
    purse.rents = rents_today(purse, moved)
    return purse.hardship, purse.pay, purse.rents, purse.operations_paid


@compiled
def _walk(economy: Any, purse: Any, moved: Any, mobilised: Any, path: Any) -> None:
    for day in range(moved.shape[0]):
        economy_day(economy, purse[0], moved[day], mobilised[day])
        path[day] = purse[0]


def economy_path(
    start: NDArray[np.void], moved: Floats, mobilised: Floats, economy: NDArray[np.void] | None = None
) -> NDArray[np.void]:
    """Let the days of a window pass in the economy of one run, the street given.

    Parameters
    ----------
    start
        Shape (1,), see `begin_economy`; left as it is.
    moved
        Shape (day, moved): what levers move, in the order of `levers.MOVED`.
    mobilised
        Shape (day,): share of civilians in the street, 0 to 1.
    economy
        Shape (1,), see `economy_parameters`, which is the default.

    Returns
    -------
    ndarray
        Shape (day,), dtype `PURSE`: stocks, flows and what is felt, each evening.

    Examples
    --------
    >>> start = begin_economy(1, hardship=0.6, pay=0.4, rents=0.7, oil=0.9, reserves=1.0)
    >>> moved = np.zeros((120, len(MOVED)))
    >>> moved[:, MOVED.index("oil_income")] = -1.0
    >>> path = economy_path(start, moved, np.zeros(120))
    >>> bool(path["reserves"][-1] == 0.0 and path["pay"][-1] < 0.4)
    True
    """
    parameters = economy_parameters() if economy is None else economy
    path = np.zeros(len(moved), dtype=PURSE)
    _walk(parameters[0], start.copy(), np.asarray(moved, float), np.asarray(mobilised, float), path)
    return path
