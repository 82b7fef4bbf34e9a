"""The commands that keep and prove what was stored: backup, restore, verify, encrypt, history, withdraw, erase."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inquiries import encrypting, erasure, ledger, restoring, trail
from inquiries.actor import LOCAL
from inquiries.backup import back_up
from inquiries.faults import Fault
from inquiries.home import Home, home_from_environment
from inquiries.inspection import inspect
from inquiries.starting import start
from inquiries.store import Store, system_clock
from inquiries.store_key import store_key
from inquiries.words import Words

DONE, WRONG = 0, 1
NOTHING_CHECKED: dict[str, Any] = {
    **dict.fromkeys(("tables", "rows", "acts", "submissions", "erased", "originals"), 0),
    **dict.fromkeys(("releases", "backups", "away", "records"), 0),
}
Command = Callable[[argparse.Namespace, Words], int]


def add_commands(add: Callable[[str, Command], argparse.ArgumentParser]) -> None:
    """Add these commands to those of `manage.py`."""
    add("backup", backup).add_argument("--to", type=Path, help="a folder to put the backup in")
    restoring_one = add("restore", restore)
    restoring_one.add_argument("backup", type=Path, help="the folder of the backup")
    restoring_one.add_argument(
        "--force-because", default="", help="why newer acts may be undone, kept"
    )
    add("verify", verify)
    add("encrypt", encrypt).add_argument(
        "--from", dest="old_key", type=Path, metavar="FILE", help="the key it is under until now"
    )
    add("history", history).add_argument(
        "--original",
        nargs=2,
        metavar=("ID", "FILE"),
        help="write the file a submission came in, where it is kept, to a new file",
    )
    for name, function in (("withdraw", withdraw), ("reinstate", reinstate)):
        deciding = add(name, function)
        deciding.add_argument("submission", help="the id of the submission")
        deciding.add_argument("--because", required=True, help="why, kept for ever")
    erasing = add("erase", erase)
    erasing.add_argument("submission", help="the id of the submission")
    erasing.add_argument("--by", required=True, help="on whose authority")
    erasing.add_argument("--because", required=True, help="why, kept for ever")


def tell_trouble(home: Home, spoken: Words) -> None:
    """At a start: compare the store with the ledger, and say it when it can only be read."""
    trouble = start(home, system_clock())
    if trouble is not None:
        print(_said(trouble, spoken), file=sys.stderr, flush=True)


def remove_old_records(home: Home, spoken: Words) -> None:
    """At a start: let go of what the owner's policy keeps no longer; that it fails stops nothing else."""
    try:
        trail.remove_old(LOCAL, home)
    except Fault as fault:
        print(_said(fault, spoken), file=sys.stderr, flush=True)


def tell_encryption(home: Home, spoken: Words) -> None:
    """Say in one line whether exact figures are encrypted."""
    print(spoken("command.plain" if store_key(home) is None else "command.encrypted"), flush=True)


def _said(fault: Fault, spoken: Words) -> str:
    return spoken(f"fault.{fault.code}", **fault.facts)


def backup(chosen: argparse.Namespace, spoken: Words) -> int:
    """Copy the store, the ledger, the releases and the policy; never the secret."""
    made = back_up(LOCAL, home_from_environment(), system_clock(), chosen.to)
    print(spoken("command.backed_up", folder=made.folder, acts=made.place))
    return DONE


def restore(chosen: argparse.Namespace, spoken: Words) -> int:
    """Put a backup in the store's place; what stood there is set aside."""
    started = time.monotonic()
    done = restoring.put_back(
        LOCAL,
        home_from_environment(),
        chosen.backup,
        because=chosen.force_because,
        at=system_clock(),
    )
    seconds = spoken.number(time.monotonic() - started, 1)
    print(spoken("command.put_back", folder=chosen.backup, aside=done.aside, seconds=seconds))
    if done.undone:
        print(spoken("command.undone", number=len(done.undone)))
    for facts in map(ledger.read, done.undone):
        print(
            facts["at"],
            facts["kind"],
            facts["subject"],
            facts.get("body", ""),
            facts.get("months", ""),
        )
    return DONE


def verify(_: argparse.Namespace, spoken: Words) -> int:
    """Read every block and check ledger, fingerprints, releases and backups; 1 when something is wrong."""
    home = home_from_environment()
    found = inspect(LOCAL, home)
    tell_encryption(home, spoken)
    print(spoken("command.verified", **NOTHING_CHECKED | found.checked))
    for fault in found.faults:
        print(_said(fault, spoken))
    if not found.faults:
        print(spoken("command.all_well"))
    return WRONG if found.faults else DONE


def encrypt(chosen: argparse.Namespace, spoken: Words) -> int:
    """Encrypt the store with the key that INQUIRIES_STORE_KEY_FILE names, or change its key; name the copies that lack it."""
    left = encrypting.encrypt(LOCAL, home_from_environment(), chosen.old_key, at=system_clock())
    print(spoken("command.now_encrypted"))
    if left:
        print(spoken("command.still_plain"))
    for folder in left:
        print(folder)
    return DONE


def history(chosen: argparse.Namespace, spoken: Words) -> int:
    """List every submission, newest first: id, when, who files, months, state, and whether its file is kept."""
    store = Store(home_from_environment())
    if chosen.original:
        submission, file = chosen.original
        _write_new(Path(file), store.original(LOCAL, submission))
        print(spoken("command.original_written", file=file))
        return DONE
    for row in store.submissions(LOCAL).itertuples():
        kept = f" {spoken('command.original', kind=row.original)}" if row.original else ""
        print(
            f"{row.submission} {row.received_at:%Y-%m-%d %H:%M} {row.source}/{row.reporter} "
            f"{spoken.months(row.first_month, row.last_month)} {row.state}{kept}"
        )
    return DONE


def _write_new(file: Path, content: bytes) -> None:
    """Write a file that did not exist, readable by its owner alone."""
    try:
        file.touch(mode=0o600, exist_ok=False)
        file.write_bytes(content)
    except OSError as error:
        raise Fault("file_unwritable", file=str(file)) from error


def withdraw(chosen: argparse.Namespace, spoken: Words) -> int:
    """Take a submission out of force; what stood before it stands again."""
    Store(home_from_environment()).withdraw(LOCAL, chosen.submission, chosen.because)
    print(spoken("command.withdrawn", submission=chosen.submission))
    return DONE


def reinstate(chosen: argparse.Namespace, spoken: Words) -> int:
    """Put a withdrawn submission back in force."""
    Store(home_from_environment()).restore(LOCAL, chosen.submission, chosen.because)
    print(spoken("command.reinstated", submission=chosen.submission))
    return DONE


def erase(chosen: argparse.Namespace, spoken: Words) -> int:
    """Remove a submission for good, and name the backups that still hold it."""
    remains = erasure.erase(
        LOCAL,
        home_from_environment(),
        chosen.submission,
        by=chosen.by,
        because=chosen.because,
        at=system_clock(),
    )
    print(spoken("command.erased", submission=chosen.submission))
    tell_remains(remains, spoken)
    return DONE


def tell_remains(remains: erasure.Remains, spoken: Words) -> None:
    """Name what still holds what was erased."""
    if remains.files:
        print(spoken("command.still_held"))
    for path in remains.files:
        print(path)
    if remains.releases:
        print(spoken("command.released_from", releases=", ".join(remains.releases)))
