"""Chromium without a window, by its own wire (DevTools over two pipes): phones' widths, clicks, typing, the console."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

needs_chromium = pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-extensions",
    "--no-first-run",
    "--remote-debugging-pipe",
)


class Browser:
    """One browser with one tab. `console`: errors, warnings and exceptions of the page since it was opened."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._number, self._rest, self._session = 0, b"", ""
        self.console: list[str] = []
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._ask(f"{domain}.enable")

    def open(self, page: Path, width: int = 1280, height: int = 900, fragment: str = "") -> None:
        """Open a file at a width, and wait until the page has given its verdict."""
        self.resize(width, height)
        self._ask("Page.navigate", url="about:blank")
        self.console.clear()
        self._ask("Page.navigate", url=page.as_uri() + fragment)
        self.settle()

    def resize(self, width: int, height: int = 900) -> None:
        """Make the tab that wide, as a telephone below 600."""
        self._ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def settle(self) -> str:
        """The verdict that the page comes to."""
        wait = """new Promise((done) => { const ask = () => document.readyState === "complete"
            && document.documentElement.dataset.verdict ? done(document.documentElement.dataset.verdict) : setTimeout(ask, 20); ask(); })"""
        return str(self.run(wait))

    def run(self, script: str) -> Any:
        """What an expression gives; promises are awaited."""
        got = self._ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in got, got["exceptionDetails"]
        return got["result"].get("value")

    def text(self, selector: str) -> str:
        """What is to be read there, as it is shown."""
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def type(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.run(
            f"""{{ const field = document.querySelector({json.dumps(selector)}); field.value = {json.dumps(text)};
            field.dispatchEvent(new Event("input", {{bubbles: true}})); }}"""
        )

    def choose(self, selector: str, *files: Path) -> None:
        """Choose files in a file field."""
        root = self._ask("DOM.getDocument")["root"]["nodeId"]
        node = self._ask("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.run("delete document.documentElement.dataset.verdict")
        self._ask("DOM.setFileInputFiles", nodeId=node, files=[str(file) for file in files])

    def picture(self, to: Path, *, whole: bool = True) -> None:
        """A picture of the page, as long as it is."""
        import base64  # noqa: PLC0415 - only to look

        data = self._ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        to.write_bytes(base64.b64decode(data))

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self._heard(answer)

    def _heard(self, event: dict[str, Any]) -> None:
        match event.get("method"):
            case "Runtime.exceptionThrown":
                self.console.append(str(event["params"]["exceptionDetails"]))
            case "Runtime.consoleAPICalled" if event["params"]["type"] in {"error", "warning", "assert"}:
                self.console.append(str(event["params"]["args"]))
            case "Log.entryAdded" if event["params"]["entry"]["level"] in {"error", "warning"}:
                self.console.append(str(event["params"]["entry"]["text"]))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            part = os.read(self._back, 1 << 20)
            assert part, "the browser has gone"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))


@contextmanager
def browser(home: Path) -> Iterator[Browser]:
    """A browser that keeps what it must in `home`."""
    (there, to), (back, here) = os.pipe(), os.pipe()
    words = ("chromium", *_QUIET, f"--user-data-dir={home}", "about:blank")
    process = subprocess.Popen(
        ["bash", "-c", f'exec "$@" 3<&{there} 4>&{here}', "bash", *words],
        pass_fds=(there, here),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(there)
    os.close(here)
    try:
        yield Browser(to, back)
    finally:
        os.close(to)
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()
        process.wait()
        os.close(back)
