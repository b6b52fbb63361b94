"""Every country and territory by the codes and names that event data give it.

The table `country_codes.csv` was built by `tools/build_country_codes.py` from GeoNames, the list of independent
states of Gleditsch and Ward, and `tools/country_codes.toml`.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from garrison.errors import CountryError, nearest
from garrison.world.folding import fold_name

SCHEMES = ("alpha3", "alpha2", "numeric", "fips", "gw", "cow", "cameo", "name")
COLUMNS = (
    "alpha3",
    "alpha2",
    "numeric",
    "fips",
    "gw",
    "cow",
    "cameo",
    "name",
    "other_names",
    "other_codes",
    "until",
    "continued_by",
)
_NUMBERS = ("numeric", "gw", "cow")


class CountryCode(NamedTuple):
    """One country or territory by its codes: a row of the table, as a plain tuple.

    Parameters
    ----------
    alpha3, alpha2, numeric
        ISO 3166-1, of past states ISO 3166-3; Kosovo has those that GeoNames and the European Union use. `numeric` has
        three digits.
    fips
        FIPS 10-4, which GDELT writes. Empty where it has none.
    gw, cow
        State numbers of Gleditsch and Ward and of the Correlates of War, None for what is not in their lists.
    cameo
        Three letters of CAMEO and ICEWS where they are not `alpha3`, else empty.
    name, other_names
        The usual English name; those that event data use.
    other_codes
        Codes that files still write, as `scheme:code`: withdrawn ones, those of a part, of an earlier year.
    until, continued_by
        Of a past state, its last year, and the state of today that goes on with it (`alpha3`); None and empty else.
    """

    alpha3: str
    alpha2: str
    numeric: str
    fips: str
    gw: int | None
    cow: int | None
    cameo: str
    name: str
    other_names: tuple[str, ...]
    other_codes: tuple[str, ...]
    until: int | None
    continued_by: str


def _number(text: str) -> int | None:
    return int(text) if text else None


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


@lru_cache(maxsize=1)
def country_codes() -> tuple[CountryCode, ...]:
    """Give the table of countries and territories by their codes.

    Returns
    -------
    tuple of CountryCode
        Those of today by alpha-3 code, then the states that have passed.

    Examples
    --------
    >>> sudan = next(row for row in country_codes() if row.alpha3 == "SDN")
    >>> sudan.fips, sudan.gw, sudan.cow, sudan.name
    ('SU', 625, 625, 'Sudan')
    >>> [(row.name, row.until, row.continued_by) for row in country_codes() if row.until][0]
    ('Soviet Union', 1991, 'RUS')
    """
    text = (resources.files(__package__) / "country_codes.csv").read_text(encoding="utf-8")
    return tuple(
        CountryCode(
            alpha3=row["alpha3"],
            alpha2=row["alpha2"],
            numeric=row["numeric"],
            fips=row["fips"],
            gw=_number(row["gw"]),
            cow=_number(row["cow"]),
            cameo=row["cameo"],
            name=row["name"],
            other_names=_parts(row["other_names"]),
            other_codes=_parts(row["other_codes"]),
            until=_number(row["until"]),
            continued_by=row["continued_by"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Give the form in which two spellings of a country's name are equal.

    Parameters
    ----------
    name
        A name with or without accents, in any case, with or without "the", with "&" or "and", "St." or "Saint".

    Returns
    -------
    str

    Examples
    --------
    >>> name_key("The Bahamas"), name_key("St. Kitts & Nevis"), name_key("Côte_d'Ivoire")
    ('bahamas', 'saint kitts and nevis', 'cote divoire')
    """
    words = fold_name(name.replace("&", " and ")).split()
    return " ".join("saint" if word == "st" else word for word in words if word != "the")


def _key(value: str | float, scheme: str) -> str:
    if isinstance(value, float):
        value = str(int(value)) if value.is_integer() else ""
    text = str(value).strip()
    if scheme == "name":
        return name_key(text)
    if scheme in _NUMBERS:
        digits = text.removesuffix(".0")
        return digits.lstrip("0") if digits.isascii() and digits.isdigit() else ""
    return text.upper()


@lru_cache(maxsize=1)
def country_code_pairs() -> tuple[tuple[str, str, str], ...]:
    """Give every code and name with the country that it stands for: a mapping table to join event data with.

    Returns
    -------
    tuple of (scheme, key, alpha3)
        `key` is what `country_of_code` looks up: a code in capitals, a number without leading zeros, a name as
        `name_key` has it. No scheme has a key twice.

    Examples
    --------
    >>> ("fips", "VE", "VEN") in country_code_pairs(), ("name", "dr congo zaire", "COD") in country_code_pairs()
    (True, True)
    """
    pairs: dict[tuple[str, str], str] = {}
    rows = country_codes()
    for row in rows:
        for scheme in SCHEMES:
            given = getattr(row, scheme)
            if scheme == "cameo" and row.until is None:
                given = given or row.alpha3
            if given not in (None, ""):
                pairs.setdefault((scheme, _key(given, scheme)), row.alpha3)
    for row in rows:
        for name in row.other_names:
            pairs.setdefault(("name", name_key(name)), row.alpha3)
        for written in row.other_codes:
            scheme, code = written.split(":")
            pairs.setdefault((scheme, _key(code, scheme)), row.alpha3)
    return tuple((scheme, key, code) for (scheme, key), code in pairs.items())


@lru_cache(maxsize=1)
def _country_by_key() -> dict[tuple[str, str], str]:
    return {(scheme, key): code for scheme, key, code in country_code_pairs()}


def country_of_code(value: str | float, scheme: str) -> str | None:
    """Find the country that a code or a name of event data stands for.

    Parameters
    ----------
    value
        The code or the name; case and accents do not matter, nor whether a number is written 4, 4.0 or 004.
    scheme
        `alpha3`, `alpha2`, `numeric` (ISO 3166-1), `fips` (FIPS 10-4: GDELT's places), `gw` (Gleditsch and Ward: UCDP),
        `cow` (Correlates of War: Cline, NAVCO), `cameo` (actors of GDELT and ICEWS), `name`. The `ccode` of Mass
        Mobilization is Polity's, in which 341 is Kosovo: go by its names.

    Returns
    -------
    str or None
        ISO 3166-1 alpha-3; None if nothing is called so. A past state has a code of its own (`SUN`), and `continued_by`
        in `country_codes` says which state goes on with it. A code that a past state shares with one of today
        stands for the one of today (`gw` 365: Russia).

    Raises
    ------
    CountryError
        For an unknown scheme.

    Examples
    --------
    >>> country_of_code("VE", "fips"), country_of_code("GM", "fips"), country_of_code(625.0, "gw")
    ('VEN', 'DEU', 'SDN')
    >>> country_of_code("Myanmar (Burma)", "name"), country_of_code("cote d'ivoire", "name")
    ('MMR', 'CIV')
    >>> country_of_code("ROM", "cameo"), country_of_code("004", "numeric"), country_of_code("QQ", "alpha2")
    ('ROU', 'AFG', None)
    """
    if scheme not in SCHEMES:
        raise CountryError(f"scheme '{scheme}' of country codes is unknown. {nearest(scheme, SCHEMES)}")
    return _country_by_key().get((scheme, _key(value, scheme)))
