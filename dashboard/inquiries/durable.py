"""Puts files on the disk so that they are there whole after a crash, or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def flush(path: Path) -> None:
    """Have the operating system put a file or folder on the disk; Windows cannot open a folder."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write under another name, flush, and give the file its own name last of all.

    Who may read it follows from `mode` and the system's umask, from its first byte on.
    """
    part = _part(path, mode)
    part.write_bytes(content)
    _put(part, path)


def copy_whole(source: Path, target: Path, mode: int = 0o666) -> None:
    """Copy a file likewise; nobody sees half of it under its own name."""
    part = _part(target, mode)
    shutil.copyfile(source, part)
    _put(part, target)


def _part(path: Path, mode: int) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode)
    return part


def _put(part: Path, path: Path) -> None:
    flush(part)
    part.replace(path)
    flush(path.parent)
