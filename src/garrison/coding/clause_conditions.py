"""What a row of the frame table asks of the form of its clause: a wording, a command, no object, nothing told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.frame_table import Frame

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONTENT = ("ccomp", "xcomp", "acl", "pcomp")
_OTHER_CLAUSES = ("relcl", "advcl", "parataxis")


def clause_meets(frame: Frame, trigger: Token) -> bool:
    """Tell whether the clause of a trigger has the form that a row asks for.

    Parameters
    ----------
    frame
        The row that is tried: its `wording`, `commands`, `alone`, `objectless` and `untold`.
    trigger
        The word that opened it.

    Returns
    -------
    bool
        True also for a row that asks for nothing.
    """
    if frame.last and not _is_told_outright(trigger):
        return False
    if frame.wording and not _is_worded(trigger, frame.wording):
        return False
    if frame.commands and not any(_is_command(word) for word in _said_by(trigger)):
        return False
    if frame.alone and len([token for token in trigger.sent if token.is_alpha]) > 1:
        return False
    if frame.objectless and any(child.dep_ in ("dobj", "ccomp") for child in trigger.children):
        return False
    return not (frame.untold and _tells(trigger))


def covered_by(trigger: Token) -> set[int]:
    """Give the places of the words that say what is wanted or said (*urged them **to lay down their arms***).

    Relative and adverbial clauses within stay free: what they tell is told besides.

    Examples
    --------
    >>> from garrison.coding.parsing import parse
    >>> doc = parse("She urged the soldiers to desert.")
    >>> [doc[index].text for index in sorted(covered_by(doc[1]))]
    ['to', 'desert']
    """
    stack = [word for word in _said_by(trigger) if word.i != trigger.i]
    stack += [child for child in trigger.children if child.dep_ in _CONTENT]
    for preposition in trigger.children:
        if preposition.dep_ == "prep":
            stack += [child for child in preposition.children if child.dep_ == "pcomp"]
    stack += [child for item in clauses.objects_of(trigger) for child in item.children if child.dep_ == "acl"]
    stack += [child for word in (trigger, *stack) for child in word.children if _is_until(child)]
    covered: set[int] = set()
    while stack:
        word = stack.pop()
        covered.add(word.i)
        stack += [
            child for child in word.children if child.dep_ not in _OTHER_CLAUSES and child.i != trigger.i
        ]
    return covered


def words_of_clause(trigger: Token) -> set[int]:
    """Give the places of a trigger's clause: its own words, what it governs, and the verb that governs it.

    Examples
    --------
    >>> from garrison.coding.parsing import parse
    >>> doc = parse("The king spoke while crowds marched.")
    >>> sorted(doc[index].text for index in words_of_clause(doc[2]) if doc[index].is_alpha)
    ['The', 'king', 'spoke']
    """
    found, stack = {trigger.i}, [trigger]
    while stack:
        for child in stack.pop().children:
            joined = child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")
            purpose = child.dep_ == "advcl" and any(item.lower_ == "to" for item in child.children)
            if (purpose or child.dep_ not in _OTHER_CLAUSES) and not joined:
                found.add(child.i)
                stack.append(child)
    if trigger.dep_ in ("xcomp", "ccomp", "acl", "pcomp", "advcl"):
        found.add(trigger.head.i)
        found |= {child.i for child in trigger.head.children if child.dep_ in ("xcomp", "dobj")}
    return found


def _is_worded(trigger: Token, phrases: tuple[str, ...]) -> bool:
    """Tell whether the words of a phrase stand side by side in a trigger's clause, each as written or base form."""
    spoken, forms = _spoken(trigger)
    for phrase in phrases:
        asked = _asked(phrase)
        if not forms.issuperset(asked):
            continue
        for start in range(len(spoken) - len(asked) + 1):
            found = spoken[start : start + len(asked)]
            if all(
                word in (token.lower_, token.lemma_.lower()) for word, token in zip(asked, found, strict=True)
            ) and _belong(found, trigger):
                return True
    return False


@cache
def _asked(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())


def _spoken(trigger: Token) -> tuple[list[Token], frozenset[str]]:
    """Give the words of a trigger's sentence without its marks, and all their forms; kept with the text."""
    known = trigger.doc.user_data.setdefault("spoken", {})
    if trigger.i not in known:
        sentence = trigger.sent
        first = ("sentence", sentence.start)
        if first not in known:
            spoken = [token for token in sentence if not (token.is_punct or token.is_space or token.is_quote)]
            forms = frozenset(form for token in spoken for form in (token.lower_, token.lemma_.lower()))
            known[first] = (spoken, forms)
        known[trigger.i] = known[first]
    answer: tuple[list[Token], frozenset[str]] = known[trigger.i]
    return answer


def _belong(found: list[Token], trigger: Token) -> bool:
    """Tell whether words are of a trigger's clause, or of the words that it says and under which it hangs."""
    if any(_hangs_on(token, trigger) for token in found):
        return True
    return any(token.i in words_of_clause(trigger) for token in found) or (
        trigger.dep_ != "conj" and any(token.is_ancestor(trigger) for token in found)
    )


def _hangs_on(word: Token, trigger: Token) -> bool:
    current = word
    while current.head != current and current != trigger:
        if current.dep_ == "conj" and current.pos_ in ("VERB", "AUX"):
            return False
        current = current.head
    return bool(current == trigger)


def _said_by(trigger: Token) -> list[Token]:
    """Give the heads of what a verb of saying says, also where the parser hangs the verb on what is said."""
    said = [
        child for child in trigger.children if child.dep_ in ("ccomp", "parataxis", "dep", "intj", "xcomp")
    ]
    said += [child for child in trigger.children if child.dep_ == "advcl" and _is_command(child)]
    head = trigger.head
    if trigger.dep_ in ("parataxis", "dep") and head != trigger:
        said.append(head)
    return said


def _is_command(word: Token) -> bool:
    """Tell a bare verb without a subject (*Leave!*, *Lay down your shields*)."""
    if word.tag_ not in ("VB", "VBP", "UH", "VBN"):
        return False
    before = [child for child in word.children if child.i < word.i]
    if any(child.dep_ in ("nsubj", "nsubjpass", "expl") or child.lower_ == "to" for child in before):
        return False
    return not any(child.tag_ == "MD" for child in before)


def _is_told_outright(verb: Token) -> bool:
    """Tell a verb that asserts by itself from infinitives, participles, duties and conditions."""
    if verb.dep_ == "advcl" and any(child.lower_ in ("if", "unless") for child in verb.children):
        return False
    helping = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.tag_ == "MD" and child.lower_ not in ("will", "would") for child in helping):
        return False
    return any(word.tag_ in ("VBD", "VBZ", "VBP", "MD") for word in (verb, *helping)) or verb.dep_ == "conj"


def _is_until(clause: Token) -> bool:
    """Tell a clause that only sets the end of what is wanted (*until he goes*)."""
    return clause.dep_ == "advcl" and any(child.lower_ in ("until", "unless") for child in clause.children)


def _tells(trigger: Token) -> bool:
    """Tell a verb that only brings what somebody says (*that* ...), or a participle beside the story (*flown back*)."""
    if any(child.dep_ == "ccomp" and child.tag_ not in ("VB", "VBG") for child in trigger.children):
        return True
    if any(child.tag_ in ("WP", "WDT") and child.dep_ == "dobj" for child in trigger.children):
        return True
    reduced = trigger.tag_ == "VBN" and trigger.dep_ in ("advcl", "acl")
    return reduced or trigger.dep_ == "parataxis"
