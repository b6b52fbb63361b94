"""How far two readers of the same crises agree, rung by rung, and where they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from garrison.errors import ParameterError
from garrison.forecasting.defection_sheets.ladder import words_of
from garrison.forecasting.defection_sheets.read_sheet import UNDECIDED, CodedCrisis, ReadSheet, Span
from garrison.forecasting.history.rule import constant
from garrison.scoring import cohen_kappa, krippendorff_alpha, set_distance

if TYPE_CHECKING:
    import pandas as pd

Pair = tuple[CodedCrisis, CodedCrisis]


@dataclass(frozen=True)
class RungAgreement:
    """Whether two readers agree that a crisis reached a rung or a higher one.

    Parameters
    ----------
    rung
        D1 to D4.
    both, only_first, only_second, neither
        Crises that both, one, or none of them put there.
    agreed
        Share of crises on which they agree; None without any.
    yes_agreed
        Of those that either puts there, how surely the other does: 2 both / (2 both + only_first + only_second); with a
        rare rung this tells more than `agreed`. None where nobody puts any there.
    kappa, alpha
        Cohen's and Krippendorff's agreement beyond chance; None where all crises are put on one side.
    n_days, n_days_near
        Crises that both give a first day, and those whose days lie within the days by which lists are merged.
    """

    rung: str
    both: int
    only_first: int
    only_second: int
    neither: int
    agreed: float | None
    yes_agreed: float | None
    kappa: float | None
    alpha: float | None
    n_days: int
    n_days_near: int


@dataclass(frozen=True)
class Disagreement:
    """One thing on which two readers differ: the crisis, the column, and what each wrote in which line."""

    crisis: str
    country: str
    column: str
    first: str
    first_line: int
    second: str
    second_line: int


@dataclass(frozen=True)
class SheetComparison:
    """Two readers' sheets, compared.

    Parameters
    ----------
    readers
        Their names.
    n_compared
        Crises on which both decided on a rung; every figure is of these.
    n_undecided
        Crises that both coded, but one could not tell the rung.
    uncoded
        Crises that the first, and that the second reader has not coded yet.
    ladder_alpha
        Krippendorff's alpha of the rungs, steps squared: D1 for D4 weighs nine times D1 for D2. None where no rung
        varies.
    ladder_kappa
        Cohen's kappa of the rungs, any difference the same.
    kinds_alpha, forces_alpha
        Krippendorff's alpha of the sets of words (MASI distance), where both saw D1 or more.
    rungs
        One rung after another.
    disagreements
        By crisis.
    set_aside
        A sentence for every malformed cell, and each crisis that only one sheet has or that they give differently.
    """

    readers: tuple[str, str]
    n_compared: int
    n_undecided: int
    uncoded: tuple[int, int]
    ladder_alpha: float | None
    ladder_kappa: float | None
    kinds_alpha: float | None
    forces_alpha: float | None
    rungs: tuple[RungAgreement, ...]
    disagreements: tuple[Disagreement, ...]
    set_aside: tuple[str, ...]

    def figures(self) -> dict[str, Any]:
        """Give everything as plain values."""
        return asdict(self)

    def to_frame(self) -> pd.DataFrame:
        """Give the agreement on each rung as a pandas frame."""
        import pandas as pd

        return pd.DataFrame([asdict(rung) for rung in self.rungs])

    def __repr__(self) -> str:
        """Say the agreement in nine lines."""
        first, second = self.readers
        near = int(constant("labels", "merge"))
        lines = [
            f"{first} and {second}: {self.n_compared} crises compared, {self.n_undecided} undecided, not coded by "
            f"{first} {self.uncoded[0]}, by {second} {self.uncoded[1]}; {len(self.set_aside)} set aside",
            f"ladder: alpha {_told(self.ladder_alpha)} (steps squared), kappa {_told(self.ladder_kappa)}; "
            f"kinds: alpha {_told(self.kinds_alpha)}; forces: alpha {_told(self.forces_alpha)}",
            f"at least  both  only 1st  only 2nd  neither  agreed  yes agreed  kappa  alpha  within {near} days",
        ]
        for row in self.rungs:
            lines.append(
                f"{row.rung:<8}  {row.both:>4}  {row.only_first:>8}  {row.only_second:>8}  {row.neither:>7}  "
                f"{_told(row.agreed):>6}  {_told(row.yes_agreed):>10}  {_told(row.kappa):>5}  {_told(row.alpha):>5}  "
                f"{row.n_days_near} of {row.n_days}"
            )
        return "\n".join([*lines, f"{len(self.disagreements)} disagreements"])


def compare_sheets(first: ReadSheet, second: ReadSheet) -> SheetComparison:
    """Compare what two readers wrote.

    Parameters
    ----------
    first, second
        As `read_sheet` gives them.

    Returns
    -------
    SheetComparison

    Raises
    ------
    ParameterError
        If both are one reader's.

    Examples
    --------
    >>> from pathlib import Path
    >>> ann, ben = (ReadSheet(Path(f"{name}.csv"), name, {}, {"MLI-2012-03-01": 2}, (), frozenset())
    ...             for name in ("ann", "ben"))
    >>> found = compare_sheets(ann, ben)
    >>> found.n_compared, found.uncoded, found.ladder_alpha
    (0, (1, 1), None)
    """
    if first.reader == second.reader:
        raise ParameterError(
            f"{first.path} and {second.path}: both are of reader '{first.reader[:40]}'; give the sheets of two"
        )
    shared = [
        (one, second.coded[crisis]) for crisis, one in sorted(first.coded.items()) if crisis in second.coded
    ]
    changed = [pair for pair in shared if _given(pair[0]) != _given(pair[1])]
    pairs = [pair for pair in shared if _given(pair[0]) == _given(pair[1])]
    decided = [pair for pair in pairs if pair[0].rung is not None and pair[1].rung is not None]
    rungs = [(one.rung or 0, other.rung or 0) for one, other in decided]
    seen = [pair for pair, (one, other) in zip(decided, rungs, strict=True) if one and other]
    return SheetComparison(
        readers=(first.reader, second.reader),
        n_compared=len(decided),
        n_undecided=len(pairs) - len(decided),
        uncoded=(len(first.uncoded), len(second.uncoded)),
        ladder_alpha=_alpha(rungs, _steps_squared),
        ladder_kappa=_kappa(rungs),
        kinds_alpha=_alpha([(one.kinds, other.kinds) for one, other in seen], set_distance),
        forces_alpha=_alpha([(one.forces, other.forces) for one, other in seen], set_distance),
        rungs=tuple(_rung_agreement(step, decided) for step in range(1, len(words_of("rungs")))),
        disagreements=tuple(each for pair in pairs for each in _disagreements(pair)),
        set_aside=(*first.malformed, *second.malformed, *_not_shared(first, second), *map(_changed, changed)),
    )


def _rung_agreement(step: int, decided: Sequence[Pair]) -> RungAgreement:
    reached = [((one.rung or 0) >= step, (other.rung or 0) >= step) for one, other in decided]
    both, only_first, only_second, neither = (
        reached.count(cell) for cell in ((True, True), (True, False), (False, True), (False, False))
    )
    either = 2 * both + only_first + only_second
    dated = [
        (one.days[step], other.days[step])
        for one, other in decided
        if step in one.days and step in other.days
    ]
    return RungAgreement(
        rung=words_of("rungs")[step],
        both=both,
        only_first=only_first,
        only_second=only_second,
        neither=neither,
        agreed=(both + neither) / len(reached) if reached else None,
        yes_agreed=2 * both / either if either else None,
        kappa=_kappa(reached),
        alpha=_alpha(reached),
        n_days=len(dated),
        n_days_near=sum(_near(*spans) for spans in dated),
    )


def _kappa(pairs: Sequence[tuple[Any, Any]]) -> float | None:
    return cohen_kappa(pairs) if _varies(pairs) else None


def _alpha(
    pairs: Sequence[tuple[Any, Any]], distance: Callable[[Any, Any], float] | None = None
) -> float | None:
    if not _varies(pairs):
        return None
    return krippendorff_alpha(pairs, distance) if distance else krippendorff_alpha(pairs)


def _steps_squared(one: int, other: int) -> float:
    return ((one - other) / (len(words_of("rungs")) - 1)) ** 2


def _varies(pairs: Sequence[tuple[Any, Any]]) -> bool:
    """Where everybody says one thing of everything, agreement beyond chance is not defined."""
    return len({value for pair in pairs for value in pair}) > 1


def _near(one: Span, other: Span) -> bool:
    """Say whether two spans of days may mean one day, give or take what lists are merged by."""
    gap = max((one[0] - other[1]).days, (other[0] - one[1]).days)
    return gap <= int(constant("labels", "merge"))


def _disagreements(pair: Pair) -> Iterator[Disagreement]:
    one, other = pair

    def differ(column: str, first: str, second: str) -> Disagreement:
        return Disagreement(one.crisis, one.country, column, first, one.line, second, other.line)

    if one.rung != other.rung:
        yield differ("rung", _rung_words(one.rung), _rung_words(other.rung))
    for step in sorted(one.days.keys() & other.days.keys()):
        if not _near(one.days[step], other.days[step]):
            yield differ(f"d{step}_day", _span_words(one.days[step]), _span_words(other.days[step]))
    if not _further_near(one, other):
        days = (";".join(map(str, each.further_breaks)) for each in pair)
        yield differ("further_break_days", *days)
    if one.rung and other.rung:
        for column in ("kinds", "forces"):
            sets = [";".join(sorted(getattr(each, column))) for each in pair]
            if sets[0] != sets[1]:
                yield differ(column, *sets)


def _further_near(one: CodedCrisis, other: CodedCrisis) -> bool:
    if len(one.further_breaks) != len(other.further_breaks):
        return False
    days = zip(one.further_breaks, other.further_breaks, strict=True)
    return all(_near((first, first), (second, second)) for first, second in days)


def _not_shared(first: ReadSheet, second: ReadSheet) -> Iterator[str]:
    """Name crises that one sheet has and the other has not, whatever became of their rows."""
    for one, other in ((first, second), (second, first)):
        missing = sorted(one.crises - other.crises)
        for crisis in missing:
            yield f"{other.path}: crisis {crisis[:40]} is not in it, but in {one.path}"


def _given(coded: CodedCrisis) -> tuple[object, ...]:
    return coded.onset, coded.last_day


def _changed(pair: Pair) -> str:
    one, other = pair
    return (
        f"crisis {one.crisis[:40]}: lasts to {one.last_day} in line {one.line} of the one sheet, to {other.last_day} "
        f"in line {other.line} of the other; put back what the sheets gave"
    )


def _rung_words(rung: int | None) -> str:
    return UNDECIDED if rung is None else words_of("rungs")[rung]


def _span_words(span: Span) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]} to {span[1]}"


def _told(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
