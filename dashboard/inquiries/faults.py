"""What can go wrong that a person must be told in one sentence, in their own language."""

from __future__ import annotations

from typing import Any


class Fault(Exception):
    """A condition the program cannot go on from; its sentence stands in `text/` under `fault.<code>`.

    `facts` fill the sentence. They may name files, ports, months and sources, never a value from
    an uploaded file.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(f"{code} {facts}" if facts else code)
        self.code = code
        self.facts = facts


class Forbidden(Fault):
    """The actor's role or scope does not allow what was asked."""

    def __init__(self, role: str) -> None:
        super().__init__("forbidden", role=role)


class NotWhole(Forbidden):
    """The actor publishes for some of what a release holds, and not for all of it."""

    def __init__(self, lacking: str) -> None:
        super(Forbidden, self).__init__("publisher_lacks", sources=lacking)
