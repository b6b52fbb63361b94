"""Print how many rows of GDELT text a second become events, with the CPU seconds and the memory of it.

Nothing here is a test. The rows are made up: real columns, random codes, parties and places.
"""

from __future__ import annotations

import os
import platform
import random
import resource
import tempfile
import time
from pathlib import Path

from garrison.events.formats import formats, open_events
from garrison.events.formats.format_file import scheme
from garrison.world import places

N_ROWS = 300_000
COUNTRIES = {
    "VE": "VEN",
    "EG": "EGY",
    "NI": "NGA",
    "SF": "ZAF",
    "IN": "IND",
    "RS": "RUS",
    "BM": "MMR",
    "SU": "SDN",
}
ROLES = ("", "", "GOV", "MIL", "COP", "CVL", "OPP", "MED")


def made_row(number: int, chance: random.Random, codes: list[str], named: dict[str, list[str]]) -> str:
    """One row of the export, of the usual length."""
    cells = dict.fromkeys(formats()["gdelt_2"].shape.columns, "")
    fips = chance.choice(list(COUNTRIES))
    for party in ("Actor1", "Actor2"):
        home, role = chance.choice(list(COUNTRIES.values())), chance.choice(ROLES)
        cells |= {f"{party}Code": home + role, f"{party}Name": "POLICE", f"{party}CountryCode": home}
        cells |= {
            f"{party}Type1Code": role,
            f"{party}Geo_Type": "4",
            f"{party}Geo_FullName": "Caracas, Venezuela",
        }
        cells |= {f"{party}Geo_CountryCode": "VE", f"{party}Geo_Lat": "10.5", f"{party}Geo_Long": "-66.9167"}
    cells |= {
        "GlobalEventID": str(650_000_000 + number),
        "Day": "20170507",
        "MonthYear": "201705",
        "Year": "2017",
    }
    cells |= {"EventCode": chance.choice(codes), "AvgTone": "-4.81481481481481", "NumMentions": "10"}
    cells |= {
        "ActionGeo_FullName": f"{chance.choice(named[fips])}, Region, Country",
        "ActionGeo_CountryCode": fips,
    }
    cells |= {"ActionGeo_Lat": "10.5", "ActionGeo_Long": "-66.9167", "DATEADDED": "20170507123000"}
    cells["SOURCEURL"] = f"https://news.example/world/2017/may/07/a-story-with-a-long-name-{number // 3}"
    return "\t".join(cells.values())


def main() -> None:
    """Make a file, read it three times, print the best."""
    chance = random.Random(1)
    codes = [code for code in scheme("cameo").plover if len(code) > 2] + ["010", "020", "036"]
    named = {fips: [place.name for place in places(code)] for fips, code in COUNTRIES.items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "day.export.CSV"
        path.write_text(
            "".join(made_row(n, chance, codes, named) + "\n" for n in range(N_ROWS)), encoding="utf8"
        )
        best = (0.0, 0.0)
        for _ in range(3):
            began, cpu = time.perf_counter(), time.process_time()
            n_events = sum(batch.num_rows for batch in open_events(path).batches())
            best = max(
                best, (n_events / (time.perf_counter() - began), n_events / (time.process_time() - cpu))
            )
        size = path.stat().st_size / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(
        f"GDELT 2.0, {N_ROWS:,} rows ({size:.0f} MB): {best[0]:,.0f} rows a second, {best[1]:,.0f} a CPU second,"
    )
    print(f"{memory:.0f} MB of memory at most")


if __name__ == "__main__":
    main()
