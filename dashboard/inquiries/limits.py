"""How much may be asked of the product at once: a file that is sent, a question, a file that is handed out (docs/operations.md 9)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

# A file that is sent; what is within it, docs/design.md 3 has.
UPLOAD_BYTES = 10_000_000
UPLOAD_ROWS = 200_000

# A file that is handed out: Streamlit holds it in memory until it is fetched.
EXPORT_BYTES = 50_000_000
EXPORT_ROWS = 500_000


@dataclass(frozen=True)
class Limit:
    """What one question to the database may take: seconds, memory as the engine writes it, and threads."""

    seconds: float
    memory: str
    threads: int

    def settings(self) -> dict[str, Any]:
        """The same as the engine is told it; no more threads than the machine has."""
        return {"memory_limit": self.memory, "threads": min(self.threads, os.cpu_count() or 1)}


# A reader's, to a release: look-ups of milliseconds.
READING = Limit(seconds=10, memory="500MB", threads=2)
# Any other: seventeen million rows are released in half a minute (make bench).
WORKING = Limit(seconds=120, memory="2GB", threads=4)
