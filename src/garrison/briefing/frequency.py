"""A probability as people read it best: a frequency first, then a percentage, a word, and dots."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

# Denominators that read as round, in rising order; "1 in N" uses the one whose chance lies nearest.
_ROUND = (
    *range(2, 17),
    18,
    20,
    *range(25, 101, 5),
    *range(120, 200, 20),
    *range(200, 500, 50),
    *range(500, 1001, 100),
)
# Above 1 in 10: "1 in N" and so many in 20, the latter in lowest terms; each a chance that people have met.
_COMMON = sorted(
    {*(Fraction(1, of) for of in range(2, 10)), *(Fraction(n, 20) for n in range(2, 20))},
    key=lambda share: share.denominator,
)


@dataclass(frozen=True, slots=True)
class Frequency:
    """A probability as `n` in `of`; `bound` is "less" or "more" beyond what is told apart, else ""."""

    n: int
    of: int
    bound: str = ""


def frequency(p: float) -> Frequency:
    """Say a probability as a frequency that can be read aloud.

    Up to 1 in 10 it is "1 in N" with a round N; above it is the nearest of "1 in N" and so many in 20, in lowest
    terms; the ends are "less than 1 in 1,000" and "more than 999 in 1,000".

    Parameters
    ----------
    p
        Probability in [0, 1].

    Returns
    -------
    Frequency
        The counts; between 1 in 1,000 and 1 in 10 the chance it says is within 13% of `p`.

    Raises
    ------
    ValueError
        If `p` is no probability.

    Examples
    --------
    >>> frequency(0.0224)
    Frequency(n=1, of=45, bound='')
    >>> frequency(0.15)
    Frequency(n=3, of=20, bound='')
    >>> frequency(0.12), frequency(0.6)
    (Frequency(n=1, of=8, bound=''), Frequency(n=3, of=5, bound=''))
    >>> frequency(0.0004)
    Frequency(n=1, of=1000, bound='less')
    """
    _check(p)
    if p < 0.001:
        return Frequency(1, 1000, "less")
    if p > 0.999:
        return Frequency(999, 1000, "more")
    if p <= 0.1:
        return Frequency(1, min(_ROUND, key=lambda of: abs(1 / of - p)))
    if p > 0.975:
        of = min(_ROUND, key=lambda candidate: abs(1 / candidate - (1 - p)))
        return Frequency(of - 1, of)
    share = min(_COMMON, key=lambda candidate: abs(candidate - p))
    return Frequency(share.numerator, share.denominator)


@dataclass(frozen=True, slots=True)
class Dots:
    """How a probability is drawn: `n_filled` of `n_dots` dots, tinted up to `n_upper` for the 90% band."""

    n_filled: int
    n_upper: int
    n_dots: int


def dots(p: float, upper: float | None = None) -> Dots:
    """Count the dots that draw a probability: of a hundred, of a thousand below half a percent.

    Parameters
    ----------
    p
        Probability in [0, 1].
    upper
        Upper end of its 90% band; None for no band.

    Returns
    -------
    Dots
        `n_filled` is `p` rounded to whole dots.

    Examples
    --------
    >>> dots(0.0224, 0.046)
    Dots(n_filled=2, n_upper=5, n_dots=100)
    >>> dots(0.002)
    Dots(n_filled=2, n_upper=0, n_dots=1000)
    """
    _check(p)
    n_dots = 1000 if p < 0.005 else 100
    return Dots(_nearest(p * n_dots), 0 if upper is None else _nearest(upper * n_dots), n_dots)


def percent(p: float) -> str:
    """Print a probability or share in percent, with as many digits as it carries.

    Examples
    --------
    >>> percent(0.0224), percent(0.157), percent(0.0004), percent(0.9996), percent(0.0)
    ('2.2%', '16%', '<0.1%', '>99.9%', '0%')
    """
    if 0 < p < 0.001:
        return "<0.1%"
    if 0.999 < p < 1:
        return ">99.9%"
    value = 100 * p
    return f"{value:.1f}%".replace(".0%", "%") if value < 9.95 or value > 99 else f"{value:.0f}%"


def percent_range(low: float, high: float) -> str:
    """Print a band in percent, its unit once.

    Examples
    --------
    >>> percent_range(0.009, 0.046), percent_range(0.0, 0.3)
    ('0.9–4.6%', '0–30%')
    """
    return f"{percent(low).removesuffix('%')}–{percent(high)}"


def points(change: float) -> str:
    """Print a difference of two probabilities in percentage points, signed, with a true minus.

    Examples
    --------
    >>> points(0.0123), points(-0.004), points(0.00002)
    ('+1.2', '−0.4', '0.0')
    """
    text = f"{100 * change:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def _nearest(value: float) -> int:
    """Round half up, so that half a dot is never hidden."""
    return int(value + 0.5)


def _check(p: float) -> None:
    if not 0 <= p <= 1:
        raise ValueError(f"{p} is no probability; give a fraction between 0 and 1")
