"""The words that name tellers: several joined by *and*, names in apposition, the handle of a post, verbs of naming."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.noun_phrases import noun_phrase
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: The handle of a post at the head of its line.
HANDLE = re.compile(r"\s*(?:RT\s+)?(@\w{2,30})\s*:")


def together(head: Token) -> tuple[int, int]:
    """Give the token span of a teller and of those joined to it (*the Herald and Radio One*).

    Parameters
    ----------
    head
        The noun of the first teller.

    Returns
    -------
    tuple of int
        First token and the one after the last; a teller joined from another clause is left out.
    """
    start, end = noun_phrase(head)
    for other in head.conjuncts:
        first, last = noun_phrase(other)
        between = head.doc[end:first] if first >= end else head.doc[0:0]
        joined = all(token.is_punct or token.dep_ in ("cc", "det", "preconj") for token in between)
        if other.i > head.i and other.pos_ in ("NOUN", "PROPN") and joined and first >= end:
            end = last
    return start, end


def named_in_apposition(head: Token) -> Token:
    """Let *two independent sources, the Herald and Radio One* be those two."""
    if head.lemma_.lower() not in words("attribution", "collective_words"):
        return head
    named = [child for child in head.children if child.dep_ in ("appos", "conj") and child.pos_ == "PROPN"]
    return named[0] if named else head


def names_as(verb: Token, below: Token) -> bool:
    """Tell whether a verb calls something what a word says (*called it a coup*, *decried it as a coup*)."""
    if verb.lemma_.lower() not in words("attribution", "naming_verbs"):
        return False
    return below.dep_ == "oprd" or (below.dep_ == "prep" and below.lower_ == "as")


def line_of(token: Token) -> str:
    """Give the line up to a word, at most as far back as a handle can matter."""
    doc = token.doc
    first = token.i
    while first > 0 and "\n" not in doc[first - 1].text and token.i - first < limits()["handle_reach"]:
        first -= 1
    return str(doc[first : token.i + 1].text)


def announced_by(doc: Doc, start: int) -> Token | None:
    """Find who is named before a colon and a quotation (*The ministry: "No unit has left."*)."""
    if start < 2 or doc[start - 1].text != ":":
        return None
    token = doc[start - 2]
    while token.head.i < start and token.head != token and token.head.pos_ in ("NOUN", "PROPN", "ADP"):
        token = token.head
    return token if token.pos_ in ("NOUN", "PROPN") else None


def speaks_again(pronoun: Token) -> Token | None:
    """Find the teller who goes on to speak of himself (*the lawyer said he could confirm ...*).

    Parameters
    ----------
    pronoun
        The subject of a verb of telling.

    Returns
    -------
    Token or None
        The noun of the teller above, where its number fits the pronoun's.
    """
    verb = pronoun.head
    above = verb.head
    told = verb.dep_ == "ccomp" and above.lemma_.lower() in words("attribution", "report_verbs")
    if pronoun.dep_ != "nsubj" or not told or clauses.is_passive(above):
        return None
    subject = next((child for child in above.children if child.dep_ == "nsubj" and child.i < above.i), None)
    if subject is None or subject.pos_ not in ("NOUN", "PROPN"):
        return None
    asked = ("NNS", "NNPS") if pronoun.lower_ == "they" else ("NN", "NNP")
    return subject if pronoun.lower_ in ("he", "she", "it", "they") and subject.tag_ in asked else None


def cited_by(verb: Token, teller: Token) -> Token | None:
    """Find whom a teller cites (*the agency said, citing two officers*; *Radio One, quoting the mayor, said*)."""
    citing = words("attribution", "citing_verbs")
    for word in (*verb.children, *teller.children):
        if word.tag_ == "VBG" and word.lemma_.lower() in citing:
            return next((child for child in word.children if child.dep_ == "dobj"), None)
    return None


def cited_with(teller: Token) -> Token | None:
    """Find who passes on a teller's words (*an officer, quoted by Radio One, said*; *the paper cited one who said*)."""
    citing = words("attribution", "citing_verbs")
    for word in teller.children:
        if word.tag_ == "VBN" and word.lemma_.lower() in citing:
            return next(iter(clauses.after_prepositions(word, ("by", "in"))), None)
    if teller.dep_ == "dobj" and teller.head.lemma_.lower() in citing:
        return clauses.subject_of(teller.head)
    return None


def told_in_a_paper(clause: Token, paper: Token) -> Token | None:
    """Find the verb of telling where a clause hangs on the paper (*confirmed in a statement that ...*)."""
    issued = paper.lemma_.lower() in words("attribution", "issued_words")
    if clause.dep_ != "acl" or not issued or paper.dep_ != "pobj" or paper.head.lower_ not in ("in", "on"):
        return None
    verb = paper.head.head
    return verb if verb.lemma_.lower() in words("attribution", "report_verbs") else None


def said_by_cited(verb: Token) -> tuple[Token, Token | None] | None:
    """Find who is quoted by whom *as saying* something.

    Parameters
    ----------
    verb
        The verb of telling (*saying*).

    Returns
    -------
    tuple of Token, or None
        Who said it and who quotes him (None where nobody is named); None where nobody is quoted.
    """
    quoting = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else verb.head
    tied = verb.dep_ == "pcomp" or any(child.lower_ == "as" for child in verb.children)
    if not tied or quoting.lemma_.lower() not in words("attribution", "citing_verbs"):
        return None
    if clauses.is_passive(quoting):
        said = clauses.passive_subject_of(quoting)
        passing = next(iter(clauses.after_prepositions(quoting, ("by",))), None)
    else:
        said = next((child for child in quoting.children if child.dep_ == "dobj"), None)
        passing = clauses.subject_of(quoting)
    return (said, passing) if said is not None else None


def told_through(token: Token) -> Iterator[tuple[Token, str]]:
    """Climb from a word to the root as `clauses.governors` does, past an infinitive to which the past is not joined.

    Yields
    ------
    tuple of Token and str
        In *said they would go, and named a successor* the climb from *named* passes by *go*, which is told.
    """
    current = token
    while current.head != current:
        head = clauses.coordinated_with(current) if current.dep_ == "conj" else current.head
        yield head, current.dep_
        current = head


def told_before_colon(token: Token) -> Token | None:
    """Find who is named before the colon behind which a word stands (*The mayor: the bridge is shut*).

    Parameters
    ----------
    token
        A word.

    Returns
    -------
    Token or None
        The noun before the colon, if no verb stands there; of *she puts it thus* the subject.
    """
    doc, start = token.doc, token.sent.start
    colon = next((place for place in range(token.i - 1, start, -1) if doc[place].text == ":"), None)
    if colon is None or doc[colon - 1].is_space:
        return None
    first = colon
    while first > start and doc[first - 1].text not in (":", ".", "!", "?", "]", ";"):
        first -= 1
    before = [word for word in doc[first:colon] if not word.is_space]
    if not before or len(before) > limits()["named_before_colon"]:
        return None
    finite = [word for word in before if word.tag_ in ("VBD", "VBZ", "VBP", "MD")]
    putting = [word for word in finite if word.lemma_.lower() == "put"]
    if putting:
        return clauses.subject_of(putting[0])
    inner = ("compound", "nmod", "poss", "pobj", "npadvmod", "amod")
    names = [word for word in before if word.pos_ in ("NOUN", "PROPN") and word.dep_ not in inner]
    return names[0] if names and not finite and not names[0].text.isupper() else None


def hearsay_mark(token: Token) -> Token | None:
    """Find the word by which a deed is only told (*reportedly*), be it of its doer (*reportedly by the police*)."""
    raised = list(token.head.children) if token.dep_ == "xcomp" else []
    by = [child for child in token.children if child.dep_ in ("agent", "prep") and child.lower_ == "by"]
    beside: list[Token] = [*token.children, *raised, *[word for agent in by for word in agent.children]]
    adverbs, adjectives = words("attribution", "hearsay_adverbs"), words("attribution", "hearsay_adjectives")
    for child in beside:
        described = child.dep_ == "amod" and child.head.i == token.i
        if child.lower_ in adverbs or (described and child.lower_ in adjectives):
            return child
    return None


def puts_a_figure_on(verb: Token, below: Token) -> bool:
    """Tell whether somebody gives a number by *putting* it (*the union puts the number of dead at forty*)."""
    put = verb.lemma_.lower() == "put" and below.dep_ == "dobj"
    return put and bool(clauses.after_prepositions(verb, ("at",)))


def counted_by(word: Token) -> Token | None:
    """Find the verb by which somebody counts the dead (*the clinic counted 12 dead*, *the office spoke of 12 killed*).

    Parameters
    ----------
    word
        The word that asserts: the verb of counting itself, or a participle behind the number.

    Returns
    -------
    Token or None
        That verb, which has its teller for subject.
    """
    counting = words("attribution", "counting_tellers")
    verb = word
    number = word.nbor(-1) if word.i > word.sent.start else word
    if word.tag_ == "VBN" and number.like_num and number.head.dep_ == "prep":
        verb = number.head.head
    elif word.pos_ in ("NOUN", "ADJ") and word.dep_ in ("dobj", "oprd", "acomp", "advmod"):
        verb = word.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in counting or clauses.is_passive(verb):
        return None
    if clauses.is_negated(verb) or clauses.subject_of(verb) is None:
        return None
    counted = [child for child in verb.rights if child.dep_ in ("dobj", "oprd", "advmod")]
    counted += [child for child in verb.rights if child.dep_ == "prep" and child.lower_ in ("of", "at")]
    return verb if any(item.like_num for child in counted for item in child.subtree) else None


def is_counting(verb: Token) -> bool:
    """Tell *twenty deaths have been recorded* and *no incident was reported* from hearsay: the text itself counts."""
    counted = clauses.passive_subject_of(verb)
    if counted is None or counted.pos_ != "NOUN":
        return False
    recorded = verb.lemma_.lower() in ("record", "count", "register", "document")
    return recorded or (verb.lemma_.lower() == "report" and clauses.is_negated(verb))


def asks_not_to_be_named(teller: Token, telling: Token | None) -> bool:
    """Tell whether a teller hides his name (*a colonel, who spoke on condition of anonymity, said*)."""
    hidden = words("attribution", "hiding_words")
    sides = [child for child in teller.children if child.dep_ in ("relcl", "acl", "advcl")]
    if telling is not None:
        sides += [child for child in telling.children if child.dep_ in ("advcl", "prep")]
    for side in sides:
        said = {word.lower_ for word in side.subtree}
        if said & hidden and (side.dep_ != "prep" or "condition" in said):
            return True
    return False


def is_told_back(token: Token) -> bool:
    """Tell whether a clause is in the past perfect, as what somebody said goes on (*They had beaten others too*)."""
    verb = token
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    if any(child.dep_ == "advcl" and child.i < verb.i for child in verb.children):
        return False
    return verb.tag_ == "VBN" and any(
        child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d") for child in verb.children
    )
