"""What stands in the specification of a chart: its marks, and the rows each of them draws."""

from __future__ import annotations

from typing import Any


def marks(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    """Every mark of a chart with its encoding and its data, however deep the layers."""
    if "mark" in drawn:
        return [drawn]
    given = {"data": drawn["data"]} if "data" in drawn else {}
    return [mark for layer in drawn.get("layer", []) for mark in marks(given | layer)]


def of_type(drawn: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [mark for mark in marks(drawn) if mark["mark"]["type"] == kind]


def rows(drawn: dict[str, Any], mark: dict[str, Any]) -> list[dict[str, Any]]:
    """What one mark of a chart draws."""
    return list(drawn["datasets"][mark["data"]["name"]])


def with_field(drawn: dict[str, Any], channel: str, field: str) -> list[dict[str, Any]]:
    """The marks that show a field on a channel."""
    return [
        mark for mark in marks(drawn) if mark["encoding"].get(channel, {}).get("field") == field
    ]


def domains(drawn: dict[str, Any], channel: str) -> list[Any]:
    """The ends of the axis that each mark asks for, where it asks for any."""
    scales = [mark["encoding"].get(channel, {}).get("scale") for mark in marks(drawn)]
    return [scale["domain"] for scale in scales if scale and "domain" in scale]


def written(drawn: dict[str, Any]) -> set[str]:
    """Every text in a picture, its white edges aside."""
    found: set[str] = set()
    for mark in of_type(drawn, "text"):
        shown = mark["encoding"].get("text", {"value": mark["mark"].get("text")})
        if "field" in shown:
            found |= {row[shown["field"]] for row in rows(drawn, mark)}
        elif isinstance(shown["value"], str):
            found.add(shown["value"])
    return found
