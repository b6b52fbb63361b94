"""The chance that a happening happened, from the kinds and the independence of those who say so."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from garrison.errors import TableError, nearest
from garrison.vocabulary import event_type, source_kinds

_REGIME_SIDE = ("official", "security_force")


@dataclass(frozen=True, slots=True)
class Testimony:
    """One independent source's word on a happening: the kinds along its chain, and whether it denies it.

    `ratio` is what this very source's word weighs, where its record is known; None takes what its kind weighs.
    """

    chain: tuple[str, ...]
    denies: bool = False
    ratio: float | None = None


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf8"))


def _type_row(kind: str) -> dict[str, Any]:
    table = _table("type_priors.toml")
    row: dict[str, Any] = table.get(event_type(kind).name, table["default"])
    return row


def type_prior(kind: str) -> float:
    """Give the chance that a happening of this type happened, once somebody says so, before weighing who.

    Examples
    --------
    >>> type_prior("FRATERNIZE_JOIN") < type_prior("PURGE_ARREST_MIL") < type_prior("PROTEST")
    True
    """
    return float(_type_row(kind)["p_prior"]["value"])


def linking_gap(kind: str) -> int:
    """Give how many days apart two claims of this type may lie and still tell of one happening."""
    return int(_type_row(kind)["gap"]["value"])


def gains_from(kind: str) -> frozenset[str]:
    """Give the kinds of source that gain from the belief that a happening of this type happened.

    Examples
    --------
    >>> sorted(gains_from("DEFECT")), sorted(gains_from("LOYALTY_SIGNAL"))
    (['opposition'], ['official', 'security_force'])
    """
    return frozenset(_type_row(kind).get("gains", _table("type_priors.toml")["default"]["gains"]))


def count_factor() -> float:
    """Give by which factor two counts may differ and still be counts of one thing."""
    return float(_table("type_priors.toml")["counts"]["factor"]["value"])


def _row_of(source: str, kind: str) -> str:
    """Give the row of weights of a kind of source: a government that speaks in its own favour has its own."""
    serves_it = source in _REGIME_SIDE and not _type_row(kind).get("against_regime_interest", False)
    return "in_own_interest" if serves_it else source


def ratio_of_testimony(kind: str, testimony: Testimony) -> float:
    """Give the likelihood ratio of one independent source's word on a happening of a type.

    A chain is as strong as its weakest link: a tweet that a newspaper retells weighs what the tweet weighs.
    Where a government or its army speaks in its own favour, its word weighs what such words weigh.

    Parameters
    ----------
    kind
        Event type.
    testimony
        The chain of source kinds, and whether they deny it.

    Returns
    -------
    float
        P(they say so | it happened) / P(they say so | it did not), greater than 0.

    Examples
    --------
    >>> tweet = ratio_of_testimony("DEFECT", Testimony(("media", "social_media")))
    >>> admission = ratio_of_testimony("DEFECT", Testimony(("official",)))
    >>> tweet < 2 < admission
    True
    """
    weights = _table("source_weights.toml")
    side = "denial" if testimony.denies else "ratio"
    ratios = []
    for place, link in enumerate(testimony.chain or ("author",)):
        if link not in source_kinds():
            raise TableError(f"unknown kind of source '{link}'. {nearest(link, source_kinds())}")
        if place == 0 and testimony.ratio is not None:
            ratios.append(testimony.ratio)
            continue
        ratios.append(float(weights[_row_of(link, kind)][side]["value"]))
    return max(ratios) if testimony.denies else min(ratios)


@dataclass(frozen=True, slots=True)
class Rates:
    """How often a kind of source tells, and denies, a happening that did happen and one that did not."""

    tells_true: float
    tells_false: float
    denies_true: float
    denies_false: float


def rates_of(source: str, kind: str | None = None) -> Rates:
    """Give the first rates of a kind of source, from 0 to 1, before any record is known.

    Parameters
    ----------
    source
        Kind of source.
    kind
        Event type that it tells of, which says whether a government speaks in its own favour; None where it may be any.

    Examples
    --------
    >>> rates = rates_of("social_media")
    >>> round(rates.tells_true / rates.tells_false, 2)
    1.8
    """
    row = _table("source_weights.toml")[_row_of(source, kind) if kind else source]
    tells, denies = float(row["detection"]["value"]), float(row["denies"]["value"])
    return Rates(tells, tells / row["ratio"]["value"], denies * row["denial"]["value"], denies)


def limit(name: str) -> float:
    """Give one of the limits of `source_weights.toml`: surest, highest, lowest, strength, lag."""
    return float(_table("source_weights.toml")["limits"][name]["value"])


def weigh_testimonies(
    kind: str, testimonies: Sequence[Testimony], *, beside: Sequence[float] = ()
) -> tuple[float, float]:
    """Weigh independent testimonies for and against one happening.

    odds(happened) = odds(prior of its type) * product of the testimonies' likelihood ratios (Bayes' rule for
    sources that are independent given the truth).

    Parameters
    ----------
    kind
        Event type.
    testimonies
        One for each independent source; retellings of one source are one testimony.
    beside
        Evidence ratios already weighed, of sources independent of these.

    Returns
    -------
    tuple of float
        The evidence ratio, and P(it happened) in (0, 1).

    Examples
    --------
    >>> one, p_one = weigh_testimonies("DEFECT", [Testimony(("social_media",))])
    >>> two, p_two = weigh_testimonies("DEFECT", [Testimony(("media",)), Testimony(("media",))])
    >>> one < two and p_one < p_two
    True
    """
    ratio = math.prod([*beside, *(ratio_of_testimony(kind, item) for item in testimonies)])
    ratio = min(max(ratio, limit("lowest")), limit("highest"))
    prior = type_prior(kind)
    odds = prior / (1 - prior) * ratio
    surest = limit("surest")
    return ratio, min(max(odds / (1 + odds), 1 - surest), surest)


def weigh_sources(
    kind: str, chains: Sequence[str | Sequence[str]], *, denied: bool = False
) -> tuple[float, float]:
    """Weigh a happening by the kinds of its independent sources, as a case's table lists them.

    Parameters
    ----------
    kind
        Event type.
    chains
        One source kind, or one chain of kinds, for each independent source that says it happened.
    denied
        Whether the government denies it.

    Returns
    -------
    tuple of float
        The evidence ratio, and P(it happened) in (0, 1).

    Examples
    --------
    >>> round(weigh_sources("PURGE_ARREST_MIL", ["opposition", "ngo"])[1], 2)
    0.91
    """
    testimonies = [Testimony((chain,) if isinstance(chain, str) else tuple(chain)) for chain in chains]
    if denied:
        testimonies.append(Testimony(("official",), denies=True))
    return weigh_testimonies(kind, testimonies)
