"""From reports, claims, events, state and forecast to what one page says."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from garrison.briefing.audit import audited_claims, event_note, quotes_of, set_aside
from garrison.briefing.content import (
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
    TimelineEvent,
    TrackRecord,
)
from garrison.briefing.content import Sentence as PlainSentence
from garrison.briefing.frequency import percent
from garrison.briefing.material import Material
from garrison.briefing.numbering import in_reading_order
from garrison.briefing.provenance import NumberLedger
from garrison.briefing.sentences import sentences
from garrison.briefing.verdict import medians_today, running_toll, toll_words, verdict
from garrison.briefing.words import words
from garrison.forecasting import LAST_DAY_OF_TABLE, BaseRate, hazard_table
from garrison.forecasting.scorecard import shipped_scorecard
from garrison.version import __version__

#: Older happenings than this many days before the as-of day stay out of the timeline, however they were dated.
TIMELINE_DAYS = 120


def assemble(material: Material) -> BriefContent:
    """Put together what a page says.

    Parameters
    ----------
    material
        Everything that was read, inferred and simulated.

    Returns
    -------
    BriefContent
        Each number with its provenance row.
    """
    ledger = NumberLedger()
    notes = _shared_notes(material, ledger)
    headline = _headline(material, ledger, notes)
    claims = audited_claims(material, notes)
    aside = set_aside(material, ledger)
    sentences_of_verdict = verdict(material, notes)
    # Where no crisis was found there is nothing to draw or to vary.
    found = material.crisis_start is not None
    cohorts = ("troops", "officers") if found else ()
    dissent = tuple(_dissent(material, cohort, notes["dissent"]) for cohort in cohorts)
    levers = _levers(material, ledger, notes["model"]) if found else ()
    counts = ledger.note(
        f"{len(material.all_reports)}, {len(material.all_claims)}, {len(material.all_events)}",
        "reports",
        sentences().say("provenance.counts"),
    )
    content = BriefContent(
        header=_header(material, counts),
        headline=headline,
        verdict=sentences_of_verdict,
        claims=claims,
        not_counted=aside,
        timeline=_timeline(material, notes),
        dissent=dissent,
        levers=levers,
        cannot_see=_cannot_see(material),
        provenance=ledger.rows,
        quotes=quotes_of(material, _claims_named(material, claims, aside, ledger)),
        footer=_footer(material),
    )
    return in_reading_order(content)


def _claims_named(
    material: Material,
    claims: tuple[AuditedClaim, ...],
    aside: tuple[NotCounted, ...],
    ledger: NumberLedger,
) -> set[str]:
    """Give the claims that a page names: all that events stand on, all shown, and what those repeat."""
    named = {claim_id for event in material.all_events for claim_id in event.claim_ids}
    named |= {row.claim_id for row in claims}
    named |= {item.claim_id for part in aside for item in part.claims}
    named |= {claim_id for row in ledger.rows for claim_id in row.claim_ids}
    heads = {claim.id: claim.duplicate_of for claim in material.all_claims if claim.duplicate_of}
    return named | {heads[claim_id] for claim_id in named if claim_id in heads}


def _shared_notes(material: Material, ledger: NumberLedger) -> dict[str, int]:
    """Write the rows that several parts of the page point to: base rate, state, model, events, toll."""
    say = sentences().say
    outlook, state = material.forecast, material.state
    notes = {event.id: event_note(ledger, event) for event in material.all_events}
    evidence = tuple(notes.values())
    notes[""] = ledger.note("–", "claims", say("provenance.headline_claim"))
    rate = outlook.headline
    notes["headline"] = ledger.note(
        percent(rate.p),
        "table",
        say(
            "provenance.headline",
            rule=rate.rule,
            events=rate.n_events,
            crises=rate.n_crises,
            weeks=outlook.age_weeks,
        ),
    )
    notes["state"] = ledger.note(
        f"{len(state.observations)}",
        "state",
        "; ".join(reason for reason, _ in outlook.reasons) or words().say("page.none"),
        evidence,
    )
    hidden, visible = medians_today(material)
    notes["dissent"] = ledger.note(
        f"{percent(hidden)}, {percent(visible)}",
        "runs",
        say("provenance.dissent", runs=f"{state.n_runs:,}"),
        (notes["state"],),
    )
    notes["shift"] = ledger.note(
        f"{outlook.model.log_odds_shift:+.2f}",
        "runs",
        say(
            "provenance.shift",
            runs=f"{state.n_runs:,}",
            effective=f"{outlook.model.effective_sample_size:,.0f}",
        ),
        (notes["dissent"],),
    )
    notes["model"] = ledger.note(
        percent(outlook.model.p), "forecast", say("provenance.model"), (notes["headline"], notes["shift"])
    )
    toll = running_toll(material)
    if toll is not None:
        low, high, claim_ids = toll
        notes["deaths"] = ledger.note(
            toll_words(low, high), "events", say("provenance.deaths"), claim_ids=claim_ids
        )
    return notes


def _chance(rate: BaseRate, note: int) -> Chance:
    return Chance(rate.p, note, rate.band50, rate.band90)


def _headline(material: Material, ledger: NumberLedger, notes: dict[str, int]) -> Headline:
    say = sentences().say
    outlook = material.forecast
    begin = material.crisis_start
    age = (
        say("provenance.age", start=begin.isoformat(), as_of=material.as_of.isoformat())
        if begin
        else say("provenance.age_unknown")
    )
    doubled = ledger.note(
        percent(material.doubled.p), "runs", say("provenance.doubled", runs=f"{material.doubled.n_runs:,}")
    )
    model = outlook.model
    return Headline(
        chance=_chance(outlook.headline, notes["headline"]),
        horizon_days=outlook.horizon_days,
        ends=outlook.ends,
        target=outlook.target,
        crisis_age_weeks=outlook.age_weeks if begin else None,
        age_note=ledger.note(str(outlook.age_weeks), "events", age),
        base_rate_source=say("base_rate.source"),
        why=PlainSentence(say("base_rate.why"), (notes["headline"],)),
        rules=tuple(_rule(material, name, ledger) for name in hazard_table()),
        model=ModelView(
            chance=Chance(model.p, notes["model"], model.band50, model.band90),
            log_odds_shift=model.log_odds_shift,
            log_odds_shift90=model.log_odds_shift90,
            n_runs=model.n_runs,
            n_effective=model.effective_sample_size,
            n_effective_breaks=model.n_effective_breaks,
            enough=model.sample_is_enough,
            doubled=Chance(material.doubled.p, doubled, material.doubled.band50, material.doubled.band90),
            note=notes["shift"],
        ),
        track=_track(material, ledger),
    )


def _track(material: Material, ledger: NumberLedger) -> TrackRecord:
    """Tell from the scorecard how this kind of forecast did on history."""
    outlook, say = material.forecast, sentences().say
    found = shipped_scorecard().track_record(outlook.target, outlook.headline.rule, outlook.horizon_days)
    if found is None:
        return TrackRecord(0, ledger.note("0", "forecast", say("provenance.track_none")))
    base, asked, skill = found.base.score, found.base.asked, found.model.score.log_skill
    return TrackRecord(
        n_scored=base.n_rows,
        note=ledger.note(
            f"{base.n_rows:,}",
            "forecast",
            say("provenance.track", question=asked.question, model=found.model.forecaster),
        ),
        first_year=asked.first_year,
        last_year=asked.last_year,
        rate=base.rate,
        mean=base.mean_forecast,
        log_skill=(skill.value, skill.low, skill.high),
    )


def _rule(material: Material, name: str, ledger: NumberLedger) -> LabelRule:
    rates = [rate for rate in material.forecast.base_rates if rate.rule == name]
    origin = sentences().say("provenance.rule", rule=name)
    return LabelRule(
        name=name,
        chances=tuple(
            (rate.horizon_days, _chance(rate, ledger.note(percent(rate.p), "table", origin)))
            for rate in rates
        ),
        n_events=rates[0].n_events,
        n_crises=rates[0].n_crises,
        used=name == material.forecast.headline.rule,
    )


def _header(material: Material, note: int) -> Header:
    return Header(
        country=material.country.name,
        as_of=material.as_of,
        report_title=material.lead.title if material.lead else "",
        n_reports=len(material.all_reports),
        n_claims=len(material.all_claims),
        n_events=len(material.all_events),
        note=note,
        case_title=material.case.title if material.case else None,
    )


def _timeline(material: Material, notes: dict[str, int]) -> tuple[TimelineEvent, ...]:
    shown = [
        event
        for event in material.all_events
        if (material.as_of - event.date_end).days <= TIMELINE_DAYS and event.date_start <= material.as_of
    ]
    from_case = {event.id for event in material.case.events()} if material.case else set()
    return tuple(
        TimelineEvent(
            type=event.type,
            summary=event.summary if event.id in from_case or event.dataset else "",
            date_start=event.date_start,
            date_end=event.date_end,
            published=event.published,
            from_case=event.id in from_case,
            p_happened=event.p_happened,
            note=notes[event.id],
            count_of=event.count_of,
            n_low=event.n_low,
            n_high=event.n_high,
            count_kind=event.count_kind,
            claim_ids=event.claim_ids,
            sources=event.sources,
        )
        for event in shown
    )


def _bands(material: Material, series: str, first: int, last: int) -> Bands:
    low90, low50, median, high50, high90 = material.shares[series][:, first : last + 1]
    days = np.arange(first, last + 1) - material.state.today
    return Bands(days, median, low50, high50, low90, high90)


def _dissent(material: Material, cohort: str, note: int) -> DissentSeries:
    today, last = material.state.today, material.state.today + material.horizon
    return DissentSeries(
        cohort=cohort,
        visible_so_far=_bands(material, f"visible {cohort}", 0, today),
        visible_ahead=_bands(material, f"visible {cohort}", today, last),
        hidden_so_far=_bands(material, f"hidden {cohort}", 0, today),
        hidden_ahead=_bands(material, f"hidden {cohort}", today, last),
        note=note,
    )


def _levers(material: Material, ledger: NumberLedger, model_note: int) -> tuple[LeverEffect, ...]:
    """Apply what each change does in the model to what the model would say, so that one chance is varied."""
    say = sentences().say
    before = material.forecast.model.p
    effects = []
    for effect in material.levers:
        name = effect.lever.name
        after, change90 = effect.moves(before)
        origin = say("provenance.lever", runs=f"{effect.n_runs:,}", moved=f"{effect.log_odds_change:+.2f}")
        note = ledger.note(f"{percent(before)} → {percent(after)}", "runs", origin, (model_note,))
        effects.append(
            LeverEffect(
                name=say(f"levers.{name}"),
                from_words=say(f"levers.{name}_from"),
                to_words=say(f"levers.{name}_to"),
                p_before=before,
                p_after=after,
                change90=change90,
                n_runs=effect.n_runs,
                note=note,
                assumptions=(
                    say(
                        "levers.assumption_start",
                        day=words().day(effect.lever.start),
                        ramp=effect.lever.ramp_days,
                    ),
                    say("levers.assumption_rest"),
                ),
            )
        )
    return tuple(sorted(effects, key=lambda item: -abs(item.p_after - item.p_before)))


def _cannot_see(material: Material) -> tuple[str, ...]:
    say = sentences().say
    keys = ["silence", "loadings", "local", "route", "ratios", "comments", "language"]
    lines = [say(f"cannot_see.{key}") for key in keys]
    if material.case is None:
        lines.insert(0, say("cannot_see.wide"))
        if not material.country.forces:
            lines.insert(1, say("cannot_see.strength"))
    else:
        lines.append(say("cannot_see.twice"))
    if material.as_of < LAST_DAY_OF_TABLE:
        lines.append(say("cannot_see.later_crises"))
    model = material.forecast.model
    if not model.sample_is_enough:
        lines.insert(
            0,
            say(
                "cannot_see.sample",
                effective=f"{model.effective_sample_size:,.0f}",
                runs=f"{model.n_runs:,}",
                breaks=f"{model.n_effective_breaks:,.0f}",
            ),
        )
    return tuple(lines)


def _footer(material: Material) -> Footer:
    inputs = tuple(
        InputDocument(
            doc=Path(report.origin).name or report.doc,
            title=report.title,
            publisher=report.publisher,
            published=report.published,
            n_characters=len(report.text),
            comments_start=report.comments_start,
            sha256=report.sha256,
        )
        for report in material.all_reports
    )
    rows = sentences().table["credits"].values()
    credits = tuple(Credit(name.format(version=__version__), licence) for name, licence in rows)
    return Footer(material.command, material.seed, __version__, inputs, credits)
