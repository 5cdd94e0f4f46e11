"""The desk with every kind of answer and item, by keyboard: what is marked, graded and ruled is what the server stores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from evenkeel.people import Person
from evenkeel.work import Decision, Lease, NewItem, Queue, add_items, fill_queue
from evenkeel.work.acts.media import add_media
from evenkeel.work.kinds.answer import answer_kinds
from evenkeel.work.models import DeskPreference
from evenkeel.work.tests.factories import NOW, SPEC, SYSTEM, make_form, make_person, make_programme, make_queue
from evenkeel.work.tests.files import CLIP, png, wav

LABEL = SPEC["fields"][0]
Open = Callable[..., Page]


@pytest.fixture
def person(transactional_db: None) -> Person:
    return make_person("moderator", name="Ada Example")


def queue_of(*fields: dict[str, Any], items: list[dict[str, Any]], main: str = "label", **rules: Any) -> Queue:
    """A queue that asks these fields about these contents, each given with its kind; files are stored first."""
    programme = make_programme()
    new = []
    for place, said in enumerate(items):
        content = {name: value for name, value in said.items() if name not in ("kind", "file")}
        if "file" in said:
            content["media"] = str(add_media(SYSTEM, programme=programme, chunks=[said["file"]], now=NOW).pk)
        new.append(NewItem(key=f"item-{place}", kind=said["kind"], content=content))
    add_items(SYSTEM, programme=programme, items=new, now=NOW)
    spec = {"question": "What is it?", "main": main, "fields": list(fields)}
    made = make_queue(programme, form=make_form(programme, spec), **rules)
    fill_queue(SYSTEM, queue=made, now=NOW)
    return made


@pytest.fixture
def desk(log_in: Callable[[Person], Page], person: Person) -> Callable[[Queue], Page]:
    def opened(queue: Queue) -> Page:
        page = log_in(person)
        page.goto(f"/work/queues/{queue.pk}/desk/")
        expect(page.locator("#desk-item")).to_be_visible()
        return page

    return opened


def answer(page: Page) -> dict[str, Any]:
    """What the server stored last, once it is there."""
    expect(page.locator("#desk-net")).to_have_attribute("data-state", "saved")
    found = Decision.objects.order_by("-decided_at", "-id").first()
    assert found is not None, page.locator("#toasts").inner_text()
    return dict(found.answer)


def field(kind: str, **rest: Any) -> dict[str, Any]:
    return {**answer_kinds[kind].example.field, **rest}


def test_a_ruling_is_four_keys(desk: Open, screenshot: Callable[[str], None], axe: Callable[[], None]) -> None:
    page = desk(queue_of(field("policy_tree"), items=[{"kind": "text", "text": "I will find you."}] * 1, main="ruling"))
    page.keyboard.press("2")  # violence
    page.keyboard.press("1")  # threat; its only action is filled in
    expect(page.get_by_role("radio", name="Remove")).to_have_attribute("aria-checked", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#desk-fault")).to_have_text("Fill this in first: Severity.")
    axe()
    screenshot("desk-policy-tree")
    page.keyboard.press("2")  # severity 4
    page.keyboard.press("Enter")
    assert answer(page) == {"ruling": {"violation": "violence", "clause": "threat", "severity": 4, "action": "remove"}}
    assert Decision.objects.get().label == "violence"


def test_what_is_not_asked_is_not_in_the_way(desk: Open) -> None:
    why = field("multiple_choice", name="why", required=True, show_if={"field": "label", "in": ["Yes"]})
    page = desk(
        queue_of(
            LABEL,
            why,
            field("rating", name="sure"),
            items=[{"kind": "text", "text": "One"}, {"kind": "text", "text": "Two"}],
        )
    )
    row = page.locator('[data-field="why"]')
    assert row.evaluate("row => row.inert") is True
    before = page.locator("#desk-choices").bounding_box()
    page.keyboard.press("1")
    expect(page.locator("#desk-key")).to_have_text("item-1")
    assert answer(page) == {"label": "No"}
    page.keyboard.press("2")
    assert row.evaluate("row => row.inert") is False
    assert page.locator("#desk-choices").bounding_box() == before
    page.keyboard.press("3")  # the focus is in the group that was asked for
    page.keyboard.press("f")
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    expect(page.locator("#desk-rest-title")).to_have_text("Nothing waits for you here")
    assert answer(page) == {"label": "Yes", "why": ["bot"], "sure": 4}


def test_text_is_marked_word_by_word(desk: Open, screenshot: Callable[[str], None], axe: Callable[[], None]) -> None:
    page = desk(
        queue_of(
            LABEL, field("text_spans", required=True), items=[{"kind": "text", "text": "Du 😀 bist so dumm, Max!"}]
        )
    )
    expect(page.locator(".is-markable")).to_have_count(1)
    page.keyboard.press("f")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "1"):
        page.keyboard.press(key)
    expect(page.locator(".desk-mark-row")).to_have_text("Threat: “so dumm”×")
    axe()
    screenshot("desk-spans")
    page.locator(".desk-mark-drop").click()
    expect(page.locator(".desk-mark-row")).to_have_count(0)
    page.get_by_text("Du 😀 bist").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("2")
    page.locator("#desk-item-title").focus()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    (span,) = answer(page)["spans"]
    assert span["quote"] == "Max"
    assert span["label"] == "name"
    assert page.evaluate("CSS.highlights.size") == 0


def test_a_box_is_drawn_and_moved(desk: Open, screenshot: Callable[[str], None], axe: Callable[[], None]) -> None:
    page = desk(
        queue_of(
            LABEL,
            field("image_shapes"),
            items=[{"kind": "image", "file": png(400, 300), "caption": "A square"}],
            severity=1,
        )
    )
    picture = page.locator("#desk-content img")
    assert picture.evaluate("img => getComputedStyle(img).filter").startswith("blur(22px)")
    page.keyboard.down("h")
    assert picture.evaluate("img => getComputedStyle(img).filter").startswith("blur(0px)")
    page.keyboard.up("h")
    expect(page.get_by_role("button", name="Add a box")).to_be_visible()
    place = picture.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 40, place["y"] + 30)
    page.mouse.down()
    page.mouse.move(place["x"] + 120, place["y"] + 90, steps=4)
    page.mouse.move(place["x"] + 200, place["y"] + 150, steps=4)
    page.mouse.up()
    expect(page.locator(".desk-mark-row")).to_have_count(1)
    page.locator("#desk-item-title").focus()
    page.keyboard.press("b")
    expect(page.locator(".desk-mark-row")).to_have_count(2)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    # A polygon is clicked corner by corner, and closed where it began.
    page.get_by_role("button", name="Polygon", exact=True).click()
    for x, y in ((0.6, 0.05), (0.9, 0.05), (0.9, 0.3), (0.6, 0.05)):
        page.mouse.move(place["x"] + x * place["width"], place["y"] + y * place["height"], steps=2)
        page.mouse.down()
        page.mouse.up()
    expect(page.locator(".desk-mark-row").last).to_have_text("Weapon: 3 corners×")
    axe()
    screenshot("desk-boxes")
    page.locator("#desk-item-title").focus()
    page.keyboard.press("2")
    drawn, added, clicked = answer(page)["boxes"]
    assert [round(x, 1) for x, _y in clicked["points"]] == [0.6, 0.9, 0.9]
    assert {name: round(drawn[name], 1) for name in "xywh"} == {"x": 0.1, "y": 0.1, "w": 0.4, "h": 0.4}
    assert (added["x"], added["y"], added["w"], added["h"]) == (0.36, 0.35, 0.3, 0.31)


def test_segments_of_sound_and_video(desk: Open, screenshot: Callable[[str], None], axe: Callable[[], None]) -> None:
    page = desk(
        queue_of(
            LABEL,
            field("time_segments"),
            items=[{"kind": "audio", "file": wav(3), "transcript": "Hm."}, {"kind": "video", "file": CLIP}],
        )
    )
    for n, tag in enumerate(("audio", "video")):
        expect(page.locator("#desk-key")).to_have_text(f"item-{n}")
        player = page.locator(f"#desk-content {tag}")
        player.evaluate("player => player.readyState || new Promise(done => player.onloadedmetadata = done)")
        page.keyboard.press("k")
        page.wait_for_function("player => !player.paused", arg=player.element_handle())
        page.keyboard.press("k")
        for at, key in ((0.25, "i"), (1.25, "o")):
            player.evaluate(
                "(player, at) => new Promise(done => { player.onseeked = done; player.currentTime = at })", at
            )
            page.keyboard.press(key)
        expect(page.locator(".desk-mark-row")).to_have_text("Slur: 0:00.3 – 0:01.3×")
        if tag == "audio":
            expect(page.locator(".item-wave > div")).to_be_visible()
        else:
            expect(page.locator(".item-strip li")).to_have_count(8)
        axe()
        screenshot(f"desk-{tag}")
        page.locator("#desk-item-title").focus()
        page.keyboard.press("2")
        assert answer(page)["when"] == [{"start_ms": 250, "end_ms": 1250, "label": "slur", "part": tag}]


def test_results_are_graded_side_by_side(
    desk: Open, screenshot: Callable[[str], None], axe: Callable[[], None]
) -> None:
    rows = [{"title": f"Result {n}", "url": f"https://example.org/{n}", "snippet": "About keys."} for n in (1, 2)]
    item = {"kind": "search_results", "query": "lost key", "results": rows, "other": rows[::-1]}
    page = desk(
        queue_of(field("pairwise", name="better"), field("relevance", required=True), items=[item], main="better")
    )
    page.keyboard.press("f")
    for key in "1231":
        page.keyboard.press(key)
    expect(page.get_by_role("status").filter(has_text="4 of 4 graded")).to_be_visible()
    axe()
    screenshot("desk-relevance")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    assert answer(page) == {"better": "b", "grades": {"a.0": "2", "a.1": "1", "b.0": "0", "b.1": "2"}}


def test_one_tab_works_and_the_other_can_take_over(desk: Open, person: Person) -> None:
    queue = queue_of(LABEL, items=[{"kind": "text", "text": f"Secret {n}"} for n in range(3)], batch_size=2)
    page = desk(queue)
    other = page.context.new_page()
    other.goto(f"/work/queues/{queue.pk}/desk/")
    expect(other.locator("#desk-rest-title")).to_have_text("This queue is open in another tab")
    other.get_by_role("button", name="Work here").click()
    expect(other.locator("#desk-item")).to_be_visible()
    expect(page.locator("#desk-rest-title")).to_have_text("This queue is open in another tab")
    assert "Secret" not in page.content()
    # Whoever leaves the tab that no longer works takes nothing away from the one that does.
    page.keyboard.press("r")
    page.wait_for_url("**/work/queues/")
    assert Lease.objects.filter(ended_at=None).count() == 2
    other.keyboard.press("1")
    expect(other.locator("#desk-net")).to_have_attribute("data-state", "saved")
    kept = other.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await indexedDB.databases(), await caches.keys()])"
    )
    assert "Secret" not in kept
    assert "item-" not in kept
    other.close()


def test_guards_are_remembered_and_stand_before_the_item(desk: Open) -> None:
    page = desk(queue_of(LABEL, items=[{"kind": "image", "file": png(40 + n, 30)} for n in range(3)], severity=3))
    blur = page.get_by_role("button", name="Blur", exact=True)
    expect(blur).to_be_disabled()
    page.get_by_role("button", name="Grey", exact=True).click()
    expect(page.locator("#desk-content")).to_have_attribute("data-greyscale", "no")
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').some(each => each.name.endsWith('/work/desk'))"
    )
    # The picture of the next item is there before it is shown.
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').filter(each => each.name.includes('/work/media/')).length > 1"
    )
    page.reload()
    expect(page.get_by_role("button", name="Grey", exact=True)).to_have_attribute("aria-pressed", "false")
    assert DeskPreference.objects.get().greyscale is False


def test_every_other_kind_of_item_can_be_read_by_everybody(
    desk: Open, screenshot: Callable[[str], None], axe: Callable[[], None]
) -> None:
    posts = [{"kind": "text", "content": {"text": f"Post {n}: buy gold now."}} for n in range(3)]
    page_html = "<h1>You won</h1><p>Pay <a href='https://evil.example'>here</a>.</p><table><tr><th>Fee</th><td>9</td></tr></table>"
    prompt = "Explain in one sentence why the sky is blue."
    items: list[dict[str, Any]] = [
        {
            "kind": "account",
            "name": "Eve Example",
            "handle": "@eve",
            "bio": "Gold & more.",
            "followers": 12,
            "items": posts,
        },
        {
            "kind": "comparison",
            "prompt": prompt,
            "a": {"text": "It scatters blue light."},
            "b": {"text": "It is painted."},
        },
        {"kind": "web_page", "url": "https://win.example/", "title": "You won", "html": page_html},
    ]
    page = desk(queue_of(LABEL, items=items))
    for shown, name in (("Gold & more.", "account"), ("It is painted.", "comparison"), ("Pay here.", "web-page")):
        expect(page.locator("#desk-content")).to_contain_text(shown)
        axe()
        screenshot(f"desk-{name}")
        page.keyboard.press("1")
    assert answer(page) == {"label": "No"}
