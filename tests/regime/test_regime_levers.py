"""Levers: what they move and when, what their table promises, and what is refused."""

import tomllib
from datetime import date, datetime, timedelta
from importlib import resources

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from garrison.errors import DateError, ParameterError
from garrison.regime import Lever, known_conditions, known_levers, lever_effects
from garrison.regime.cohorts import COHORTS
from garrison.regime.levers import LONGEST_RAMP_DAYS
from garrison.regime.levers.known_levers import GROUPS, MOVED, SHAPES_IN_TIME, moved_things
from garrison.regime.tables import parameter_table

START = date(2020, 1, 1)
DAYS = 60
NOT_SHOWN_LIVE = {"repression", "control"}

LEVERS_OF_THE_DESIGN = [
    "raise_pay",
    "pay_arrears",
    "perks",
    "rents",
    "gold_concession",
    "export_gold",
    "food_programme",
    "rotate",
    "purge",
    "stack",
    "promote",
    "counter_intelligence",
    "quarter",
    "deploy_trusted",
    "order_passing",
    "steal_election",
    "patron_withdraws",
    "arm_militia",
    "raise_police",
    "order_repression",
    "lethality",
    "concede",
    "dialogue",
    "call_election",
    "release",
    "closure",
    "censor",
    "propaganda",
    "blackout",
    "print_money",
    "foreign_credit",
    "default",
    "sanctions_individual",
    "sanctions_financial",
    "recognition",
    "safe_exit",
    "amnesty",
    "extradite",
    "exit_ban",
    "family_threat",
    "call_to_rebel",
    "strike",
    "march",
    "womens_march",
    "fraternise",
    "violent_flank",
    "leak",
    "verify",
    "rumour",
    "pay",
    "food",
    "mobilisation",
    "concession",
]


@st.composite
def any_lever(draw, names=None):
    """A lever that is accepted, within the days."""
    known = known_levers()[draw(st.sampled_from(names or sorted(known_levers())))]
    size = draw(st.floats(known.low, known.high))
    first = START + timedelta(days=draw(st.integers(0, DAYS - 20)))
    believed = draw(st.floats(0, 1)) if known.pledge else 1.0
    return Lever(known.name, size, first, draw(st.integers(1, 20)), believed)


def within_limits(moved):
    """Hold sums as `lever_effects` promises to."""
    limits = np.array([(one.low, one.high) for one in moved_things().values()])
    return np.clip(moved, limits[:, 0], limits[:, 1])


# What is promised of time


@given(any_lever())
@settings(max_examples=150, deadline=None)
def test_nothing_moves_before_the_first_day(lever):
    effects = lever_effects([lever], start=START, days=DAYS)
    first = (lever.start - START).days
    assert effects.moved.shape == (DAYS, len(MOVED))
    assert effects.moved.flags.c_contiguous
    assert effects.moved.dtype == np.float64
    assert not effects.moved[:first].any()
    assert np.isfinite(effects.moved).all()


@given(any_lever())
@settings(max_examples=150, deadline=None)
def test_level_while_and_pulse_add_up_to_what_they_say(lever):
    """A level ends at its size; what holds during the ramp sums to size x ramp; a pulse sums to its size."""
    effects = lever_effects([lever], start=START, days=DAYS)
    once = {on for on, _, _ in known_levers()[lever.name].effects}
    assert len(once) == len(known_levers()[lever.name].effects), "each effect moves a thing of its own"
    after = (lever.start - START).days + lever.ramp_days
    for name, how, per_unit in known_levers()[lever.name].effects:
        column, thing = effects[name], moved_things()[name]
        size = per_unit * lever.size * lever.credibility
        assume(thing.low <= size <= thing.high)
        if how == "level":
            assert column[after - 1 :] == pytest.approx(size)
            assert (np.diff(np.abs(column)) >= -1e-12).all()
        else:
            assert not column[after:].any()
            total = size * lever.ramp_days if how == "while" else size
            assert column.sum() == pytest.approx(total)
    untouched = [place for place, name in enumerate(MOVED) if name not in once]
    assert not effects.moved[:, untouched].any()


@given(st.lists(any_lever(), max_size=4))
@settings(max_examples=100, deadline=None)
def test_effects_add_within_the_limits_of_what_they_move(levers):
    together = lever_effects(levers, start=START, days=DAYS).moved
    apart = sum((unheld(lever) for lever in levers), np.zeros((DAYS, len(MOVED))))
    assert np.allclose(together, within_limits(apart))
    assert np.allclose(together, lever_effects(levers[::-1], start=START, days=DAYS).moved)


def unheld(lever):
    """The same sum, by an own loop over days and without limits."""
    moved = np.zeros((DAYS, len(MOVED)))
    first = (lever.start - START).days
    for name, how, per_unit in known_levers()[lever.name].effects:
        for day in range(first, DAYS):
            done = day - first + 1
            running = done <= lever.ramp_days
            shape = {
                "level": min(done / lever.ramp_days, 1.0),
                "while": float(running),
                "pulse": running / lever.ramp_days,
            }[how]
            moved[day, MOVED.index(name)] += per_unit * lever.size * lever.credibility * shape
    return moved


def test_no_lever_moves_nothing():
    assert not lever_effects([], start=START, days=5).moved.any()


def test_two_orders_to_barracks_do_not_keep_more_than_all_troops_in():
    twice = [Lever("quarter", 0.8, START), Lever("quarter", 0.7, START)]
    assert lever_effects(twice, start=START, days=3)["quarter"].tolist() == [1.0, 1.0, 1.0]


# Credibility


@given(any_lever([name for name, one in known_levers().items() if one.pledge]))
@settings(max_examples=60, deadline=None)
def test_a_pledge_counts_as_far_as_it_is_believed(lever):
    sworn = Lever(lever.name, lever.size, lever.start, lever.ramp_days)
    whole = lever_effects([sworn], start=START, days=DAYS).moved
    assert np.allclose(lever_effects([lever], start=START, days=DAYS).moved, lever.credibility * whole)


def test_a_promise_that_nobody_believes_moves_nothing():
    empty = Lever("amnesty", 1.0, START, credibility=0)
    assert not lever_effects([empty], start=START, days=5).moved.any()


def test_credibility_of_what_is_no_pledge_is_refused_and_says_which_are():
    with pytest.raises(ParameterError, match=r"'food' is no pledge.*leave it out.*amnesty"):
        Lever("food", 0.2, START, credibility=0.5)
    assert Lever("food", 0.2, START, credibility=1).credibility == 1.0


# The table


def test_every_lever_of_the_design_is_there():
    assert set(LEVERS_OF_THE_DESIGN) <= set(known_levers())


def test_every_row_has_every_field_and_its_names_are_known():
    table = tomllib.loads(
        resources.files("garrison.regime.levers").joinpath("levers.toml").read_text("utf-8")
    )
    words = {"name", "meaning", "group", "unit", "range_reason", "source", "why"}
    fields = words | {"range", "sign", "pledge", "live", "effects"}
    for row in table["lever"]:
        assert set(row) == fields, row["name"]
        assert all(isinstance(row[key], str) and row[key].strip() for key in words), row["name"]
        assert row["sign"] in (-1, 0, 1)
        assert {type(row["pledge"]), type(row["live"])} == {bool}
        low, high = row["range"]
        assert low <= 0 < high, row["name"]
        assert row["group"] in GROUPS
        for effect in row["effects"]:
            assert set(effect) == {"on", "how", "per_unit"}
            assert effect["on"] in MOVED
            assert effect["how"] in SHAPES_IN_TIME
            assert effect["per_unit"] != 0
    assert len(table["lever"]) == len(known_levers()), "no name twice"
    assert {row["group"] for row in table["lever"]} == set(GROUPS)


def test_everything_that_can_be_moved_is_described_and_moved_by_some_lever():
    moved = {on for one in known_levers().values() for on, _, _ in one.effects}
    assert moved == set(MOVED)
    assert tuple(moved_things()) == MOVED
    for thing in moved_things().values():
        assert thing.low < 0.0 or thing.low == 0.0 < thing.high


def test_what_is_added_to_a_condition_bears_its_name():
    first_conditions = MOVED[: MOVED.index("push_civilians")]
    expected = set(known_conditions()) - {"identity", "vigilance", "oil", "reserves"}
    expected |= {f"identity_{cohort}" for cohort in COHORTS}
    assert set(first_conditions) == expected
    assert MOVED[18:22] == tuple(f"push_{cohort}" for cohort in COHORTS)


def test_no_effect_is_wider_than_the_range_of_the_condition_that_it_moves():
    for lever in known_levers().values():
        for on, _, per_unit in lever.effects:
            condition = known_conditions().get(on.split("_")[0] if on.startswith("identity_") else on)
            if condition:
                widest = abs(per_unit) * max(abs(lever.low), abs(lever.high))
                assert widest <= condition.high - condition.low, (lever.name, on)


def test_repression_purges_intelligence_and_plots_are_not_for_live_briefs():
    for lever in known_levers().values():
        if lever.group in NOT_SHOWN_LIVE or {"lethality", "plot"} & {on for on, _, _ in lever.effects}:
            assert not lever.live, lever.name
    assert {"purge", "counter_intelligence", "stack", "censor", "extradite", "exit_ban"} <= {
        name for name, one in known_levers().items() if not one.live
    }
    assert known_levers()["food"].live
    assert known_levers()["amnesty"].live


def test_the_printed_tables_name_every_lever_and_everything_moved():
    table = parameter_table()
    rows = table[table.index("### Levers") :].splitlines()
    printed = {line.split("|")[1].strip() for line in rows if line.startswith("| ")}
    assert set(known_levers()) | set(MOVED) <= printed
    assert len({line.count("|") for line in rows[2 : 4 + len(known_levers())] if line}) == 1


# What is read by name


def test_columns_are_read_by_index_and_by_attribute():
    effects = lever_effects([Lever("mobilisation", 2.0, START, 4)], start=START, days=20)
    assert effects.street_push.sum() == pytest.approx(2.0)
    assert effects.attendance[:4].tolist() == [1.0] * 4
    for name in MOVED:
        assert (effects[name] == getattr(effects, name)).all()
        assert (effects[name] == effects.moved[:, MOVED.index(name)]).all()
    with pytest.raises(ParameterError, match="Did you mean lethality"):
        effects["letality"]
    with pytest.raises(AttributeError, match="Did you mean hardship"):
        effects.hardshp  # noqa: B018 - reading it is the test


# What is refused


NUMBERS_THAT_ARE_NONE = [True, "0.3", None, [0.3], 0.3j]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Lever("payy", 0.1, START), "lever 'payy' is unknown. Did you mean pay"),
        (lambda: Lever("sanctions_finacial", 0.1, START), "Did you mean sanctions_financial"),
        (lambda: Lever("", 0.1, START), "lever '' is unknown"),
        (lambda: Lever("raise\npay", 0.1, START), "Did you mean raise_pay"),
        (lambda: Lever("purge", -0.1, START), "outside 0 to 1 .*: the index ends at 1"),
        (lambda: Lever(7, 0.1, START), "is not a word"),
        (
            lambda: Lever("pay", 3.0, START),
            r"outside -1 to 1 \(share of a full real wage\): pay lies between",
        ),
        (lambda: Lever("pay", float("nan"), START), "outside -1 to 1"),
        (lambda: Lever("pay", float("inf"), START), "outside -1 to 1"),
        (lambda: Lever("pay", 10**400, START), "outside -1 to 1"),
        (
            lambda: Lever("pay_arrears", 121, START),
            r"outside -120 to 120 \(days of pay\): .*four months without pay",
        ),
        (lambda: Lever("pay", 0.1, START, 0), "at least 1"),
        (lambda: Lever("pay", 0.1, START, -5), "at least 1"),
        (lambda: Lever("pay", 0.1, START, LONGEST_RAMP_DAYS + 1), "outside 1 to 3650"),
        (lambda: Lever("pay", 0.1, START, 2.5), "whole number of days"),
        (lambda: Lever("pay", 0.1, START, True), "whole number of days"),
        (lambda: Lever("amnesty", 0.1, START, credibility=1.2), r"credibility 1.2 is outside 0 .* to 1"),
        (lambda: Lever("amnesty", 0.1, START, credibility=-0.1), "credibility -0.1 is outside"),
        (lambda: Lever("amnesty", 0.1, START, credibility=float("nan")), "credibility nan is outside"),
        (lambda: Lever("amnesty", 0.1, START, credibility="high"), "credibility is 'high': give a number"),
        *[
            (lambda given=given: Lever("pay", given, START), "give a number")
            for given in NUMBERS_THAT_ARE_NONE
        ],
    ],
)
def test_bad_levers_are_named_with_their_fix_in_one_line(make, words):
    with pytest.raises(ParameterError, match=words) as caught:
        make()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("day", ["2020-01-01", None, 20200101, datetime(2020, 1, 1, 12)])
def test_a_start_that_is_no_day_is_refused(day):
    with pytest.raises(DateError, match="give a day, year-month-day"):
        Lever("pay", 0.1, day)


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2020, 1, 11), date.min, date.max])
def test_a_lever_outside_the_days_is_refused(day):
    with pytest.raises(DateError, match="outside the 10 days from 2020-01-01: move it"):
        lever_effects([Lever("pay", 0.1, day)], start=START, days=10)


@pytest.mark.parametrize("days", [0, -3])
def test_no_days_are_refused(days):
    with pytest.raises(ParameterError, match="at least 1 day"):
        lever_effects([], start=START, days=days)


@given(
    st.sampled_from(sorted(known_levers())),
    st.floats(allow_nan=True),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=True),
)
@settings(max_examples=200, deadline=None)
def test_whatever_is_given_is_accepted_or_refused_in_one_line(name, size, ramp, believed):
    known = known_levers()[name]
    usable = known.low <= size <= known.high and 1 <= ramp <= LONGEST_RAMP_DAYS
    if usable and 0 <= believed <= 1 and (known.pledge or believed == 1):
        lever = Lever(name, size, START, ramp, believed)
        assert np.isfinite(lever_effects([lever], start=START, days=3).moved).all()
    else:
        with pytest.raises(ParameterError, match=f"lever '{name}'") as refused:
            Lever(name, size, START, ramp, believed)
        assert "\n" not in str(refused.value)


# Conditions that the new drivers need


@pytest.mark.parametrize(
    ("name", "bounds", "wide", "reference"),
    [
        ("cohesion", (0, 1), (0.2, 0.8), 0.5),
        ("violence", (0, 1), (0, 0.4), 0.15),
        ("haven", (0, 1), (0, 0.6), 0.3),
        ("vigilance", (0, 1), (0, 0.4), 0.2),
        ("oil", (0, 0.9), (0, 0.6), 0.3),
        ("reserves", (0, 24), (0, 8), 3),
    ],
)
def test_the_conditions_of_the_design_have_their_ranges(name, bounds, wide, reference):
    condition = known_conditions()[name]
    assert (condition.low, condition.high) == bounds
    assert condition.wide == wide
    assert condition.reference == reference


def test_every_condition_holds_its_own_reference_and_wide_range():
    for one in known_conditions().values():
        assert one.low <= one.wide[0] <= one.reference <= one.wide[1] <= one.high, one.name
