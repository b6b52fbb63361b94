"""Places in own sentences, with the first-order division in which they lie."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.coding.parsing import parse
from garrison.coding.places import find_places
from garrison.errors import CountryError
from garrison.world import countries, fold_name, places

BLANK = spacy.blank("en")

NAMED = [
    ("VEN", "Shops burned in the western state of Zulia.", [("Zulia", "VE-V")]),
    ("VEN", "Crowds in San Cristobal and in Mérida.", [("San Cristobal", "VE-S"), ("Mérida", "VE-L")]),
    ("VEN", "In Ciudad Bolivar, soldiers stood by.", [("Ciudad Bolivar", "VE-F")]),
    ("VEN", "In Valencia Saturday, troops met crowds.", [("Valencia", "VE-G")]),
    ("VEN", "The governor of Miranda state spoke.", [("Miranda", "VE-M")]),
    ("VEN", "Caracas was quiet.", [("Caracas", "VE-A")]),
    ("VEN", "Police closed roads in the capital city.", [("the capital city", "VE-A")]),
    ("VEN", "Police closed roads in the capital.", [("the capital", "VE-A")]),
    ("VEN", "Police closed roads in the country's capital, Caracas.", [("Caracas", "VE-A")]),
    ("VEN", "They met in Maracaibo, the capital of Zulia.", [("Maracaibo", "VE-V"), ("Zulia", "VE-V")]),
    ("EGY", "Workers struck in Mahalla and marched in Cairo.", [("Mahalla", "EG-GH"), ("Cairo", "EG-C")]),
    ("EGY", "A convoy was hit in North Sinai.", [("North Sinai", "EG-SIN")]),
    ("SDN", "Officers in Omdurman and El Fasher refused.", [("Omdurman", "SD-KH"), ("El Fasher", "SD-DN")]),
    ("SYR", "A unit left Deraa for the capital.", [("Deraa", "SY-DR"), ("the capital", "SY-DI")]),
    ("UKR", "Kiev and Lvov rose.", [("Kiev", "UA-30"), ("Lvov", "UA-46")]),
    ("PER", "Crowds filled Lima.", [("Lima", "PE-LIM")]),
    ("VEN", "Officers in Tovar refused.", [("Tovar", "VE-L")]),
    ("VEN", "Troops were seen near the town of Tumeremo.", [("Tumeremo", "VE-F")]),
    ("VEN", "TUMEREMO, Venezuela - Soldiers fled.", [("TUMEREMO", "VE-F")]),
    ("VEN", "They ran through Santa Ana.", [("Santa Ana", "VE-S")]),
    ("VEN", "Residents of Petare banged pots.", [("Petare", "VE-M")]),
    ("VEN", "Soldiers fled Fort Tiuna on Monday.", [("Fort Tiuna", "VE-A")]),
    ("VEN", "Crowds filled Bolivar Avenue in Maturín.", [("Maturín", "VE-N")]),
    (
        "VEN",
        "Rallies were held in Maracay, Barinas and Tovar.",
        [("Maracay", "VE-D"), ("Barinas", "VE-E"), ("Tovar", "VE-L")],
    ),
    ("EGY", "Crowds filled Tahrir Square.", [("Tahrir Square", "EG-C")]),
    ("UKR", "Protesters held the Maidan.", [("Maidan", "UA-30")]),
    ("TUR", "Tanks stood on the Bosphorus Bridge.", [("Bosphorus Bridge", "TR-34")]),
]

NOT_NAMED = [
    ("VEN", "Lieutenant Miranda fled."),
    ("VEN", "Mr. Sucre spoke."),
    ("VEN", "Carlos Valencia spoke."),
    ("VEN", "Yesterday Barinas Figarella spoke."),
    ("VEN", "He flew to Valencia, Spain."),
    ("VEN", "They met in the Colombian capital."),
    ("VEN", "Tovar said he would stay."),
    ("VEN", "Juan Tovar said he would stay. Tovar left."),
    ("VEN", "Santa Ana won."),
    ("VEN", "Three men fled the Sucre barracks."),
    ("VEN", "Guards from the Sucre battalion left."),
    ("VEN", "Troops closed the border state's roads."),
    ("VEN", "Power failed in parts of Venezuela."),
    ("IDN", "The metro stood still; Metro workers marched."),
    ("VEN", "They met in the state capital."),
    ("VEN", "They met in the capital of Peru."),
    ("VEN", "The capital controls failed."),
    ("VEN", "He asked for the merida of it."),
    ("TUR", "Police guarded the university and the van."),
]


def test_every_quarter_lies_in_a_division_of_its_country() -> None:
    import tomllib
    from importlib import resources

    table = tomllib.loads((resources.files("garrison.coding") / "places.toml").read_text(encoding="utf-8"))
    for code, listed in table["quarters"].items():
        divisions = {place.adm1 for place in places(code) if place.kind in ("admin1", "division")}
        assert set(listed) <= divisions, code
        for adm1, names in listed.items():
            for name in names:
                (found,) = find_places(BLANK(f"Crowds stood in {name} today."), code)
                assert (found.text, found.adm1) == (name, adm1)


@pytest.mark.parametrize(("country", "sentence", "expected"), NAMED)
def test_a_place_and_its_division(
    country: str, sentence: str, expected: list[tuple[str, str | None]]
) -> None:
    found = find_places(parse(sentence), country)
    assert [(place.text, place.adm1) for place in found] == expected
    assert all(sentence[place.start : place.end] == place.text for place in found)


@pytest.mark.parametrize(("country", "sentence"), NOT_NAMED)
def test_words_that_only_look_like_places(country: str, sentence: str) -> None:
    assert find_places(parse(sentence), country) == []


def test_an_unknown_country_is_refused_with_the_nearest() -> None:
    with pytest.raises(CountryError, match="Did you mean VEN"):
        find_places(BLANK("In Zulia."), "VENN")


codes = st.sampled_from([item.code for item in countries()])


def check_laws(text: str, code: str) -> None:
    known = {place.adm1 for place in places(code)} | {None}
    found = find_places(BLANK(text), code)
    for place in found:
        assert 0 <= place.start < place.end <= len(text)
        assert text[place.start : place.end] == place.text
        assert place.adm1 in known
    for left, right in pairwise(found):
        assert left.end <= right.start


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=150), codes)
def test_laws_on_any_text(text: str, code: str) -> None:
    check_laws(text, code)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_name_of_the_gazetteer_is_found_where_a_place_must_stand(data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(["VEN", "EGY", "SDN", "UKR", "MMR", "TUR"]))
    place = data.draw(st.sampled_from(places(code)))
    text = f"Soldiers fled from {place.name} and from the capital."
    check_laws(text, code)
    if place.name[0].isupper():
        assert any(fold_name(found.text) == fold_name(place.name) for found in find_places(BLANK(text), code))
