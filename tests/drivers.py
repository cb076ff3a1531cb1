"""Firefox and WebKitGTK as readers use them: started, driven by WebDriver's commands, and asked what they printed.

Firefox takes the commands by Marionette, its own protocol, and WebKitGTK from WebKitWebDriver.
"""

import base64
import ctypes
import http.client
import itertools
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# The commands' names in Marionette, with what WebDriver calls them over HTTP.
COMMANDS = {
    "WebDriver:Navigate": ("POST", "url"),
    "WebDriver:Back": ("POST", "back"),
    "WebDriver:ExecuteScript": ("POST", "execute/sync"),
    "WebDriver:PerformActions": ("POST", "actions"),
    "WebDriver:SetWindowRect": ("POST", "window/rect"),
    "WebDriver:TakeScreenshot": ("GET", "screenshot"),
    "WebDriver:GetComputedRole": ("GET", "element/{id}/computedrole"),
    "WebDriver:GetComputedLabel": ("GET", "element/{id}/computedlabel"),
}
KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Escape": "\ue00c",
    "Down": "\ue015",
}
FIREFOX = {
    "marionette.port": 0,  # any that is free
    "services.settings.server": "data:,",  # asks nobody for its settings
    "datareporting.policy.dataSubmissionEnabled": False,
}
Element = dict[str, str]


class Client:
    """A browser with a page of a site, whose address ends without a slash."""

    def __init__(self, root: str, send: Callable[..., Any]) -> None:
        """Take the function that sends a command with its parameters and returns the answer."""
        self.root, self.send = root, send
        self.clicked: tuple[int, int] | None = None

    def goto(self, path: str) -> None:
        """Open an address of the site anew, even where it differs from the last in its fragment alone."""
        self.send("WebDriver:Navigate", url="about:blank")
        self.send("WebDriver:Navigate", url=f"{self.root}/{path}")

    def js(self, script: str, *values: Any) -> Any:
        """Return the value of an expression on the page, in which `a` are the values."""
        return self.send("WebDriver:ExecuteScript", script=f"const a = arguments; return {script}", args=[*values])

    def wait(self, script: str, *values: Any) -> Any:
        """Wait until an expression is true, and return its value."""
        end = time.monotonic() + 10
        while not (value := self.js(script, *values)):
            assert time.monotonic() < end, f"{script} {values} stays {value!r} at {self.js('location.href')}"
            time.sleep(0.02)
        return value

    def find(self, selector: str) -> Element:
        """Return the first element for a selector that is not hidden, which is waited for, scrolled into view."""
        shown = "[...document.querySelectorAll(a[0])].find(e => e.checkVisibility())"
        found: Element = self.wait(shown, selector)
        self.js("a[0].scrollIntoView({ block: 'nearest' })", found)
        return found

    def point(self, place: str | Element, *, click: bool = False, x: int = 0, y: int = 0) -> None:
        """Point with the mouse at the middle of an element's first box, or beside it; then click, if asked to."""
        at = self.find(place) if isinstance(place, str) else place
        middle = "(r => [r.left + r.width / 2, r.top + r.height / 2].map(Math.round))(a[0].getClientRects()[0])"
        left, top = self.js(middle, at)
        moves: list[dict[str, object]] = [{"type": "pointerMove", "x": left + x, "y": top + y, "duration": 0}]
        if click:
            if self.clicked == (left + x, top + y):
                time.sleep(0.6)  # else it would be a double click
            self.clicked = left + x, top + y
            moves += [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves}
        self.send("WebDriver:PerformActions", actions=[mouse])

    def press(self, *keys: str) -> None:
        """Press keys one after the other; of those joined by `+` all but the last are held."""
        moves = []
        for key in keys:
            held = [KEYS.get(name, name) for name in key.split("+")]
            moves += [{"type": "keyDown", "value": value} for value in held]
            moves += [{"type": "keyUp", "value": value} for value in reversed(held)]
        self.send("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": moves}])

    def told(self, element: Element) -> tuple[str, str]:
        """Return the role and the name by which an element is told to whoever can't see it."""
        [number] = element.values()
        role, name = (self.send(f"WebDriver:GetComputed{part}", id=number) for part in ("Role", "Label"))
        return role, " ".join(name.split())

    def resize(self, width: int, height: int = 700) -> int:
        """Make the window as wide as asked for, or as narrow as it gets, and return how wide the page is."""
        self.send("WebDriver:SetWindowRect", width=width, height=height)
        return int(self.js("innerWidth"))


class Firefox(Client):
    """Firefox, which also prints, says what is in its console, and zooms."""

    def within(self, script: str, *values: Any) -> Any:
        """Return the value of an expression in the browser itself."""
        self.send("Marionette:SetContext", value="chrome")
        value = self.js(script, *values)
        self.send("Marionette:SetContext", value="content")
        return value

    def complaints(self) -> list[str]:
        """Return the errors and warnings in the console about the site's pages since it was last asked."""
        return list(self.within("""(() => {
          const told = Services.console.getMessageArray().filter(m => m instanceof Ci.nsIScriptError)
          Services.console.reset()
          return told.filter(m => String(m).includes(a[0])).map(String)
        })()""", self.root))  # fmt: skip

    def print(self) -> bytes:
        """Print the page on A4."""
        return base64.b64decode(self.send("WebDriver:Print", page={"width": 21, "height": 29.7}))


class WebKitGTK(Client):
    """WebKitGTK's small browser, which has the focus only while the display's own pointer moves within its window."""

    def resize(self, width: int, height: int = 700) -> int:
        """Move the pointer in the resized window, too, as there is no window manager that gives it the focus."""
        actual = super().resize(width, height)
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        display = ctypes.c_void_p(x11.XOpenDisplay(None))
        x11.XWarpPointer(display, 0, x11.XDefaultRootWindow(display), 0, 0, 0, 0, 9, 9)
        x11.XCloseDisplay(display)
        self.wait("document.hasFocus()")
        return actual


@contextmanager
def firefox(root: str, folder: Path) -> Iterator[Firefox]:
    """Start Firefox on the display, with a new profile in the folder."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "no Firefox is found: run these tests by scripts/test --clients"
    chosen = "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in FIREFOX.items())
    (folder / "user.js").write_text(chosen, encoding="utf-8")
    options = ["--marionette", "--remote-allow-system-access", "--profile", str(folder)]
    with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            port = folder / "MarionetteActivePort"
            while not port.exists() or not port.read_text():
                assert process.poll() is None, "Firefox did not start"
                time.sleep(0.05)
            with socket.create_connection(("127.0.0.1", int(port.read_text())), timeout=60) as wire:
                answers, numbers = wire.makefile("rb"), itertools.count()

                def read() -> Any:
                    length = b"".join(iter(lambda: answers.read(1), b":"))
                    return json.loads(answers.read(int(length)))

                def send(name: str, **parameters: object) -> Any:
                    told = json.dumps([0, next(numbers), name, parameters]).encode()
                    wire.sendall(b"%d:%s" % (len(told), told))
                    *_, error, value = read()
                    assert error is None, error
                    return value["value"] if value and "value" in value else value

                read()  # its greeting
                send("WebDriver:NewSession")
                yield Firefox(root, send)
        finally:
            process.terminate()


@contextmanager
def webkitgtk(root: str, folder: Path, *options: str) -> Iterator[WebKitGTK]:
    """Start WebKitGTK's small browser on the display, with options of its settings."""
    program = shutil.which("WebKitWebDriver")
    assert program, "no WebKitWebDriver is found: run these tests by scripts/test --clients"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

    def ask(method: str, path: str, value: object = None) -> Any:
        wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        wire.request(method, path, json.dumps(value) if method == "POST" else None)
        told = json.loads(wire.getresponse().read())["value"]
        wire.close()
        assert not (isinstance(told, dict) and "error" in told), told
        return told

    with (folder / "log").open("w") as log, subprocess.Popen([program, f"--port={port}"], stderr=log) as process:
        try:
            for _ in range(200):
                try:
                    ask("GET", "/status")
                except OSError:
                    time.sleep(0.05)
            chosen = {"webkitgtk:browserOptions": {"args": ["--automation", *options]}}
            session = ask("POST", "/session", {"capabilities": {"alwaysMatch": chosen}})["sessionId"]

            def send(name: str, **parameters: object) -> Any:
                method, path = COMMANDS[name]
                return ask(method, f"/session/{session}/{path.format(**parameters)}", parameters)

            yield WebKitGTK(root, send)
            ask("DELETE", f"/session/{session}")
        finally:
            process.terminate()
