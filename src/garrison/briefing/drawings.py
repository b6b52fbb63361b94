"""The drawings of the page, made from its content."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from garrison.briefing.content import Bands, BriefContent, DissentSeries, Headline, LeverEffect, TimelineEvent
from garrison.briefing.frequency import dots
from garrison.briefing.limits import limits
from garrison.briefing.words import Words
from garrison.figures import draw_bars, draw_dots, draw_fan, draw_timeline, frame_fan, mark_days, to_svg
from garrison.vocabulary import event_type

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Kinds of events from the top of the timeline to its bottom: what the page asks about comes first.
LANES = ("dissent", "control", "repression", "protest", "politics", "foreign", "hardship")


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawings as SVG elements; an empty text where there is nothing to draw."""

    dots: str
    rules: str
    timeline_wide: str
    timeline_narrow: str
    fans: tuple[tuple[str, str], ...]
    levers: str


def draw_page(content: BriefContent, words: Words) -> Drawings:
    """Draw everything that a page shows.

    Parameters
    ----------
    content
        What the page says.
    words
        The language of labels and descriptions.

    Returns
    -------
    Drawings
        One SVG element a drawing.
    """
    as_of = content.header.as_of
    top = _common_top(content.dissent)
    days = content.headline.horizon_days
    return Drawings(
        dots=_dots(content.headline, words),
        rules=_rules(content.headline, words) if content.headline.rules else "",
        timeline_wide=_timeline(content.timeline, as_of, words, narrow=False),
        timeline_narrow=_timeline(content.timeline, as_of, words, narrow=True),
        fans=tuple(_fans(series, as_of, top, words) for series in content.dissent),
        levers=_levers(content.levers, days, words) if content.levers else "",
    )


def _dots(headline: Headline, words: Words) -> str:
    chance = headline.chance
    count = dots(chance.p, chance.band90[1] if chance.band90 else None)
    columns = 20 if count.n_dots == 100 else 50
    draw = partial(
        draw_dots, n_filled=count.n_filled, n_dots=count.n_dots, n_upper=count.n_upper, columns=columns
    )
    title = words.say("headline.dots_title", filled=count.n_filled, all=f"{count.n_dots:,}")
    return to_svg(
        draw,
        320,
        84 if columns == 20 else 136,
        name="drawing-dots",
        title=title,
        description=words.chance(chance.p),
    )


def _rules(headline: Headline, words: Words) -> str:
    """Draw the chance under each rule, for the horizon that is nearest to the headline's window."""
    horizon = min(
        (days for days, _ in headline.rules[0].chances), key=lambda days: abs(days - headline.horizon_days)
    )
    chances = [dict(rule.chances)[horizon] for rule in headline.rules]
    values = np.array([100 * chance.p for chance in chances])
    bands = np.array([[100 * end for end in chance.band90 or (np.nan, np.nan)] for chance in chances])

    def draw(ax: Axes) -> None:
        used = [rule.used for rule in headline.rules]
        draw_bars(ax, values, bands, [rule.name for rule in headline.rules], accented=used)
        ax.set_xlim(left=0)
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}%")

    title = words.say("headline.rules_figure", days=horizon)
    description = "; ".join(
        f"{rule.name}: {words.chance(chance.p)}" for rule, chance in zip(headline.rules, chances, strict=True)
    )
    return to_svg(
        draw, 400, 50 + 34 * len(headline.rules), name="drawing-rules", title=title, description=description
    )


def _timeline(events: tuple[TimelineEvent, ...], as_of: date, words: Words, *, narrow: bool) -> str:
    first = -limits().timeline_days
    shown = [event for event in events if (event.date_end - as_of).days >= first]
    if not shown:
        return ""
    ends = [[(day - as_of).days for day in (event.date_start, event.date_end)] for event in shown]
    days = np.clip(np.array(ends), first, 0)
    groups = [event_type(event.type).group for event in shown]
    present = [lane for lane in LANES if lane in groups]
    lanes = np.array([present.index(group) for group in groups])
    chances = np.array([event.p_happened for event in shown])
    read = np.array([not event.from_case for event in shown])
    start = min(int(days.min()), -14) - 2

    def draw(ax: Axes) -> None:
        names = [words.say(f"timeline.{lane}") for lane in present]
        draw_timeline(ax, days, lanes, chances, read, names, names_inside=narrow)
        mark_days(ax, as_of, start, 2, months=words.table["months"])

    width, lane_height = (350, 62) if narrow else (980, 44)
    name = "drawing-timeline-narrow" if narrow else "drawing-timeline-wide"
    span = words.say(
        "timeline.figure", first=words.day(as_of + timedelta(days=int(days.min()))), last=words.day(as_of)
    )
    counts = "; ".join(f"{words.say(f'timeline.{lane}')}: {groups.count(lane)}" for lane in present)
    return to_svg(draw, width, 40 + lane_height * len(present), name=name, title=span, description=counts)


def _rows(bands: Bands) -> np.ndarray[Any, Any]:
    return np.stack([bands.low90, bands.low50, bands.median, bands.high50, bands.high90])


def _common_top(dissent: tuple[DissentSeries, ...]) -> float:
    """Find the upper end, in percent, of an axis that holds every fan."""
    highest = max(
        (
            float(np.max(bands.high90, initial=0.0))
            for series in dissent
            for bands in (
                series.hidden_so_far,
                series.hidden_ahead,
                series.visible_so_far,
                series.visible_ahead,
            )
        ),
        default=0.0,
    )
    return min(100.0, max(10.0, 10 * float(np.ceil(11 * highest))))


def _fans(series: DissentSeries, as_of: date, top: float, words: Words) -> tuple[str, str]:
    """Draw hidden and visible dissent side by side: over one another, wide bands would hide each other."""
    return (
        _fan(series.cohort, "hidden", (series.hidden_so_far, series.hidden_ahead), as_of, top, words),
        _fan(series.cohort, "visible", (series.visible_so_far, series.visible_ahead), as_of, top, words),
    )


def _fan(cohort: str, kind: str, parts: tuple[Bands, Bands], as_of: date, top: float, words: Words) -> str:
    so_far, ahead = parts
    later = ahead.days > 0
    days = np.concatenate([so_far.days, ahead.days[later]])
    shares = np.concatenate([_rows(so_far), _rows(ahead)[:, later]], axis=1)
    name = words.say(f"dissent.{kind}")

    def draw(ax: Axes) -> None:
        draw_fan(ax, days, shares, hue="accent" if kind == "hidden" else "warm", name=name)
        frame_fan(ax, today_name=words.say("dissent.today"), top=top)
        mark_days(ax, as_of, min(int(days[0]), -1), max(int(days[-1]), 1), months=words.table["months"])

    title = words.say("dissent.figure", cohort=words.say(f"dissent.{cohort}"), kind=name)
    return to_svg(draw, 400, 220, name=f"drawing-{cohort}-{kind}", title=title, description="")


def _levers(levers: tuple[LeverEffect, ...], days: int, words: Words) -> str:
    values = np.array([100 * (lever.p_after - lever.p_before) for lever in levers])
    bands = np.array([[100 * end for end in lever.change90] for lever in levers])

    def draw(ax: Axes) -> None:
        draw_bars(ax, values, bands, [_wrapped(lever.name) for lever in levers], reference=0)
        ax.set_xlabel(words.say("levers.axis"))
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:+g}".replace("-", "−") if value else "0")

    title = words.say("levers.figure", days=days)
    return to_svg(draw, 400, 64 + 44 * len(levers), name="drawing-levers", title=title, description="")


def _wrapped(name: str, width: int = 22) -> str:
    """Break a long name over two lines, so that it leaves room for the drawing."""
    lines = textwrap.wrap(name, width)
    return "\n".join(lines[:2]) + (" …" if len(lines) > 2 else "")
