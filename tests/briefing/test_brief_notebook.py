"""In a notebook a brief shows itself."""

import nbformat
import pytest
from nbclient import NotebookClient

import garrison


@pytest.mark.slow
def test_a_brief_shows_itself_in_a_notebook(tmp_path) -> None:
    report = garrison.case("venezuela-2017").reports()[0]
    (tmp_path / "article.txt").write_bytes(report.read_bytes())
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_code_cell(
            'import garrison\ngarrison.brief("article.txt", country="VEN", as_of="2017-05-07", n_runs=300)'
        )
    ]
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = notebook.cells[0].outputs[-1]["data"]
    assert shown["text/html"].startswith("<iframe srcdoc=")
    assert "Venezuela" in shown["text/plain"]
