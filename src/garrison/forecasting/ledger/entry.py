"""What stands in the ledger: a forecast as it was made, and what came of it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Literal

from garrison.errors import DateError, ParameterError

Outcome = Literal["0", "1", "void"]

#: The name under which somebody settles a forecast without a resolver.
BY_HAND = "by hand"

_SHA256 = re.compile(r"[0-9a-f]{64}")
_COUNTRY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that a forecast was made from: its name and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Resolver:
    """The rule that shall settle a forecast, fixed when the forecast is made.

    `types` are the event types that count as the target, `min_p_happened` how likely one must be to count.
    """

    name: str
    version: str
    types: tuple[str, ...] = ()
    min_p_happened: float = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastEntry:
    """A forecast as it was made: what was asked, what was answered, from what.

    Parameters
    ----------
    country
        Alpha-3 code.
    as_of, vintage
        The day of which it speaks, and the last day on which anything that it used was published.
    target, target_version
        What is forecast, such as T1a.
    horizon_days
        Days after `as_of` within which the target may come; the last of them is `due`.
    p, band50, band90
        The chance, strictly between 0 and 1 (never a point verdict), with its bands.
    base_rate, base_rate_band90, base_rate_rule
        What is scored against: the base rate that stood beside it, and its rule of what counts.
    model_p, model_band90
        What the model would say; None where there is no model.
    inputs, settings_sha256, seed, package_version
        What the forecast was made from, so that it can be made again.
    resolver
        The rule that shall settle it.
    note
        Free words.

    Raises
    ------
    ParameterError
        For a value of the wrong kind or outside its range.
    DateError
        If the vintage lies after the as-of day.

    Examples
    --------
    >>> asked = ForecastEntry(
    ...     country="VEN", as_of=date(2017, 5, 7), vintage=date(2017, 5, 7), target="T1a", target_version="1",
    ...     horizon_days=90, p=0.02, band50=(0.01, 0.03), band90=(0.005, 0.05), base_rate=0.02,
    ...     settings_sha256="0" * 64, seed=1, package_version="0.1.0", resolver=Resolver("events-by-type", "1"))
    >>> asked.due
    datetime.date(2017, 8, 5)
    """

    country: str
    as_of: date
    vintage: date
    target: str
    target_version: str
    horizon_days: int
    p: float
    band50: tuple[float, float]
    band90: tuple[float, float]
    base_rate: float
    base_rate_band90: tuple[float, float] | None = None
    base_rate_rule: str = ""
    model_p: float | None = None
    model_band90: tuple[float, float] | None = None
    inputs: tuple[InputFile, ...] = ()
    settings_sha256: str
    seed: int
    package_version: str
    resolver: Resolver
    note: str = ""

    @property
    def due(self) -> date:
        """The last day of the window."""
        return self.as_of + timedelta(days=self.horizon_days)

    @property
    def question(self) -> tuple[str, str, str, date, int]:
        """What is asked; two entries with the same question are two answers to it."""
        return (self.country, self.target, self.target_version, self.as_of, self.horizon_days)

    def __post_init__(self) -> None:
        if not isinstance(self.country, str) or not _COUNTRY.fullmatch(self.country):
            raise ParameterError(f"country {self.country!r}: give the code of three letters, such as VEN")
        _check_texts(self, ("target", "target_version", "package_version"))
        _check_day(self.as_of, "as_of")
        _check_day(self.vintage, "vintage")
        if self.vintage > self.as_of:
            raise DateError(
                f"vintage {self.vintage}: lies after the as-of day {self.as_of}; a forecast uses only what was "
                "published by then"
            )
        if not _is_whole(self.horizon_days) or not 1 <= self.horizon_days <= 36525:
            raise ParameterError(f"horizon_days {self.horizon_days!r}: give whole days from 1 to 36525")
        if self.as_of > date.max - timedelta(days=36525):
            raise DateError(f"as_of {self.as_of}: is no day that a forecast can speak of")
        if not _is_whole(self.seed) or self.seed < 0:
            raise ParameterError(f"seed {self.seed!r}: give a whole number of 0 or more")
        for name in ("p", "base_rate", "model_p"):
            _check_chance(getattr(self, name), name, may_lack=name == "model_p")
        for name in ("band50", "band90", "base_rate_band90", "model_band90"):
            _check_band(getattr(self, name), name, may_lack=not name.startswith("band"))
        for name, text in (
            ("settings_sha256", self.settings_sha256),
            *((f"inputs {one.name!r}", one.sha256) for one in self.inputs),
        ):
            _check_sha256(text, name)
        if not 0 < self.resolver.min_p_happened <= 1:
            raise ParameterError(
                f"min_p_happened {self.resolver.min_p_happened}: give a chance above 0 and up to 1"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What came of a forecast.

    Parameters
    ----------
    of
        Number of the forecast's entry.
    outcome
        "1" it came within the window, "0" it did not, "void" the question cannot be settled.
    source
        Where that can be read.
    resolved
        The day up to which what was known was looked at.
    resolver, resolver_version
        The rule that settled it, or `by hand`.
    reason
        Why; required where the outcome is void and where an earlier resolution is corrected.

    Raises
    ------
    ParameterError
        For a value of the wrong kind, or a void outcome without a reason.

    Examples
    --------
    >>> Resolution(of=1, outcome="0", source="Powell & Thyne 2019", resolved=date(2019, 1, 1)).resolver
    'by hand'
    """

    of: int
    outcome: Outcome
    source: str
    resolved: date
    resolver: str = BY_HAND
    resolver_version: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if not _is_whole(self.of) or self.of < 1:
            raise ParameterError(f"entry {self.of!r}: give the number of a forecast")
        if self.outcome not in ("0", "1", "void"):
            raise ParameterError(f"outcome {self.outcome!r}: give 0, 1 or void")
        _check_texts(self, ("source", "resolver"))
        _check_day(self.resolved, "resolved")
        if self.outcome == "void" and not self.reason.strip():
            raise ParameterError(f"entry {self.of}: a void outcome needs its reason; add one")


Content = ForecastEntry | Resolution

KINDS: dict[str, type[ForecastEntry] | type[Resolution]] = {
    "forecast": ForecastEntry,
    "resolution": Resolution,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: its number, the day it was written, its place in the chain, what it says."""

    number: int
    written: date
    previous: str
    sha256: str
    content: Content

    @property
    def kind(self) -> str:
        """`forecast` or `resolution`."""
        return kind_of(self.content)


def kind_of(content: Content) -> str:
    """Give the kind under which a forecast or a resolution stands in the ledger.

    Examples
    --------
    >>> kind_of(Resolution(of=1, outcome="1", source="a list", resolved=date(2019, 1, 1)))
    'resolution'
    """
    return "forecast" if isinstance(content, ForecastEntry) else "resolution"


def plain(value: Any) -> Any:
    """Turn a record into what JSON can say: objects, lists, text, numbers; days as YYYY-MM-DD.

    Examples
    --------
    >>> plain(InputFile("a.txt", "0"))
    {'name': 'a.txt', 'sha256': '0'}
    """
    if isinstance(value, ForecastEntry | Resolution | Resolver | InputFile):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return float(value)
    return value


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _check_texts(record: Any, names: tuple[str, ...]) -> None:
    for name in names:
        value = getattr(record, name)
        if not isinstance(value, str) or not value.strip():
            raise ParameterError(f"{name} {value!r}: is empty; give it in words")


def _check_day(value: object, name: str) -> None:
    # A datetime is a date to Python; its hour has no place here.
    if type(value) is not date:
        raise DateError(f"{name} {value!r}: give a day (datetime.date)")


def _check_chance(value: object, name: str, *, may_lack: bool) -> None:
    if value is None and may_lack:
        return
    if not isinstance(value, float) or not 0 < value < 1:
        raise ParameterError(f"{name} {value!r}: give a chance above 0 and below 1; no forecast is certain")


def _check_band(value: object, name: str, *, may_lack: bool) -> None:
    if value is None and may_lack:
        return
    numbers = value if isinstance(value, tuple) else ()
    good = len(numbers) == 2 and all(isinstance(one, float) and math.isfinite(one) for one in numbers)
    if not good or not 0 <= numbers[0] <= numbers[1] <= 1:
        raise ParameterError(f"{name} {value!r}: give (low, high) with 0 <= low <= high <= 1")


def _check_sha256(value: object, name: str) -> None:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ParameterError(f"{name}: {value!r} is no SHA-256 (64 digits 0-9 a-f)")
