"""The audit trail: who did what to which, when and with what result; one sealed line for each act and each refusal.

Before an act begins the disk has it that it does: an act that cannot be recorded is not begun, and
one whose process was killed is still told of. Its record takes the place of that before anybody is
told that the act is done. A record holds an actor's name, ids, and the reason for an export that was
looked through first; no other text. How the files are written stands in audit_file.py; how they are
read, compared and removed in trail.py.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from uuid6 import uuid7

from inquiries import actor as actors
from inquiries import audit_file
from inquiries.actor import Actor
from inquiries.faults import Fault, Forbidden
from inquiries.home import Home

log = logging.getLogger("inquiries")

# What is recorded. `read` is a question that was refused; questions that are answered are not recorded.
ACTS = (
    "submit",
    "withdraw",
    "reinstate",
    "erase",
    "add_source",
    "keep_label",
    "take_back_label",
    "add_break",
    "remove_break",
    "exclude_month",
    "include_month",
    "release",
    "recall",
    "sign_policy",
    "publish_population",
    "back_up",
    "put_back",
    "encrypt",
    "copy_secret",
    "download_original",
    "download_rows",
    "export_exact",
    "assign",
    "remove_person",
    "end_sessions",
    "confirm_contact",
    "correct_contact",
    "add_contact",
    "undo_contact",
    "remove_records",
    "sign_in",
    "sign_out",
    "read",
)
# `begun` is an act whose end nobody knows: it goes on still, or its process was stopped.
RESULTS = ("done", "refused", "failed", "begun")

# Ids of our own making, and short ids that hold no number a person could be known by.
_ID = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # a submission
    r"|\d{8}T\d{6}-[0-9a-f-]{1,40}"  # a backup, a file of records
    r"|(?!.*\d{6})(?!.*\d{4}-?\d{2}-?\d{4})[A-Za-z0-9_-][A-Za-z0-9_./-]{0,120}"
)
_NO_NAME = re.compile(r"@|\d{6}|\d{4}-?\d{2}-?\d{4}|^$")
_acting = threading.local()


class _Record:
    """One act of this thread while it goes on."""

    def __init__(self, act: str, actor: Actor) -> None:
        assert act in ACTS
        self.id = str(uuid7())
        self._facts = {
            "at": audit_file.now().isoformat(timespec="seconds"),
            "actor": _known_as(actor),
            "act": act,
        }
        self._subjects: list[str] = []
        self.reason = ""

    def about(self, *subjects: str) -> None:
        """By ids alone: what is no id becomes a question mark."""
        known = [one if _ID.fullmatch(one) else "?" for one in subjects]
        self._subjects += [one for one in known if one not in self._subjects]

    def facts(self, result: str, code: str = "") -> dict[str, Any]:
        told = {"subjects": self._subjects, "reason": self.reason, "result": result, "code": code}
        return {"id": self.id, **self._facts, **told}


@contextmanager
def act(home: Home, actor: Actor, name: str, *subjects: str) -> Iterator[None]:
    """Record what is done within as one act, whatever comes of it; an act within an act is part of it.

    `Fault` before anything is done when it could not be recorded. What was done when its record
    could no longer be written is a `Fault` too, and stays recorded as begun.
    """
    if _current() is not None:
        yield
        return
    record = _Record(name, actor)
    record.about(*subjects)
    begun = audit_file.begin(home, record.facts("begun"))
    _acting.record = record
    try:
        yield
    except BaseException as error:
        _end_unasked(home, begun, record.facts(*_outcome(error)))
        raise
    else:
        audit_file.end(home, begun, record.facts("done"))
    finally:
        _acting.record = None


def about(*subjects: str) -> None:
    """Name what the act that goes on is done to, as soon as it is known to be there; nothing outside an act."""
    record = _current()
    if record is not None:
        record.about(*subjects)


def because(reason: str) -> None:
    """Keep why the act that goes on is done. A caller has looked through the text: it is kept as it stands."""
    record = _current()
    assert record is not None
    record.reason = reason


def tell(home: Home, actor: Actor, name: str, result: str = "done", code: str = "") -> None:
    """Record what has come about already, such as a sign-in; `Fault` when that is not on the disk."""
    audit_file.end(home, None, _Record(name, actor).facts(result, code))


@contextmanager
def refusals(home: Home, actor: Actor, *subjects: str) -> Iterator[None]:
    """Record that what is checked within was refused; within an act, the act's own record says so."""
    try:
        yield
    except Forbidden:
        if _current() is None:
            record = _Record("read", actor)
            record.about(*subjects)
            _end_unasked(home, None, record.facts("refused"))
        raise


def require(home: Home, actor: Actor, *roles: str) -> None:
    """Raise `Forbidden` unless the actor holds one of the roles, and record the refusal."""
    with refusals(home, actor):
        actors.require(actor, *roles)


def require_body(home: Home, actor: Actor, role: str, source: str, reporter: str) -> None:
    """Raise `Forbidden` unless the actor may act for this reporter of this source, and record the refusal."""
    with refusals(home, actor, f"{source}/{reporter}"):
        actors.require_body(actor, role, source, reporter)


def visible(text: str) -> str:
    """A name as one line that shows every sign in it: line breaks, escapes and signs that turn the text are spelt out."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )


def _known_as(actor: Actor) -> str:
    """The name, and for one who has signed in the subject too, as far as it is an id: names are not unique.

    A provider may give a mail address or a number for a name: that is left out.
    """
    name = "?" if _NO_NAME.search(actor.name) else actor.name
    subject = actor.identity[1] if actor.identity else ""
    return f"{name} ({subject})" if _ID.fullmatch(subject) else name


def _current() -> _Record | None:
    return getattr(_acting, "record", None)


def _outcome(error: BaseException) -> tuple[str, str]:
    if isinstance(error, Forbidden):
        return "refused", ""
    return "failed", error.code if isinstance(error, Fault) else "unexpected"


def _end_unasked(home: Home, begun: Path | None, facts: dict[str, Any]) -> None:
    """Record what was not done; that it cannot be recorded does not take the place of why it was not done."""
    try:
        audit_file.end(home, begun, facts)
    except Fault as fault:
        log.error("audit: a record could not be written: %s", fault)
