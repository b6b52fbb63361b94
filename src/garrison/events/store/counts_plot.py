"""Counts of events drawn: lines over time, else bars from zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from garrison.errors import ParameterError
from garrison.figures import draw_series, draw_totals

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from garrison.events.store.counts import Counts

_TIMES = ("day", "week", "month", "year")
#: So many kinds are drawn apart, the largest; the rest is drawn as one.
_LINES, _BARS = 5, 15


def draw(counts: Counts, ax: Axes | None = None) -> Axes:
    """Draw counts on axes.

    Raises
    ------
    ParameterError
        If there is nothing to draw.
    """
    if not len(counts):
        raise ParameterError("there are no events to draw; ask for fewer conditions")
    if ax is None:
        from matplotlib.figure import Figure

        ax = Figure(figsize=(8, 4.5), layout="constrained").subplots()
    frame = counts.to_frame()
    time = next((key for key in counts.by if key in _TIMES), None)
    kinds = [key for key in counts.by if key != time]
    names = _names(frame, kinds)
    if time is None:
        totals = (
            frame.groupby(names, sort=False)["n_events"].sum().sort_values(ascending=False, kind="stable")
        )
        return draw_totals(ax, totals.to_numpy()[:_BARS], list(totals.index[:_BARS]))
    steps = _steps(frame[time], time)
    values = frame.assign(name=names, step=steps).pivot_table(
        index="name", columns="step", values="n_events", aggfunc="sum", fill_value=0
    )
    days = np.array(sorted(_between(steps, time)), dtype="datetime64[D]")
    values = values.reindex(columns=days.tolist(), fill_value=0)
    order = values.sum(axis=1).sort_values(ascending=False, kind="stable").index
    shown = [values.loc[name].to_numpy() for name in order[:_LINES]]
    labels = [str(name) for name in order[:_LINES]]
    if len(order) > _LINES:
        shown.append(values.loc[order[_LINES:]].sum(axis=0).to_numpy())
        labels.append(f"{len(order) - _LINES} others")
    return draw_series(ax, days, np.array(shown), labels if kinds else ["events"])


def _names(frame: Any, kinds: list[str]) -> Any:
    if not kinds:
        return np.array(["events"] * len(frame), dtype=object)
    parts = [frame[key].astype(object).where(frame[key].notna(), "not told").astype(str) for key in kinds]
    found = parts[0]
    for part in parts[1:]:
        found = found + ", " + part
    return found.to_numpy(dtype=object)


def _steps(column: Any, time: str) -> list[Any]:
    from datetime import date

    return [date(int(value), 1, 1) for value in column] if time == "year" else list(column)


def _between(steps: list[Any], time: str) -> set[Any]:
    """Give every step from the first to the last: where none is counted, there were no events."""
    from datetime import timedelta

    first, last = min(steps), max(steps)
    if time in ("day", "week"):
        width = 1 if time == "day" else 7
        return {first + timedelta(days=days) for days in range(0, (last - first).days + 1, width)}
    months = range(
        first.year * 12 + first.month - 1, last.year * 12 + last.month, 12 if time == "year" else 1
    )
    return {first.replace(year=month // 12, month=month % 12 + 1) for month in months}
