"""The layout of a country of the world table: its divisions as places, its known forces, spread over them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np

from garrison.errors import ParameterError, nearest
from garrison.regime.cohorts import Floats
from garrison.regime.layout.layout import Layout
from garrison.regime.layout.places_and_forces import Force, Place
from garrison.regime.priors import read_table
from garrison.world import FORCES, Country, admin1_names, country, places


def layout_of_country(code: str, strengths: Mapping[str, float] | None = None) -> Layout:
    """Lay a country out in its first-order divisions and its forces.

    Where no map of the country is known, the country is one place. Inhabitants by division are not known either:
    the gazetteer's towns, listed by size, stand for the larger part of them by the rank-size rule, the rest is
    spread evenly, so that no division is empty. Forces are spread as people live, with factors for the capital
    and the border (`forces.toml`). How forces and places differ from each other is centred: the coded conditions
    of a case stay the averages of every class.

    Parameters
    ----------
    code
        ISO 3166-1 code, or a name, of a country of the world table.
    strengths
        Persons in service by kind of force where a case knows better than the world table; 0 leaves a force out.

    Returns
    -------
    Layout
        A force that nobody has estimated is absent. The same object for the same country and strengths.

    Raises
    ------
    CountryError
        If the country is not in the world table.
    ParameterError
        For an unknown kind of force, or if no force is left or known.

    Notes
    -----
    Equation: inhabitants of division k are ``u * (sum over its towns of rank ** -a) / (sum over all towns) +
    (1 - u) / K`` of the country's; force f stands there in proportion to these, times its capital or border
    factor.
    Source: Gabaix 1999 for the rank-size rule; factors are orders of magnitude, see `forces.toml`.

    Examples
    --------
    >>> layout = layout_of_country("VEN")
    >>> layout.n_places, layout.n_forces, layout.n_cohorts
    (24, 4, 220)
    >>> [place.name for place in layout.places if place.border]
    ['Apure', 'Bolívar', 'Táchira', 'Zulia', 'Amazonas']
    """
    found = country(code)
    given = dict(strengths or {})
    for kind in given:
        if kind not in FORCES:
            raise ParameterError(f"force '{kind}' is unknown. {nearest(kind, FORCES)}")
    counts = {kind: given.get(kind, found.forces.get(kind, 0)) for kind in FORCES}
    return _laid_out(found.code, tuple((kind, count) for kind, count in counts.items() if count != 0))


@functools.lru_cache(maxsize=256)
def _laid_out(code: str, counts: tuple[tuple[str, float], ...]) -> Layout:
    found = country(code)
    if not counts:
        why = "is left" if found.forces else "is known"
        raise ParameterError(f"no force of {found.name} {why}: give the strength of at least one.")
    laid_places = _places_of(found)
    forces = [_force(kind, count, laid_places) for kind, count in counts]
    return Layout(f"{found.name} by place and force", laid_places, forces).centred()


def _places_of(found: Country) -> list[Place]:
    settings = read_table("layout/forces.toml")["places"]
    listed = read_table("layout/borders.toml").get(found.code, {})
    border, left_out = listed.get("border", {}), listed.get("left_out", {})
    divisions = {adm1: name for adm1, name in admin1_names(found.code).items() if adm1 not in left_out}
    if not divisions:
        return [Place(found.name, float(found.population), capital=True)]
    shares = _inhabitants(found.code, list(divisions), settings)
    supplied_first = settings["capital_hardship"]["value"]
    easily_left = settings["border_haven"]["value"]
    laid: list[Place] = []
    for (adm1, name), share in zip(divisions.items(), shares.tolist(), strict=True):
        at = {"capital": adm1 == found.capital_adm1, "border": adm1 in border}
        shifts = {
            "hardship": supplied_first if at["capital"] else 0.0,
            "haven": easily_left if at["border"] else 0.0,
        }
        laid.append(Place(name, found.population * share, **at, shifts=shifts))
    return laid


def _inhabitants(code: str, divisions: list[str], settings: Mapping[str, Any]) -> Floats:
    """Share the inhabitants among the divisions by the towns that are listed there."""
    listed = settings["listed_share"]["value"]
    exponent = settings["rank_exponent"]["value"]
    index = {adm1: number for number, adm1 in enumerate(divisions)}
    towns = [
        index[town.adm1] for town in places(code) if town.kind in ("city", "capital") and town.adm1 in index
    ]
    if not towns:
        return np.full(len(divisions), 1.0 / len(divisions))
    sizes = np.arange(1, len(towns) + 1, dtype=np.float64) ** -exponent
    in_towns = np.bincount(towns, sizes / sizes.sum(), len(divisions))
    shares: Floats = listed * in_towns + (1.0 - listed) / len(divisions)
    return shares


def _force(kind: str, count: float, laid_places: list[Place]) -> Force:
    row = read_table("layout/forces.toml")["force"][kind]
    capital_factor, border_factor = row["capital_factor"]["value"], row["border_factor"]["value"]
    spread = [
        place.population
        * (capital_factor if place.capital else 1.0)
        * (border_factor if place.border else 1.0)
        for place in laid_places
    ]
    total = sum(spread)
    return Force(
        kind,
        float(count),
        crowd_weight=row["crowd_weight"]["value"],
        command=row["command"]["value"],
        shifts={condition: given["value"] for condition, given in row["shifts"].items()},
        spread=[share / total for share in spread],
    )
