"""Codes and names looked up once for every distinct value: countries, divisions, sectors, PLOVER roots."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from garrison.events.formats.format_file import CountryFrom, Format, Party
from garrison.world import admin1_of, country_of_code

#: Stands between the cells of one key; it cannot stand in a cell, since control characters are taken out.
_BETWEEN = "\x1f"

#: So many distinct values of each kind are remembered from block to block.
_REMEMBERED = 200_000


def looked_up(
    table: pa.Table, columns: Sequence[str], find: Callable[..., Any], kind: pa.DataType
) -> pa.Array:
    """Apply a function once to each distinct combination of some columns.

    Parameters
    ----------
    table
        Cells; null counts as "".
    columns
        The arguments of `find`, in their order.
    find
        What is looked up.
    kind
        Arrow type of what it gives.

    Returns
    -------
    pyarrow.Array
        One value a row.

    Examples
    --------
    >>> cells = pa.table({"code": ["a", "b", "a"]})
    >>> looked_up(cells, ["code"], str.upper, pa.string()).to_pylist()
    ['A', 'B', 'A']
    """
    if not columns or not table.num_rows:
        return pa.nulls(table.num_rows, kind)
    filled = [pc.fill_null(table[name].combine_chunks(), "") for name in columns]
    keys = filled[0] if len(filled) == 1 else pc.binary_join_element_wise(*filled, _BETWEEN)
    codes = keys.dictionary_encode()
    found = [find(*key.split(_BETWEEN)) for key in codes.dictionary.to_pylist()]
    return pa.array(found, kind).take(codes.indices)


def country_finder(asked: Sequence[CountryFrom]) -> Callable[..., str | None]:
    """Make the function that finds a country by the cells of several columns, the first that tells it.

    Examples
    --------
    >>> by_fips = country_finder([CountryFrom(column="c", scheme="fips")])
    >>> by_fips("VE"), by_fips("")
    ('VEN', None)
    """

    def find(*cells: str) -> str | None:
        for cell, one in zip(cells, asked, strict=True):
            found = re.search(one.pattern, cell) if one.pattern else None
            named = (found.group(1) if found else "") if one.pattern else cell
            code = country_of_code(named, one.scheme) if named.strip() else None
            if code:
                return code
        return None

    return find


def _division(country: str, names: tuple[str, ...]) -> str | None:
    return next((code for name in names if name.strip() and (code := admin1_of(country, name))), None)


def division_finder(kind: Format) -> Callable[..., str | None]:
    """Make the function that finds a first-order division by country and names of places.

    Examples
    --------
    >>> from garrison.events.formats.format_file import format_named
    >>> division_finder(format_named("gdelt_2"))("VEN", "Caracas, Distrito Federal, Venezuela")
    'VE-A'
    """
    split, take = kind.place.split, kind.place.take

    def find(country: str, *cells: str) -> str | None:
        if not country:
            return None
        if split is None:
            return _division(country, cells)
        parts = [part.strip() for part in cells[0].split(split)]
        if len(parts) < 2:
            return None
        return _division(country, tuple(parts[place] for place in take))

    return find


def sector_finder(kind: Format) -> Callable[..., str | None]:
    """Make the function that finds a sector by codes, or by words in a name.

    Examples
    --------
    >>> from garrison.events.formats.format_file import format_named
    >>> of = sector_finder(format_named("acled"))
    >>> of("Police Forces of Argentina (2019-)", "1.0"), of("Protesters (Argentina)", "6.0"), of("", "")
    ('COP', 'CVL', None)
    """
    codes = kind.sector_codes
    words = [(re.compile(pattern, re.IGNORECASE), sector) for pattern, sector in kind.sectors.words]

    def find(*cells: str) -> str | None:
        for cell in cells:
            if not cell:
                continue
            if (plain := whole(cell)) in codes:
                return codes[plain]
            for part in cell.split(";"):
                if part.strip() in codes:
                    return codes[part.strip()]
            for pattern, sector in words:
                if pattern.search(cell):
                    return sector or None
        return None

    return find


def code_of(kind: Format) -> Callable[..., str | None]:
    """Make the function that writes the code of a row: its cells joined, numbers without ".0".

    Examples
    --------
    >>> from garrison.events.formats.format_file import format_named
    >>> code_of(format_named("acled"))("Riots", "Mob violence"), code_of(format_named("navco3"))("43.0")
    ('Riots / Mob violence', '043')
    """

    def find(*cells: str) -> str | None:
        parts = [whole(cell) for cell in cells if cell.strip()]
        joined = " / ".join(parts)
        return joined.rjust(kind.code_digits, "0") if joined else None

    return find


def plover_finder(kind: Format) -> Callable[[str], dict[str, str | None]]:
    """Make the function that finds PLOVER root and mode of a code: those of its longest known beginning.

    Examples
    --------
    >>> from garrison.events.formats.format_file import format_named
    >>> plover_finder(format_named("icews"))("1411")
    {'plover': 'PROTEST', 'plover_mode': 'demo'}
    """
    table: Mapping[str, tuple[str, str]] = kind.plover
    prefixes = kind.code_scheme is not None

    def find(code: str) -> dict[str, str | None]:
        if kind.plover_columns:
            root, _, mode = code.partition(" / ")
            return {"plover": root or None, "plover_mode": mode or None}
        lengths = range(len(code), 1 if prefixes else len(code) - 1, -1)
        root, mode = next((table[code[:length]] for length in lengths if code[:length] in table), ("", ""))
        return {"plover": root or None, "plover_mode": mode or None}

    return find


def rules_finder(kind: Format) -> Callable[[str], int]:
    """Make the function that tells by bits which rules a code fits: of `rules`, then of `also`.

    Examples
    --------
    >>> from garrison.events.formats.format_file import format_named
    >>> rules_finder(format_named("ucdp_ged"))("1"), rules_finder(format_named("ucdp_ged"))("2")
    (2, 0)
    """
    asked = [rule.codes for rule in (*kind.rules, *kind.also)]

    def find(code: str) -> int:
        return sum(1 << place for place, codes in enumerate(asked) if any(_fits(code, one) for one in codes))

    return find


def _fits(code: str, asked: str) -> bool:
    return code.startswith(asked[:-1]) if asked.endswith("*") else code == asked


def whole(cell: str) -> str:
    """Write a whole number without the ".0" that spreadsheets and data frames give it.

    Examples
    --------
    >>> whole("6.0"), whole("v2.0"), whole(" 7 ")
    ('6', 'v2.0', '7')
    """
    plain = cell.strip()
    return plain[:-2] if plain.endswith(".0") and plain[:-2].lstrip("-").isdigit() else plain


def finders_of(kind: Format) -> dict[str, Callable[..., Any]]:
    """Make all functions that look up what a row of a format says; each remembers what it has found.

    Examples
    --------
    >>> from garrison.events.formats.format_file import format_named
    >>> sorted(finders_of(format_named("icews")))[:4]
    ['actor_country', 'adm1', 'code', 'country']
    """
    finders: dict[str, Callable[..., Any]] = {
        "code": code_of(kind),
        "plover": plover_finder(kind),
        "rules": rules_finder(kind),
        "country": country_finder(kind.place.country),
        "adm1": division_finder(kind),
        "sector": sector_finder(kind),
        "actor_country": country_finder(kind.actor.country),
        "target_country": country_finder(kind.target.country),
    }
    return {name: lru_cache(maxsize=_REMEMBERED)(find) for name, find in finders.items()}


def with_lookups(table: pa.Table, kind: Format, finders: Mapping[str, Callable[..., Any]]) -> pa.Table:
    """Add to cells what is looked up: code, PLOVER, rules, country and division, sectors and countries of the parties.

    Parameters
    ----------
    table
        From `cells_of`.
    kind
        The format.
    finders
        From `finders_of`.

    Returns
    -------
    pyarrow.Table
        With the columns `@code`, `@plover`, `@rules`, `@country`, `@adm1`, `@actor_sector`, `@actor_country`,
        `@target_sector`, `@target_country`.
    """
    text, places = pa.string(), kind.place

    def add(name: str, columns: Sequence[str], finder: str, arrow: pa.DataType, filled: str = "") -> None:
        nonlocal table
        found = looked_up(table, columns, finders[finder], arrow)
        table = table.append_column(f"@{name}", pc.fill_null(found, filled) if filled else found)

    add("code", kind.code, "code", text)
    add("plover", ["@code"], "plover", pa.struct([("plover", text), ("plover_mode", text)]))
    add("rules", ["@code"], "rules", pa.int64())
    add("country", [one.column for one in places.country], "country", text)
    add("adm1", ["@country", *places.names], "adm1", text)
    parties: tuple[tuple[str, Party], ...] = (("actor", kind.actor), ("target", kind.target))
    for name, party in parties:
        add(f"{name}_sector", party.sector, "sector", text, party.always)
        add(f"{name}_country", [one.column for one in party.country], f"{name}_country", text)
    return table
