"""What happened when: one lane a kind of event, one mark an event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from garrison.figures.palette import colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Marks of one lane and day stand over one another; a full stack takes this share of its lane.
_STACK_SHARE = 0.8


def stack_heights(days: NDArray[Any], lanes: NDArray[Any]) -> NDArray[np.float64]:
    """Spread the marks that share a lane and a day over the height of the lane.

    Parameters
    ----------
    days
        Day of each event, shape (event,).
    lanes
        Lane of each event, 0 at the top, shape (event,).

    Returns
    -------
    ndarray
        Vertical place of each mark, shape (event,): within 0.4 of its lane's middle, no two the same in one stack.

    Examples
    --------
    >>> stack_heights(np.array([1, 1, 2]), np.array([0, 0, 0])).round(2).tolist()
    [0.2, -0.2, 0.0]
    """
    heights = np.asarray(lanes, dtype=float).copy()
    stacks: dict[tuple[int, int], list[int]] = {}
    for index, (day, lane) in enumerate(zip(days.tolist(), lanes.tolist(), strict=True)):
        stacks.setdefault((int(day), int(lane)), []).append(index)
    for members in stacks.values():
        for place, index in enumerate(members):
            heights[index] += _STACK_SHARE * (0.5 - (place + 0.5) / len(members))
    return heights


def draw_timeline(
    ax: Axes,
    days: NDArray[np.integer[Any]],
    lanes: NDArray[np.integer[Any]],
    chances: NDArray[np.floating[Any]],
    from_text: NDArray[np.bool_],
    lane_names: Sequence[str],
    *,
    names_inside: bool = False,
) -> Axes:
    """Draw events by day in lanes: filled if likelier than not, hollow else; the accent for what was read here.

    Parameters
    ----------
    ax
        Axes to draw on.
    days
        First and last day of each event, shape (event, 2); the mark stands on the last, a line on all.
    lanes
        Lane of each event, shape (event,); lane 0 is the top one.
    chances
        The chance in [0, 1] that each event happened, shape (event,).
    from_text
        True for an event read in the reports, False for one from a case, shape (event,).
    lane_names
        The lanes from top to bottom.
    names_inside
        Write the names into the lanes, not beside them: for narrow screens.

    Returns
    -------
    Axes
        The same axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = draw_timeline(Figure().subplots(), np.array([[0, 0], [1, 2]]), np.array([0, 1]),
    ...                    np.array([0.9, 0.2]), np.array([True, False]), ["protest", "dissent"])
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['protest', 'dissent']
    """
    first, last = np.asarray(days).T
    heights = stack_heights(last, np.asarray(lanes))
    for start, end, height, read in zip(first, last, heights, from_text, strict=True):
        if start < end:
            ax.plot([start, end], [height, height], color=colour("band50" if read else "rule"), linewidth=1.5)
    for read, hue, marker, size in ((False, "quiet", "o", 5.5), (True, "accent", "D", 6.5)):
        for likely in (False, True):
            chosen = (np.asarray(from_text) == read) & ((np.asarray(chances) >= 0.5) == likely)
            if chosen.any():
                face = colour(hue) if likely else colour("paper")
                ax.plot(
                    last[chosen], heights[chosen], marker, markersize=size, color=face, mec=colour(hue), mew=1
                )
    for lane in range(len(lane_names) - 1):
        ax.axhline(lane + 0.5, color=colour("rule"), linewidth=0.8, zorder=0)
    ax.set_ylim(len(lane_names) - 0.5, -0.5)
    if names_inside:
        ax.set_yticks([])
        for lane, name in enumerate(lane_names):
            ax.annotate(
                name,
                (0, lane - 0.5),
                (0, -11),
                xycoords=ax.get_yaxis_transform(),
                textcoords="offset points",
                color=colour("quiet"),
            )
    else:
        ax.set_yticks(range(len(lane_names)), lane_names)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(length=0)
    return ax
