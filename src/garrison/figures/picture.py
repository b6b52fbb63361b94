"""A drawing as a file of its own: SVG or PNG, the same bytes every time."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garrison.errors import TableError
from garrison.figures.palette import PALETTE
from garrison.records import write_aside

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FORMS = (".svg", ".png")
_SETTINGS = {
    "svg.hashsalt": "garrison",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "axes.edgecolor": PALETTE["quiet"],
    "axes.labelcolor": PALETTE["quiet"],
    "xtick.color": PALETTE["quiet"],
    "ytick.color": PALETTE["quiet"],
    "text.color": PALETTE["ink"],
    "text.parse_math": False,
}


def check_picture(path: str | os.PathLike[str]) -> None:
    """Refuse a file name that is no picture's, before any work is done for it.

    Raises
    ------
    TableError
        If its ending is not .svg or .png.
    """
    if Path(path).suffix.lower() not in _FORMS:
        raise TableError(f"{path}: no picture can be written so; end its name with .svg or .png")


def save_picture(
    draw: Callable[[Axes], Any], path: str | os.PathLike[str], *, width: float = 8, height: float = 4.5
) -> Path:
    """Draw on fresh axes and write the picture.

    Parameters
    ----------
    draw
        Draws on the axes that it is given.
    path
        Ends with .svg or .png; written aside first and then renamed.
    width, height
        Inches.

    Returns
    -------
    Path
        The path written.

    Raises
    ------
    TableError
        If the ending is another one, or nothing can be written there.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    check_picture(path)
    form = Path(path).suffix.lower().removeprefix(".")
    with rc_context(_SETTINGS):  # type: ignore[arg-type]
        figure = Figure(figsize=(width, height), layout="constrained", facecolor=PALETTE["paper"])
        draw(figure.subplots())
        target = BytesIO()
        nothing = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        figure.savefig(target, format=form, metadata=nothing, dpi=150)
    return write_aside(path, target.getvalue())
