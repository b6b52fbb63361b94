"""Events written in the forms that others read: PLOVER JSON, ACLED-like CSV, GeoJSON, Parquet."""

from __future__ import annotations

import os
from pathlib import Path

from garrison.errors import TableError, nearest
from garrison.events.formats.acled_like import acled_like_csv
from garrison.events.formats.plover_json import plover_lines
from garrison.records import Events, save_table, write_aside

#: Form by the ending of the file's name.
_BY_ENDING = {".jsonl": "plover", ".csv": "acled", ".geojson": "geojson", ".parquet": "parquet"}


def write_events(events: Events, path: str | os.PathLike[str], form: str | None = None) -> Path:
    r"""Write events in a form that other programs read.

    Parameters
    ----------
    events
        What to write.
    path
        Where to; written aside first and then renamed.
    form
        `plover` (an object of PLOVER's JSON a line), `acled` (CSV with ACLED's columns), `geojson` or `parquet`; the
        path's ending tells it (.jsonl, .csv, .geojson, .parquet) unless it is given.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    TableError
        If there is no such form, or nothing can be written there.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_events(Events.of([]), Path(folder) / "none.geojson").read_text()
    '{"type": "FeatureCollection", "features": []}\n'
    """
    ending = Path(path).suffix.lower()
    chosen = form or _BY_ENDING.get(ending)
    if chosen == "plover":
        return write_aside(path, "".join(line + "\n" for line in plover_lines(events)).encode())
    if chosen == "acled":
        return write_aside(path, acled_like_csv(events).encode())
    if chosen in ("geojson", "parquet"):
        return save_table(events.table, path, form=f".{chosen}")
    if form:
        raise TableError(f"cannot write events as '{form}'. {nearest(form, _BY_ENDING.values())}")
    raise TableError(f"{path}: '{ending}' tells no form; use {', '.join(_BY_ENDING)} or name one with `form`")
