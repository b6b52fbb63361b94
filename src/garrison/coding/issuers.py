"""Whose words a whole text or a whole post is: the issuer of a statement, the author of each post of a digest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.tables import limits, table, words

if TYPE_CHECKING:
    from garrison.records import Report

_BRACKETS = re.compile(r"\s*\[([^\]\n]{2,60})\]")
_SIGNED = re.compile(r"\n\s*(?:signed[,:]?\s+)?(?:for|on behalf of) (the [^\n,]{3,80})[,\n]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued a stretch of a report's text, from character `start` up to before `end`.

    `kind` is a kind of source, `certainty` the grade of what the issuer says, `sector` the sector to which deeds
    belong that the text decides (*1. the suspension of the constitution*); None for posts.
    """

    start: int
    end: int
    text: str
    kind: str
    certainty: str
    sector: str | None = None


def issuers_of(report: Report) -> tuple[Issuer, ...]:
    r"""Find whose words the article is.

    Parameters
    ----------
    report
        A report whose spans are known.

    Returns
    -------
    tuple of Issuer
        One for each post of a digest; one for a statement; none for a text that speaks in its own voice.

    Examples
    --------
    >>> from datetime import date
    >>> from garrison.records import Report
    >>> text = "Communique of the Ministry of Defence\n\nThe army has closed the bridge."
    >>> (found,) = issuers_of(Report("d", text, date(2019, 4, 7), article_start=39, article_end=len(text)))
    >>> found.text, found.certainty
    ('the Ministry of Defence', 'claim_official')
    """
    from garrison.reports.digest import find_digest

    end = report.article_end or len(report.text)
    digest = find_digest(report.text[:end], report.article_start)
    if digest is not None:
        return tuple(
            _of_post(report.text, post.start, post.body_start, post.end, post.author) for post in digest.posts
        )
    name = _issuer_of_statement(report, end)
    if name is None:
        return ()
    kind, certainty, sector = _kind_of(name, report.text[report.article_start : end])
    return (Issuer(report.article_start, end, name, kind, certainty, sector),)


def issuer_at(issuers: Sequence[Issuer], place: int) -> Issuer | None:
    """Give the issuer of a character of the report's text, or None.

    Examples
    --------
    >>> issuer_at([Issuer(0, 9, "@ana", "social_media", "claim_single_source")], 9) is None
    True
    """
    return next((issuer for issuer in issuers if issuer.start <= place < issuer.end), None)


def _of_post(text: str, start: int, body: int, end: int, author: str) -> Issuer:
    """Describe the author of a post: somebody, unless the handle or a bracket names an office or a medium."""
    said = _BRACKETS.match(text, body, end)
    described = f"{author.replace('_', ' ')} {said.group(1) if said is not None else ''}"
    named = f"@{author}" if f"@{author}" in text[start:body].casefold() else author
    pieces = {piece.lower() for piece in _WORD.findall(described)}
    for row in table("attribution")["handle_kind"]:
        if pieces & set(row["words"]):
            return Issuer(start, end, named, row["kind"], row["certainty"])
    if said is not None and pieces & words("attribution", "media_words"):
        return Issuer(start, end, named, "media", "claim_media")
    return Issuer(start, end, named, "social_media", "claim_single_source")


def _issuer_of_statement(report: Report, end: int) -> str | None:
    """Read who issued a statement off its title or first line, or off its first sentence."""
    head = report.text[: report.article_start].strip() or report.title
    body = report.text[report.article_start : end]
    lines = [line.strip() for line in body.split("\n") if line.strip()][: limits()["statement_head"]]
    for line in (head, *lines[:2]):
        if len(line.split()) > limits()["statement_title"]:
            continue
        found = _titles().match(line)
        if found is not None:
            return " ".join((found.group("issuer") or found.group("before")).split()).rstrip(" .,:;-–—")
    for line in lines:
        found = _openings().match(line)
        if found is not None and _speaks_for_itself(found.group("issuer"), body):
            return found.group("issuer")
    if re.match(rf"\W*(?:{_alternatives('statement_words')})\b", head, re.IGNORECASE):
        signed = _SIGNED.search(body, max(0, len(body) - 300))
        return " ".join(signed.group(1).split()) if signed is not None else None
    return None


def _speaks_for_itself(issuer: str, body: str) -> bool:
    """Tell a statement from news of one: nobody in it *said* anything about its issuer's words from outside."""
    return not re.search(r"\b(?:said|told|wrote|reported|according to)\b", body) and len(issuer) > len("the ")


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    kinds = _alternatives("statement_words")
    return re.compile(
        rf"(?:full text of (?:the )?|text of (?:the )?|joint |official |the )?(?:(?:{kinds})\b"
        r"(?:\s+(?:no|nr|number|nº)\.?\s*\d+|\s+#?\d+)?[\s:–—-]+"
        r"(?:of|by|from|issued by|on behalf of)\s+(?P<issuer>(?:the\s+)?[A-Z][^:,;.()\n]{2,90}?)"
        r"(?:\s+(?:on|to|about|regarding|concerning|of \d|dated|at)\b.*|\s*[:,;(.–—].*)?"
        rf"|(?P<before>(?:the\s+)?[A-Z][^:;.()\n]{{2,70}}?)(?:['’]s)?[\s:–—-]+(?:{kinds})\b"
        r"(?:\s+(?:no|nr|number)\.?\s*\d+)?(?:\s+(?:on|about|regarding|concerning|of \d)\b.*|\s*[:,;(–—].*)?)$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _openings() -> re.Pattern[str]:
    verbs = _alternatives("statement_verbs")
    return re.compile(
        rf"(?P<issuer>(?:The|We, the) [A-Z][^.;:,\n]{{2,90}}?)(?:,)?\s+(?:hereby |wishes to |wish to )?(?:{verbs})\b"
    )


def _alternatives(key: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words("attribution", key), key=len, reverse=True))


def _kind_of(name: str, body: str) -> tuple[str, str, str | None]:
    """Tell the kind of an issuer, the grade of its words and its sector; who has just seized power is one party."""
    pieces = {piece.lower() for piece in _WORD.findall(name)}
    seized = any(sign in body.lower() for sign in table("attribution")["putsch_signs"])
    for row in table("attribution")["issuer_kind"]:
        fits = bool(pieces & set(row["words"])) and (not row.get("putsch") or seized)
        if fits:
            return row["kind"], row["certainty"], row.get("sector")
    return "witness", "claim_single_source", None
