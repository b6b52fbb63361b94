"""How well forecasts rank: the areas under the precision-recall and the ROC curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from garrison.errors import TableError
from garrison.scoring.forecast_rows import Floats, both_classes, forecast_rows


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well forecasts rank, with the rate of events without which the first number says nothing.

    `pr_auc` is `base_rate` for a forecast that cannot rank, `roc_auc` 1/2; both are 1 for a perfect one.
    """

    pr_auc: float
    base_rate: float
    roc_auc: float
    n_events: int
    n_rows: int

    @property
    def lift(self) -> float:
        """By how many times the precision-recall area exceeds that of forecasts that cannot rank."""
        return self.pr_auc / self.base_rate


def ranking(p: ArrayLike, outcomes: ArrayLike) -> Ranking:
    """Say how well forecasts rank rows, whatever their level.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.

    Returns
    -------
    Ranking
        `pr_auc` first, with the base rate; `roc_auc` second.

    Raises
    ------
    TableError
        If a probability is outside [0, 1], an outcome is neither 0 nor 1, a number is missing, there is no row, the
        two differ in length, or there are no events or no non-events.

    Examples
    --------
    >>> ranking([0.9, 0.8, 0.2, 0.1], [1, 0, 1, 0])
    Ranking(pr_auc=0.8333333333333333, base_rate=0.5, roc_auc=0.75, n_events=2, n_rows=4)
    """
    probabilities, happened = forecast_rows(p, outcomes)
    return Ranking(
        pr_auc=float(pr_auc(probabilities, happened)),
        base_rate=float(happened.mean()),
        roc_auc=float(roc_auc(probabilities, happened)),
        n_events=int(happened.sum()),
        n_rows=len(happened),
    )


def pr_auc(p: ArrayLike, outcomes: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Give the area under the precision-recall curve, as average precision.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.
    weights
        (row,) or (draw, row), 0 or more: how often each row counts. None counts each once.

    Returns
    -------
    array of float
        () or (draw,): Σ_t (R_t - R_t-1) P_t over thresholds t, the step under which no point is interpolated (Davis and
        Goadrich 2006, section 3, say why not); rows with equal forecasts stand at one threshold. Its floor is the base
        rate. NaN in a draw that holds no event or nothing else.

    Raises
    ------
    TableError
        As `ranking` does; if the weights do not fit.

    Examples
    --------
    >>> float(pr_auc([0.9, 0.8, 0.2, 0.1], [1, 0, 1, 0]).round(4))
    0.8333
    """
    events, others, lone = _by_threshold(p, outcomes, weights)
    found, called = np.cumsum(events, axis=1), np.cumsum(events + others, axis=1)
    precision = np.divide(found, called, out=np.zeros_like(found), where=called > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        area: Floats = (events * precision).sum(axis=1) / found[:, -1]
    area[~(others.sum(axis=1) > 0)] = np.nan
    return area[0] if lone else area


def roc_auc(p: ArrayLike, outcomes: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Give the area under the ROC curve: how often an event had a higher forecast than a non-event.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.
    weights
        (row,) or (draw, row), 0 or more: how often each row counts. None counts each once.

    Returns
    -------
    array of float
        () or (draw,): P(p of an event > p of a non-event) + P(equal) / 2 (Hanley and McNeil 1982, equation 1); 1/2 for
        forecasts that cannot rank. NaN in a draw that holds no event or nothing else.

    Raises
    ------
    TableError
        As `ranking` does; if the weights do not fit.

    Notes
    -----
    It does not see the level of forecasts, and over many countries it mostly tells calm ones from troubled ones.

    Examples
    --------
    >>> float(roc_auc([0.9, 0.8, 0.2, 0.1], [1, 0, 1, 0]))
    0.75
    """
    events, others, lone = _by_threshold(p, outcomes, weights)
    below = others.sum(axis=1, keepdims=True) - np.cumsum(others, axis=1)
    with np.errstate(invalid="ignore"):
        area: Floats = (events * (below + others / 2)).sum(axis=1) / (events.sum(axis=1) * others.sum(axis=1))
    return area[0] if lone else area


def _by_threshold(
    p: ArrayLike, outcomes: ArrayLike, weights: ArrayLike | None
) -> tuple[Floats, Floats, bool]:
    """Weights of events and of other rows in segments of falling forecasts, (draw, segment); and if one draw."""
    probabilities, happened = forecast_rows(p, outcomes)
    both_classes(happened, "a ranking")
    counted = np.ones(len(happened)) if weights is None else np.asarray(weights, dtype=np.float64)
    lone = counted.ndim == 1
    counted = counted[None, :] if lone else counted
    if counted.ndim != 2 or counted.shape[1] != len(happened):
        raise TableError(
            f"weights have the shape {counted.shape}: give {len(happened)} a draw, one for each row."
        )
    if not (counted.min(initial=0.0) >= 0.0 and counted.max(initial=0.0) < np.inf):
        raise TableError("weights: each is a finite number, 0 or more.")
    order = np.argsort(-probabilities, kind="stable")
    falling, hits = probabilities[order], np.flatnonzero(happened[order])
    starts, with_events = _segments(falling, hits)
    counted = np.take(counted, order, axis=1)
    events = np.zeros((len(counted), len(starts)))
    first_of_equals = np.flatnonzero(np.diff(falling[hits], prepend=np.inf))
    events[:, with_events] = np.add.reduceat(counted[:, hits], first_of_equals, axis=1)
    counted[:, hits] = 0.0
    return events, np.add.reduceat(counted, starts, axis=1), lone


def _segments(falling: Floats, hits: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Cut falling forecasts where an event's threshold begins and ends, as neither area sees other cuts.

    Gives where segments start, and which of them hold events.
    """
    thresholds = np.flatnonzero(np.diff(falling, prepend=np.inf))
    called = np.unique(np.searchsorted(thresholds, hits, side="right") - 1)
    ends = thresholds[called[called + 1 < len(thresholds)] + 1]
    starts = np.unique(np.concatenate([[0], thresholds[called], ends]))
    return starts, np.searchsorted(starts, thresholds[called])


def precision_recall_points(p: ArrayLike, outcomes: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Give the precision-recall curve to draw.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.

    Returns
    -------
    tuple of three arrays of float
        `recall`, rising from 0 to 1, `precision` and the `threshold` at or above which a row is called an event;
        (point,) each. Draw it as steps, with a line at the base rate.

    Raises
    ------
    TableError
        As `ranking` does.

    Examples
    --------
    >>> recall, precision, _ = precision_recall_points([0.9, 0.8, 0.2], [1, 0, 1])
    >>> recall, precision.round(3)
    (array([0. , 0.5, 0.5, 1. ]), array([1.   , 1.   , 0.5  , 0.667]))
    """
    from sklearn.metrics import precision_recall_curve

    probabilities, happened = forecast_rows(p, outcomes)
    both_classes(happened, "a ranking")
    precision, recall, threshold = precision_recall_curve(happened, probabilities)
    return recall[::-1], precision[::-1], np.concatenate([[np.inf], threshold[::-1]])


def roc_points(p: ArrayLike, outcomes: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Give the ROC curve to draw.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.

    Returns
    -------
    tuple of three arrays of float
        `false_alarms` (share of non-events called), `hits` (share of events called), each rising from 0 to 1, and the
        `threshold` at or above which a row is called an event; (point,) each.

    Raises
    ------
    TableError
        As `ranking` does.

    Examples
    --------
    >>> false_alarms, hits, _ = roc_points([0.9, 0.8, 0.2], [1, 0, 1])
    >>> false_alarms, hits
    (array([0., 0., 1., 1.]), array([0. , 0.5, 0.5, 1. ]))
    """
    from sklearn.metrics import roc_curve

    probabilities, happened = forecast_rows(p, outcomes)
    both_classes(happened, "a ranking")
    false_alarms, hits, threshold = roc_curve(happened, probabilities, drop_intermediate=False)
    return false_alarms, hits, threshold
