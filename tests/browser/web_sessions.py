#!/usr/bin/env python3
"""The website of the example in headless Chromium: log in, reload, second browser, expiry, logout, a forged cookie.

    cargo build -p dynamodel-examples --example web_sessions
    python3 tests/browser/web_sessions.py target/debug/examples/web_sessions

Needs `chromium` and `chromedriver` (Debian: chromium, chromium-driver), and of Python the standard library only.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

LIFETIME = 4  # seconds that a session lives after the last page
NOBODY = "Nobody is logged in."


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Browser:
    """One browser with cookies of its own, driven by WebDriver."""

    def __init__(self, driver):
        self.driver = driver
        arguments = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        options = {"browserName": "chrome", "goog:chromeOptions": {"args": arguments}}
        given = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": options}})
        self.path = f"/session/{given['sessionId']}"

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.driver + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def do(self, method, path, body=None):
        return self.ask(method, self.path + path, body)

    def open(self, url):
        self.do("POST", "/url", {"url": url})

    def reload(self):
        self.do("POST", "/refresh", {})

    def element(self, name):
        found = self.do("POST", "/element", {"using": "css selector", "value": f"#{name}"})
        return next(iter(found.values()))

    def text(self, name):
        return self.do("GET", f"/element/{self.element(name)}/text")

    def click(self, name):
        self.do("POST", f"/element/{self.element(name)}/click", {})

    def log_in(self, user):
        self.do("POST", f"/element/{self.element('user')}/value", {"text": user})
        self.click("login")

    def cookie(self):
        return next((cookie for cookie in self.do("GET", "/cookie") if cookie["name"] == "session"), None)

    def set_cookie(self, cookie):
        self.do("POST", "/cookie", {"cookie": cookie})

    def quit(self):
        self.ask("DELETE", self.path)


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")
    print(f"  {what}: {found!r}")


def visit(url, driver):
    desk, phone = Browser(driver), Browser(driver)
    try:
        print("log in and reload")
        desk.open(url)
        same("before", desk.text("greeting"), NOBODY)
        same("cookie before", desk.cookie(), None)
        desk.log_in("ada")
        same("logged in", desk.text("greeting"), "Hello ada, this is page 1.")
        desk.reload()
        same("reloaded", desk.text("greeting"), "Hello ada, this is page 2.")
        cookie = desk.cookie()
        same("seen by scripts", desk.do("POST", "/execute/sync", {"script": "return document.cookie", "args": []}), "")
        same("SameSite", cookie["sameSite"], "Strict")

        print("second browser")
        phone.open(url)
        same("nobody there", phone.text("greeting"), NOBODY)
        phone.log_in("ada")
        same("logged in", phone.text("greeting"), "Hello ada, this is page 1.")
        same("sessions", phone.text("browsers"), "2")
        same("two cookies", phone.cookie()["value"] != cookie["value"], True)

        print("forged cookie")
        real = phone.cookie()
        forged = real["value"][:-1] + ("g" if real["value"].endswith("A") else "A")
        for value in (forged, "x", "A" * 22):
            phone.set_cookie({**real, "value": value})
            phone.reload()
            same(value, phone.text("greeting"), NOBODY)
        phone.set_cookie(real)
        phone.reload()
        same("the real one", phone.text("greeting"), "Hello ada, this is page 2.")

        print("logout")
        desk.reload()
        stolen = desk.cookie()
        desk.click("logout")
        same("logged out", desk.text("greeting"), NOBODY)
        same("cookie", desk.cookie(), None)
        desk.set_cookie({key: stolen[key] for key in ("name", "value", "path")})
        desk.reload()
        same("with the old cookie", desk.text("greeting"), NOBODY)
        phone.reload()
        same("the other browser", phone.text("greeting"), "Hello ada, this is page 3.")

        print("expiry")
        kept = phone.cookie()
        time.sleep(LIFETIME + 2)
        phone.reload()
        same("expired", phone.text("greeting"), NOBODY)
        # Without an end, so that it is the server that refuses it.
        phone.set_cookie({key: kept[key] for key in ("name", "value", "path")})
        phone.reload()
        same("expired, with the cookie", phone.text("greeting"), NOBODY)
    finally:
        desk.quit()
        phone.quit()


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else "target/debug/examples/web_sessions"
    chromedriver = shutil.which("chromedriver") or sys.exit("chromedriver is not installed")
    port = free_port()
    environment = {**os.environ, "SESSION_SECONDS": str(LIFETIME)}
    server = subprocess.Popen(
        [program, "--serve", "127.0.0.1:0"], env=environment, stdout=subprocess.PIPE, text=True
    )
    driver = subprocess.Popen([chromedriver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        line = server.stdout.readline()
        if "listening on " not in line:
            sys.exit(f"the website does not start: {line!r}")
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        visit(line.split("listening on ")[1].strip(), f"http://127.0.0.1:{port}")
        print("all as it should be")
    finally:
        driver.terminate()
        server.terminate()


if __name__ == "__main__":
    main()
