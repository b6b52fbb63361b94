"""A brief's content as the page receives it: invented reports about Caracas in May 2017, invented numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from garrison.briefing import (
    AuditedClaim,
    Bands,
    BriefContent,
    Chance,
    Credit,
    DissentSeries,
    Footer,
    Header,
    Headline,
    InputDocument,
    LabelRule,
    LeverEffect,
    ModelView,
    NotCounted,
    ProvenanceRow,
    Quote,
    Sentence,
    SetAsideClaim,
    TimelineEvent,
    TrackRecord,
)
from garrison.records import Quantity, Source

AS_OF = date(2017, 5, 7)
DOC = "caracas-dispatch"
TITLE = "Turning Point: Soldiers Change Sides and Walk With the Crowd"
TEXT = (
    TITLE + "\n\n"
    "A campaigner abroad wrote on social media last night that units in several states have started to leave the "
    "government and to walk beside the protesters. He added that dozens of soldiers are being held. "
    "In March three lieutenants said on video that they no longer obey the president; in April they asked for "
    "asylum in Colombia. Close to 40 people have died since the protests began. "
    "On Friday the defence minister called the protest movement armed subversion and pledged the forces to the "
    "president. Women marched in Caracas on Saturday and offered flowers to guardsmen. "
    "In 2002 the army removed the president for two days. "
    "If officers went next week, one scholar said, nobody would claim to be surprised.\n\n"
    "my cousin serves there and says everyone is gone already\n"
)
QUOTED = {
    "DEFECT_TITLE": ("DEFECT", "Soldiers Change Sides"),
    "JOIN_TITLE": ("FRATERNIZE_JOIN", "Walk With the Crowd"),
    "DEFECT": ("DEFECT", "units in several states have started to leave the government"),
    "JOIN": ("FRATERNIZE_JOIN", "to walk beside the protesters"),
    "HELD": ("PURGE_ARREST_MIL", "dozens of soldiers are being held"),
    "VIDEO": ("DEFECT_DECLARED", "three lieutenants said on video that they no longer obey the president"),
    "ASYLUM": ("DEFECT_EXILE", "in April they asked for asylum in Colombia"),
    "DEAD": ("FATALITIES_CUMULATIVE", "Close to 40 people have died since the protests began"),
    "LOYAL": ("LOYALTY_SIGNAL", "pledged the forces to the president"),
    "WOMEN": ("PROTEST", "Women marched in Caracas on Saturday"),
    "FLOWERS": ("FRATERNIZATION_APPEAL", "offered flowers to guardsmen"),
    "HISTORY": ("COUP", "In 2002 the army removed the president for two days"),
    "IF": ("DEFECT", "If officers went next week"),
    "COMMENT": ("DEFECT", "my cousin serves there and says everyone is gone already"),
}


def claim_id(key: str) -> str:
    return f"{DOC}#{list(QUOTED).index(key) + 1}"


def quote(key: str) -> Quote:
    words = QUOTED[key][1]
    start = TEXT.index(words)
    end = start + len(words)
    return Quote(
        claim_id(key), DOC, start, end, TEXT[max(0, start - 60) : start], words, TEXT[end : end + 60]
    )


TWEET = (Source("a campaigner abroad", "ngo"), Source("social media", "social_media"))


def audited(key: str, certainty: str, p: float | None, **rest: object) -> AuditedClaim:
    usual = AuditedClaim(
        claim_id=claim_id(key),
        type=QUOTED[key][0],
        certainty=certainty,
        negated=False,
        is_headline=False,
        actor="",
        target="",
        place="",
        date_start=date(2017, 5, 6),
        date_end=date(2017, 5, 7),
        numbers=(),
        sources=(),
        n_independent_sources=1,
        p_happened=p,
        note=6,
    )
    return replace(usual, **rest)  # type: ignore[arg-type]


CLAIMS = (
    audited(
        "DEFECT_TITLE",
        "headline_assertion",
        0.31,
        is_headline=True,
        actor="soldiers",
        sources=TWEET,
        duplicate_of=claim_id("DEFECT"),
    ),
    audited(
        "JOIN_TITLE",
        "headline_assertion",
        0.12,
        is_headline=True,
        actor="soldiers",
        target="the crowd",
        sources=TWEET,
        duplicate_of=claim_id("JOIN"),
    ),
    audited("DEFECT", "claim_single_source", 0.31, actor="units", place="several states", sources=TWEET),
    audited("JOIN", "claim_single_source", 0.12, actor="units", target="the protesters", sources=TWEET),
    audited(
        "HELD",
        "claim_single_source",
        0.44,
        numbers=(Quantity("soldiers held", 24, 99, "flow"),),
        sources=TWEET,
    ),
    audited(
        "VIDEO",
        "claim_media",
        0.95,
        actor="three lieutenants",
        target="the president",
        date_start=date(2017, 3, 1),
        date_end=date(2017, 3, 31),
        sources=(Source("video", "media"),),
        n_independent_sources=2,
    ),
    audited("ASYLUM", "reported_fact", 0.93, actor="three lieutenants", place="Colombia"),
    audited(
        "DEAD", "reported_fact", 0.97, numbers=(Quantity("deaths", 36, 40, "stock"),), n_independent_sources=3
    ),
    audited(
        "LOYAL",
        "claim_official",
        0.96,
        actor="the defence minister",
        sources=(Source("minister", "official"),),
    ),
    audited("WOMEN", "reported_fact", 0.98, actor="women", place="Caracas", n_independent_sources=2),
    audited("FLOWERS", "reported_fact", 0.9, actor="women", target="guardsmen"),
)


def chance(p: float, note: int, half: float = 0.25, nine: float = 0.55) -> Chance:
    return Chance(p, note, (p * (1 - half), p * (1 + half)), (p * (1 - nine), min(1.0, p * (1 + 2 * nine))))


def rule(name: str, at30: float, at90: float, n_events: int, n_crises: int, used: bool = False) -> LabelRule:
    return LabelRule(name, ((30, chance(at30, 3)), (90, chance(at90, 3))), n_events, n_crises, used)


HEADLINE = Headline(
    chance=Chance(0.0231, 1, (0.019, 0.028), (0.013, 0.042)),
    horizon_days=90,
    ends=date(2017, 8, 5),
    target="T1a",
    crisis_age_weeks=5,
    age_note=2,
    base_rate_source="593 crises of 1990–2019, hazard by age",
    why=Sentence(
        "No forecast of this kind has beaten the base rate out of sample so far, so the base rate stands and the "
        "model’s answer is printed beside it.",
        (4,),
    ),
    rules=(
        rule("strict", 0.009, 0.023, 26, 591, True),
        rule("two_of_four", 0.006, 0.015, 16, 590),
        rule("strict+cases", 0.010, 0.026, 32, 593),
    ),
    model=ModelView(chance(0.034, 5), 0.39, (0.1, 0.7), 4000, 212.4, 44.0, True, chance(0.047, 5), 5),
    track=TrackRecord(0, 4),
)


def bands(days: np.ndarray, level: float, growth: float) -> Bands:
    median = level * (1 + growth * (days - days[0]) / 90)
    spread = 0.35 + 0.25 * np.clip(days, 0, None) / 90
    ends = [np.clip(median * np.exp(side * spread), 0, 1) for side in (-0.67, 0.67, -1.64, 1.64)]
    return Bands(days, median, *ends)


def dissent(cohort: str, hidden: float, visible: float) -> DissentSeries:
    before, ahead = np.arange(-37, 1), np.arange(0, 91)
    return DissentSeries(
        cohort,
        bands(before, visible, 1.0),
        bands(ahead, visible * 1.4, 0.3),
        bands(before, hidden, 0.6),
        bands(ahead, hidden * 1.25, 0.2),
        7,
    )


def case_events() -> tuple[TimelineEvent, ...]:
    kinds = (
        ("PROTEST", 2, "Marches in the capital and other cities"),
        ("REPRESSION_LETHAL", 3, "Deaths at protests"),
        ("INSTITUTIONAL_POWER_GRAB", 29, "The supreme court takes over the powers of the assembly"),
        ("DEFECT_EXILE", 24, "Three lieutenants ask for asylum in Colombia"),
        ("PATRONAGE", 31, "Food and rents for the forces"),
        ("FOREIGN_PRESSURE", 9, "A neighbouring state demands elections"),
        ("CROWD_CONTROL", 4, "Guard and police block the main roads"),
    )
    rows = []
    for name, every, summary in kinds:
        for back in range(every // 2 + 1, 66, every):
            day = AS_OF - timedelta(days=back)
            deaths = name == "REPRESSION_LETHAL"
            rows.append(
                TimelineEvent(
                    name,
                    summary,
                    day,
                    day,
                    day + timedelta(days=1),
                    True,
                    0.97,
                    6,
                    "deaths" if deaths else None,
                    1 + back % 3 if deaths else None,
                    1 + back % 3 if deaths else None,
                    "flow" if deaths else None,
                    (),
                    ("daily count of a monitoring group",),
                )
            )
    return tuple(rows)


TIMELINE = (
    *case_events(),
    TimelineEvent(
        "DEFECT", "", date(2017, 5, 6), AS_OF, AS_OF, False, 0.31, 6, claim_ids=(claim_id("DEFECT"),)
    ),
    TimelineEvent(
        "FRATERNIZE_JOIN", "", date(2017, 5, 6), AS_OF, AS_OF, False, 0.12, 6, claim_ids=(claim_id("JOIN"),)
    ),
    TimelineEvent(
        "PURGE_ARREST_MIL",
        "",
        date(2017, 5, 6),
        AS_OF,
        AS_OF,
        False,
        0.44,
        6,
        "soldiers held",
        24,
        99,
        "flow",
        (claim_id("HELD"),),
    ),
    TimelineEvent(
        "DEFECT_DECLARED",
        "",
        date(2017, 3, 1),
        date(2017, 3, 31),
        AS_OF,
        False,
        0.95,
        6,
        claim_ids=(claim_id("VIDEO"),),
    ),
    TimelineEvent(
        "PROTEST",
        "",
        date(2017, 5, 6),
        date(2017, 5, 6),
        AS_OF,
        False,
        0.98,
        6,
        claim_ids=(claim_id("WOMEN"),),
    ),
)

NOT_COUNTED = (
    NotCounted("history", 1, 9, (SetAsideClaim(claim_id("HISTORY"), "COUP", "historical_background"),)),
    NotCounted("forecast", 1, 9, (SetAsideClaim(claim_id("IF"), "DEFECT", "hypothetical"),)),
    NotCounted("comment", 7, 9, (SetAsideClaim(claim_id("COMMENT"), "DEFECT", "reader_comment"),)),
    NotCounted(
        "duplicate",
        2,
        9,
        (
            SetAsideClaim(claim_id("DEFECT_TITLE"), "DEFECT", "headline_assertion", claim_id("DEFECT")),
            SetAsideClaim(claim_id("JOIN_TITLE"), "FRATERNIZE_JOIN", "headline_assertion", claim_id("JOIN")),
        ),
    ),
)

LEVERS = (
    LeverEffect(
        "Soldiers’ pay",
        "as now",
        "two months late",
        0.034,
        0.047,
        (0.006, 0.021),
        2000,
        8,
        ("starts on 8 May, full after 14 days", "food, protest and repression as without it"),
    ),
    LeverEffect(
        "A mass march",
        "as now",
        "one of 3.5% of the people",
        0.034,
        0.041,
        (0.001, 0.014),
        2000,
        8,
        ("on 13 May, one day",),
    ),
    LeverEffect(
        "Food in the shops",
        "as now",
        "half as scarce",
        0.034,
        0.029,
        (-0.011, 0.001),
        2000,
        8,
        ("starts on 8 May, full after 30 days",),
    ),
)

PROVENANCE = (
    ProvenanceRow(1, "1 in 45", "forecast", "crisis hazard by age, rule strict", (2, 3)),
    ProvenanceRow(2, "5 weeks", "events", "first escalation in the case’s table", (6,)),
    ProvenanceRow(3, "0.9% to 2.6%", "table", "hazard tables of three label rules, 591, 590 and 593 crises"),
    ProvenanceRow(4, "none scored", "table", "scorecard: no resolved forecast of this kind"),
    ProvenanceRow(5, "1 in 30", "runs", "4,000 weighted runs, seed 1", (7,)),
    ProvenanceRow(
        6,
        "chances of events",
        "events",
        "claims linked by type, day and place; prior and source weights of the table",
        (9,),
        (claim_id("DEFECT"), claim_id("JOIN"), claim_id("HELD"), claim_id("VIDEO"), claim_id("DEAD")),
    ),
    ProvenanceRow(
        7, "shares by day", "state", "runs weighted by reported deaths, protests and arrests", (6,)
    ),
    ProvenanceRow(
        8, "changes of chance", "runs", "3 × 2,000 paired runs, common random numbers, seed 1", (7,)
    ),
    ProvenanceRow(
        9, "14 claims", "claims", f"{DOC}.txt, coded by the type table", (), (claim_id("COMMENT"),)
    ),
)

CONTENT = BriefContent(
    header=Header("Venezuela", AS_OF, TITLE, 1, 14, len(TIMELINE), 9, "Venezuela, protests of 2017"),
    headline=HEADLINE,
    verdict=(
        Sentence(
            "That soldiers march with protesters rests on one post by one campaigner; nobody else reports it, "
            "and it is unlikely as told.",
            (6,),
            (claim_id("JOIN"),),
        ),
        Sentence(
            "Dissent in the ranks is real: three lieutenants broke in public and fled, and arrests of soldiers "
            "are about as likely as not.",
            (6,),
            (claim_id("VIDEO"), claim_id("ASYLUM")),
        ),
        Sentence(
            "Nothing read here shows a unit, a service or a commander leaving; crises like this one seldom end so."
        ),
    ),
    claims=CLAIMS,
    not_counted=NOT_COUNTED,
    timeline=TIMELINE,
    dissent=(dissent("troops", 0.14, 0.003), dissent("officers", 0.08, 0.001)),
    levers=LEVERS,
    cannot_see=(
        "Talks inside the high command, and what foreign services know of them.",
        "Whether the reports are silent because nothing happens or because nobody may report it.",
        "Single units: everything here is national and weekly.",
        "Routes to a break that the model does not hold, such as a foreign intervention.",
    ),
    provenance=PROVENANCE,
    quotes=tuple(quote(key) for key in QUOTED),
    footer=Footer(
        f"garrison brief {DOC}.txt --country VEN --seed 1 -o brief.html",
        1,
        "0.1.0",
        (
            InputDocument(
                f"{DOC}.txt",
                TITLE,
                "invented for tests",
                AS_OF,
                len(TEXT),
                TEXT.index("my cousin"),
                "4f1c" * 16,
            ),
        ),
        (
            Credit(
                "Crisis hazards computed from Mass Mobilization and V-Dem", "own numbers, no rows passed on"
            ),
            Credit("Garrison", "MIT"),
        ),
    ),
)
