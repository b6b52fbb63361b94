"""The form of a table of levers: what `levers.toml` holds of each."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from garrison.cases.scenarios.scenario_schema import Number, Range


class _Table(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class EffectTable(_Table):
    """What a size of 1 moves, by how much, and in which shape in time."""

    on: str
    how: str
    per_unit: Number


class LeverDefinition(_Table):
    """One lever: its meaning, its range and the reason for that, what it moves, on which ground."""

    name: str
    meaning: str
    group: str
    unit: str
    range: Range
    range_reason: str
    sign: Literal[-1, 0, 1]
    pledge: bool
    live: bool
    effects: list[EffectTable]
    source: str
    why: str


class LeverTables(_Table):
    """A whole file of levers; `moved` says what can be moved at all."""

    lever: list[LeverDefinition]
    moved: list[dict[str, Any]] = Field(default_factory=list)
