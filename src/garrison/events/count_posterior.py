"""What the true count of a happening is, given who counted it: low and high told, each with its source's habit."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import NormalDist

from garrison.errors import TableError, nearest


@dataclass(frozen=True, slots=True)
class Counted:
    """A number that one source gives: its bounds, and the kind of the source.

    Attributes
    ----------
    low, high
        Bounds told, 0 or more; equal where one number is told.
    kind
        Kind of the source that counted, as in `source_weights.toml`.
    bias, spread
        Mean and standard deviation of log(told / true) of this very source where its record is known; None takes
        those of its kind.
    """

    low: float
    high: float
    kind: str
    bias: float | None = None
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class CountQuantiles:
    """The 5%, 50% and 95% quantiles of a true count."""

    q05: float
    q50: float
    q95: float


@cache
def _habits() -> dict[str, dict[str, dict[str, float]]]:
    text = files(__package__).joinpath("count_habits.toml").read_text(encoding="utf8")
    return {
        what: {kind: {name: cell["value"] for name, cell in row.items()} for kind, row in table.items()}
        for what, table in tomllib.loads(text).items()
    }


def habit_of(kind: str, what: str | None) -> tuple[float, float]:
    """Give how a kind of source counts a kind of thing: mean and standard deviation of log(told / true).

    Parameters
    ----------
    kind
        A source kind.
    what
        What is counted, such as "participants"; a thing without a row of its own has that of every thing.

    Examples
    --------
    >>> bias, spread = habit_of("opposition", "participants")
    >>> bias > 1 and spread > 0.5
    True
    """
    habits = _habits()
    for table in (habits.get(what or "", {}), habits["every count"]):
        for row in (kind, "every source"):
            if row in table:
                return table[row]["bias"], table[row]["spread"]
    raise TableError(f"no habit of counting for '{kind}'. {nearest(kind, list(habits['every count']))}")


def true_count(counted: Sequence[Counted], what: str | None) -> CountQuantiles | None:
    """Give the distribution of a true count from several counts of it.

    log(told) = log(true) + bias + spread * N(0, 1) for each independent source; a range told adds the width of its
    own (a quarter of its log width is one standard deviation). With a flat prior on log(true) the posterior is
    normal, its precision the sum of the sources' (Gelman et al. 2013, eq. 2.11). Counts are whole and 1 or more.

    Parameters
    ----------
    counted
        One for each independent source that gives a number above 0.
    what
        What is counted.

    Returns
    -------
    CountQuantiles or None
        None where nobody counted.

    Examples
    --------
    >>> one = true_count([Counted(36, 40, "media")], "deaths")
    >>> two = true_count([Counted(36, 40, "media"), Counted(38, 38, "ngo")], "deaths")
    >>> one.q05 < two.q05 <= two.q50 <= two.q95 < one.q95
    True
    """
    precision = weighted = 0.0
    for count in counted:
        if count.high <= 0:
            continue
        bias, spread = habit_of(count.kind, what)
        bias = bias if count.bias is None else count.bias
        spread = spread if count.spread is None else count.spread
        low, high = max(count.low, 0.5), max(count.high, 0.5)
        width = (math.log(high) - math.log(low)) / 4
        weight = 1 / (spread**2 + width**2)
        precision += weight
        weighted += weight * ((math.log(low) + math.log(high)) / 2 - bias)
    if not precision:
        return None
    normal = NormalDist(weighted / precision, precision**-0.5)
    q05, q50, q95 = (max(1.0, float(round(math.exp(normal.inv_cdf(p))))) for p in (0.05, 0.5, 0.95))
    return CountQuantiles(q05, q50, q95)
