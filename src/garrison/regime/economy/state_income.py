"""What comes into the state's purse on a day, and what creditors are owed of it.

Relative to the first day, on which oil, gold, taxes and the usual credit bring in one month of spending a month
and the service of old debt.
"""

from __future__ import annotations

from typing import Any

from garrison.regime.compiled import compiled
from garrison.regime.economy.economy_record import DAYS_A_MONTH


@compiled
def _credit_line(economy: Any, purse: Any) -> float:
    """Give the share of income that the usual credit is: what oil and gold leave of it at most."""
    line: float = min(economy.credit_share, max(0.0, 1.0 - purse.oil - economy.gold_share))
    return line


@compiled
def credit_today(economy: Any, purse: Any, moved: float) -> float:
    r"""Say what is lent to the state on one day: the usual credit, and what levers add to it or take away.

    .. math:: C = \tfrac{1}{30} \max(0,\ (1 + d) k + \ell_c)

    Parameters
    ----------
    economy, purse
        Records of dtype `ECONOMY` and `PURSE`.
    moved
        What levers add, months of spending a month.

    Returns
    -------
    float
        Months of spending, 0 or more.

    Examples
    --------
    >>> from garrison.regime.economy.economy_record import economy_parameters
    >>> from garrison.regime.economy.purse import begin_economy
    >>> purse = begin_economy(1, hardship=0.5, pay=0.5, rents=0.5, oil=0.3, reserves=3.0)
    >>> credit_today(economy_parameters()[0], purse[0], -1.0)
    0.0
    """
    usual = (1.0 + economy.debt_service) * _credit_line(economy, purse)
    credit: float = max(0.0, usual + moved) / DAYS_A_MONTH
    return credit


@compiled
def income_today(economy: Any, purse: Any, oil: float, gold: float, tax: float, mobilised: float) -> float:
    r"""Say what oil, gold and taxes bring in on one day; those in the street pay no tax.

    .. math:: Y = \tfrac{1 + d}{30} \left(o f_o + g f_g + (1 - o - g - k) f_\tau
              (1 - \sigma (c - c_0))\right)

    Parameters
    ----------
    economy, purse
        Records of dtype `ECONOMY` and `PURSE`.
    oil, gold, tax
        Factor on each line of income, 0 or more; 1 as on the first day.
    mobilised
        Share of civilians in the street, 0 to 1.

    Returns
    -------
    float
        Months of spending, 0 or more; before debt service d, without the usual credit k.

    Examples
    --------
    >>> from garrison.regime.economy.economy_record import economy_parameters
    >>> from garrison.regime.economy.purse import begin_economy
    >>> purse = begin_economy(1, hardship=0.5, pay=0.5, rents=0.5, oil=0.3, reserves=3.0)
    >>> record = economy_parameters()[0]
    >>> round(30 * (income_today(record, purse[0], 1.0, 1.0, 1.0, 0.0) + credit_today(record, purse[0], 0.0)), 9)
    1.12
    """
    working = max(0.0, 1.0 - economy.strike_effect * (mobilised - purse.start_mobilised))
    gold_line = min(economy.gold_share, 1.0 - purse.oil)
    tax_line = 1.0 - purse.oil - gold_line - _credit_line(economy, purse)
    lines = purse.oil * oil + gold_line * gold + tax_line * tax * working
    income: float = (1.0 + economy.debt_service) / DAYS_A_MONTH * lines
    return income


@compiled
def debt_due_today(economy: Any, purse: Any, moved: float) -> float:
    r"""Say what creditors are owed today: the service of old debt, and of what was borrowed beyond the usual.

    .. math:: d_t = \tfrac{1}{30} \max\left(0,\ d + L_t (1 / m + i) + \ell_d\right)

    Parameters
    ----------
    economy, purse
        Records of dtype `ECONOMY` and `PURSE`.
    moved
        What levers add to debt service, months of spending a month; negative is a default.

    Returns
    -------
    float
        Months of spending, 0 or more. L is what was borrowed, m its maturity in months, i its interest a month.

    Examples
    --------
    >>> from garrison.regime.economy.economy_record import economy_parameters
    >>> from garrison.regime.economy.purse import begin_economy
    >>> purse = begin_economy(1, hardship=0.5, pay=0.5, rents=0.5, oil=0.3, reserves=3.0)
    >>> round(30 * debt_due_today(economy_parameters()[0], purse[0], 0.0), 9)
    0.12
    """
    service = purse.borrowed * (1.0 / economy.maturity + economy.interest)
    due: float = max(0.0, economy.debt_service + service + moved) / DAYS_A_MONTH
    return due
