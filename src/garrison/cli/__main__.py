"""`python -m garrison.cli` is the `garrison` command."""

from garrison.cli.main import run

run()
