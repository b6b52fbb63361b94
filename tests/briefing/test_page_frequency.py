"""A probability is said as a frequency that is near it, in words from one table, and in honest dots."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.briefing import dots, frequency, percent, percent_range, points, words

CHANCES = st.floats(0, 1)


@given(st.floats(0.001, 0.1))
def test_one_in_n_is_within_13_percent(p: float) -> None:
    said = frequency(p)
    assert said.n == 1
    assert said.n / said.of == pytest.approx(p, rel=0.13)


@given(st.floats(0.1, 0.975))
def test_so_many_in_twenty_is_within_two_and_a_half_points(p: float) -> None:
    said = frequency(p)
    assert said.n / said.of == pytest.approx(p, abs=0.0251)
    assert said.of <= 20


@given(CHANCES, CHANCES)
def test_a_larger_chance_never_reads_as_smaller(first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert frequency(low).n / frequency(low).of <= frequency(high).n / frequency(high).of + 1e-12


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.0, "less than 1 in 1,000"),
        (0.021, "1 in 50"),
        (0.046, "1 in 20"),
        (0.125, "1 in 8"),
        (0.5, "1 in 2"),
        (0.75, "3 in 4"),
        (0.98, "49 in 50"),
        (1.0, "more than 999 in 1,000"),
    ],
)
def test_known_frequencies(p: float, said: str) -> None:
    assert words("en").frequency(p) == said


@given(CHANCES, st.floats(0, 1))
def test_dots_are_nearest_whole_dots(p: float, upper: float) -> None:
    count = dots(p, upper)
    assert abs(count.n_filled - p * count.n_dots) <= 0.5 + 1e-9
    assert abs(count.n_upper - upper * count.n_dots) <= 0.5 + 1e-9
    assert 0 <= count.n_filled <= count.n_dots


def test_a_chance_above_half_a_percent_is_never_drawn_as_none() -> None:
    assert dots(0.005).n_filled == 1


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="no probability"):
        frequency(wrong)
    with pytest.raises(ValueError, match="no probability"):
        dots(wrong)


@given(CHANCES)
def test_percent_reads_back(p: float) -> None:
    text = percent(p)
    if text[0] in "<>":
        assert p < 0.001 or p > 0.999
    else:
        assert float(text.removesuffix("%")) / 100 == pytest.approx(p, abs=0.0051)


def test_ranges_and_points() -> None:
    assert percent_range(0.0131, 0.0426) == "1.3–4.3%"
    assert points(-0.012) == "−1.2"


@given(CHANCES, CHANCES)
def test_words_of_probability_cover_everything_in_order(first: float, second: float) -> None:
    said = words("en")
    order = [row["words"] for row in said.table["probability"]]
    low, high = sorted((first, second))
    assert order.index(said.probability(low)) <= order.index(said.probability(high))
