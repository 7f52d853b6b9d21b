"""Take pictures of a running Odoo with Chromium, for the documentation.

    make screenshots                                    # all pictures of PAGES into docs/images
    make screenshots ARGS="--only scorecards"           # some of them
    make screenshots ARGS="--out /tmp/x crm=/odoo/crm"  # others: name=path

Exit code 1 when a page's console showed an error: a picture of a broken page should not go unnoticed.
"""

from __future__ import annotations

import argparse
import base64
import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import websocket
from screenshot_pages import PAGES, PEOPLE, PHONE, PHONE_SIZE, PRESSED, RECORDS

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Odoo keeps a connection open for messages, so the network never falls idle: look for its own signs instead.
SETTLED = """
(document.querySelector('.o_web_client .o_action_manager > *, main') !== null
  && document.querySelector('.o_loading_indicator, .o_blockUI, .fa-spin') === null
  && document.readyState === 'complete')
"""


class Browser:
    """A headless Chromium, driven over its debugging protocol."""

    def __init__(self, width: int, height: int) -> None:
        self.profile = tempfile.mkdtemp(prefix="kpi-browser-")
        self.complaints: list[str] = []
        self._number = 0
        self.process = subprocess.Popen(
            [
                _browser(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                f"--user-data-dir={self.profile}",
                f"--window-size={width},{height}",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._socket = websocket.create_connection(self._page(), timeout=120, suppress_origin=True)
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.do(f"{domain}.enable")
        self.resize(width, height)

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def resize(self, width: int, height: int) -> None:
        """Make the window that large; below 600 points it is a phone."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.do("Emulation.setDeviceMetricsOverride", **size)

    def _page(self) -> str:
        """The address of the first page's debugging socket."""
        note = Path(self.profile) / "DevToolsActivePort"
        for _ in range(300):
            if note.exists() and note.read_text().count("\n"):
                port = note.read_text().splitlines()[0]
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=30) as answer:
                    pages = [page for page in json.load(answer) if page["type"] == "page"]
                if pages:
                    return pages[0]["webSocketDebuggerUrl"]
            time.sleep(0.1)
        raise TimeoutError("the browser does not start")

    def do(self, method: str, **parameters: Any) -> dict:
        """Send a command and return its result; what the console says meanwhile is noted."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            self._note(message)
            if message.get("id") == self._number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]

    def _note(self, message: dict) -> None:
        details = message.get("params", {})
        if message.get("method") == "Runtime.exceptionThrown":
            thrown = details["exceptionDetails"]
            self.complaints.append(thrown.get("exception", {}).get("description") or thrown["text"])
        elif message.get("method") == "Log.entryAdded" and details["entry"]["level"] == "error":
            self.complaints.append(f"{details['entry']['text']} {details['entry'].get('url', '')}")
        elif message.get("method") == "Runtime.consoleAPICalled" and details["type"] == "error":
            self.complaints.append(" ".join(str(part.get("value", "")) for part in details["args"]))

    def is_true(self, expression: str) -> bool:
        """Whether an expression holds in the page."""
        return self.do("Runtime.evaluate", expression=expression)["result"].get("value") is True

    def open(self, address: str, wait: float) -> None:
        """Open a page and wait until it has settled, then for charts and pictures to be drawn."""
        self.do("Page.navigate", url=address)
        until = time.monotonic() + 90
        time.sleep(0.5)
        while not self.is_true(SETTLED):
            if time.monotonic() > until:
                self.complaints.append(f"{address} does not settle")
                break
            time.sleep(0.2)
        time.sleep(wait)

    def press(self, selector: str, wait: float) -> None:
        """Press what a selector finds, wait for what it shows, and bring that into the window."""
        found = f"document.querySelector({json.dumps(selector)})"
        if not self.is_true(f"{found} && ({found}.click(), true)"):
            self.complaints.append(f"{selector} is not there")
        time.sleep(wait)
        self.is_true(f"{found}?.scrollIntoView({{ block: 'center' }})")
        time.sleep(0.5)

    def picture(self, file: Path) -> None:
        """Save what the window shows."""
        data = self.do("Page.captureScreenshot", format="png")["data"]
        file.write_bytes(base64.b64decode(data))


def _browser() -> str:
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    sys.exit("No browser is on this machine: `sudo apt-get install chromium`.")


def log_in(base: str, login: str, password: str) -> str:
    """Log in and return the session's number."""
    credentials = {"db": _database(base), "login": login, "password": password}
    request = urllib.request.Request(
        f"{base}/web/session/authenticate",
        data=json.dumps({"jsonrpc": "2.0", "params": credentials}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        content, cookies = json.load(answer), answer.headers.get_all("Set-Cookie", [])
    if "error" in content or not content["result"].get("uid"):
        sys.exit(f"{login} cannot log in at {base}.")
    session = next(cookie for cookie in cookies if cookie.startswith("session_id="))
    return session.split(";")[0].removeprefix("session_id=")


def _database(base: str) -> str:
    request = urllib.request.Request(
        f"{base}/web/database/list",
        data=b'{"jsonrpc": "2.0", "params": {}}',
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)["result"][0]


def record_page(base: str, session: str, name: str) -> str:
    """The path of the record of a picture in RECORDS."""
    path, model, domain = RECORDS[name]
    call = {"model": model, "method": "search", "args": [domain], "kwargs": {"limit": 1}}
    request = urllib.request.Request(
        f"{base}/web/dataset/call_kw/{model}/search",
        data=json.dumps({"jsonrpc": "2.0", "params": call}).encode(),
        headers={"Content-Type": "application/json", "Cookie": f"session_id={session}"},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        found = json.load(answer).get("result")
    if not found:
        sys.exit(f"There is no record for the picture {name}: is this the demo database?")
    return f"{path}/{found[0]}"


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", metavar="NAME=PATH", help="pages to take instead of the documentation's")
    parser.add_argument("--base", default="http://127.0.0.1:8069")
    parser.add_argument("--login", default="admin")
    parser.add_argument("--password", default="admin")
    parser.add_argument("--width", type=int, default=1440)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--wait", type=float, default=1.5, help="seconds to wait after a page has settled")
    parser.add_argument(
        "--only", action="append", choices=sorted([*PAGES, *RECORDS]), help="this one of the documentation's pages"
    )
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    return parser.parse_args()


def session_of(sessions: dict[str, str], options: argparse.Namespace, name: str) -> str:
    """The session of whoever sees a picture; logs in once for each."""
    login = options.login if options.pages else PEOPLE.get(name, options.login)
    if login not in sessions:
        sessions[login] = log_in(options.base, login, login)
    return sessions[login]


def main() -> int:
    """Take the pictures and print their files and the console's complaints."""
    options = parse()
    options.out.mkdir(parents=True, exist_ok=True)
    sessions = {options.login: log_in(options.base, options.login, options.password)}
    pages = dict(page.split("=", 1) for page in options.pages)
    for name in () if pages else options.only or [*PAGES, *RECORDS]:
        pages[name] = PAGES.get(name) or record_page(options.base, session_of(sessions, options, name), name)
    with Browser(options.width, options.height) as browser:
        for name, path in pages.items():
            session = session_of(sessions, options, name)
            browser.do("Network.setCookie", name="session_id", value=session, url=options.base, httpOnly=True)
            browser.resize(*(PHONE_SIZE if name in PHONE else (options.width, options.height)))
            browser.open(options.base + path, options.wait)
            if name in PRESSED:
                browser.press(PRESSED[name], options.wait)
            browser.picture(options.out / f"{name}.png")
            print(options.out / f"{name}.png", flush=True)
        complaints = list(dict.fromkeys(browser.complaints))
    for complaint in complaints:
        print(complaint[:500], file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
