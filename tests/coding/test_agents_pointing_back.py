"""Pronouns, numbers and nouns that point back: whom they mean, how far back, and never across into the comments."""

from __future__ import annotations

from datetime import date

import pytest

from garrison.coding import code
from garrison.coding.actors import Actor, ActorFinder
from garrison.coding.coreference import antecedent, taken_up
from garrison.coding.parsing import parse
from garrison.records import Claim, Report, Reports

DAY = date(2021, 10, 20)
BREAK = "\n\n"


def agents_of(text: str, home: str = "EGY") -> dict[str, Actor]:
    doc = parse(text)
    found = taken_up(doc, ActorFinder(home).find(doc), list(doc.sents))
    return {actor.text: actor for actor in found.values()}


def meant(text: str, word: str, sectors: tuple[str, ...] = (), home: str = "EGY") -> str | None:
    """Give the words of the agent that the last occurrence of a word means."""
    doc = parse(text)
    sentences = list(doc.sents)
    actors = taken_up(doc, ActorFinder(home).find(doc), sentences)
    token = [token for token in doc if token.lower_ == word][-1]
    found = actors.get(token.i) or antecedent(token, actors, sectors, sentences)
    return found.text if found is not None else None


def claims_of(text: str, kind: str, home: str = "EGY") -> list[Claim]:
    report = Report("own", text, DAY, article_start=0, article_end=len(text))
    return [claim for claim in code(Reports.of([report]), country=home) if claim.type == kind]


@pytest.mark.parametrize(
    ("text", "word", "whom"),
    [
        ("Three lieutenants left. Nobody saw it. It was late. The three crossed the river.",
         "three", "Three lieutenants"),
        (f"Three lieutenants left.{BREAK}The three asked for help.", "three", "Three lieutenants"),
        ("Three lieutenants and five sergeants left. The five asked for help.", "five", "five sergeants"),
        ("Two majors left and police came. Both asked for help.", "both", "Two majors"),
        ("Colonel Ali Hamza and Major Omar Nabil left. They asked for help.",
         "they", "Colonel Ali Hamza and Major Omar Nabil"),
        ("Colonel Ali Hamza and Major Omar Nabil left. The two asked for help.",
         "two", "Colonel Ali Hamza and Major Omar Nabil"),
        ("Soldiers left. They ran. They swam. They slept. They hid. They ate.", "they", "Soldiers"),
        (f"Soldiers left the town on foot in the night.{BREAK}They asked for help.", "they", "Soldiers"),
        ("The army spoke. It denied the story.", "it", "The army"),
        ("The army said the navy was calm. It denied the story.", "it", "The army"),
        ("A sergeant left. He asked for help. He ran. He slept.", "he", "A sergeant"),
        ("Women met a captain and soldiers. He smiled.", "he", "a captain"),
    ],
)  # fmt: skip
def test_words_point_to_whom_they_mean(text: str, word: str, whom: str) -> None:
    assert meant(text, word) == whom


def test_the_verb_decides_between_two_who_fit() -> None:
    text = "Protesters met the soldiers. They refused to fire."
    assert meant(text, "they", ("FORCES",)) == "the soldiers"
    assert meant(text, "they", ("CIVIL",)) == "Protesters"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (f"Soldiers left the town in the night.{BREAK}The weather was fine all day.{BREAK}They asked for help.",
         "they"),
        ("Three lieutenants left. The four asked for help.", "four"),
        ("The weather was fine. They asked for help.", "they"),
    ],
)  # fmt: skip
def test_words_that_reach_too_far_or_count_otherwise_mean_nobody(text: str, word: str) -> None:
    assert meant(text, word) is None


@pytest.mark.parametrize(
    ("text", "agent", "role"),
    [
        (f"Two gendarme lieutenants left.{BREAK}The two lieutenants slept.",
         "The two lieutenants", ("GRD", "junior", "EGY")),
        ("Peru's foreign ministry spoke. The ministry condemned it.", "The ministry", ("FOR", None, "PER")),
        ("The French minister Jean Arnaud spoke. His ministry agreed.", "His ministry", ("FOR", None, "FRA")),
        (f"Twelve gendarmes left.{BREAK}The men slept.", "The men", ("GRD", "troops", "EGY")),
        ("The national guard came. The force fired.", "The force", ("GRD", None, "EGY")),
        ("Berkut policemen came. The unit fired.", "The unit", ("COP", None, "EGY")),
        ("Three sergeants left. The trio slept.", "The trio", ("MIL", "nco", "EGY")),
        ("Hundreds of soldiers left. The group slept.", "The group", ("MIL", "troops", "EGY")),
        ("A colonel came. His men slept.", "His men", ("MIL", None, "EGY")),
        ("General Karim Fathi and soldiers left. The former general fled.",
         "The former general", ("MIL", "general", "EGY")),
        ("A rights group said soldiers had left. The group was sure.", "The group", ("NGO", None, "EGY")),
    ],
)  # fmt: skip
def test_nouns_take_up_whom_the_text_named(
    text: str, agent: str, role: tuple[str, str | None, str | None]
) -> None:
    found = agents_of(text)[agent]
    assert (found.sector, found.rank, found.country) == role


def test_the_ministry_is_known_by_the_name_it_had() -> None:
    assert "defence" in agents_of("The defence ministry spoke. The ministry denied it.")["The ministry"].title


def test_the_president_is_ones_own_again_in_another_clause() -> None:
    text = "French President Jean Arnaud spoke. The opposition demanded that the president resign."
    assert agents_of(text)["the president"].sector == "GOV"


@pytest.mark.parametrize(
    ("text", "kind", "actor", "numbers"),
    [
        (f"Three lieutenants left.{BREAK}The three requested asylum in Jordan.", "DEFECT_EXILE", "junior", [(3, 3)]),
        ("Three lieutenants left. On Friday the three asked for asylum.", "DEFECT_EXILE", "junior", [(3, 3)]),
        ("Ten sergeants met. All ten deserted on Monday.", "DEFECT", "nco", [(10, 10)]),
        ("A sergeant hid. He ran. He slept. He asked for asylum in Jordan.", "DEFECT_EXILE", "nco", []),
    ],
)  # fmt: skip
def test_claims_know_whom_a_number_or_a_chain_means(
    text: str, kind: str, actor: str, numbers: list[tuple[int, int]]
) -> None:
    claim = claims_of(text, kind)[-1]
    assert (claim.actor_sector, claim.actor_rank) == ("MIL", actor)
    assert [(number.low, number.high) for number in claim.numbers] == numbers


def test_they_arrested_others_than_themselves() -> None:
    assert agents_of("Police beat students. They arrested forty of them.")["forty of them"].sector == "STU"


def test_two_of_them_are_a_part_of_the_group() -> None:
    claim = claims_of("Three lieutenants left. Two of them were arrested by police.", "PURGE_ARREST_MIL")[0]
    assert (claim.target_text, claim.target_sector) == ("Two of them", "MIL")


def test_nothing_in_the_comments_points_into_the_article() -> None:
    article = "Three lieutenants fled to Jordan after the protest."
    comments = "They asked for asylum, good for them."
    text = f"{article}\n\n{comments}"
    start = len(article) + 2
    report = Report(
        "own",
        text,
        DAY,
        article_start=0,
        article_end=len(article),
        comments_start=start,
        comments_end=len(text),
    )
    found = code(Reports.of([report]), country="EGY")
    assert [claim.actor_sector for claim in found if claim.char_start < start] == ["MIL", None]
    assert all(claim.actor_sector is None for claim in found if claim.char_start >= start)


PARAGRAPHS = (
    "Police fired on students. Two of them fell, and the officers left.",
    "The navy denied it. It said the sailors were calm; the ministry agreed.",
    "Three sergeants of the national guard deserted. The trio asked for asylum.",
    "Women marched with the union. They met a captain and his men.",
)


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_agents_by_noun_do_not_depend_on_what_stood_before_the_paragraph(paragraph: str) -> None:
    before = f"The weather was fine on Sunday, and bread was dear.{BREAK}"
    whole = parse(before + paragraph)
    start = len(parse(before))
    alone = ActorFinder("EGY").find(parse(paragraph))
    after = ActorFinder("EGY").find(whole)
    kept = {
        index - start: (actor.sector, actor.rank, actor.text)
        for index, actor in after.items()
        if index >= start
    }
    assert kept == {index: (actor.sector, actor.rank, actor.text) for index, actor in alone.items()}


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
@pytest.mark.parametrize("unrelated", ["The weather was fine on Sunday.", "Bread was dear in May."])
def test_an_unrelated_sentence_changes_no_sector(paragraph: str, unrelated: str) -> None:
    plain = [(actor.text, actor.sector) for actor in agents_of(paragraph).values()]
    for text in (f"{unrelated} {paragraph}", f"{paragraph} {unrelated}", f"{unrelated}{BREAK}{paragraph}"):
        assert [(actor.text, actor.sector) for actor in agents_of(text).values()] == plain
