"""Event data among the sources of a brief: told from reports, read, and narrowed to one country."""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from garrison.errors import CountryError, TableError
from garrison.events import read_events
from garrison.events.formats import recognise
from garrison.records import Events
from garrison.reports import Rejected

#: Endings of files that may hold event data; reports have none of them.
_ENDINGS = (".csv", ".tab", ".tsv", ".parquet", ".zip", ".export")


def split_sources(
    sources: Sequence[str | os.PathLike[str]],
) -> tuple[list[str | os.PathLike[str]], list[Path]]:
    """Tell files of event data from reports.

    Parameters
    ----------
    sources
        Paths of reports, of folders and of event data, and "-".

    Returns
    -------
    tuple
        The reports, and the files of event data: those whose ending says so, and text whose first line is the header
        of a known format (POLECAT comes as .txt).
    """
    reports: list[str | os.PathLike[str]] = []
    tables: list[Path] = []
    for source in sources:
        path = Path(source)
        if str(source) != "-" and path.is_file() and _is_event_data(path):
            tables.append(path)
        else:
            reports.append(source)
    return reports, tables


def _is_event_data(path: Path) -> bool:
    endings = [ending.lower() for ending in path.suffixes[-2:]]
    if any(ending in _ENDINGS for ending in endings):
        return True
    if endings[-1:] != [".txt"]:
        return False
    with path.open("rb") as file:
        if b"\t" not in file.readline(4096):
            return False
    try:
        recognise(path)
    except TableError:
        return False
    return True


def read_event_sources(
    paths: Sequence[Path], *, country: str | None, as_of: date | None
) -> tuple[Events, tuple[Rejected, ...]]:
    """Read files of event data: what was published by a day, in one country.

    Parameters
    ----------
    paths
        The files.
    country
        Alpha-3 code; None takes the one country of which all of them tell.
    as_of
        The last day of publication that counts, or None.

    Returns
    -------
    tuple
        The events, and for each file of which rows were set aside one entry that counts them.

    Raises
    ------
    TableError
        If a file has no known form, or nothing in them is of the country and time.
    CountryError
        If no country is given and they tell of several.
    """
    tables, rejected = [], []
    for path in paths:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            tables.append(read_events(path, country=country).table)
        rejected += [Rejected(str(path), f"{path}: {one.message}") for one in said]
    table = pa.concat_tables(tables)
    if as_of is not None:
        table = table.filter(pc.less_equal(table["published"], pa.scalar(as_of)))
    if not table.num_rows:
        when = f" published by {as_of}" if as_of else ""
        raise TableError(f"{', '.join(map(str, paths))}: no event of {country or 'any country'}{when}")
    if country is None:
        _one_country(table["country"].to_pylist())
    return Events(table), tuple(rejected)


def _one_country(countries: Sequence[str]) -> None:
    counts = Counter(countries)
    if len(counts) > 1:
        most = ", ".join(f"{name} ({number:,})" for name, number in counts.most_common(4))
        raise CountryError(
            f"the event data tell of {len(counts)} countries, most of {most}: add --country, for example "
            f"--country {counts.most_common(1)[0][0]}"
        )
