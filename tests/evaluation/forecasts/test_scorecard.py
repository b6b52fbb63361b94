"""The scorecard: what ships is whole, reads back, and is what the code gives today."""

import json
from pathlib import Path

import pytest

from garrison import evaluate
from garrison.errors import ParameterError, TableError
from garrison.evaluation.forecasts.contestants import contest_of
from garrison.evaluation.forecasts.questions import questions
from garrison.evaluation.forecasts.tasks import tasks
from garrison.evaluation.forecasts.verify import verify
from garrison.forecasting.history.library import find_tables
from garrison.forecasting.history.sources import sources
from garrison.forecasting.scorecard import read_scorecard, shipped_scorecard
from garrison.forecasting.scorecard_tables import plain_tables, scorecard_page

HISTORY = Path(__file__).parents[4] / "shared" / "data" / "history"


def test_everything_that_is_asked_is_on_the_shipped_scorecard() -> None:
    card = shipped_scorecard()
    asked = {(one.asked.question, one.asked.label_set, one.asked.horizon_days) for one in card.scores}
    assert asked == {(task.question, task.label_set, task.horizon_days) for task in tasks()}
    assert card.n_draws == 1000
    for question in questions().values():
        mine = [one for one in card.scores if one.asked.question == question.name]
        assert {one.forecaster for one in mine} == set(question.contest().contestants)
    assert {name: sources()[name].version for name in card.tables} == dict(card.tables)


def test_every_interval_holds_its_estimate_and_every_bar_is_judged() -> None:
    card = shipped_scorecard()
    for one in card.scores:
        for figure in (one.score.brier_skill, one.score.log_skill, one.score.roc_auc):
            assert figure.low <= figure.value <= figure.high
        assert 0 < one.score.rate < 1
        assert one.score.brier <= 1
    assert len(card.bars) == 10
    for bar in card.bars:
        assert bar.above == (bar.ours.value > bar.bar)
        assert bar.clearly == (bar.ours.low > bar.bar)


def test_it_reads_back_and_other_files_are_refused(tmp_path: Path) -> None:
    card = shipped_scorecard()
    path = card.save(tmp_path / "scorecard.json")
    assert read_scorecard(path) == card
    assert len(card.save(tmp_path / "scorecard.csv").read_text().splitlines()) == len(card.scores) + 1
    content = json.loads(path.read_text())
    for name, broken in {
        "older": {**content, "schema": 0},
        "cut": {key: value for key, value in content.items() if key != "bars"},
        "list": [],
    }.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(broken))
        with pytest.raises(TableError, match=f"{name}.json"):
            read_scorecard(tmp_path / f"{name}.json")
    with pytest.raises(TableError, match="is no scorecard"):
        read_scorecard(tmp_path / "none.json")


def test_its_tables_name_every_question() -> None:
    card = shipped_scorecard()
    shell, page = plain_tables(card), scorecard_page(card)
    for question in {one.asked.question for one in card.scores}:
        assert question in shell
        assert question in page


def test_questions_of_nobody_are_refused() -> None:
    with pytest.raises(ParameterError, match="the questions are"):
        tasks(["weather"])
    with pytest.raises(ParameterError, match="name their folder"):
        evaluate("forecast", only=["first defection"])
    with pytest.raises(ParameterError, match="does not belong"):
        evaluate("forecast", gold="folder")
    with pytest.raises(ParameterError, match="nobody forecasts"):
        contest_of("country-day")


@pytest.mark.slow
def test_the_shipped_figures_are_what_the_code_gives() -> None:
    """The short version of `make verify-history`: two of its questions, with few draws; estimates agree to 1e-6."""
    if not HISTORY.exists():
        pytest.skip(f"{HISTORY} is not here: the published tables are not shipped")
    card = shipped_scorecard()
    found = verify(
        find_tables(HISTORY), only=["first defection", "T2, states in crisis"], n_draws=20, workers=1
    )
    shipped = {(one.asked, one.forecaster): one.score for one in card.scores}
    assert len(found.scores) == 20
    for one in found.scores:
        before = shipped[one.asked, one.forecaster]
        assert one.score.n_rows == before.n_rows
        assert one.score.log_skill.value == pytest.approx(before.log_skill.value, abs=1e-6)
        assert one.score.roc_auc.value == pytest.approx(before.roc_auc.value, abs=1e-6)
