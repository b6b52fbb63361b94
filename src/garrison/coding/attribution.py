"""Through whom an assertion reached the text: who said it, who passed it on, and what kind of source each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.actors import Actor
from garrison.coding.coreference import antecedent
from garrison.coding.denial import Denial
from garrison.coding.quotations import Quotation, quotations
from garrison.coding.source_kinds import SourceKinds
from garrison.coding.tables import limits, words
from garrison.coding.teller_phrases import (
    HANDLE,
    announced_by,
    line_of,
    named_in_apposition,
    names_as,
    speaks_again,
    together,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


HEARSAY = "hearsay"
_TOLD = ("ccomp", "xcomp", "dobj", "acl", "parataxis", "nsubjpass", "csubjpass")


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of a source chain: its words, its kind, its agent if it is one, and the verb of its telling."""

    text: str
    kind: str
    actor: Actor | None
    verb: str


class Voices:
    """Finds for any word of a parsed text the chain of those who tell it."""

    def __init__(self, doc: Doc, actors: dict[int, Actor], sentences: list[Span], kinds: SourceKinds) -> None:
        self._actors = actors
        self._sentences = sentences
        self._kinds = kinds
        kinds.learn(doc, actors)
        self._has_handles = "@" in doc.text
        self._quotations = quotations(doc)
        self._quoted: dict[int, list[Voice]] = {}
        for quotation in self._quotations:
            self._quoted[quotation.start] = self._voices_of_quotation(quotation, doc)

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
        found: list[Voice] = []
        below, aside = token, False
        for head, relation in clauses.governors(token):
            shown = head.lemma_.lower() in words("attribution", "showing_verbs")
            if relation in _TOLD and (not aside or shown or relation in ("ccomp", "parataxis")):
                told = self._tellers(head, below)
                vouched = bool(told) and head.lemma_.lower() in words("attribution", "admit_verbs")
                found = [voice for voice in found if not vouched or voice.verb != HEARSAY] + told
            elif names_as(head, below) and not aside:
                found += self._namer(head)
            aside = aside or relation == "relcl"
            if head.lemma_.lower() in words("attribution", "hearsay_nouns") and relation in (
                "acl",
                "prep",
                "relcl",
            ):
                found.append(self._hearsay(head))
            below = head
        quotation = self.quotation_of(token)
        if quotation is not None:
            found += self._quoted.get(quotation.start, [])
        found = self._channels(token) + found + self._adverbial(token) + self._handle(token)
        found += self._hearsay_marks(token)
        distinct: dict[str, Voice] = {}
        for voice in found:
            distinct.setdefault(voice.text, voice)
        return tuple(distinct.values())

    def speaker(self, token: Token) -> Actor | None:
        """Give the agent whose words a word belongs to, if that agent is known."""
        return next((voice.actor for voice in self.chain(token) if voice.actor is not None), None)

    def quotation_of(self, token: Token) -> Quotation | None:
        """Give the quotation that a word stands in, or None."""
        return next((item for item in self._quotations if item.start < token.i < item.end), None)

    def _tellers(self, verb: Token, below: Token) -> list[Voice]:
        """Read the teller of a clause off the verb that governs it (*the mayor said that ...*)."""
        base = verb.lemma_.lower()
        if base not in words("attribution", "report_verbs") or below.dep_ not in _TOLD:
            return []
        showing = base in words("attribution", "showing_verbs")
        told_noun = below.dep_ in ("dobj", "nsubjpass") and below.pos_ == "NOUN"
        finite = below.dep_ == "xcomp" and below.tag_ in ("VBD", "VBP", "VBZ")
        direct = below.dep_ in ("ccomp", "parataxis", "csubjpass") or finite or told_noun
        if not (direct or showing or clauses.is_passive(verb)):
            return []
        found = []
        if clauses.is_passive(verb):
            agents = clauses.after_prepositions(verb, ("by",))
            return [self.voice(agents[0], base)] if agents else [Voice(verb.text, "unnamed", None, base)]
        subject = clauses.subject_of(verb)
        if subject is not None:
            if subject.lower_ in ("it", "there") and base in ("report", "say", "believe"):
                return [Voice(subject.text, "unnamed", None, base)]
            found.append(self.voice(subject, base))
        return found + self._posts(verb)

    def denial(self, denial: Denial) -> tuple[Voice, ...]:
        """Give the chain of a denial: who denies, then those who pass the denial on."""
        passing = self.chain(denial.word)
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

    def _handle(self, token: Token) -> list[Voice]:
        """Read the handle at the head of a line (*@harbour_watch: troops are leaving*)."""
        found = HANDLE.match(line_of(token)) if self._has_handles else None
        return [Voice(found.group(1), "social_media", None, "post")] if found is not None else []

    def _posts(self, verb: Token) -> list[Voice]:
        """Read where something was said (*in a post*, *on Twitter*)."""
        found = []
        for word in clauses.after_prepositions(verb, ("in", "on", "via", "through")):
            if self._kinds.is_social(word):
                start, end = clauses.noun_phrase(word)
                found.append(Voice(verb.doc[start:end].text, "social_media", None, verb.lemma_.lower()))
        return found

    def voice(self, head: Token, verb: str) -> Voice:
        """Describe the teller that a noun or a pronoun names."""
        if head.pos_ == "PRON":
            himself = speaks_again(head)
            if himself is not None:
                return self.voice(himself, verb)
            actor = antecedent(head, self._told_by(head), (), self._sentences)
            earlier = self._according(head)
            if earlier is not None:
                return earlier
            known = self._kinds.latest_before(head)
            if known is not None and (actor is None or known.i > actor.head):
                return self.voice(known, verb)
            if actor is not None:
                return Voice(actor.text, self._kinds.of_actor(actor, head.doc), actor, verb)
            kind = "author" if head.lower_ in ("we", "i") else "unnamed"
            return Voice(head.text, kind, None, verb)
        head = named_in_apposition(head)
        kind, actor = self._kinds.of(head, self._actors)
        start, end = together(head)
        return Voice(head.doc[start:end].text, kind, actor, verb)

    def _told_by(self, pronoun: Token) -> dict[int, Actor]:
        """Leave out those who are only spoken of: *"No soldier left," he said* is not said by a soldier."""
        if self.quotation_of(pronoun) is not None:
            return self._actors
        doc = pronoun.doc
        return {
            index: actor for index, actor in self._actors.items() if self.quotation_of(doc[index]) is None
        }

    def _according(self, token: Token) -> Voice | None:
        for word in token.sent:
            if word.lower_ == "according" and word.i < token.i:
                for child in word.children:
                    for item in child.children:
                        if item.dep_ == "pobj":
                            return self.voice(item, "accord")
        return None

    def _channels(self, token: Token) -> list[Voice]:
        """Read what shows it (*a video showing soldiers ...*), also where the parser ties *showing* elsewhere."""
        found = []
        for word in token.sent[: token.i - token.sent.start]:
            before = word.nbor(-1) if word.i > token.sent.start else word
            showing = word.tag_ == "VBG" and word.lemma_.lower() in words("attribution", "showing_verbs")
            shown = word.is_ancestor(token) or (word.dep_ == "amod" and word.head.is_ancestor(token))
            if showing and shown and before.lemma_.lower() in words("attribution", "channel_words"):
                found.append(self.voice(before, "show"))
        return found

    def _adverbial(self, token: Token) -> list[Voice]:
        """Read *according to X* and *as X reported*, which colour their whole sentence."""
        found = []
        sentence = token.sent
        for word in sentence:
            if word.lower_ == "according":
                named = [item for child in word.children for item in child.children if item.dep_ == "pobj"]
                found += [self.voice(item, "accord") for item in named[:1]]
            elif (
                word.lemma_.lower() in words("attribution", "report_verbs")
                and word.pos_ == "VERB"
                and any(child.dep_ == "mark" and child.lower_ == "as" for child in word.children)
                and word.i != token.i
            ):
                subject = clauses.subject_of(word)
                if subject is not None and not word.is_ancestor(token):
                    found.append(self.voice(subject, word.lemma_.lower()))
        return found

    def _hearsay_marks(self, token: Token) -> list[Voice]:
        """Read *reportedly* and *alleged*: somebody told it, nobody is named."""
        for child in (*token.children, *(token.head.children if token.dep_ == "xcomp" else ())):
            if child.lower_ in words("attribution", "hearsay_adverbs"):
                return [Voice(child.text, "unnamed", None, "report")]
            if child.dep_ == "amod" and child.lower_ in words("attribution", "hearsay_adjectives"):
                return [Voice(child.text, "unnamed", None, "allege")]
        return []

    def _hearsay(self, noun: Token) -> Voice:
        owners = [child for child in noun.children if child.dep_ == "poss"]
        owners += clauses.after_prepositions(noun, ("by", "from"))
        if owners:
            return self.voice(owners[0], "claim")
        start, end = clauses.noun_phrase(noun)[0], noun.i + 1
        kind = (
            "media"
            if any(child.lower_ in ("media", "press", "news") for child in noun.children)
            else "unnamed"
        )
        return Voice(noun.doc[start:end].text, kind, None, HEARSAY)

    def _voices_of_quotation(self, quotation: Quotation, doc: Doc) -> list[Voice]:
        """Find who speaks a quotation: a verb of telling beside it, or else whoever spoke the one before."""
        first, last = doc[quotation.start].sent, doc[min(quotation.end, len(doc) - 1)].sent
        window = doc[first.start : last.end]
        following = doc[last.end].sent if last.end < len(doc) else None
        if (
            following is not None
            and len(following) < limits()["short_tag"]
            and "\n" not in doc[last.end - 1].text
        ):
            window = doc[first.start : following.end]
        best: tuple[int, Token] | None = None
        for token in window:
            inside = quotation.start < token.i < quotation.end
            if inside or token.pos_ != "VERB" or token.lemma_.lower() not in _speaking():
                continue
            distance = min(abs(token.i - quotation.start), abs(token.i - quotation.end))
            if clauses.subject_of(token) is not None and (best is None or distance < best[0]):
                best = (distance, token)
        if best is not None:
            subject = clauses.subject_of(best[1])
            if subject is not None and not quotation.start < subject.i < quotation.end:
                return [self.voice(subject, best[1].lemma_.lower()), *self._posts(best[1])]
        opener = announced_by(doc, quotation.start)
        if opener is not None:
            return [self.voice(opener, "say")]
        for earlier in reversed(self._quotations):
            if earlier.end <= quotation.start and earlier.paragraph == quotation.paragraph:
                return self._quoted.get(earlier.start, [])
        return []


def _speaking() -> frozenset[str]:
    return words("attribution", "report_verbs") | frozenset(
        ("ask", "shout", "chant", "call", "reply", "demand")
    )
