"""How far mean scores, skills and their differences would move with other countries."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from garrison.errors import TableError
from garrison.scoring.country_bootstrap import Bootstrap, bootstrap_totals
from garrison.scoring.forecast_rows import Floats, column, same_length


def bootstrap_difference(
    scores: ArrayLike,
    other_scores: ArrayLike,
    countries: ArrayLike,
    *,
    level: float = 0.95,
    n_draws: int = 1000,
    seed: int = 0,
) -> Bootstrap:
    """Bootstrap the mean paired difference of two forecasts' scores; give zeros for the mean of one.

    Parameters
    ----------
    scores, other_scores
        (row,), losses of the same rows by the same rule.
    countries, level, n_draws, seed
        As in `bootstrap_weighted`.

    Returns
    -------
    Bootstrap
        Of mean(scores - other_scores); below 0 the first forecast is better.

    Raises
    ------
    TableError, ParameterError
        As `bootstrap_weighted` does; if lengths differ or a score is not finite (clip log scores).

    Examples
    --------
    >>> found = bootstrap_difference([0.1, 0.2, 0.2], [0.2, 0.2, 0.4], ["A", "B", "C"])
    >>> round(found.estimate, 3), found.high <= 0
    (-0.1, True)
    """
    table = _table(countries, scores=scores, other_scores=other_scores)
    apart = np.column_stack([table[:, 0] - table[:, 1], np.ones(len(table))])
    return bootstrap_totals(
        lambda totals: totals[:, 0] / totals[:, 1],
        apart,
        countries,
        level=level,
        n_draws=n_draws,
        seed=seed,
    )


def bootstrap_skill(
    scores: ArrayLike,
    reference_scores: ArrayLike,
    countries: ArrayLike,
    *,
    level: float = 0.95,
    n_draws: int = 1000,
    seed: int = 0,
) -> Bootstrap:
    """Bootstrap the skill of a forecast against a reference.

    Parameters
    ----------
    scores, reference_scores
        (row,), losses of the same rows by the same rule.
    countries, level, n_draws, seed
        As in `bootstrap_weighted`.

    Returns
    -------
    Bootstrap
        Of 1 - mean(scores) / mean(reference_scores).

    Raises
    ------
    TableError, ParameterError
        As `bootstrap_weighted` does; if lengths differ, a score is not finite (clip log scores), or the reference is
        perfect.

    Examples
    --------
    >>> found = bootstrap_skill([0.1, 0.2, 0.2], [0.2, 0.2, 0.4], ["A", "B", "C"])
    >>> round(found.estimate, 3)
    0.375
    """
    table = _table(countries, scores=scores, reference_scores=reference_scores)
    _refuse_perfect(table[:, 1])
    return bootstrap_totals(
        lambda totals: 1.0 - totals[:, 0] / totals[:, 1],
        table,
        countries,
        level=level,
        n_draws=n_draws,
        seed=seed,
    )


def bootstrap_skill_difference(
    scores: ArrayLike,
    other_scores: ArrayLike,
    reference_scores: ArrayLike,
    countries: ArrayLike,
    *,
    level: float = 0.95,
    n_draws: int = 1000,
    seed: int = 0,
) -> Bootstrap:
    """Bootstrap by how much the skill of one forecast exceeds that of another, against one reference.

    Parameters
    ----------
    scores, other_scores, reference_scores
        (row,), losses of the same rows by the same rule.
    countries, level, n_draws, seed
        As in `bootstrap_weighted`.

    Returns
    -------
    Bootstrap
        Of (mean(other_scores) - mean(scores)) / mean(reference_scores), the difference of the two skills, both taken
        in the same draws; above 0 the first forecast is better. Whether two separate intervals overlap does not say
        so: what makes a country hard makes it hard for both.

    Raises
    ------
    TableError, ParameterError
        As `bootstrap_skill` does.

    Examples
    --------
    >>> found = bootstrap_skill_difference([0.1, 0.2, 0.2], [0.2, 0.2, 0.4], [0.3, 0.3, 0.4], ["A", "B", "C"])
    >>> round(found.estimate, 3)
    0.3
    """
    table = _table(countries, scores=scores, other_scores=other_scores, reference_scores=reference_scores)
    _refuse_perfect(table[:, 2])
    return bootstrap_totals(
        lambda totals: (totals[:, 1] - totals[:, 0]) / totals[:, 2],
        table,
        countries,
        level=level,
        n_draws=n_draws,
        seed=seed,
    )


def _table(countries: ArrayLike, **scores: ArrayLike) -> Floats:
    columns = {name: column(name, values) for name, values in scores.items()}
    same_length(**columns, countries=np.asarray(countries))
    return np.column_stack(list(columns.values()))


def _refuse_perfect(reference_scores: Floats) -> None:
    if not reference_scores.any():
        raise TableError(
            "the reference's mean score is 0, that of a perfect forecast: take another reference."
        )
