"""The charts of a slide as PowerPoint's own, which can be edited: band and lines, or bars with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from inquiries.charts import theme
from inquiries.charts.intervals import ends
from inquiries.periods import PROVISIONAL
from inquiries.slides import Chart
from inquiries.words import Words

# Which language numbers and months are written in, whatever the language of who opens the file.
LOCALES = {"da": "[$-406]", "en": "[$-809]"}
TEXT_SIZE = Pt(14)
LABELS_AT_MOST = 12
MARKER = 8

Values = Sequence[float | None]
Frame = tuple[int, int, int, int]


def add_chart(slide: Any, chart: Chart, frame: Frame, words: Words) -> Any:
    """The chart in its frame (left, top, width, height), with its figures in a workbook of its own."""
    if chart.kind == "changes":
        return _changes(slide, chart.rows, frame, words)
    data = _missing(chart.rows, words) if chart.kind == "missing" else _months(chart, words)
    return _over_time(slide, data, frame, words)


def _months(chart: Chart, words: Words) -> dict[str, Any]:
    """The series of months: expected with its band where there is any, observed, provisional, the fall."""
    rows, count = chart.rows, chart.rows["count"]
    provisional = rows["state"] == PROVISIONAL
    lines = {"observed": count.mask(provisional)}
    if rows["expected"].notna().any():
        lines = {"expected": rows["expected"].round(1), **lines}
    if provisional.any():
        joined = provisional | provisional.shift(-1, fill_value=False)
        lines["provisional"] = count.where(joined)
    if chart.accent:
        lines["fall"] = count.where(rows["month"].between(*chart.accent))
    return _data(rows, lines, words)


def _missing(rows: pd.DataFrame, words: Words) -> dict[str, Any]:
    return _data(rows, {"missing": rows["missing"].round(1)}, words)


def _data(rows: pd.DataFrame, lines: dict[str, pd.Series], words: Words) -> dict[str, Any]:
    band = _band(rows) if rows["low"].notna().any() else {}
    return {
        "months": [month.date() for month in rows["month"]],
        "band": {words(f"slides.series_{name}"): _values(own) for name, own in band.items()},
        "lines": {name: _values(own) for name, own in lines.items()},
    }


def _band(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """The lower limit, and how far the upper one lies above it.

    An area begins and ends at zero where its neighbour is empty. So beside the band it has no height
    and lies on the observed line, from which it then opens.
    """
    low, high = rows["low"].astype("Float64"), rows["high"].astype("Float64")
    empty = low.isna()
    beside = empty & ~(empty.shift(1, fill_value=True) & empty.shift(-1, fill_value=True))
    if "count" in rows:
        count = rows["count"].astype("Float64")
        low, high = low.mask(beside, count), high.mask(beside, count)
    return {"low": low.round(1), "band": (high - low).round(1)}


def _values(series: pd.Series) -> Values:
    """The figures, with nothing where one is hidden or not reported."""
    return [None if pd.isna(value) else float(value) for value in series]


INK = {
    "observed": theme.OBSERVED,
    "provisional": theme.OBSERVED,
    "expected": theme.EXPECTED,
    "fall": theme.FALL,
    "missing": theme.OBSERVED,
}
DASHED = {"expected": MSO_LINE.DASH, "provisional": MSO_LINE.SQUARE_DOT}


def _over_time(slide: Any, data: dict[str, Any], frame: Frame, words: Words) -> Any:
    """A date axis with the band as stacked areas and the lines over it, all in one workbook."""
    locale = LOCALES[words.language]
    given = CategoryChartData(number_format=f"{locale}#,##0")
    given.categories = data["months"]
    given.categories.number_format = f"{locale}mmm yyyy"
    for name, values in data["band"].items():
        given.add_series(name, values)
    for name, values in data["lines"].items():
        given.add_series(words(f"slides.series_{name}"), values)
    kind = XL_CHART_TYPE.AREA_STACKED if data["band"] else XL_CHART_TYPE.LINE
    shown = slide.shapes.add_chart(kind, *frame, given)
    chart = shown.chart
    if data["band"]:
        _fill_band(chart)
        _move_to_lines(chart, len(data["band"]))
    for series, name in zip(chart.plots[-1].series, data["lines"], strict=True):
        _ink(series, name)
    chart.has_title = False
    _axes(chart, locale, len(data["months"]))
    _legend(chart, hidden=[0] if data["band"] else [])
    return shown


def _fill_band(chart: Any) -> None:
    low, band = list(chart.plots[0].series)[:2]
    low.format.fill.background()
    band.format.fill.solid()
    band.format.fill.fore_color.rgb = _rgb(theme.BAND)


def _move_to_lines(chart: Any, first: int) -> None:
    """The series after the band as lines in the same plot and on the same axes."""
    areas = chart.plots[0]._element
    lines = etree.SubElement(areas.getparent(), qn("c:lineChart"))
    etree.SubElement(lines, qn("c:grouping"), val="standard")
    etree.SubElement(lines, qn("c:varyColors"), val="0")
    for series in areas.findall(qn("c:ser"))[first:]:
        lines.append(series)
    etree.SubElement(lines, qn("c:marker"), val="1")
    for axis in areas.findall(qn("c:axId")):
        etree.SubElement(lines, qn("c:axId"), val=axis.get("val"))
    areas.addnext(lines)


def _ink(series: Any, name: str) -> None:
    line = series.format.line
    line.color.rgb, line.width = _rgb(INK[name]), Pt(4 if name == "fall" else 2.5)
    if name in DASHED:
        line.dash_style = DASHED[name]
    element = series._element
    for old in element.findall(qn("c:marker")) + element.findall(qn("c:smooth")):
        element.remove(old)
    marker = etree.Element(qn("c:marker"))
    etree.SubElement(marker, qn("c:symbol"), val="circle" if name == "fall" else "none")
    if name == "fall":
        etree.SubElement(marker, qn("c:size"), val=str(MARKER))
        marker.append(_solid(INK[name]))
    element.find(qn("c:spPr")).addnext(marker)
    etree.SubElement(element, qn("c:smooth"), val="0")


def _solid(colour: str) -> Any:
    shape = etree.Element(qn("c:spPr"))
    fill = etree.SubElement(shape, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=colour.lstrip("#").upper())
    return shape


def _axes(chart: Any, locale: str, months: int) -> None:
    """Months below, never under the band's middle; counts from zero where none is negative."""
    time, value = chart.category_axis, chart.value_axis
    time.tick_labels.number_format = f"{locale}mmm yyyy"
    time.tick_labels.number_format_is_linked = False
    time.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    time.has_major_gridlines = False
    value.tick_labels.number_format = f"{locale}#,##0"
    value.tick_labels.number_format_is_linked = False
    value.major_gridlines.format.line.color.rgb = _rgb(theme.GRID)
    value.format.line.fill.background()
    for axis in (time, value):
        axis.tick_labels.font.size = TEXT_SIZE
    element = time._element
    step = next(step for step in (1, 3, 6, 12, 24) if months / step <= LABELS_AT_MOST)
    # The schema has one order: the unit of the axis, the step of its labels, the unit of the step.
    for name in ("baseTimeUnit", "majorUnit", "majorTimeUnit"):
        for old in element.findall(qn(f"c:{name}")):
            element.remove(old)
    for name, said in (
        ("baseTimeUnit", "months"),
        ("majorUnit", str(step)),
        ("majorTimeUnit", "months"),
    ):
        etree.SubElement(element, qn(f"c:{name}"), val=said)
    blanks = chart._chartSpace.chart.find(qn("c:dispBlanksAs"))
    if blanks is not None:
        blanks.set("val", "gap")


def _legend(chart: Any, hidden: list[int]) -> None:
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.legend.font.size = TEXT_SIZE
    for number in hidden:
        entry = etree.Element(qn("c:legendEntry"))
        etree.SubElement(entry, qn("c:idx"), val=str(number))
        etree.SubElement(entry, qn("c:delete"), val="1")
        chart.legend._element.find(qn("c:legendPos")).addnext(entry)


STANDINGS = {"differs": theme.FALL, "plain": theme.OBSERVED, "unsure": theme.EXPECTED}


def _changes(slide: Any, rows: pd.DataFrame, frame: Frame, words: Words) -> Any:
    """Bars side by side, the deepest fall on top, each with its interval."""
    locale = LOCALES[words.language]
    given = CategoryChartData(number_format=f"{locale}#,##0")
    given.categories = [
        f"{row.label}: {words('format.percent', number=words.signed(row.change))}"
        for row in rows.itertuples()
    ]
    given.add_series(words("chart.change"), _values(rows["change"].round(1)))
    shown = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *frame, given)
    chart = shown.chart
    (series,) = chart.plots[0].series
    series.invert_if_negative = False
    chart.plots[0].gap_width = 60
    for point, standing in enumerate(rows["standing"]):
        fill = series.points[point].format.fill
        fill.solid()
        fill.fore_color.rgb = _rgb(STANDINGS[standing])
    _intervals(series, rows, f"{locale}#,##0")
    chart.has_legend = False
    chart.has_title = False
    categories, value = chart.category_axis, chart.value_axis
    categories.reverse_order = True
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.has_major_gridlines = False
    value.major_gridlines.format.line.color.rgb = _rgb(theme.GRID)
    value.tick_labels.number_format = f"{locale}#,##0"
    value.tick_labels.number_format_is_linked = False
    value.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # below, for the rows run downwards
    value.minimum_scale, value.maximum_scale = ends(rows)
    for axis in (categories, value):
        axis.tick_labels.font.size = TEXT_SIZE
    return shown


def _intervals(series: Any, rows: pd.DataFrame, number_format: str) -> None:
    """The interval of each bar as its error bar; a limit that does not exist is left out."""
    bars = etree.Element(qn("c:errBars"))
    for name, said in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        etree.SubElement(bars, qn(f"c:{name}"), val=said)
    lengths = {"plus": rows["high"] - rows["change"], "minus": rows["change"] - rows["low"]}
    for side, values in lengths.items():
        given = etree.SubElement(etree.SubElement(bars, qn(f"c:{side}")), qn("c:numLit"))
        etree.SubElement(given, qn("c:formatCode")).text = number_format
        etree.SubElement(given, qn("c:ptCount"), val=str(len(values)))
        for place, value in enumerate(_values(values.round(1))):
            if value is not None and abs(value) != float("inf"):
                point = etree.SubElement(given, qn("c:pt"), idx=str(place))
                etree.SubElement(point, qn("c:v")).text = f"{value:g}"
    shape = etree.SubElement(bars, qn("c:spPr"))
    line = etree.SubElement(shape, qn("a:ln"), w=str(Pt(2)))
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=theme.TEXT.lstrip("#").upper())
    element = series._element
    element.find(qn("c:cat")).addprevious(bars)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())
