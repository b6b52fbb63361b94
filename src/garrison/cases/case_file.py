"""One crisis as the project ships it: when, where, how strong the forces, what is coded of it, what happened."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from garrison.errors import CaseError
from garrison.events.case_table import read_events_table
from garrison.records import Events

_DATES = ("crisis_start", "window_start", "window_end", "default_as_of")


@dataclass(frozen=True, slots=True)
class Strength:
    """Personnel of one force, in persons: the best figure, its bounds, its source and why it was taken."""

    value: float
    low: float
    high: float
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class CodedCondition:
    """One condition of the model as coded for a case: a figure, the range that holds the truth, and its ground.

    `published` is the day from which anybody could read that ground.
    """

    value: float
    low: float
    high: float
    published: date
    source: str
    why: str


@dataclass(frozen=True)
class Case:
    """A crisis in dated facts: what can be known of it without knowing how it ends.

    `crisis_start` is the first day of its present wave; a forecast may stand on any day of the window.
    `strengths` and `coded` are keyed by force and by condition.
    """

    name: str
    title: str
    country: str
    crisis_start: date
    window_start: date
    window_end: date
    default_as_of: date
    strengths: Mapping[str, Strength]
    coded: Mapping[str, CodedCondition]
    folder: Path

    @property
    def conditions(self) -> dict[str, tuple[float, float]]:
        """The coded conditions as (low, high), as `garrison.regime.Conditions` takes them."""
        return {name: (item.low, item.high) for name, item in self.coded.items()}

    def conditions_known_by(self, as_of: date) -> dict[str, tuple[float, float]]:
        """Give only the conditions whose ground anybody could read by a day; the others stay wide."""
        return {
            name: bounds for name, bounds in self.conditions.items() if self.coded[name].published <= as_of
        }

    def events(self) -> Events:
        """Give the dated facts, each with the day of its publication and the chance that it happened."""
        return read_events_table(self.folder / "events.csv", self.country)

    def events_known_by(self, as_of: date) -> Events:
        """Give only what anybody could read on a day: an event counts from its publication on.

        Parameters
        ----------
        as_of
            The day of the forecast.

        Returns
        -------
        Events
            Published on or before that day.
        """
        return Events.of(event for event in self.events() if event.published <= as_of)

    def reports(self) -> tuple[Path, ...]:
        """Give the bundled reports, in the order of their names."""
        return tuple(sorted((self.folder / "reports").glob("*.txt")))

    @property
    def sources_text(self) -> str:
        """The list of sources, as Markdown."""
        return (self.folder / "SOURCES.md").read_text(encoding="utf8")

    def __repr__(self) -> str:
        return "\n".join(
            [
                f"Case {self.name}: {self.title} ({self.country})",
                f"  crisis from {self.crisis_start}, window {self.window_start} to {self.window_end}",
                f"  {len(self.events())} events, {len(self.reports())} reports",
                "  coded: "
                + ", ".join(f"{name} {low:g}-{high:g}" for name, (low, high) in self.conditions.items()),
            ]
        )


def read_case(folder: Path) -> Case:
    """Read the case that lies in a folder.

    Parameters
    ----------
    folder
        With `case.toml` in it.

    Returns
    -------
    Case
        Its events are read when they are asked for.

    Raises
    ------
    CaseError
        If the file is missing or one of its keys is; the message names file and key.

    Examples
    --------
    >>> read_case(Path(__file__).parent / "venezuela_2017").country
    'VEN'
    """
    path = folder / "case.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf8"))
    except FileNotFoundError:
        raise CaseError(f"{path}: no such file; a case is a folder with a case.toml") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{path}: is no TOML ({error}); mend it there") from None
    dates = {key: _date(path, table, key) for key in _DATES}
    if not dates["window_start"] <= dates["default_as_of"] <= dates["window_end"]:
        raise CaseError(f"{path}: default_as_of lies outside the window; give a day in it")
    return Case(
        name=_text(path, table, "name"),
        title=_text(path, table, "title"),
        country=_text(path, table, "country"),
        strengths=MappingProxyType(_strengths(path, table)),
        coded=MappingProxyType(_conditions(path, table)),
        folder=folder,
        **dates,
    )


def _text(path: Path, table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CaseError(f"{path}: '{key}' is missing; give it as a string")
    return value


def _date(path: Path, table: Mapping[str, Any], key: str) -> date:
    value = table.get(key)
    if type(value) is not date:
        raise CaseError(f"{path}: '{key}' is no date; write it as YYYY-MM-DD without quotes")
    return value


def _range(path: Path, where: str, row: Mapping[str, Any]) -> tuple[float, float, float]:
    try:
        value, low, high = float(row["value"]), float(row["low"]), float(row["high"])
    except (KeyError, TypeError, ValueError):
        raise CaseError(f"{path}: [{where}] needs the numbers value, low and high") from None
    if not (math.isfinite(low) and math.isfinite(high) and low <= value <= high):
        raise CaseError(f"{path}: [{where}] needs low <= value <= high, not {low:g}, {value:g}, {high:g}")
    return value, low, high


def _strengths(path: Path, table: Mapping[str, Any]) -> dict[str, Strength]:
    strengths = {}
    for name, row in table.get("strength", {}).items():
        value, low, high = _range(path, f"strength.{name}", row)
        strengths[name] = Strength(value, low, high, _text(path, row, "source"), _text(path, row, "why"))
    return strengths


def _conditions(path: Path, table: Mapping[str, Any]) -> dict[str, CodedCondition]:
    coded = {}
    for name, row in table.get("condition", {}).items():
        value, low, high = _range(path, f"condition.{name}", row)
        published = _date(path, row, "published")
        coded[name] = CodedCondition(
            value, low, high, published, _text(path, row, "source"), _text(path, row, "why")
        )
    return coded
