"""Documentation is executed: examples in docstrings, code blocks in README and docs, links between pages."""

import doctest
import importlib
import json
import pkgutil
import re
import shlex
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

import garrison
from garrison.cli.main import run
from garrison.events.store import EventStore, import_file
from garrison.forecasting.ledger import ForecastEntry, Ledger, resolver_of_target

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(garrison.__path__, "garrison.")
    if not module.name.endswith("__main__")
)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


@pytest.mark.parametrize("name", ["garrison", *MODULES])
def test_examples_in_docstrings_run(name: str) -> None:
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert failed == 0


def blocks(language: str) -> list[tuple[Path, str]]:
    return [
        (page, body)
        for page in PAGES
        for kind, body in BLOCK.findall(page.read_text(encoding="utf8"))
        if kind == language
    ]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder whose store holds event data."""
    home = tmp_path_factory.mktemp("project")
    import_file(EventStore(home), ROOT / "tests/events/formats/samples/acled.csv")
    return home


@pytest.fixture(scope="session")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The claims of the bundled case's first report."""
    report = garrison.case("venezuela-2017").reports()[0]
    path = tmp_path_factory.mktemp("claims") / "article.txt"
    path.write_bytes(report.read_bytes())
    coded = garrison.code(garrison.read_reports([path]).reports, country="VEN")
    return coded.save(path.with_name("claims.parquet"))


@pytest.fixture
def workplace(tmp_path: Path, project: Path, claims: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the bundled case's reports as file, folder and feed, event data, and the documented scenario."""
    texts = garrison.case("venezuela-2017").reports()
    (tmp_path / "reports").mkdir()
    for path in texts:
        (tmp_path / "reports" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "article.txt").write_bytes(texts[0].read_bytes())
    feed = [{"id": path.stem, "text": path.read_text(encoding="utf8")} for path in texts]
    lines = [json.dumps({**row, "published": "2017-05-07"}) + "\n" for row in feed]
    (tmp_path / "reports.jsonl").write_text("".join(lines), encoding="utf8")
    shutil.copy(claims, tmp_path / "claims.parquet")
    samples = ROOT / "tests" / "events" / "formats" / "samples"
    for name in ("acled.csv", "polecat.txt"):
        (tmp_path / name).write_bytes((samples / name).read_bytes())
    scenario = next(body for page, body in blocks("toml") if page.name == "scenarios.md")
    (tmp_path / "scenario.toml").write_text(scenario, encoding="utf8")
    shutil.copytree(project, tmp_path / "garrison")
    fill_ledgers(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fill_ledgers(folder: Path) -> None:
    """Write a forecast into two ledgers, and a table that settles it."""
    asked = ForecastEntry(
        country="VEN",
        as_of=date(2017, 5, 7),
        vintage=date(2017, 5, 7),
        target="T1a",
        target_version="1",
        horizon_days=90,
        p=0.02,
        band50=(0.01, 0.03),
        band90=(0.005, 0.05),
        base_rate=0.02,
        model_p=0.06,
        settings_sha256="0" * 64,
        seed=1,
        package_version="0.1.0",
        resolver=resolver_of_target("T1a")[1],
    )
    for home in ("garrison", "by-hand"):
        Ledger(folder / home).append(asked, written=date(2017, 5, 8))
    (folder / "breaks.csv").write_text("country,date,type,target\nVEN,2019-04-30,COUP_FAILED,T1a\n")


@pytest.mark.slow
@pytest.mark.parametrize(("page", "body"), blocks("python"), ids=lambda value: getattr(value, "name", None))
def test_python_blocks_run(page: Path, body: str, workplace: Path) -> None:
    exec(compile(body, str(page), "exec"), {"__name__": "__main__"})
    assert workplace.exists()


def commands() -> list[tuple[Path, str]]:
    """Every command once: several pages show the same."""
    found: dict[str, Path] = {}
    for page, body in blocks("sh"):
        for line in body.splitlines():
            words = line.split("#")[0].strip()
            if words.startswith((".venv/bin/garrison", "garrison ")):
                found.setdefault(words, page)
    return [(page, words) for words, page in found.items()]


@pytest.mark.slow
@pytest.mark.parametrize(("page", "line"), commands(), ids=lambda value: getattr(value, "name", value))
def test_commands_in_documentation_run(
    page: Path,
    line: str,
    workplace: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Typed into this process: the shell itself is tried in tests/cli, and starting Python 40 times is slow."""
    monkeypatch.setattr(sys, "argv", ["garrison", *shlex.split(line)[1:]])
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code in (0, None), f"{page.name}: {line}\n{capsys.readouterr().err}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
