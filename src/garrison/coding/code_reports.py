"""From reports to claims: the door of this room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from garrison.coding import clauses
from garrison.coding.about_text import (
    country_of_text,
    is_about_a_crisis,
    is_about_a_game,
    is_about_a_work,
    names_a_deed_of_forces,
)
from garrison.coding.absence import is_unmeant
from garrison.coding.actors import Actor, ActorFinder, describe
from garrison.coding.answered import allegation_answered
from garrison.coding.attribution import Voices
from garrison.coding.base_place import BasePlaces, base_serves
from garrison.coding.certainty import Circumstance, grade, graded_by
from garrison.coding.claim_country import country_of_claim
from garrison.coding.claim_kind import polarity, toll_or_incident
from garrison.coding.clause_spans import clause_span
from garrison.coding.coreference import taken_up
from garrison.coding.denial import Denial, denial_of
from garrison.coding.denied_before import corrected, denial_of_what_was_told, denied, denied_instead
from garrison.coding.duplicates import date_retellings, link_duplicates
from garrison.coding.frames import Match, match_sentence
from garrison.coding.irrealis import unreal
from garrison.coding.issuers import Issuer, issuers_of
from garrison.coding.mentions import Mentions
from garrison.coding.noun_phrases import noun_phrase
from garrison.coding.parsing import Part, parts_of
from garrison.coding.report_time import report_time
from garrison.coding.retrospect import is_told_of_then, looks_back
from garrison.coding.roles import Scene
from garrison.coding.source_kinds import SourceKinds
from garrison.coding.tables import limits, words
from garrison.coding.timing import Calendar, Timing
from garrison.coding.unverified import left_unverified, unverified_telling
from garrison.coding.voice import Voice
from garrison.coding.weighing import weighed
from garrison.records import Claim, Claims, Report, Reports, Source

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from garrison.coding.places import PlaceMention


_DECIDED = ("INSTITUTIONAL_POWER_GRAB", "CONCESSION", "REGIME_RESPONSE")


def code(reports: Reports, *, country: str | None = None, of_a_crisis: bool | None = None) -> Claims:
    """Code reports: find what they assert about security forces and crises, and grade how sure each is.

    Parameters
    ----------
    reports
        Documents that were read.
    country
        The country asked for (code or name): what names no other is about it. Found from each text where None.
    of_a_crisis
        Whether the reports are known to be about a crisis, as a single sentence cannot show; told from each text
        where None.

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
    return Claims.of(
        [claim for report in reports for claim in code_report(report, code_of_country, of_a_crisis)]
    )


def code_report(report: Report, country: str | None, of_a_crisis: bool | None = None) -> list[Claim]:
    """Code one report; `country` is the ISO 3166 alpha-3 code asked for, or None to find it from the text."""
    readings = _readings(report, country, of_a_crisis)
    drafts = [claim for reading in readings for claim in reading.claims()]
    dated = date_retellings(drafts)
    numbered = [replace(claim, id=f"{report.doc}#{number}") for number, claim in enumerate(dated, start=1)]
    return link_duplicates(numbered)


def scenes_of(report: Report, country: str | None = None) -> Iterator[tuple[Part, Scene]]:
    """Give what is known of each part of a report before its clauses are coded: its agents, sentences and speakers.

    Parameters
    ----------
    report
        A document that was read.
    country
        ISO 3166 alpha-3 code of the country it is about; found from the text where None.

    Yields
    ------
    tuple
        The part (title, article, comments) and its scene; nothing for a report on a game.
    """
    for reading in _readings(report, country):
        yield reading.part, reading.scene()


def _readings(report: Report, country: str | None, of_a_crisis: bool | None = None) -> Iterator[_Reading]:
    home = country_of_text(report, country)
    finder, kinds = ActorFinder(home, report.published), SourceKinds(home)
    parts = list(parts_of(report))
    if is_about_a_game(parts):
        return
    of_a_work = is_about_a_work(report)
    in_crisis = (is_about_a_crisis(parts) if of_a_crisis is None else of_a_crisis) and not of_a_work
    finder.speaks_of_forces = in_crisis or names_a_deed_of_forces(parts)
    for part in parts:
        if part.name == "article":
            finder.find(part.doc)
    issuers, bases = issuers_of(report), BasePlaces(parts, home)
    for part in parts:
        yield _Reading(report, part, finder, kinds, in_crisis, home, of_a_work, bases, issuers)


@dataclass
class _Reading:
    """One part of a report while it is read."""

    report: Report
    part: Part
    finder: ActorFinder
    kinds: SourceKinds
    in_crisis: bool
    home: str | None
    is_of_a_work: bool
    bases: BasePlaces
    issuers: tuple[Issuer, ...] = ()

    def scene(self) -> Scene:
        """Find the part's agents and who speaks where."""
        doc = self.part.doc
        sentences = list(doc.sents)
        self._actors = taken_up(doc, self.finder.find(doc), sentences)
        self._voices = Voices(doc, self._actors, sentences, self.kinds, self._issuers())
        return Scene(doc, self._actors, sentences, self.home, self.in_crisis, self._voices.speaker)

    def claims(self) -> Iterator[Claim]:
        """Code the part, sentence by sentence."""
        doc, scene = self.part.doc, self.scene()
        whole = report_time(self.report, self.home) if self.part.name != "comments" else None
        self._calendar = Calendar(doc, self.report.published, self.home, whole)
        mentions, published = self._calendar.mentions, self.report.published
        self._looks_back = self.part.name == "article" and looks_back(mentions, doc.text, published)
        self._mentions = Mentions(doc, self.home, mentions)
        told: list[Claim] = []
        self._told: list[tuple[Claim, int]] = []
        recent, left = slice(0, 0), 0
        for sentence in scene.sentences:
            first = len(told)
            told += self._of_sentence(sentence, scene)
            here = slice(first, len(told)) if len(told) > first else recent
            if len(told) > first or left > 0:
                if left > 0 and self._corrects(sentence):
                    told[recent] = corrected(told[recent])
                before = told[recent] if left > 0 else []
                denials = list(self._taken_back(sentence, told[first:], denied(told[first:]) or before))
                told[first:] = [*denied_instead(told[first:], denials), *denials]
                doubted = unverified_telling(sentence)
                if doubted is not None:
                    told[here] = left_unverified(told[here], _phrase(doubted))
            left -= 1
            if denied(told[first:]):
                recent, left = slice(first, len(told)), limits()["coreference_sentences"]
        return iter(told)

    def _issuers(self) -> tuple[Issuer, ...]:
        """Give the issuers of the article, in characters of the parsed part."""
        if self.part.name != "article":
            return ()
        offset = self.part.offset
        return tuple(
            replace(issuer, start=issuer.start - offset, end=issuer.end - offset) for issuer in self.issuers
        )

    def _corrects(self, sentence: Span) -> bool:
        """Tell whether the text takes back in its own voice what it told (*That was wrong*)."""
        denying = denial_of_what_was_told(sentence)
        return denying is not None and denying.denier is None and not self._voices.chain(denying.word)

    def _taken_back(self, sentence: Span, here: list[Claim], recent: list[Claim]) -> Iterator[Claim]:
        denying = denial_of_what_was_told(sentence)
        if denying is not None and not any(claim.negated for claim in here):
            yield from self._denials(denying, recent)

    def _of_sentence(self, sentence: Span, scene: Scene) -> Iterator[Claim]:
        doc = self.part.doc
        told: list[tuple[Match, Span]] = []
        for match in self._matches(sentence, scene):
            denial = denial_of(match.trigger)
            first, last = clause_span(match, denial)
            span = doc[first:last]
            if any(_tells_again(match, *earlier) for earlier in told):
                continue
            told.append((match, span))
            claim = self._claim(match, span, denial)
            if claim is not None:
                self._told.append((claim, span.end_char))
                yield claim

    def _matches(self, sentence: Span, scene: Scene) -> list[Match]:
        """Find the frames that fit; in the report's own text they are weighed against what was learned."""
        found = list(match_sentence(sentence, scene))
        if self.part.name == "comments":
            return found
        return weighed(sentence, scene, found, in_title=self.part.name == "title")

    def _denials(self, denial: Denial, told: list[Claim]) -> Iterator[Claim]:
        """Deny what was told just before, on the characters of the denial itself."""
        chain = self._voices.denial(denial)
        said = unreal(denial.word, False) is None
        if self.part.name != "article" or not said or (chain and chain[0].kind in ("author", "unnamed")):
            return
        further = [child for child in denial.word.children if child.dep_ in ("conj", "advcl", "cc")]
        beyond = {token.i for child in further for token in child.subtree}
        own = [token for token in denial.word.subtree if token.i not in beyond and not token.is_space]
        end = max(token.i for token in own if not token.is_punct)
        subject = denial.denier or clauses.subject_of(denial.word)
        start = noun_phrase(subject)[0] if subject is not None else denial.word.i
        place = self.part.span(min(start, denial.word.i), max(end, denial.word.i) + 1)
        raw = self.report.raw_span(*place) or place
        for claim in denied(told):
            yield replace(
                claim,
                char_start=raw[0],
                char_end=raw[1],
                quote=self.report.text[slice(*place)],
                sources=tuple(Source(voice.text, voice.kind) for voice in chain),
                certainty=graded_by(chain[0].kind) if chain else "reported_fact",
                negated=True,
            )

    def _claim(self, match: Match, span: Span, denial: Denial | None) -> Claim | None:
        quotation = self._voices.quotation_of(match.trigger)
        doc = self.part.doc
        marks = (doc[quotation.start], doc[quotation.end]) if quotation is not None else ()
        timing = self._calendar.of(match.trigger, marks, is_deed=match.frame.kind == "act")
        chain = self._voices.chain(match.trigger) if denial is None else self._voices.denial(denial)
        match = _decided_by_issuer(match, chain, self.home)
        numbers = self._mentions.numbers(match, span)
        where = self._circumstance(match, timing, is_counted=bool(numbers))
        kind, negated = (match.frame.type, True) if denial is not None else polarity(match, chain)
        if kind == "NON_EVENT" and match.negated and is_unmeant(match.trigger):
            return None
        if kind == "NON_EVENT" and self.part.name == "article":
            answered = allegation_answered(match, chain, self._told, span.start_char, doc.text)
            kind, negated = (answered, True) if answered is not None else (kind, negated)
        kind = toll_or_incident(kind, timing, numbers, match)
        if kind is None:
            return None
        certainty = grade(match, chain, where, denied=denial)
        return self._record(match, span, timing, chain, kind=kind, negated=negated, certainty=certainty)

    def _circumstance(self, match: Match, timing: Timing, *, is_counted: bool) -> Circumstance:
        published = self.report.published
        of_then = self._looks_back and is_told_of_then(match.trigger, timing.date_end, published)
        return Circumstance(
            part=self.part.name,
            published=published,
            date_start=timing.date_start,
            date_end=timing.date_end,
            is_dated=timing.is_dated,
            is_future=timing.is_future and not of_then,
            told_as_past=timing.told_as_past or self.is_of_a_work or of_then,
            is_counted=is_counted,
        )

    def _record(
        self, match: Match, span: Span, timing: Timing, chain: tuple[Voice, ...], **graded: Any
    ) -> Claim | None:
        from garrison.vocabulary import event_types

        text_start, text_end = self.part.span(span.start, span.end)
        raw = self.report.raw_span(text_start, text_end) or (text_start, text_end)
        about = country_of_claim(match, self._actors, self.home)
        place = self._place(match, span, timing, graded) if about == self.home else None
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
            plover=match.frame.plover or kind.plover,
            plover_mode=match.frame.plover_mode or kind.plover_mode,
            **describe(_at_home_in(about, match.actor, self.home)),
            **_acted_on(match.target),
            date_start=timing.date_start,
            date_end=timing.date_end,
            date_basis=timing.basis,
            adm1=place.adm1 if place is not None else None,
            place_text=place.text if place is not None else None,
            numbers=numbers,
            sources=sources,
            negated=graded["negated"],
            country=about,
        )

    def _place(self, match: Match, span: Span, timing: Timing, graded: dict[str, Any]) -> PlaceMention | None:
        days = (
            1
            if timing.date_start is None or timing.date_end is None
            else (timing.date_end - timing.date_start).days + 1
        )
        base = None
        if self.part.name != "comments" and base_serves(
            match, span, graded["kind"], graded["certainty"], days
        ):
            base = self.bases.at(self.part.span(span.start, span.end)[0])
        return self._mentions.place(match, span, base)


def _at_home_in(about: str | None, actor: Actor | None, home: str | None) -> Actor | None:
    """Give an agent of a clause about another country the country of that clause."""
    own = actor is not None and actor.country == home
    return replace(actor, country=about) if actor is not None and own and about != home else actor


def _decided_by_issuer(match: Match, chain: tuple[Voice, ...], home: str | None) -> Match:
    """Let the issuer of a paper do what its list decides (*1. the suspension of the constitution;*)."""
    issuer = chain[-1].issuer if chain else None
    trigger = match.trigger
    listed = trigger.pos_ == "NOUN" and trigger.head == trigger
    if issuer is None or issuer.sector is None or not listed or match.frame.type not in _DECIDED:
        return match
    actor = Actor(issuer.text, issuer.sector, trigger.i, None, home, "body", False, issuer.text)
    return replace(match, actor=actor)


def _phrase(word: Token) -> str:
    first, last = noun_phrase(word)
    return str(word.doc[first:last].text)


def _acted_on(target: Actor | None) -> dict[str, str | None]:
    return {
        "target_text": target.text if target else None,
        "target_sector": target.sector if target else None,
    }


def _tells_again(match: Match, told: Match, earlier: Span) -> bool:
    """Tell whether a sentence says the same twice (*approached them, offered them flowers*), or what was ordered."""
    within = earlier.start <= match.trigger.i < earlier.end
    if told.frame.type == "ORDER_TO_REPRESS" and within and match.frame.type in _ORDERED:
        return True
    if match.frame.type in _DEATHS and told.frame.type in _DEATHS and within:
        return True
    if (match.frame.type, match.frame.plover_mode) != (told.frame.type, told.frame.plover_mode):
        return False
    in_steps = match.frame.type in words("grammar", "told_in_steps")
    if in_steps and match.trigger.pos_ == told.trigger.pos_ == "VERB" and not within:
        return False
    same = match.actor is not None and told.actor is not None and match.actor.text == told.actor.text
    return within or same


_DEATHS = ("REPRESSION_LETHAL", "FATALITIES_CUMULATIVE")
_ORDERED = ("REPRESSION", "REPRESSION_LETHAL", "CROWD_CONTROL")
