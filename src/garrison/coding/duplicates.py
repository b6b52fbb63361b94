"""The same assertion told again in one document is linked to its first telling, never counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from garrison.coding.first_tellings import FirstTellings, stems
from garrison.coding.tables import limits, table
from garrison.records import Claim, Quantity

UNDATED = "no date named"
_TOLD_BEFORE = "as told before: "
_TOLLS = ("FATALITIES_CUMULATIVE",)
_UNCOUNTED = ("forecast", "hypothetical", "speculation", "historical_background", "reader_comment")
_APART = (*_UNCOUNTED, "background_state", "assessment", "expert_opinion")
_SPOKEN_FOR = ("GOV", "FOR", "IGO", "OPP", "LEG")


def link_duplicates(claims: Sequence[Claim]) -> list[Claim]:
    """Link each claim that repeats another of the same document to the first one in the body.

    Parameters
    ----------
    claims
        Claims of one document in the order of its text.

    Returns
    -------
    list of Claim
        The same claims; a repetition carries the id of the first telling in `duplicate_of`.
    """
    first_tellings: dict[str, list[Claim]] = {}
    by_kind: dict[tuple[str | bool | None, ...], FirstTellings] = {}
    linked: dict[str, str] = {}
    dated: dict[str, Claim] = {}
    for claim in claims:
        if claim.certainty == "headline_assertion":
            continue
        tolerance = limits()["stock_tolerance"] if claim.type in _TOLLS else None
        told_before = by_kind.setdefault(_kind(claim), FirstTellings(tolerance))
        again = next((earlier for earlier in told_before.near(claim) if repeats(claim, earlier)), None)
        if again is not None:
            linked[claim.id] = again.id
        else:
            told_before.add(claim)
            first_tellings.setdefault(claim.type, []).append(claim)
    for claim in claims:
        if claim.certainty == "headline_assertion":
            told = _told_by_headline(claim, first_tellings)
            if told is not None:
                linked[claim.id] = told.id
                dated[claim.id] = told
    return [_linked(claim, linked.get(claim.id), dated.get(claim.id)) for claim in claims]


def _kind(claim: Claim) -> tuple[str | bool | None, ...]:
    """Give what every claim has in common with one that it repeats."""
    apart = claim.certainty if claim.certainty in _APART else None
    agent = () if claim.type in _TOLLS else (claim.actor_sector, claim.actor_country)
    return (claim.type, claim.negated, claim.country, apart, *agent)


def _told_by_headline(title: Claim, first_tellings: dict[str, list[Claim]]) -> Claim | None:
    """Find what a headline repeats: a telling of its own type, else one of a kindred type (*defect*, *seek asylum*)."""
    for kind in (title.type, *table("attribution")["kindred_types"].get(title.type, ())):
        tellings = [other for other in first_tellings.get(kind, ()) if _headline_of(title, other)]
        told = min(tellings, key=lambda other: other.country != title.country, default=None)
        if told is not None:
            return told
    return None


def _linked(claim: Claim, first: str | None, told: Claim | None) -> Claim:
    """Link a claim; a headline is about the country of what it repeats, and takes its date where it has none."""
    if told is not None:
        claim = replace(claim, country=told.country)
    if told is not None and (claim.date_basis or "").startswith(UNDATED):
        basis = f"as told in the body: {(told.date_basis or '').removeprefix(_TOLD_BEFORE)}"
        claim = replace(claim, date_start=told.date_start, date_end=told.date_end, date_basis=basis)
    return replace(claim, duplicate_of=first) if first is not None else claim


def date_retellings(claims: Sequence[Claim]) -> list[Claim]:
    """Give an undated claim the date of the one that it takes up again (*the women's march ... the women sang*).

    Parameters
    ----------
    claims
        Claims of one document in the order of its text, with the basis of each date.

    Returns
    -------
    list of Claim
        An undated claim of the same type and agent as a dated one shortly before takes over its date.
    """
    found: list[Claim] = []
    for claim in claims:
        if (
            claim.date_basis is not None
            and claim.date_basis.startswith(UNDATED)
            and claim.actor_sector is not None
        ):
            told = next(
                (other for other in reversed(found[-limits()["retelling"] :]) if _takes_up(claim, other)),
                None,
            )
            if told is not None:
                claim = replace(
                    claim,
                    date_start=told.date_start,
                    date_end=told.date_end,
                    date_basis=f"{_TOLD_BEFORE}{(told.date_basis or '').removeprefix(_TOLD_BEFORE)}",
                )
        found.append(claim)
    return found


def _takes_up(claim: Claim, earlier: Claim) -> bool:
    if earlier.date_basis is None or earlier.date_basis.startswith(UNDATED):
        return False
    if claim.certainty != earlier.certainty and {claim.certainty, earlier.certainty} & set(_APART):
        return False
    same = claim.type == earlier.type and claim.country == earlier.country
    return same and _same_agent(claim, earlier)


def repeats(claim: Claim, earlier: Claim) -> bool:
    """Tell whether two claims of one document assert the same: type, agent, day, place and number agree."""
    if claim.type != earlier.type or claim.negated != earlier.negated or claim.country != earlier.country:
        return False
    if claim.plover_mode != earlier.plover_mode and None not in (claim.plover_mode, earlier.plover_mode):
        return False
    if (claim.certainty in _APART or earlier.certainty in _APART) and claim.certainty != earlier.certainty:
        return False
    if claim.type in _TOLLS:
        return _same_numbers(claim.numbers, earlier.numbers, limits()["stock_tolerance"])
    if not _same_agent(claim, earlier):
        return False
    if claim.actor_rank != earlier.actor_rank and None not in (claim.actor_rank, earlier.actor_rank):
        return False
    if claim.target_sector != earlier.target_sector and None not in (
        claim.target_sector,
        earlier.target_sector,
    ):
        return False
    if claim.adm1 != earlier.adm1 and None not in (claim.adm1, earlier.adm1):
        return False
    same_numbers = _same_numbers(claim.numbers, earlier.numbers, 0)
    counted = bool(claim.numbers) and bool(earlier.numbers)
    return _same_days(claim, earlier) and same_numbers and (counted or _share_words(claim, earlier))


def _share_words(claim: Claim, earlier: Claim) -> bool:
    """Tell whether two clauses have a word in common by its beginning (*deserted*, *the desertions*).

    Two that have none and name no number tell of two things (*a statue was pulled down*, *shops were looted*).
    """
    first, second = stems(claim.quote), stems(earlier.quote)
    return not first or not second or bool(first & second)


def _same_agent(claim: Claim, earlier: Claim) -> bool:
    """Tell whether two claims have the same agent: sector and country, and the same name where a person speaks."""
    if (claim.actor_sector, claim.actor_country) != (earlier.actor_sector, earlier.actor_country):
        return False
    if claim.actor_sector in _SPOKEN_FOR and claim.actor_text and earlier.actor_text:
        return claim.actor_text.split()[-1].lower() == earlier.actor_text.split()[-1].lower()
    return True


def _headline_of(title: Claim, body: Claim) -> bool:
    if title.negated != body.negated or body.certainty in _UNCOUNTED:
        return False
    return title.actor_sector == body.actor_sector or None in (title.actor_sector, body.actor_sector)


def _same_days(first: Claim, second: Claim) -> bool:
    if (
        first.date_start is None
        or second.date_start is None
        or first.date_end is None
        or second.date_end is None
    ):
        return True
    lengths = [
        (one.date_end - one.date_start).days for one in (first, second) if one.date_end and one.date_start
    ]
    if max(lengths) > limits()["episode"] >= min(lengths):
        return False
    if min(lengths) > limits()["episode"]:
        shared = (min(first.date_end, second.date_end) - max(first.date_start, second.date_start)).days
        if 100 * shared < limits()["same_course"] * max(lengths):
            return False
    near = limits()["same_day"]
    apart = max((first.date_start - second.date_end).days, (second.date_start - first.date_end).days)
    return apart <= near


def _same_numbers(first: tuple[Quantity, ...], second: tuple[Quantity, ...], tolerance: int) -> bool:
    if not first or not second:
        return True
    return any(
        one.low - tolerance <= other.high and other.low - tolerance <= one.high
        for one in first
        for other in second
    )
