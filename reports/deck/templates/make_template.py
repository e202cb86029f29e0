"""Makes template.pptx, Fairsheet's own PowerPoint template: `python -m reports.deck.templates.make_template`."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from data.look.brand import Colours
from reports.deck.templates.own_layouts import FOOT, HEIGHT, WIDTH, Mark, OwnLayout, Spot, own_layouts
from reports.powerpoint.box import Box
from reports.powerpoint.packed import content_types, zipped

FILE = Path(__file__).with_name("template.pptx")

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NAMES = (
    f'xmlns:a="{_A}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PART = "application/vnd.openxmlformats-officedocument.presentationml"
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" '
    'y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_COLOUR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)
_FIRST, _CAPITALS, _FIXED = ' idx="1"', ' cap="all"', ' noRot="1" noChangeAspect="1"'
_NO_INSETS = 'lIns="0" tIns="0" rIns="0" bIns="0"'


def _emu(points: float) -> int:
    return round(points * 12700)


def _place(box: Box) -> str:
    return (
        f'<a:xfrm><a:off x="{_emu(box.left)}" y="{_emu(box.top)}"/>'
        f'<a:ext cx="{_emu(box.width)}" cy="{_emu(box.height)}"/></a:xfrm>'
    )


def _fill(colour: str, opacity: int = 100) -> str:
    alpha = "" if opacity == 100 else f'<a:alpha val="{opacity}000"/>'
    return f'<a:solidFill><a:schemeClr val="{colour}">{alpha}</a:schemeClr></a:solidFill>'


# -- shapes --------------------------------------------------------------------


def _levels(spot: Spot) -> str:
    """Text styles of a placeholder: where lists may stand they step down by level, elsewhere there is one or two."""
    found: list[str] = []
    for level in range(5 if spot.bullets else 2 if spot.second else 1):
        size, colour = max(min(spot.size, 14.0), spot.size - 2 * level), spot.colour
        if level and spot.second:
            size, colour = spot.second
        indent = _emu(size)
        margins = f'marL="{indent * (level + 1)}" indent="{-indent}"' if spot.bullets else 'marL="0" indent="0"'
        before = spot.before / 2 if level and spot.bullets else spot.before
        found.append(
            f'<a:lvl{level + 1}pPr {margins} algn="{spot.align}">'
            f'<a:lnSpc><a:spcPct val="{spot.spacing}000"/></a:lnSpc>'
            f'<a:spcBef><a:spcPts val="{round(100 * before)}"/></a:spcBef>'
            f"{'' if spot.bullets else '<a:buNone/>'}"
            f'<a:defRPr sz="{round(size * 100)}" b="{int(spot.bold)}" i="{int(spot.italic)}"'
            f"{_CAPITALS if spot.capitals else ''}>{_fill(colour)}</a:defRPr></a:lvl{level + 1}pPr>"
        )
    return "".join(found)


def _spot_xml(number: int, spot: Spot) -> str:
    index = f' idx="{spot.index}"' if spot.index else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{spot.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{spot.type}"{index} hasCustomPrompt="1"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_place(spot.box)}</p:spPr><p:txBody>"
        f'<a:bodyPr {_NO_INSETS} anchor="{spot.anchor}"><a:noAutofit/></a:bodyPr>'
        f'<a:lstStyle>{_levels(spot)}</a:lstStyle><a:p><a:r><a:rPr lang="en-US"/><a:t>{escape(spot.prompt)}</a:t></a:r>'
        "</a:p></p:txBody></p:sp>"
    )


def _mark_xml(number: int, mark: Mark) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Decoration {number}" descr="">{_DECORATIVE}</p:cNvPr>'
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_place(mark.box)}<a:prstGeom prst="rect">'
        f"<a:avLst/></a:prstGeom>{_fill(mark.colour, mark.opacity)}<a:ln><a:noFill/></a:ln></p:spPr>"
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-US"/></a:p></p:txBody></p:sp>'
    )


def _foot_xml(start: int, on_master: bool, left: float = FOOT[0][3].left) -> str:
    """Source, edition and slide number; the source may start elsewhere. A master has a place for the number alone."""
    found: list[str] = []
    for i, (name, kind, index, box, align) in enumerate(FOOT):
        if on_master and kind == "body":
            continue
        run = f'<a:r><a:rPr lang="en-US"/><a:t>{name}</a:t></a:r>'
        if kind == "sldNum":
            run = (
                '<a:fld id="{7E4C9A0B-1D52-4F3C-9B57-0A6C1B7E2D11}" type="slidenum"><a:rPr lang="en-US"/>'
                "<a:t>‹#›</a:t></a:fld>"
            )
        if name == "Source":
            box = Box(left, box.top, box.right - left, box.height)
        spread, body, style = "", "<a:bodyPr/>", ""
        if on_master or kind == "body":
            spread = f'{_place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            body = f'<a:bodyPr {_NO_INSETS} anchor="ctr"><a:noAutofit/></a:bodyPr>'
            style = (
                f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
                f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/><a:defRPr sz="1050">{_fill("tx2")}</a:defRPr>'
                "</a:lvl1pPr>"
            )
        custom = ' hasCustomPrompt="1"' if kind == "body" else ""
        place = index - 8 if on_master else index
        found.append(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{start + i}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{place}"{custom}/></p:nvPr></p:nvSpPr>'
            f"<p:spPr>{spread}</p:spPr><p:txBody>{body}<a:lstStyle>{style}</a:lstStyle><a:p>{run}</a:p></p:txBody>"
            "</p:sp>"
        )
    return "".join(found)


# -- parts ---------------------------------------------------------------------


def _layout(layout: OwnLayout) -> str:
    marks = "".join(_mark_xml(2 + i, mark) for i, mark in enumerate(layout.marks))
    start = 2 + len(layout.marks)
    spots = "".join(_spot_xml(start + i, spot) for i, spot in enumerate(layout.spots))
    background = ""
    if layout.background != "bg1":
        background = f"<p:bg><p:bgPr>{_fill(layout.background)}<a:effectLst/></p:bgPr></p:bg>"
    kind = f' type="{layout.kind}"' if layout.kind else ""
    return (
        f'{_HEAD}<p:sldLayout {_NAMES}{kind} preserve="1" userDrawn="1"><p:cSld name="{layout.role}">{background}'
        f"<p:spTree>{_TREE}{marks}{spots}{_foot_xml(start + len(layout.spots), False, layout.foot)}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _fonts(which: str) -> str:
    return f'<a:latin typeface="+m{which}-lt"/><a:ea typeface="+m{which}-ea"/><a:cs typeface="+m{which}-cs"/>'


_COMMON = 'defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1"'


def _plain_levels() -> str:
    levels = "".join(
        f'<a:lvl{n}pPr marL="{457200 * (n - 1)}" algn="l" {_COMMON}><a:defRPr sz="1800" kern="1200">{_fill("tx1")}'
        f"{_fonts('n')}</a:defRPr></a:lvl{n}pPr>"
        for n in range(1, 10)
    )
    return f'<a:defPPr><a:defRPr lang="en-US"/></a:defPPr>{levels}'


def _text_styles() -> str:
    title = (
        f'<a:lvl1pPr algn="l" {_COMMON}><a:lnSpc><a:spcPct val="90000"/></a:lnSpc><a:spcBef><a:spcPct val="0"/>'
        f'</a:spcBef><a:buNone/><a:defRPr sz="2800" b="1" kern="1200">{_fill("tx1")}{_fonts("j")}</a:defRPr>'
        "</a:lvl1pPr>"
    )
    body = "".join(
        f'<a:lvl{n}pPr marL="{_emu(18 * n)}" indent="{-_emu(18)}" algn="l" {_COMMON}>'
        '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{1000 if n == 1 else 500}"/></a:spcBef>'
        f'<a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buSzPct val="{"70000" if n == 1 else "100000"}"/>'
        f'<a:buFont typeface="Arial"/><a:buChar char="{"■" if n == 1 else "–"}"/>'
        f'<a:defRPr sz="{max(1400, 2200 - 200 * n)}" kern="1200">{_fill("tx1")}{_fonts("n")}</a:defRPr></a:lvl{n}pPr>'
        for n in range(1, 10)
    )
    return (
        f"<p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle>"
        f"<p:otherStyle>{_plain_levels()}</p:otherStyle>"
    )


def _master(layouts: int) -> str:
    title, body = own_layouts()[2].spots
    ids = "".join(f'<p:sldLayoutId id="{2147483649 + i}" r:id="rId{i + 1}"/>' for i in range(layouts))
    shapes = "".join(
        f'<p:sp><p:nvSpPr><p:cNvPr id="{2 + i}" name="{spot.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{spot.type}"{_FIRST if i else ""}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{_place(spot.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        f'<a:bodyPr {_NO_INSETS} anchor="t"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f'<a:p><a:r><a:rPr lang="en-US"/><a:t>{escape(spot.prompt)}</a:t></a:r></a:p></p:txBody></p:sp>'
        for i, spot in enumerate((title, body))
    )
    return (
        f"{_HEAD}<p:sldMaster {_NAMES}><p:cSld><p:bg><p:bgPr>{_fill('bg1')}<a:effectLst/></p:bgPr></p:bg>"
        f"<p:spTree>{_TREE}{shapes}{_foot_xml(4, True)}</p:spTree></p:cSld>{_COLOUR_MAP}"
        f'<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:hf hdr="0" ftr="0" dt="0"/><p:txStyles>{_text_styles()}'
        "</p:txStyles></p:sldMaster>"
    )


def _notes_master() -> str:
    def shape(number: int, name: str, kind: str, box: Box, text: str) -> str:
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"'
            f"{_FIXED if kind == 'sldImg' else ''}/></p:cNvSpPr>"
            f'<p:nvPr><p:ph type="{kind}" idx="{number}"/></p:nvPr></p:nvSpPr><p:spPr>{_place(box)}'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>{text}</p:sp>'
        )

    text = '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="en-US"/><a:t>Notes</a:t></a:r></a:p></p:txBody>'
    levels = "".join(
        f'<a:lvl{n}pPr marL="{228600 * (n - 1)}" algn="l" {_COMMON}><a:spcBef><a:spcPts val="400"/></a:spcBef>'
        f'<a:defRPr sz="1200" kern="1200">{_fill("tx1")}{_fonts("n")}</a:defRPr></a:lvl{n}pPr>'
        for n in range(1, 10)
    )
    return (
        f"{_HEAD}<p:notesMaster {_NAMES}><p:cSld><p:bg><p:bgPr>{_fill('bg1')}<a:effectLst/></p:bgPr></p:bg>"
        f"<p:spTree>{_TREE}{shape(2, 'Slide', 'sldImg', Box(54, 54, 432, 243), '')}"
        f"{shape(3, 'Notes', 'body', Box(54, 324, 432, 342), text)}</p:spTree></p:cSld>{_COLOUR_MAP}"
        f"<p:notesStyle>{levels}</p:notesStyle></p:notesMaster>"
    )


def _theme() -> str:
    default = Colours()
    slots = {
        "dk1": default.ink,
        "lt1": default.paper,
        "dk2": default.muted,
        "lt2": default.tint,
        "accent1": default.accent,
        "accent2": default.second,
        "accent3": default.mark,
        "accent4": default.muted,
        "accent5": default.ink,
        "accent6": default.hairline,
        "hlink": default.accent,
        "folHlink": default.muted,
    }
    colours = "".join(f'<a:{slot}><a:srgbClr val="{colour[1:]}"/></a:{slot}>' for slot, colour in slots.items())
    font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{_HEAD}<a:theme xmlns:a="{_A}" name="Fairsheet"><a:themeElements><a:clrScheme name="Fairsheet">{colours}'
        f'</a:clrScheme><a:fontScheme name="Fairsheet"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}'
        f'</a:minorFont></a:fontScheme><a:fmtScheme name="Fairsheet"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements><a:objectDefaults/>"
        "<a:extraClrSchemeLst/></a:theme>"
    )


def _presentation() -> str:
    return (
        f'{_HEAD}<p:presentation {_NAMES} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" '
        'r:id="rId1"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldSz cx="{_emu(WIDTH)}" cy="{_emu(HEIGHT)}"/><p:notesSz cx="6858000" cy="9144000"/>'
        f"<p:defaultTextStyle>{_plain_levels()}</p:defaultTextStyle></p:presentation>"
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{i + 1}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{namespace}">{entries}</Relationships>'


def make_template() -> bytes:
    """The template file; the same bytes each time."""
    layouts = own_layouts()
    parts: dict[str, tuple[str, str]] = {
        "ppt/presentation.xml": (f"{_PART}.presentation.main+xml", _presentation()),
        "ppt/presProps.xml": (f"{_PART}.presProps+xml", f"{_HEAD}<p:presentationPr {_NAMES}/>"),
        "ppt/viewProps.xml": (f"{_PART}.viewProps+xml", f"{_HEAD}<p:viewPr {_NAMES}/>"),
        "ppt/tableStyles.xml": (
            f"{_PART}.tableStyles+xml",
            f'{_HEAD}<a:tblStyleLst xmlns:a="{_A}" def="{{2D5ABB26-0587-4C30-8999-92F81FD0307C}}"/>',
        ),
        "ppt/slideMasters/slideMaster1.xml": (f"{_PART}.slideMaster+xml", _master(len(layouts))),
        "ppt/notesMasters/notesMaster1.xml": (f"{_PART}.notesMaster+xml", _notes_master()),
        "ppt/theme/theme1.xml": ("application/vnd.openxmlformats-officedocument.theme+xml", _theme()),
        "ppt/theme/theme2.xml": ("application/vnd.openxmlformats-officedocument.theme+xml", _theme()),
    }
    relations = {
        "_rels/.rels": [("officeDocument", "ppt/presentation.xml")],
        "ppt/_rels/presentation.xml.rels": [
            ("slideMaster", "slideMasters/slideMaster1.xml"),
            ("notesMaster", "notesMasters/notesMaster1.xml"),
            ("presProps", "presProps.xml"),
            ("viewProps", "viewProps.xml"),
            ("theme", "theme/theme1.xml"),
            ("tableStyles", "tableStyles.xml"),
        ],
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": [
            *(("slideLayout", f"../slideLayouts/slideLayout{i + 1}.xml") for i in range(len(layouts))),
            ("theme", "../theme/theme1.xml"),
        ],
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": [("theme", "../theme/theme2.xml")],
    }
    for i, layout in enumerate(layouts):
        parts[f"ppt/slideLayouts/slideLayout{i + 1}.xml"] = (f"{_PART}.slideLayout+xml", _layout(layout))
        relations[f"ppt/slideLayouts/_rels/slideLayout{i + 1}.xml.rels"] = [
            ("slideMaster", "../slideMasters/slideMaster1.xml")
        ]
    members = {name: xml.encode() for name, (_, xml) in parts.items()}
    members |= {name: _relations(targets).encode() for name, targets in relations.items()}
    members["[Content_Types].xml"] = content_types({f"/{name}": kind for name, (kind, _) in parts.items()})
    return zipped(members)


if __name__ == "__main__":
    FILE.write_bytes(make_template())
