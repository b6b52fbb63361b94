"""Arrays in, drawings out: the figures of page, notebook and dashboard, in one language of shapes.

A chance is dots (`draw_dots`); a share over time is a fan of 50% and 90% bands, solid so far and dashed ahead
(`draw_fan`, `frame_fan`); what happened when stands in lanes (`draw_timeline`); estimates that are compared lie
under one another with their bands (`draw_bars`). Each takes Matplotlib axes and returns them. `to_svg` makes a
drawing part of a page. Matplotlib is imported when something is drawn.
"""

from garrison.figures.bars import draw_bars
from garrison.figures.days import mark_days, month_starts
from garrison.figures.dots import draw_dots
from garrison.figures.fan import FAN_PROBABILITIES, draw_fan, frame_fan
from garrison.figures.palette import PALETTE, colour
from garrison.figures.svg import to_svg
from garrison.figures.timeline import draw_timeline, stack_heights

__all__ = [
    "FAN_PROBABILITIES",
    "PALETTE",
    "colour",
    "draw_bars",
    "draw_dots",
    "draw_fan",
    "draw_timeline",
    "frame_fan",
    "mark_days",
    "month_starts",
    "stack_heights",
    "to_svg",
]
