"""One country as Garrison starts from it: its names, its population, its forces with wide ranges."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from garrison.errors import CountryError, nearest
from garrison.world.folding import fold_name

FORCES = ("army", "guard", "police", "militia")


@dataclass(frozen=True)
class Country:
    """A country: how texts call it, how many people live there, how many serve the state under arms.

    Parameters
    ----------
    code, iso2
        ISO 3166-1 alpha-3 and alpha-2.
    name, also_called, demonyms
        The name in English, its other names and what its people are called; with Spanish ones.
    gw_code
        State number of Gleditsch and Ward, None for what is not in their list.
    capital, seats, capital_adm1
        The capital, other seats that stand for the government in reports, and the capital's first-order
        division (ISO 3166-2), None where the country has none.
    population
        Persons, rounded.
    forces
        Personnel by kind (`army`, `guard`, `police`, `militia`), rounded; an unknown kind is absent, and of some
        small states none is known.
    ranges
        (low, high) of the population and of every force: the wide prior.
    years, sources
        The year and the source of the population and of every force.
    note
        What the counts contain, where that is not plain.
    capital_in_texts
        False where the capital's name is also an ordinary word, a person's or another town's.
    """

    code: str
    iso2: str
    name: str
    also_called: tuple[str, ...]
    demonyms: tuple[str, ...]
    gw_code: int | None
    capital: str
    seats: tuple[str, ...]
    capital_adm1: str | None
    population: int
    forces: Mapping[str, int] = field(hash=False)
    ranges: Mapping[str, tuple[int, int]] = field(hash=False)
    years: Mapping[str, int] = field(hash=False)
    sources: Mapping[str, str] = field(hash=False)
    note: str = ""
    capital_in_texts: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the country that a text may use, the usual one first."""
        return (self.name, *self.also_called)

    @property
    def seat_names(self) -> tuple[str, ...]:
        """The seats by which a text may name the government (*Paris said*); none that means something else, too."""
        return tuple(filter(None, (self.capital if self.capital_in_texts else "", *self.seats)))

    @property
    def n_forces(self) -> int:
        """Personnel of all known forces together, militia included."""
        return sum(self.forces.values())


@lru_cache(maxsize=1)
def _world_table() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "countries.toml").read_text(encoding="utf-8"))


def country_rows() -> list[dict[str, Any]]:
    """Give the rows of `countries.toml` as they are written there.

    Returns
    -------
    list of dict

    Examples
    --------
    >>> country_rows()[0]["code"]
    'VEN'
    """
    rows: list[dict[str, Any]] = _world_table()["country"]
    return rows


def names_of_no_country() -> list[str]:
    """Give the names in which a country's name does not mean the country.

    Returns
    -------
    list of str

    Examples
    --------
    >>> "Latin America" in names_of_no_country()
    True
    """
    names: list[str] = _world_table()["not_countries"]
    return names


def mention_weight(of: str) -> float:
    """Give how much a mention of a country counts when it is asked which one a text is about.

    Parameters
    ----------
    of
        `name`, `capital`, or `first_line`: the factor for what stands in the first line.

    Returns
    -------
    float

    Examples
    --------
    >>> mention_weight("capital") < mention_weight("name")
    True
    """
    return float(_world_table()["mention_weights"][of]["value"])


def _spanish_demonyms(singular: str) -> tuple[str, ...]:
    if not singular:
        return ()
    feminine = singular[:-1] + "a" if singular.endswith("o") else ""
    if singular.endswith(("és", "án")):
        feminine = singular[:-2] + {"é": "e", "á": "a"}[singular[-2]] + singular[-1] + "a"
    forms = [singular] + ([feminine] if feminine else [])
    plurals = [form + "s" if form[-1] in "aeiou" else "" for form in forms]
    return tuple(form for form in [*forms, *plurals] if form)


def _country_of(row: dict[str, Any], table: dict[str, Any]) -> Country:
    from garrison.world.gazetteer import capital_division

    factors = table["range_factors"]
    counts = {kind: row[kind] for kind in ("population", *FORCES) if kind in row}
    ranges = {
        kind: tuple(given["range"])
        if "range" in given
        else (round(given["value"] * factors[kind]["low"]), round(given["value"] * factors[kind]["high"]))
        for kind, given in counts.items()
    }
    return Country(
        code=row["code"],
        iso2=row["iso2"],
        name=row["name"],
        also_called=(*row.get("also_called", ()), *row.get("spanish_names", ())),
        demonyms=(*row.get("demonyms", ()), *_spanish_demonyms(row.get("spanish_demonym", ""))),
        gw_code=row.get("gw_code"),
        capital=row.get("capital", ""),
        seats=tuple(row.get("seats", ())),
        capital_adm1=capital_division(row["code"]),
        population=counts["population"]["value"],
        forces={kind: given["value"] for kind, given in counts.items() if kind != "population"},
        ranges=ranges,
        years={kind: given["year"] for kind, given in counts.items()},
        sources={kind: table["sources"][given["source"]] for kind, given in counts.items()},
        note=row.get("note", ""),
        capital_in_texts=row.get("capital_in_texts", True),
    )


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Give every country that Garrison knows, in the order of their codes.

    Returns
    -------
    tuple of Country
        Every independent state, and Hong Kong.

    Examples
    --------
    >>> len(countries()), countries()[0].name
    (198, 'Afghanistan')
    """
    table = _world_table()
    return tuple(sorted((_country_of(row, table) for row in country_rows()), key=lambda item: item.code))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Country]:
    index: dict[str, Country] = {}
    for item in countries():
        for name in (item.code, item.iso2, *item.names):
            index.setdefault(fold_name(name), item)
    return index


def country(code: str) -> Country:
    """Give the country that a code or a name stands for.

    Parameters
    ----------
    code
        ISO 3166-1 alpha-3 or alpha-2, or a name in English or Spanish; case and accents do not matter.

    Returns
    -------
    Country

    Raises
    ------
    CountryError
        If no country is called so; the message names the nearest one.

    Examples
    --------
    >>> country("VEN").name, country("venezuela").capital, country("eg").code
    ('Venezuela', 'Caracas', 'EGY')
    >>> country("VEN").forces["guard"], country("VEN").ranges["guard"]
    (23000, (11500, 46000))
    """
    found = _by_name().get(fold_name(code))
    if found is not None:
        return found
    if code.strip().isupper():
        known = [item.code for item in countries()]
    else:
        known = [name for item in countries() for name in item.names]
    raise CountryError(
        f"country '{code}' is not in the world table; give an ISO 3166 code such as VEN, or a name. "
        + nearest(code, known)
    )
