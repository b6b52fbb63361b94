"""Laws of the economy: money is conserved, who is paid first, what delays and what prevents."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import ParameterError
from garrison.regime.economy import (
    begin_economy,
    economy_day,
    economy_parameters,
    economy_path,
    met_need,
)
from garrison.regime.economy.economy_record import SPENDING, economy_table
from garrison.regime.levers import MOVED

ECONOMY = economy_parameters()
MOVES = ("oil_income", "gold_income", "tax_income", "credit", "printed_money", "debt_service", "strike")
MOVES += ("output", "food_supply", "transfer", "prices", "hardship", "pay", "rents")
STOCKS = ("reserves", "borrowed", "arrears_of_pay", "arrears_of_rents")
FELT = ("hardship", "pay", "rents", "operations_paid")

shares = st.floats(0.0, 1.0)
days_of_levers = st.lists(
    st.tuples(st.integers(1, 40), st.dictionaries(st.sampled_from(MOVES), st.floats(-1.5, 1.5), max_size=6)),
    min_size=1,
    max_size=8,
)
starts = st.fixed_dictionaries(
    {
        "hardship": shares,
        "pay": shares,
        "rents": shares,
        "oil": st.floats(0.0, 0.9),
        "reserves": st.floats(0.0, 6.0),
        "mobilised": st.floats(0.0, 0.2),
    }
)


def begun(**changes):
    """A country in which everything hangs on oil, so that a shock reaches all lines; `changes` on top."""
    coded = {"hardship": 0.5, "pay": 0.6, "rents": 0.7, "oil": 0.9, "reserves": 0.0, "mobilised": 0.01}
    return begin_economy(1, **{**coded, **changes})


def rows(days, **levers):
    """Levers that hold from the first day to the last; a value may be an array over the days."""
    moved = np.zeros((days, len(MOVED)))
    for name, size in levers.items():
        moved[:, MOVED.index(name)] = size
    return moved


def laid_out(spells):
    """Rows of levers from (days, sizes) spells that follow each other."""
    return np.concatenate([rows(days, **sizes) for days, sizes in spells])


def street(days, seed=0, high=1.0):
    return np.random.default_rng(seed).uniform(0.0, high, days)


def calm(days):
    return np.full(days, 0.01)


def first_day(path, name):
    """The first day on which something is owed, or the length of the window."""
    owed = np.flatnonzero(path[name] > 1e-12)
    return int(owed[0]) if len(owed) else len(path)


# Nothing moves by itself


@given(starts, st.integers(1, 400))
@settings(max_examples=50, deadline=None)
def test_without_levers_everything_stays_where_it_was_coded(coded, days):
    path = economy_path(begin_economy(1, **coded), rows(days), np.full(days, coded["mobilised"]))
    for name in ("hardship", "pay", "rents"):
        assert np.abs(path[name] - coded[name]).max() <= 1e-12
    assert np.abs(path["reserves"] - coded["reserves"]).max() <= 1e-12
    assert np.abs(path["operations_paid"] - 1.0).max() <= 1e-12
    assert path["price"].tolist() == [1.0] * days
    assert max(path["arrears_of_pay"].max(), path["arrears_of_rents"].max()) <= 1e-12


# Money is conserved


@given(starts, days_of_levers, st.integers(0, 999))
@settings(max_examples=150, deadline=None)
def test_money_is_conserved_on_every_day(coded, spells, seed):
    moved = laid_out(spells)
    path = economy_path(begin_economy(1, **coded), moved, street(len(moved), seed))
    came = path["income"] + path["credit"] + path["printed"] + path["drawn"]
    missing = path["new_arrears"] + path["not_bought"]
    went = path["debt_paid"] + path["due"] + path["repaid"] + path["filled"]
    assert np.abs(came + missing - went).max() <= 1e-9


@given(starts, days_of_levers, st.integers(0, 999))
@settings(max_examples=100, deadline=None)
def test_stocks_change_by_their_flows_alone(coded, spells, seed):
    moved = laid_out(spells)
    path = economy_path(begin_economy(1, **coded), moved, street(len(moved), seed))
    reserves = np.concatenate([[coded["reserves"]], path["reserves"]])
    assert np.abs(np.diff(reserves) - (path["filled"] - path["drawn"])).max() <= 1e-9
    # Pay is owed in months of a nominal wage: what a month costs today turns it into money.
    owed = np.diff(path["arrears_of_rents"], prepend=0.0) * ECONOMY["spent_on_rents"]
    owed += np.diff(path["arrears_of_pay"], prepend=0.0) * ECONOMY["spent_on_pay"] / path["price"]
    assert np.abs(owed - (path["new_arrears"] - path["repaid"])).max() <= 1e-9


@given(starts, days_of_levers, st.integers(0, 999))
@settings(max_examples=150, deadline=None)
def test_nothing_leaves_its_bounds(coded, spells, seed):
    moved = laid_out(spells)
    path = economy_path(begin_economy(1, **coded), moved, street(len(moved), seed))
    for name in STOCKS:
        assert (path[name] >= 0.0).all()
    for name in FELT:
        assert ((path[name] >= 0.0) & (path[name] <= 1.0)).all()
    assert ((path["price"] > 0.0) & np.isfinite(path["price"])).all()
    # Reserves are spent before anything is owed, and filled only when nothing is owed any more.
    assert (np.minimum(path["reserves"], path["arrears_of_pay"]) <= 1e-9).all()


def test_a_purse_survives_levers_beyond_all_measure():
    for size in (-1e6, 1e6):
        for name in MOVES:
            path = economy_path(begun(), rows(60, **{name: size}), street(60))
            assert all(np.isfinite(path[field]).all() for field in path.dtype.names)


# Less income never helps


@given(starts, days_of_levers, st.integers(0, 999), st.floats(0.0, 1.0))
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("line", ["oil_income", "gold_income", "tax_income", "credit"])
def test_less_income_never_feeds_or_pays_anybody(line, coded, spells, seed, loss):
    more = laid_out(spells)
    # Credit has to be paid back, so less of it helps in the end: it is compared on its first day alone.
    more = more[:1] if line == "credit" else more
    less = more.copy()
    less[:, MOVED.index(line)] -= loss
    crowd = street(len(more), seed)
    rich = economy_path(begin_economy(1, **coded), more, crowd)
    poor = economy_path(begin_economy(1, **coded), less, crowd)
    assert (poor["pay"] <= rich["pay"] + 1e-9).all()
    assert (poor["rents"] <= rich["rents"] + 1e-9).all()
    assert (poor["hardship"] >= rich["hardship"] - 1e-9).all()
    assert (poor["operations_paid"] <= rich["operations_paid"] + 1e-9).all()
    assert (poor["reserves"] <= rich["reserves"] + 1e-9).all()


@given(starts, st.floats(0.0, 0.8), st.floats(0.0, 0.2))
@settings(max_examples=60, deadline=None)
def test_a_larger_crowd_costs_the_treasury(coded, crowd, more):
    moved = rows(1)
    small = economy_path(begin_economy(1, **coded), moved, np.array([crowd]))
    large = economy_path(begin_economy(1, **coded), moved, np.array([crowd + more]))
    assert large["income"][0] <= small["income"][0] + 1e-12


def test_a_strike_starves_the_purse_and_then_the_troops():
    """C17: who stops working pays no tax; on taxes alone a full strike ends in unpaid troops."""
    path = economy_path(begun(oil=0.0), rows(120, strike=1.0), calm(120))
    assert path["income"].max() < 0.1 / 30
    assert path["pay"][-1] < 0.3
    half = economy_path(begun(oil=0.0), rows(120, strike=0.5), calm(120))
    assert (half["pay"] >= path["pay"]).all()


# Who is paid first


@given(st.floats(0.0, 1.0), st.integers(1, 200))
@settings(max_examples=60, deadline=None)
def test_money_runs_out_from_the_last_line_to_the_first(loss, days):
    """C33: troops go unpaid only when neither food nor anything behind it is bought any more."""
    path = economy_path(begun(), rows(days, oil_income=-loss), calm(days))
    spent = {name: float(ECONOMY[name][0]) for name in SPENDING}
    available = path["income"] + path["credit"] - path["debt_paid"]
    for name, paid in zip(
        SPENDING, ("rents_paid", "", "operations_paid", "food_paid", "rest_paid"), strict=True
    ):
        expected = np.clip(available * 30, 0.0, spent[name])
        available = available - expected / 30
        if paid:
            today = 1.0 - (1.0 - path[paid][0]) * ECONOMY["rolling_days"][0]
            assert today == pytest.approx(expected[0] / spent[name], abs=1e-9)
        else:
            owed = days / 30 * (1.0 - expected[0] / spent[name])
            assert path["arrears_of_pay"][-1] == pytest.approx(owed, abs=1e-9)


def test_troops_are_paid_until_the_end():
    """H3: as oil falls, the rest is cut, then food, then operations, then pay, and rents last of all."""
    months = 36
    moved = rows(30 * months, oil_income=-np.linspace(0.0, 1.0, 30 * months))
    path = economy_path(begun(), moved, calm(len(moved)))
    cut = [int(np.argmax(path[name] < 1.0 - 1e-9)) for name in ("rest_paid", "food_paid", "operations_paid")]
    cut.append(first_day(path, "arrears_of_pay"))
    cut.append(first_day(path, "arrears_of_rents"))
    assert 0 < cut[0] < cut[1] < cut[2] < cut[3] < cut[4]
    assert path["rest_paid"][cut[3]] < 1e-3
    assert path["food_paid"][cut[3]] < 0.4


# Buying time


@pytest.mark.parametrize("helped", [{"reserves": 2.0}, {"credit": 0.5}])
def test_reserves_and_patrons_delay_and_do_not_prevent(helped):
    """C51 and H9: the first day of unpaid troops comes later, and comes."""
    collapse = {"oil_income": -0.95}
    alone = first_day(economy_path(begun(), rows(400, **collapse), calm(400)), "arrears_of_pay")
    # The patron lends for half a year, then no more.
    levers = {name: np.where(np.arange(400) < 180, size, 0.0) for name, size in helped.items()}
    reserves = levers.pop("reserves", np.zeros(1))[0]
    path = economy_path(begun(reserves=reserves), rows(400, **collapse, **levers), calm(400))
    assert alone + 30 < first_day(path, "arrears_of_pay") < 400


def test_more_reserves_buy_more_days():
    collapse = rows(1500, oil_income=-1.0)
    days = [
        first_day(economy_path(begun(reserves=months), collapse, calm(1500)), "arrears_of_pay")
        for months in (0.0, 1.0, 4.0, 12.0)
    ]
    assert days == sorted(set(days))
    assert days[-1] < 1500


def test_reserves_are_kept_for_those_who_keep_the_regime():
    """What food and the rest lack is covered in part, what the troops lack in full, while anything is left."""
    half = float(ECONOMY["reserves_half"][0])
    some = economy_path(begun(reserves=half), rows(1, oil_income=-0.3), calm(1))
    assert some["drawn"][0] == pytest.approx(some["not_bought"][0])
    assert some["new_arrears"][0] == 0.0
    collapse = economy_path(begun(reserves=half), rows(400, oil_income=-1.0), calm(400))
    unpaid = first_day(collapse, "arrears_of_pay")
    assert collapse["hardship"][30] > 0.5
    assert collapse["pay"][30] == pytest.approx(0.6)
    assert (collapse["reserves"][: unpaid - 1] > 0.0).all()
    assert collapse["reserves"][unpaid] == 0.0


def test_what_a_patron_lends_is_paid_back_with_interest():
    lent = rows(4000, credit=np.where(np.arange(4000) < 60, 0.5, 0.0))
    path = economy_path(begun(reserves=12.0), lent, calm(4000))
    usual = path["credit"][-1]
    assert (path["credit"] - usual).sum() == pytest.approx(1.0)
    assert path["borrowed"].max() == pytest.approx(1.0, abs=0.05)
    assert path["borrowed"][-1] < 0.05
    extra = (path["debt_paid"] - ECONOMY["debt_service"][0] / 30).sum()
    assert 1.0 < extra < 1.5
    assert path["reserves"][-1] < 12.0 < path["reserves"][59]


def test_a_default_frees_what_was_due_and_no_more():
    freed = economy_path(begun(reserves=1.0), rows(30, debt_service=-1.0), calm(30))
    assert freed["debt_paid"].max() == 0.0
    assert freed["reserves"][-1] == pytest.approx(1.0 + ECONOMY["debt_service"][0])


def test_arrears_are_paid_off_before_reserves_fill():
    oil = np.concatenate([np.full(120, -1.0), np.full(600, 0.5)])
    path = economy_path(begun(), rows(720, oil_income=oil), calm(720))
    assert path["arrears_of_pay"][119] > 1.0
    assert path["arrears_of_pay"][-1] == path["arrears_of_rents"][-1] == 0.0
    assert path["pay"][-1] == pytest.approx(0.6)
    filling = np.argmax(path["reserves"][120:] > 0) + 120
    assert path["arrears_of_pay"][filling] <= 1e-12
    assert path["arrears_of_pay"][filling - 1] > 0


def test_a_patron_who_withdraws_takes_the_usual_credit_and_no_more():
    gone = economy_path(begun(oil=0.5), rows(1, credit=-1.0), calm(1))
    usual = economy_path(begun(oil=0.5), rows(1), calm(1))
    assert gone["credit"][0] == 0.0
    share = (1.0 + ECONOMY["debt_service"][0]) * ECONOMY["credit_share"][0]
    assert gone["not_bought"][0] - usual["not_bought"][0] == pytest.approx(share / 30)


# Prices, food, envy


def test_printed_money_is_taken_back_by_prices():
    path = economy_path(begun(reserves=0.0, oil=0.3), rows(90, printed_money=0.2), calm(90))
    expected = np.exp(ECONOMY["price_elasticity"][0] * 0.2 * 3 / ECONOMY["money_base"][0])
    assert path["price"][-1] == pytest.approx(expected)
    assert (np.diff(path["price"]) > 0).all()
    assert (np.diff(path["pay"]) < 0).all()
    assert (np.diff(path["hardship"]) > 0).all()


def test_printing_pays_troops_today_where_there_is_no_other_money():
    """C50: that is why it is done."""
    collapse = economy_path(begun(), rows(90, oil_income=-1.0), calm(90))
    printing = economy_path(begun(), rows(90, oil_income=-1.0, printed_money=0.3), calm(90))
    assert printing["arrears_of_pay"][-1] < collapse["arrears_of_pay"][-1]
    assert printing["price"][-1] > collapse["price"][-1]


def test_perks_in_kind_do_not_lose_with_prices():
    """C34: what is left of pay when money is worth nothing is board, lodging and the commissary."""
    path = economy_path(begun(), rows(400, prices=0.05), calm(400))
    assert path["pay"][-1] == pytest.approx(0.6 * (1.0 - ECONOMY["wage_part"][0]), rel=1e-3)


def test_money_buys_nothing_where_there_is_nothing():
    """C57: with goods gone from the shelves, what is handed out does not feed anybody."""
    empty = {"food_supply": -1.0}
    without = economy_path(begun(), rows(60, **empty), calm(60))
    handed_out = economy_path(begun(), rows(60, transfer=0.5, **empty), calm(60))
    assert without["hardship"][-1] == handed_out["hardship"][-1] == 1.0
    plenty = economy_path(begun(), rows(60, transfer=0.5, food_supply=0.5), calm(60))
    assert plenty["hardship"][-1] < 0.5


@given(st.floats(0.0, 3.0), st.floats(0.0, 3.0), st.floats(0.0, 1.0))
@settings(max_examples=200, deadline=None)
def test_met_need_lies_near_the_scarcer_of_money_and_goods(money, goods, more):
    met = met_need(ECONOMY[0], money, goods)
    scarcer = min(money, goods)
    assert scarcer - 1e-12 <= met <= scarcer * 2.0 ** (1.0 / ECONOMY["either_way"][0]) + 1e-12
    assert met == pytest.approx(met_need(ECONOMY[0], goods, money), abs=1e-12)
    assert met_need(ECONOMY[0], money + more, goods) >= met - 1e-12


def test_met_need_is_the_smaller_of_the_two_in_the_limit():
    sharp = economy_parameters({"either_way": 50.0})[0]
    for money, goods in ((0.2, 0.9), (1.5, 0.7), (1.0, 1.0)):
        # 2 ** (1 / 50) is 1.4 per cent above 1.
        assert met_need(sharp, money, goods) == pytest.approx(min(money, goods), rel=0.015)


def test_rents_promised_above_make_pay_look_smaller():
    envied = economy_path(begun(), rows(1, rents=0.2), calm(1))
    assert envied["pay"][0] == pytest.approx(0.6 / (1.0 + 0.2 * ECONOMY["relative_deprivation"][0]))
    assert envied["rents"][0] == pytest.approx(0.9)
    lowered = economy_path(begun(), rows(1, rents=-0.2), calm(1))
    assert lowered["pay"][0] == pytest.approx(0.6)


@pytest.mark.parametrize(("name", "base"), [("hardship", 0.5), ("pay", 0.6), ("rents", 0.7)])
@pytest.mark.parametrize("size", [-0.1, 0.1])
def test_a_lever_on_a_condition_adds_to_it(name, base, size):
    path = economy_path(begun(), rows(3, **{name: size}), calm(3))
    assert path[name].tolist() == pytest.approx([base + size] * 3)


# One day, its path, its parameters


def test_a_path_is_its_days_one_after_the_other():
    moved = rows(50, oil_income=-0.7, printed_money=0.1)
    crowd = street(50, high=0.1)
    path = economy_path(begun(), moved, crowd)
    purse = begun()
    for day in range(50):
        felt = economy_day(ECONOMY[0], purse[0], moved[day], crowd[day])
        assert felt == tuple(path[day][name] for name in FELT)
        assert purse[0] == path[day]


def test_a_path_leaves_its_start_alone():
    start = begun()
    before = start.copy()
    economy_path(start, rows(10, oil_income=-1.0), calm(10))
    assert start[0] == before[0]


def test_every_parameter_is_grounded_and_within_its_range():
    for name, row in economy_table().items():
        assert row["range"][0] <= row["value"] <= row["range"][1], name
        assert all(row[key].strip() for key in ("unit", "source", "why")), name


@pytest.mark.parametrize("name", sorted(set(economy_table()) - set(SPENDING)))
def test_every_parameter_does_something(name):
    """Each moves at least one thing that people feel, under levers that use all of the economy."""
    levers = {"oil_income": -0.9, "printed_money": 0.05, "credit": 0.1, "gold_income": -0.5, "rents": 0.1}
    # A collapse; then prices that lose all meaning; then prices that fall to the floor.
    levers["prices"] = np.repeat([0.0, 1.5, -2.0], [200, 30, 70])
    levers["transfer"] = 0.1
    moved, crowd = rows(300, **levers), np.full(300, 0.05)
    usual = economy_path(begun(oil=0.8, reserves=0.5), moved, crowd)
    differences = []
    for value in economy_table()[name]["range"]:
        other = economy_path(begun(oil=0.8, reserves=0.5), moved, crowd, economy_parameters({name: value}))
        differences += [np.abs(other[felt] - usual[felt]).max() for felt in FELT]
    assert max(differences) > 1e-9


def test_parameters_that_cannot_be_are_refused_with_the_way_out():
    with pytest.raises(ParameterError, match="Did you mean money_base"):
        economy_parameters({"money_bas": 1.0})
    with pytest.raises(ParameterError, match=r"outside 0\.5 to 12"):
        economy_parameters({"money_base": 0.0})
    with pytest.raises(ParameterError, match="sum to 1"):
        economy_parameters({"spent_on_food": 0.3})


@pytest.mark.parametrize(
    ("name", "value"), [("oil", 1.2), ("pay", -0.1), ("reserves", -1.0), ("rents", np.nan)]
)
def test_a_start_that_cannot_be_is_refused(name, value):
    with pytest.raises(ParameterError, match=name):
        begun(**{name: value})
