"""How long it takes until the next item is painted at the desk, measured in the browser, for each kind of item.

    scripts/bench desk_next                 60 decisions a kind
    scripts/bench desk_next -- 200          as many as you say

From the key that decides to the moment after the frame that shows the next item, by the page's own clock; Chromium without
a screen, the real server in this process, SQLite in a folder that is thrown away. Between two decisions stand 400 ms, in
which (or longer, until it has) the desk stores one and loads what comes next: a person is slower. `late` counts items
that were not in hand when they were wanted. `moved` is the browser's cumulative layout shift
over all of them: 0 when nothing on the page moved while items changed (with sound something does: inside the browser's own
player, whose time appears once the file is read). `drawn` counts pictures and videos that were ready
in that frame.
"""

from __future__ import annotations

import os
import shutil
import struct
import sys
import tempfile
import threading
import zlib
from datetime import UTC, datetime
from pathlib import Path
from socketserver import ThreadingMixIn
from statistics import quantiles
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

KINDS = ("text", "conversation", "image", "gallery", "audio", "search_results", "account")
NOW = datetime.now(UTC).replace(microsecond=0)
_PAUSE_MS = 400
_ROUND = """async (pause) => {
    const key = document.getElementById("desk-key")
    const before = key.textContent
    const began = performance.now()
    document.querySelector(".desk-choice").click()
    const changed = key.textContent !== before
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
    const took = performance.now() - began
    const media = [...document.querySelectorAll("#desk-content :is(img, video, audio)")]
    const ready = media.filter(each => each.complete || each.readyState > 1).length
    const [net, item] = [document.getElementById("desk-net"), document.getElementById("desk-item")]
    const isBusy = () => net.dataset.state !== "saved" || item.hidden
    do await new Promise(done => setTimeout(done, pause))
    while (isBusy())
    return {took, changed, media: media.length, ready}
}"""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_said: Any) -> None:
        pass


def main(rounds: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"EVENKEEL_DATA_DIR": folder, "EVENKEEL_LOG_LEVEL": "ERROR", "EVENKEEL_DEBUG": "no"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "evenkeel.edges.settings"
        # Playwright's event loop runs in the thread that also asks the database.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from django.core.wsgi import get_wsgi_application

        server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Server, handler_class=_Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _measure(f"http://127.0.0.1:{server.server_port}", rounds)
        server.shutdown()


def _measure(address: str, rounds: int) -> None:
    from playwright.sync_api import sync_playwright

    person, programme = _people()
    print(
        f"{'kind':<16}{'decisions':>9} {'p50 ms':>7} {'p95 ms':>7} {'max ms':>7} {'drawn':>11} {'moved':>6} {'late':>4}"
    )
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for kind in KINDS:
            queue = _queue(programme, kind, rounds + 20)
            context = browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
            context.add_cookies([{"name": "sessionid", "value": _session(person), "url": address}])
            page = context.new_page()
            page.goto(f"{address}/work/queues/{queue.pk}/desk/")
            page.wait_for_selector("#desk-item:not([hidden])")
            page.evaluate(
                """() => { window.moved = 0; new PerformanceObserver(list => {
                    for (const each of list.getEntries()) window.moved += each.value
                }).observe({type: "layout-shift", buffered: false}) }"""
            )
            page.wait_for_timeout(1_500)
            told = [page.evaluate(_ROUND, _PAUSE_MS) for _round in range(rounds)]
            # One that was not in hand yet has nothing to do with how fast it is shown; it is told apart.
            took = [each["took"] for each in told if each["changed"]]
            late = len(told) - len(took)
            cuts = quantiles(took, n=20)
            drawn = f"{sum(each['ready'] for each in told)}/{sum(each['media'] for each in told)}"
            moved = page.evaluate("window.moved")
            print(
                f"{kind:<16}{rounds:>9} {cuts[9]:>7.1f} {cuts[18]:>7.1f} {max(took):>7.1f} {drawn:>11} {moved:>6.3f} {late:>4}",
                flush=True,
            )
            context.close()
        browser.close()


def _people() -> tuple[Any, Any]:
    from evenkeel.ground.access import Actor
    from evenkeel.people import Role, add_organisation, add_person, add_worker, give_grant
    from evenkeel.work import add_programme

    system = Actor.system("bench")
    house = add_organisation(system, name="House", is_house=True, now=NOW)
    person = add_person(system, organisation=house, email="ada@example.org", name="Ada", now=NOW)
    add_worker(system, organisation=house, code="ada", name="Ada", person=person, languages=["en"], now=NOW)
    give_grant(system, person=person, role=Role.objects.get(slug="moderator"), now=NOW)
    return person, add_programme(system, name="Bench", now=NOW)


def _session(person: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(person)
    return str(client.cookies["sessionid"].value)


def _queue(programme: Any, kind: str, n: int) -> Any:
    from evenkeel.ground.access import Actor
    from evenkeel.work import NewItem, add_form, add_items, add_queue, fill_queue

    system = Actor.system("bench")
    choices = [{"value": "no", "title": "Safe", "tone": "good"}, {"value": "yes", "title": "Unsafe", "tone": "bad"}]
    field = {"name": "label", "kind": "single_choice", "title": "Safe?", "required": True, "choices": choices}
    spec = {"question": "Is it safe?", "main": "label", "fields": [field, {"name": "comment", "kind": "text"}]}
    form = add_form(system, programme=programme, name=f"{kind} form", spec=spec, now=NOW)
    queue = add_queue(system, programme=programme, name=f"{kind} queue", form=form, now=NOW)
    new = [NewItem(key=f"{kind}-{place}", kind=kind, content=_content(programme, kind, place)) for place in range(n)]
    items = add_items(system, programme=programme, items=new, now=NOW)
    fill_queue(system, queue=queue, item_ids=[item.pk for item in items], now=NOW)
    return queue


def _content(programme: Any, kind: str, place: int) -> dict[str, Any]:
    words = f"Post {place}. " + "Some words that somebody wrote. " * (5 + place % 40)
    if kind == "text":
        return {"text": words}
    if kind == "conversation":
        return {"turns": [{"speaker": ("User", "Assistant")[turn % 2], "text": words} for turn in range(6)]}
    if kind == "image":
        return {"media": _stored(programme, _png(1_200 + place, 800))}
    if kind == "gallery":
        return {
            "text": words,
            "pictures": [{"media": _stored(programme, _png(600 + place, 400 + n))} for n in range(4)],
        }
    if kind == "audio":
        return {"media": _stored(programme, _wav(5 + place / 100)), "transcript": words}
    if kind == "search_results":
        return {"query": words[:60], "results": [{"title": f"Result {n}", "snippet": words[:200]} for n in range(10)]}
    posts = [{"kind": "text", "content": {"text": words}} for _post in range(10)]
    return {
        "name": "Eve",
        "bio": words[:200],
        "picture": {"media": _stored(programme, _png(200, 200 + place))},
        "items": posts,
    }


def _stored(programme: Any, content: bytes) -> str:
    from evenkeel.ground.access import Actor
    from evenkeel.work import add_media

    return str(add_media(Actor.system("bench"), programme=programme, chunks=[content], now=NOW).pk)


def _png(width: int, height: int) -> bytes:
    row = b"\x00" + bytes(value for at in range(width) for value in (at % 256, at * 7 % 256, at * 13 % 256))
    data = zlib.compress(row * height, 1)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", data), (b"IEND", b""))
    made = (
        struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said)) for name, said in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def _wav(seconds: float) -> bytes:
    data = bytes(128 + at % 60 for at in range(round(8_000 * seconds)))
    body = (
        b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 8_000, 8_000, 1, 8)
        + b"data"
        + struct.pack("<I", len(data))
        + data
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
