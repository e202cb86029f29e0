#!/usr/bin/env bash
# markdown-it-py 4.3.0 with mdit-py-plugins 0.7.0: of two footnotes of one name the last is told, at all of their calls,
# and the first is gone without a word. Of two links of one name the first one counts (CommonMark 0.31.2, "If there are
# several matching definitions, the first one takes precedence"), in the same parser. Texts put together from pieces,
# each with a note [^1], so say another piece's note at each.
# Seen: the lines at the end. Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check markdown-it-py==4.3.0 mdit-py-plugins==0.7.0
found=$("$work/venv/bin/python" - <<'PYTHON'
import re

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

markdown = MarkdownIt().use(footnote_plugin)
notes = markdown.render("Pay[^1]\n\n[^1]: before tax\n\nJobs[^1]\n\n[^1]: open on 1 May\n")
print("notes:", *re.findall(r"before tax|open on 1 May", notes))
links = markdown.render("[pay]\n\n[pay]: /before-tax\n[pay]: /after-tax\n")
print("links:", *re.findall(r"/\w+-tax", links))
PYTHON
)
echo "$found"
[ "$found" = "notes: open on 1 May
links: /before-tax" ]
