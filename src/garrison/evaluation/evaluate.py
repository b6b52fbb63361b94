"""The door of this room: how good the coder is on gold, and the forecasts on history."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garrison.errors import ParameterError, nearest
from garrison.evaluation.agreement import Agreement, agreement_of
from garrison.evaluation.own_gold import GoldScore, score_gold
from garrison.records import write_aside
from garrison.scoring import ClassScore

if TYPE_CHECKING:
    import pandas as pd

    from garrison.evaluation.plover_gold import PloverScore
    from garrison.evaluation.police_gold import PoliceScores
    from garrison.forecasting.scorecard import Scorecard

STAGES = ("coding", "forecast")
OWN_GOLD = Path(__file__).parent / "gold"
PARTS = ("development", "scorecard")


@dataclass(frozen=True)
class CodingEvaluation:
    """How good the coder is: on police deeds, on PLOVER roots, on documents with gold claims.

    What was not asked for is None or empty. `gold` holds one score a folder; `agreement` says how far the two
    independent readings of the project's own gold agreed.
    """

    police: PoliceScores | None = None
    plover: PloverScore | None = None
    gold: dict[str, GoldScore] = field(default_factory=dict)
    agreement: Agreement | None = None

    def figures(self) -> dict[str, Any]:
        """Give every figure by name; the gold of a folder that was named stands by itself, one's own by part."""
        found: dict[str, Any] = {}
        if self.police is not None:
            found["police"] = dict(self.police.f1)
        if self.plover is not None:
            found["plv"] = {
                "root_macro_f1": self.plover.rules.root_macro_f1,
                "quad_macro_f1": self.plover.rules.quad_macro_f1,
            }
            if self.plover.peer is not None:
                found["plv"]["peer_root_macro_f1"] = self.plover.peer.root_macro_f1
                found["plv"]["peer_quad_macro_f1"] = self.plover.peer.quad_macro_f1
        if set(self.gold) - set(PARTS):
            found["gold"] = next(iter(self.gold.values())).figures()
        elif self.gold:
            found["gold"] = {name: score.figures() for name, score in self.gold.items()}
        if self.agreement is not None:
            found["agreement"] = self.agreement.figures()
        return found

    def to_frame(self) -> pd.DataFrame:
        """Give the figures as a table with the columns gold, figure and value."""
        import pandas as pd

        rows = [(".".join(path[:-1]), path[-1], value) for path, value in _leaves(self.figures())]
        return pd.DataFrame(rows, columns=["gold", "figure", "value"])

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the figures; .json keeps their nesting, .csv is a table.

        Raises
        ------
        ParameterError
            If the suffix is another.
        """
        suffix = Path(path).suffix.lower()
        if suffix == ".json":
            return write_aside(path, (json.dumps(self.figures(), indent=1) + "\n").encode())
        if suffix == ".csv":
            return write_aside(path, self.to_frame().to_csv(index=False).encode())
        raise ParameterError(f"{path}: cannot save figures as '{suffix}'; use .json or .csv")

    def __repr__(self) -> str:
        """Say the main figures in a few lines."""
        lines = []
        if self.police is not None:
            said = ", ".join(f"{score.label} {score.f1:.3f}" for score in self.police.scores)
            lines.append(f"police deeds, F1: {said}")
        if self.plover is not None:
            rules = self.plover.rules
            lines.append(
                f"PLOVER, macro-F1: roots {rules.root_macro_f1:.3f}, quads {rules.quad_macro_f1:.3f}"
            )
        for name, score in self.gold.items():
            lines.append(
                f"gold {name}: claim F1 {score.found.f1:.3f}, certainty {score.certainty_macro_f1:.3f}, "
                f"boundary {score.boundary:.3f}"
            )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html(index=False, border=0))


def _leaves(tree: dict[str, Any], above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    found: list[tuple[tuple[str, ...], Any]] = []
    for name, value in tree.items():
        if isinstance(value, dict):
            found += _leaves(value, (*above, name))
        else:
            found.append(((*above, name), value))
    return found


def evaluate(
    what: str = "coding",
    *,
    police: str | os.PathLike[str] | None = None,
    plv: str | os.PathLike[str] | None = None,
    gold: str | os.PathLike[str] | None = None,
    data: str | os.PathLike[str] | None = None,
    only: Sequence[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> CodingEvaluation | Scorecard:
    """Measure how good a stage is: the coder on gold, forecasts on history.

    Parameters
    ----------
    what
        The stage: ``"coding"`` or ``"forecast"``.
    police
        Coding: a file of sentences with the columns of IndiaPoliceEvents (Halterman et al. 2021).
    plv
        Coding: a file of sentences with the columns of the Zero-Shot PLOVER gold (Hu et al. 2024), source and target
        given.
    gold
        Coding: a folder of documents with gold claims (see `read_gold`). With no file named, the project's own gold is
        coded.
    data
        Forecast: a folder of the published tables of history, with which everything is asked anew; the scorecard that
        Garrison carries if not given.
    only
        Forecast: names of questions that are asked anew.
    progress
        Forecast: told what has been answered.

    Returns
    -------
    CodingEvaluation or Scorecard

    Raises
    ------
    ParameterError
        If the stage or a question is unknown, or something is given that belongs to the other stage.
    TableError
        If a file of gold or a table cannot be used.

    Examples
    --------
    >>> evaluate("forecast")
    Scorecard: 171 scores on 28 questions, 7 of 10 bars passed
    """
    if what not in STAGES:
        raise ParameterError(f"cannot evaluate '{what}'. {nearest(what, STAGES)}")
    of_coding = {"police": police, "plv": plv, "gold": gold}
    of_forecast = {"data": data, "only": only}
    for name, value in (of_forecast if what == "coding" else of_coding).items():
        if value:
            raise ParameterError(f"'{name}' does not belong to '{what}'; leave it out")
    if what == "coding":
        return _evaluate_coding(police, plv, gold)
    return _evaluate_forecasts(data, only, progress or (lambda words: None))


def _evaluate_coding(
    police: str | os.PathLike[str] | None,
    plv: str | os.PathLike[str] | None,
    gold: str | os.PathLike[str] | None,
) -> CodingEvaluation:
    asked = any(path is not None for path in (police, plv, gold))
    police_score = plover_score = None
    if police is not None:
        from garrison.evaluation.police_gold import score_police

        police_score = score_police(Path(police))
    if plv is not None:
        from garrison.evaluation.plover_gold import score_plover

        plover_score = score_plover(Path(plv))
    folders = {Path(gold).name or str(gold): Path(gold)} if gold is not None else {}
    if not asked:
        folders = {part: OWN_GOLD / part for part in PARTS}
    return CodingEvaluation(
        police=police_score,
        plover=plover_score,
        gold={name: score_gold(folder) for name, folder in folders.items()},
        agreement=None if asked else agreement_of(OWN_GOLD),
    )


def _evaluate_forecasts(
    data: str | os.PathLike[str] | None, only: Sequence[str] | None, progress: Callable[[str], None]
) -> Scorecard:
    from garrison.forecasting.scorecard import shipped_scorecard

    if data is None:
        if only:
            raise ParameterError("questions are asked anew only of tables: name their folder with `data`")
        return shipped_scorecard()
    from garrison.evaluation.forecasts.verify import verify
    from garrison.forecasting.history.library import find_tables

    return verify(find_tables(data), only=only, progress=progress)


def tables(evaluation: CodingEvaluation) -> str:
    """Write every figure with its per-class tables, as `garrison evaluate coding` prints them.

    Returns
    -------
    str
        Plain text.
    """
    parts: list[str] = []
    if evaluation.police is not None:
        parts.append("police deeds\n" + class_table(evaluation.police.scores))
    if evaluation.plover is not None:
        parts.append("PLOVER roots, source and target given\n" + class_table(evaluation.plover.rules.roots))
        parts.append("PLOVER quads\n" + class_table(evaluation.plover.rules.quads))
    for name, score in evaluation.gold.items():
        parts.append(f"gold {name}: types\n" + class_table(score.types))
        parts.append(f"gold {name}: certainty of the matched claims\n" + class_table(score.certainty))
    parts += [_figure_lines(evaluation)]
    return "\n\n".join(parts)


def class_table(scores: Sequence[ClassScore]) -> str:
    """Write classes as lines: how many, how many said, how many right, precision, recall, F1.

    Examples
    --------
    >>> print(class_table([ClassScore("ARREST", 4, 2, 2)]))
    class                        gold   said  right  precision  recall     F1
    ARREST                          4      2      2      1.000   0.500  0.667
    """
    lines = [f"{'class':<26}{'gold':>7}{'said':>7}{'right':>7}{'precision':>11}{'recall':>8}{'F1':>7}"]
    for score in scores:
        lines.append(
            f"{score.label:<26}{score.n_gold:>7}{score.n_predicted:>7}{score.n_right:>7}"
            f"{score.precision:>11.3f}{score.recall:>8.3f}{score.f1:>7.3f}"
        )
    return "\n".join(lines)


def _figure_lines(evaluation: CodingEvaluation) -> str:
    lines = []
    for path, value in _leaves(evaluation.figures()):
        shown = f"{value:.3f}" if isinstance(value, float) else str(value)
        lines.append(f"{' '.join(path).replace('_', ' '):<44} {shown}")
    return "\n".join(lines)
