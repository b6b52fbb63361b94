"""The world table: its countries, their codes and forces, and which country a text is about."""

import dataclasses
import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.errors import CountryError
from garrison.world import FORCES, Country, countries, country, find_country, fold_name

MAPPED = [
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
]
every_country = pytest.mark.parametrize("item", countries(), ids=lambda item: item.code)


def test_every_mapped_country_and_many_more() -> None:
    codes = [item.code for item in countries()]
    assert set(MAPPED) <= set(codes)
    assert len(codes) >= 100
    assert codes == sorted(set(codes))
    assert len({item.iso2 for item in countries()}) == len(codes)
    numbers = [item.gw_code for item in countries() if item.gw_code is not None]
    assert len(set(numbers)) == len(numbers)


@every_country
def test_a_country_holds_together(item: Country) -> None:
    assert len(item.code) == 3
    assert item.code.isupper()
    assert len(item.iso2) == 2
    assert set(item.forces) <= set(FORCES)
    assert item.forces, "no force is known: the model would have nobody to simulate"
    for kind, (low, high) in item.ranges.items():
        value = item.population if kind == "population" else item.forces[kind]
        assert 0 < low <= value <= high
        assert 2000 <= item.years[kind] <= 2025
        assert item.sources[kind]
    assert set(item.ranges) == {"population", *item.forces}
    assert item.n_forces < item.population / 10


@every_country
def test_values_claim_no_precision_that_nobody_has(item: Country) -> None:
    for value in (item.population, *item.forces.values()):
        assert len(str(value).rstrip("0")) <= 2


@every_country
def test_a_country_is_found_by_codes_and_names(item: Country) -> None:
    for name in (item.code, item.code.lower(), item.iso2, item.name, item.name.upper(), *item.also_called):
        assert country(name) == item


def test_a_wrong_code_names_the_nearest() -> None:
    with pytest.raises(CountryError, match=r"'VENN' is not in the world table.*Did you mean VEN\?"):
        country("VENN")
    with pytest.raises(CountryError, match="Did you mean Venezuela"):
        country("Venezuala")
    with pytest.raises(CountryError):
        country("")


def test_a_country_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        country("VEN").population = 1  # type: ignore[misc]
    assert hash(country("VEN")) == hash(country("ven"))


def test_every_range_factor_says_why() -> None:
    table = tomllib.loads((resources.files("garrison.world") / "countries.toml").read_text(encoding="utf-8"))
    assert set(table["range_factors"]) == {"population", *FORCES} == set(table["units"])
    for entry in table["range_factors"].values():
        assert entry["why"]
        assert entry["low"] < 1 < entry["high"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Protests in Khartoum\nSudanese troops fired, the United States said.", "SDN"),
        ("Venezuela's army stands by. The U.S. and Peru spoke. Caracas was quiet.", "VEN"),
        ("SOLDIERS FLEE BELARUS\nMinsk denied it; Moscow offered help.", "BLR"),
        ("Nigerien officers seized Niamey, Nigeria closed the border.", "NER"),
        ("South Sudan's generals met in Juba.", "SSD"),
        ("The Democratic Republic of the Congo buried its dead.", "COD"),
        ("Guinea-Bissau's president fled.", "GNB"),
        (
            "Los militares venezolanos detenidos pidieron asilo en Colombia; habló el gobierno de Venezuela.",
            "VEN",
        ),
        ("Manifestaciones en El Cairo: militares egipcios rodean la plaza.", "EGY"),
        ("He told us and them to leave.", None),
        ("Latin American and South American leaders met in Lima.", "PER"),
        ("The Organization of American States met.", None),
        ("A quiet day.", None),
        ("", None),
    ],
)
def test_the_country_that_a_text_is_about(text: str, code: str | None) -> None:
    assert find_country(text) == code


@given(st.text(max_size=300))
def test_any_text_has_a_known_country_or_none(text: str) -> None:
    assert find_country(text) in {None, *(item.code for item in countries())}


@every_country
def test_a_text_that_names_one_country_is_about_it(item: Country) -> None:
    assert find_country(f"The army of {item.name} stood by; {item.name} was quiet.") == item.code


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)
