"""The page: one self-contained HTML file made from plain content."""

from __future__ import annotations

from functools import cache
from math import exp
from typing import TYPE_CHECKING

from garrison.briefing.content import BriefContent
from garrison.briefing.drawings import Drawings, draw_page
from garrison.briefing.evidence import AuditedClaim, TimelineEvent
from garrison.briefing.frequency import dots, percent, percent_range, points
from garrison.briefing.limits import Limits, limits
from garrison.briefing.plain import plainly
from garrison.briefing.selection import select
from garrison.briefing.words import Words, words
from garrison.errors import TableError
from garrison.records import Quantity
from garrison.vocabulary import certainties, event_type, source_kinds

if TYPE_CHECKING:
    from jinja2 import Template


def render(content: BriefContent, *, language: str = "en") -> str:
    """Make the page of a brief: one HTML text, without script, that asks for nothing outside itself.

    The same content gives the same bytes. All texts that come from reports are printed as text, whatever they
    hold. A brief that is too long for one page is shown in part, and the page says how much it leaves out.

    Parameters
    ----------
    content
        Everything that the page says.
    language
        Two-letter code of a language of `words.toml`.

    Returns
    -------
    str
        The HTML document, below 400,000 bytes in UTF-8.

    Raises
    ------
    TableError
        If even the shortest form of the page is too large; the message says which parts cannot be cut.
    ParameterError
        If there are no words in that language.
    """
    said = words(language)
    content = plainly(content)
    drawings = draw_page(content, said)
    limit = limits()
    while True:
        page = _fill(content, drawings, said, limit)
        if len(page.encode("utf8")) < limit.bytes:
            return page
        if limit == limit.halved():
            raise TableError(
                f"brief: the page has {len(page.encode('utf8')):,} bytes, {limit.bytes:,} are allowed; shorten "
                "verdict, cannot_see or provenance, which are never cut"
            )
        limit = limit.halved()


def _fill(content: BriefContent, drawings: Drawings, said: Words, limit: Limits) -> str:
    shown = select(content, limit)
    chance = content.headline.chance
    return _template().render(
        b=content,
        w=said,
        shown=shown,
        drawings=drawings,
        dots=dots(chance.p, chance.band90[1] if chance.band90 else None),
        clip=lambda text: clip(text, limit.characters, said),
        percent=percent,
        percent_range=percent_range,
        points=points,
        odds_factor=_odds_factor,
        label=_label,
        certainty=lambda name: certainties()[name].label,
        source_kind=lambda name: source_kinds().get(name, name),
        confirm=lambda claim: what_would_confirm(claim, said),
        count=lambda quantity: _count(quantity, said),
        event_count=lambda event: _event_count(event, said),
        document_limit=limit.documents,
        depends_limit=limit.depends,
    )


def clip(text: str, n_characters: int, said: Words) -> str:
    """Cut a long text and say how much was cut.

    Parameters
    ----------
    text
        Any text.
    n_characters
        Characters to keep.
    said
        The language of the remark.

    Returns
    -------
    str
        The text, or its beginning and the remark.

    Examples
    --------
    >>> clip("a" * 90, 3, words("en"))
    'aaa […] 87 more characters'
    """
    if len(text) <= n_characters:
        return text
    return text[:n_characters] + said.say("page.clipped", n=f"{len(text) - n_characters:,}")


def what_would_confirm(claim: AuditedClaim, said: Words) -> str:
    """Say what would confirm a claim: a second source where there is one alone, and what its type leaves behind.

    Parameters
    ----------
    claim
        The claim.
    said
        The language.

    Returns
    -------
    str
        One or two sentences.
    """
    key = f"confirm.{claim.type}"
    if not said.says(key):
        key = f"confirm.by_{event_type(claim.type).group}"
    second = said.say("confirm.one_source") if claim.n_independent_sources <= 1 else ""
    return second + said.say(key)


def _label(claim_type: str) -> str:
    label = event_type(claim_type).label
    return label[:1].upper() + label[1:]


def _count(counted: Quantity, said: Words) -> str:
    low, high = (f"{end:,.10g}" for end in (counted.low, counted.high))
    key = "audit.count" if low == high else "audit.count_range"
    kind = said.say(f"audit.{counted.kind}") if counted.kind in ("stock", "flow") else ""
    return said.say(key, low=low, high=high, what=counted.what) + (
        f" ({kind})" if counted.kind == "stock" else ""
    )


def _event_count(event: TimelineEvent, said: Words) -> str:
    if event.count_of is None or event.n_low is None:
        return ""
    high = event.n_low if event.n_high is None else event.n_high
    return _count(Quantity(event.count_of, event.n_low, high, event.count_kind or ""), said)


def _odds_factor(shift: float) -> str:
    return f"{exp(max(-20.0, min(20.0, shift))):.2g}"


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("garrison.briefing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")
