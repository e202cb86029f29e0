#!/usr/bin/env bash
# num2words 0.5.14: French of Switzerland and Belgium differs from that of France in more than its words for 70 to 90.
# Its plurals are others, and wrong: "un millions", "deux cents un", "deux cents mille", and in Belgium "quatre-vingt"
# without its s; lang="fr" writes all of them rightly. The rule is one for all countries: cent and vingt take an s where
# they are multiplied and nothing but a noun follows (Académie française; million is a noun, mille is none).
# In ordinals lang="fr" fails as well: "quatre-vingtsième", "deux centsième". Seen: the lines at the end. Exits 1 when
# that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check num2words==0.5.14
found=$("$work/venv/bin/python" - <<'PYTHON'
from num2words import num2words

for language in ("fr", "fr_CH", "fr_BE"):
    print(language, "; ".join(num2words(n, lang=language) for n in (1_000_000, 201, 200_000, 80)), sep=": ")
print("; ".join(num2words(n, lang="fr", to="ordinal") for n in (80, 200)))
PYTHON
)
echo "$found"
[ "$found" = "fr: un million; deux cent un; deux cent mille; quatre-vingts
fr_CH: un millions; deux cents un; deux cents mille; huitante
fr_BE: un millions; deux cents un; deux cents mille; quatre-vingt
quatre-vingtsième; deux centsième" ]
