"""The uploaded files themselves, kept only where the owner's policy says so, each under its submission's id.

A file is on the disk before its submission is committed, so an acknowledged submission has its file.
One whose commit failed may leave a file that nothing leads to: it is in no history and no backup,
sending the submission again takes it over, and `verify` names it. Where a key is set they are
encrypted with it, as the store is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from inquiries.durable import copy_whole, flush, write_whole
from inquiries.faults import Fault
from inquiries.filing import Submission
from inquiries.home import Home
from inquiries.intake.containers import XLSX, kind_of
from inquiries.keeping import keeping_of
from inquiries.sealing import is_sealed, seal, unseal
from inquiries.store_key import store_key

KINDS = ("csv", XLSX)
PRIVATE = 0o600


def keep(home: Home, submissions: Sequence[Submission]) -> None:
    """Write the files of submissions that are about to be committed, if the policy says so.

    `Fault` when the policy cannot be read or a file not be written: then they must not be committed.
    """
    uploaded = {one.submission: one.original for one in submissions if one.original is not None}
    if not uploaded or not keeping_of(home).original_files:
        return
    for submission, content in uploaded.items():
        # What the file was called is not kept, for it may be a person's name.
        kind = XLSX if kind_of(content) == XLSX else "csv"
        path = home.originals / f"{submission}.{kind}"
        try:
            write_whole(path, seal(content, path.name, store_key(home)), PRIVATE)
        except PermissionError as error:
            raise Fault("store_no_access", file=str(path)) from error
        except OSError as error:
            raise Fault("store_no_space", folder=str(home.folder)) from error


def files(folder: Path) -> dict[str, Path]:
    """The files in a folder of originals, by submission."""
    return {path.stem: path for kind in KINDS for path in sorted(folder.glob(f"*.{kind}"))}


def kinds(home: Home) -> dict[str, str]:
    """The submissions whose file is kept, and of which kind it is: csv or xlsx."""
    return {one: path.suffix.removeprefix(".") for one, path in files(home.originals).items()}


def held(folder: Path, submission: str) -> list[Path]:
    """The file of a submission in a folder of originals: one, or none."""
    paths = (folder / f"{submission}.{kind}" for kind in KINDS)
    return [path for path in paths if path.exists()]


def read(home: Home, submission: str) -> bytes:
    """The file of a submission; `Fault` when it is not kept or cannot be read."""
    for path in held(home.originals, submission):
        return content(path, store_key(home))
    raise Fault("original_none")


def content(path: Path, key: str | None) -> bytes:
    """What a kept file holds; `Fault` when it cannot be read or takes another key."""
    try:
        return unseal(path.read_bytes(), path.name, key)
    except OSError as error:
        raise Fault("file_unreadable", file=str(path)) from error


def seal_anew(home: Home, old_key: str | None) -> None:
    """Encrypt every file with the key that is set; those that are already, stay; `Fault` when one takes neither key."""
    key = store_key(home)
    for path in files(home.originals).values():
        if not _is_under(path, key):
            write_whole(path, seal(content(path, old_key), path.name, key), PRIVATE)


def _is_under(path: Path, key: str | None) -> bool:
    try:
        content(path, key)
    except Fault:
        return False
    return is_sealed(path.read_bytes()) is (key is not None)


def unsealed(folder: Path) -> list[Path]:
    """The files in a folder of originals that are not encrypted."""
    return [path for path in files(folder).values() if not is_sealed(path.read_bytes())]


def remove(home: Home, submissions: Collection[str]) -> None:
    """Remove the files of erased submissions; `Fault` when one cannot be."""
    for path in (path for one in submissions for path in held(home.originals, one)):
        try:
            path.unlink()
            flush(home.originals)
        except OSError as error:
            raise Fault("store_no_access", file=str(path)) from error


def copy(source: Path, target: Path, submissions: Collection[str]) -> None:
    """Copy the files of these submissions from one folder of originals to another that lacks them."""
    for submission, path in files(source).items():
        if submission in submissions and not (target / path.name).exists():
            copy_whole(path, target / path.name, PRIVATE)


def put_back(home: Home, saved: Path, standing: Collection[str], aside: Path) -> None:
    """After a restore: the files of the submissions that stand, from the backup's folder where they are missing.

    A file of another submission, and one that differs from the backup's, is set aside.
    """
    known = files(saved)
    for submission, path in files(home.originals).items():
        if submission not in standing or not _alike(home, known.get(submission, path), path):
            aside.mkdir(mode=0o700, exist_ok=True)
            path.replace(aside / path.name)
    copy(saved, home.originals, standing)


def _alike(home: Home, kept: Path, path: Path) -> bool:
    """Whether two kept files hold the same; not where one cannot be read with the key that is set."""
    try:
        key = store_key(home)
        return content(kept, key) == content(path, key)
    except Fault:
        return False
