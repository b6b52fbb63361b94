"""Lines without a verb, as headlines, situation reports, live blogs and posts have them (*Price of beans up 40%*).

Rows of the frame table tell by `lines` what such a line means: words that must stand in it one after another.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.frame_table import Frame, belongs, group, rows_of_lines
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from garrison.coding.actors import Actor
    from garrison.coding.roles import Scene

_NUMBER = "NUMBER"


def is_verbless(sentence: Span) -> bool:
    """Tell whether a sentence has no finite verb and is short enough for a line of a report.

    Examples
    --------
    >>> from garrison.coding.parsing import parse
    >>> [is_verbless(sentence) for sentence in parse("No fuel in the capital. The capital has no fuel.").sents]
    [True, False]
    """
    if len(sentence) > limits()["line_words"]:
        return False
    return not any(
        token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.pos_ in ("VERB", "AUX") and not _only_tells(token)
        for token in sentence
    )


def _only_tells(verb: Token) -> bool:
    """Tell the verb of a teller beside the line (*President gone, says speaker*)."""
    told = any(child.dep_ == "ccomp" and child.tag_ == "VBN" for child in verb.children)
    return told and verb.lemma_.lower() in words("attribution", "report_verbs")


def lines_of(sentence: Span, scene: Scene) -> Iterator[tuple[Frame, Actor | None, tuple[Token, ...]]]:
    """Find what a verbless line means.

    Parameters
    ----------
    sentence
        A sentence of the scene's text.
    scene
        What is known of the text.

    Yields
    ------
    tuple
        The row that fits, who acts, and the words that decided; each type once.
    """
    if not scene.in_crisis or not is_verbless(sentence):
        return
    tokens = [token for token in sentence if not token.is_space]
    forms = {form for token in tokens for form in (token.lower_, token.lemma_.lower())}
    told: set[str] = set()
    for frame in rows_of_lines():
        if frame.type in told or any(token.lower_ in frame.never for token in tokens):
            continue
        for line in frame.lines:
            # A slot of plain words that the line lacks altogether decides before anything is tried.
            if any(slot.islower() and forms.isdisjoint(slot.split("|")) for slot in line.split()):
                continue
            found = _found(line, tokens, scene)
            if found:
                told.add(frame.type)
                yield frame, _agent(frame, found, scene), found
                break


@lru_cache(maxsize=512)
def _slots(line: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(slot.split("|")) for slot in line.split())


def _found(line: str, tokens: list[Token], scene: Scene) -> tuple[Token, ...]:
    """Find the words of a line in their order; none where one is missing."""
    slots = _slots(line)
    for start, token in enumerate(tokens):
        if not _fills(token, slots[0], scene):
            continue
        found = [token]
        at = start
        for slot in slots[1:]:
            near = range(at + 1, min(at + 2 + limits()["line_gap"], len(tokens)))
            following = next((index for index in near if _fills(tokens[index], slot, scene)), None)
            if following is None:
                break
            at = following
            found.append(tokens[at])
        else:
            return tuple(found)
    return ()


def _fills(token: Token, slot: tuple[str, ...], scene: Scene) -> bool:
    if token.lower_ in slot or (token.lemma_.lower() in slot and token.lower_ != "no."):
        return True
    actor = scene.actors.get(token.i)
    for name in slot:
        if name == _NUMBER and (token.like_num or token.lower_ in words("actors", "measures")):
            return True
        if name.isupper() and name != _NUMBER and actor is not None and belongs(actor, (name,)):
            return True
    return False


def _agent(frame: Frame, found: tuple[Token, ...], scene: Scene) -> Actor | None:
    """Give the agent among the words that decided, if the row lets it act."""
    if frame.no_actor:
        return None
    for token in found:
        actor = scene.actors.get(token.i)
        if actor is not None and any(group(name).holds(actor) for name in frame.actor_sectors):
            return actor
    return None
