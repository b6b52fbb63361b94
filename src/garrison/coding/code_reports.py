"""From reports to claims: the door of this room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from garrison.coding.actors import Actor, ActorFinder, describe
from garrison.coding.attribution import Voice, Voices
from garrison.coding.certainty import Circumstance, grade, is_denied
from garrison.coding.clause_spans import clause_span
from garrison.coding.duplicates import date_retellings, link_duplicates
from garrison.coding.frames import Match, match_sentence
from garrison.coding.mentions import Mentions
from garrison.coding.parsing import Part, parts_of
from garrison.coding.roles import Scene
from garrison.coding.source_kinds import SourceKinds
from garrison.coding.tables import limits, words
from garrison.coding.timing import Calendar, Timing
from garrison.records import Claim, Claims, Quantity, Report, Reports, Source

if TYPE_CHECKING:
    from spacy.tokens import Span


def code(reports: Reports, *, country: str | None = None) -> Claims:
    """Code reports: find what they assert about security forces and crises, and grade how sure each is.

    Parameters
    ----------
    reports
        Documents that were read.
    country
        The country that the texts are about (code or name); found from each text where None.

    Returns
    -------
    Claims
        In the order of the texts; readers' comments are coded too, all graded `reader_comment`.

    Raises
    ------
    CountryError
        If the country is not in the world table.
    """
    code_of_country = None
    if country is not None:
        from garrison import world

        code_of_country = world.country(country).code
    return Claims.of([claim for report in reports for claim in code_report(report, code_of_country)])


def code_report(report: Report, country: str | None) -> list[Claim]:
    """Code one report; `country` is an ISO 3166 alpha-3 code, or None to find it from the text."""
    home = country
    if home is None:
        from garrison import world

        home = world.find_country(f"{report.title}\n{report.article}")
    finder, kinds = ActorFinder(home), SourceKinds()
    parts = list(parts_of(report))
    in_crisis = _is_about_a_crisis(parts)
    finder.speaks_of_forces = in_crisis
    for part in parts:
        if part.name == "article":
            finder.find(part.doc)
    drafts: list[Claim] = []
    for part in parts:
        reading = _Reading(report, part, finder, kinds, in_crisis, home)
        drafts += reading.claims()
    dated = date_retellings(drafts)
    numbered = [replace(claim, id=f"{report.doc}#{number}") for number, claim in enumerate(dated, start=1)]
    return link_duplicates(numbered)


def _is_about_a_crisis(parts: list[Part]) -> bool:
    """Tell whether title and article speak of a crisis: by one plain word, or by several weaker ones and forces."""
    told = {token.lemma_.lower() for part in parts if part.name != "comments" for token in part.doc}
    if not told.isdisjoint(words("attribution", "crisis_words")):
        return True
    signs = len(told & words("attribution", "crisis_signs"))
    return signs >= limits()["crisis_signs"] and not told.isdisjoint(words("attribution", "forces_words"))


@dataclass
class _Reading:
    """One part of a report while it is read."""

    report: Report
    part: Part
    finder: ActorFinder
    kinds: SourceKinds
    in_crisis: bool
    home: str | None

    def claims(self) -> Iterator[Claim]:
        """Code the part, sentence by sentence."""
        doc = self.part.doc
        sentences = list(doc.sents)
        actors = self.finder.find(doc)
        self._voices = Voices(doc, actors, sentences, self.kinds)
        self._calendar = Calendar(doc, self.report.published)
        self._mentions = Mentions(doc, self.home)
        scene = Scene(doc, actors, sentences, self.home, self.in_crisis, self._voices.speaker)
        for sentence in sentences:
            told: list[tuple[str, str | None, Span]] = []
            for match in match_sentence(sentence, scene):
                first, last = clause_span(match)
                span = doc[first:last]
                if any(_tells_again(match, *earlier) for earlier in told):
                    continue
                told.append((match.frame.type, match.actor.text if match.actor else None, span))
                claim = self._claim(match, span)
                if claim is not None:
                    yield claim

    def _claim(self, match: Match, span: Span) -> Claim | None:
        quotation = self._voices.quotation_of(match.trigger)
        doc = self.part.doc
        marks = (doc[quotation.start], doc[quotation.end]) if quotation is not None else ()
        timing = self._calendar.of(match.trigger, marks)
        chain = self._voices.chain(match.trigger)
        where = Circumstance(
            part=self.part.name,
            published=self.report.published,
            date_end=timing.date_end,
            is_dated=timing.is_dated,
            is_future=timing.is_future,
            told_as_past=timing.told_as_past,
        )
        numbers = self._mentions.numbers(match, span)
        kind, negated = _polarity(match, chain)
        kind = _toll_or_incident(kind, timing, numbers, match)
        if kind is None:
            return None
        return self._record(
            match, span, timing, chain, kind=kind, negated=negated, certainty=grade(match, chain, where)
        )

    def _record(
        self, match: Match, span: Span, timing: Timing, chain: tuple[Voice, ...], **graded: Any
    ) -> Claim | None:
        from garrison.vocabulary import event_types

        text_start, text_end = self.part.span(span.start, span.end)
        raw = self.report.raw_span(text_start, text_end) or (text_start, text_end)
        place = self._mentions.place(match, span)
        numbers = self._mentions.numbers(match, span)
        if graded["kind"] == "FATALITIES_CUMULATIVE":
            numbers = tuple(replace(number, kind="stock") for number in numbers)
        kind = event_types()[graded["kind"]]
        sources = tuple(Source(voice.text, voice.kind) for voice in chain)
        if self.part.name == "comments":
            sources = (*sources, Source("readers' comments", "reader"))
        return Claim(
            id="",
            doc=self.report.doc,
            char_start=raw[0],
            char_end=raw[1],
            quote=self.report.text[text_start:text_end],
            type=kind.name,
            certainty=graded["certainty"],
            published=self.report.published,
            plover=kind.plover,
            plover_mode=kind.plover_mode,
            **describe(match.actor),
            **_acted_on(match.target),
            date_start=timing.date_start,
            date_end=timing.date_end,
            date_basis=timing.basis,
            adm1=place.adm1 if place is not None else None,
            place_text=place.text if place is not None else None,
            numbers=numbers,
            sources=sources,
            negated=graded["negated"],
            country=self.home,
        )


def _acted_on(target: Actor | None) -> dict[str, str | None]:
    return {
        "target_text": target.text if target else None,
        "target_sector": target.sector if target else None,
    }


def _tells_again(match: Match, kind: str, actor: str | None, earlier: Span) -> bool:
    """Tell whether a sentence says the same twice (*approached them, offered them flowers*)."""
    if match.frame.type != kind:
        return False
    within = earlier.start <= match.trigger.i < earlier.end
    return within or (match.actor is not None and match.actor.text == actor)


def _polarity(match: Match, chain: tuple[Voice, ...]) -> tuple[str | None, bool]:
    """Tell a denial (the type stays, negated) from an absence that the text tells (NON_EVENT)."""
    if is_denied(match, chain):
        return match.frame.type, True
    if match.negated and match.frame.kind == "act":
        return "NON_EVENT", False
    if match.negated:
        return match.frame.type, True
    return match.frame.type, False


def _toll_or_incident(
    kind: str | None, timing: Timing, numbers: tuple[Quantity, ...], match: Match
) -> str | None:
    """Deaths over more than a week, or told as a running total, are a toll; others are an incident."""
    if kind != "REPRESSION_LETHAL":
        return kind
    stock = any(number.kind == "stock" for number in numbers) or (bool(numbers) and _so_far(match))
    long = timing.date_start and timing.date_end and (timing.date_end - timing.date_start).days > 7
    return "FATALITIES_CUMULATIVE" if stock or (long and timing.is_dated and numbers) else kind


def _so_far(match: Match) -> bool:
    """Tell whether a clause counts up to now (*have been killed since it began*, *so far*)."""
    trigger = match.trigger
    perfect = any(child.dep_ == "aux" and child.lemma_ == "have" for child in trigger.children)
    since = any(token.lower_ in ("since", "far", "altogether") for token in trigger.subtree)
    return perfect and since
