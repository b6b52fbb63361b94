"""A Matplotlib drawing as a small inline SVG that is the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from garrison.figures.palette import PALETTE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_STYLES_DROPPED = ("stroke-linejoin", "stroke-linecap: square")
_SETTINGS = {
    "svg.fonttype": "none",
    "svg.hashsalt": "garrison",
    "svg.image_inline": True,
    "font.family": "DejaVu Sans",
    "font.size": 12.0,
    "axes.edgecolor": PALETTE["quiet"],
    "axes.labelcolor": PALETTE["quiet"],
    "xtick.color": PALETTE["quiet"],
    "ytick.color": PALETTE["quiet"],
    "text.color": PALETTE["ink"],
    "text.parse_math": False,
    "path.simplify": True,
    "path.simplify_threshold": 0.4,
}


def to_svg(
    draw: Callable[[Axes], Any], width: int, height: int, *, name: str, title: str, description: str
) -> str:
    """Draw on fresh axes and give the drawing as an `<svg>` element for the inside of a page.

    Text stays text, coordinates are rounded to a tenth of a pixel, colours of the palette become CSS variables
    with the colour as fallback, and ids carry the drawing's name so that several drawings fit on one page. There
    is no date, no version and no address in it.

    Parameters
    ----------
    draw
        Draws on the axes that it is given.
    width, height
        Size of the drawing in CSS pixels; on the page it scales to the room that it has.
    name
        Short name of letters, digits and hyphens, unique on the page.
    title, description
        What readers hear who cannot see it.

    Returns
    -------
    str
        The SVG element.

    Examples
    --------
    >>> from garrison.figures.dots import draw_dots
    >>> text = to_svg(lambda ax: draw_dots(ax, 2, 100), 300, 80, name="chance", title="2 in 100", description="")
    >>> text.startswith("<svg") and "2 in 100" in text
    True
    """
    root = ElementTree.fromstring(_drawn(draw, width, height))
    for unwanted in ("metadata", "defs"):
        for parent in list(root.iter()):
            for child in parent.findall(_SVG + unwanted):
                if unwanted == "metadata" or child.find(_SVG + "style") is not None:
                    parent.remove(child)
    _prefix_ids(root, name)
    _flatten(root)
    for element in root.iter():
        _shorten(element)
    _hoist_styles(root)
    return _inline(root, width, height, name, title, description)


def _drawn(draw: Callable[[Axes], Any], width: int, height: int) -> str:
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with rc_context(_SETTINGS):  # type: ignore[arg-type]
        figure = Figure(figsize=(width / 72, height / 72), dpi=72, layout="constrained", facecolor="none")
        figure.get_layout_engine().set(w_pad=0.04, h_pad=0.04)  # type: ignore[union-attr,call-arg]
        FigureCanvasSVG(figure)
        ax = figure.subplots()
        ax.set_facecolor("none")
        draw(ax)
        target = StringIO()
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    return target.getvalue()


def _prefix_ids(root: ElementTree.Element, name: str) -> None:
    """Keep the ids that something refers to, under this drawing's name; drop the rest."""
    used: dict[str, str] = {}
    for element in root.iter():
        for key in (_LINK, "clip-path"):
            found = re.search(r"#([^)]+)", element.get(key, ""))
            if found:
                new = used.setdefault(found.group(1), f"{name}-{len(used)}")
                if key == _LINK:
                    del element.attrib[_LINK]
                    element.set("href", f"#{new}")
                else:
                    element.set(key, f"url(#{new})")
    for element in root.iter():
        old = element.attrib.pop("id", None)
        if old in used:
            element.set("id", used[old])


def _flatten(element: ElementTree.Element) -> None:
    """Replace groups that carry nothing by their children, and drop empty ones."""
    kept: list[ElementTree.Element] = []
    for child in element:
        _flatten(child)
        if child.tag == _SVG + "g" and not child.attrib:
            kept.extend(child)
        elif child.get("style") == "fill: none":
            continue  # the empty background of figure and axes
        else:
            kept.append(child)
    element[:] = kept


def _shorten(element: ElementTree.Element) -> None:
    element.text = (element.text or "").strip() if element.tag != _SVG + "text" else element.text
    element.tail = None
    for key, value in list(element.attrib.items()):
        if key in ("d", "x", "y", "transform", "width", "height", "points"):
            value = _NUMBER.sub(lambda found: f"{round(float(found.group()), 1) + 0.0:g}", value)
            element.set(key, re.sub(r"\s+", " ", value).strip())
        if key == "transform" and value.startswith("rotate(-0 "):
            del element.attrib[key]
        if key == "style":
            element.set(key, "; ".join(_style_parts(value)))
        if key == "style" and not element.get("style"):
            del element.attrib["style"]


def _style_parts(style: str) -> Iterator[str]:
    for part in (piece.strip() for piece in style.split(";")):
        if part.startswith("font:"):
            yield from _font_parts(part)
        elif part and not part.startswith((*_STYLES_DROPPED, "font-family")):
            for role, shade in PALETTE.items():
                part = part.replace(shade, f"var(--{role}, {shade})")
            yield part


def _font_parts(part: str) -> Iterator[str]:
    """Keep weight and size of a font, not its family: on the page the drawing speaks in the page's type."""
    size = re.search(r"([\d.]+)px", part)
    if size:
        yield f"font-size: {float(size.group(1)):g}px"
    if re.search(r"\b(bold|[6-9]00)\b", part):
        yield "font-weight: 600"


def _hoist_styles(element: ElementTree.Element) -> None:
    """Put neighbours of one style into a group that says it once."""
    for child in element:
        _hoist_styles(child)
    kept: list[ElementTree.Element] = []
    for child in element:
        style = child.get("style")
        if style and child.tag == _SVG + "use":
            if not (kept and kept[-1].tag == _SVG + "g" and kept[-1].get("style") == style):
                kept.append(ElementTree.Element(_SVG + "g", {"style": style}))
            del child.attrib["style"]
            kept[-1].append(child)
        else:
            kept.append(child)
    element[:] = kept


def _inline(
    root: ElementTree.Element, width: int, height: int, name: str, title: str, description: str
) -> str:
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
    root.attrib.clear()
    root.set("viewBox", f"0 0 {width} {height}")
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-desc" if description else f"{name}-title")
    heads = []
    for tag, words in (("title", title), ("desc", description)):
        if words:
            head = ElementTree.Element(tag, {"id": f"{name}-{tag}"})
            head.text = words
            heads.append(head)
    root[:0] = heads
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)
