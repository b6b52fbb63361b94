"""Who acts, by their nouns: sector, rank and branch in several countries and in two languages."""

from __future__ import annotations

import time

import pytest

from garrison.coding.actors import Actor, ActorFinder
from garrison.coding.agent_lexicon import agents_in, lexicon_by_first_word
from garrison.coding.coreference import taken_up
from garrison.coding.parsing import parse
from garrison.coding.tables import table
from garrison.vocabulary import ranks, sectors
from garrison.world import countries

BRANCHES = {
    "army", "navy", "air_force", "marines", "guard", "palace_guard", "border_guard", "coast_guard", "police",
    "riot_police", "military_police", "special_forces", "intelligence", "militia",
}  # fmt: skip


def agents_of(text: str, home: str) -> dict[str, Actor]:
    doc = parse(text)
    found = taken_up(doc, ActorFinder(home).find(doc), list(doc.sents))
    return {actor.text: actor for actor in found.values()}


@pytest.mark.parametrize("name", ["actors", "actors_spanish"])
def test_every_row_of_the_lexicon_is_well_formed(name: str) -> None:
    codes = {country.code for country in countries()}
    for row in table(name)["actor"]:
        assert row["languages"]
        assert set(row["languages"]) <= {"en", "es"}
        assert row["sector"] in sectors()
        assert row.get("rank") is None or row["rank"] in ranks()
        assert row.get("branch") is None or row["branch"] in BRANCHES
        assert row["number"] in ("one", "many", "body")
        assert row.get("country") is None or row["country"] in codes
        assert all(word == word.strip() for word in row["words"])


def test_a_word_has_one_meaning_in_a_language() -> None:
    for language in ("en", "es"):
        seen: dict[tuple[str, ...], tuple[str, str | None]] = {}
        for entries in lexicon_by_first_word(language).values():
            for entry in entries:
                role = (entry.sector, entry.rank)
                assert seen.setdefault(entry.words, role) == role, entry.words


@pytest.mark.parametrize(
    ("text", "home", "agent", "role"),
    [
        ("Three National Guard lieutenants left.",
         "VEN", "Three National Guard lieutenants", ("GRD", "junior", "guard")),
        ("Two sergeants of the police left.", "KEN", "Two sergeants of the police", ("COP", "nco", "police")),
        ("Navy captains stayed, the army said.", "EGY", "Navy captains", ("MIL", "field", "navy")),
        ("GNB troops and the FANB blocked it.", "VEN", "the FANB", ("MIL", None, None)),
        ("GNB troops blocked the road.", "VEN", "GNB troops", ("GRD", "troops", "guard")),
        ("SEBIN agents took him.", "VEN", "SEBIN agents", ("SPY", None, "intelligence")),
        ("Colectivos rode by.", "VEN", "Colectivos", ("PRM", None, "militia")),
        ("A PNB officer and soldiers fell.", "VEN", "A PNB officer", ("COP", None, "police")),
        ("The Rapid Support Forces fired.", "SDN", "The Rapid Support Forces", ("PRM", None, "militia")),
        ("The Tatmadaw denied it.", "MMR", "The Tatmadaw", ("MIL", None, None)),
        ("Berkut officers fired.", "UKR", "Berkut officers", ("COP", None, "riot_police")),
        ("The IRGC and Basij militiamen fired.", "IRN", "The IRGC", ("GRD", None, "guard")),
        ("A head constable ran.", "IND", "A head constable", ("COP", "troops", "police")),
        ("Sub-inspectors ran.", "IND", "Sub-inspectors", ("COP", "junior", "police")),
        ("Jawans of the CRPF ran.", "IND", "Jawans of the CRPF", ("COP", "troops", "police")),
        ("Carabineros used gas.", "CHL", "Carabineros", ("GRD", None, "guard")),
        ("Soldiers of the presidential guard fled.",
         "BFA", "Soldiers of the presidential guard", ("MIL", "troops", "palace_guard")),
        ("A military policeman fled.", "BRA", "A military policeman", ("MIL", None, "military_police")),
        ("The colonel's unit and soldiers fled.", "MLI", "The colonel's unit", ("MIL", None, None)),
    ],
)  # fmt: skip
def test_nouns_tell_sector_rank_and_branch(
    text: str, home: str, agent: str, role: tuple[str, str | None, str | None]
) -> None:
    found = agents_of(text, home)[agent]
    assert (found.sector, found.rank, found.branch) == role


def test_a_country_is_no_state_and_foreign_forces_are_foreign() -> None:
    found = agents_of("The United States is worried. Sudanese troops fired. French gendarmes left.", "EGY")
    assert found["The United States"].country == "USA"
    assert {actor.sector for actor in found.values()} == {"FOR"}
    assert agents_of("Sudanese troops fired.", "SDN")["Sudanese troops"].sector == "MIL"


def test_a_parliament_led_by_the_opposition_opposes() -> None:
    assert (
        agents_of("The opposition-led parliament met.", "VEN")["The opposition-led parliament"].sector
        == "OPP"
    )


def test_plurals_that_look_like_names_are_many() -> None:
    assert agents_of("Colectivos rode by.", "VEN")["Colectivos"].number == "many"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cuatro soldados y dos tenientes", [("MIL", "troops"), ("MIL", "junior")]),
        ("los guardias nacionales y la policia", [("GRD", "troops"), ("COP", None)]),
        ("funcionarios de la PNB y colectivos", [("COP", None), ("PRM", None)]),
        ("la oposición y los manifestantes", [("OPP", None), ("CVL", None)]),
        ("estudiantes, el ministerio y la fiscalia", [("STU", None), ("GOV", None), ("JUD", None)]),
        ("el alto mando militar", [("MIL", "general")]),
    ],
)
def test_spanish_nouns_are_found_with_and_without_accents(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    words = text.replace(",", " ,").split()
    assert [(hit.entry.sector, hit.entry.rank) for hit in agents_in(words, language="es")] == expected
    plain = text.replace("ó", "o").replace("í", "i").replace(",", " ,").split()
    assert [(hit.entry.sector, hit.entry.rank) for hit in agents_in(plain, language="es")] == expected


def test_english_texts_pay_nothing_for_spanish() -> None:
    assert "soldados" not in lexicon_by_first_word("en")
    assert "colectivos" in lexicon_by_first_word("en")


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Police moved in at dawn. Officers used batons.", "COP"),
        ("The army moved in at dawn. Officers gave orders.", "MIL"),
        ("Gendarmes moved in at dawn. Officers gave orders.", "GRD"),
    ],
)
def test_officers_are_of_the_force_that_was_named(text: str, sector: str) -> None:
    assert agents_of(text, "SEN")["Officers"].sector == sector


def test_those_whom_police_arrest_are_not_police() -> None:
    assert agents_of("Police arrested five officers.", "EGY")["five officers"].sector == "MIL"


def test_finding_agents_is_quick() -> None:
    paragraph = (
        "Police and National Guard troops fired on students near the palace, the interior minister said. Two colonels "
        "of the air force fled to Jordan; Defence Minister Karim Fathi denied it. Thousands of people marched. "
    )
    doc = parse(paragraph * 30)
    n_words = sum(token.is_alpha for token in doc)
    times = []
    for _ in range(5):
        begun = time.process_time()
        ActorFinder("EGY").find(doc)
        times.append(time.process_time() - begun)
    # Ten milliseconds for 1,000 words; this text has three times the agents of a report, and the machine may be slow.
    assert min(times) < 0.1 * n_words / 1000
