"""The few things that a deck needs of lxml, with the types that lxml itself does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

_lxml: Any = import_module("lxml.etree")
_sub_element: Any = _lxml.SubElement

Element = Any
"""An lxml element."""
XMLSyntaxError: type[Exception] = _lxml.XMLSyntaxError

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_TAGS = {"a": f"{{{A}}}", "p": f"{{{P}}}", "r": f"{{{R}}}", "c": f"{{{C}}}", "p14": f"{{{P14}}}"}


@cache
def qualified(name: str) -> str:
    """ "a:tbl" as lxml writes it; a full name in braces stays as it is."""
    if name.startswith("{"):
        return name
    prefix, local = name.split(":")
    return _TAGS[prefix] + local


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return _lxml.QName(element).localname


def parse(content: str | bytes) -> Element:
    """The root of an XML document; entities are not resolved. Raises XMLSyntaxError."""
    return _lxml.fromstring(content, _lxml.XMLParser(resolve_entities=False, no_network=True))


def root(
    name: str, namespaces: Mapping[str, str] | Mapping[None, str] | Mapping[str | None, str] | None = None
) -> Element:
    """A new root element; `name` is "p:sld", or a full name in braces."""
    return _lxml.Element(qualified(name), nsmap=namespaces)


def add(
    parent: Element,
    name: str,
    attributes: Mapping[str, str] | None = None,
    namespaces: Mapping[str, str] | Mapping[None, str] | None = None,
) -> Element:
    """A new last child; `name` is "a:p", or a full name in braces."""
    return _sub_element(parent, qualified(name), attributes, namespaces)


def part_bytes(element: Element) -> bytes:
    """A part of a package: the document with its declaration."""
    return _lxml.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def fragment(element: Element) -> str:
    """An element as text, to be set in elsewhere."""
    return _lxml.tostring(element, with_tail=False).decode()


def canonical_bytes(element: Element) -> bytes:
    """An element as everybody would write it (Exclusive XML Canonicalization 1.0)."""
    return _lxml.tostring(element, method="c14n", exclusive=True, with_tail=False)
