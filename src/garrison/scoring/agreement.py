"""How far two or more coders agree beyond chance: Krippendorff's alpha, Cohen's kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import combinations
from typing import TypeVar

from garrison.errors import TableError

V = TypeVar("V", bound=Hashable)


def differ(one: Hashable, other: Hashable) -> float:
    """Give the nominal distance: 0 where two values are the same, 1 where they differ.

    Parameters
    ----------
    one, other
        Two codings of one thing.

    Returns
    -------
    float
        0 or 1.

    Examples
    --------
    >>> differ("forecast", "forecast"), differ("forecast", "hypothetical")
    (0.0, 1.0)
    """
    return 0.0 if one == other else 1.0


def set_distance(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the distance of two sets of labels.

    Parameters
    ----------
    one, other
        Two codings of one thing, any number of labels each.

    Returns
    -------
    float
        1 - Jaccard index x monotonicity, 0 to 1; monotonicity is 1 for equal sets, 2/3 where one holds the other, 1/3
        where they overlap, 0 where they are apart (MASI, Passonneau 2006).

    Examples
    --------
    >>> set_distance(frozenset("AB"), frozenset("AB")), round(set_distance(frozenset("A"), frozenset("AB")), 3)
    (0.0, 0.667)
    """
    if one == other:
        return 0.0
    shared = len(one & other)
    if not shared:
        return 1.0
    monotonicity = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1.0 - shared / len(one | other) * monotonicity


def krippendorff_alpha(units: Sequence[Sequence[V]], distance: Callable[[V, V], float] = differ) -> float:
    """Give Krippendorff's alpha, 1 - observed / expected disagreement (Krippendorff 2004, ch. 11).

    Parameters
    ----------
    units
        For each unit the values that the coders gave it; a unit with fewer than two is left out.
    distance
        Of two values, 0 to 1; symmetric, 0 for equal ones.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance would give; 1 where no two values differ.

    Raises
    ------
    TableError
        If no unit has two values.

    Examples
    --------
    >>> krippendorff_alpha([["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]]) > 0.5
    True
    """
    coded = [list(values) for values in units if len(values) > 1]
    if not coded:
        raise TableError("no unit has two codings: agreement needs at least one unit that two coders coded.")
    total = sum(len(values) for values in coded)
    observed = (
        sum(
            2 * sum(distance(one, other) for one, other in combinations(values, 2)) / (len(values) - 1)
            for values in coded
        )
        / total
    )
    counts: dict[V, int] = {}
    for values in coded:
        for value in values:
            counts[value] = counts.get(value, 0) + 1
    expected = (
        2
        * sum(counts[one] * counts[other] * distance(one, other) for one, other in combinations(counts, 2))
        / (total * (total - 1))
    )
    return 1.0 if expected == 0 else 1.0 - observed / expected


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Give Cohen's kappa of two coders, (observed - expected) / (1 - expected) agreement (Cohen 1960).

    Parameters
    ----------
    pairs
        For each unit the value of the first coder and that of the second.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance would give by each coder's own shares; 1 where no two values differ.

    Raises
    ------
    ValueError
        If there is no unit.

    Examples
    --------
    >>> pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    >>> round(cohen_kappa(pairs), 2)
    0.4
    """
    if not pairs:
        raise ValueError("agreement needs at least one unit that two coders coded")
    total = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    observed = sum(one == other for one, other in pairs) / total
    expected = sum(first[value] * second[value] for value in first) / total**2
    return 1.0 if expected == 1.0 else (observed - expected) / (1.0 - expected)
