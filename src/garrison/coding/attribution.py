"""Through whom an assertion reached the text: who said it, who passed it on, and what kind of source each is."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.actors import Actor
from garrison.coding.coreference import antecedent
from garrison.coding.denial import Denial
from garrison.coding.issuers import Issuer, issuer_at
from garrison.coding.noun_phrases import noun_phrase
from garrison.coding.post_lines import PostLines
from garrison.coding.quotations import Quotation, quotations, verb_of_quotation
from garrison.coding.source_kinds import SourceKinds
from garrison.coding.source_marks import SourceMarks
from garrison.coding.tables import words
from garrison.coding.teller_phrases import (
    announced_by,
    asks_not_to_be_named,
    cited_by,
    cited_with,
    counted_by,
    hearsay_mark,
    is_counting,
    is_told_back,
    named_in_apposition,
    names_as,
    puts_a_figure_on,
    said_by_cited,
    speaks_again,
    together,
    told_before_colon,
    told_in_a_paper,
    told_through,
)
from garrison.coding.voice import HEARSAY, Voice

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_TOLD = ("ccomp", "xcomp", "dobj", "acl", "parataxis", "nsubjpass", "csubjpass")


class Voices:
    """Finds for any word of a parsed text the chain of those who tell it."""

    def __init__(
        self,
        doc: Doc,
        actors: dict[int, Actor],
        sentences: list[Span],
        kinds: SourceKinds,
        issuers: tuple[Issuer, ...] = (),
    ) -> None:
        self._actors = actors
        self._issuers = issuers
        self._sentences = sentences
        self._kinds = kinds
        kinds.learn(doc, actors)
        self._posts_of_text = PostLines(doc.text)
        self._quotations = quotations(doc)
        self._openings = [quotation.start for quotation in self._quotations]
        # Whom somebody only speaks of does not speak himself: *"No soldier left," he said*.
        self._unquoted = {
            index: actor for index, actor in actors.items() if self.quotation_of(doc[index]) is None
        }
        self._marks: dict[int, SourceMarks] = {}
        self._told: dict[int, tuple[Voice, ...]] = {}
        self._quoted: dict[int, list[Voice]] = {}
        for quotation in self._quotations:
            self._quoted[quotation.start] = self._voices_of_quotation(quotation, doc)
        self._share_speakers()

    def chain(self, token: Token) -> tuple[Voice, ...]:
        """Give the chain of an assertion.

        Parameters
        ----------
        token
            The word that asserts.

        Returns
        -------
        tuple of Voice
            The origin, nearest to what happened, first; then those who pass it on.
        """
        if token.i not in self._told:
            self._told[token.i] = self._chain(token)
        return self._told[token.i]

    def _chain(self, token: Token) -> tuple[Voice, ...]:
        marks = self._marks_of(token.sent)
        found, verbs = self._governing(token, marks)
        quotation = self.quotation_of(token)
        if quotation is not None:
            found += self._quoted.get(quotation.start, [])
        inner, outer = self._adverbial(token, marks, verbs, is_told=bool(found))
        found = self._channels(token) + inner + found + outer
        counting = counted_by(token) if not found else None
        found += self._subject_and_medium(counting) if counting is not None else []
        found += [] if found else self._announced(token)
        found += self._hearsay_marks(token) + self._issued(token)
        if not found and quotation is None and is_told_back(token):
            found = self._teller_before(token)
        distinct: dict[str, Voice] = {}
        for voice in found:
            distinct.setdefault(voice.text, voice)
        return tuple(distinct.values())

    def _governing(self, token: Token, marks: SourceMarks) -> tuple[list[Voice], list[Token]]:
        """Climb to the root and gather who tells by a governing verb or noun, with those verbs."""
        found: list[Voice] = []
        verbs: list[Token] = []
        below, aside = token, False
        for head, relation in told_through(token):
            base = head.lemma_.lower()
            shown = base in words("attribution", "showing_verbs")
            if relation in _TOLD and (not aside or shown or relation in ("ccomp", "parataxis")):
                told = [] if marks.stops_before(head, token) else self._tellers(head, below)
                vouched = bool(told) and base in words("attribution", "admit_verbs")
                found = [voice for voice in found if not vouched or voice.verb != HEARSAY] + told
                verbs += [head] if told else []
            elif names_as(head, below) and not aside:
                found += self._namer(head)
            elif relation == "prep" and below.lower_ in ("of", "about"):
                found += self._told_of(head)
            if relation == "acl" and (verb := told_in_a_paper(below, head)) is not None:
                found += self._subject_and_medium(verb)
            if relation == "ccomp" and not clauses.is_passive(head):
                found += self._going_round(head)
            aside = aside or relation == "relcl"
            if base in words("attribution", "hearsay_nouns") and relation in ("acl", "prep", "relcl"):
                found.append(self._hearsay(head))
            below = head
        return found, verbs

    def speaker(self, token: Token) -> Actor | None:
        """Give the agent whose words a word belongs to, if that agent is known."""
        return next((voice.actor for voice in self.chain(token) if voice.actor is not None), None)

    def quotation_of(self, token: Token) -> Quotation | None:
        """Give the quotation that a word stands in, or None."""
        index = bisect_left(self._openings, token.i) - 1
        if index < 0 or token.i >= self._quotations[index].end:
            return None
        return self._quotations[index]

    def _marks_of(self, sentence: Span) -> SourceMarks:
        if sentence.start not in self._marks:
            self._marks[sentence.start] = SourceMarks(sentence)
        return self._marks[sentence.start]

    def _tellers(self, verb: Token, below: Token) -> list[Voice]:
        """Read the teller of a clause off the verb that governs it (*the mayor said that ...*)."""
        base = verb.lemma_.lower()
        if base in words("attribution", "perceiving_verbs"):
            return self._perceived(verb, below)
        if puts_a_figure_on(verb, below):
            return self._subject_and_medium(verb)
        if base not in words("attribution", "report_verbs") or below.dep_ not in _TOLD:
            return []
        showing = base in words("attribution", "showing_verbs")
        told_noun = below.dep_ in ("dobj", "nsubjpass") and below.pos_ == "NOUN"
        finite = below.dep_ == "xcomp" and below.tag_ in ("VBD", "VBP", "VBZ")
        direct = below.dep_ in ("ccomp", "parataxis", "csubjpass") or finite or told_noun
        if not (direct or showing or clauses.is_passive(verb)):
            return []
        if clauses.is_passive(verb):
            return self._told_without_subject(verb, base)
        cited = said_by_cited(verb)
        if cited is not None:
            origin, passing = cited
            return [self.voice(noun, base) for noun in (origin, passing) if noun is not None]
        return self._subject_and_medium(verb)

    def _subject_and_medium(self, verb: Token) -> list[Voice]:
        base = verb.lemma_.lower()
        subject = clauses.subject_of(verb)
        if subject is None:
            return self._posts(verb)
        if subject.lower_ == "there" or (subject.lower_ == "it" and base == "believe"):
            return [Voice(subject.text, "unnamed", None, base)]
        return self._passed_on(verb, subject, base) + self._posts(verb)

    def _told_without_subject(self, verb: Token, base: str) -> list[Voice]:
        """Read who tells in the passive: *by X*, or the medium (*was announced on the radio*), or nobody named."""
        agents = clauses.after_prepositions(verb, ("by",))
        agents = [word for word in agents if word.lemma_.lower() not in words("attribution", "times_of_day")]
        if agents:
            return [self.voice(agents[0], base, verb)]
        if is_counting(verb):
            return []
        media = [self.voice(word, base) for word in clauses.after_prepositions(verb, ("on", "in", "via"))]
        media = [voice for voice in media if voice.kind in ("media", "social_media")]
        return media or [Voice(verb.text, "unnamed", None, base)]

    def _perceived(self, verb: Token, below: Token) -> list[Voice]:
        """Read who saw it happen (*a reporter saw police beat him*), where that is somebody who tells of it."""
        doing = below.dep_ in ("ccomp", "acl", "xcomp") and not any(
            child.dep_ == "mark" for child in below.children
        )
        subject = clauses.subject_of(verb)
        if not doing or subject is None or verb.tag_ == "VB" or subject.pos_ == "PRON":
            return []
        voice = self.voice(subject, "see")
        return [voice] if voice.kind in ("media", "witness", "ngo") and subject.pos_ == "NOUN" else []

    def denial(self, denial: Denial) -> tuple[Voice, ...]:
        """Give the chain of a denial: who denies, then those who pass the denial on."""
        passing = self.chain(denial.word)
        if passing and passing[-1].issuer is not None:
            # What a statement calls unfounded is not told by those who told it.
            passing = tuple(voice for voice in passing if voice.verb != HEARSAY)
        if denial.denier is None:
            return passing
        denier = self.voice(denial.denier, denial.word.lemma_.lower())
        return (denier, *[voice for voice in passing if voice.text != denier.text])

    def _namer(self, verb: Token) -> list[Voice]:
        """Read who calls something so (*which the union called a coup*)."""
        if clauses.is_passive(verb):
            agents = clauses.after_prepositions(verb, ("by",))
            return [self.voice(agents[0], "name")] if agents else []
        subject = clauses.subject_of(verb)
        return [self.voice(subject, "name")] if subject is not None else []

    def _going_round(self, verb: Token) -> list[Voice]:
        """Read what goes round without a teller (*word spread that ...*, *a rumour has it that ...*)."""
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if subject is None or subject.lemma_.lower() not in words("attribution", "hearsay_nouns"):
            return []
        return [] if verb.lemma_.lower() in words("attribution", "report_verbs") else [self._hearsay(subject)]

    def _told_of(self, verb: Token) -> list[Voice]:
        """Read who speaks *of* something, and who accuses or suspects somebody *of* it."""
        base = verb.lemma_.lower()
        if base in ("speak", "talk") and verb.pos_ == "VERB":
            return self._subject_and_medium(verb)
        if base not in words("attribution", "accusing_verbs"):
            return []
        if not clauses.is_passive(verb):
            accuser = clauses.subject_of(verb)
            return [self.voice(accuser, "accuse", verb)] if accuser is not None else []
        return self._told_without_subject(verb, "accuse")

    def _issued(self, token: Token) -> list[Voice]:
        """Give whose words the text or the post is, else the handle at the head of the line or on one above."""
        issuer = issuer_at(self._issuers, token.idx)
        if issuer is not None:
            return [Voice(issuer.text, issuer.kind, None, "issue", issuer)]
        author = self._posts_of_text.author_at(token.idx)
        return [Voice(author, "social_media", None, "post")] if author is not None else []

    def _posts(self, verb: Token) -> list[Voice]:
        """Read where something was said (*in a post*, *on Twitter*)."""
        found = []
        for word in clauses.after_prepositions(verb, ("in", "on", "via", "through")):
            if self._kinds.is_social(word):
                start, end = noun_phrase(word)
                found.append(Voice(verb.doc[start:end].text, "social_media", None, verb.lemma_.lower()))
        return found

    def voice(self, head: Token, verb: str, telling: Token | None = None) -> Voice:
        """Describe the teller that a noun or a pronoun names; `telling` is the verb of the telling, if there is one."""
        if head.pos_ == "PRON":
            himself = speaks_again(head)
            if himself is not None:
                return self.voice(himself, verb)
            known_here = self._actors if self.quotation_of(head) is not None else self._unquoted
            actor = antecedent(head, known_here, (), self._sentences)
            earlier = self._according(head)
            if earlier is not None:
                return earlier
            known = self._kinds.latest_before(head)
            if known is not None and (actor is None or known.i > actor.head):
                return self.voice(known, verb)
            if actor is not None:
                return Voice(actor.text, self._kinds.of_actor(actor, head.doc), actor, verb)
            if head.lower_ in ("we", "i"):
                return Voice(head.text, "author", None, verb)
            kind, actor = self._named_before(head) or ("unnamed", None)
            return Voice(head.text, kind, actor, verb)
        head = named_in_apposition(head)
        kind, actor = self._kinds.of(head, self._actors)
        if kind == "unnamed" and actor is None:
            beside = [child for child in head.children if child.dep_ == "appos" and child.i in self._actors]
            kind, actor = self._kinds.of(beside[0], self._actors) if beside else (kind, actor)
        if kind in ("unnamed", "witness") and any(child.lower_ == "the" for child in head.children):
            kind, actor = self._named_before(head) or (kind, actor)
        if asks_not_to_be_named(head, telling):
            kind = "unnamed"
        start, end = together(head)
        return Voice(head.doc[start:end].text, kind, actor, verb)

    def _named_before(self, head: Token) -> tuple[str, Actor | None] | None:
        """Find whom *the station*, *the statement* or *it* takes up: whoever told the sentence before."""
        if head.sent.start == 0:
            return None
        paper = head.pos_ == "PRON" or head.lemma_.lower() in words("attribution", "issued_words")
        for voice in self._teller_before(head):
            if paper or voice.text.lower().split()[-1] == head.lower_:
                return voice.kind, voice.actor
        return None

    def _according(self, token: Token) -> Voice | None:
        marks = [word for word in token.sent if word.lower_ == "according" and word.i < token.i]
        named = [item for word in marks for item in clauses.after_prepositions(word, ("to",))]
        return next((self.voice(item, "accord") for item in named if item.i < token.i), None)

    def _announced(self, token: Token) -> list[Voice]:
        """Read who is named before a colon (*The mayor: the bridge is shut*)."""
        noun = told_before_colon(token)
        voice = self.voice(noun, "say") if noun is not None else None
        if voice is None:
            return []
        person = voice.actor is not None and (voice.actor.is_name or voice.actor.number == "one")
        return [voice] if person or voice.kind in ("media", "expert", "ngo", "official") else []

    def _channels(self, token: Token) -> list[Voice]:
        """Read what shows it (*a video showing soldiers ...*), also where the parser ties *showing* elsewhere."""
        found = []
        for word in self._marks_of(token.sent).showing:
            shown = word.is_ancestor(token) or (word.dep_ == "amod" and word.head.is_ancestor(token))
            if word.i < token.i and shown:
                found.append(self.voice(word.nbor(-1), "show"))
        return found

    def _adverbial(
        self, token: Token, marks: SourceMarks, verbs: list[Token], *, is_told: bool
    ) -> tuple[list[Voice], list[Voice]]:
        """Read the sources beside a clause: those within what somebody tells are nearer to it than the teller."""
        inner: list[Voice] = []
        outer: list[Voice] = []
        for mark in marks.covering(token, is_told=is_told):
            if mark.word in verbs or (mark.verb != "accord" and mark.word.is_ancestor(token)):
                continue
            within = any(verb.i < mark.start and verb.is_ancestor(mark.word) for verb in verbs)
            told = self._passed_on(mark.word, mark.teller, mark.verb) + self._posts(mark.word)
            (inner if within else outer).extend(told)
        return inner, outer

    def _passed_on(self, verb: Token, teller: Token, base: str) -> list[Voice]:
        """Give a teller, and before him whom he cites (*the agency said, citing two officers*)."""
        cited, passing = cited_by(verb, teller), cited_with(teller)
        before = [self.voice(cited, "cite")] if cited is not None else []
        after = [self.voice(passing, "cite")] if passing is not None and passing.i != teller.i else []
        return [*before, self.voice(teller, base, verb), *after]

    def _teller_before(self, token: Token) -> list[Voice]:
        """Give who told the sentence before in the same paragraph: told back in time, what follows is his word too."""
        sentence = token.sent
        if sentence.start == 0 or "\n" in token.doc[sentence.start - 1].text:
            return []
        before = token.doc[sentence.start - 1].sent
        verb = before.root
        told = [child for child in verb.children if child.dep_ == "ccomp"]
        if told and verb.lemma_.lower() in words("attribution", "tag_verbs"):
            return self._tellers(verb, told[0])
        last = self._marks_of(before).marks[-1:]
        return [voice for mark in last for voice in self._passed_on(mark.word, mark.teller, mark.verb)]

    def _hearsay_marks(self, token: Token) -> list[Voice]:
        """Read *reportedly* and *alleged*: somebody told it, nobody is named."""
        mark = hearsay_mark(token)
        return [Voice(mark.text, "unnamed", None, "report")] if mark is not None else []

    def _hearsay(self, noun: Token) -> Voice:
        owners = [child for child in noun.children if child.dep_ == "poss"]
        owners += clauses.after_prepositions(noun, ("by", "from"))
        if owners:
            return self.voice(owners[0], "claim")
        for carrier in clauses.after_prepositions(noun, ("in", "on")):
            voice = self.voice(carrier, "claim")
            if voice.kind in ("media", "social_media"):
                return voice
        start, end = noun_phrase(noun)[0], noun.i + 1
        of_media = any(child.lower_ in ("media", "press", "news") for child in noun.children)
        return Voice(noun.doc[start:end].text, "media" if of_media else "unnamed", None, HEARSAY)

    def _voices_of_quotation(self, quotation: Quotation, doc: Doc) -> list[Voice]:
        verb = verb_of_quotation(quotation, doc)
        if verb is not None:
            subject = clauses.subject_of(verb)
            if subject is not None and not quotation.start < subject.i < quotation.end:
                return self._passed_on(verb, subject, verb.lemma_.lower()) + self._posts(verb)
        opener = announced_by(doc, quotation.start)
        return [self.voice(opener, "say")] if opener is not None else []

    def _share_speakers(self) -> None:
        """Give a quotation without a speaker the one of the same speech before it, else the one behind it."""
        for order in (self._quotations, self._quotations[::-1]):
            speech, spoken = -1, list[Voice]()
            for quotation in order:
                spoken = spoken if quotation.speech == speech else []
                speech = quotation.speech
                spoken = self._quoted[quotation.start] or spoken
                self._quoted[quotation.start] = spoken
