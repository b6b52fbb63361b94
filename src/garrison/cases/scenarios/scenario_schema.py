"""The form of a scenario file: which keys there are and what each holds; the names in it are checked elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, FiniteFloat, field_validator
from pydantic_core import PydanticCustomError


def _range_of(given: Any) -> tuple[float, float]:
    ends = given if isinstance(given, list) else [given, given]
    numbers = [item for item in ends if isinstance(item, int | float) and not isinstance(item, bool)]
    if len(ends) != 2 or len(numbers) != 2:
        raise PydanticCustomError("range", "give a number, or a list of two: [low, high]")
    try:
        return float(numbers[0]), float(numbers[1])
    except OverflowError:
        raise PydanticCustomError("range", "give a number that a computer can hold") from None


def _number_of(given: Any) -> Any:
    if isinstance(given, int) and not isinstance(given, bool):
        try:
            return float(given)
        except OverflowError:
            raise PydanticCustomError("range", "give a number that a computer can hold") from None
    return given


Range = Annotated[tuple[float, float], BeforeValidator(_range_of)]
Number = Annotated[FiniteFloat, BeforeValidator(_number_of)]
Conditions = dict[str, Range]
Shifts = dict[str, dict[str, Number]]


class _Table(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class LeverTable(_Table):
    """One [[lever]]: what is done, how much of it, from when."""

    name: str
    size: Number
    start: date | None = None
    day: int | None = None
    ramp_days: int = 1
    credibility: Number = 1.0


class ArmTable(_Table):
    """One [[compare]]: an arm beside the scenario as it stands."""

    name: str
    conditions: Conditions = Field(default_factory=dict)
    shifts: Shifts = Field(default_factory=dict)
    lever: list[LeverTable] = Field(default_factory=list)


class ExpectTable(_Table):
    """One [[expect]]: what a hypothesis leads one to expect."""

    outcome: str
    sign: int
    arm: str = ""
    than: Any = ""
    within: Number = 0.0

    @field_validator("than")
    @classmethod
    def _arm_or_number(cls, given: Any) -> str | float:
        if isinstance(given, bool) or not isinstance(given, str | int | float):
            raise PydanticCustomError("range", "give the name of an arm, or a number")
        return given if isinstance(given, str) else float(_number_of(given))


class HypothesisTable(_Table):
    """The [hypothesis]: its sentence, and what a run can and cannot say about it."""

    id: str
    statement: str
    origin: str
    speaks_for: str
    speaks_against: str
    cannot_tell: str


class ScenarioTable(_Table):
    """A scenario file."""

    schema_version: Literal[1] = Field(alias="schema")
    name: str
    start: date
    days: int
    question: str = ""
    country: str = ""
    case: str = ""
    as_of: date | None = None
    layout: str = "national"
    runs: int = 2000
    seed: int = 1
    conditions: Conditions = Field(default_factory=dict)
    shifts: Shifts = Field(default_factory=dict)
    lever: list[LeverTable] = Field(default_factory=list)
    compare: list[ArmTable] = Field(default_factory=list)
    expect: list[ExpectTable] = Field(default_factory=list)
    hypothesis: HypothesisTable | None = None
