"""In HTML the interchange counts characters of the raw file, for segments and claims alike."""

import json
from pathlib import Path

from garrison.coding import code, interchange_lines
from garrison.reports import read_reports

PAGE = (
    '<html><head><title>Unrest in Minsk</title><meta property="article:published_time" '
    'content="2020-08-16T10:00:00Z"></head><body><article><h1>Unrest in Minsk</h1>'
    "<p>Police arrested 200 protesters in Minsk on Saturday.</p></article>"
    '<div class="comments"><p>The army will turn soon, you will see!</p></div></body></html>'
)


def test_segments_and_claims_lie_in_the_raw_file(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf8")
    reading = read_reports([path])
    first, *claims = map(json.loads, interchange_lines(code(reading.reports, country="BLR"), reading.reports))
    assert PAGE[first["article_start"] : first["article_end"]].startswith("Police arrested")
    assert PAGE[first["comments_start"] : first["comments_end"]].endswith("you will see!")
    told = [claim for claim in claims if claim["type"] == "REPRESSION"]
    assert told
    assert PAGE[told[0]["char_start"] : told[0]["char_end"]] == told[0]["quote"]
