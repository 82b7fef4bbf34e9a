"""What every start does with an exact store: reads all of it, compares it with the ledger, backs it up."""

from __future__ import annotations

import logging
from datetime import datetime

import duckdb

from inquiries import engine, recovery
from inquiries.backup import back_up_if_new
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.locking import locked

log = logging.getLogger("inquiries")


def start(home: Home, at: datetime) -> Fault | None:
    """Why the store can only be read from now on; None when all is well or there is none yet.

    `Fault` when nothing of it can be read.
    """
    if not home.store.exists() and not home.ledger.exists():
        return None
    with locked(home):
        recovery.forget(home)
        connection, trouble = recovery.best(home)
        try:
            engine.read_all(connection)
        except duckdb.Error as error:
            trouble = recovery.fault_of(error, home)
            if trouble is None:
                raise
        finally:
            connection.close()
        if trouble is None:
            keep_backup(home, at)
        return trouble


def keep_backup(home: Home, at: datetime) -> None:
    """Back up what is new; that it fails is for the operator's log and stops nothing else."""
    try:
        back_up_if_new(home, at)
    except Fault as fault:
        log.error("no backup was made: %s", fault)
