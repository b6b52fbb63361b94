"""The world table: its countries, their codes and forces, and which country a text is about."""

import dataclasses
import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.errors import CountryError
from garrison.world import FORCES, Country, countries, country, country_codes, find_country, fold_name

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
# States without an army of whose police we know no estimate.
WITHOUT_FORCES = ["FSM", "KIR", "MHL", "NRU", "PLW", "SMR", "TUV", "VAT", "VCT"]
every_country = pytest.mark.parametrize("item", countries(), ids=lambda item: item.code)


def test_every_independent_state_is_known() -> None:
    codes = [item.code for item in countries()]
    assert set(MAPPED) <= set(codes)
    # 193 members of the United Nations, the Vatican, Palestine, Kosovo, Taiwan; and Hong Kong.
    assert len(codes) == 198
    assert [item.code for item in countries() if not item.forces] == WITHOUT_FORCES
    states = {row.alpha3 for row in country_codes() if row.gw is not None and row.until is None}
    assert states | {"VAT", "PSE", "HKG"} == set(codes)
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
    assert item.forces or item.code in WITHOUT_FORCES, (
        "no force is known: the model would have nobody to simulate"
    )
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
        # Words and names that are also a country, a people or a capital.
        ("Male officers beat a male student in Khartoum.", "SDN"),
        ("MALE NURSES STRIKE\nThe hospital in Harare closed.", "ZWE"),
        ("Victoria Nuland called Kyiv. Wellington boots and Kingston Town.", "UKR"),
        ("Near Lake Victoria soldiers stopped a bus, Kampala said.", "UGA"),
        ("Sofia and Victoria, two students, were held. Ankara denied it.", "TUR"),
        ("Militants of the Niger Delta freed the Nigerian workers.", "NGA"),
        ("Niger State police shot at marchers; Nigeria mourned.", "NGA"),
        ("Soldiers fled over Lake Chad. Nigeria's army said so.", "NGA"),
        ("Michael Jordan spoke. Jim Jordan spoke. Iraq listened.", "IRQ"),
        ("The Jordan River is dry, Israel said.", "ISR"),
        ("Jordan's king dismissed the government.", "JOR"),
        ("Chad's junta closed the border; Chadian soldiers fled.", "TCD"),
        ("A senator from Atlanta, Georgia, flew to Minsk.", "BLR"),
        ("Georgia's riot police fired; Tbilisi was dark.", "GEO"),
        ("Piracy in the Gulf of Guinea worries Gabon.", "GAB"),
        ("Guinea's junta sacked the minister. Guinean officers met.", "GIN"),
        ("Equatorial Guinea's president slept.", "GNQ"),
        ("Papua New Guinea's soldiers besieged parliament.", "PNG"),
        ("Turkey recalled its envoy.", "TUR"),
        ("The Dominican Republic closed its border.", "DOM"),
        ("Dominica held an election.", "DMA"),
        ("The Norwegian Refugee Council fed the people of Sudan.", "SDN"),
        ("The Danish Refugee Council left Myanmar.", "MMR"),
        ("The Vienna Convention protects envoys, Tehran was told.", "IRN"),
        ("Granada and León rose against Managua.", "NIC"),
        ("Trinidad, capital of Beni, was calm. Bolivia waited.", "BOL"),
        ("Antigua was quiet. Guatemalan troops left.", "GTM"),
        ("San Vicente and Santa Lucía were quiet; El Salvador voted.", "SLV"),
        ("American Samoa is far from Washington.", "USA"),
        ("Samoa's chief minister resigned.", "WSM"),
        ("Northern Ireland's police stood by.", "GBR"),
        ("Ireland's police stood by.", "IRL"),
        ("Bosnian Serb soldiers went home.", "BIH"),
        ("Serbian police beat ethnic Albanians.", "SRB"),
        ("Police in Inner Mongolia held a herder, Beijing said.", "CHN"),
        ("La policía griega reprimió la marcha en Atenas.", "GRC"),
        ("The Maldives' president resigned; Maldivian police had joined the crowd.", "MDV"),
        ("Malawi's soldiers walked beside the crowd in Lilongwe.", "MWI"),
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


def test_a_capital_that_is_an_ordinary_word_is_no_seat_of_a_text() -> None:
    assert country("MDV").capital == "Male"
    assert country("MDV").seat_names == ()
    assert country("BDI").seat_names == ("Gitega", "Bujumbura")


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)
