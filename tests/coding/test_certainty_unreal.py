"""What has not happened is never graded as a current fact: forecasts, conditions, fears, wishes, questions."""

from __future__ import annotations

import datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.coding.test_certainty_passages import PASSAGES

from garrison.coding import code
from garrison.records import Claim, Report, Reports
from garrison.vocabulary import is_counted

OPENING = "Troops patrolled the streets after the protest.\n\n"
# Who demands, vows or warns does so now; what he speaks of is another matter.
SPEECH = ("REGIME_RESPONSE", "LOYALTY_SIGNAL", "DEMAND_RESIGN", "DEFECTION_APPEAL", "CALL_TO_REBEL")

AGENTS = ("soldiers", "the gendarmes", "nine officers", "two battalions")
DEEDS = (
    ("deserted", "desert", "deserted"),
    ("mutinied", "mutiny", "mutinied"),
    ("refused to fire on the crowd", "refuse to fire on the crowd", "refused to fire on the crowd"),
    ("seized power", "seize power", "seized power"),
    ("joined the protesters", "join the protesters", "joined the protesters"),
    ("arrested forty students", "arrest forty students", "arrested forty students"),
    ("killed two protesters", "kill two protesters", "killed two protesters"),
    ("turned against the king", "turn against the king", "turned against the king"),
)
WRAPPERS = (
    "If {agent} {past}, the crisis will deepen.",
    "If {agent} {base} next week, nobody will be surprised.",
    "Unless {agent} {base}, the protest will go on.",
    "Should {agent} {base}, the king would flee.",
    "Had {agent} {done}, the king would have fled.",
    "Even if {agent} {past}, the palace would hold out.",
    "The bishop warned that {agent} could {base}.",
    "The bishop warned that {agent} would {base}.",
    "Analysts expect that {agent} will {base}.",
    "Analysts expect {agent} to {base}.",
    "An analyst predicted that {agent} would {base} within weeks.",
    "Many fear that {agent} may {base}.",
    "It is feared that {agent} would {base}.",
    "There is a risk that {agent} could {base}.",
    "Perhaps {agent} {past} last night.",
    "It is unclear whether {agent} {past}.",
    "Nobody knows whether {agent} {past}.",
    "Will {agent} {base}?",
    "Have {agent} {done}?",
    "What if {agent} {base}?",
    "The opposition wants {agent} to {base}.",
    "The exiles urged {agent} to {base}.",
    "The regime will fall once {agent} {base}.",
    "In that case {agent} would {base}.",
    "Let us assume that {agent} {past}.",
    "Suppose {agent} {past}.",
    "It would be a surprise if {agent} {past}, said a diplomat.",
    "As long as {agent} {base}, the palace is in danger.",
)


@cache
def claims_of(text: str) -> tuple[Claim, ...]:
    full = OPENING + text
    report = Report("own", full, datetime.date(2021, 10, 20), article_start=0, article_end=len(full))
    found = code(Reports.of([report]), country="SDN")
    return tuple(claim for claim in found if claim.char_start >= len(OPENING))


def counted(text: str) -> list[tuple[str, str, str]]:
    return [
        (claim.type, claim.certainty, claim.quote)
        for claim in claims_of(text)
        if is_counted(claim.certainty) and claim.type not in SPEECH
    ]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(WRAPPERS), st.sampled_from(AGENTS), st.sampled_from(DEEDS))
def test_no_wrapping_of_a_deed_gives_a_fact(wrapper: str, agent: str, deed: tuple[str, str, str]) -> None:
    past, base, done = deed
    assert counted(wrapper.format(agent=agent, past=past, base=base, done=done)) == []


@pytest.mark.slow
@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_every_wrapping_of_every_deed_gives_no_fact(wrapper: str) -> None:
    for agent in AGENTS:
        for past, base, done in DEEDS:
            text = wrapper.format(agent=agent, past=past, base=base, done=done)
            assert counted(text) == [], text


PLAIN = [
    sentence.strip()
    for passage in PASSAGES
    for sentence in passage["text"].split(". ")
    if not {'"', "?", "@"} & set(sentence) and "nless" not in sentence and "f " not in sentence[:5]
]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.sampled_from(PLAIN),
    st.sampled_from(("If {}, the crisis will deepen.", "Unless {}, the talks will fail.")),
)
def test_no_sentence_of_the_passages_is_a_fact_behind_if(sentence: str, wrapper: str) -> None:
    plain = sentence.rstrip(".")
    assert counted(wrapper.format(plain[0].lower() + plain[1:])) == []


@pytest.mark.parametrize(
    "text",
    [
        "The opposition hopes for a mutiny of the soldiers.",
        "The general threatened to arrest officers who desert.",
        "Soldiers may well desert once their pay stops.",
        "The worst case is a mutiny of the army.",
        "The union vowed to strike until the president resigns.",
        "It would take a mutiny to remove the president.",
        "A mutiny is possible, said the colonel.",
        "A coup is unlikely, the ambassador said.",
        "Desertions are likely to grow.",
        "The president is to resign on Friday.",
        "In that scenario, the army deserts the president.",
        "They considered arresting the general.",
        "The officers thought about seizing power.",
        "The students fear being arrested by the police.",
        "The opposition demanded that the army arrest the generals.",
        "It is feared that police have killed more protesters.",
        "The threat of a mutiny hangs over the palace.",
        "In the event of a coup, shops will close.",
        "The decree is meant to prevent a coup.",
        "The plan to arrest the officers was dropped.",
        "The minister warned of a mutiny in the barracks.",
        "Police will not hesitate to shoot protesters, the general said.",
        "The soldiers are believed to be planning a mutiny.",
        "If the ministry denies that soldiers deserted, nobody will believe it.",
        "Analysts expect that the colonel will say that he no longer recognises the president.",
        "The minister said he would resign if the soldiers mutinied.",
        "The generals are ready to seize power, a senator said.",
    ],
)
def test_what_is_feared_planned_wished_or_possible_is_no_fact(text: str) -> None:
    assert counted(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers who could no longer feed their families deserted on Monday.",
        "Police arrested students who planned to march.",
        "The soldiers deserted because they feared they would be shot.",
        "Police killed two protesters when they tried to march.",
        "After police shot two students, the union said it would strike.",
        "The soldiers, who had threatened to mutiny, deserted on Monday.",
        "The garrison mutinied on Monday, as many had expected.",
        "The army arrested nine officers to prevent a coup.",
        "Soldiers could be seen joining the protesters.",
        "In May soldiers deserted from the base.",
        "Police arrested nine officers who might mutiny.",
        "Many if not most soldiers deserted on Monday.",
    ],
)
def test_what_happened_beside_a_plan_or_a_fear_still_counts(text: str) -> None:
    assert counted(text) != []


@pytest.mark.parametrize(
    ("text", "kind", "certainty"),
    [
        ("If the generals mutiny next week, the king will fall.", "MUTINY", "hypothetical"),
        ("The soldiers may mutiny next week.", "MUTINY", "speculation"),
        ("The soldiers will mutiny next week.", "MUTINY", "forecast"),
        ("Some ask whether the soldiers have mutinied.", "MUTINY", "speculation"),
        ("The soldiers plan to mutiny.", "MUTINY", "forecast"),
        ("The exiles want the soldiers to mutiny.", "MUTINY", "hypothetical"),
        ("There is clear evidence that the soldiers have mutinied.", "MUTINY", "assessment"),
        ("It seems that the soldiers have mutinied.", "MUTINY", "assessment"),
        ("Rumours that the soldiers have mutinied reached the port.", "MUTINY", "claim_unnamed_source"),
    ],
)
def test_words_decide_between_forecast_hypothesis_and_speculation(
    text: str, kind: str, certainty: str
) -> None:
    assert [claim.certainty for claim in claims_of(text) if claim.type == kind] == [certainty]
