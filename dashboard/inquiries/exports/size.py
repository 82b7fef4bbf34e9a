"""How large a file that is handed out may be: it is refused with a sentence rather than cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inquiries import limits
from inquiries.faults import Fault


def require_few(rows: Sequence[Any]) -> None:
    """`Fault` when a table has more rows than a file may."""
    if len(rows) > limits.EXPORT_ROWS:
        raise Fault("export_rows", found=len(rows), most=limits.EXPORT_ROWS)


def weighed(content: bytes) -> bytes:
    """A file's bytes as they are; `Fault` when they are more than it may have."""
    if len(content) > limits.EXPORT_BYTES:
        raise Fault("export_bytes", most=limits.EXPORT_BYTES // 1_000_000)
    return content
