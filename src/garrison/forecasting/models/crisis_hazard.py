"""The crisis hazard: how likely a break is in each week of a crisis, by its age, the class of regime and the decade.

A week of age class j in a regime of class g and in decade d has the hazard exp(α + a_j + u_g + v_d). a is a random walk
from age class to age class, v one from decade to decade, u_g are exchangeable; their scales are unknown. With few
breaks the classes are pooled, with many they go their own way. A break within H days has the chance
p = 1 - exp(-Σ_j weeks_j h_j), over the age classes that the crisis passes through if it goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from garrison.errors import ParameterError, TableError
from garrison.forecasting.age_classes import BAND50, BAND90, FIRST_WEEKS, AgeClass, exposure
from garrison.forecasting.models.chances import Floats, inside
from garrison.forecasting.models.constants import constant
from garrison.forecasting.models.hazard_posterior import CountTable, Places, pooled_poisson
from garrison.forecasting.models.one_thread import one_thread
from garrison.forecasting.models.pooled_factor import PooledFactor, scale_points

if TYPE_CHECKING:
    import pandas as pd

AGE, DECADE, UNKNOWN = "age", "decade", "unknown"


@dataclass(frozen=True)
class CrisisHazard:
    """Draws of the weekly hazard.

    Parameters
    ----------
    classes
        Age classes, with the weeks and breaks seen in each.
    factors
        Age, the classes that were named, and the decade.
    intercept
        (draw,), α.
    effects
        By factor, (draw, level).
    scales
        By factor, (draw,).
    effective_sample_size
        Of the proposals that the draws were taken from.
    seed
        Of the draws.
    """

    classes: tuple[AgeClass, ...]
    factors: tuple[PooledFactor, ...]
    intercept: Floats
    effects: dict[str, Floats]
    scales: dict[str, Floats]
    effective_sample_size: float
    seed: int

    @classmethod
    def fit(
        cls,
        features: pd.DataFrame,
        event: ArrayLike,
        *,
        classes: Sequence[str] = ("regime_class",),
        decades: bool = True,
        first_weeks: Sequence[int] = FIRST_WEEKS,
        scales: Mapping[str, float] | None = None,
        seed: int = 1,
    ) -> CrisisHazard:
        """Fit the hazard to weeks at risk.

        Parameters
        ----------
        features
            One row a week at risk: `week` (since the onset, 0 or more), `as_of` if `decades`, and the named classes;
            a missing class counts as a class of its own, "unknown".
        event
            (row,), whether a break came in that week.
        classes
            Columns of exchangeable classes.
        decades
            Whether the level drifts from decade to decade.
        first_weeks
            First week of each age class, rising from 0; the last class is open.
        scales
            Fixes the scale of a factor (`"age"`, `"decade"`, a class): near 0 pools it fully, a large one not at all.
            Scales not named are inferred.
        seed
            Of the draws.

        Returns
        -------
        CrisisHazard

        Raises
        ------
        TableError
            If a column is missing, a week is negative or not whole, or an outcome is missing.
        ParameterError
            If the age classes do not rise from 0, or a scale is unknown or not above 0.

        Examples
        --------
        >>> import pandas as pd
        >>> weeks = pd.DataFrame({"week": [0, 1, 2, 3] * 50, "regime_class": ["party", "military"] * 100,
        ...                       "as_of": "1999-05-01"})
        >>> hazard = CrisisHazard.fit(weeks, [True] + [False] * 199)
        >>> fresh, old = hazard.predict(weeks.iloc[[0, 3]], 90)
        >>> bool(fresh > old)
        True

        Source: Gelman et al. 2013, Bayesian Data Analysis, sections 5.3 and 16.4 (hierarchical Poisson regression).
        """
        from garrison.forecasting.models.feature_table import outcomes

        truths = outcomes(event, len(features))
        columns = {AGE: _weeks_of(features), **_levels(features, classes, decades)}
        return cls._of(
            columns, truths.astype(np.float64), np.ones(len(truths)), first_weeks, scales or {}, seed
        )

    @classmethod
    def of_counts(
        cls,
        week: Sequence[int],
        classes: Mapping[str, Sequence[str]],
        decade: Sequence[int],
        crisis_weeks: Sequence[int],
        events: Sequence[int],
        *,
        first_weeks: Sequence[int] = FIRST_WEEKS,
        seed: int = 1,
    ) -> CrisisHazard:
        """Fit the hazard to counted weeks at risk, which tell as much as the weeks themselves.

        Parameters
        ----------
        week, classes, decade
            Of each cell: a week of its age class, its classes by name, its decade.
        crisis_weeks, events
            Of each cell.
        first_weeks, seed
            As in `fit`.

        Returns
        -------
        CrisisHazard

        Examples
        --------
        >>> hazard = CrisisHazard.of_counts([0, 52], {"regime_class": ["closed"] * 2}, [1990] * 2, [500, 2000], [5, 1])
        >>> [item.n_events for item in hazard.classes if item.crisis_weeks]
        [5, 1]
        """
        columns = {
            AGE: np.asarray(week, dtype=np.intp),
            **{name: np.asarray(values, dtype=object) for name, values in classes.items()},
            DECADE: np.asarray(decade, dtype=np.intp),
        }
        broke, weeks = (np.asarray(values, dtype=np.float64) for values in (events, crisis_weeks))
        return cls._of(columns, broke, weeks, first_weeks, {}, seed)

    @classmethod
    def _of(
        cls,
        columns: Mapping[str, ArrayLike],
        events: Floats,
        weeks: Floats,
        first_weeks: Sequence[int],
        scales: Mapping[str, float],
        seed: int,
    ) -> CrisisHazard:
        ages = _age_classes(np.asarray(columns[AGE], dtype=np.intp), events, weeks, first_weeks)
        columns = {**columns, AGE: _age_codes(np.asarray(columns[AGE], dtype=np.intp), first_weeks)}
        factors = _factors(columns, len(ages), DECADE in columns)
        codes = np.column_stack([_codes(factor, columns[factor.name]) for factor in factors])
        table = _count_table(codes, events, weeks, factors)
        with one_thread("blas"):
            draws = pooled_poisson(
                table,
                _points(factors, scales),
                (constant("crisis_hazard", "intercept_mean"), constant("crisis_hazard", "intercept_sd")),
                n_draws=int(constant("crisis_hazard", "n_draws")),
                n_proposals=int(
                    constant("crisis_hazard", "n_draws") * constant("crisis_hazard", "proposals")
                ),
                seed=seed,
            )
        parts = draws.values[:, 1:]
        return cls(
            classes=ages,
            factors=factors,
            intercept=draws.values[:, 0],
            effects={
                factor.name: factor.level_effects(parts[:, table.groups == place])
                for place, factor in enumerate(factors)
            },
            scales={factor.name: draws.scales[:, place] for place, factor in enumerate(factors)},
            effective_sample_size=draws.effective_sample_size,
            seed=seed,
        )

    def bands(self, features: pd.DataFrame, horizon_days: int) -> pd.DataFrame:
        """Give the chance of a break within the horizon, with its uncertainty.

        Parameters
        ----------
        features
            As in `fit`. A class or decade never seen is drawn from its prior.
        horizon_days
            Above 0.

        Returns
        -------
        DataFrame
            p (mean), low50, high50, low90, high90, for each row.

        Raises
        ------
        TableError
            As `fit` does.
        ParameterError
            If the horizon is not above 0.
        """
        import pandas as pd

        if not horizon_days > 0:
            raise ParameterError(f"horizon is {horizon_days} days: give a number above 0.")
        weeks = _weeks_of(features)
        names = [factor.name for factor in self.factors[1:]]
        levels = _levels(features, [name for name in names if name != DECADE], DECADE in names)
        asked = pd.DataFrame({AGE: np.minimum(weeks, self.classes[-1].first_week), **levels})
        table = np.empty((len(asked), 5))
        for key, rows in asked.groupby([*levels, AGE], sort=False).indices.items():
            keys = key if isinstance(key, tuple) else (key,)
            table[rows] = _summary(self._chances(keys[:-1], int(keys[-1]), horizon_days))
        columns = ["p", "low50", "high50", "low90", "high90"]
        return pd.DataFrame(inside(table), columns=columns, index=features.index)

    def predict(self, features: pd.DataFrame, horizon_days: int) -> Floats:
        """Give the mean chance of a break within the horizon.

        Parameters
        ----------
        features, horizon_days
            As in `bands`.

        Returns
        -------
        ndarray
            (row,), strictly inside (0, 1).
        """
        return self.bands(features, horizon_days)["p"].to_numpy(np.float64)

    def hazards(self, levels: Sequence[int | str]) -> Floats:
        """Draw the weekly hazard by age class for levels of the further factors.

        Parameters
        ----------
        levels
            One for each factor after age, in order.

        Returns
        -------
        ndarray
            (draw, age class)
        """
        line = self.intercept[:, None] + self.effects[AGE]
        for place, (factor, level) in enumerate(zip(self.factors[1:], levels, strict=True)):
            fresh = self.seed * 1000 + place + 1
            drawn = factor.effect_of(level, self.effects[factor.name], self.scales[factor.name], fresh)
            line = line + drawn[:, None]
        return np.exp(line)

    def expected_breaks(self, levels: Sequence[int | str], age_weeks: int, horizon_days: int) -> Floats:
        """Draw the expected number of breaks within the horizon, if the crisis goes on.

        Parameters
        ----------
        levels
            As in `hazards`.
        age_weeks
            Whole weeks since the onset, 0 or more.
        horizon_days
            Above 0.

        Returns
        -------
        ndarray
            (draw,)
        """
        found: Floats = self.hazards(levels) @ exposure(self.classes, age_weeks, horizon_days)
        return found

    def _chances(self, levels: Sequence[int | str], age_weeks: int, horizon_days: int) -> Floats:
        return -np.expm1(-self.expected_breaks(levels, age_weeks, horizon_days))


def _summary(p: Floats) -> Floats:
    return np.array([p.mean(), *np.quantile(p, [*BAND50, *BAND90])])


def _weeks_of(features: pd.DataFrame) -> Places:
    from garrison.forecasting.models.feature_table import feature_matrix

    weeks = feature_matrix(features, ["week"])[:, 0]
    bad = ~((weeks >= 0) & (weeks == np.floor(weeks)))
    if bad.any():
        row = int(np.argmax(bad))
        raise TableError(f"week: row {row} is {weeks[row]:g}; whole weeks since the onset, 0 or more.")
    return weeks.astype(np.intp)


def _age_codes(weeks: Places, first_weeks: Sequence[int]) -> Places:
    return np.searchsorted(np.asarray(first_weeks), weeks, side="right").astype(np.intp) - 1


def _age_classes(
    ages: Places, events: Floats, weeks: Floats, first_weeks: Sequence[int]
) -> tuple[AgeClass, ...]:
    first = list(first_weeks)
    if not first or first[0] != 0 or sorted(set(first)) != first:
        raise ParameterError(f"first_weeks are {first}: give whole weeks that rise from 0.")
    codes = _age_codes(ages, first)
    seen = np.bincount(codes, weights=weeks, minlength=len(first))
    broke = np.bincount(codes, weights=events, minlength=len(first))
    lasts = [*(week - 1 for week in first[1:]), None]
    return tuple(
        AgeClass(begin, last, int(n_weeks), int(n_events))
        for begin, last, n_weeks, n_events in zip(first, lasts, seen, broke, strict=True)
    )


def _levels(features: pd.DataFrame, classes: Sequence[str], decades: bool) -> dict[str, ArrayLike]:
    """Give each row's level of every factor but age."""
    from garrison.forecasting.models.feature_table import days_of

    columns: dict[str, ArrayLike] = {}
    for name in classes:
        if name not in features.columns:
            raise TableError(f"the table has no column '{name}': add it, or leave it out of `classes`.")
        columns[name] = features[name].astype(object).where(features[name].notna(), UNKNOWN).map(str)
    columns = {name: np.asarray(values, dtype=object) for name, values in columns.items()}
    if decades:
        columns[DECADE] = (days_of(features).astype("datetime64[Y]").astype(int) + 1970) // 10 * 10
    return columns


def _factors(columns: Mapping[str, ArrayLike], n_ages: int, decades: bool) -> tuple[PooledFactor, ...]:
    found = [PooledFactor(AGE, tuple(range(n_ages)), walk=True)]
    for name, values in columns.items():
        if name == DECADE and decades:
            seen = np.asarray(values)
            found.append(PooledFactor(name, tuple(range(seen.min(), seen.max() + 1, 10)), walk=True))
        elif name != AGE:
            found.append(PooledFactor(name, tuple(sorted(set(np.asarray(values).tolist()))), walk=False))
    return tuple(found)


def _codes(factor: PooledFactor, values: ArrayLike) -> Places:
    places = {level: place for place, level in enumerate(factor.levels)}
    return np.array([places[level] for level in np.asarray(values).tolist()], dtype=np.intp)


def _count_table(codes: Places, events: Floats, weeks: Floats, factors: Sequence[PooledFactor]) -> CountTable:
    """Count weeks and breaks of every combination of levels seen."""
    cells, cell = np.unique(codes, axis=0, return_inverse=True)
    blocks = [factor.loadings[cells[:, place]] for place, factor in enumerate(factors)]
    groups = [np.full(block.shape[1], place) for place, block in enumerate(blocks)]
    return CountTable(
        events=np.bincount(cell.ravel(), events, len(cells)).astype(np.float64),
        weeks=np.bincount(cell.ravel(), weeks, len(cells)).astype(np.float64),
        design=np.hstack([np.ones((len(cells), 1)), *blocks]),
        groups=np.concatenate(groups).astype(np.intp),
    )


def _points(factors: Sequence[PooledFactor], fixed: Mapping[str, float]) -> list[Floats]:
    """Give the scales that each factor may have."""
    names = [factor.name for factor in factors]
    for name, value in fixed.items():
        if name not in names or not value > 0:
            raise ParameterError(f"scale '{name}' = {value}: give numbers above 0 for {', '.join(names)}.")
    n_points = int(constant("crisis_hazard", "scale_points"))
    points = []
    for name in names:
        key = f"{name}_scale" if name in (AGE, DECADE) else "class_scale"
        prior = scale_points(constant("crisis_hazard", key), n_points)
        points.append(np.array([fixed[name]]) if name in fixed else prior)
    return points
