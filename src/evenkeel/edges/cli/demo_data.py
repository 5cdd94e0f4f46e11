"""Makes the demo's data once; a second start finds it. Run by `evenkeel demo` in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import click

from .root import set_up


def main(*, fresh: bool) -> int:
    """Build the demo unless it is there, then print its log-ins."""
    folder = Path(os.environ.get("EVENKEEL_DATA_DIR", "demo"))
    done = folder / "demo-logins.json"
    if fresh or not done.exists():
        # A demo that was cut off half-way is not a demo: begin anew. Only folders that a demo made are emptied.
        _empty(folder)
        _build(folder)
    click.echo("\nLog in as any of these:")
    for login in json.loads(done.read_text()):
        click.echo(f"  {login['role']:32} {login['email']:32} {login['password']}")
    click.echo("")
    return 0


def _empty(folder: Path) -> None:
    if not folder.exists():
        return
    if any(folder.iterdir()) and not (folder / ".evenkeel-demo").exists():
        raise click.UsageError(f"{folder} holds something that is not a demo; name another folder in EVENKEEL_DATA_DIR")
    shutil.rmtree(folder)


def _build(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / ".evenkeel-demo").touch()
    set_up()
    from evenkeel.ground import clock
    from evenkeel.twin import build_demo

    from .prepare import migrate

    click.echo("Making the demo's organisation (once)")
    migrate()

    def show(said: str) -> None:
        click.echo(f"\r  {said:60}", nl=False)

    build_demo(now=clock.now(), progress=show)
    click.echo("")


if __name__ == "__main__":
    try:
        sys.exit(main(fresh="--fresh" in sys.argv))
    except click.UsageError as error:
        error.show()
        sys.exit(2)
