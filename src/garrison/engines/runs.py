"""What a simulation gives back."""

from __future__ import annotations

import html
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.engines.diary import BY_CLASS, BY_DAY
from garrison.engines.outcomes import first_day
from garrison.engines.quantiles import normalised, weighted_quantiles
from garrison.errors import ParameterError, UndefinedError, nearest
from garrison.regime import Lever, Parameters
from garrison.regime.cohorts import Floats


def _series_names(classes: Sequence[str]) -> list[str]:
    return [
        *BY_DAY,
        *(f"{kind} {name}" for kind in BY_CLASS for name in classes),
    ]


SHOWN_PROBABILITIES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, repr=False)
class Runs:
    """Every run of an ensemble over the days of a crisis.

    Attributes
    ----------
    start, days, seed, cohorts
        First day, number of days, seed of the pushes, names along the cohort axis.
    visible, hidden
        (run, day, cohort) share openly defying, and share that would defy alone and safe (Kuran 1991).
    belief
        (run, day) public belief that the regime falls.
    deaths_rate, protests_rate, soldiers_arrested_rate, refusals_rate, civilians_arrested_rate
        (run, day) expected counts a day: the means of negative-binomial counts.
    left
        (run, day, class) share of the heads that have gone for good since the first day; part of `visible`.
    hardship, pay, rents
        (run, day) conditions of the country as they are felt.
    capacity
        (run, day) K in the capital: loyal strength sent out over strength required.
    price, arrears
        (run, day) price level, 1 on the first day, and months of soldiers' pay owed.
    crowd, resisting
        (run, day) persons on the street; share of the troops who have left to resist rather than to escape.
    break_day, hollow_day
        (run,) first day of a break, and of ranks that refuse while officers stay; 0 is the first day, -1
        none.
    fracture_day, coup_day, desertion_day, split_day, end_day
        (run,) first day of a fractured elite, of the last coup, of a force that has lost a tenth, of two
        armies, and the last day of the regime; -1 none.
    coup_won, end
        (run,) whether the last coup was won; how the regime ended: "" where it did not, otherwise street, coup from
        above, coup from below, exit, pact, election, patron or foreign force.
    by_cohort
        (run, day, cohort of the layout) share openly defying, where it was asked for.
    parameters, levers
        What was simulated.
    """

    start: date
    days: int
    seed: int
    cohorts: tuple[str, ...]
    visible: NDArray[np.float32]
    hidden: NDArray[np.float32]
    belief: NDArray[np.float32]
    deaths_rate: NDArray[np.float32]
    protests_rate: NDArray[np.float32]
    soldiers_arrested_rate: NDArray[np.float32]
    refusals_rate: NDArray[np.float32]
    civilians_arrested_rate: NDArray[np.float32]
    left: NDArray[np.float32]
    hardship: NDArray[np.float32]
    pay: NDArray[np.float32]
    rents: NDArray[np.float32]
    capacity: NDArray[np.float32]
    price: NDArray[np.float32]
    arrears: NDArray[np.float32]
    crowd: NDArray[np.float32]
    resisting: NDArray[np.float32]
    break_day: NDArray[np.int64]
    hollow_day: NDArray[np.int64]
    fracture_day: NDArray[np.int64]
    coup_day: NDArray[np.int64]
    desertion_day: NDArray[np.int64]
    split_day: NDArray[np.int64]
    end_day: NDArray[np.int64]
    coup_won: NDArray[np.bool_]
    end: NDArray[np.str_]
    parameters: Parameters
    levers: tuple[Lever, ...] = ()
    by_cohort: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.break_day)

    def series(self, name: str) -> NDArray[np.float32]:
        """Give one series as (run, day): `belief`, a rate, or `visible troops`, `hidden elite` and so on.

        Raises
        ------
        ParameterError
            For an unknown name, with the nearest known one.
        """
        known = _series_names(self.cohorts)
        if name not in known:
            raise ParameterError(f"series '{name}' is unknown. {nearest(name, known)}")
        kind, _, cohort = name.partition(" ")
        found: NDArray[np.float32] = getattr(self, kind)
        return found[:, :, self.cohorts.index(cohort)] if cohort else found

    def p_break(self, from_day: int, to_day: int, weights: NDArray[Any] | None = None) -> float:
        """Give the probability of a break from one day to another, among runs that have not broken before.

        Parameters
        ----------
        from_day, to_day
            First and last day of the window, both included; 0 is the first day.
        weights
            (run,), non-negative; None weighs all runs alike.

        Returns
        -------
        float
            0 to 1.

        Raises
        ------
        ParameterError
            If the window lies outside the days simulated.
        UndefinedError
            If every run with weight has broken before.

        Examples
        --------
        >>> from garrison.engines import simulate
        >>> from garrison.regime import draw_parameters
        >>> runs = simulate(draw_parameters(5, seed=1), start=date(2020, 1, 1), days=10, seed=1)
        >>> 0 <= runs.p_break(0, 9) <= 1
        True
        """
        if not 0 <= from_day <= to_day < self.days:
            raise ParameterError(
                f"window {from_day} to {to_day} is not within the days 0 to {self.days - 1} that were simulated."
            )
        weight = normalised(weights, len(self))
        intact = (self.break_day < 0) | (self.break_day >= from_day)
        at_risk = float(weight[intact].sum())
        if at_risk <= 0:
            raise UndefinedError(f"every run has broken before day {from_day}: nothing is left to break.")
        breaks = intact & (self.break_day >= 0) & (self.break_day <= to_day)
        return float(weight[breaks].sum()) / at_risk

    def first_crossing(self, class_: str, share: float) -> NDArray[np.int64]:
        """Give the first day on which so large a share of a class defies openly; (run,), -1 never.

        Parameters
        ----------
        class_
            A name of `cohorts`.
        share
            0 to 1.

        Raises
        ------
        ParameterError
            For an unknown class, with the nearest known one.
        """
        if class_ not in self.cohorts:
            raise ParameterError(f"class '{class_}' is unknown. {nearest(class_, self.cohorts)}")
        return first_day(self.visible[:, :, self.cohorts.index(class_)] >= share)

    def fan(
        self,
        series: str,
        probabilities: Sequence[float] = SHOWN_PROBABILITIES,
        weights: NDArray[Any] | None = None,
    ) -> Floats:
        """Give quantiles of a series across runs, day by day.

        Parameters
        ----------
        series
            See `series`.
        probabilities
            Each from 0 to 1.
        weights
            (run,), non-negative; None weighs all runs alike.

        Returns
        -------
        ndarray
            (probability, day).
        """
        return weighted_quantiles(self.series(series), probabilities, normalised(weights, len(self)))

    def dates(self) -> list[date]:
        """Give the date of each day."""
        return [self.start + timedelta(days=day) for day in range(self.days)]

    def to_frame(self) -> Any:
        """Give every run and day as one row of a pandas frame, one column a series."""
        import pandas as pd

        names = _series_names(self.cohorts)
        columns: dict[str, Any] = {
            "replicate": np.repeat(self.parameters.replicate, self.days),
            "date": np.tile(np.array(self.dates(), dtype="datetime64[ns]"), len(self)),
        }
        columns |= {name.replace(" ", "_"): self.series(name).ravel() for name in names}
        return pd.DataFrame(columns)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write what `to_frame` gives; the suffix picks the form: .parquet, .csv, .json or .jsonl."""
        import pyarrow as pa

        from garrison.records import save_table

        return save_table(pa.Table.from_pandas(self.to_frame(), preserve_index=False), path)

    def _lines(self) -> list[str]:
        n_break, n_hollow = int((self.break_day >= 0).sum()), int((self.hollow_day >= 0).sum())
        last = self.fan("visible troops")[:, -1]
        lines = [
            f"Runs: {len(self)} runs of {self.days} days from {self.start} (seed {self.seed})",
            f"  break: {n_break} runs; ranks refuse while officers stay: {n_hollow} runs",
            f"  troops openly refusing, last day: median {last[2]:.2%}, 90% band {last[0]:.2%} to {last[4]:.2%}",
        ]
        lines += [f"  lever: {item.name} {item.size:+g} from {item.start}" for item in self.levers[:4]]
        if len(self.levers) > 4:
            lines.append(f"  ... and {len(self.levers) - 4} levers more")
        return lines

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        first, *rest = (html.escape(line.strip()) for line in self._lines())
        return f"<p><b>{first}</b></p><ul>" + "".join(f"<li>{line}</li>" for line in rest) + "</ul>"
