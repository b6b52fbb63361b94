"""One sentence is checked: its parts, how likely each would be heard if true and if false, and what would settle it."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from garrison.errors import InputError, nearest
from garrison.events.credibility import Testimony, rates_of, type_prior, weigh_testimonies
from garrison.events.linking import link
from garrison.events.source_records import SourceRecords
from garrison.events.sources import naming_words
from garrison.records import Claim, Claims, Event, Events, Report, Reports, Source, write_aside
from garrison.vocabulary import certainties, event_type, is_counted, source_kinds


@dataclass(frozen=True, slots=True)
class Settling:
    """An observation that would move the odds, and the chance of the claim after it."""

    seen: str
    p_after: float


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """One checkable part of a claim.

    Attributes
    ----------
    quote, type, label
        The words that assert it, its event type and how a page calls that.
    who, on_whom, when, where, how_many
        What it says of the actor, the one acted on, the days, the place and the number; None where it says nothing.
    certainty
        How the sentence itself puts it.
    denied
        Whether it says that this did not happen.
    told_if_true, told_if_false
        P(this source says so | it happened) and P(... | it did not), None where the part is not counted as evidence.
    p_before, p_after
        Chance before this was heard (with what is known of the case) and after.
    known
        Ids of the known events of the case that it tells of.
    why_not
        Why it is no evidence of anything having happened, None where it is.
    settled_by
        What observation would settle it.
    """

    quote: str
    type: str
    label: str
    who: str | None
    on_whom: str | None
    when: str
    where: str | None
    how_many: str | None
    certainty: str
    denied: bool
    told_if_true: float | None
    told_if_false: float | None
    p_before: float
    p_after: float
    known: tuple[str, ...]
    why_not: str | None
    settled_by: tuple[Settling, ...]


@dataclass(frozen=True)
class ClaimCheck:
    """A claim taken apart and weighed."""

    text: str
    source: str
    country: str
    day: date
    parts: tuple[CheckedPart, ...]

    def __str__(self) -> str:
        lines = [f'"{" ".join(self.text.split())}" ({self.source}; {self.country}, {self.day})']
        for number, part in enumerate(self.parts, start=1):
            denied = ", denied" if part.denied else ""
            lines += ["", f"{number}. {part.label}{denied}: {_asserted(part)}", *_weighed(part)]
        return "\n".join(lines)

    def __repr__(self) -> str:
        lines = [f"ClaimCheck: {len(self.parts)} parts"]
        lines += [f"  {one.label}: {one.p_before:.2f} -> {one.p_after:.2f}" for one in self.parts[:8]]
        return "\n".join(lines)

    def to_frame(self) -> Any:
        """Give the parts as a pandas frame, one row a part."""
        import pandas as pd

        return pd.DataFrame([asdict(part) for part in self.parts])

    def to_json(self) -> str:
        """Give all of it as JSON."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False, indent=1)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write it as JSON, whole or not at all."""
        return write_aside(path, self.to_json().encode())


def check_claim(
    text: str,
    *,
    country: str | None = None,
    day: date,
    source: str | None = None,
    source_kind: str | None = None,
    known: Events | None = None,
    sources: SourceRecords | None = None,
) -> ClaimCheck:
    """Take a claim apart and weigh each part: odds before, odds after, and what would settle it.

    Parameters
    ----------
    text
        The claim in English, a sentence or a few.
    country
        Alpha-3 code; found in the text if not given.
    day
        The day on which it was heard.
    source
        Who says it: a kind of source ("social_media") or a name. If not given, whomever the text itself names.
    source_kind
        The kind of a source given by name, where no record says it.
    known
        Events of the case known by that day.
    sources
        Records of named sources.

    Raises
    ------
    InputError
        If nothing in it can be checked, or a kind of source is unknown.

    Examples
    --------
    >>> check = check_claim("Soldiers joined the protesters in Caracas on Saturday.", country="VEN",
    ...     day=date(2017, 5, 7), source="social_media")
    >>> [part.type for part in check.parts]
    ['FRATERNIZE_JOIN']
    >>> check.parts[0].p_before < check.parts[0].p_after < 0.1
    True
    """
    told_by = _source(source, source_kind, sources)
    claims = [replace(claim, sources=_chain(claim, told_by)) for claim in _coded(text, country, day)]
    if not claims:
        raise InputError(
            f'nothing in "{" ".join(text.split())[:80]}" can be checked: it asserts no act of forces, regime, '
            "opposition or protesters that the type table has (docs/codebook.md)"
        )
    known = known or Events.of([])
    parts = [_part(claim, day, known, sources) for claim in claims if not claim.duplicate_of]
    return ClaimCheck(text, _named(told_by), claims[0].country or "country unknown", day, tuple(parts))


def _coded(text: str, country: str | None, day: date) -> list[Claim]:
    from garrison.coding import code

    report = Report("claim", text, day, article_start=0, article_end=len(text), source_kind="author")
    # Who asks takes it for a sentence of a crisis, which a single sentence cannot show.
    return list(code(Reports.of([report]), country=country, of_a_crisis=True))


def _source(name: str | None, kind: str | None, sources: SourceRecords | None) -> Source | None:
    """Tell who says it: a kind, a name with a record, or a name with its kind."""
    if kind is not None and kind not in source_kinds():
        raise InputError(f"unknown kind of source '{kind}'. {nearest(kind, source_kinds())}")
    if name is None:
        return Source("", kind) if kind else None
    if name in source_kinds():
        return Source("", name)
    record = sources.of(naming_words(name)) if sources else None
    if record is None and kind is None:
        raise InputError(
            f"'{name}' is no kind of source and has no record: add --source-kind, one of "
            f"{', '.join(source_kinds())}"
        )
    return Source(name, kind or (record.kind if record else ""))


def _chain(claim: Claim, told_by: Source | None) -> tuple[Source, ...]:
    """Put whom the text names before who tells it; a text that names nobody speaks for itself."""
    if told_by is None:
        return claim.sources or (Source("", "author"),)
    return (*claim.sources, told_by) if claim.sources else (told_by,)


def _named(source: Source | None) -> str:
    if source is None:
        return "the sources that it names"
    kind = source.kind.replace("_", " ")
    return f"{source.text}, {kind}" if source.text else kind


def _part(claim: Claim, day: date, known: Events, sources: SourceRecords | None) -> CheckedPart:
    """Weigh one claim of the sentence against what is known of the case."""
    row = _known_row(claim, day, known)
    without = Events.of([row] if row else [])
    p_before = row.p_happened if row else type_prior(claim.type)
    why_not = None if is_counted(claim.certainty) and claim.country else _why_not(claim)
    heard, p_after = None, p_before
    if why_not is None:
        heard = link(Claims.of([claim]), known=without, as_of=day, sources=sources)[0]
        p_after = heard.p_happened
    likely = _likelihoods(claim, sources) if why_not is None else (None, None)
    number = claim.numbers[0] if claim.numbers else None
    days = sorted({str(one) for one in (claim.date_start, claim.date_end) if one})
    return CheckedPart(
        quote=claim.quote,
        type=claim.type,
        label=event_type(claim.type).label,
        who=claim.actor_text,
        on_whom=claim.target_text,
        when=" to ".join(days) or "no day",
        where=claim.place_text,
        how_many=_how_many(number.low, number.high, heard) if number else None,
        certainty=claim.certainty,
        denied=claim.negated,
        told_if_true=likely[0],
        told_if_false=likely[1],
        p_before=p_before,
        p_after=p_after,
        known=(row.id,) if row else (),
        why_not=why_not,
        settled_by=tuple(_settlings(claim.type, p_after)),
    )


def _known_row(claim: Claim, day: date, known: Events) -> Event | None:
    """Find the known event of which a claim tells, None where it is news."""
    counted = replace(claim, certainty="claim_media")
    joined = link(Claims.of([counted]), known=known, as_of=day) if claim.country else ()
    found = next((event for event in joined if claim.id in event.claim_ids), None)
    return next((row for row in known if found is not None and row.id == found.id), None)


def _why_not(claim: Claim) -> str:
    if not claim.country:
        return "no country: give --country"
    return certainties()[claim.certainty].label


def _likelihoods(claim: Claim, sources: SourceRecords | None) -> tuple[float, float]:
    """Give how often the weakest link of the chain says such a thing if it happened and if it did not."""
    rates = [rates_of(one.kind, claim.type) for one in claim.sources]
    record = sources.of(naming_words(claim.sources[0].text)) if sources else None
    pairs = [
        (one.denies_true, one.denies_false) if claim.negated else (one.tells_true, one.tells_false)
        for one in rates
    ]
    if record is not None:
        pairs[0] = (
            (record.denies_true, record.denies_false)
            if claim.negated
            else (record.tells_true, record.tells_false)
        )
    # The weakest link is the one whose word tells the two cases apart least.
    return min(pairs, key=lambda pair: pair[0] / pair[1] if not claim.negated else pair[1] / pair[0])


def _how_many(low: float, high: float, heard: Event | None) -> str:
    told = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    if heard is None or heard.count_q05 is None:
        return told
    return f"{told}; as such sources count, {heard.count_q50:g} [{heard.count_q05:g}, {heard.count_q95:g}]"


@cache
def _observations() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files(__package__).joinpath("settling.toml").read_text(encoding="utf8"))


def _settlings(kind: str, p_now: float) -> list[Settling]:
    """Give what would move the odds of a type, each with the chance after it, the largest rise first."""
    table = _observations()
    found = []
    for row in table.get(kind, table["default"]):
        words = [Testimony((source,), row.get("denies", False)) for source in row["kinds"]]
        ratio, _ = weigh_testimonies(kind, words)
        odds = p_now / (1 - p_now) * ratio
        found.append(Settling(row["seen"], odds / (1 + odds)))
    return sorted(found, key=lambda one: -one.p_after)


def _asserted(part: CheckedPart) -> str:
    doers = [part.who or "", f"on {part.on_whom}" if part.on_whom else ""]
    said = [" ".join(filter(None, doers)) or "nobody named", part.when, part.where or "no place"]
    if part.how_many:
        said.append(part.how_many)
    return "; ".join(said)


def _weighed(part: CheckedPart) -> Sequence[str]:
    if part.why_not is not None:
        return [
            f"   no evidence that it happened: {part.why_not}",
            f"   chance as before: {_percent(part.p_before)}",
        ]
    assert part.told_if_true is not None
    assert part.told_if_false is not None
    lines = [
        f"   heard if true {_percent(part.told_if_true)}, if false {_percent(part.told_if_false)}",
        f"   chance before {_percent(part.p_before)}, after {_percent(part.p_after)}"
        + (f" (known as {', '.join(part.known)})" if part.known else ""),
        "   what would settle it:",
    ]
    return [*lines, *(f"     {_percent(one.p_after):>6} if {one.seen}" for one in part.settled_by)]


def _percent(p: float) -> str:
    return f"{100 * p:.2g}%" if p < 0.995 else "99%"
