"""No secret that is missing, short, a sample or open to others is started with; which one is said, and never its value."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inquiries import seed
from inquiries.actor import LOCAL
from inquiries.faults import Fault
from inquiries.home import Home
from inquiries.store import Store
from inquiries.words import sentences, words
from manage import main as command_line
from tests import signed
from tests.faults.uploads import made, numbered
from tests.keyed import KEY, key_file

SAY = words("da")
ADDRESS = "https://tal.kommune.dk"
SHORT, SAMPLE = "9f2c61e", "replace-me-with-random-characters-of-your-own"


@dataclass(frozen=True)
class Place:
    """A home with all its secrets sound, and the folder that its key lies in."""

    home: Home

    @property
    def key(self) -> Path:
        assert self.home.key_file is not None
        return self.home.key_file

    def sign_in(self, way: str, name: str = "", value: Any = None, mode: int = 0o600) -> Path:
        """Write how people sign in, with one field of its way left out, or another."""
        fields = signed.configured(way, ADDRESS)
        if name:
            fields[way] = {**fields[way], name: value or ""}
        return signed.write(self.home.folder, fields, mode)


Weaken = Callable[[Place], Path]


def write(find: Callable[[Place], Path], content: str) -> Weaken:
    def weaken(place: Place) -> Path:
        find(place).write_text(content, "ascii")
        return find(place)

    return weaken


def lose(find: Callable[[Place], Path]) -> Weaken:
    def weaken(place: Place) -> Path:
        find(place).unlink()
        return find(place)

    return weaken


def open_to(find: Callable[[Place], Path], mode: int) -> Weaken:
    def weaken(place: Place) -> Path:
        find(place).chmod(mode)
        return find(place)

    return weaken


def field(way: str, name: str, value: str | None) -> Weaken:
    return lambda place: place.sign_in(way, name, value)


def open_sign_in(way: str, mode: int) -> Weaken:
    return lambda place: place.sign_in(way, mode=mode)


def cell_key(place: Place) -> Path:
    return place.home.secret


def store_key(place: Place) -> Path:
    return place.key


FIELDS = {
    "provider's secret": ("oidc", "client_secret"),
    "cookie secret": ("oidc", "cookie_secret"),
    "proxy's secret": ("proxy", "key"),
}
CASES: dict[tuple[str, str], tuple[Weaken, str]] = {
    ("cell key", "missing"): (lose(cell_key), "secret_lost"),
    ("cell key", "short"): (write(cell_key, SHORT), "secret_damaged"),
    ("cell key", "sample"): (write(cell_key, "0123456789abcdef" * 4), "secret_sample"),
    ("cell key", "one byte again and again"): (write(cell_key, "5a" * 32), "secret_sample"),
    ("cell key", "open to the group"): (open_to(cell_key, 0o640), "secret_open"),
    ("cell key", "open to all"): (open_to(cell_key, 0o604), "secret_open"),
    ("store key", "missing"): (lose(store_key), "store_key_unreadable"),
    ("store key", "empty"): (write(store_key, ""), "store_key_short"),
    ("store key", "short"): (write(store_key, SHORT), "store_key_short"),
    ("store key", "sample"): (write(store_key, SAMPLE), "store_key_sample"),
    ("store key", "open to the group"): (open_to(store_key, 0o640), "store_key_open"),
    ("store key", "open to all"): (open_to(store_key, 0o604), "store_key_open"),
    **{
        (secret, weakness): (field(*where, value), f"sign_in_{code}")
        for secret, where in FIELDS.items()
        for weakness, value, code in (
            ("missing", None, "missing"),
            ("short", SHORT, "short"),
            ("sample", SAMPLE, "sample"),
        )
    },
    ("provider's secret", "open to all"): (open_sign_in("oidc", 0o604), "sign_in_open"),
    ("cookie secret", "open to the group"): (open_sign_in("oidc", 0o640), "sign_in_open"),
    ("proxy's secret", "open to all"): (open_sign_in("proxy", 0o604), "sign_in_open"),
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    key = key_file(tmp_path / "keys")
    monkeypatch.setenv("INQUIRIES_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("INQUIRIES_STORE_KEY_FILE", str(key))
    store = made(tmp_path / "home", 1)
    store.secret(LOCAL)
    return Place(store.home)


def started(monkeypatch: pytest.MonkeyPatch) -> int:
    """A start up to where all secrets have been looked at: what comes then is stopped with another code."""

    def reached(_: Home) -> None:
        raise Fault("source_id")

    monkeypatch.setattr(seed, "renew_directory", reached)
    return command_line(["run", "--port", "0"])


@pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX")
@pytest.mark.parametrize("case", CASES, ids=lambda case: ", ".join(case))
def test_a_weak_secret_stops_the_start_with_one_sentence_that_does_not_repeat_it(
    place: Place,
    case: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    weaken, code = CASES[case]
    secrets = {KEY, place.home.secret.read_text("ascii").strip(), signed.COOKIE_SECRET}
    file = weaken(place)
    before = place.home.store.read_bytes()
    assert started(monkeypatch) == 2
    said = capsys.readouterr()
    (sentence,) = said.err.splitlines()
    beginning = sentences("da")[f"fault.{code}"].partition("{file}")[0]
    assert sentence.startswith(beginning) and str(file) in sentence
    assert not any(secret in said.out + said.err for secret in (*secrets, SHORT, SAMPLE))
    assert place.home.store.read_bytes() == before and not place.home.quarantine.exists()


@pytest.mark.parametrize("way", ["", "oidc", "proxy"])
def test_with_every_secret_sound_the_start_goes_on(
    place: Place, way: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if way:
        place.sign_in(way)
    assert started(monkeypatch) == 2
    assert capsys.readouterr().err.splitlines() == [SAY("fault.source_id")]
    Store(place.home).submit(LOCAL, numbered(1))


def test_every_secret_is_tried_with_every_weakness() -> None:
    for secret in ("cell key", "store key", *FIELDS):
        tried = " ".join(weakness for known, weakness in CASES if known == secret)
        assert all(one in tried for one in ("missing", "short", "sample", "open to")), secret
