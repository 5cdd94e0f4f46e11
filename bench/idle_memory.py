"""How much memory a whole install takes: all processes of `evenkeel demo`, web and background jobs, one minute after its
start, and again after somebody has opened 20 pages.

    scripts/bench idle_memory                      makes the demo's data first, in a folder that is thrown away
    scripts/bench idle_memory -- path/to/demo      on a demo that is there

PSS is what the processes really take: memory that they share counts once. RSS counts it in each of them, so its sum is
more than what would be free again if they ended. Both come from the kernel (/proc/PID/smaps_rollup). On SQLite.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import httpx

from evenkeel.edges.tests.servers import Install

REST_S, PAGES = 60, 20
GOAL_MB = 200


def main(arguments: list[str]) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(arguments[0]) if arguments else Path(made) / "demo"
        if not (folder / "demo-logins.json").exists():
            print("making the demo's data", file=sys.stderr)
            Install(folder).run("demo", "--no-serve", "--json", timeout_s=1_800)
        install = Install(folder)
        with install.serving(command="demo") as server:
            print(f"{'when':<34} {'processes':>9} {'RSS MB':>7} {'PSS MB':>7}")
            time.sleep(REST_S)
            _row(f"{REST_S} s after the start", server.pid)
            opened = _visit(install.url, json.loads((folder / "demo-logins.json").read_text()))
            _row(f"after {opened} pages", server.pid)
            time.sleep(REST_S)
            _row(f"after {opened} pages and {REST_S} s", server.pid)
    print(f"goal: less than {GOAL_MB} MB of PSS")


def _row(when: str, pid: int) -> None:
    found = [_memory_kb(each) for each in _with_descendants(pid)]
    rss, pss = (sum(each[name] for each in found) / 1024 for name in ("Rss", "Pss"))
    print(f"{when:<34} {len(found):>9} {rss:>7.0f} {pss:>7.0f}")


def _with_descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        # A process may end while we look.
        with suppress(OSError):
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.parent.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def _memory_kb(pid: int) -> dict[str, int]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) for line in lines}


def _visit(url: str, logins: list[dict[str, str]]) -> int:
    """Log in as the quality manager and follow the links from the first page; returns how many pages opened."""
    login = next(each for each in logins if each["role"] == "Quality manager")
    with httpx.Client(base_url=url, follow_redirects=True, timeout=60) as client:
        shown = client.get("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown.text)
        assert token is not None
        said = {"login": login["email"], "password": login["password"], "csrfmiddlewaretoken": token[1]}
        shown = client.post("/accounts/login/", data=said, headers={"Referer": f"{url}/accounts/login/"})
        assert shown.url.path == "/", "nobody is logged in"
        waiting, seen, opened = _links(shown.text), set[str](), 0
        while waiting and opened < PAGES:
            link = waiting.pop(0)
            if link in seen:
                continue
            seen.add(link)
            shown = client.get(link)
            if shown.status_code == 200 and "text/html" in shown.headers["Content-Type"]:
                opened += 1
                waiting += _links(shown.text)
    return opened


def _links(text: str) -> list[str]:
    found = re.findall(r'href="(/[^"#?]*)"', text)
    return [link for link in found if not re.match(r"/(static|accounts|admin|api|ui)\b", link)]


if __name__ == "__main__":
    main(sys.argv[1:])
