"""Write blind coding sheets: every crisis of the risk set, one sheet for each reader, each in its own order."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pandas as pd

from garrison.errors import ParameterError, TableError
from garrison.forecasting.defection_sheets.ladder import sheet_limit, sheet_version
from garrison.forecasting.history.crisis_set import crisis_set
from garrison.forecasting.history.rule import censored, constant
from garrison.records import check_target, write_aside
from garrison.records.cells import cell_text
from garrison.version import __version__
from garrison.world import country_codes

#: Columns that the sheet gives, and those that the reader fills.
GIVEN = ("sheet", "reader", "place", "crisis", "country", "iso", "onset", "last_day", "weeks")
CODED = (
    "rung", "d1_day", "d2_day", "d3_day", "d4_day", "further_break_days", "kinds", "forces", "confidence", "sources",
    "note",
)  # fmt: skip


#: Beside the sheets: what made them.
MADE_NAME = "sheets.json"


def blind_crises(protests: pd.DataFrame) -> pd.DataFrame:
    """Run the rule of the risk set without any label.

    Parameters
    ----------
    protests
        Those that make a crisis, as `qualifying_protests` gives them.

    Returns
    -------
    DataFrame
        crisis, country, iso, onset, last_day, weeks.

    Notes
    -----
    A label ends a crisis: under labels a crisis of less than thirteen weeks gives its break away by its length alone.
    So the weeks of a sheet are those that protests alone make, and what a reader finds cuts them afterwards.

    Examples
    --------
    >>> from datetime import date
    >>> begun = {"iso": ["MLI"], "gw": [432], "begin": [date(2012, 3, 1)], "autocratic": [True]}
    >>> protests = pd.DataFrame(begun).assign(end=date(2012, 3, 1))
    >>> blind_crises(protests).to_numpy().tolist()
    [['MLI-2012-03-01', 'Mali', 'MLI', datetime.date(2012, 3, 1), datetime.date(2012, 5, 30), 13]]
    """
    no_breaks = pd.DataFrame({"iso": pd.Series(dtype="object"), "date": pd.Series(dtype="object")})
    crises = crisis_set(protests, no_breaks).crises
    names = {row.alpha3: row.name for row in country_codes()}
    week = int(constant("crisis", "week"))
    last_days = [
        min(onset + timedelta(days=week * weeks - 1), censored())
        for onset, weeks in zip(crises["onset"], crises["weeks"].astype(int).tolist(), strict=True)
    ]
    return pd.DataFrame(
        {
            "crisis": crises["crisis"],
            "country": [names.get(str(iso), str(iso)) for iso in crises["iso"]],
            "iso": crises["iso"],
            "onset": crises["onset"],
            "last_day": last_days,
            "weeks": crises["weeks"],
        }
    )


def sheet_text(crises: pd.DataFrame, reader: str, seed: int = 1) -> str:
    """Give a reader's sheet as comma-separated text.

    Parameters
    ----------
    crises
        As `blind_crises` gives them.
    reader
        Who will fill it; each reader has an order of their own, so that tiredness falls on different crises.
    seed
        Of the order.

    Returns
    -------
    str
        A row for each crisis with the columns `GIVEN`, filled, and `CODED`, empty.

    Examples
    --------
    >>> crises = pd.DataFrame({"crisis": ["MLI-2012-03-01"], "country": ["Mali"], "iso": ["MLI"],
    ...                        "onset": ["2012-03-01"], "last_day": ["2012-05-30"], "weeks": [13]})
    >>> sheet_text(crises, "ann").splitlines()[1]
    'T1b-1,ann,1,MLI-2012-03-01,Mali,MLI,2012-03-01,2012-05-30,13,,,,,,,,,,,'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*GIVEN, *CODED])
    rows = crises[["crisis", "country", "iso", "onset", "last_day", "weeks"]].to_numpy().tolist()
    rows.sort(key=lambda row: _rank(seed, reader, str(row[0])))
    for place, row in enumerate(rows, start=1):
        given = [sheet_version(), reader, place, *row]
        writer.writerow([*(cell_text(cell) for cell in given), *("" for _ in CODED)])
    return text.getvalue()


def write_sheets(
    crises: pd.DataFrame,
    folder: str | os.PathLike[str],
    readers: Sequence[str],
    seed: int = 1,
    inputs: Mapping[str, str] | None = None,
) -> list[Path]:
    """Write a sheet for each reader, and how they were made; a sheet that is there is never written over.

    Parameters
    ----------
    crises
        As `blind_crises` gives them.
    folder
        Where the sheets shall be.
    readers
        Names of two readers or more.
    seed
        Of their orders.
    inputs
        SHA-256 of the tables that the crises were made from, by name.

    Returns
    -------
    list of Path
        The sheets in the order of the readers. Beside them `sheets.json` tells what made them.

    Raises
    ------
    ParameterError
        For fewer than two readers, or a name that is no name of a file.
    TableError
        If a sheet is there already, or the folder may not be written to; then none is written.
    """
    check_readers(readers)
    paths = [Path(folder) / f"defection-{reader}.csv" for reader in readers]
    made = Path(folder) / MADE_NAME
    for path in (*paths, made):
        if os.path.lexists(path):
            raise TableError(
                f"{path}: is there already, and a reader may have filled it; name another folder with -o"
            )
        check_target(path)
    write_aside(made, _made_text(len(crises), readers, seed, inputs or {}).encode())
    # The mark at the beginning tells spreadsheets that the text is UTF-8.
    return [
        write_aside(path, sheet_text(crises, reader, seed).encode("utf-8-sig"))
        for path, reader in zip(paths, readers, strict=True)
    ]


def _made_text(n_crises: int, readers: Sequence[str], seed: int, inputs: Mapping[str, str]) -> str:
    rule_text = files("garrison.forecasting.history").joinpath("rule.toml").read_bytes()
    made = {
        "schema": 1,
        "sheet": sheet_version(),
        "readers": list(readers),
        "seed": seed,
        "n_crises": n_crises,
        "inputs": dict(sorted(inputs.items())),
        "rule_sha256": hashlib.sha256(rule_text).hexdigest(),
        "package_version": __version__,
    }
    return json.dumps(made, indent=1) + "\n"


def check_readers(readers: Sequence[str]) -> None:
    """Refuse names that are no part of a file's name, and fewer than two readers.

    Raises
    ------
    ParameterError
        With what is wrong.
    """
    longest = sheet_limit("longest_name")
    for reader in readers:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", reader) or len(reader) > longest:
            raise ParameterError(
                f"reader {reader[:60]!r}: give a name of at most {longest} letters, digits, - and _, such as ann"
            )
    if len({reader.casefold() for reader in readers}) < max(2, len(readers)):
        raise ParameterError("give two readers or more, each of another name: --reader ann --reader ben")


def _rank(seed: int, reader: str, crisis: str) -> str:
    """Give a place that depends on nothing but seed, reader and crisis, on every machine."""
    return hashlib.sha256(f"{seed}\n{reader}\n{crisis}".encode()).hexdigest()
