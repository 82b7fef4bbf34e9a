"""Signing in with a real provider in a real browser: what is shown before, meanwhile, when it ends, and after."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import signed
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect
from started import free_port, running
from visit import Visit, visiting

from inquiries.words import words

SAY = words("da")
PROGRAM = Path(__file__).resolve().parents[1] / "moved_clock.py"
ANNA = User(sub="anna", claims={"name": "Anna Ærø"})


@dataclass
class Office:
    """A running product with its home, and the provider that its people sign in with."""

    home: Path
    address: str
    issuer: str

    def let_in(self) -> None:
        signed.give_access(
            self.home, issuer=self.issuer, changed_at=signed.now() - timedelta(days=1)
        )

    def wait(self, waited: timedelta) -> None:
        """Move the product's clock."""
        (self.home / "clock-moved").write_text(str(waited.total_seconds()))


@pytest.fixture(scope="module")
def office(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    home = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("office") / "home"))
    port = free_port()
    with run_server_in_thread(user_claims=[ANNA]) as provider:
        issuer = f"http://localhost:{provider.server_port}"
        fields = signed.configured("oidc", f"http://127.0.0.1:{port}")
        fields["oidc"] = signed.oidc(f"{issuer}/.well-known/openid-configuration")
        signed.write(home, fields)
        with running(home, home / "log", port=port, program=PROGRAM) as address:
            yield Office(home, address, issuer)


@pytest.fixture
def visitor(browser: Browser, office: Office) -> Iterator[Visit]:
    office.let_in()
    office.wait(timedelta())
    with visiting(browser, office.address) as visit:
        yield visit


def sign_in(visit: Visit, address: str = "") -> None:
    """From a link to the plain page, to the provider, and back to what the link leads to."""
    visit.page.goto(f"{visit.server}/{address}")
    visit.page.get_by_role("link", name=SAY("sign_in.begin")).click()
    visit.page.get_by_role("button", name="anna").first.click()
    visit.settle()


def click_somewhere(page: Page) -> None:
    page.get_by_text("English", exact=True).click()


def shows_nothing(page: Page, why: str) -> None:
    """The plain page alone, which says why."""
    expect(page.get_by_text(SAY(f"sign_in.why_{why}"))).to_be_visible()
    expect(page).to_have_url(f"{page.url.split('/sign-in')[0]}/sign-in")
    expect(page.locator("script")).to_have_count(0)
    expect(page.get_by_test_id("stApp")).to_have_count(0)


def test_who_signs_in_sees_the_pages_and_who_signs_out_leaves_nothing_behind(
    visitor: Visit,
) -> None:
    visitor.page.goto(visitor.server)
    shows_nothing(visitor.page, "absent")
    assert visitor.violations() == [] and visitor.complaints == []
    sign_in(visitor, "drop?phase=lockdown_2")
    expect(visitor.page).to_have_url(f"{visitor.server}/drop?phase=lockdown_2")
    visitor.go()
    side = visitor.page.get_by_test_id("stSidebar")
    expect(side.get_by_text("Anna Ærø")).to_be_visible()
    assert visitor.complaints == []
    shown = visitor.page.url
    side.get_by_role("button", name=SAY("who.sign_out")).click()
    visitor.page.wait_for_url(lambda url: url != shown)
    for come_back in (lambda: visitor.page.goto(shown), visitor.page.go_back, visitor.page.go_back):
        come_back()
        expect(visitor.page.get_by_test_id("stApp")).to_have_count(0)
        assert "Anna" not in visitor.page.content()
    visitor.page.goto(visitor.server)
    shows_nothing(visitor.page, "absent")


def test_whose_access_is_taken_away_sees_nothing_after_the_next_click(
    visitor: Visit, office: Office
) -> None:
    sign_in(visitor)
    signed.take_access(office.home)
    click_somewhere(visitor.page)
    shows_nothing(visitor.page, "no_access")
    expect(visitor.page.get_by_text("Digitalisering, lokal 2").first).to_be_visible()


def test_a_page_left_for_half_an_hour_is_taken_away_and_all_is_over_after_eight(
    visitor: Visit, office: Office
) -> None:
    sign_in(visitor)
    office.wait(timedelta(minutes=29))
    click_somewhere(visitor.page)
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    visitor.settle()
    office.wait(timedelta(minutes=29 + 29))
    visitor.page.reload()
    visitor.settle()
    office.wait(timedelta(minutes=29 + 29 + 31))
    # As when somebody comes back to the tab: nothing was clicked.
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    shows_nothing(visitor.page, "idle")
    office.wait(timedelta(hours=8))
    visitor.page.goto(visitor.server)
    shows_nothing(visitor.page, "too_long")
