"""Fetch a known table that the user has named, after they have accepted its licence."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from garrison.errors import ParameterError, TableError
from garrison.forecasting.history.data_folder import fetched_folder
from garrison.forecasting.history.download import download
from garrison.forecasting.history.sources import Path_, Source, source
from garrison.records import check_target, write_aside

#: Beside each fetched table: where it comes from, its licence, how to cite it.
SOURCE_NAME = "SOURCE.txt"


def terms(name: str) -> str:
    """Say what a user accepts who fetches a table.

    Parameters
    ----------
    name
        Of the table.

    Raises
    ------
    TableError
        If the table has no address from which it can be fetched as it is.

    Examples
    --------
    >>> print(terms("powell_thyne").splitlines()[1])
    licence:  no licence published by the authors; free download, cite
    """
    known = _with_address(name)
    return (
        f"table:    {known.title}, {known.version}\n"
        f"licence:  {known.licence}\n"
        f"cite:     {known.citation}\n"
        f"from:     {known.address}\n"
    )


def fetch_table(
    name: str,
    home: Path_,
    *,
    accept_licence: bool = False,
    fetch: Callable[[str, Collection[str]], bytes] = download,
) -> Path:
    """Fetch a table into the project folder.

    Parameters
    ----------
    name
        Of the table.
    home
        The project folder; the table is kept in `data/NAME/` there, with a note of where it comes from.
    accept_licence
        That the user accepts the licence, as `terms` tells it.
    fetch
        Gives the bytes of an address, held against their hash.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ParameterError
        For an unknown table, or if the licence is not accepted.
    TableError
        If the table has no address, or the project folder may not be written to; nothing is asked then.
    DownloadError
        If the file cannot be had, or is not the known one; nothing is kept then.
    """
    known = _with_address(name)
    if not accept_licence:
        raise ParameterError(
            f"{name}: fetched only if you accept its licence ({known.licence}); add --accept-licence"
        )
    target = fetched_folder(home, name) / known.file
    check_target(target)
    content = fetch(known.address, known.hashes)
    write_aside(target.with_name(SOURCE_NAME), terms(name).encode())
    return write_aside(target, content)


def _with_address(name: str) -> Source:
    known = source(name)
    if not known.address:
        raise TableError(
            f"{name}: {known.title} has no address from which it could be fetched as it is; get it from "
            f"{known.where}, save it as {known.file}, then name its folder with garrison data use PATH"
        )
    return known
