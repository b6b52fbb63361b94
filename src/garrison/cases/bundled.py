"""The crises that come with the package."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from garrison.cases.case_file import Case, read_case
from garrison.errors import CaseError, nearest


@cache
def _folders() -> dict[str, Path]:
    here = Path(__file__).parent
    return {
        path.parent.name.replace("_", "-"): path.parent
        for path in sorted(here.glob("*/case.toml"), key=lambda path: path.parent.name)
    }


def cases() -> tuple[str, ...]:
    """Give the names of the bundled crises.

    Examples
    --------
    >>> "venezuela-2017" in cases()
    True
    """
    return tuple(_folders())


@cache
def case(name: str) -> Case:
    """Give a bundled crisis by its name.

    Parameters
    ----------
    name
        As in `cases()`.

    Returns
    -------
    Case
        Its dated facts, reports and coded conditions.

    Raises
    ------
    CaseError
        If there is none of this name; the message names the nearest one.

    Examples
    --------
    >>> case("venezuela-2017").crisis_start
    datetime.date(2017, 3, 29)
    """
    try:
        return read_case(_folders()[name])
    except KeyError:
        raise CaseError(f"unknown case '{name}'. {nearest(name, cases())}") from None


def case_for(country: str, as_of: date) -> Case | None:
    """Find the bundled crisis of a country whose window holds a day.

    Parameters
    ----------
    country
        Alpha-3 code.
    as_of
        The day of the forecast.

    Returns
    -------
    Case or None
        None where no bundled crisis fits.

    Examples
    --------
    >>> case_for("VEN", date(2017, 5, 7)).name
    'venezuela-2017'
    >>> case_for("VEN", date(2019, 5, 7)) is None
    True
    """
    fitting = (case(name) for name in cases())
    return next(
        (
            item
            for item in fitting
            if item.country == country and item.window_start <= as_of <= item.window_end
        ),
        None,
    )
