"""Makes the template that slides are made from: three named layouts in our look, at sixteen by nine.

`python data/slides/make.py` writes `slide-template.pptx` beside this file. An organisation puts one of its
own at INQUIRIES_HOME/slide-template.pptx: what counts are the names of the layouts and of the placeholders
in them, as PowerPoint's selection pane shows them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

TEMPLATE = Path(__file__).with_name("slide-template.pptx")
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
FONT = "Calibri"
COLOURS = {
    "dk1": "0B0F14",
    "lt1": "FFFFFF",
    "dk2": "0A3F57",
    "lt2": "F2F5F7",
    "accent1": "0B4F6C",
    "accent2": "B3541E",
    "accent3": "5C6670",
    "accent4": "D5DBE0",
    "accent5": "5B3A8C",
    "accent6": "2F6B2F",
    "hlink": "0A3F57",
    "folHlink": "5B3A8C",
}
# A placeholder: its type and number, where it stands (left, top, width, height in inches), its size
# in points, its colour in the theme, and whether it is bold.
Place = tuple[str, int, tuple[float, float, float, float], int, str, bool]
ACROSS = WIDTH - 2 * MARGIN
FOOT: dict[str, Place] = {
    "Mærke": ("body", 15, (WIDTH - MARGIN - 2.2, 0.12, 2.2, 0.34), 14, "accent2", True),
    "Forbehold": ("body", 14, (MARGIN, 6.42, ACROSS, 0.38), 15, "tx1", True),
    "Kilde": ("body", 13, (MARGIN, 6.8, ACROSS - 1, 0.4), 11, "accent3", False),
    "Nummer": ("sldNum", 16, (WIDTH - MARGIN - 0.9, 6.8, 0.9, 0.4), 11, "accent3", False),
}
TITLE: Place = ("title", 0, (MARGIN, 0.45, ACROSS, 1.0), 28, "tx2", True)
SUBTITLE: Place = ("body", 10, (MARGIN, 1.45, ACROSS, 0.4), 14, "accent3", False)
LAYOUTS: dict[str, dict[str, Place]] = {
    "Forside": {
        "Titel": ("title", 0, (MARGIN, 1.5, ACROSS, 1.7), 40, "tx2", True),
        "Undertitel": ("body", 10, (MARGIN, 3.3, ACROSS, 0.8), 20, "accent3", False),
        "Punkter": ("body", 12, (MARGIN, 4.2, ACROSS, 2.0), 20, "tx1", False),
        **FOOT,
    },
    "Figur": {
        "Titel": TITLE,
        "Undertitel": SUBTITLE,
        "Indhold": ("obj", 11, (MARGIN, 1.9, ACROSS, 3.65), 16, "tx1", False),
        "Punkter": ("body", 12, (MARGIN, 5.58, ACROSS, 0.82), 15, "tx1", False),
        **FOOT,
    },
    "Tekst": {
        "Titel": TITLE,
        "Undertitel": SUBTITLE,
        "Punkter": ("body", 12, (MARGIN, 2.1, ACROSS, 4.2), 20, "tx1", False),
        **FOOT,
    },
}


def make() -> None:
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    layouts = presentation.slide_layouts
    for layout in list(layouts)[len(LAYOUTS) :]:
        layouts.remove(layout)
    for layout, (name, places) in zip(layouts, LAYOUTS.items(), strict=True):
        layout.name = name
        _fill(layout, places)
    _fill(presentation.slide_master, LAYOUTS["Figur"], is_master=True)
    _colour(presentation.slide_master)
    properties = presentation.core_properties
    properties.author = properties.last_modified_by = properties.title = ""
    presentation.save(TEMPLATE)


def _fill(page: Any, places: dict[str, Place], *, is_master: bool = False) -> None:
    """The placeholders in the stead of those there are; a master has a title, a body and a number."""
    tree = page.shapes._spTree
    for shape in list(page.placeholders):
        tree.remove(shape._element)
    for number, (name, place) in enumerate(places.items(), start=2):
        if not is_master or name in ("Titel", "Punkter", "Nummer"):
            tree.append(_placeholder(number, name, place, is_master=is_master))


def _placeholder(number: int, name: str, place: Place, *, is_master: bool) -> Any:
    kind, idx, (left, top, width, height), points, colour, bold = place
    said = f'type="{kind}"' if kind != "obj" else ""
    said += f' idx="{1 if is_master else idx}"' if kind not in ("title",) else ""
    align = "r" if name in ("Mærke", "Nummer") else "l"
    anchor = "b" if name in ("Titel", "Mærke") else "t"
    words = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="da-DK"/><a:t>‹nr.›</a:t></a:fld>'
    text = words if kind == "sldNum" else f'<a:r><a:rPr lang="da-DK"/><a:t>{name}</a:t></a:r>'
    space = "" if name != "Punkter" else "<a:spcBef><a:spcPts val='600'/></a:spcBef>"
    return etree.fromstring(
        f"""<p:sp {SPACES}>
  <p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>
    <p:nvPr><p:ph {said}/></p:nvPr></p:nvSpPr>
  <p:spPr><a:xfrm><a:off x="{Inches(left)}" y="{Inches(top)}"/>
    <a:ext cx="{Inches(width)}" cy="{Inches(height)}"/></a:xfrm>
    <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>
  <p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr>
    <a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}">{space}<a:buNone/>
      <a:defRPr sz="{points * 100}" b="{int(bold)}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>
        <a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></a:lstStyle>
    <a:p>{text}</a:p></p:txBody>
</p:sp>"""
    )


def _colour(master: Any) -> None:
    """Our colours and font in the theme."""
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    for name, colour in COLOURS.items():
        text = re.sub(
            rf"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>',
            text,
            flags=re.DOTALL,
        )
    text = re.sub(r'(<a:m(?:aj|in)orFont>\s*<a:latin typeface=")[^"]*', rf"\g<1>{FONT}", text)
    theme._blob = text.encode("utf-8")


if __name__ == "__main__":
    make()
