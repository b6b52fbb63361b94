"""Text that a page holds and no reader sees: taken out before the page is read."""

from __future__ import annotations

import re
from typing import Any

# Programs, drawings, forms and embedded things; and what the page itself hides.
_NEVER_SHOWN = (
    "script, style, template, noscript, svg, math, textarea, select, button, iframe, object, canvas, audio, video, "
    "body title, xmp, dialog:not([open]), [hidden]"
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*0*(?:\.0+)?(?:px|em|rem|pt|%)?"
    r"\s*(?:;|!|$)",
    re.IGNORECASE,
)


def remove_hidden_text(tree: Any) -> None:
    """Take out of a parsed page what is not shown: scripts, forms, and elements that hide by attribute or style.

    What a style sheet hides by a class cannot be told without a browser and stays.

    Parameters
    ----------
    tree
        The page as resiliparse parsed it; changed in place.

    Examples
    --------
    >>> from resiliparse.parse.html import HTMLTree
    >>> tree = HTMLTree.parse("<p>Seen.</p><p style='display: none'>Hidden.</p><p hidden>Hidden.</p>")
    >>> remove_hidden_text(tree)
    >>> tree.body.text
    'Seen.'
    """
    hidden = list(tree.document.query_selector_all(_NEVER_SHOWN))
    styled = tree.document.query_selector_all("[style]")
    hidden += [node for node in styled if _HIDING.search((node.getattr("style") or "")[:2000])]
    for node in hidden:
        # Detached, not destroyed: another of the list may lie within it.
        if node.parent is not None and node.tag not in ("html", "body"):
            node.remove()
