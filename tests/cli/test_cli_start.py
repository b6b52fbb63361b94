"""The command line starts light: no heavy library is loaded before it is used."""

import subprocess
import sys

HEAVY = ["numpy", "scipy", "pandas", "pyarrow", "spacy", "matplotlib", "pydantic", "jinja2", "dateparser"]


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "sys.argv = ['garrison', '--help']\n"
        "from garrison.cli.main import run\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "brief" in done.stdout
    assert "code" in done.stdout
