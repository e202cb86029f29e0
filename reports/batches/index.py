"""The index of a batch: a page that can be searched and a table, both of which lead to every document."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from data.language.words import words
from reports.batches.kept import KeptItem

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula (OWASP, "CSV injection")."""
_STYLE = """
body { font: 1rem/1.5 "Source Sans 3", "Source Sans Pro", system-ui, sans-serif; color: #1b1f24; background: #fff;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
p { margin: .25rem 0 1rem; }
label { font-weight: 600; display: block; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; border: 1px solid #5c6773;
  margin: .25rem 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid #d5dade; }
a { color: #0b5394; }
.failed { color: #a11616; }
[hidden] { display: none; }
"""
_SCRIPT = """
const field = document.getElementById("search"), rows = [...document.querySelectorAll("tbody tr")];
const told = document.getElementById("told");
const plain = text => text.normalize("NFKD").replace(/\\p{M}/gu, "").toLowerCase();
const said = rows.map(row => plain(row.textContent));
field.parentElement.hidden = false;
field.addEventListener("input", () => {
  const wanted = plain(field.value).split(/\\s+/).filter(Boolean);
  let shown = 0;
  rows.forEach((row, i) => { row.hidden = !wanted.every(word => said[i].includes(word)); shown += !row.hidden; });
  told.textContent = told.dataset.said.replace("{shown}", shown).replace("{all}", rows.length);
});
"""


def index_html(title: str, language: str, items: Sequence[KeptItem]) -> bytes:
    """A page with a row for each item: it reads nothing but itself, works from a file and without its script."""
    ours = words(language)
    failed = sum(item.state == "failed" for item in items)
    count = ours["batch count"].format(count=len(items))
    failures = f' <span class="failed">{escape(ours["batch failed"].format(count=failed))}</span>' if failed else ""
    rows = "\n".join(_row(item, ours["batch not made"], ours["batch earlier"]) for item in items)
    return f"""<!DOCTYPE html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
<p>{escape(count)}{failures}</p>
<div hidden>
<label for="search">{escape(ours["batch search"])}</label>
<input id="search" type="search" autocomplete="off">
<p id="told" role="status" data-said="{escape(ours["batch shown"])}"></p></div>
<table>
<thead>
<tr><th scope="col">{escape(ours["batch item"])}</th><th scope="col">{escape(ours["batch documents"])}</th></tr>
</thead>
<tbody>
{rows}
</tbody>
</table>
</main>
<script>{_SCRIPT}</script>
</body>
</html>
""".encode()


def _row(item: KeptItem, not_made: str, earlier: str) -> str:
    failed = item.state == "failed"
    after = f" ({escape(earlier)})" if failed else ""
    links = ", ".join(f'<a href="{quote(one.file)}">{escape(one.file)}</a>{after}' for one in item.documents.values())
    told = f'<span class="failed">{escape(not_made)}: {escape(" ".join(item.reasons))}</span>' if failed else ""
    return f'<tr><th scope="row">{escape(item.key)}</th><td>{"<br>".join(filter(None, (told, links)))}</td></tr>'


def index_csv(items: Sequence[KeptItem]) -> bytes:
    """A row for each document, and for each item that has none; in UTF-8 with a mark, as spreadsheets want it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(("item", "state", "output", "file", "edition", "sha256", "recipient", "reason"))
    for item in items:
        reason = " ".join(item.reasons)
        for output, one in item.documents.items() or [("", None)]:
            about = (one.file, one.edition, one.sha256) if one is not None else ("", "", "")
            writer.writerow(map(_no_formula, (item.key, item.state, output, *about, item.recipient, reason)))
    return ("\ufeff" + stream.getvalue()).encode()


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
