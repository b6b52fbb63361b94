"""Rules and what was learned, weighed together: which rows stand, and which clauses without a row are claims."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.clause_view import ClauseView, may_open, view_of
from garrison.coding.frame_fit import Match
from garrison.coding.frame_table import Frame, frame_of
from garrison.coding.learned_types import learned_types
from garrison.coding.roles import Scene, noun_roles, verb_roles
from garrison.coding.tables import limits, table, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Span, Token


def weighed(sentence: Span, scene: Scene, found: list[Match], *, in_title: bool = False) -> list[Match]:
    """Weigh the rows that fit a sentence against what coded texts teach, and add the claims that no row finds.

    A row is dropped where its type is next to impossible for the clause; where another type is likely, the clause
    gets that one. A clause without a row becomes a claim where its likeliest type is likely enough. The two
    chances stand in `tables/limits.toml`. Rows decide alone where nothing was learned: in a text about no crisis, in
    one without capitals, in an endless sentence.

    Parameters
    ----------
    sentence
        A sentence of the scene's text.
    scene
        What is known of the text.
    found
        The rows that fit, as `match_sentence` gives them.
    in_title
        Whether the sentence is the text's title.

    Returns
    -------
    list of Match
        In the order of the text.
    """
    unlike_what_was_learned = not scene.has_capitals or len(sentence) > limits()["weighed_sentence"]
    if not scene.in_crisis or unlike_what_was_learned:
        return found
    views = _views(sentence, scene, found, in_title=in_title)
    chances = {
        view.token.i: row for view, row in zip(views, learned_types().probabilities(views), strict=True)
    }
    kept = [match for match in found if _stands(match, chances[match.trigger.i])]
    taken = {word.i for match in kept for word in (match.trigger, *match.things)}
    for view in views:
        row = chances[view.token.i]
        best = int(row[1:].argmax()) + 1
        likely = row[best] * 100 >= limits()["least_chance_of_claim"]
        if likely and view.token.i not in taken and not _tells_what_follows(view.token):
            kept += match_of(view, learned_types().types[best], scene)
    kept = [match for match in kept if not _ends_in_deaths(match, kept) and not _wraps(match, kept)]
    return sorted(kept, key=lambda match: match.trigger.i)


def _views(sentence: Span, scene: Scene, found: list[Match], *, in_title: bool) -> list[ClauseView]:
    """Look at every word that a row fits or that may head a claim."""
    fitting: dict[int, list[str]] = {}
    for match in found:
        fitting.setdefault(match.trigger.i, []).append(match.frame.type)
    told = {match.frame.type for match in found}
    return [
        view_of(token, scene, fitting.get(token.i, ()), told, in_title=in_title)
        for token in sentence
        if token.i in fitting or may_open(token, learned_types().nouns)
    ]


def _stands(match: Match, chances: NDArray[np.float32]) -> bool:
    """Tell whether a row's type is possible for its clause, as far as was learned."""
    chance = chances[learned_types().types.index(match.frame.type)]
    return bool(chance * 100 >= limits()["least_chance_of_row"])


def _ends_in_deaths(match: Match, kept: list[Match]) -> bool:
    """Tell force whose clause goes on with its dead (*opened fire, killing two*): the deaths are the claim."""
    return match.frame.type == "REPRESSION" and any(
        other.frame.type == "REPRESSION_LETHAL"
        and other.trigger.head == match.trigger
        and other.trigger.dep_ in ("advcl", "xcomp", "prep")
        for other in kept
    )


def _wraps(match: Match, kept: list[Match]) -> bool:
    """Tell a verb that only wraps another with the same claim (*threaten* to **mutiny**, *appear* to have **left**)."""
    return match.frame == plain_frame(match.frame.type) and any(
        other.frame.type == match.frame.type
        and other.trigger.head == match.trigger
        and other.trigger.dep_ in ("xcomp", "ccomp")
        for other in kept
    )


def _tells_what_follows(token: Token) -> bool:
    """Tell a verb of saying or denying whose clause is the claim (*warned that the army would split*)."""
    base = token.lemma_.lower()
    said = any(child.dep_ in ("ccomp", "xcomp") for child in token.children)
    return said and (
        base in words("attribution", "report_verbs") or base in words("attribution", "deny_verbs")
    )


def match_of(view: ClauseView, type_name: str, scene: Scene) -> list[Match]:
    """Make a claim's match of a clause: who acts and on whom by the plain roles of the type.

    Parameters
    ----------
    view
        What is seen of the clause.
    type_name
        A type of the vocabulary.
    scene
        What is known of the text.

    Returns
    -------
    list of Match
        One; none where the type says who acts (soldiers who join a march, a state abroad that recognises a rival)
        and nobody of that kind does.
    """
    frame, token = plain_frame(type_name), view.token
    roles = verb_roles if token.pos_ in ("VERB", "AUX") else noun_roles
    actor, target = roles(frame, token, scene)
    if frame.actor_sectors and actor is None:
        return []
    agent = None if frame.no_actor else actor
    return [Match(frame, token, agent, target, negated=False, things=_said(token))]


def _said(token: Token) -> tuple[Token, ...]:
    """Give what a verb without meaning of its own says of somebody (*is **loyal***)."""
    if token.lemma_.lower() != "be":
        return ()
    return tuple(child for child in token.children if child.dep_ in ("acomp", "attr"))


@lru_cache(maxsize=64)
def plain_frame(type_name: str) -> Frame:
    """Give the row that says in which roles agents stand where only the type of a clause is known.

    Parameters
    ----------
    type_name
        A type of the vocabulary.

    Examples
    --------
    >>> plain_frame("HARDSHIP").no_actor
    True
    """
    rows = table("plain_frames")
    return frame_of({"type": type_name, **rows["every_type"], **rows.get(type_name, {})})
