"""Keys for the exact figures, as an operator makes them: a line in a file of its owner's, outside the home."""

from __future__ import annotations

from pathlib import Path

KEY = "5f0c9be27d1a4836" * 4
OTHER = "c41d7e08b9f2a563" * 4


def key_file(folder: Path, key: str = KEY, name: str = "store-key", mode: int = 0o600) -> Path:
    """A file with this key, made anew."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.unlink(missing_ok=True)
    file.touch(mode)
    file.chmod(mode)
    file.write_text(f"{key}\n", "ascii")
    return file
