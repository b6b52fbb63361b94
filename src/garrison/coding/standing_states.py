"""What has been so for long: a state told as background, rather than as news of the crisis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_of_old(trigger: Token) -> bool:
    """Tell whether a clause says that its state has lasted for long (*have for years gone unpaid*).

    Parameters
    ----------
    trigger
        The word that asserts the state.

    Returns
    -------
    bool

    Examples
    --------
    >>> from garrison.coding.parsing import parse
    >>> doc = parse("Flour has long been short. Flour is short.")
    >>> [is_of_old(word) for word in doc if word.text == "short"]
    [True, False]
    """
    verb = trigger
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    long, measures = words("attribution", "lasting_words"), words("attribution", "lasting_measures")
    for child in verb.children:
        span = child.lower_ in ("for", "since") and child.dep_ in ("prep", "advmod")
        if span and any(word.lower_ in measures for word in child.subtree):
            return True
        if child.lower_ in long and child.dep_ == "advmod":
            return True
    return False
