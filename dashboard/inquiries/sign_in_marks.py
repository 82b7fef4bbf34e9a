"""Which sign-ins were ended, and which were recorded: kept on the disk until they would have run out anyway."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock

from inquiries.durable import write_whole
from inquiries.faults import Fault

# Longer than any sign-in lasts, by as much as clocks may differ.
KEPT = timedelta(hours=9)


class Marks:
    """Keys of sign-ins in one file; every process on the same home sees what another has added."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_at = -1
        self._keys: dict[str, str] = {}
        self._renew()

    def __contains__(self, key: str) -> bool:
        self._renew()
        return key in self._keys

    def add(self, key: str, now: datetime) -> None:
        """Put a key on the disk."""
        with self.adding(key, now):
            pass

    @contextmanager
    def adding(self, key: str, now: datetime) -> Iterator[bool]:
        """Whether a key is new; it is on the disk when what is done within is done. One process at a time."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(f"{self._file}.lock"):
            is_new = key not in self
            yield is_new
            if is_new:
                self._write(key, now)

    def _write(self, key: str, now: datetime) -> None:
        """Those that matter no longer are left out."""
        since = (now - KEPT).isoformat()
        kept = {one: at for one, at in self._keys.items() if at > since}
        self._keys = kept | {key: now.isoformat()}
        write_whole(self._file, json.dumps(self._keys, indent=0).encode(), mode=0o600)

    def _renew(self) -> None:
        """Read the file again when it was written to; `Fault` when it cannot be read: then nobody is let in."""
        try:
            written = self._file.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if written != self._read_at:
            try:
                self._keys = dict(json.loads(self._file.read_text("utf-8")))
            except (OSError, ValueError, TypeError) as error:
                raise Fault("ended_unreadable", file=str(self._file)) from error
            self._read_at = written
