"""First-order divisions by the codes of ISO 3166-2 as they are today, where a map has older ones.

Places of the model are the divisions of a country's map, and keep the map's codes. `division_codes.csv` says
for each of them that ISO calls otherwise what ISO calls it, and why they differ.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources

from garrison.world.country_codes import country_of_code
from garrison.world.gazetteer import places


@lru_cache(maxsize=1)
def _iso_by_division() -> dict[str, tuple[str, ...]]:
    text = (resources.files(__package__) / "division_codes.csv").read_text(encoding="utf-8")
    return {row["adm1"]: tuple(row["iso"].split(";")) for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=1)
def _divisions_by_iso() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for adm1, codes in _iso_by_division().items():
        for code in codes:
            found[code] = (*found.get(code, ()), adm1)
    return found


@lru_cache(maxsize=65536)
def _is_listed(adm1: str) -> bool:
    country = country_of_code(adm1[:2], "alpha2")
    return country is not None and any(place.adm1 == adm1 for place in places(country))


def iso_of_division(adm1: str) -> tuple[str, ...]:
    """Give the codes of ISO 3166-2 today for a division of the gazetteer.

    Parameters
    ----------
    adm1
        A code as `admin1_of` and the maps give it.

    Returns
    -------
    tuple of str
        One code; several where ISO has parted the division since; none if the gazetteer has no such division.

    Examples
    --------
    >>> iso_of_division("IR-07"), iso_of_division("NP-GA"), iso_of_division("VE-V"), iso_of_division("VE-0")
    (('IR-23', 'IR-30'), ('NP-P4',), ('VE-V',), ())
    """
    if not _is_listed(adm1):
        return ()
    return _iso_by_division().get(adm1, (adm1,))


def divisions_of_iso(code: str) -> tuple[str, ...]:
    """Give the divisions of the gazetteer in which a division of ISO 3166-2 today lies.

    Parameters
    ----------
    code
        ISO 3166-2, as event data of recent years write it.

    Returns
    -------
    tuple of str
        One code of the gazetteer; several where the map is older and parts of several belong to it; none if it is
        not known.

    Examples
    --------
    >>> divisions_of_iso("IR-07"), divisions_of_iso("IR-30"), divisions_of_iso("PH-00")
    (('IR-14',), ('IR-07',), ('PH-MNL',))
    >>> divisions_of_iso("NP-P7"), divisions_of_iso("VE-V"), divisions_of_iso("VE-0")
    (('NP-MA', 'NP-SE'), ('VE-V',), ())
    """
    found = _divisions_by_iso().get(code, ())
    keeps_its_code = code not in _iso_by_division() and _is_listed(code)
    return (code, *found) if keeps_its_code else found
