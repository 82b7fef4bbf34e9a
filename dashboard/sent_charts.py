"""Charts in the form that Streamlit sends: made once, where it would make them anew on each rerun."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from streamlit.dataframe_util import convert_anything_to_arrow_bytes


def drawn(story: Any) -> Any:
    """A story with its charts, however deep, in the form that Streamlit sends."""
    if isinstance(story, dict) and "datasets" in story:
        return ready(story)
    if isinstance(story, tuple):
        return tuple(drawn(part) for part in story)
    if is_dataclass(story) and not isinstance(story, type):
        parts = {field.name: drawn(getattr(story, field.name)) for field in fields(story)}
        return replace(story, **parts)
    return story


def ready(chart: dict[str, Any]) -> dict[str, Any]:
    """A chart whose rows are in the form Streamlit sends, else it would make them so on each rerun."""
    rows = {name: convert_anything_to_arrow_bytes(data) for name, data in chart["datasets"].items()}
    return {**chart, "datasets": rows}
