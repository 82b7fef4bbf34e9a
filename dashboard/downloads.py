"""Where files that are made for one reader lie until they are fetched: each at an address of its own that nobody can guess."""

from __future__ import annotations

import secrets
import threading
import time
from pathlib import PurePosixPath

from streamlit.runtime import memory_media_file_storage as kept_by_streamlit
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryFile, MemoryMediaFileStorage

KEPT_SECONDS, MOST_BYTES = 60, 100_000_000
# When it was made, and the file.
Made = tuple[float, MemoryFile]


class OwnAddresses(MemoryMediaFileStorage):
    """Streamlit's storage, but for what is downloaded.

    Streamlit makes the address from the file's name, length and, above 1 MiB, a sample of its bytes:
    two files may share one, and who guesses a small file's bytes can see whether it was made. It also
    forgets a file when two others' pages have been made, fetched or not. Here an address is drawn at
    random each time a file is made, and the file is kept for a minute, or less when many are made.
    """

    def __init__(self, media_endpoint: str) -> None:
        super().__init__(media_endpoint)
        self._made: dict[str, Made] = {}
        self._lock = threading.Lock()

    def load_and_get_id(
        self,
        path_or_data: str | bytes,
        mimetype: str,
        kind: MediaFileKind,
        filename: str | None = None,
    ) -> str:
        """Keep a file, and give the id that its address is made of."""
        if kind is not MediaFileKind.DOWNLOADABLE or isinstance(path_or_data, str):
            return super().load_and_get_id(path_or_data, mimetype, kind, filename)
        file_id = secrets.token_hex(32)
        made = time.monotonic(), MemoryFile(path_or_data, mimetype, kind, filename)
        self._young((file_id, made))
        return file_id

    def get_file(self, filename: str) -> MemoryFile:
        """The file at an address; Streamlit's own error when there is none, or none any more."""
        made = self._young().get(PurePosixPath(filename).stem)
        return made[1] if made else super().get_file(filename)

    def delete_file(self, file_id: str) -> None:
        """Forget a file; what is downloaded goes by its age alone."""
        self._young()
        super().delete_file(file_id)

    def _young(self, *added: tuple[str, Made]) -> dict[str, Made]:
        """The files that are not too old, and those that are added; the others are forgotten."""
        oldest = time.monotonic() - KEPT_SECONDS
        with self._lock:
            young = {one: made for one, made in self._made.items() if made[0] > oldest}
            young |= dict(added)
            while sum(len(file.content) for _, file in young.values()) > MOST_BYTES:
                del young[next(iter(young))]
            self._made = young
            return young


def use_own_addresses() -> None:
    """Have Streamlit, which asks for its storage by this name when the app is made, use ours."""
    kept_by_streamlit.MemoryMediaFileStorage = OwnAddresses  # type: ignore[misc]
