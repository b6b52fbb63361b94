"""The economy of a regime in plain NumPy: a second writing of its equations, for all runs at once.

Written from the equations in the docstrings of `garrison.regime.economy`, `purse` and `state_income`; it shares with
them the table of parameters and nothing else.
"""

import numpy as np

DAYS_A_MONTH = 30.0


class PlainEconomy:
    """Prices, income, the order of spending, arrears, and what people feel of it; every array is (run,)."""

    def __init__(self, parameters, economy, mobilised):
        conditions, n_runs = parameters.conditions, len(parameters)
        self.of = {name: float(economy[name][0]) for name in economy.dtype.names}
        self.start = {name: conditions[name] for name in ("hardship", "pay", "rents", "oil")}
        self.start["mobilised"] = mobilised
        self.log_price, self.price = np.zeros(n_runs), np.ones(n_runs)
        self.reserves = conditions["reserves"].astype(float).copy()
        self.borrowed = np.zeros(n_runs)
        self.arrears = {"rents": np.zeros(n_runs), "pay": np.zeros(n_runs)}
        self.paid = {name: np.ones(n_runs) for name in ("rents", "operations", "food", "rest")}
        self.line_of_credit = np.minimum(
            self.of["credit_share"], np.maximum(0.0, 1.0 - conditions["oil"] - self.of["gold_share"])
        )

    def live_one_day(self, moved, mobilised):
        """Earn, spend, owe; give hardship, pay, rents and the paid share of operations, each (run,)."""
        of = self.of
        printed = max(0.0, moved["printed_money"]) / DAYS_A_MONTH
        change = of["price_elasticity"] * printed / of["money_base"] + moved["prices"]
        self.log_price = np.clip(self.log_price + change, of["lowest_log_price"], of["highest_log_price"])
        self.price = np.exp(self.log_price)
        usual = (1.0 + of["debt_service"]) * self.line_of_credit
        credit = np.maximum(0.0, usual + moved["credit"]) / DAYS_A_MONTH
        service = self.borrowed * (1.0 / of["maturity"] + of["interest"])
        debt_due = np.maximum(0.0, of["debt_service"] + service + moved["debt_service"]) / DAYS_A_MONTH
        cash = self._income(moved, mobilised) + credit + printed
        debt_paid = np.minimum(debt_due, cash + self.reserves)
        paid_share = np.divide(debt_paid, debt_due, out=np.zeros_like(debt_due), where=debt_due > 0)
        beyond_usual = np.maximum(0.0, credit - usual / DAYS_A_MONTH)
        instalment = self.borrowed / of["maturity"] / DAYS_A_MONTH * paid_share
        self.borrowed = np.maximum(0.0, self.borrowed + beyond_usual - instalment)
        self._spend(cash - debt_paid)
        return self._felt(moved)

    def _income(self, moved, mobilised):
        of, oil = self.of, self.start["oil"]
        gold = np.minimum(of["gold_share"], 1.0 - oil)
        tax = 1.0 - oil - gold - self.line_of_credit
        working = np.maximum(0.0, 1.0 - of["strike_effect"] * (mobilised - self.start["mobilised"]))
        at_work = 1.0 - min(1.0, max(0.0, moved["strike"]))
        lines = oil * max(0.0, 1.0 + moved["oil_income"]) + gold * max(0.0, 1.0 + moved["gold_income"])
        lines = lines + tax * max(0.0, 1.0 + moved["tax_income"]) * at_work * working
        return (1.0 + of["debt_service"]) / DAYS_A_MONTH * lines

    def _spend(self, money):
        """Pay in order of priority, draw on reserves, settle what is owed from before with what is left."""
        of = self.of
        real = {"rents": 1.0, "pay": self.price, "operations": 1.0, "food": 1.0, "rest": self.price}
        due = {name: of[f"spent_on_{name}"] / DAYS_A_MONTH / price for name, price in real.items()}
        first = due["rents"] + due["pay"] + due["operations"]
        others = due["food"] + due["rest"]
        lacking_first = np.maximum(0.0, first - money)
        lacking_others = np.maximum(0.0, others - np.maximum(0.0, money - first))
        willing = self.reserves / (self.reserves + of["reserves_half"])
        drawn = np.minimum(self.reserves, lacking_first + willing * lacking_others)
        self.reserves = self.reserves - drawn
        left = np.maximum(0.0, money + drawn)
        for name in due:
            spent = np.minimum(left, due[name])
            left = left - spent
            share = spent / due[name]
            if name in self.arrears:
                self.arrears[name] = self.arrears[name] + (1.0 - share) / DAYS_A_MONTH
            if name in self.paid:
                self.paid[name] = self.paid[name] + (share - self.paid[name]) / of["rolling_days"]
        for name in ("rents", "pay"):
            a_month = DAYS_A_MONTH * due[name]
            settled = np.minimum(left, self.arrears[name] * a_month)
            self.arrears[name] = np.maximum(0.0, self.arrears[name] - settled / a_month)
            left = left - settled
        self.reserves = self.reserves + left

    def _felt(self, moved):
        of, start = self.of, self.start
        met_at_first = 1.0 - start["hardship"]
        handed_out = np.where(
            met_at_first > 0, moved["transfer"] / np.where(met_at_first > 0, met_at_first, 1), 0
        )
        incomes = 1.0 - of["public_wages"] * (1.0 - self.paid["rest"]) + np.maximum(0.0, handed_out)
        grown = (1.0 - of["imported_food"]) * max(0.0, 1.0 + moved["output"])
        there_is = np.maximum(0.0, of["imported_food"] * self.paid["food"] + grown + moved["food_supply"])
        can_buy = incomes / self.price
        scarcer, other = np.minimum(can_buy, there_is), np.maximum(can_buy, there_is)
        ratio = np.divide(scarcer, other, out=np.zeros_like(other), where=other > 0)
        met = scarcer * (2.0 / (1.0 + ratio ** of["either_way"])) ** (1.0 / of["either_way"])
        hardship = start["hardship"] + met_at_first * (1.0 - met) + moved["hardship"]
        on_time = of["arrears_half"] / (of["arrears_half"] + self.arrears["pay"])
        worth = of["wage_part"] * on_time / self.price + (1.0 - of["wage_part"]) * self.paid["operations"]
        fair = 1.0 + of["relative_deprivation"] * max(0.0, moved["rents"])
        pay = start["pay"] * worth / fair + moved["pay"]
        rents = start["rents"] * self.paid["rents"] + moved["rents"]
        return *(np.clip(felt, 0.0, 1.0) for felt in (hardship, pay, rents)), self.paid["operations"]
