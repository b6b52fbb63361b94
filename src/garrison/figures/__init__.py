"""Arrays in, drawings out: the figures of page, notebook and dashboard, in one language of shapes.

A chance is dots (`draw_dots`); a share over time is a fan of 50% and 90% bands, solid so far and dashed ahead
(`draw_fan`, `frame_fan`); what happened when stands in lanes (`draw_timeline`); estimates that are compared lie
under one another with their bands (`draw_bars`); counts are lines over time (`draw_series`) or bars
from zero (`draw_totals`). Each takes Matplotlib axes and returns them. `to_svg` makes a
drawing part of a page, `save_picture` a file of its own. Matplotlib is imported when something is drawn.
"""

from garrison.figures.bars import draw_bars
from garrison.figures.days import mark_days, month_starts
from garrison.figures.dots import draw_dots
from garrison.figures.fan import FAN_PROBABILITIES, draw_fan, frame_fan
from garrison.figures.palette import PALETTE, colour
from garrison.figures.picture import check_picture, save_picture
from garrison.figures.series import draw_series, draw_totals
from garrison.figures.svg import to_svg
from garrison.figures.timeline import draw_timeline, stack_heights

__all__ = [
    "FAN_PROBABILITIES",
    "PALETTE",
    "check_picture",
    "colour",
    "draw_bars",
    "draw_dots",
    "draw_fan",
    "draw_series",
    "draw_timeline",
    "draw_totals",
    "frame_fan",
    "mark_days",
    "month_starts",
    "save_picture",
    "stack_heights",
    "to_svg",
]
