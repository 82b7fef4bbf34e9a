"""How people sign in is read strictly, a server that others can reach asks them to, and a session ends when it must."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import signed
from joserfc.jwk import ECKey, RSAKey
from started import MANAGE, PROJECT

from inquiries import trail
from inquiries.access import Grant
from inquiries.actor import LOCAL
from inquiries.faults import Fault
from inquiries.granting import end_sessions
from inquiries.home import Home
from inquiries.identity import Identity, from_proxy, unpacked
from inquiries.sign_in import Proxy, SignIn, is_loopback, require_sign_in, sign_in_of
from inquiries.sign_in_marks import KEPT, Marks
from inquiries.signed_in import IDLE, IN_ALL, Sessions, judged
from inquiries.words import LOCALES, words

ADDRESS = "https://tal.kommune.dk"
RSA, EC = RSAKey.generate_key(2048), ECKey.generate_key("P-256")
RANDOM = hashlib.sha256(
    b"random"
).hexdigest()  # the same in every process: it stands in names of cases
NOON = datetime(2026, 11, 22, 12)


def changed(way: str, name: str, value: Any) -> dict[str, Any]:
    """A whole configuration with one field changed, or left out for None."""
    fields = signed.configured(way, ADDRESS)
    table, _, last = name.rpartition(".")
    within = fields
    if table:
        within = fields[table] = dict(fields.get(table, {}))
    if value is None:
        within.pop(last)
    else:
        within[last] = value
    return fields


def read(tmp_path: Path, fields: dict[str, Any], mode: int = 0o600) -> SignIn:
    signed.write(tmp_path, fields, mode)
    found = sign_in_of(Home(tmp_path))
    assert found is not None
    return found


@pytest.mark.parametrize("way", ["oidc", "proxy"])
def test_a_whole_configuration_is_read(tmp_path: Path, way: str) -> None:
    found = read(tmp_path, signed.configured(way, ADDRESS, required_acr=["high"]))
    assert (found.address, found.host, found.is_secure) == (ADDRESS, "tal.kommune.dk", True)
    assert found.required_acr == ("high",)
    assert RANDOM not in repr(found) and signed.COOKIE_SECRET not in repr(found)


def test_without_the_file_nobody_signs_in(tmp_path: Path) -> None:
    assert sign_in_of(Home(tmp_path)) is None


WRONG = [
    ("oidc", "mode", None, "missing"),
    ("oidc", "mode", "saml", "choice"),
    ("oidc", "mode", ["oidc"], "choice"),
    ("oidc", "contact", None, "missing"),
    ("oidc", "contact", "", "missing"),
    ("oidc", "contact", " Digitalisering", "text"),
    ("oidc", "contact", 2, "text"),
    ("oidc", "adress", ADDRESS, "unknown"),
    ("oidc", "address", None, "missing"),
    ("oidc", "address", "http://tal.kommune.dk", "web"),
    ("oidc", "address", "tal.kommune.dk", "web"),
    ("oidc", "address", "https://tal.kommune.dk:port", "web"),
    ("oidc", "address", "https://tal.kommune.dk/sti", "address"),
    ("oidc", "address", "https://tal.kommune.dk?a=b", "address"),
    ("oidc", "address", "https://Tal.kommune.dk", "address"),
    ("oidc", "address", "https://anna@tal.kommune.dk", "address"),
    ("oidc", "required_acr", "high", "texts"),
    ("oidc", "required_amr", [1], "texts"),
    ("oidc", "oidc.server_metadata_url", None, "missing"),
    ("oidc", "oidc.server_metadata_url", "http://login.test/", "web"),
    ("oidc", "oidc.client_id", None, "missing"),
    ("oidc", "oidc.client_secret", None, "missing"),
    ("oidc", "oidc.client_secret", RANDOM[:15], "short"),
    ("oidc", "oidc.cookie_secret", None, "missing"),
    ("oidc", "oidc.cookie_secret", RANDOM[:31], "short"),
    ("oidc", "oidc.cookie_secret", "0123456789abcdef" * 1 + "replace-me-with-random", "sample"),
    ("oidc", "oidc.cookie_secret", "<tilfældige tegn fra kommandoen>", "sample"),
    ("oidc", "oidc.cookie_secret", "abcabcabc" * 5, "sample"),
    ("oidc", "oidc.cookie_secret", f"your-{RANDOM}", "sample"),
    ("oidc", "oidc.redirect_uri", ADDRESS, "unknown"),
    ("oidc", "proxy.header", "X-User", "unknown"),
    ("proxy", "proxy.header", None, "missing"),
    ("proxy", "proxy.header", "X User", "header"),
    ("proxy", "proxy.key", None, "missing"),
    ("proxy", "proxy.key", RANDOM[:31], "short"),
    ("proxy", "proxy.key", "secret" * 8, "sample"),
    ("proxy", "proxy.key", RSA.as_pem(private=True).decode(), "key"),
    ("proxy", "proxy.key", "-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----", "key"),
    ("proxy", "proxy.algorithms", None, "choice"),
    ("proxy", "proxy.algorithms", [], "choice"),
    ("proxy", "proxy.algorithms", ["none"], "choice"),
    ("proxy", "proxy.algorithms", ["RS256"], "choice"),
    ("proxy", "proxy.issuer", None, "missing"),
    ("proxy", "proxy.audience", None, "missing"),
    ("proxy", "proxy.sign_out", None, "missing"),
    ("proxy", "proxy.sign_out", "javascript:alert(1)", "web"),
]


@pytest.mark.parametrize(("way", "name", "value", "code"), WRONG)
def test_a_field_that_is_not_fit_is_refused_by_name_and_never_by_value(
    tmp_path: Path, way: str, name: str, value: Any, code: str
) -> None:
    with pytest.raises(Fault) as refused:
        read(tmp_path, changed(way, name, value))
    assert refused.value.code == f"sign_in_{code}"
    assert refused.value.facts["field"] == name
    for language in LOCALES:
        told = words(language)(f"fault.{refused.value.code}", **refused.value.facts)
        assert name in told and str(tmp_path) in told
        if isinstance(value, str) and len(value) > 8 and value != ADDRESS:
            assert value not in told


@pytest.mark.parametrize("key", [RSA, EC], ids=["rsa", "ec"])
def test_a_public_key_takes_no_algorithm_of_a_shared_secret(tmp_path: Path, key: Any) -> None:
    fields = signed.configured("proxy", ADDRESS)
    fields["proxy"] = signed.PROXY | {"key": key.as_pem(private=False).decode()}
    with pytest.raises(Fault, match="sign_in_choice"):
        read(tmp_path, fields)
    fields["proxy"] |= {"algorithms": ["RS256" if key is RSA else "ES256"]}
    assert isinstance(read(tmp_path, fields).way, Proxy)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o666])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(Fault, match="sign_in_open"):
        read(tmp_path, signed.configured("oidc", ADDRESS), mode)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    signed.write(tmp_path, {}).write_text("mode = oidc", "utf-8")
    with pytest.raises(Fault, match="sign_in_unreadable"):
        sign_in_of(Home(tmp_path))


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_this_machine_alone_needs_no_sign_in(tmp_path: Path, address: str) -> None:
    assert is_loopback(address)
    require_sign_in(None, address, Home(tmp_path))


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.1", "tal.kommune.dk", "localhost.dk"])
def test_any_other_address_needs_it(tmp_path: Path, address: str) -> None:
    with pytest.raises(Fault, match="sign_in_required"):
        require_sign_in(None, address, Home(tmp_path))
    require_sign_in(read(tmp_path, signed.configured("oidc", ADDRESS)), address, Home(tmp_path))


@pytest.mark.parametrize("edition", ["full", "reader"])
def test_the_server_refuses_to_start_where_others_reach_it_and_says_how_to_configure_it(
    tmp_path: Path, edition: str
) -> None:
    refused = started(tmp_path, "--address", "0.0.0.0", "--edition", edition)
    assert refused.returncode == 2
    assert "sign-in.toml" in refused.stderr and "docs/operations.md" in refused.stderr
    assert not (tmp_path / "store").exists()


def test_the_server_refuses_to_start_with_a_weak_secret(tmp_path: Path) -> None:
    weak = "0123456789abcdef" * 2
    signed.write(tmp_path, changed("oidc", "oidc.cookie_secret", weak))
    refused = started(tmp_path)
    assert refused.returncode == 2
    assert "oidc.cookie_secret" in refused.stderr and weak not in refused.stderr


def started(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, MANAGE, "run", *options],
        cwd=PROJECT,
        env=os.environ | {"INQUIRIES_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# What a proxy says


def proxy_with(key: str, algorithm: str) -> Proxy:
    return Proxy("x-login", key, (algorithm,), signed.ISSUER, "inquiries", "https://login.test/out")


SHARED = proxy_with(signed.SHARED_KEY, "HS256")


def test_a_proxy_says_who_signed_in_and_when() -> None:
    found = from_proxy(signed.assertion(name="Anna\n Ærø", amr=["mfa"]), SHARED, signed.now())
    assert found is not None
    assert (found.issuer, found.subject, found.name) == (signed.ISSUER, "anna", "Anna Ærø")
    assert found.amr == ("mfa",)
    assert abs(found.signed_in_at - signed.now()) < timedelta(seconds=10)
    assert unpacked(found.packed()) == found


SECONDS = int(datetime.now().timestamp())
FORGED: dict[str, dict[str, Any]] = {
    "another key": {"key": RANDOM},
    "another algorithm": {"algorithm": "HS512"},
    "another issuer": {"iss": "https://other.test"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "other"},
    "no audience": {"aud": None},
    "run out": {"exp": SECONDS - 3600},
    "never runs out": {"exp": None},
    "nobody": {"sub": None},
    "an empty somebody": {"sub": ""},
    "somebody endless": {"sub": "a" * 256},
    "no time of signing in": {"auth_time": None},
    "a time that is no number": {"auth_time": "now"},
    "a time that is a truth": {"auth_time": True},
    "a time to come": {"auth_time": SECONDS + 3600},
    "not yet": {"nbf": SECONDS + 3600},
}


@pytest.mark.parametrize("claims", FORGED.values(), ids=FORGED)
def test_a_header_that_does_not_hold_names_nobody(claims: dict[str, Any]) -> None:
    assert from_proxy(signed.assertion(**claims), SHARED, signed.now()) is None


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", signed.assertion() + "x"]
)
def test_nor_does_what_is_no_token(token: str) -> None:
    assert from_proxy(token, SHARED, signed.now()) is None


def test_a_public_key_is_not_taken_for_a_shared_secret() -> None:
    pem = RSA.as_pem(private=False).decode()
    head, body, _ = signed.assertion().split(".")
    mac = hmac.digest(pem.encode(), f"{head}.{body}".encode(), "sha256")
    forged = f"{head}.{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    assert from_proxy(forged, proxy_with(pem, "RS256"), signed.now()) is None


# How long it lasts


OPEN = Grant(signed.ISSUER, signed.ANNA, "Anna", {"reader": ()})


@pytest.mark.parametrize(
    ("signed_in", "seen", "verdict"),
    [
        (0, None, "live"),
        (-29, None, "live"),
        (-30, None, "idle"),  # nothing is remembered, as after a restart
        (-60, -29, "live"),
        (-60, -30, "idle"),
        (-479, -1, "live"),
        (-480, -1, "too_long"),
        (1, None, "live"),
        (2, None, "too_long"),  # signed in later than now
    ],
)
def test_a_session_lasts_30_minutes_idle_and_8_hours_in_all(
    signed_in: int, seen: int | None, verdict: str
) -> None:
    minute = timedelta(minutes=1)
    used = None if seen is None else NOON + seen * minute
    assert judged(NOON + signed_in * minute, used, NOON, OPEN) == verdict


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("grant", "verdict"),
    [
        (None, "no_access"),
        (replace(OPEN, changed_at=NOON, ended_before=None), "live"),
        (replace(OPEN, changed_at=NOON + SECOND, ended_before=None), "access_changed"),
        (replace(OPEN, changed_at=NOON - SECOND, ended_before=NOON - SECOND), "live"),
        (replace(OPEN, changed_at=None, ended_before=NOON), "ended"),
    ],
)
def test_a_change_of_access_and_an_administrator_end_it(grant: Grant | None, verdict: str) -> None:
    assert judged(NOON, None, NOON + 2 * SECOND, grant) == verdict


class Desk:
    """Sessions with a clock and a grant that the test moves."""

    def __init__(self, home: Path, **fields: Any) -> None:
        self.home, self.now, self.grant = home, NOON, OPEN
        self.sign_in = read(home, signed.configured("oidc", ADDRESS, **fields))
        self.restart()

    def restart(self) -> None:
        self.sessions = Sessions(
            Home(self.home), self.sign_in, lambda: self.now, lambda *_: self.grant
        )


ANNA = Identity(signed.ISSUER, "anna", "Anna", NOON)


def test_using_the_pages_keeps_a_session_and_looking_at_it_does_not(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for _ in range(3):
        desk.now += IDLE - SECOND
        assert desk.sessions.visit(ANNA) == "live"
    desk.now += IDLE - SECOND
    assert desk.sessions.verdict(ANNA) == "live"
    desk.now += SECOND
    assert desk.sessions.verdict(ANNA) == "idle"
    assert desk.sessions.visit(ANNA) == "idle"


def test_no_use_makes_it_longer_than_eight_hours(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    while desk.now < NOON + IN_ALL - IDLE:
        desk.now += IDLE / 2
        assert desk.sessions.visit(ANNA) == "live"
    desk.now = NOON + IN_ALL - SECOND
    assert desk.sessions.visit(ANNA) == "live"
    desk.now = NOON + IN_ALL
    assert desk.sessions.visit(ANNA) == "too_long"


def test_after_a_restart_an_old_sign_in_begins_anew_and_a_new_one_goes_on(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.now += IDLE - SECOND
    assert desk.sessions.visit(ANNA) == "live"
    desk.restart()
    assert desk.sessions.verdict(ANNA) == "live"
    desk.now += SECOND
    desk.restart()
    assert desk.sessions.visit(ANNA) == "idle"


def test_a_session_that_was_signed_out_of_stays_so_after_a_restart_and_in_other_processes(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    beside = Sessions(Home(tmp_path), desk.sign_in, lambda: desk.now, lambda *_: OPEN)
    later = Identity(signed.ISSUER, "anna", "Anna", NOON + SECOND)
    assert beside.visit(ANNA) == "live"
    desk.sessions.end(ANNA)
    assert desk.sessions.visit(ANNA) == beside.visit(ANNA) == "signed_out"
    assert beside.visit(later) == "live", "another sign-in of the same person"
    desk.restart()
    assert desk.sessions.visit(ANNA) == "signed_out"


def test_the_list_of_ended_sign_ins_names_nobody_and_forgets_what_has_run_out(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    ended = Marks(home.ended)
    ended.add(ANNA.key, NOON)
    assert "anna" not in home.ended.read_text() and home.ended.stat().st_mode & 0o077 == 0
    ended.add("another", NOON + KEPT)
    assert ANNA.key not in ended and "another" in ended
    assert KEPT > IN_ALL


def test_a_list_that_cannot_be_read_lets_nobody_in(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.sessions.end(ANNA)
    Home(tmp_path).ended.write_text("[", "utf-8")
    with pytest.raises(Fault, match="ended_unreadable"):
        desk.sessions.visit(ANNA)
    with pytest.raises(Fault, match="ended_unreadable"):
        desk.restart()


def told(home: Path) -> list[tuple[str, str, str, str]]:
    """The records of the audit trail, oldest first: who, act, result, code."""
    found = trail.records(LOCAL, Home(home))[::-1]
    return list(found[["actor", "act", "result", "code"]].itertuples(index=False, name=None))


BO = Identity(signed.ISSUER, "bo", "Bo", NOON)


def test_a_sign_in_is_recorded_once_however_often_it_is_used_and_so_is_its_end(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    beside = Sessions(Home(tmp_path), desk.sign_in, lambda: desk.now, lambda *_: OPEN)
    for sessions in (desk.sessions, beside, desk.sessions):
        assert sessions.visit(ANNA) == "live"
    desk.restart()
    assert desk.sessions.visit(ANNA) == "live"
    assert told(tmp_path) == [("Anna (anna)", "sign_in", "done", "")]
    for sessions in (desk.sessions, beside):
        sessions.end(ANNA)
        assert sessions.visit(ANNA) == "signed_out"
    assert told(tmp_path)[1:] == [("Anna (anna)", "sign_out", "done", "")]
    assert desk.sessions.visit(replace(ANNA, signed_in_at=NOON + SECOND)) == "live"
    assert len(told(tmp_path)) == 3
    assert trail.compare(Home(tmp_path)) == (3, [])


@pytest.mark.parametrize(
    ("grant", "required", "code"), [(None, [], "no_access"), (OPEN, ["high"], "weak")]
)
def test_a_refused_sign_in_is_recorded_once_and_looking_at_it_is_not(
    tmp_path: Path, grant: Grant | None, required: list[str], code: str
) -> None:
    desk = Desk(tmp_path, required_acr=required)
    desk.grant = grant
    assert desk.sessions.verdict(BO) == code and told(tmp_path) == []
    for _ in range(3):
        assert desk.sessions.visit(BO) == code
    desk.restart()
    assert desk.sessions.visit(BO) == code
    desk.now += IN_ALL + KEPT
    assert desk.sessions.visit(BO) == code
    who = "Bo (bo)" if grant is None else "Anna (anna)"
    assert told(tmp_path) == [(who, "sign_in", "refused", code)]


@pytest.mark.parametrize("name", ["bo@example.dk", "010190-1234", ""])
def test_a_name_that_is_a_mail_address_or_a_number_is_not_recorded(
    tmp_path: Path, name: str
) -> None:
    desk = Desk(tmp_path)
    desk.grant = None
    assert desk.sessions.visit(replace(BO, name=name)) == "no_access"
    assert [one[0] for one in told(tmp_path)] == ["? (bo)"]


def test_sessions_that_an_administrator_ends_leave_the_one_record_of_that(tmp_path: Path) -> None:
    home = Home(tmp_path).prepare()
    signed.give_access(tmp_path, changed_at=NOON - SECOND)
    now = NOON
    sign_in = read(tmp_path, signed.configured("oidc", ADDRESS))
    sessions = Sessions(home, sign_in, lambda: now)
    assert sessions.visit(ANNA) == "live"
    end_sessions(LOCAL, home, signed.ISSUER, signed.ANNA, NOON)
    for _ in range(2):
        assert sessions.visit(ANNA) == "ended"
    assert told(tmp_path)[1:] == [("local", "end_sessions", "done", "")]


def test_a_sign_in_that_cannot_be_recorded_is_let_in_logged_once_and_recorded_when_it_can_be(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(tmp_path)
    home = Home(tmp_path)
    home.audit.write_bytes(b"a file in the folder's place")
    for _ in range(2):
        assert desk.sessions.visit(ANNA) == "live"
    assert [one.getMessage() for one in caplog.records] == [
        "audit: sign_in could not be recorded: audit_no_access"
    ]
    home.audit.unlink()
    assert desk.sessions.visit(ANNA) == "live"
    assert told(tmp_path) == [("Anna (anna)", "sign_in", "done", "")]


@pytest.mark.parametrize(
    ("acr", "amr", "verdict"),
    [
        ("high", ("mfa", "pwd"), "live"),
        ("higher", ("mfa",), "live"),
        ("low", ("mfa",), "weak"),
        ("", ("mfa",), "weak"),
        ("high", ("pwd",), "weak"),
        ("high", (), "weak"),
    ],
)
def test_a_login_of_less_than_the_required_strength_is_none(
    tmp_path: Path, acr: str, amr: tuple[str, ...], verdict: str
) -> None:
    desk = Desk(tmp_path, required_acr=["high", "higher"], required_amr=["mfa"])
    assert desk.sessions.visit(Identity("i", "s", "", NOON, acr, amr)) == verdict
