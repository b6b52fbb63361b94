"""The two to four sentences that a reader who stops there takes away."""

from __future__ import annotations

import math

from garrison.briefing.audit import event_behind
from garrison.briefing.content import Sentence
from garrison.briefing.frequency import percent
from garrison.briefing.material import SHOWN, Material
from garrison.briefing.sentences import sentences
from garrison.briefing.words import words
from garrison.records import Event
from garrison.vocabulary import event_types

#: A report of dissent counts as real from this chance on: likelier than not.
_LIKELY = 0.5

#: A shift of the log odds smaller than this is no news: odds times 1.05.
_SMALL_SHIFT = math.log(1.05)


def verdict(material: Material, notes: dict[str, int]) -> tuple[Sentence, ...]:
    """Write the verdict: the report's own headline first, then dissent, the toll, the odds.

    Parameters
    ----------
    material
        Of the brief.
    notes
        Provenance rows: of each event by its id, and of `headline`, `model`, `dissent` and `deaths`.
    """
    found = [
        _headline(material, notes),
        _dissent(material, notes),
        _deaths(material, notes),
        _odds(material, notes),
    ]
    return tuple(sentence for sentence in found if sentence is not None)


def _headline(material: Material, notes: dict[str, int]) -> Sentence:
    say = sentences().say
    lead = material.lead
    if lead is None:
        return Sentence(say("verdict.no_headline" if material.all_reports else "verdict.no_report"))
    claims = [
        claim
        for claim in material.all_claims
        if claim.certainty == "headline_assertion" and claim.doc == lead.doc
    ]
    if not claims:
        return Sentence(say("verdict.headline_none"))
    # The least likely of what the headline asserts comes first: it is what a reader must know.
    told = [(claim, event_behind(material, claim)) for claim in claims]
    told.sort(key=lambda pair: (pair[1].p_happened if pair[1] else 0.0, pair[0].char_start))
    parts = "; ".join(_asserted(event_types()[claim.type].label, event) for claim, event in told[:3])
    behind = [event for _, event in told[:3] if event is not None]
    return Sentence(
        say("verdict.headline_asserts", parts=parts),
        tuple(dict.fromkeys(notes[event.id] for event in behind)),
        tuple(claim.id for claim, _ in told[:3]),
    )


def _asserted(label: str, event: Event | None) -> str:
    """Say what one assertion of a headline rests on."""
    say = sentences().say
    if event is None:
        return say("verdict.headline_unsupported", label=label)
    return say(
        "verdict.headline_supported",
        label=label,
        sources=_how_many(event),
        who="; ".join(event.sources[: min(3, event.n_independent_sources)]),
        chance=words().chance(event.p_happened),
    )


def _how_many(event: Event) -> str:
    n = event.n_independent_sources
    return sentences().say("verdict.one_source") if n == 1 else sentences().say("verdict.many_sources", n=n)


def _dissent(material: Material, notes: dict[str, int]) -> Sentence | None:
    say = sentences().say
    if not material.all_events:
        return None
    signs = [
        event
        for event in material.all_events
        if event.p_happened >= _LIKELY
        and (event_types()[event.type].group == "dissent" or event.type == "PURGE_ARREST_MIL")
    ]
    if not signs:
        return Sentence(say("verdict.dissent_none"))
    best = _best_of_each_type(signs)
    hidden, visible = medians_today(material)
    text = say(
        "verdict.dissent_real",
        signs="; ".join(
            say("verdict.sign", label=event_types()[event.type].label, percent=percent(event.p_happened))
            for event in best
        ),
        hidden=percent(hidden),
        visible=percent(visible),
        days=material.horizon,
        hollow=percent(material.state.p_hollow(material.horizon)),
    )
    claim_ids = tuple(event.claim_ids[0] for event in best if event.claim_ids)
    return Sentence(text, (*(notes[event.id] for event in best), notes["dissent"]), claim_ids)


def medians_today(material: Material) -> tuple[float, float]:
    """Give the median shares of troops who would defy alone and safe, and who do so openly, today."""
    median, today = SHOWN.index(1 / 2), material.state.today
    hidden, visible = (material.shares[f"{name} troops"][median, today] for name in ("hidden", "visible"))
    return float(hidden), float(visible)


def _best_of_each_type(events: list[Event]) -> list[Event]:
    """Pick the likeliest event of each type, those that the reports themselves tell first; three at most."""
    found: dict[str, Event] = {}
    for event in sorted(events, key=lambda one: (not one.claim_ids, -one.p_happened, one.id)):
        found.setdefault(event.type, event)
    return list(found.values())[:3]


def running_toll(material: Material) -> tuple[float, float, tuple[str, ...]] | None:
    """Give the bounds of the latest running death toll and the claims that tell it; None where there is none."""
    tolls = [
        event
        for event in material.all_events
        if event.type == "FATALITIES_CUMULATIVE" and event.n_low is not None and event.n_high is not None
    ]
    if not tolls:
        return None
    # Tolls of one time are one event already; of later and earlier ones the last is the toll so far.
    last = max(tolls, key=lambda event: (event.date_end, event.n_high or 0.0, event.id))
    return last.n_low or 0.0, last.n_high or 0.0, last.claim_ids


def toll_words(low: float, high: float) -> str:
    """Say a running toll: one number, or its bounds."""
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def _deaths(material: Material, notes: dict[str, int]) -> Sentence | None:
    toll = running_toll(material)
    if toll is None:
        return None
    low, high, claim_ids = toll
    text = sentences().say("verdict.deaths", count=toll_words(low, high))
    return Sentence(text, (notes["deaths"],), claim_ids[:3])


def _odds(material: Material, notes: dict[str, int]) -> Sentence:
    say = sentences().say
    if material.crisis_start is None:
        return Sentence(say("verdict.calm"), (notes["headline"],))
    model = material.forecast.model
    if abs(model.log_odds_shift) < _SMALL_SHIFT:
        return Sentence(say("verdict.moves_nothing"), (notes["shift"],))
    key = "verdict.moves_up" if model.log_odds_shift > 0 else "verdict.moves_down"
    factor, low, high = (
        f"{math.exp(shift):.1g}" if abs(shift) >= 1 else f"{math.exp(shift):.2g}"
        for shift in (model.log_odds_shift, *model.log_odds_shift90)
    )
    text = say(key, factor=factor, low=low, high=high, model=percent(model.p))
    return Sentence(f"{text} {say('verdict.watch')}", (notes["shift"], notes["model"]))
