"""Comments that a page marks as such: found in its tree, followed into its text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from garrison.reports.comment_features import is_comment_heading
from garrison.reports.furniture import is_furniture

Span = tuple[int, int]
_PARTS = re.compile(r"[A-Z]?[a-z]+\d*|[A-Z]+|\d+")
_PRIVATE_USE = range(0xE000, 0xF8FF)
_DEEPEST = 50
_KEPT = "data-thread-of-comments"
_NEVER_TAGS = frozenset(
    ("html", "head", "body", "main", "script", "style", "template", "input", "textarea", "button", "a")
)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A page's text and what it marks.

    `comments` is the stretch of the readers' comments behind the article, None if there is none; `amid` are marked
    comments before the article's end; `story_end` is where the element that holds the story ends, if one does.
    """

    text: str
    comments: Span | None
    amid: tuple[Span, ...]
    story_end: int | None


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters, found nowhere else in the page, that stand where comments begin and end and the story ends."""

    opens: str
    closes: str
    story_ends: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("html_comments.toml").read_text(encoding="utf8"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_table()[name]["value"])


def names_comments(name: str) -> bool:
    """Say whether a class name or an id is that of a thread of comments, or of one comment.

    Parameters
    ----------
    name
        One name.

    Returns
    -------
    bool
        False for names of counters, links and sections of opinion.

    Examples
    --------
    >>> names_comments("comments-area"), names_comments("commentList"), names_comments("comment-count")
    (True, True, False)
    """
    parts = {part.lower() for part in _PARTS.findall(name)} | {name.lower()}
    return not parts.isdisjoint(_words("words")) and parts.isdisjoint(_words("never"))


def mark_comments(tree: Any, raw: str) -> Marks | None:
    """Mark, in a page's tree, where comments begin and end, and make plain paragraphs of them.

    Marked are elements by class, id, property or type, without those that hold the page's heading. What holds nothing
    but a counter, an invitation and a form is taken away.

    Parameters
    ----------
    tree
        The page, parsed; it is changed.
    raw
        The page as decoded.

    Returns
    -------
    Marks or None
        None if no character is left to mark with.
    """
    free = _unused_characters(raw)
    if len(free) < len(Marks.__slots__):
        return None
    marks = Marks(*free)
    for node in _outermost(tree):
        lines = _lines_of(node)
        if all(is_comment_heading(line) or is_furniture(line) for line in lines):
            node.decompose()
            continue
        thread = tree.create_element("div")
        lines[0] = marks.opens + lines[0]
        lines[-1] += marks.closes
        for line in lines:
            paragraph = tree.create_element("p")
            paragraph.append_child(tree.create_text_node(line))
            thread.append_child(paragraph)
        node.parent.replace_child(thread, node)
    story = _story(tree)
    if story is not None:
        words = _last_words(story)
        if words is not None:
            # Within its last words, since a text that stands alone is not extracted.
            marked = tree.create_text_node(words.text.rstrip() + marks.story_ends)
            words.parent.replace_child(marked, words)
    return marks


def read_marks(text: str, marks: Marks | None) -> MarkedText:
    r"""Take the marks out of an extracted text and say where they stood.

    Comments behind the last long stretch of other text are the readers' comments; those before it stand amid the
    article.

    Parameters
    ----------
    text
        As extracted, with marks.
    marks
        As `mark_comments` gave them.

    Returns
    -------
    MarkedText
        The text without marks.

    Examples
    --------
    >>> found = read_marks("Troops left the base on Friday.\n\n<lol\n\nthey ran>", Marks("<", ">", "|"))
    >>> found.text[slice(*found.comments)]
    'lol\n\nthey ran'
    """
    if marks is None:
        return MarkedText(text, None, (), None)
    pieces: list[str] = []
    spans: list[Span] = []
    at, opened, story_end = 0, None, None
    for piece in re.split(f"([{''.join((marks.opens, marks.closes, marks.story_ends))}])", text):
        if piece == marks.opens:
            opened = at
        elif piece == marks.closes and opened is not None:
            spans.append((opened, at))
            opened = None
        elif piece == marks.story_ends:
            story_end = at
        elif piece != marks.closes:
            pieces.append(piece)
            at += len(piece)
    if opened is not None:
        spans.append((opened, at))
    plain = "".join(pieces)
    behind = [span for span in spans if span[0] >= _last_long_stretch(plain, spans)]
    comments = (behind[0][0], behind[-1][1]) if behind else None
    return MarkedText(plain, comments, tuple(span for span in spans if span not in behind), story_end)


def _last_long_stretch(text: str, spans: list[Span]) -> int:
    """Give where the last long stretch between comments ends: the article's end."""
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    others = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    sizes = [len(text[start:end].split()) for start, end in others]
    least = _table()["limits"]["share_of_longest"]["value"] * max(sizes)
    return max(end for (_, end), size in zip(others, sizes, strict=True) if size >= least)


def _unused_characters(raw: str) -> list[str]:
    written = raw.lower()
    free = (
        chr(code)
        for code in _PRIVATE_USE
        if chr(code) not in raw and f"&#x{code:x}" not in written and f"&#{code}" not in written
    )
    return list(islice(free, len(Marks.__slots__)))


def _outermost(tree: Any) -> list[Any]:
    """Give the marked elements that lie in no other."""
    kept: list[Any] = []
    for selector in _table()["series"]["value"]:
        for node in list(tree.document.query_selector_all(selector))[1:]:
            _keep(node, kept)
    selectors = ["[class],[id],[itemprop],[itemtype],[typeof]", *_table()["tags"]["value"]]
    for node in list(tree.document.query_selector_all(",".join(selectors))):
        if node.tag not in _NEVER_TAGS and _is_marked(node) and not _holds_story(node):
            _keep(node, kept)
    return kept


def _keep(node: Any, kept: list[Any]) -> None:
    if node.closest(f"[{_KEPT}]") is None and node.query_selector(f"[{_KEPT}]") is None:
        node.setattr(_KEPT, "")
        kept.append(node)


def _is_marked(node: Any) -> bool:
    if node.tag in _words("tags"):
        return True
    names = [*(node.getattr("class") or "").split(), node.getattr("id") or ""]
    properties = (node.getattr("itemprop") or "").lower().split()
    types = (node.getattr("itemtype") or "") + " " + (node.getattr("typeof") or "")
    return (
        any(names_comments(name) for name in names)
        or not _words("properties").isdisjoint(properties)
        or not _words("types").isdisjoint(re.split(r"[/:#\s]+", types.lower()))
    )


def _holds_story(node: Any) -> bool:
    return node.query_selector("h1, [itemprop=articleBody], [itemprop=headline]") is not None


def _lines_of(node: Any) -> list[str]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    for form in list(node.query_selector_all("form, button, script, style")):
        form.decompose()
    page = HTMLTree.parse(f"<body><div>{node.html}</div></body>")
    text = extract_plain_text(page, main_content=False, alt_texts=False, list_bullets=False)
    return [line.strip() for line in text.split("\n") if line.strip()]


def _story(tree: Any) -> Any:
    for selector in ("[itemprop=articleBody]", "article", "main"):
        found = list(tree.document.query_selector_all(selector))
        if len(found) == 1:
            return found[0]
    return None


def _last_words(node: Any) -> Any:
    """Give the last node of text that holds more than blanks; None if it lies too deep."""
    for _ in range(_DEEPEST):
        worded = [
            child for child in node.child_nodes if child.tag not in _NEVER_TAGS and (child.text or "").strip()
        ]
        if not worded:
            return None
        node = worded[-1]
        if node.tag == "#text":
            return node
    return None
