"""The targets: what is forecast, of whom, how far ahead, and by whom it is settled."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from garrison.errors import ParameterError, nearest


@dataclass(frozen=True, slots=True)
class LedgerRule:
    """How an entry of the ledger about a target is settled: by which resolver, from which types of events."""

    resolver: str
    resolver_version: str
    types: tuple[str, ...]
    min_p_happened: float
    why: str


@dataclass(frozen=True, slots=True)
class Target:
    """What is forecast.

    Parameters
    ----------
    code, version, title, question
        T1a, T2 or T3, its version, its name, and the question in words.
    unit, horizons
        Country-month or crisis-week, and the days of its windows.
    covered_from, covered_until
        The days between which its sources say whether it came.
    risk_set
        Which rows could have it.
    sources, second_sources, label_sets
        Tables of history that settle it, those that only another label set asks, and what may count; the first label
        set is the one meant where none is named.
    why, note
        Why it is asked, and what to know of it.
    ledger
        How an entry is settled.
    """

    code: str
    version: str
    title: str
    question: str
    unit: str
    horizons: tuple[int, ...]
    covered_from: date
    covered_until: date
    risk_set: str
    sources: tuple[str, ...]
    second_sources: tuple[str, ...]
    label_sets: tuple[str, ...]
    why: str
    note: str
    ledger: LedgerRule


@cache
def targets() -> dict[str, Target]:
    """Give every target by its code.

    Examples
    --------
    >>> [(item.code, item.unit) for item in targets().values()]
    [('T1a', 'crisis-week'), ('T2', 'country-month'), ('T3', 'country-month')]
    """
    text = files(__package__).joinpath("targets.toml").read_text(encoding="utf8")
    lists = ("horizons", "sources", "second_sources", "label_sets")
    found = {}
    for code, row in tomllib.loads(text).items():
        rule = row.pop("ledger")
        rule["types"] = tuple(rule["types"])
        row |= {name: tuple(row[name]) for name in lists}
        found[code] = Target(code=code, ledger=LedgerRule(**rule), **row)
    return found


def target(code: str) -> Target:
    """Give a target.

    Parameters
    ----------
    code
        Such as T1a.

    Raises
    ------
    ParameterError
        If Garrison has no such target.

    Examples
    --------
    >>> target("T2").label_sets
    ('powell_thyne', 'colpus')
    """
    if code not in targets():
        raise ParameterError(f"target '{code}' is unknown. {nearest(code, targets())}")
    return targets()[code]


def label_set_of(asked: Target, label_set: str | None) -> str:
    """Give a target's label set by its name, the first if none is named.

    Raises
    ------
    ParameterError
        If the target has no such label set.
    """
    if label_set is None:
        return asked.label_sets[0]
    if label_set not in asked.label_sets:
        raise ParameterError(
            f"{asked.code} has no label set '{label_set}'. {nearest(label_set, asked.label_sets)}"
        )
    return label_set
