"""Where the user's tables of history lie: a folder of theirs, noted in the project folder, and what was fetched."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from garrison.errors import TableError
from garrison.forecasting.history.sources import Path_
from garrison.forecasting.history.table_check import DataCheck, TableState, check_found
from garrison.forecasting.history.table_search import FoundFiles, check_folder_path, search_tables
from garrison.records import write_aside

#: The note in the project folder, and the folder beside it that holds what was fetched.
NOTE_NAME = "data.toml"
FETCHED_NAME = "data"

#: Version of the note's form.
SCHEMA = 1


def use_data(folder: Path_, home: Path_) -> DataCheck:
    """Note a folder of tables in the project folder, so that later commands find them there.

    Parameters
    ----------
    folder
        Holds tables under their known file names; subfolders count.
    home
        The project folder.

    Returns
    -------
    DataCheck
        How each known table stands, those fetched earlier included.

    Raises
    ------
    TableError
        If it is no folder, or no known table is in it; then nothing is noted.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "polity5.csv").write_text("no table at all")
    ...     check = use_data(folder, Path(folder, "garrison"))
    ...     sorted(tables_of_home(Path(folder, "garrison")))
    ['polity']
    >>> check.tables["polity"].state.value
    'other version'
    """
    found = search_tables(folder)
    if not found.by_table:
        aside = "".join(f"; {words}" for words in found.set_aside[:3])
        raise TableError(
            f"{folder}: no known table is in it{aside}; garrison data list tells the names of their files"
        )
    write_aside(Path(home) / NOTE_NAME, _note(Path(folder).absolute()).encode())
    return check_data(home)


def data_folder(home: Path_) -> Path | None:
    """Give the folder that `use_data` noted, None where none is.

    Raises
    ------
    TableError
        If the note cannot be read, or its folder is gone.
    """
    note = Path(home) / NOTE_NAME
    if not note.exists():
        return None
    try:
        content = tomllib.loads(note.read_text(encoding="utf8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableError(f"{note}: cannot be read ({error}); {_AGAIN} writes it anew") from None
    schema, folder = content.get("schema"), content.get("folder")
    if schema != SCHEMA:
        raise TableError(f"{note}: schema {schema!r} is none that this version knows ({SCHEMA}); {_AGAIN}")
    if not isinstance(folder, str) or "\0" in folder or not Path(folder).is_absolute():
        raise TableError(f"{note}: folder names no folder; {_AGAIN} writes it anew")
    try:
        check_folder_path(Path(folder))
    except TableError as error:
        raise TableError(f"{note}: {error}; {_AGAIN} notes another") from None
    return Path(folder)


def check_data(home: Path_) -> DataCheck:
    """Tell how each known table stands among the user's data.

    Parameters
    ----------
    home
        The project folder.
    """
    folder = data_folder(home)
    noted = search_tables(folder) if folder else FoundFiles()
    return check_found(noted, _fetched(Path(home)))


def tables_of_home(home: Path_) -> dict[str, Path]:
    """Give the user's tables by name, as the readers of history take them.

    Parameters
    ----------
    home
        The project folder.

    Returns
    -------
    dict
        Files of another version are among them where there is no better one: their reader says what is wrong.

    Raises
    ------
    TableError
        If the user has named no data and fetched none.
    """
    check = check_data(home)
    paths = {name: table.path for name, table in check.tables.items() if table.path is not None}
    if not paths:
        raise TableError(
            f"{home}: no tables of history are known there; name the folder that holds them with {_AGAIN}, or fetch "
            "one with garrison data get NAME"
        )
    return paths


def fetched_folder(home: Path_, name: str) -> Path:
    """Give the folder in which a fetched table is kept."""
    return Path(home) / FETCHED_NAME / name


def is_present(home: Path_, name: str) -> Path | None:
    """Give the file of a table that the user has in its known version, None where there is none."""
    table = check_data(home).tables[name]
    return table.path if table.state is TableState.present else None


_AGAIN = "garrison data use PATH"


def _fetched(home: Path) -> FoundFiles:
    folder = home / FETCHED_NAME
    return search_tables(folder) if folder.is_dir() else FoundFiles()


def _note(folder: Path) -> str:
    try:
        folder.as_posix().encode("utf8")
    except UnicodeEncodeError:
        raise TableError(f"{folder!r}: its name is no text in UTF-8; rename the folder") from None
    # A TOML string takes JSON's escapes; DEL is the one character that JSON leaves bare and TOML does not.
    name = json.dumps(str(folder), ensure_ascii=False).replace("\x7f", "\\u007F")
    return (
        f"# Where Garrison finds the tables of history; written by {_AGAIN}.\n"
        f"schema = {SCHEMA}\n"
        f"folder = {name}\n"
    )
