#!/usr/bin/env bash
# msgspec 0.22.0: a Struct that defines == keeps msgspec's own !=. Among objects of one class that negates the ==; with
# any other type it is the identity, and with eq=False always. In Python, and in a dataclass, != is the negation of
# what a class defines as ==. Here an object can be equal and unequal to None at once, so that a condition such as
# `cell != None` finds the empty cells that `cell == None` finds as well.
# Seen: "dataclass: == True, != False; Struct: == True, != True; Struct with eq=False: == True, != True". Exits 1 when
# that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check msgspec==0.22.0
found=$("$work/venv/bin/python" - <<'PYTHON'
from dataclasses import dataclass

from msgspec import Struct


@dataclass
class Plain:
    text: str

    def __eq__(self, other):
        return (self.text or None) == other


class Fast(Struct):
    text: str

    def __eq__(self, other):
        return (self.text or None) == other


class Same(Struct, eq=False):
    text: str

    def __eq__(self, other):
        return (self.text or None) == other


def said(kind):
    empty = kind("")
    return f"== {empty == None}, != {empty != None}"


print(f"dataclass: {said(Plain)}; Struct: {said(Fast)}; Struct with eq=False: {said(Same)}")
PYTHON
)
echo "$found"
[ "$found" = "dataclass: == True, != False; Struct: == True, != True; Struct with eq=False: == True, != True" ]
