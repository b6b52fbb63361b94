"""HTML pages: the article's text without menus and scripts, its title and date, and its marked comments."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import Any

from garrison.errors import ReportError
from garrison.reports.cleaning import clean, one_line
from garrison.reports.document import Document
from garrison.reports.hidden_text import remove_hidden_text
from garrison.reports.html_comments import mark_comments, read_marks
from garrison.reports.limits import limit
from garrison.reports.page_encoding import decode_page
from garrison.reports.page_shape import check_shape
from garrison.reports.parser_panic import panics_as_errors
from garrison.reports.publication_date import parse_day
from garrison.reports.raw_spans import find_raw_spans

_DATE_TAGS = (
    ('meta[property="article:published_time"]', "content"),
    ('meta[itemprop="datePublished"]', "content"),
    ('meta[name="date"]', "content"),
    ('meta[name="pubdate"]', "content"),
    ('meta[name="DC.date.issued"]', "content"),
    ('[itemprop="datePublished"]', "datetime"),
    ("article time[datetime]", "datetime"),
)
_TITLE_TAGS = (('meta[property="og:title"]', "content"), ("article h1", ""), ("h1", ""), ("title", ""))
_COMMENTS = ("comment", "comments")
_DEEPEST = 200
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)


def documents_in_page(
    content: bytes, doc: str, origin: str, *, charset: str = "", url: str = ""
) -> list[Document]:
    """Read an HTML page.

    Scripts are never run, links never followed, hidden text is left out. Comments that the page marks as such are
    taken as comments; where it marks none, the text is judged as flat text is.

    Parameters
    ----------
    content
        The page's bytes.
    doc
        The document's name.
    origin
        What messages call it.
    charset
        The encoding that the server stated, if it did.
    url
        Where the page stood, if that is known; some addresses state the date.

    Returns
    -------
    list of Document
        One document, with the place of its characters in the raw page.

    Raises
    ------
    ReportError
        If this is no text, the page has none, or its markup is larger or deeper than a page's may be.

    Examples
    --------
    >>> page = b"<title>Troops leave</title><h1>Troops leave</h1><p>They left on Friday, the ministry said.</p>"
    >>> documents_in_page(page, "a", "a.html")[0].title
    'Troops leave'
    """
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    name = one_line(origin)
    largest = limit("largest_page")
    if len(content) > largest:
        size = f"{len(content) / 1e6:.0f} MB, larger than the {largest / 1e6:.0f} MB that a page may have"
        raise ReportError(f"{name}: is {size}; save its text as .txt")
    raw = decode_page(content, name, charset)
    # A byte-order mark is no text of the page, but it has a place in the file.
    raw = f" {raw[1:]}" if raw.startswith("\ufeff") else raw
    check_shape(raw, name)
    try:
        with panics_as_errors():
            tree = HTMLTree.parse(raw)
            marks = mark_comments(tree, raw)
            title, stated = _title(tree), _published(tree, url)
            publisher = _attribute(tree, 'meta[property="og:site_name"]', "content")
            remove_hidden_text(tree)
            text = clean(extract_plain_text(tree, main_content=True, comments=True, alt_texts=False))
            if not text.strip():
                text = clean(extract_plain_text(tree, main_content=False, alt_texts=False))
            article = clean(extract_plain_text(tree, main_content=True, comments=False, alt_texts=False))
            article = read_marks(article, marks).text
    except (ValueError, RuntimeError, OSError) as error:
        raise ReportError(
            f"{name}: cannot be read as a page ({one_line(error)}); save its text as .txt"
        ) from None
    marked = read_marks(text, marks)
    text = marked.text
    if not text.strip():
        raise ReportError(f"{name}: the page holds no text; save the article's text as .txt")
    return [
        Document(
            text=text,
            doc=doc,
            title=title,
            published=stated,
            publisher=publisher,
            origin=origin,
            url=url,
            sha256=hashlib.sha256(content).hexdigest(),
            comments_start=marked.comments[0] if marked.comments else _marked_comments(text, article),
            comments_end=marked.comments[1] if marked.comments else None,
            story_end=marked.story_end,
            left_out=marked.amid,
            raw_spans=find_raw_spans(text, clean(raw)),
        )
    ]


def _marked_comments(text: str, article: str) -> int | None:
    # The extraction with comments must be the one without plus a rest; otherwise the marks are not believed.
    if article.strip() and len(article) < len(text) and text.startswith(article.rstrip()):
        return len(article.rstrip())
    return None


def _attribute(tree: Any, selector: str, name: str) -> str:
    node = tree.document.query_selector(selector)
    if node is None:
        return ""
    return one_line((node.getattr(name) or "") if name else node.text)


def _title(tree: Any) -> str:
    for selector, name in _TITLE_TAGS:
        title = _attribute(tree, selector, name)
        if title:
            return title
    return ""


def _published(tree: Any, url: str) -> date | None:
    stated = _published_in_linked_data(tree)
    for selector, name in _DATE_TAGS:
        stated = stated or parse_day(_attribute(tree, selector, name))
    if stated:
        return stated
    import logging

    from htmldate import find_date

    # It logs an error for every page that it cannot parse; that a date is missing is said by whoever needs it.
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    # Its time grows with the square of the number of comments, and they say nothing.
    searched = _COMMENT.sub("", tree.document.html)[: int(limit("searched_for_date"))]
    # Only what the page says of itself, without its comments: the wider search would take any year on it for its date.
    try:
        found = find_date(searched, original_date=True, extensive_search=False, url=url or None)
    except Exception:  # The library parses arbitrary markup; a page that breaks it simply states no date.
        return None
    return parse_day(found) if found else None


def _published_in_linked_data(tree: Any) -> date | None:
    for node in tree.document.query_selector_all('script[type="application/ld+json"]'):
        try:
            data = json.loads(node.text)
        except (ValueError, RecursionError):
            continue
        day = _date_published(data, 0)
        if day:
            return day
    return None


def _date_published(data: Any, depth: int) -> date | None:
    if depth > _DEEPEST:
        return None
    if isinstance(data, dict):
        stated = data.get("datePublished")
        if isinstance(stated, str) and data.get("@type") != "Comment":
            return parse_day(stated)
    # A comment's date is none of the page's.
    own = (
        [value for key, value in data.items() if key.lower() not in _COMMENTS]
        if isinstance(data, dict)
        else ()
    )
    children = data if isinstance(data, list) else own
    for child in children:
        day = _date_published(child, depth + 1)
        if day:
            return day
    return None
