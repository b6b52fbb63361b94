"""Each drawing shows the numbers that it is given, on the axes that it is given."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from garrison.figures import (
    PALETTE,
    draw_bars,
    draw_dots,
    draw_fan,
    draw_timeline,
    frame_fan,
    mark_days,
    month_starts,
    stack_heights,
)


@pytest.fixture
def ax() -> Axes:
    return Figure().subplots()


@given(st.integers(0, 100), st.integers(0, 100))
def test_dots_fill_as_many_as_told(n_filled: int, n_upper: int) -> None:
    ax = draw_dots(Figure().subplots(), n_filled, 100, n_upper=n_upper)
    by_face = {str(line.get_markerfacecolor()): len(line.get_xdata()) for line in ax.lines}
    assert by_face.get(PALETTE["accent"], 0) == n_filled
    assert by_face.get(PALETTE["band50"], 0) == max(0, n_upper - n_filled)
    assert sum(by_face.values()) == 100


def test_fan_bands_are_nested_and_in_percent(ax: Axes) -> None:
    days = np.arange(-5, 6)
    quantiles = np.linspace(0.1, 0.5, 5)[:, None] * np.ones(days.size)
    assert draw_fan(ax, days, quantiles) is ax
    spans = [
        (band.get_paths()[0].vertices[:, 1].min(), band.get_paths()[0].vertices[:, 1].max())
        for band in ax.collections
    ]
    np.testing.assert_allclose(spans, [(10, 50), (20, 40), (10, 50), (20, 40)])


def test_fan_is_solid_before_today_and_dashed_after(ax: Axes) -> None:
    draw_fan(ax, np.arange(-5, 6), np.full((5, 11), 0.2))
    before, after = ax.lines
    assert (before.get_linestyle(), max(before.get_xdata())) == ("-", 0)
    assert (after.get_linestyle(), min(after.get_xdata())) == ("--", 0)


def test_fan_of_the_past_alone_has_no_future(ax: Axes) -> None:
    draw_fan(ax, np.arange(-5, 0), np.full((5, 5), 0.2))
    assert [line.get_linestyle() for line in ax.lines] == ["-"]


def test_frame_leaves_room_for_a_line_at_zero(ax: Axes) -> None:
    bottom, top = frame_fan(ax, today_name="today", top=40).get_ylim()
    assert bottom < 0 < top == 40


@given(st.lists(st.tuples(st.integers(-30, 0), st.integers(0, 3)), min_size=1, max_size=40))
def test_marks_never_hide_one_another(events: list[tuple[int, int]]) -> None:
    days, lanes = np.array(events).T
    heights = stack_heights(days, lanes)
    assert len({(day, round(height, 9)) for day, height in zip(days.tolist(), heights, strict=True)}) == len(
        days
    )
    assert (np.abs(heights - lanes) <= 0.4).all()


def test_timeline_tells_read_from_known_and_likely_from_not(ax: Axes) -> None:
    days = np.array([[-3, -3], [-2, -2], [-1, -1], [0, 0]])
    draw_timeline(
        ax,
        days,
        np.zeros(4, dtype=int),
        np.array([0.9, 0.1, 0.9, 0.1]),
        np.array([True, True, False, False]),
        ["dissent"],
    )
    marks = {
        int(line.get_xdata()[0]): (line.get_marker(), to_hex(line.get_markerfacecolor()))
        for line in ax.lines
        if line.get_marker() in ("o", "D")
    }
    assert marks == {
        -3: ("D", PALETTE["accent"]),
        -2: ("D", PALETTE["paper"]),
        -1: ("o", PALETTE["quiet"]),
        0: ("o", PALETTE["paper"]),
    }


def test_timeline_draws_a_span_over_its_days(ax: Axes) -> None:
    draw_timeline(
        ax,
        np.array([[-9, -4]]),
        np.array([0]),
        np.array([0.9]),
        np.array([True]),
        ["dissent"],
        names_inside=True,
    )
    assert any(list(line.get_xdata()) == [-9, -4] for line in ax.lines)
    assert [text.get_text() for text in ax.texts] == ["dissent"]


def test_bars_without_a_band_are_points(ax: Axes) -> None:
    draw_bars(ax, np.array([1.0, 2.0]), np.array([[0.5, 3.0], [np.nan, np.nan]]), ["pay", "food"])
    lengths = [len(line.get_xdata()) for line in ax.lines]
    assert lengths == [2, 1, 1]


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(-400, -1), st.integers(1, 400))
def test_month_marks_are_first_days_and_few(origin: date, first: int, last: int) -> None:
    marks = month_starts(origin, first, last)
    assert len(marks) <= 7
    assert all(first <= mark <= last for mark in marks)
    assert all(date.fromordinal(origin.toordinal() + mark).day == 1 for mark in marks)


def test_a_short_window_is_marked_at_its_ends(ax: Axes) -> None:
    mark_days(ax, date(2017, 5, 20), -7, 3)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["13 May", "23 May"]
