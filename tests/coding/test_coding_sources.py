"""Who vouches: names joined by *and*, collectives named in apposition, admissions, handles, those who did it."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.records import Claim, Report, Reports

PUBLISHED = date(2021, 10, 20)


def claims_of(text: str) -> list[Claim]:
    report = Report("own", text, PUBLISHED, article_start=0, article_end=len(text))
    return list(code(Reports.of([report]), country="SDN"))


def only(text: str, kind: str) -> Claim:
    found = [claim for claim in claims_of(text) if claim.type == kind]
    assert len(found) == 1, [(claim.type, claim.quote) for claim in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "names", "kind"),
    [
        (
            "Two independent sources, AFP and the BBC, confirmed that sailors had deserted.",
            "AFP and the BBC",
            "media",
        ),
        ("Both AFP and Reuters confirmed that sailors had deserted.", "Both AFP and Reuters", "media"),
        ("According to AFP and the BBC, sailors deserted.", "AFP and the BBC", "media"),
        (
            "Two news agencies independently confirmed that sailors had deserted.",
            "Two news agencies",
            "media",
        ),
        ("That sailors had deserted was confirmed by Reuters and AFP.", "Reuters and AFP", "media"),
        ("AFP confirmed reports that sailors had deserted.", "AFP", "media"),
        ("The navy minister conceded that sailors had deserted.", "The navy minister", "official"),
        ("The admiral acknowledged that sailors had deserted.", "The admiral", "security_force"),
        ("Facebook pages claimed that sailors had deserted.", "Facebook pages", "social_media"),
        ("@harbour_watch: sailors have deserted at the southern pier.", "@harbour_watch", "social_media"),
        ('The defence ministry: "Dozens of sailors have deserted."', "The defence ministry", "official"),
    ],
)
def test_the_first_source_keeps_its_names_and_its_kind(text: str, names: str, kind: str) -> None:
    claim = only(text, "DEFECT")
    assert (claim.sources[0].text, claim.sources[0].kind) == (names, kind)
    assert len(claim.sources) == 1
    assert not claim.negated


def test_a_confirmed_noun_has_who_confirms_it() -> None:
    claim = only("The navy confirmed the arrest of 20 sailors.", "PURGE_ARREST_MIL")
    assert claim.sources[0].kind == "security_force"
    assert claim.certainty == "claim_official"
    said = only("A legal aid group said it could confirm the arrest of 25 soldiers.", "PURGE_ARREST_MIL")
    assert said.certainty == "claim_single_source"


def test_deserters_who_tell_of_their_desertion_are_no_official_admission() -> None:
    claim = only("Two sergeants told us that they had deserted.", "DEFECT")
    assert claim.certainty == "claim_single_source"


def test_naming_is_the_namers_word_alone() -> None:
    text = "On Monday the president announced a new assembly, which demonstrators decried as a power grab."
    announced, decried = [claim for claim in claims_of(text) if claim.type == "INSTITUTIONAL_POWER_GRAB"]
    assert announced.actor_sector == "GOV"
    assert [(source.text, source.kind) for source in decried.sources] == [("demonstrators", "witness")]


@pytest.mark.parametrize(
    ("text", "kind", "counts"),
    [
        ("Clashes between police and protesters have left some three dozen dead.", "PROTEST", []),
        (
            "Clashes between police and protesters have left some three dozen dead.",
            "FATALITIES_CUMULATIVE",
            [(32, 40)],
        ),
        (
            "It was the tenth day of protests that have left 36 people dead.",
            "FATALITIES_CUMULATIVE",
            [(36, 36)],
        ),
        (
            "Two colonels said in a video that they no longer recognised the king.",
            "DEFECT_DECLARED",
            [(2, 2)],
        ),
        ("Two colonels fled to Egypt, where they asked for asylum.", "DEFECT_EXILE", [(2, 2)]),
        ("Sailors deserted in three ports and dozens of soldiers are under arrest.", "DEFECT", []),
        (
            "Sailors deserted in three ports and dozens of soldiers are under arrest.",
            "PURGE_ARREST_MIL",
            [(24, 99)],
        ),
        ("The desertion of forty sailors was confirmed by two agencies.", "DEFECT", [(40, 40)]),
        ("The mayor said 85 soldiers had been arrested after the protest.", "PURGE_ARREST_MIL", [(85, 85)]),
        (
            "Some soldiers go hungry. Hundreds have crossed into Egypt since May.",
            "DEFECT_EXILE",
            [(200, 999)],
        ),
        (
            "The movement has drawn thousands of people into the streets. The protest goes on.",
            "PROTEST",
            [(2000, 9999)],
        ),
    ],
)
def test_a_number_counts_only_those_whom_it_counts(
    text: str, kind: str, counts: list[tuple[int, int]]
) -> None:
    claim = next(claim for claim in claims_of(text) if claim.type == kind)
    assert [(number.low, number.high) for number in claim.numbers] == counts
    if kind == "FATALITIES_CUMULATIVE":
        assert all(number.kind == "stock" for number in claim.numbers)


@pytest.mark.parametrize(
    "text",
    [
        "The government will fall within days. The protest goes on.",
        "The navy is likely to turn against the king.",
        "Sailors could soon desert.",
        "An analyst warned that sailors would rebel.",
        "The gendarmes are on the verge of deserting.",
        "Were the navy to split, the king would fall.",
        "If wages are not paid, sailors will mutiny.",
        "Will the navy turn against the king?",
        "Have the sailors deserted?",
        "The navy could join the protesters, a newspaper wrote.",
    ],
)
def test_what_may_come_is_never_counted(text: str) -> None:
    expected = [claim for claim in claims_of(text) if claim.type != "PROTEST"]
    assert expected or "verge" in text
    assert {claim.certainty for claim in expected} <= {"forecast", "hypothetical", "speculation"}


def test_a_date_told_twice_names_its_words_once() -> None:
    text = (
        "Women banged pots at the protest on Monday.\n\nThe women sang in the square and held a vigil.\n\n"
        "The women marched to the palace.\n\nThe women waved flags."
    )
    bases = [claim.date_basis or "" for claim in claims_of(text)]
    assert any(basis.startswith("as told before: ") for basis in bases)
    assert all(basis.count("as told before") <= 1 for basis in bases)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("On Friday Defence Minister Omar Bashir denounced the protest.", "Defence Minister Omar Bashir"),
        ("Overnight soldiers deserted in the north.", "soldiers"),
        ("The president's \"loyal army officers deserted on Monday.", "The president's loyal army officers"),
        ("In 2003 generals removed the president in a coup.", "generals"),
    ],
)
def test_the_agent_is_its_noun_phrase_alone(text: str, actor: str) -> None:
    assert actor in [claim.actor_text for claim in claims_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers marched in the parade on Monday. Women handed flowers to soldiers, and children joined the troops.",
        "The battalion came home from the mission abroad. Its troops had protected civilians and patrolled streets.",
        "This book tells how sailors refused to fire in 1921. Officers were beaten. The author has read every letter.",
        "The director of the film shows a lieutenant who joins the crowd. The actors are splendid, the audience weeps.",
        "Army beat Police 3-1 on Saturday. The captain fired home and supporters clashed in the stands.",
        "Soldiers stormed a mock village as the exercise entered its second week. Tanks took up positions.",
    ],
)
def test_military_words_without_a_crisis_are_not_counted(text: str) -> None:
    from garrison.vocabulary import event_types, is_counted

    groups = event_types()
    counted = [claim for claim in claims_of(text) if is_counted(claim.certainty)]
    assert not [
        claim.quote for claim in counted if groups[claim.type].group in ("dissent", "repression", "protest")
    ]


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("According to him, police opened fire on protesters.", "him"),
        ("Nine soldiers deserted on Monday, according to him.", "him"),
        ("The minister arrived on Monday. According to him, police killed 20 protesters.", "The minister"),
    ],
)
def test_according_to_a_pronoun_is_the_word_of_whom_it_means(text: str, teller: str) -> None:
    assert {claim.sources[0].text for claim in claims_of(text) if claim.sources} == {teller}
