"""Columns of the published tables as numbers, dates and states, with the line of whatever cannot be read."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.sources import Path_, source
from garrison.world import country_codes, country_of_code


@cache
def state_of(value: str, scheme: str) -> tuple[str, int] | None:
    """Find the state of a code or name: ISO 3166-1 alpha-3 and the number of Gleditsch and Ward.

    A state that has passed goes on in the one that continues it (the Soviet Union in Russia, Yugoslavia in Serbia).

    Parameters
    ----------
    value
        Code or name.
    scheme
        `gw`, `cow` or `name`, as in `country_of_code`.

    Examples
    --------
    >>> state_of("679", "cow"), state_of("345", "cow"), state_of("Atlantis", "name")
    (('YEM', 678), ('SRB', 340), None)
    """
    rows = {row.alpha3: row for row in country_codes()}
    code = country_of_code(value, scheme)
    while code is not None and rows[code].until and rows[code].continued_by:
        code = rows[code].continued_by
    if code is None or rows[code].gw is None:
        return None
    return code, int(rows[code].gw or 0)


def add_states(
    frame: pd.DataFrame, column: str, scheme: str, path: Path_, other: tuple[str, str] | None = None
) -> pd.DataFrame:
    """Add `iso` and `gw` to a table.

    Parameters
    ----------
    frame
        With `line`.
    column, scheme
        Where the code stands and what it is.
    path
        Named in errors.
    other
        A second column and scheme, asked where the first gives nothing.

    Raises
    ------
    TableError
        For a code that stands for no state, with file and line.
    """
    found = []
    for line, value, second in zip(
        frame["line"], frame[column], frame[other[0] if other else column], strict=True
    ):
        state = state_of(str(value), scheme) or (state_of(str(second), other[1]) if other else None)
        if state is None:
            raise TableError(
                f"{path}, line {line}: {column} '{value}' is no state known by {scheme}; correct the code, or take "
                "the row out"
            )
        found.append(state)
    kept = frame.copy()
    kept["iso"] = [iso for iso, _ in found]
    kept["gw"] = pd.Series([gw for _, gw in found], index=frame.index, dtype="int64")
    return kept


def whole_number(value: object, column: str, line: int, path: Path_) -> int:
    """Read a whole number of a table, written 4 or 4.0."""
    try:
        number = float(str(value))
        if number != int(number):
            raise ValueError
    except (ValueError, OverflowError):
        raise TableError(f"{path}, line {line}: {column} '{value}' is no whole number") from None
    return int(number)


def numbers(frame: pd.DataFrame, column: str, path: Path_, missing: tuple[str, ...] = ("",)) -> pd.Series:
    """Read a column of numbers, NaN where it says that there is none.

    Parameters
    ----------
    frame
        With `line`.
    column
        As text.
    path
        Named in errors.
    missing
        What stands where there is no value.

    Raises
    ------
    TableError
        For what is no number, with file and line.
    """
    text = frame[column].astype(str).replace(dict.fromkeys(missing, ""))
    values = pd.to_numeric(text.where(text != ""), errors="coerce").astype("float64")
    wrong = frame[(text != "") & ~np.isfinite(values)]
    if len(wrong):
        row = wrong.iloc[0]
        raise TableError(
            f"{path}, line {row['line']}: {column} '{row[column]}' is no number; leave empty what is unknown"
        )
    return values


def years(frame: pd.DataFrame, path: Path_, column: str = "year") -> pd.Series:
    """Read a column of years.

    Raises
    ------
    TableError
        For what is no year, with file and line.
    """
    values = numbers(frame, column, path)
    wrong = frame[values.isna() | (values % 1 != 0)]
    if len(wrong):
        row = wrong.iloc[0]
        raise TableError(f"{path}, line {row['line']}: {column} '{row[column]}' is no whole number")
    return values.astype("int64")


def dates(frame: pd.DataFrame, column: str, path: Path_, name: str) -> pd.Series:
    """Read a column of days written YYYY-MM-DD; a day after the version's last is refused.

    Raises
    ------
    TableError
        With file, line and what was written.
    """
    pairs = zip(frame["line"], frame[column], strict=True)
    return pd.Series(
        [_day(str(text), line, path, name) for line, text in pairs], index=frame.index, dtype="object"
    )


def dates_of_parts(frame: pd.DataFrame, path: Path_, name: str) -> pd.Series:
    """Read days from the columns year, month and day."""
    parts = zip(frame["line"], frame["year"], frame["month"], frame["day"], strict=True)
    days = []
    for line, year, month, day in parts:
        y, m, d = (
            whole_number(value, column, line, path)
            for value, column in ((year, "year"), (month, "month"), (day, "day"))
        )
        days.append(_day(f"{y:04d}-{m:02d}-{d:02d}", line, path, name))
    return pd.Series(days, index=frame.index, dtype="object")


def _day(text: str, line: int, path: Path_, name: str) -> date:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        raise TableError(f"{path}, line {line}: '{text}' is no day; write YYYY-MM-DD") from None
    last = source(name).last_day
    if day > last:
        raise TableError(
            f"{path}, line {line}: {day} lies after {last}, the last day that {name} {source(name).version} covers; "
            "a later version needs its own entry in sources.toml"
        )
    return day


def check_years(frame: pd.DataFrame, path: Path_) -> None:
    """Refuse country-years told twice, and years missing within a table."""
    twice = frame[frame.duplicated(["iso", "year"])]
    if len(twice):
        row = twice.iloc[0]
        raise TableError(
            f"{path}, line {row['line']}: {row['iso']} {row['year']} is told twice; keep one row"
        )
    years = {int(year) for year in frame["year"]}
    gaps = sorted(set(range(min(years), max(years) + 1)) - years) if years else []
    if gaps:
        raise TableError(
            f"{path}: no row of {', '.join(map(str, gaps[:5]))}; the file is cut, get it whole again"
        )
