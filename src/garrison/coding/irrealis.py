"""What is not said to have happened: forecasts, hypotheses, questions; and what is only taken for granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.conditions import is_before_what_follows, is_behind_if, is_conditional, is_inverted
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from spacy.tokens import Token

# Bare verbs are often taken for nouns (*once soldiers mutiny*).
_PRESENT = ("VBZ", "VBP", "VB", "NN", "NNP")
_FUTURE_MODALS = frozenset(("will", "shall", "'ll", "’ll"))
_MAY_MODALS = frozenset(("may", "might"))
_UNREAL_MODALS = frozenset(("would", "could", "should", "can"))


def taken_for_granted(trigger: Token) -> bool:
    """Tell whether a happening is spoken of as known (*the latest defections threaten ...*, *the men who fled*)."""
    if trigger.lemma_.lower() == "toll":
        return False
    if _tells_which(trigger):
        return True
    if trigger.dep_ == "amod" and trigger.tag_ == "VBN":
        if trigger.head.dep_ in ("attr", "ROOT"):
            return False
        return trigger.head.tag_ == "NNS" or any(
            child.dep_ in ("det", "poss") for child in trigger.head.children
        )
    if any(child.dep_ == "relcl" and child.lemma_.lower() == "be" for child in trigger.children):
        return False
    if trigger.pos_ not in ("NOUN", "PROPN") or trigger.dep_ not in (
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "conj",
    ):
        return False
    governor = trigger.head if trigger.dep_ != "pobj" else trigger.head.head
    base = governor.lemma_.lower()
    if base in words("attribution", "hearsay_nouns") or base in words("attribution", "report_verbs"):
        return False
    definite = words("attribution", "presupposing_determiners")
    return any(child.lower_ in definite or child.dep_ == "poss" for child in trigger.children)


def _tells_which(clause: Token) -> bool:
    """Tell whether a clause only says which ones are meant: no comma parts it from *the*, *those* or *such* ones."""
    noun = clause.head
    if clause.dep_ not in ("relcl", "acl") or noun.i > clause.i or clause.tag_ == "VBG":
        return False
    if noun.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj") or _is_infinitive(clause):
        return False
    if clause.left_edge.i < 1 or clause.left_edge.nbor(-1).is_punct or clause.left_edge.i <= noun.i:
        return False
    known = noun.lower_ in ("those", "that") or any(
        child.lower_ in words("attribution", "presupposing_determiners") for child in noun.children
    )
    telling = words("attribution", "channel_words") | words("attribution", "hearsay_nouns")
    bare = clause.dep_ == "relcl" and noun.tag_ in ("NNS", "NNPS", "NN")
    if not (known or bare) or noun.lemma_.lower() in telling:
        return False
    if clause.dep_ == "acl":
        return clause.tag_ in ("VBN", "VBD")
    pronoun = {child.lower_ for child in clause.children if child.dep_ in ("nsubj", "nsubjpass")}
    return bool(pronoun & {"who", "that", "which"}) and clause.tag_ in ("VBD", "VBN")


def unreal(trigger: Token, is_future: bool) -> str | None:
    """Tell a forecast, a hypothesis or a speculation from what is said to have happened.

    Parameters
    ----------
    trigger
        The word that asserts.
    is_future
        Whether the date told lies ahead; *if*, *may* and the like go before it.

    Returns
    -------
    str or None
        None where it is said to have happened. The climb from the trigger stops where the text asserts anew: at a
        relative clause, or at a clause of time.
    """
    if (is_inverted(trigger) and not _is_asked(trigger)) or is_behind_if(trigger):
        return "hypothetical"
    if _is_asked(trigger):
        return "forecast" if is_future or unreal_here(trigger) == "forecast" else "speculation"
    if _is_set_to(trigger):
        return "forecast"
    found = _climb(trigger) or ("forecast" if is_future else None)
    return found or ("hypothetical" if is_before_what_follows(trigger) else None)


def _climb(trigger: Token, depth: int = 0) -> str | None:
    token, above_too = trigger, depth < limits()["nested_clauses"]
    while True:
        own = unreal_here(token)
        if own == "hypothetical" and _was_forecast(token):
            return "forecast"
        if own is not None:
            return own
        head, relation = token.head, token.dep_
        if head == token:
            return None
        if relation in ("relcl", "acl") and head.dep_ == "dobj" and _is_infinitive(token):
            # *Urged the soldiers to desert*, where the parser hangs the infinitive on the object.
            wanted = _unreal_above(token, head.head, "xcomp")
            if wanted is not None:
                return wanted
        if relation == "relcl":
            return "hypothetical" if above_too and _is_general(token) and _climb(head, depth + 1) else None
        if relation == "advcl" and not is_conditional(token):
            return _climb(head, depth + 1) if above_too and _is_supposed_with(token) else None
        if relation == "pobj" and head.lower_ in ("amid", "amidst", "despite"):
            return None
        if relation in ("nsubj", "nsubjpass", "npadvmod"):
            if is_conditional(head):
                return "hypothetical"
            if taken_for_granted(token) or relation == "npadvmod":
                return None
            if head.lower_ in words("attribution", "forecast_words"):
                return "forecast"
            if (possible := _called_possible(head)) is not None:
                return possible
            if relation == "nsubjpass" and _is_awaited(head):
                return "hypothetical" if unreal_here(head) == "hypothetical" else "forecast"
        if relation == "conj":
            token = clauses.coordinated_with(token)
            continue
        above = _unreal_above(token, head, relation)
        if above is not None:
            return "forecast" if above == "hypothetical" and _was_forecast(head) else above
        token = head


def _is_set_to(trigger: Token) -> bool:
    """Tell what says of itself that it is to come (*are set to escalate*, *is expected to march*)."""
    coming = any(child.dep_ == "xcomp" and _is_infinitive(child) for child in trigger.children)
    return coming and trigger.lower_ in words("attribution", "forecast_words")


def _is_infinitive(token: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)


def _is_general(clause: Token) -> bool:
    """Tell whether a clause in the present speaks of whoever does it (*officers who desert*), not of now."""
    present = clause.tag_ in ("VBP", "VBZ")
    return present and not any(child.dep_ in ("aux", "auxpass", "neg") for child in clause.children)


def _is_supposed_with(token: Token) -> bool:
    """Tell a clause that shares the future of the one above (*will fall once it deserts*, *would act to stop it*)."""
    infinitive = _is_infinitive(token)
    present = token.tag_ in _PRESENT or any(child.tag_ in ("VBZ", "VBP") for child in token.children)
    marks = {child.lower_ for child in token.children if child.dep_ in ("mark", "advmod")}
    if token.left_edge.i > token.sent.start:
        # The parser may hang *once* on the clause above.
        marks.add(token.left_edge.nbor(-1).lower_)
    return infinitive or (present and bool(marks & words("attribution", "time_words")))


def _is_awaited(verb: Token) -> bool:
    """Tell whether what is said of a subject is that it is awaited (*further desertions must be anticipated*)."""
    base = verb.lemma_.lower()
    if base in ("expect", "fear") and any(child.dep_ == "xcomp" for child in verb.children):
        return False
    return base in words("attribution", "forecast_verbs") or base in words("attribution", "fearing_verbs")


def _called_possible(verb: Token) -> str | None:
    """Read *a coup is likely*, *a mutiny seems impossible*."""
    said = {child.lower_ for child in verb.children if child.dep_ in ("acomp", "oprd", "advmod")}
    if said & words("attribution", "imminent_words"):
        return "forecast"
    return "hypothetical" if said & words("attribution", "possible_words") else None


def unreal_here(token: Token) -> str | None:
    """Read a clause's own words alone: *may*, *will*, *would*, *if*, *perhaps*; None where it asserts."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    auxiliaries = {
        "would" if child.tag_ == "MD" and child.lower_ in ("'d", "’d") else child.lower_
        for child in token.children
        if child.dep_ in ("aux", "auxpass")
    }
    marks = {child.lower_ for child in token.children if child.dep_ in ("mark", "advmod", "aux")}
    if auxiliaries & _MAY_MODALS or "whether" in marks:
        return "speculation"
    if auxiliaries & _FUTURE_MODALS:
        return "hypothetical" if is_conditional(token) else "forecast"
    if auxiliaries & _UNREAL_MODALS and not _could_be_seen(token, auxiliaries):
        return "hypothetical"
    if is_conditional(token) or _follows_from_if(token):
        return "hypothetical"
    if any(child.lower_ in words("attribution", "speculation_words") for child in token.children):
        return "speculation"
    if _defines(token) or _in_that_case(token):
        return "hypothetical"
    return "forecast" if _is_to_come(token) else None


def _is_to_come(token: Token) -> bool:
    """Tell what somebody *is to* do, or *was to have* done; *was to die* is told of what came, *is to blame* of now."""
    if token.lemma_.lower() != "be":
        return False
    for clause in token.children:
        if clause.dep_ == "xcomp" and clause.i > token.i and _is_infinitive(clause):
            helping = {child.lower_ for child in clause.children if child.dep_ in ("aux", "auxpass")}
            if token.tag_ in _PRESENT:
                return clause.lemma_.lower() != "blame"
            return "have" in helping
    return False


def _in_that_case(token: Token) -> bool:
    return any(
        noun.lower_ in ("case", "scenario", "event")
        and any(child.lower_ in ("that", "this") for child in noun.children)
        for noun in clauses.after_prepositions(token, ("in", "under"))
    )


def _could_be_seen(token: Token, auxiliaries: set[str]) -> bool:
    """Tell whether *could* only says that it was possible to see or to confirm it."""
    base = token.lemma_.lower()
    if "could" not in auxiliaries:
        return False
    seen = base in words("attribution", "perceiving_verbs") and clauses.is_passive(token)
    return seen or base in words("attribution", "admit_verbs")


def _follows_from_if(token: Token) -> bool:
    """Tell whether a clause in the present says what follows from a condition (*if it splits, the king falls*)."""
    if token.tag_ not in ("VBZ", "VBP", "VB"):
        return False
    return any(
        child.dep_ == "advcl" and is_conditional(child) and not _concedes(child) for child in token.children
    )


def _concedes(clause: Token) -> bool:
    return any(child.lower_ == "even" for child in clause.children)


def _was_forecast(token: Token) -> bool:
    """Tell whether *would* is the future of a forecast or of what was said (*we predicted that they would*)."""
    coming = words("attribution", "forecast_verbs") | words("attribution", "fearing_verbs")
    for head, relation in clauses.governors(token):
        if relation not in ("ccomp", "xcomp", "conj", "pcomp", "prep", "attr"):
            return False
        if head.lemma_.lower() in coming:
            return not any(child.dep_ == "advcl" and is_conditional(child) for child in token.children)
        if relation == "ccomp" and _said_it_would(token, head):
            return True
    return False


def _said_it_would(token: Token, telling: Token) -> bool:
    """Tell whether *would* is the future of what somebody said (*she told them that he would come*).

    Under *if* it is one only of who warns, threatens or promises.
    """
    auxiliaries = {child.lower_ for child in token.children if child.dep_ == "aux"}
    if "have" in auxiliaries or "would" not in auxiliaries or telling.tag_ not in ("VBD", "VBN"):
        return False
    edge = token.doc[max(token.left_edge.i - 1, 0) : token.right_edge.i + 2]
    if any(word.is_quote for word in edge):
        return False
    base = telling.lemma_.lower()
    bound = base == "warn" or base in words("attribution", "intending_verbs")
    if any(child.dep_ == "advcl" and is_conditional(child) for child in token.children):
        return bound
    return bound or base in words("attribution", "report_verbs")


def _unreal_above(token: Token, head: Token, relation: str) -> str | None:
    """Read the governor: *expected to*, *set to*, *threatened to*, *fears of*."""
    if relation == "attr":
        subject = next((child for child in head.children if child.dep_ == "nsubj"), None)
        supposed = words("attribution", "hazard_nouns") | words("attribution", "intending_nouns")
        return "hypothetical" if subject is not None and subject.lemma_.lower() in supposed else None
    if relation not in ("xcomp", "acl", "ccomp", "advcl", "dobj", "pobj", "pcomp", "prep"):
        return None
    infinitive = _is_infinitive(token)
    found = _announced_above(token, head, relation) or _intended_above(token, head, relation, infinitive)
    if found is not None:
        return found
    base = head.lemma_.lower()
    if relation in ("xcomp", "ccomp") and _is_wanted(token, head, infinitive):
        return "hypothetical"
    if base in words("attribution", "imagining_verbs") and head.pos_ == "VERB":
        if relation == "dobj" or (relation in ("xcomp", "prep") and not infinitive):
            return "forecast" if base in words("attribution", "fearing_verbs") else "hypothetical"
        if relation in ("ccomp", "acl") and base in words("attribution", "fearing_verbs"):
            return "speculation"
    asked = relation in ("ccomp", "xcomp") and base in words("attribution", "asking_verbs")
    if (asked and is_conditional(token)) or base in words("attribution", "speculation_words"):
        return "speculation"
    hazard = head.pos_ == "NOUN" and base in words("attribution", "hazard_nouns")
    named = relation == "acl" or (relation == "prep" and token.lower_ in ("of", "for"))
    return "hypothetical" if hazard and named else None


def _announced_above(token: Token, head: Token, relation: str) -> str | None:
    """Read what is expected or near: *expected to*, *likely to*, *on the verge of*, *warned of*, *is to*."""
    base, lower = head.lemma_.lower(), head.lower_
    if base in words("attribution", "forecast_verbs") and relation in ("ccomp", "xcomp", "dobj"):
        return "forecast"
    if relation == "xcomp" and lower in words("attribution", "forecast_words"):
        return "forecast"
    if relation in ("xcomp", "pcomp", "prep", "acl") and lower in words("attribution", "near_words"):
        return "forecast"
    if base == "warn" and relation == "prep" and token.lower_ in ("of", "about", "against"):
        return "forecast"
    is_to = relation == "xcomp" and base == "be" and any(child.lower_ == "to" for child in token.children)
    return "forecast" if is_to else None


def _intended_above(token: Token, head: Token, relation: str, infinitive: bool) -> str | None:
    """Read what somebody means to do, or what he asks of others: *plan to*, *the threat to*, *urged them to*."""
    base = head.lemma_.lower()
    intending = words("attribution", "intending_verbs")
    planned = relation in ("dobj", "prep") and base in ("plan", "prepare") and head.pos_ == "VERB"
    if planned or (base in intending and relation == "xcomp"):
        return "forecast"
    if head.pos_ == "NOUN" and base in words("attribution", "intending_nouns"):
        return "forecast" if relation == "prep" or (relation == "acl" and infinitive) else None
    if relation == "prep" and token.lower_ == "to" and base in words("attribution", "irrealis_verbs"):
        return "forecast" if base in intending else "hypothetical"
    return None


def is_passed_on_as_question(trigger: Token) -> bool:
    """Tell whether a question only asks whether what it passes on is true (*The general was dismissed??*)."""
    first = next((word for word in trigger.sent if not word.is_punct and not word.is_space), trigger)
    subject = clauses.passive_subject_of(trigger) or clauses.subject_of(trigger)
    if not _is_asked(trigger) or subject is None or first.tag_ in ("WP", "WRB", "WDT", "MD"):
        return False
    helping = [child.i for child in trigger.children if child.dep_ in ("aux", "auxpass")]
    return unreal_here(trigger) is None and subject.i < min([trigger.i, *helping])


def _is_wanted(token: Token, head: Token, infinitive: bool) -> bool:
    """Tell whether a clause is what somebody wants, orders or demands (*demanded that the army arrest them*)."""
    base = head.lemma_.lower()
    if infinitive:
        return base in words("attribution", "irrealis_verbs")
    if token.dep_ != "ccomp":
        return False
    assumed = (
        head.tag_ == "VB" and not _is_infinitive(head) and base in words("attribution", "assuming_verbs")
    )
    bare = token.tag_ in ("VB", "VBP") or any(
        child.dep_ == "auxpass" and child.lower_ == "be" for child in token.children
    )
    if any(child.dep_ == "aux" for child in token.children) or not bare:
        return assumed
    suggested = base in ("suggest", "insist") and token.tag_ != "VBP"
    return assumed or suggested or base in words("attribution", "demanding_verbs")


def _is_asked(token: Token) -> bool:
    """Tell whether a word stands in a question that the text itself asks (*Will the guard turn?*)."""
    sentence = token.sent
    marks = [word.i for word in sentence if word.text == "?"]
    if not marks or marks[-1] < token.i:
        return False
    return not any(word.is_quote for word in token.doc[token.i : marks[-1]])


def _defines(token: Token) -> bool:
    """Tell whether a relative clause says what a word means (*a split, in which officers break away*)."""
    if token.dep_ != "relcl" or token.tag_ not in ("VBP", "VBZ"):
        return False
    return any(
        child.dep_ == "prep" and any(item.dep_ == "pobj" and item.tag_ == "WDT" for item in child.children)
        for child in token.children
    )
