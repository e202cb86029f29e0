"""A PowerPoint file as bytes that depend on its content alone: fixed order, fixed dates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

_STORED = (".png", ".jpg", ".jpeg", ".gif")
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def content_types(types: Mapping[str, str]) -> bytes:
    """The part `[Content_Types].xml` for parts by name ("/ppt/presentation.xml") with their content types."""
    used = {name.rsplit(".", 1)[-1].lower() for name in types} | {"rels", "xml"}
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in sorted(_DEFAULTS.items())
        if extension in used
    )
    overrides = "".join(
        f"<Override PartName={quoteattr(name)} ContentType={quoteattr(kind)}/>"
        for name, kind in sorted(types.items())
        if _DEFAULTS.get(name.rsplit(".", 1)[-1].lower()) != kind
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{_HEAD}<Types xmlns="{namespace}">{defaults}{overrides}</Types>'.encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip file of `members` by name, content types first, without any clock in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(_STORED) else zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, members[name])
    return buffer.getvalue()
