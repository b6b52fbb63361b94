"""Shares of classes, places and forces from the shares of cohorts, each cohort with the heads that it holds."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from garrison.errors import ParameterError, nearest
from garrison.regime.cohorts import COHORTS, Floats

if TYPE_CHECKING:
    from garrison.regime.layout.layout import Layout


def class_shares(layout: Layout, shares: Floats) -> Floats:
    """Average over the cohorts of every class; see `Layout.class_shares`.

    Parameters
    ----------
    layout
        The layout of the cohorts.
    shares
        Shape (..., cohort).

    Returns
    -------
    ndarray
        Shape (..., class).

    Raises
    ------
    ParameterError
        If the last axis is not as long as the layout has cohorts.

    Examples
    --------
    >>> from garrison.regime.layout import Layout
    >>> class_shares(Layout.national(), np.array([0.1, 0.2, 0.3, 0.4])).tolist()
    [0.1, 0.2, 0.3, 0.4]
    """
    of_cohorts = _checked(layout, shares)
    # Class by class and row by row: no copy of a large array, and a run's result hangs on no other run.
    by_class = [
        np.einsum("...g,g->...", of_cohorts[..., start:end], layout.weight[start:end])
        for start, end in itertools.pairwise(layout.class_start.tolist())
    ]
    return np.stack(by_class, axis=-1)


def place_shares(layout: Layout, shares: Floats, class_: str) -> Floats:
    """Average over the cohorts of a class in every place; see `Layout.place_shares`.

    Parameters
    ----------
    layout
        The layout of the cohorts.
    shares
        Shape (..., cohort).
    class_
        Civilians, troops or officers.

    Returns
    -------
    ndarray
        Shape (..., place).

    Raises
    ------
    ParameterError
        For an unknown class, or the elite, which has no place.

    Examples
    --------
    >>> from garrison.regime.layout import Layout
    >>> place_shares(Layout.national(), np.array([0.1, 0.2, 0.3, 0.4]), "troops").tolist()
    [0.2]
    """
    return _by_group(layout, shares, class_, "place")


def force_shares(layout: Layout, shares: Floats, class_: str) -> Floats:
    """Average over the cohorts of a class in every force; see `Layout.force_shares`.

    Parameters
    ----------
    layout
        The layout of the cohorts.
    shares
        Shape (..., cohort).
    class_
        Troops, officers or elite.

    Returns
    -------
    ndarray
        Shape (..., force).

    Raises
    ------
    ParameterError
        For an unknown class, or civilians, who have no force.

    Examples
    --------
    >>> from garrison.regime.layout import Layout
    >>> force_shares(Layout.national(), np.array([0.1, 0.2, 0.3, 0.4]), "elite").tolist()
    [0.4]
    """
    return _by_group(layout, shares, class_, "force")


def _by_group(layout: Layout, shares: Floats, class_: str, kind: str) -> Floats:
    if class_ not in COHORTS:
        raise ParameterError(f"class '{class_}' is unknown. {nearest(class_, COHORTS)}")
    number = COHORTS.index(class_)
    cohorts = slice(int(layout.class_start[number]), int(layout.class_start[number + 1]))
    group = (layout.cohort_place if kind == "place" else layout.cohort_force)[cohorts]
    if (group < 0).any():
        others = "civilians, troops or officers" if kind == "place" else "troops, officers or elite"
        raise ParameterError(f"the {class_} have no {kind}: ask for {others}.")
    weight = layout.weight[cohorts]
    n_groups = layout.n_places if kind == "place" else layout.n_forces
    member = np.zeros((weight.size, n_groups))
    member[np.arange(weight.size), group] = weight / np.bincount(group, weight, n_groups)[group]
    found: Floats = np.einsum("...g,gk->...k", _checked(layout, shares)[..., cohorts], member)
    return found


def _checked(layout: Layout, shares: Floats) -> Floats:
    array = np.asarray(shares, dtype=np.float64)
    if array.shape[-1:] != (layout.n_cohorts,):
        raise ParameterError(
            f"shares have shape {array.shape}, but layout '{layout.name}' has {layout.n_cohorts} cohorts: the last "
            "axis must be as long."
        )
    return array
