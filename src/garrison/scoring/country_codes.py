"""Countries of rows, numbered."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from garrison.errors import TableError


def country_codes(countries: ArrayLike) -> tuple[NDArray[np.intp], int]:
    """Number the countries of the rows.

    Parameters
    ----------
    countries
        (row,), a word or a whole number for each row's country (or any other cluster).

    Returns
    -------
    tuple
        For each row the place of its country in alphabetical order, (row,); and the number of countries.

    Raises
    ------
    TableError
        If a row has no country, or there are not at least two.

    Examples
    --------
    >>> country_codes(["VEN", "EGY", "VEN"])
    (array([1, 0, 1]), 2)
    """
    names = np.asarray(countries)
    if names.ndim != 1:
        raise TableError(f"countries has the shape {names.shape}: give one axis, a country for each row.")
    missing = np.array(
        [
            not isinstance(name, str | bytes | int | float) or name != name or name in ("", b"")
            for name in names.tolist()
        ],
        dtype=bool,
    )
    if missing.any():
        raise TableError(f"countries: row {int(np.argmax(missing))} has none; name the country of every row.")
    try:
        known, codes = np.unique(names, return_inverse=True)
    except TypeError:
        raise TableError("countries mixes words and numbers: give words only, or numbers only.") from None
    if len(known) < 2:
        raise TableError(f"countries: {len(known)} in all; a spread between countries needs at least two.")
    return codes.astype(np.intp), len(known)
