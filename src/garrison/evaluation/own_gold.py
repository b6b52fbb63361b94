"""The coder on documents with gold claims: claims found, how sure, when, where, and where the article ends."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from garrison.evaluation.claim_matching import matched, shared_characters
from garrison.evaluation.gold_files import GoldDocument, read_gold
from garrison.records import Claim, Report, Reports
from garrison.scoring import ClassScore, label_scores, macro_f1
from garrison.vocabulary import is_counted

COMING = ("forecast", "hypothetical", "speculation")
# A date is right where the two stretches of days share at least this part of their union.
DATE_OVERLAP = 0.5
_WORDS_A_DOCUMENT = 1_000


@dataclass(frozen=True, slots=True)
class GoldScore:
    """The coder's figures on one folder of gold.

    `found` counts claims (gold, coded, matched); `types` and `certainty` have the classes; `dates`, `adm1`, `sectors`
    and `negated` are (right, asked); `boundary` is the mean intersection over union of the articles' spans;
    `comments_as_fact` and `coming_as_fact` count claims that may count as evidence though they stand in comments, or
    though the gold grades them as not having happened; `documents_a_second` are of 1,000 words, in CPU seconds.
    """

    n_documents: int
    found: ClassScore
    types: tuple[ClassScore, ...]
    certainty: tuple[ClassScore, ...]
    dates: tuple[int, int]
    adm1: tuple[int, int]
    sectors: tuple[int, int]
    negated: tuple[int, int]
    boundary: float
    comments_as_fact: int
    coming_as_fact: int
    documents_a_second: float

    @property
    def certainty_macro_f1(self) -> float:
        """Unweighted mean F1 over the grades that occur in the gold, among matched claims; 0 where none matched."""
        return macro_f1(self.certainty) if self.certainty else 0.0

    def figures(self) -> dict[str, float | int]:
        """Give the figures by name, as `garrison evaluate coding --format json` prints them."""
        return {
            "documents": self.n_documents,
            "claims": self.found.n_gold,
            "claim_f1": self.found.f1,
            "precision": self.found.precision,
            "recall": self.found.recall,
            "certainty_macro_f1": self.certainty_macro_f1,
            "dates": share(self.dates),
            "adm1": share(self.adm1),
            "sectors": share(self.sectors),
            "negated": share(self.negated),
            "boundary_iou": self.boundary,
            "comments_as_fact": self.comments_as_fact,
            "coming_as_fact": self.coming_as_fact,
            "documents_a_second": self.documents_a_second,
        }


def share(counts: tuple[int, int]) -> float:
    """Give the part that is right; 1 where nothing was asked.

    Examples
    --------
    >>> share((3, 4)), share((0, 0))
    (0.75, 1.0)
    """
    right, asked = counts
    return right / asked if asked else 1.0


def score_gold(folder: str | Path) -> GoldScore:
    """Code the documents of a folder and compare the claims with the gold.

    A coded claim is right where a gold claim of the same type stands on overlapping characters, each matched once.
    Certainty, dates, places, sectors and denials are compared on the matched claims. Claims in readers' comments are
    left out of the matching; they must all be graded `reader_comment`.

    Parameters
    ----------
    folder
        As `read_gold` reads it.

    Returns
    -------
    GoldScore
        Its figures.

    Raises
    ------
    TableError
        If the folder is no gold.
    """
    documents = read_gold(folder)
    codings, seconds, words = [], 0.0, 0
    for document in documents:
        begun = time.process_time()
        codings.append(_coded(document))
        # The first document pays for loading the parser, which is no matter of documents a second.
        if len(codings) > 1:
            seconds += time.process_time() - begun
            words += len(document.report.text.split())
    return _score(documents, codings, words / _WORDS_A_DOCUMENT / seconds if seconds else 0.0)


def _coded(document: GoldDocument) -> list[Claim]:
    from garrison.coding import code

    return list(code(Reports.of([document.report]), country=document.country))


def _score(
    documents: Sequence[GoldDocument], codings: Sequence[list[Claim]], documents_a_second: float
) -> GoldScore:
    pairs: list[tuple[Claim, Claim]] = []
    gold: list[Claim] = []
    coded: list[Claim] = []
    comments_as_fact = coming_as_fact = 0
    for document, coding in zip(documents, codings, strict=True):
        said = [claim for claim in coding if not _in_comments(claim, document)]
        told = [claim for claim in document.claims if claim.certainty != "reader_comment"]
        comments_as_fact += sum(
            _in_comments(claim, document) and is_counted(claim.certainty) for claim in coding
        )
        coming_as_fact += sum(_is_coming_as_fact(claim, said) for claim in told)
        pairs += matched(told, said)
        gold += told
        coded += said
    return GoldScore(
        n_documents=len(documents),
        found=ClassScore("claims", len(gold), len(coded), len(pairs)),
        types=tuple(_by_type(gold, coded, pairs)),
        certainty=tuple(
            label_scores([one.certainty for one, _ in pairs], [two.certainty for _, two in pairs])
        ),
        dates=_right([_same_days(one, two) for one, two in pairs if one.date_start and one.date_end]),
        adm1=_right([one.adm1 == two.adm1 for one, two in pairs if one.adm1 or two.adm1]),
        sectors=_right([one.actor_sector == two.actor_sector for one, two in pairs if one.actor_sector]),
        negated=_right([one.negated == two.negated for one, two in pairs if one.negated or two.negated]),
        boundary=sum(map(_boundary, documents)) / len(documents),
        comments_as_fact=comments_as_fact,
        coming_as_fact=coming_as_fact,
        documents_a_second=documents_a_second,
    )


def _by_type(
    gold: Sequence[Claim], coded: Sequence[Claim], pairs: Sequence[tuple[Claim, Claim]]
) -> list[ClassScore]:
    return [
        ClassScore(
            kind,
            n_gold=sum(claim.type == kind for claim in gold),
            n_predicted=sum(claim.type == kind for claim in coded),
            n_right=sum(one.type == kind for one, _ in pairs),
        )
        for kind in sorted({claim.type for claim in (*gold, *coded)})
    ]


def _right(answers: Sequence[bool]) -> tuple[int, int]:
    return sum(answers), len(answers)


def _in_comments(claim: Claim, document: GoldDocument) -> bool:
    """Tell whether a claim stands in the comments as the gold marks them, whatever the coder took for comments."""
    if document.comments is None:
        return claim.certainty == "reader_comment"
    start, end = document.comments
    return start <= claim.char_start < end


def _is_coming_as_fact(told: Claim, said: Sequence[Claim]) -> bool:
    """Tell whether what the gold grades as not having happened was coded as evidence that it did."""
    return told.certainty in COMING and any(
        claim.type == told.type and is_counted(claim.certainty) and shared_characters(claim, told) > 0
        for claim in said
    )


def _same_days(one: Claim, other: Claim) -> bool:
    spans = (one.date_start, one.date_end, other.date_start, other.date_end)
    if any(day is None for day in spans):
        return False
    first, last, begin, end = (day.toordinal() for day in spans if isinstance(day, date))
    shared = min(last, end) - max(first, begin) + 1
    union = max(last, end) - min(first, begin) + 1
    return shared >= DATE_OVERLAP * union


def _boundary(document: GoldDocument) -> float:
    """Give intersection over union of the article as found and as the gold marks it."""
    start, end = document.article
    begin, finish = article_in_file(document.report)
    shared = max(0, min(end, finish) - max(start, begin))
    return shared / (max(end, finish) - min(start, begin))


def article_in_file(report: Report) -> tuple[int, int]:
    r"""Give where the article stands in the file: its first and last characters whose place there is known.

    Examples
    --------
    >>> article_in_file(Report("d", "Title\n\nText.", date(2019, 4, 7), article_start=7, article_end=12))
    (7, 12)
    """
    if not report.raw_spans:
        return report.article_start, report.article_end
    known = [
        (raw + max(0, report.article_start - start), raw + min(length, report.article_end - start))
        for start, raw, length in report.raw_spans
        if start < report.article_end and start + length > report.article_start
    ]
    if not known:
        return report.article_start, report.article_end
    return min(first for first, _ in known), max(last for _, last in known)
