"""How long items take to come in and decisions to go out, in every format, and how much memory it needs.

    scripts/bench items_io                       100,000 items in, 100,000 decisions out
    scripts/bench items_io -- 100000 400000      so many; whether memory stays flat
    scripts/bench items_io -- jsonl 20000        one format

SQLite in a folder that is thrown away afterwards; with EVENKEEL_DATABASE_URL (scripts/with-postgres) PostgreSQL as well.
Goals for 100,000: in 10 s, out 3 s, at flat memory. Each row of the table is a process of its own, so that the peak of
memory is that transfer's; "over" is what it needed beyond the process as it stood before. The load average stands beside
each row: on a busy machine the seconds of CPU tell more than those of the clock. `coco_signed` names whose boxes they are, so
that they become decisions. `api` is no file: parts of 5,000 posted to the API inside this process (all of a request but the
socket), checked, stored and routed to a queue.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from evenkeel.work import Programme

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FORMATS = {
    "in": ("jsonl", "csv", "parquet", "label_studio", "coco", "coco_signed", "cvat", "api"),
    "out": ("jsonl", "csv", "parquet", "label_studio", "coco", "cvat"),
}
PICTURES = ("coco", "cvat")
TEXT = "How do I open this door without a key? My neighbour says that it is easy, but I do not believe a word of it. "


def main(words: list[str]) -> None:
    """Print the table."""
    sizes = [int(word) for word in words if word.isdigit()] or [100_000]
    wanted = [word for word in words if not word.isdigit()]
    head = f"{'':<3} {'format':<13} {'rows':>9} {'database':<11}"
    print(head + " ".join(f"{name:>8}" for name in ("seconds", "of CPU", "rows/s", "peak MB", "over MB", "load")))
    for url in ("", os.environ.get("EVENKEEL_DATABASE_URL", "")) if os.environ.get("EVENKEEL_DATABASE_URL") else ("",):
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                environment = os.environ | {"EVENKEEL_DATA_DIR": folder, "EVENKEEL_DATABASE_URL": url}
                for way, slugs in FORMATS.items():
                    for slug in [slug for slug in slugs if slug in wanted or not wanted]:
                        command = [sys.executable, __file__, "--one", way, slug, str(size), folder]
                        subprocess.run(command, env=environment, check=True)


def one(way: str, slug: str, size: int, folder: Path) -> None:
    """Move one file in this process and print one row."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from evenkeel.ground.access import Actor
    from evenkeel.ground.reading.sources import Source
    from evenkeel.people import Organisation, add_organisation
    from evenkeel.work import Programme, add_programme, begin_import, carry_on, order_export, write_export

    actor = Actor.system("bench")
    call_command("migrate", verbosity=0)
    if not Organisation.objects.filter(is_house=True).exists():
        add_organisation(actor, name="House", is_house=True, now=NOW)
    if slug == "api":
        post = posting()
        post(1)  # what a server has loaded before its second request
        before_mb, started, cpu = peak_mb(), perf_counter(), process_time()
        rows = post(size) - 1
    elif way == "in":
        file_format, path = slug.removesuffix("_signed"), folder / f"items.{slug}"
        write_file(file_format, size, path)
        programme = add_programme(actor, name=f"In {slug} {size} {os.getpid()}", now=NOW)
        source = Source.of(path)
        before_mb, started, cpu = peak_mb(), perf_counter(), process_time()
        by = "ann" if slug != file_format else ""
        transfer = begin_import(
            actor, programme=programme, source=source, file_format=file_format, signed_by=by, now=NOW
        )
        done = carry_on(actor, transfer=transfer, source=source, now=NOW)
        rows = done.counts["rows"]
        path.unlink()
    else:
        name = f"Out {size}{' pictures' if slug in PICTURES else ''}"
        programme = Programme.objects.filter(name=name).first() or decided(name, size)
        before_mb, started, cpu = peak_mb(), perf_counter(), process_time()
        transfer = order_export(actor, programme=programme, file_format=slug, in_background=False, now=NOW)
        done = write_export(actor, transfer=transfer, path=folder / f"out.{slug}", now=NOW)
        # Label Studio's rows are items, each with the answers of twenty people: what counts is decisions.
        rows = size if slug == "label_studio" else done.counts["rows"]
        (folder / f"out.{slug}").unlink()
    took, cpu = perf_counter() - started, process_time() - cpu
    print(
        f"{way:<3} {slug:<13} {rows:>9,} {connection.vendor:<11}{took:>8.2f} {cpu:>8.2f} {rows / took:>8,.0f} "
        f"{peak_mb():>8,.0f} {peak_mb() - before_mb:>8,.0f} {os.getloadavg()[0]:>8.1f}",
        flush=True,
    )


def posting() -> Callable[[int], int]:
    """What posts so many items as a program does, routed to the default queue; it returns how many are in the queue then."""
    from django.test import Client

    from evenkeel.ground.access import Actor
    from evenkeel.work import Task, add_form, add_programme, add_queue, set_default_queue

    actor = Actor.system("bench")
    programme = add_programme(actor, name=f"In api {os.getpid()}", now=NOW)
    choices = [{"value": word, "title": word} for word in ("Yes", "No")]
    field = {"name": "label", "kind": "single_choice", "title": "Answer", "required": True, "choices": choices}
    spec = {"question": "Is it?", "fields": [field], "main": "label"}
    form = add_form(actor, programme=programme, name="Form", spec=spec, now=NOW)
    queue = add_queue(actor, programme=programme, name="Queue", form=form, now=NOW)
    set_default_queue(actor, programme=programme, queue=queue, now=NOW)
    client = Client(headers={"Authorization": f"Bearer {_token()}"})
    path = f"/api/v1/work/programmes/{programme.pk}/items"

    def post(size: int) -> int:
        for start in range(0, size, 5_000):
            part = [
                {"key": f"{size}-{n}", "content": {"text": f"{TEXT}{n}"}, "attributes": {"risk": n % 5}}
                for n in range(start, min(size, start + 5_000))
            ]
            answer = client.post(path, {"items": part}, content_type="application/json", SERVER_NAME="localhost")
            assert answer.status_code == 200, answer.content[:200]
        return Task.objects.filter(queue=queue).count()

    return post


def _token() -> str:
    """The secret of somebody who may add items."""
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.people import Role, actor_for, add_person, give_grant, house
    from evenkeel.people.acts import issue_token

    actor, now = Actor.system("bench"), clock.now()
    person = add_person(actor, organisation=house(), email=f"{os.getpid()}@example.org", name="Program", now=now)
    give_grant(actor, person=person, role=Role.objects.get(slug="data_scientist"), now=now)
    until = now + timedelta(days=1)
    wanted = ["work:item:add", "work:programme:view"]
    return issue_token(
        actor_for(person, now=now), person=person, name="bench", wanted=wanted, expires_at=until, now=now
    ).secret


def decided(name: str, size: int) -> Programme:
    """A programme with so many decisions, made in a process of its own so that its memory is not ours."""
    subprocess.run([sys.executable, __file__, "--decide", name, str(size)], check=True)
    from evenkeel.work import Programme

    return Programme.objects.get(name=name)


def make_decided(name: str, size: int) -> None:
    """Import labels of twenty people about texts, or one person's drawings on pictures: the quickest way to many decisions."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()
    from evenkeel.ground.access import Actor
    from evenkeel.ground.reading.sources import Source
    from evenkeel.quality import import_labels
    from evenkeel.work import add_programme, begin_import, carry_on

    actor = Actor.system("bench")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "labels.csv"
        if name.endswith("pictures"):
            write_file("coco", size, path)
            programme, source = add_programme(actor, name=name, now=NOW), Source.of(path)
            transfer = begin_import(
                actor, programme=programme, source=source, file_format="coco", signed_by="ann", now=NOW
            )
            carry_on(actor, transfer=transfer, source=source, now=NOW)
            return
        with path.open("w") as file:
            file.write("item,worker,label\n")
            file.writelines(f"item-{n // 20:07d},w{n % 20},{'Yes' if n % 3 else 'No'}\n" for n in range(size))
        import_labels(actor, labels=path, programme_name=name, now=NOW)


def write_file(slug: str, size: int, path: Path) -> None:
    """A file of so many made-up items, written without holding them."""
    if slug in PICTURES:
        _write_pictures(slug, size, path)
        return
    if slug == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = pa.schema([("item", pa.string()), ("text", pa.string()), ("market", pa.string())])
        with pq.ParquetWriter(path, schema) as writer:
            for start in range(0, size, 10_000):
                numbers = range(start, min(start + 10_000, size))
                columns = [[f"i{n}" for n in numbers], [f"{TEXT}{n}" for n in numbers], ["SG"] * len(numbers)]
                writer.write_table(pa.table(columns, schema=schema))
        return
    with path.open("w") as file:
        if slug == "csv":
            file.write("item,text,market\n")
            file.writelines(f'i{n},"{TEXT}{n}",SG\n' for n in range(size))
        elif slug == "jsonl":
            file.writelines(
                json.dumps({"item": f"i{n}", "text": f"{TEXT}{n}", "market": "SG"}) + "\n" for n in range(size)
            )
        else:
            result = [{"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": ["Yes"]}}]
            for n in range(size):
                made = {
                    "completed_by": n % 20,
                    "result": result,
                    "created_at": "2026-03-01T10:00:00Z",
                    "lead_time": 4.5,
                }
                task = {"id": n, "data": {"text": f"{TEXT}{n}"}, "annotations": [made]}
                file.write(("[" if n == 0 else ",\n") + json.dumps(task))
            file.write("]")


def _write_pictures(slug: str, size: int, path: Path) -> None:
    with path.open("w") as file:
        if slug == "cvat":
            file.write("<annotations><version>1.1</version>")
            for n in range(size):
                file.write(
                    f'<image id="{n}" name="p{n}.jpg" width="640" height="480"><box label="car" occluded="0" xtl="1" ytl="2" '
                    f'xbr="30" ybr="40" z_order="0"></box></image>\n'
                )
            file.write("</annotations>")
            return
        file.write('{"images": [')
        for n in range(size):
            said = {"id": n, "file_name": f"p{n}.jpg", "width": 640, "height": 480}
            file.write((",\n" if n else "") + json.dumps(said))
        file.write('], "categories": [{"id": 1, "name": "car"}], "annotations": [')
        for n in range(size):
            said = {"id": n, "image_id": n, "category_id": 1, "bbox": [1, 2, 30, 40]}
            file.write((",\n" if n else "") + json.dumps(said))
        file.write("]}")


def peak_mb() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--decide"]:
        make_decided(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], sys.argv[3], int(sys.argv[4]), Path(sys.argv[5]))
    else:
        main([word for word in sys.argv[1:] if word != "--"])
