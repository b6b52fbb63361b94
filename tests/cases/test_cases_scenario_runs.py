"""Scenarios simulated and compared: common random numbers, honest intervals, results whichever way they fall."""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import garrison
from garrison.cases import (
    Arm,
    Expectation,
    Scenario,
    compare,
    difference_lines,
    hypothesis_files,
    hypothesis_table,
    judge,
    load_scenario,
    measure,
    outcome_names,
    run_hypothesis,
    simulate,
    summary_lines,
)
from garrison.cases.scenarios.intervals import mean_interval, paired_share_interval, share_interval
from garrison.cases.scenarios.outcome_measures import ENDS, later_than
from garrison.cases.scenarios.scenario_draws import draw_regimes, layout_of, run_arm, under_arm
from garrison.cases.scenarios.summary import drawn_total
from garrison.errors import ParameterError, UndefinedError
from garrison.regime import Lever

START = date(2017, 5, 7)
BASE = Scenario("base", START, 60, runs=200, conditions={"hardship": (0.5, 0.9), "pay": (0.2, 0.6)})
HUNGRY = Arm("hunger", conditions={"hardship": (0.95, 0.95)})


@pytest.fixture(scope="module")
def hungry():
    return compare(replace(BASE, arms=(HUNGRY,)))


# Intervals: oracles and the pass rate of a perfect system.


@given(st.integers(1, 400), st.data())
def test_an_interval_of_a_share_holds_the_share_and_mirrors(n_runs: int, data: st.DataObject) -> None:
    n_hits = data.draw(st.integers(0, n_runs))
    low, high = share_interval(n_hits, n_runs)
    assert 0 <= low <= n_hits / n_runs <= high <= 1
    other_low, other_high = share_interval(n_runs - n_hits, n_runs)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low))


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 300))
def test_a_paired_interval_holds_the_difference_and_mirrors(n_gained: int, n_lost: int, n_same: int) -> None:
    n_runs = n_gained + n_lost + n_same + 1
    low, high = paired_share_interval(n_gained, n_lost, n_runs)
    difference = (n_gained - n_lost) / n_runs
    assert -1 <= low <= difference + 1e-9
    assert difference - 1e-9 <= high <= 1
    assert low < high
    assert paired_share_interval(n_lost, n_gained, n_runs) == pytest.approx((-high, -low), abs=1e-9)


def test_a_paired_interval_is_the_score_test_turned_round() -> None:
    # Where nothing is lost, b = c under the null is McNemar's test: at delta = 0 the score is (b - c)/sqrt(b + c).
    low, _ = paired_share_interval(27, 9, 500)
    z = (27 - 9) / math.sqrt(27 + 9)
    assert (low > 0) == (z > 1.6449)
    low, _ = paired_share_interval(23, 12, 500)
    assert (low > 0) == ((23 - 12) / math.sqrt(35) > 1.6449)


def test_a_paired_interval_covers_as_often_as_it_says() -> None:
    # 2,000 draws of 300 pairs each; a perfect 90% interval covers 1,800 with a standard error of 13.4. The score
    # interval is known to err by up to two points for rare events, so four standard errors are allowed.
    random = np.random.default_rng(1)
    gained, lost = 0.03, 0.01
    counts = random.multinomial(300, [gained, lost, 1 - gained - lost], size=2000)
    bounds = [paired_share_interval(int(b), int(c), 300) for b, c, _ in counts]
    covered = sum(low <= gained - lost <= high for low, high in bounds)
    assert abs(covered - 1800) <= 4 * 13.4


def test_an_interval_of_a_mean_covers_as_often_as_it_says() -> None:
    random = np.random.default_rng(2)
    bounds = [mean_interval(random.normal(3.0, 2.0, 100)) for _ in range(2000)]
    covered = sum(low <= 3.0 <= high for low, high in bounds)
    assert abs(covered - 1800) <= 4 * 13.4


# Simulating.


def test_same_seed_same_runs_and_replicates_do_not_hang_on_their_number() -> None:
    few, many = simulate(BASE, runs=20), simulate(BASE, runs=60)
    assert np.array_equal(few.visible, many.visible[:20])
    assert np.array_equal(few.break_day, many.break_day[:20])
    assert np.array_equal(few.visible, simulate(BASE, runs=20).visible)
    assert not np.array_equal(few.visible, simulate(BASE, runs=20, seed=2).visible)


def test_the_package_offers_it_by_the_names_of_the_documentation(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text('schema = 1\nname = "x"\nstart = 2017-05-07\ndays = 20\nruns = 30\n', encoding="utf8")
    scenario = garrison.load_scenario(path)
    runs = garrison.simulate(scenario, runs=25, seed=3)
    assert (len(runs), runs.days, runs.seed) == (25, 20, 3)
    assert np.array_equal(runs.belief, garrison.simulate(str(path), runs=25, seed=3).belief)
    found = garrison.compare(path, levers=[Lever("raise_pay", 0.3, START)])
    assert found.names == ("as it stands", "what if")


def test_conditions_lie_in_the_ranges_that_were_set() -> None:
    regimes = draw_regimes(BASE)
    for name, (low, high) in BASE.conditions.items():
        assert ((regimes.conditions[name] >= low) & (regimes.conditions[name] <= high)).all()
    moved = under_arm(regimes, BASE, Arm("x", conditions={"hardship": (0.6, 0.8)}))
    # The same quantile of another range: the same draw of the same country.
    assert moved.conditions["hardship"] == pytest.approx(
        0.6 + (regimes.conditions["hardship"] - 0.5) / 0.4 * 0.2, abs=1e-12
    )
    assert np.array_equal(moved.conditions["pay"], regimes.conditions["pay"])
    assert np.array_equal(moved.replicate, regimes.replicate)


def test_an_arm_at_the_same_conditions_is_the_same_country() -> None:
    regimes = draw_regimes(replace(BASE, runs=40))
    again = under_arm(regimes, BASE, Arm("x", conditions=dict(BASE.conditions)))
    assert np.allclose(again.rest.shares, regimes.rest.shares, atol=1e-9)
    mine = run_arm(regimes, BASE, Arm("y"))
    assert np.array_equal(mine.break_day, run_arm(again, BASE, Arm("y")).break_day)


def test_a_lever_changes_nothing_before_its_day() -> None:
    late = Lever("march", 2.0, date(2017, 6, 1))
    found = compare(replace(BASE, runs=50), levers=[late])
    before, after = (found.arms[name].visible for name in found.names)
    day = (late.start - START).days
    assert np.array_equal(before[:, :day], after[:, :day])
    assert not np.array_equal(before[:, day:], after[:, day:])


def test_every_outcome_can_be_read_off(hungry) -> None:
    runs = hungry.arms["as it stands"]
    for name in outcome_names():
        found = measure(name).of(runs)
        assert found.shape == (len(runs),), name
        defined = found[np.isfinite(found)]
        assert len(defined) == len(runs) or measure(name).partial, name
        if measure(name).binary:
            assert set(np.unique(defined)) <= {0.0, 1.0}, name
    ended = sum(measure(f"p_end {how}").of(runs) for how in ENDS)
    assert np.array_equal(ended, measure("p_end").of(runs))
    assert np.array_equal(measure("p_break").of(runs) == 1, runs.break_day >= 0)


def test_order_of_two_classes_is_read_off_the_days(hungry) -> None:
    runs = hungry.arms["hunger"]
    order = later_than(runs, 2, 1)
    reverse = later_than(runs, 1, 2)
    assert np.array_equal(np.isnan(order), np.isnan(reverse))
    assert np.allclose((order + reverse)[~np.isnan(order)], 1.0)


def test_drawn_counts_scatter_around_their_rates(hungry) -> None:
    runs = hungry.arms["as it stands"]
    many = run_arm(draw_regimes(replace(BASE, runs=2000, days=14)), replace(BASE, days=14), Arm("x"))
    drawn, mean = drawn_total(many, "protests"), many.protests_rate.sum(axis=1, dtype=float)
    assert np.array_equal(drawn, np.round(drawn))
    assert (drawn >= 0).all()
    # size 2 a week: variance of a week's count is mean + mean^2/2; the sum of all runs has this standard error.
    weeks = np.stack([many.protests_rate[:, :7].sum(axis=1), many.protests_rate[:, 7:].sum(axis=1)]).astype(
        float
    )
    error = math.sqrt(float((weeks + weeks**2 / 2).sum()))
    assert abs(drawn.sum() - mean.sum()) <= 4 * error
    assert np.array_equal(drawn_total(runs, "deaths"), drawn_total(runs, "deaths"))


# Comparing.


def test_hunger_breaks_more_and_the_interval_is_of_the_same_runs(hungry) -> None:
    found = hungry.effect("p_break")
    before, after = (hungry.arms[name].break_day >= 0 for name in hungry.names)
    assert found.difference == pytest.approx(after.mean() - before.mean())
    assert found.low <= found.difference <= found.high
    unpaired = 1.645 * math.sqrt(before.var() / len(before) + after.var() / len(after))
    assert found.high - found.low < 2.2 * unpaired
    assert hungry.effect("visible troops").difference > 0
    assert hungry.effect("p_break", "as it stands").difference == 0


def test_a_comparison_prints_short_draws_itself_and_saves(hungry, tmp_path: Path) -> None:
    assert len(repr(hungry).splitlines()) <= 10
    assert "<li>" in hungry._repr_html_()
    frame = hungry.to_frame()
    assert set(frame["arm"]) == {"as it stands", "hunger"}
    for suffix in (".csv", ".json", ".parquet"):
        assert hungry.save(tmp_path / f"x{suffix}").stat().st_size > 0
    words = "\n".join(difference_lines(hungry))
    assert "p_break" in words
    assert "deaths, median and 90% band" in words
    assert "who moved" in words


def test_a_second_scenario_is_an_arm_of_the_first() -> None:
    small = replace(BASE, runs=40)
    march = Lever("march", 2.0, START)
    found = compare(small, replace(small, name="march", levers=(march,)))
    assert np.array_equal(found.arms["march"].visible, compare(small, levers=[march]).arms["what if"].visible)
    with pytest.raises(ParameterError, match="differ in days"):
        compare(small, replace(small, name="longer", days=61))
    with pytest.raises(ParameterError, match="put the smaller one first"):
        compare(replace(small, levers=(march,)), replace(small, name="none"))
    with pytest.raises(ParameterError, match="nothing else is asked"):
        compare(small)


def test_what_is_wrong_with_a_comparison_is_said(hungry) -> None:
    with pytest.raises(ParameterError, match="Did you mean p_break"):
        hungry.effect("p_brake")
    with pytest.raises(ParameterError, match="Did you mean hunger"):
        hungry.effect("p_break", "hungre")
    with pytest.raises(ParameterError, match="outside"):
        compare(BASE, levers=[Lever("march", 1.0, date(2019, 1, 1))])
    with pytest.raises(ParameterError, match=r"condition 'pay' is 1.4"):
        compare(BASE, conditions={"pay": 1.4})


def test_regimes_that_are_not_quiet_under_an_arm_are_counted() -> None:
    found = compare(replace(BASE, runs=100), conditions={"hardship": 1.0, "pay": 0.0, "control": 0.0})
    assert found.n_not_quiet("as it stands") == 0
    n_moved = found.n_not_quiet("what if")
    assert 0 < n_moved <= 100
    assert any(line.startswith(f"{n_moved} of 100 regimes") for line in difference_lines(found))


def test_repression_purge_and_intelligence_show_the_deaths_beside() -> None:
    small = replace(BASE, runs=40)
    harsh = replace(small, levers=(Lever("purge", 0.5, START), Lever("order_repression", 0.5, START)))
    (warning,) = [line for line in summary_lines(simulate(harsh)) if line.startswith("WARNING")]
    assert "purge" in warning
    assert "deaths" in warning
    assert not [line for line in summary_lines(simulate(small)) if line.startswith("WARNING")]
    found = difference_lines(compare(small, levers=harsh.levers))
    assert any(line.startswith("WARNING") for line in found)
    assert any(line.startswith("deaths, median") for line in found)


def test_the_chance_of_a_break_comes_first_and_the_reproduction_number_explains() -> None:
    lines = summary_lines(simulate(BASE, runs=100))
    assert lines[0].startswith("P(break within 30 days)")
    number = next(index for index, line in enumerate(lines) if line.startswith("R_D"))
    assert number == len(lines) - 2
    assert "forecasts nothing" in lines[number]


@pytest.mark.slow
def test_shifts_and_the_full_layout_are_simulated() -> None:
    above = replace(BASE, runs=20, days=20, shifts={"elite": {"identity": -0.3}})
    regimes = draw_regimes(above)
    assert regimes.layout.class_shifts["elite"]["identity"] == -0.3
    full = replace(above, country="VEN", layout="full", runs=3)
    # Drawn on four cohorts and laid out afterwards: admission on 220 cohorts is the business of the stability room.
    few = draw_regimes(replace(BASE, runs=3))
    runs = run_arm(few, full, Arm("x", shifts={"Zulia": {"hardship": 0.1}}))
    assert runs.parameters.layout.n_cohorts == 220
    assert runs.visible.shape == (3, 20, 4)
    zulia = next(place for place in runs.parameters.layout.places if place.name == "Zulia")
    plain = next(place for place in layout_of(full).places if place.name == "Zulia")
    assert zulia.shifts["hardship"] == pytest.approx(plain.shifts.get("hardship", 0.0) + 0.1)


# Hypotheses.


def judged(comparison, **changes):
    item = replace(Expectation("p_break", 1, "hunger", "as it stands"), **changes)
    return judge(replace(comparison, scenario=replace(comparison.scenario, expectations=(item,))))


def test_a_hypothesis_falls_whichever_way_the_runs_do(hungry) -> None:
    assert judged(hungry).speaks == "for"
    assert judged(hungry, sign=-1).speaks == "against"
    assert judged(hungry, sign=0, within=0.9).speaks == "for"
    assert judged(hungry, sign=0, within=0.0001).speaks == "against"
    assert judged(hungry, arm="as it stands", than=0.9, sign=-1).speaks == "for"
    assert judged(hungry, arm="as it stands", than=0.9, sign=1).speaks == "against"
    assert judged(hungry, arm="as it stands").speaks == "undecided"
    assert judged(hungry, within=0.9).speaks == "against"
    assert judge(hungry).speaks == "cannot be tested"
    both = (
        Expectation("p_break", 1, "hunger", "as it stands"),
        Expectation("p_break", -1, "hunger", "as it stands"),
    )
    assert judge(replace(hungry, scenario=replace(hungry.scenario, expectations=both))).speaks == "mixed"


def test_what_is_not_defined_is_said_to_be(hungry) -> None:
    calm = compare(replace(BASE, runs=20, days=10), levers=[Lever("raise_pay", 0.3, START)])
    with pytest.raises(UndefinedError, match="simulate more runs"):
        calm.value("foreseen")
    result = judge(
        replace(
            calm,
            scenario=replace(calm.scenario, expectations=(Expectation("foreseen", -1, "what if", 0.5),)),
        )
    )
    assert result.findings[0].speaks == "not defined"
    assert result.speaks == "undecided"


@pytest.mark.slow
@pytest.mark.parametrize("name", list(hypothesis_files()))
def test_every_bundled_hypothesis_runs_and_is_printed(name: str) -> None:
    result = run_hypothesis(name, runs=200)
    told = load_scenario(f"hypothesis:{name}").hypothesis
    words = "\n".join(result.lines())
    print(words)
    assert told is not None
    assert told.statement in words
    assert "In these runs the model speaks:" in words
    table = hypothesis_table([result])
    assert table.splitlines()[2].startswith(f"| {told.id} |")
    assert len(result.findings) == len(result.comparison.scenario.expectations)


@settings(deadline=None, max_examples=15)
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_the_foreseen_chance_is_a_chance(quick: float, slow: float) -> None:
    from garrison.cases.scenarios.foresight import foreseen

    low, high = sorted((quick, slow))
    runs = simulate(replace(BASE, runs=60, days=40, conditions={"hardship": (low, high), "pay": (0.1, 0.3)}))
    for found in (foreseen(runs), foreseen(runs, everywhere=True)):
        defined = found[np.isfinite(found)]
        assert ((defined >= 0) & (defined <= 1)).all()
