"""What the tables of REIGN have in common: how they number states, and how far they are read."""

from __future__ import annotations

from datetime import date

import pandas as pd

from garrison.forecasting.history.columns import add_states
from garrison.forecasting.history.sources import Path_, read_table

#: What began later is kept back: it is not read.
LAST_DAY = date(2019, 12, 31)

#: A part that has passed into a state that stands beside it (South Yemen) is not read: the state's own rows count.
PASSED = ("680",)


def reign_rows(
    path: Path_,
    name: str,
    column: str,
    *,
    any_version: bool = False,
    other: tuple[str, str] | None = None,
) -> pd.DataFrame:
    """Read a table of REIGN as text, with iso and gw.

    Parameters
    ----------
    path
        The file.
    name
        Of the table in `sources.toml`.
    column
        Where the number of the Correlates of War stands.
    any_version
        Read a file of another version too.
    other
        A second column and scheme, asked where the first gives nothing.

    Raises
    ------
    TableError
        If the file is not the known version, or a code stands for no state.
    """
    frame = read_table(path, name, any_version=any_version)
    return add_states(frame[~frame[column].isin(PASSED)], column, "cow", path, other)
