"""Make gold of a coding sheet: find where each quote stands, check every field, write the interchange form.

A sheet is JSON lines as in the interchange form, without offsets: `doc`, `quote` copied to the letter, `type`,
`certainty` and so on; `nth` picks an occurrence where a quote stands more than once (1 is the first). A line with
`"record": "segmentation"` gives the article's first and last words (`article_begins`, `article_ends`) and, where there
are comments, `comments_begin` and `comments_end`.

    python tools/place_gold.py sheet.jsonl FOLDER-OF-DOCUMENTS gold.jsonl
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from garrison.vocabulary import certainties, event_types, ranks, sectors, source_kinds

KEYS = (
    "type", "actor_text", "actor_sector", "actor_rank", "target_text", "target_sector", "date_start", "date_end",
    "adm1", "place_text", "numbers", "sources", "certainty", "negated", "duplicate_of",
)  # fmt: skip
CLOSED = {
    "type": event_types(),
    "certainty": certainties(),
    "actor_sector": sectors(),
    "target_sector": sectors(),
    "actor_rank": ranks(),
}


def pattern_of(quote: str) -> re.Pattern[str]:
    """Let any white space of the document, and any mark-up of a page, stand for the quote's white space."""
    return re.compile(r"(?:\s|<[^>]*>|&nbsp;)+".join(re.escape(word) for word in quote.split()))


def place_of(text: str, quote: str, nth: int = 1) -> tuple[int, int]:
    found = list(pattern_of(quote).finditer(text))
    if len(found) < nth:
        raise ValueError(
            f"the document does not hold this {'quote' if not found else f'{nth} times'}: {quote!r}"
        )
    return found[nth - 1].span()


def segmentation(row: dict[str, Any], text: str) -> dict[str, Any]:
    placed: dict[str, Any] = {"record": "segmentation", "schema": 1, "doc": row["doc"]}
    placed["article_start"] = place_of(text, row["article_begins"])[0]
    ends = [match.end() for match in pattern_of(row["article_ends"]).finditer(text)]
    if not ends:
        raise ValueError(f"the document does not hold: {row['article_ends']!r}")
    placed["article_end"] = ends[0]
    placed["comments_start"] = placed["comments_end"] = None
    if row.get("comments_begin"):
        placed["comments_start"] = place_of(text, row["comments_begin"])[0]
        placed["comments_end"] = [m.end() for m in pattern_of(row["comments_end"]).finditer(text)][-1]
    return placed


def claim(row: dict[str, Any], text: str, number: int) -> dict[str, Any]:
    for key, known in CLOSED.items():
        if row.get(key) is not None and row[key] not in known:
            raise ValueError(f"{key}: '{row[key]}' is not in the codebook")
    for key in ("date_start", "date_end"):
        if row.get(key):
            date.fromisoformat(row[key])
    for number_row in row.get("numbers") or ():
        if set(number_row) != {"what", "low", "high", "kind"} or number_row["kind"] not in ("flow", "stock"):
            raise ValueError(f"numbers: {number_row}")
    for source in row.get("sources") or ():
        if source["kind"] not in source_kinds():
            raise ValueError(f"sources: '{source['kind']}' is no kind of source")
    start, end = place_of(text, row["quote"], int(row.get("nth", 1)))
    placed = {
        "record": "claim",
        "schema": 1,
        "id": row.get("id") or f"{row['doc']}#{number}",
        "doc": row["doc"],
    }
    placed |= {"char_start": start, "char_end": end, "quote": text[start:end]}
    placed |= {key: row.get(key) for key in KEYS}
    placed["numbers"], placed["sources"] = row.get("numbers") or [], row.get("sources") or []
    placed["negated"] = bool(row.get("negated"))
    return placed


def main() -> None:
    """Place every line of a sheet; name the lines that cannot be placed."""
    sheet, folder, target = (Path(argument) for argument in sys.argv[1:4])
    texts = {
        path.stem: path.read_text(encoding="utf8")
        for path in folder.iterdir()
        if path.suffix in (".txt", ".html")
    }
    placed, problems, counts = [], [], dict.fromkeys(texts, 0)
    for number, line in enumerate(sheet.read_text(encoding="utf8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if row["doc"] not in texts:
                continue
            if row["record"] == "segmentation":
                placed.append(segmentation(row, texts[row["doc"]]))
            else:
                counts[row["doc"]] += 1
                placed.append(claim(row, texts[row["doc"]], counts[row["doc"]]))
        except (ValueError, KeyError, TypeError) as error:
            problems.append(f"{sheet}, line {number}: {error}")
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        sys.exit(1)
    lines = (json.dumps(row, ensure_ascii=False) for row in placed)
    target.write_text("".join(line + "\n" for line in lines), encoding="utf8")
    print(f"{target}: {sum(counts.values())} claims in {sum(map(bool, counts.values()))} documents")


if __name__ == "__main__":
    main()
