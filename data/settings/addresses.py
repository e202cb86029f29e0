"""Web addresses that readers are sent to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def website_fault(text: str) -> str:
    """What is wrong with a web address, and what to do; "" for one that can be opened, and for none."""
    if not text:
        return ""
    if not re.match(r"https?://", text):
        return 'is no web address. Begin it with "https://".'
    if re.search(r"\s", text):
        return "is no web address. Write %20 for each space in it."
    try:
        host = urlsplit(text).hostname
        if urlsplit(text).port == 0:
            return "is no web address. Correct its port."
    except ValueError:
        return "is no web address. Check its brackets, and that its port is a number."
    return "" if host else "names no server. Write one behind https://, such as https://careers.example.edu."
