"""How ready people are to act: the distribution of thresholds behind every share of the model.

An agent acts when the inclination x passes its own threshold z. The kernel takes z standard normal (the probit
link); here are the other distributions in use, shares who always or never act, and loadings that differ between
people. Docking the model to a published one is a choice of these and of what x hangs on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError, UndefinedError, nearest
from garrison.regime.cohorts import Floats
from garrison.regime.thresholds.links import SMOOTH_LINKS, Link, link_of

LINKS = (*SMOOTH_LINKS, "listed")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A distribution of thresholds: what share of people acts at an inclination x.

    Attributes
    ----------
    link
        One of `LINKS`.
    mean, spread
        Mean and standard deviation of the thresholds, in the units of x. A list keeps its own.
    freedom
        Degrees of freedom of Student's t, above 2; infinite for all other links.
    always, never
        Shares who act, or do not, whatever x is; 0 to 1, together at most 1.
    values
        The thresholds of a list, in ascending order.

    Examples
    --------
    >>> float(Thresholds.normal().share_below(0.0))
    0.5
    >>> float(Thresholds.normal(always=0.01).share_below(-40.0))
    0.01
    """

    link: str = "normal"
    mean: float = 0.0
    spread: float = 1.0
    freedom: float = math.inf
    always: float = 0.0
    never: float = 0.0
    values: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.link not in LINKS:
            raise ParameterError(f"link '{self.link}' is unknown. {nearest(self.link, LINKS)}")
        if not (math.isfinite(self.mean) and math.isfinite(self.spread) and self.spread > 0):
            raise ParameterError(
                f"thresholds: mean {self.mean}, spread {self.spread}; give a finite mean and a spread above 0."
            )
        if not self.freedom > 2:
            raise ParameterError(
                f"thresholds: freedom is {self.freedom}; Student's t has a standard deviation only above 2."
            )
        if not (0 <= self.always <= 1 and 0 <= self.never <= 1 and self.always + self.never <= 1):
            raise ParameterError(
                f"thresholds: always {self.always} and never {self.never} are shares and add to at most 1."
            )
        if self.link == "listed" and not (self.values and np.isfinite(self.values).all()):
            raise ParameterError("thresholds: a list needs at least one threshold, all of them finite.")

    @classmethod
    def normal(
        cls, mean: float = 0.0, spread: float = 1.0, *, always: float = 0.0, never: float = 0.0
    ) -> Thresholds:
        """Normal thresholds: the probit link.

        Examples
        --------
        >>> float(Thresholds.normal(0.25, 0.1).share_below(0.25))
        0.5
        """
        return cls("normal", mean, spread, always=always, never=never)

    @classmethod
    def logistic(
        cls, mean: float = 0.0, spread: float = 1.0, *, always: float = 0.0, never: float = 0.0
    ) -> Thresholds:
        """Logistic thresholds of a given standard deviation: the logit link.

        Examples
        --------
        >>> round(float(Thresholds.logistic().share_below(-3.0)), 5)
        0.00431
        """
        return cls("logistic", mean, spread, always=always, never=never)

    @classmethod
    def student(
        cls,
        freedom: float,
        mean: float = 0.0,
        spread: float = 1.0,
        *,
        always: float = 0.0,
        never: float = 0.0,
    ) -> Thresholds:
        """Student-t thresholds of a given standard deviation: more pioneers and more diehards than normal.

        Examples
        --------
        >>> Thresholds.student(3).share_below(-4.0) > Thresholds.normal().share_below(-4.0)
        np.True_
        """
        return cls("student", mean, spread, freedom, always=always, never=never)

    @classmethod
    def uniform(
        cls, low: float = 0.0, high: float = 1.0, *, always: float = 0.0, never: float = 0.0
    ) -> Thresholds:
        """Thresholds spread evenly from `low` to `high`; on 0 to 1 the identity link, x being a share.

        Raises
        ------
        ParameterError
            If `high` is not above `low`.

        Examples
        --------
        >>> Thresholds.uniform().share_below(np.array([-0.5, 0.25, 2.0])).tolist()
        [0.0, 0.25, 1.0]
        """
        if not high > low:
            raise ParameterError(f"thresholds from {low} to {high}: the second must be above the first.")
        width = (high - low) / math.sqrt(12.0)
        return cls("uniform", (low + high) / 2.0, width, always=always, never=never)

    @classmethod
    def listed(cls, values: NDArray[Any], *, always: float = 0.0, never: float = 0.0) -> Thresholds:
        """Take the thresholds of a finite crowd as they are; (person,).

        Examples
        --------
        >>> float(Thresholds.listed(np.array([0.0, 0.5])).share_below(0.5))
        1.0
        """
        ordered = tuple(float(value) for value in np.sort(np.asarray(values, dtype=np.float64), axis=None))
        return cls("listed", always=always, never=never, values=ordered)

    def share_below(self, inclination: NDArray[Any] | float) -> Floats:
        r"""Give the share that acts at an inclination.

        .. math:: a + (1 - a - n)\,F(x)

        Parameters
        ----------
        inclination
            x, any shape, in the units of the thresholds.

        Returns
        -------
        ndarray
            Same shape, `always` to 1 - `never`. Who stands exactly at x acts. Source: Granovetter 1978.

        Examples
        --------
        >>> float(Thresholds.uniform(always=0.25, never=0.25).share_below(9.0))
        0.75
        """
        return self.with_unconditional(self._distribution(np.asarray(inclination, dtype=np.float64)))

    def density(self, inclination: NDArray[Any] | float) -> Floats:
        """Give the slope of `share_below`: how many wait just at x.

        Returns
        -------
        ndarray
            Same shape, 0 or more, per unit of x.

        Raises
        ------
        UndefinedError
            For a list of thresholds, whose share rises in steps.

        Examples
        --------
        >>> round(float(Thresholds.normal().density(0.0)), 6)
        0.398942
        """
        score = self._score(np.asarray(inclination, dtype=np.float64), "density")
        movable = 1.0 - self.always - self.never
        return np.asarray(movable * self._link().slope(score) / self._scale(), dtype=np.float64)

    def quantile(self, share: NDArray[Any] | float) -> Floats:
        """Give the threshold below which a share of those lies who can be moved at all.

        Parameters
        ----------
        share
            Any shape, strictly between 0 and 1.

        Returns
        -------
        ndarray
            Same shape.

        Examples
        --------
        >>> float(Thresholds.uniform(2.0, 4.0).quantile(0.5))
        3.0
        """
        wanted = np.asarray(share, dtype=np.float64)
        if not ((wanted > 0) & (wanted < 1)).all():
            raise ParameterError("quantile: give shares strictly between 0 and 1.")
        if self.link == "listed":
            ordered = np.asarray(self.values)
            return np.asarray(ordered[np.ceil(wanted * len(ordered)).astype(np.int64) - 1], dtype=np.float64)
        return np.asarray(self.mean + self._scale() * self._link().place(wanted), dtype=np.float64)

    def crowd(self, n_people: int, generator: np.random.Generator | None = None) -> Floats:
        """Give a finite crowd of these thresholds: evenly spaced over the distribution, or drawn at random.

        Parameters
        ----------
        n_people
            At least 1.
        generator
            Draws the crowd; None spaces it evenly ((i + 1/2) / n), so that nothing is left to chance.

        Returns
        -------
        ndarray
            (person,). Those who always act have minus infinity, those who never do plus infinity.

        Examples
        --------
        >>> Thresholds.uniform().crowd(4).tolist()
        [0.125, 0.375, 0.625, 0.875]
        """
        if n_people < 1:
            raise ParameterError(f"n_people is {n_people}: a crowd has at least 1 person.")
        rank = (np.arange(n_people) + 0.5) / n_people if generator is None else generator.random(n_people)
        movable = 1.0 - self.always - self.never
        found = np.where(rank < self.always, -np.inf, np.inf)
        among = (rank > self.always) & (rank < 1.0 - self.never)
        if among.any():
            found[among] = self.quantile((rank[among] - self.always) / movable)
        return found

    def accumulated(self, inclination: NDArray[Any] | float) -> Floats:
        r"""Give the integral of the movable share up to x: what a uniformly spread loading averages over.

        .. math:: \int_{-\infty}^{x} F(u)\,du = E[\max(x - z, 0)]

        Returns
        -------
        ndarray
            Same shape, in the units of x; `always` and `never` left out.

        Examples
        --------
        >>> float(Thresholds.uniform().accumulated(1.0))
        0.5
        """
        at = np.asarray(inclination, dtype=np.float64)
        if self.link == "listed":
            ordered = np.asarray(self.values)
            return np.asarray(np.maximum(at[..., None] - ordered, 0.0).mean(axis=-1), dtype=np.float64)
        score = self._score(at, "integral")
        return np.asarray(self._scale() * self._link().area(score), dtype=np.float64)

    def with_unconditional(self, share: NDArray[Any]) -> Floats:
        """Add those who act, and leave out those who do not, whatever x is; same shape as `share`."""
        return np.asarray(self.always + (1.0 - self.always - self.never) * share, dtype=np.float64)

    def _link(self) -> Link:
        return link_of(self.link, self.freedom)

    def _scale(self) -> float:
        return self.spread * self._link().scale

    def _score(self, at: Floats, asked: str) -> Floats:
        if self.link == "listed":
            raise UndefinedError(f"a list of thresholds has no {asked}: its share rises in steps.")
        return (at - self.mean) / self._scale()

    def _distribution(self, at: Floats) -> Floats:
        if self.link == "listed":
            # Shares of a finite crowd are fractions: a threshold of 3 in 100 must be met by exactly 3 in 100.
            room = np.finfo(np.float64).eps * len(self.values)
            met = np.searchsorted(np.asarray(self.values), at + room, side="right")
            return np.asarray(met / len(self.values), dtype=np.float64)
        return np.asarray(self._link().share(self._score(at, "distribution")), dtype=np.float64)
