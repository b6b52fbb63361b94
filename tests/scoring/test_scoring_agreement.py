"""Krippendorff's alpha and Cohen's kappa: the published worked example, laws, and counting every pair."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.errors import TableError
from garrison.scoring import cohen_kappa, differ, krippendorff_alpha, set_distance

SETS = st.frozensets(st.sampled_from("ABCD"))


def test_the_published_example_of_nominal_data() -> None:
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: four observers, twelve units,
    # missing values left out; alpha of the nominal data is .743.
    table = [
        ["1", "2", "3", "3", "2", "1", "4", "1", "2", ".", ".", "."],
        ["1", "2", "3", "3", "2", "2", "4", "1", "2", "5", ".", "3"],
        [".", "3", "3", "3", "2", "3", "4", "2", "2", "5", "1", "."],
        ["1", "2", "3", "3", "2", "4", "4", "1", "2", "5", "1", "."],
    ]
    units = [[row[unit] for row in table if row[unit] != "."] for unit in range(12)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)


def by_counting(units: list[list[str]]) -> float:
    values = [value for unit in units for value in unit]
    within = sum(
        sum(differ(one, other) for one, other in permutations(unit, 2)) / (len(unit) - 1) for unit in units
    ) / len(values)
    among = [differ(one, other) for one, other in permutations(values, 2)]
    return 1.0 if not sum(among) else 1.0 - within / (sum(among) / len(among))


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=2, max_size=4), min_size=1, max_size=12))
def test_alpha_is_what_counting_every_pair_gives(units: list[list[str]]) -> None:
    assert krippendorff_alpha(units) == pytest.approx(by_counting(units))


@given(SETS, SETS)
def test_the_distance_of_sets_is_a_distance(one: frozenset[str], other: frozenset[str]) -> None:
    assert set_distance(one, other) == set_distance(other, one)
    assert 0.0 <= set_distance(one, other) <= 1.0
    assert (set_distance(one, other) == 0.0) == (one == other)


def test_agreement_needs_two_codings() -> None:
    with pytest.raises(TableError, match="two coders"):
        krippendorff_alpha([["a"], ["b"]])


PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=20)


@given(PAIRS)
def test_kappa_is_what_drawing_at_random_gives(pairs: list[tuple[str, str]]) -> None:
    # Chance: any unit's value of the one against any unit's value of the other.
    chance = sum(one == other for one, _ in pairs for _, other in pairs) / len(pairs) ** 2
    observed = sum(one == other for one, other in pairs) / len(pairs)
    expected = 1.0 if chance == 1 else (observed - chance) / (1 - chance)
    assert cohen_kappa(pairs) == pytest.approx(expected)
    assert cohen_kappa([(other, one) for one, other in pairs]) == pytest.approx(expected)
    assert cohen_kappa(pairs) <= 1.0 + 1e-12


def test_kappa_of_nothing_is_refused() -> None:
    assert cohen_kappa([("a", "a"), ("a", "a")]) == 1.0
    with pytest.raises(ValueError, match="two coders"):
        cohen_kappa([])
