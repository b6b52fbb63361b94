"""What each feature means, from `features.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from garrison.errors import ParameterError, nearest
from garrison.forecasting.history.timeline import Floats


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its meaning, its table, how late it is known, its transform, and the ends of its range.

    `lag_years` is None for what is dated to the day; `group` is the subject that models ask for.
    """

    name: str
    group: str
    words: str
    table: str
    transform: str
    unit: str
    range: tuple[float, float]
    why: str
    lag_years: int | None = None


@cache
def _contents() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("features.toml").read_text(encoding="utf8"))


@cache
def feature_definitions() -> dict[str, Feature]:
    """Give every feature by its name, in the order of the table.

    Examples
    --------
    >>> feature_definitions()["polyarchy"].lag_years, feature_definitions()["polyarchy"].range
    (1, (0.0, 1.0))
    """
    found = {}
    for name, row in _contents()["feature"].items():
        low, high = row.pop("range")
        found[name] = Feature(name=name, range=(float(low), float(high)), **row)
    return found


def number(name: str) -> float:
    """Give a number among the constants of the features.

    Examples
    --------
    >>> number("days_of_year")
    365.25
    """
    return float(_contents()["constants"][name]["value"])


def day(name: str) -> np.datetime64:
    """Give a day among the constants of the features."""
    value = _contents()["constants"][name]["value"]
    assert isinstance(value, date)
    return np.datetime64(value, "D")


def states_without_protest_rows() -> tuple[str, ...]:
    """Give the states that the list of protests does not cover."""
    return tuple(_contents()["constants"]["without_protest_rows"]["value"])


def states_without_election_rows() -> tuple[str, ...]:
    """Give the states that the list of elections does not cover."""
    return tuple(_contents()["constants"]["without_election_rows"]["value"])


def neighbourhoods() -> tuple[tuple[int, int], ...]:
    """Give the first and last state number of each neighbourhood."""
    return tuple((int(first), int(last)) for first, last in _contents()["neighbourhoods"]["value"])


def lag(name: str) -> int:
    """Give the lag of a yearly feature in years."""
    found = feature_definitions()[name].lag_years
    assert found is not None
    return found


def frame_of(columns: dict[str, Floats], index: pd.Index) -> pd.DataFrame:
    """Put features beside one another, each within its range.

    Parameters
    ----------
    columns
        Values by the feature's name; NaN is missing.
    index
        Of the rows.

    Examples
    --------
    >>> frame_of({"polyarchy": np.array([-0.5, np.nan, 0.3])}, pd.RangeIndex(3))["polyarchy"].tolist()
    [0.0, nan, 0.3]
    """
    definitions = feature_definitions()
    clamped = {name: np.clip(values, *definitions[name].range) for name, values in columns.items()}
    return pd.DataFrame(clamped, index=index, dtype="float64")


def features_of_group(group: str) -> tuple[str, ...]:
    """List the features of one subject, in the order of the table.

    Parameters
    ----------
    group
        coup_history; leaders: the leader, the kind of regime, votes; structure; protest; crisis.

    Raises
    ------
    ParameterError
        For another group.

    Examples
    --------
    >>> features_of_group("leaders")[:3]
    ('leader_tenure', 'leader_entered_irregularly', 'leader_military_career')
    """
    definitions = feature_definitions()
    known = dict.fromkeys(feature.group for feature in definitions.values())
    if group not in known:
        raise ParameterError(f"no group of features '{group}'. {nearest(group, known)}")
    return tuple(name for name, feature in definitions.items() if feature.group == group)
