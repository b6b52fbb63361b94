"""`garrison evaluate coding`: any file of the layout of the gold, figures as JSON and as tables; wrong files named."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from garrison.evaluation.evaluate import OWN_GOLD

POLICE = """doc_id,sent_id,sent_text,KILL,ARREST,ANY_ACTION,FAIL,FORCE
7,0,Police arrested 40 rioters in the old town on Monday.,0,1,1,0,0
7,1,Two people were killed when police opened fire on the mob.,1,0,1,0,1
7,2,The shops stayed closed.,0,0,0,0,0
"""
PLV = (
    "marked_sentence\tgold_root\tgold_penta\n"
    "<s>Kenya</s> accused <t>Uganda</t> of cheating.\tACCUSE\t3\n"
    "<s>Kenya</s> sent food to <t>Uganda</t>.\tAID\t2\n"
)


def evaluate(*words: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "garrison.cli", "evaluate", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_figures_of_every_gold_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "police.csv").write_text(POLICE, encoding="utf8")
    (tmp_path / "plv.tsv").write_text(PLV, encoding="utf8")
    gold = tmp_path / "gold"
    gold.mkdir()
    for path in (OWN_GOLD / "development").glob("bfa-2014*"):
        shutil.copy(path, gold)
    shutil.copy(OWN_GOLD / "development" / "documents.toml", gold)
    rows = (OWN_GOLD / "development" / "gold.jsonl").read_text(encoding="utf8").splitlines()
    kept = [row for row in rows if json.loads(row)["doc"].startswith("bfa-2014")]
    (gold / "gold.jsonl").write_text("\n".join(kept), encoding="utf8")
    options = [
        "--police",
        str(tmp_path / "police.csv"),
        "--plv",
        str(tmp_path / "plv.tsv"),
        "--gold",
        str(gold),
    ]
    done = evaluate("coding", *options, "--format", "json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert set(figures["police"]) == {"KILL", "ARREST", "FORCE", "FAIL"}
    assert figures["police"]["ARREST"] == 1.0
    assert figures["plv"] == {"root_macro_f1": 1.0, "quad_macro_f1": 1.0}
    assert figures["gold"]["documents"] == 1
    assert 0 < figures["gold"]["claim_f1"] <= 1
    assert figures["gold"]["boundary_iou"] > 0.9


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["coding", "--gold", "nowhere"], "nowhere: no such folder of gold"),
        (["coding", "--plv", "nowhere.tsv"], "nowhere.tsv"),
        (["coding", "--police", "nowhere.csv"], "nowhere.csv"),
    ],
)
@pytest.mark.slow
def test_what_cannot_be_used_is_named(words: list[str], said: str) -> None:
    done = evaluate(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not done.stdout


def test_the_scorecard_of_forecasts_is_printed_and_written(tmp_path: Path) -> None:
    shown = evaluate("forecast").stdout
    assert "T2, all states; powell_thyne; 90 days" in shown
    assert "beside Beger and Ward 2011-19: ROC" in shown
    assert evaluate("forecast", "-o", str(tmp_path / "card.json")).returncode == 0
    assert json.loads((tmp_path / "card.json").read_text())["n_draws"] == 1000
    assert len(json.loads(evaluate("forecast", "--format", "json").stdout)["bars"]) == 10


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["forecast", "--question", "weather"], "name their folder"),
        (["forecast", "--gold", "folder"], "does not belong"),
        (["forecast", "-o", "card.txt"], "card.txt"),
        (["coding", "--data", "folder"], "--data belongs to garrison evaluate forecast"),
        (["weather"], "cannot evaluate"),
    ],
)
def test_what_does_not_fit_together_is_refused(words: list[str], message: str) -> None:
    done = evaluate(*words)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
