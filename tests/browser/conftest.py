"""A real Chromium before a real server. The server runs in this process, so a test can move the clock."""

import logging
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from werkzeug.serving import make_server

from app import demo, journal
from app.access import Role
from app.extensions import db
from scripts import system
from tests.build import Builder
from tests.conftest import make_app, restore

logging.getLogger("werkzeug").setLevel(logging.ERROR)

CHROMIUM = system.chromium()
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
WIDE, PHONE, TABLET = (1440, 900), (390, 844), (1024, 1180)
AXE = Path(__file__).parents[2] / "app" / "static" / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Site:
    """The program as a browser sees it."""

    app: Flask
    url: str
    build: Builder


@pytest.fixture
def site(template_home: Path, tmp_path: Path) -> Iterator[Site]:
    """The program on an empty SQLite database, with CSRF on, served by threads."""
    (tmp_path / "signing-day.sqlite").write_bytes((template_home / "signing-day.sqlite").read_bytes())
    journal.act_as(journal.Actor("system"))  # not whoever a request in this very thread has acted as before
    app = make_app(tmp_path, csrf=True)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    app.config["PUBLIC_URL"] = url
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(app, url, Builder(app))
    server.shutdown()
    thread.join(5)


@pytest.fixture(scope="session")
def sample_home(template_home: Path) -> Iterator[Path]:
    """A data folder with the sample conferences; making them takes seconds, so each process makes them once."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copy(template_home / "signing-day.sqlite", home)
        app = make_app(home)
        with app.app_context():
            demo.make()
            db.session.remove()
            db.engine.dispose()
        yield home


@pytest.fixture
def sample_site(site: Site, sample_home: Path) -> Site:
    """The program with the sample conferences."""
    with site.app.app_context():
        restore(sample_home / "signing-day.sqlite")
    if (sample_home / "files").is_dir():
        shutil.copytree(sample_home / "files", site.app.config["SIGNING_DAY_HOME"] / "files", dirs_exist_ok=True)
    return site


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


def launch(playwright: Playwright, *more: str) -> Browser:
    """Start Debian's Chromium without a window; `more` are further arguments for it."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *more])


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


Opener = Callable[..., Page]


@pytest.fixture
def open_page(site: Site, chromium: Browser) -> Iterator[Opener]:
    """Open a window: `open_page(Role.PLANNER, locale="zh-CN", size=PHONE)`; without a role nobody is signed in.

    At the end of the test no page may have met an error of its own or broken the content security policy.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(*roles: Role, locale: str = "en-GB", size: tuple[int, int] = WIDE, dark: bool = False) -> Page:
        context = chromium.new_context(
            base_url=site.url,
            locale=locale,
            viewport={"width": size[0], "height": size[1]},
            has_touch=size in (PHONE, TABLET),
            color_scheme="dark" if dark else "light",
            timezone_id="Asia/Shanghai",
            extra_http_headers={"Accept-Language": locale},
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        if roles:
            client = site.app.test_client()
            person = site.build.user(*roles, locale=None)
            site.build.sign_in(client, person)
            cookie = client.get_cookie(site.app.config["SESSION_COOKIE_NAME"])
            assert cookie is not None
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def axe_findings(page: Page) -> list[str]:
    """Return what axe-core finds on the page as it stands, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text() + "; null")
    found = page.evaluate(
        "async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}))"
        ".violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | ')}`)",
        RULES,
    )
    return list(found)


def sent(page: Page) -> None:
    """Wait until somebody's own page has sent what was pressed on it: a tick shows before the server knows it."""
    page.locator('#my-line[data-waiting="0"]').wait_for(state="attached")


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width
