"""The gazetteer: where a named place lies, as a first-order division (state, province, governorate).

It was built from Natural Earth's divisions and from the cities of GeoNames by `tools/build_places.py`.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from garrison.world.folding import fold_name

# fmt: off
_WORDS_BESIDE_NAMES = frozenset({
    "state", "province", "governorate", "region", "district", "department", "county", "oblast", "division",
    "prefecture", "city", "town", "capital", "area", "estado", "provincia", "departamento", "distrito",
    "ciudad", "of", "the", "de", "del", "la", "el", "in", "near", "north", "south", "east", "west",
    "northern", "southern", "eastern", "western", "central", "northeastern", "northwestern", "southeastern",
    "southwestern",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Place:
    """A division, a city or a capital: its usual name, the names that texts use, the division it lies in.

    A `division` is a first-order one of a country whose map the model does not use: texts may name it, but no
    place of the model stands for it.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-3.
    name, also_called
        The usual name; other spellings.
    adm1
        ISO 3166-2 of its first-order division, None where it is not known.
    kind
        `admin1`, `division`, `capital`, `city` (50,000 inhabitants or more) or `town` (15,000 or more).
    latitude, longitude
        Degrees, WGS 84; None for a capital that GeoNames does not list.
    source
        `Natural Earth` or `GeoNames`.
    """

    country: str
    name: str
    also_called: tuple[str, ...]
    adm1: str | None
    kind: str
    latitude: float
    longitude: float
    source: str


@lru_cache(maxsize=1)
def _rows_by_country() -> dict[str, list[str]]:
    """Sort the lines of the table by country; a line is only read when its country is asked for."""
    packed = (resources.files(__package__) / "places.csv.gz").read_bytes()
    rows: dict[str, list[str]] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines()[1:]:
        rows.setdefault(line[:3], []).append(line)
    return rows


def _read(lines: list[str]) -> tuple[Place, ...]:
    return tuple(
        Place(
            country=country,
            name=name,
            also_called=tuple(others.split("|")) if others else (),
            adm1=adm1 or None,
            kind=kind,
            latitude=float(latitude),
            longitude=float(longitude),
            source=source,
        )
        for country, name, others, adm1, kind, latitude, longitude, source in csv.reader(lines)
    )


@lru_cache(maxsize=256)
def places(country_code: str) -> tuple[Place, ...]:
    """Give the named places of a country: divisions first, then the capital, then cities and towns by size.

    Parameters
    ----------
    country_code
        ISO 3166-1 alpha-3.

    Returns
    -------
    tuple of Place
        Empty for a country that has no place in the gazetteer.

    Examples
    --------
    >>> [place.name for place in places("VEN") if place.kind == "capital"]
    ['Caracas']
    """
    return _read(_rows_by_country().get(country_code.upper(), []))


def capital_division(country_code: str) -> str | None:
    """Give the first-order division of a country's capital.

    Parameters
    ----------
    country_code
        ISO 3166-1 alpha-3.

    Returns
    -------
    str or None
        ISO 3166-2; None where it is not known.

    Examples
    --------
    >>> capital_division("EGY")
    'EG-C'
    """
    rows = [line for line in _rows_by_country().get(country_code.upper(), []) if ",capital," in line]
    return next((place.adm1 for place in _read(rows) if place.kind == "capital"), None)


@lru_cache(maxsize=256)
def place_index(country_code: str) -> dict[str, Place]:
    """Give the places of a country by every folded name; a division goes before a city of the same name.

    Parameters
    ----------
    country_code
        ISO 3166-1 alpha-3.

    Returns
    -------
    dict of str to Place

    Examples
    --------
    >>> place_index("VEN")["san cristobal"].adm1
    'VE-S'
    """
    index: dict[str, Place] = {}
    listed = places(country_code)
    for place in listed:
        index.setdefault(fold_name(place.name), place)
    for place in listed:
        for name in place.also_called:
            index.setdefault(fold_name(name), place)
    return index


def admin1_of(country_code: str, place_name: str) -> str | None:
    """Find the first-order division in which a named place lies.

    Parameters
    ----------
    country_code
        ISO 3166-1 alpha-3.
    place_name
        A division or a city; accents, case and words such as "state of" do not matter.

    Returns
    -------
    str or None
        ISO 3166-2, None if the place is not known.

    Examples
    --------
    >>> admin1_of("VEN", "tachira"), admin1_of("VEN", "state of Zulia"), admin1_of("VEN", "Springfield")
    ('VE-S', 'VE-V', None)
    """
    index = place_index(country_code.upper())
    name = fold_name(place_name)
    if name in index:
        return index[name].adm1
    words = name.split()
    while words and words[0] in _WORDS_BESIDE_NAMES:
        words = words[1:]
        if " ".join(words) in index:
            return index[" ".join(words)].adm1
    while words and words[-1] in _WORDS_BESIDE_NAMES:
        words = words[:-1]
        if " ".join(words) in index:
            return index[" ".join(words)].adm1
    return None


def admin1_names(country_code: str) -> dict[str, str]:
    """Give the names of a country's first-order divisions.

    Parameters
    ----------
    country_code
        ISO 3166-1 alpha-3.

    Returns
    -------
    dict of str to str
        ISO 3166-2 to name; empty where no map of the country is known.

    Examples
    --------
    >>> admin1_names("VEN")["VE-V"], admin1_names("USA")
    ('Zulia', {})
    """
    names: dict[str, str] = {}
    for place in places(country_code):
        if place.kind == "admin1" and place.adm1 is not None:
            names.setdefault(place.adm1, place.name)
    return names
