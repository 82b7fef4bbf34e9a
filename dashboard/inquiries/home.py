"""Where the product writes: everything lies under one folder, INQUIRIES_HOME; and the one file beside it that it reads."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from inquiries.faults import Fault

PROJECT = Path(__file__).resolve().parents[2]


def _key_file() -> Path | None:
    named = os.environ.get("INQUIRIES_STORE_KEY_FILE")
    return Path(named).absolute() if named else None


@dataclass(frozen=True)
class Home:
    """The one folder the product writes to, and the rooms in it.

    `key_file` holds the key that the exact figures are encrypted with, None when they are not; it
    lies outside the folder.
    """

    folder: Path
    key_file: Path | None = field(default_factory=_key_file)

    @property
    def store(self) -> Path:
        return self.folder / "store" / "inquiries.duckdb"

    @property
    def spill(self) -> Path:
        return self.folder / "store" / "spill"

    @property
    def releases(self) -> Path:
        return self.folder / "published" / "releases"

    @property
    def secret(self) -> Path:
        return self.folder / "secret" / "cell-key"

    @property
    def policy(self) -> Path:
        return self.folder / "policy.toml"

    @property
    def keeping(self) -> Path:
        """The owner's policy of what is kept beside the counts."""
        return self.folder / "keeping.toml"

    @property
    def originals(self) -> Path:
        """The uploaded files themselves, where the owner's policy says that they are kept."""
        return self.folder / "originals"

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger" / "ledger.jsonl"

    @property
    def audit(self) -> Path:
        """Who did what: a file a process."""
        return self.folder / "audit"

    @property
    def backups(self) -> Path:
        return self.folder / "backup"

    @property
    def quarantine(self) -> Path:
        return self.folder / "store" / "quarantine"

    @property
    def directory(self) -> Path:
        return self.folder / "published" / "directory.json"

    @property
    def population(self) -> Path:
        return self.folder / "published" / "population.json"

    @property
    def contact_changes(self) -> Path:
        """What stewards have confirmed, corrected and added of the contacts."""
        return self.folder / "directory" / "history.jsonl"

    @property
    def access(self) -> Path:
        """Who may do what."""
        return self.folder / "access" / "access.json"

    @property
    def sign_in(self) -> Path:
        """How people sign in; absent on a machine of one's own."""
        return self.folder / "sign-in.toml"

    @property
    def slide_template(self) -> Path:
        """The organisation's own template for slides; absent where ours is used."""
        return self.folder / "slide-template.pptx"

    @property
    def ended(self) -> Path:
        """The sign-ins that were ended before their time."""
        return self.folder / "access" / "ended.json"

    @property
    def recorded(self) -> Path:
        """The sign-ins that the audit trail tells of."""
        return self.folder / "access" / "recorded.json"

    def prepare(self) -> Home:
        """Make the folders, readable by their owner alone; raise `Fault` when the place is not writable."""
        try:
            for folder in (self.folder, self.store.parent, self.releases):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = self.folder / f".writable-{os.getpid()}"
            probe.touch()
            probe.unlink(missing_ok=True)  # another thread may have been faster
        except OSError as error:
            raise Fault("home_not_writable", folder=str(self.folder)) from error
        return self


def home_from_environment() -> Home:
    """The folder named by INQUIRIES_HOME, else `var/` beside the program."""
    return Home(Path(os.environ.get("INQUIRIES_HOME") or PROJECT / "var").absolute())
