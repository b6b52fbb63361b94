"""Throws invented reports at the coder, made of its own words and of noise, guided by the code that they reach.

    python tests/fuzz/fuzz_coder.py --seconds 60

Needs atheris (Linux). Two bytes of an input pick a piece: a word of the lexicon, a verb of the frame table, a mark, a
date, a number, something hostile. Whatever the coder does but giving claims on characters of the report ends the
run; so does a report that takes ten seconds. The input that did it is kept in the folder that the last line names.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from datetime import date
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["garrison.coding"]):
    from garrison.coding import code
    from garrison.coding.interchange import interchange_lines
    from garrison.coding.tables import frame_rows, table
    from garrison.records import Claims, Report, Reports
    from garrison.vocabulary import certainties, event_types, source_kinds

PUBLISHED = date(2021, 10, 20)
NOISE = (
    ".", ",", ";", ":", "?", "!", '"', "“", "”", "'", "(", ")", "-", "—", "\n", "\n\n",
    "\t", "\u202e", "\u200b", "\x00",
    "😀", "é", "e\u0301", "ß", "漢", "<b>", "&amp;", "http://a.b/c", "@handle:", "#tag", "1/0/2021", "99 May 99999",
    "0000-00-00", "31 February", "Monday", "overnight", "since 2002", "next week", "12", "dozens of", "three dozen",
    "1,000", "99999999999999999999", "50%", "$3", "the", "of", "who", "which", "that", "if", "not", "no", "said",
    "said that", "denied that", "according to", "will", "would", "could", "had", "has been", "were", "Khartoum",
    "Sudan",    "Mr", "they", "it", "their", "and", "but", "because", "by", "to", "in", "on", "while", "Comments",
)  # fmt: skip


def pieces() -> tuple[str, ...]:
    """The coder's own words, so that noise reaches its rules, and what hostile pages hold."""
    agents = [words for row in table("actors")["actor"] for words in row["words"][:2]]
    verbs = [word for row in frame_rows() for key in ("verbs", "nouns") for word in row.get(key, ())[:2]]
    return tuple(dict.fromkeys((*NOISE, *agents, *verbs)))


PIECES = pieces()


def text_of(data: bytes) -> str:
    """Two bytes a piece; an odd pair repeats the piece before it, so that nesting and long runs come about."""
    words: list[str] = []
    for place in range(0, len(data) - 1, 2):
        number = data[place] * 256 + data[place + 1]
        if number % 29 == 0 and words:
            words += words[-1:] * (number % 40)
        else:
            words.append(PIECES[number % len(PIECES)])
    return " ".join(words)


def one_input(data: bytes) -> None:
    text = text_of(data)
    report = Report(
        "fuzz", text, PUBLISHED, article_start=0, article_end=len(text), title_start=0, title_end=0
    )
    claims = list(code(Reports.of([report]), country="SDN"))
    for claim in claims:
        assert 0 <= claim.char_start < claim.char_end <= len(text)
        assert text[claim.char_start : claim.char_end] == claim.quote
        assert claim.type in event_types()
        assert claim.certainty in certainties()
        assert claim.date_start is None or claim.date_end is None or claim.date_start <= claim.date_end
        assert all(number.low <= number.high for number in claim.numbers)
        assert all(source.kind in source_kinds() for source in claim.sources)
    known = {claim.id for claim in claims}
    assert all(claim.duplicate_of in known for claim in claims if claim.duplicate_of is not None)
    list(interchange_lines(Claims.of(claims), Reports.of([report])))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, help="folder that keeps what was learnt for the next run")
    parser.add_argument("--input", type=Path, help="an input that was kept: run this alone")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    if options.input:
        print(text_of(options.input.read_bytes()))
        one_input(options.input.read_bytes())
        return
    place = Path(tempfile.mkdtemp(prefix="fuzz-coder-"))
    corpus = options.corpus or place / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(bytes(range(256)))
    print(f"inputs that break the coder are kept in {place}", flush=True)
    arguments = [
        sys.argv[0],
        str(corpus),
        f"-max_total_time={options.seconds}",
        f"-artifact_prefix={place}/",
        "-timeout=10",
        "-rss_limit_mb=2000",
        "-max_len=1024",
        "-len_control=20",
        "-print_final_stats=1",
    ]
    atheris.Setup(arguments, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
