"""How fast and how honest the charts are: against pccpy on speed, against what they promise on false alarms.

    scripts/bench change_noticing                speed, budgets, detection, dates of change
    scripts/bench change_noticing -- speed       one part: speed, budget, detection, dates

Speed: 10,000 series of 104 points, shares of 200 to 3,600 cases, Laney's p', all eight run rules, EWMA and CUSUM. pccpy
draws a p' chart with its eight tests, an EWMA and a CUSUM of each series; 200 series are timed and multiplied by 50. It is
installed by this file into an environment of its own in the cache folder, never into the project's. Each row is a process
of its own, three runs and their median, one thread; importing is not timed. CPU is processor time.

Honesty: made-up audits of a share of 5 % by day, 200 to 3,600 a day, days that differ by an intra-class correlation rho, a
frozen baseline. False alarms are counted after the baseline and set against the budget; seeds are fixed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
PEERS = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "evenkeel-bench" / "change-peers"
WANTED = ("pccpy==0.16.2",)
SERIES, POINTS, OF_PEER = 10_000, 104, 200

Timed = Callable[[], Any]


def main(parts: list[str]) -> None:
    """Print the tables."""
    print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
    known = {"speed": speed, "budget": budget, "detection": detection, "dates": dates}
    for name in parts or list(known):
        known[name]()


def made_up(series: int, points: int, *, rho: float, seed: int, weekday: float = 0.0, lift: float = 1.0,
            after: int = 0) -> tuple[Any, Any]:  # fmt: skip
    """Hits and sizes; from point `after` on the share is `lift` times 5 %."""
    rng = np.random.default_rng(seed)
    n = np.round(rng.uniform(200, 3600, (series, 1)) * rng.uniform(0.8, 1.2, (series, points)))
    days = np.arange(points)
    mean = 0.05 * (1 + weekday * np.sin(2 * np.pi * (days % 7) / 7)) * np.where(days >= after, lift, 1.0)
    p = rng.beta(mean * (1 / rho - 1), (1 - mean) * (1 / rho - 1), n.shape) if rho else np.broadcast_to(mean, n.shape)
    return rng.binomial(n.astype(int), p).astype(float), n


# ---------------------------------------------------------------- speed


def speed() -> None:
    """Ours and the peer's, each in its own process."""
    _install_peers()
    print(f"{'what':<52} {'by':<9} {'CPU s':>9} {'wall s':>9}  result")
    for name in OURS:
        _row(sys.executable, name, "evenkeel")
    for name in THEIRS:
        _row(str(PEERS / "bin" / "python"), name, "pccpy")


def _install_peers() -> None:
    if (PEERS / "ready").exists():
        return
    PEERS.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(PEERS)], check=True)
    python = str(PEERS / "bin" / "python")
    subprocess.run(["uv", "pip", "install", "--quiet", "--python", python, *WANTED], check=True)
    (PEERS / "ready").touch()


def _row(python: str, name: str, by: str) -> None:
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    environment = os.environ | threads | {"PYTHONPATH": str(ROOT / "src") if by == "evenkeel" else ""}
    words = [python, __file__, "--one", name, by]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        print(f"{name:<52} {by:<9} failed: {said[-1][:90] if said else done.returncode}", flush=True)
        return
    found = json.loads(done.stdout.splitlines()[-1])
    print(f"{name:<52} {by:<9} {found['cpu']:>9.3f} {found['wall']:>9.3f}  {found['result']}", flush=True)


def one(name: str, by: str) -> None:
    """Time one thing in this process and print one line of JSON."""
    x, n = made_up(SERIES, POINTS, rho=0.002, seed=1)
    run = OURS[name](x, n) if by == "evenkeel" else THEIRS[name](x[:OF_PEER], n[:OF_PEER])
    times = SERIES / OF_PEER if by == "pccpy" else 1.0
    seconds, result = [], ""
    for _ in range(3):
        wall, cpu = perf_counter(), process_time()
        result = str(run())
        seconds.append((times * (process_time() - cpu), times * (perf_counter() - wall)))
    cpu, wall = sorted(seconds)[1]
    print(json.dumps({"cpu": cpu, "wall": wall, "result": result}))


def our_whole(x: Any, n: Any) -> Timed:
    """Laney's p', eight rules, EWMA, CUSUM."""
    from evenkeel.kernel import cusum, ewma, p_chart, run_rules

    def run() -> str:
        chart = p_chart(x, n, spread="laney")
        rules, (average, limit), sums = run_rules(chart.z), ewma(chart.z), cusum(chart.z)
        return f"{(chart.beyond != 0).sum()} beyond, {rules.sum()} patterns, {(abs(average) > limit).sum()} + " \
               f"{(sums.beyond != 0).sum()} drifts"  # fmt: skip

    return run


def our_default(x: Any, n: Any) -> Timed:
    """The predictive beta-binomial chart."""
    from evenkeel.kernel import p_chart

    return lambda: f"{(p_chart(x, n).beyond != 0).sum()} beyond"


def our_alarms(x: Any, n: Any) -> Timed:
    """The alarms of one a week over all series, frozen after 84 points; designs solved anew."""
    from evenkeel.kernel import Phases, alarms, p_chart

    def run() -> str:
        return f"{alarms(p_chart(x, n, phases=Phases(freeze=84)), false_alarms=1 / 7).begin.sum()} alarms"

    return run


def their_whole(x: Any, n: Any) -> Timed:
    """pccpy's p' with eight tests, EWMA and CUSUM of shares."""
    pccpy = import_module("pccpy")

    def run() -> str:
        beyond = 0
        for hits, size in zip(x, n, strict=True):
            chart = pccpy.laney_p_chart(hits, size, tests=(1, 2, 3, 4, 5, 6, 7, 8))
            beyond += len(chart.violations())
            pccpy.ewma_p_chart(hits, size)
            pccpy.cusum_p_chart(hits, size)
        return f"{beyond} violations in {len(x)} series"

    return run


def their_chart(x: Any, n: Any) -> Timed:
    """pccpy's p' with its first test alone."""
    pccpy = import_module("pccpy")
    return lambda: str(sum(len(pccpy.laney_p_chart(hits, size).violations()) for hits, size in zip(x, n, strict=True)))


OURS: dict[str, Callable[..., Timed]] = {
    "p', 8 rules, EWMA, CUSUM; 10,000 x 104": our_whole,
    "default chart, predictive limits; 10,000 x 104": our_default,
    "the same and alarms on a budget; 10,000 x 104": our_alarms,
}
THEIRS: dict[str, Callable[..., Timed]] = {
    "p', 8 tests, EWMA, CUSUM; 10,000 x 104": their_whole,
    "p' with test 1 alone; 10,000 x 104": their_chart,
}


# ---------------------------------------------------------------- honesty


def budget() -> None:
    """Alarms raised in control over alarms promised, by length of baseline and over-dispersion."""
    from evenkeel.kernel import Phases, alarm_chances, alarms, benjamini_hochberg, p_chart

    head = ("series", "a week", "baseline", "rho", "weekday", "weeks", "raised / promised", "together")
    print("\n" + " ".join(f"{word:>{max(len(word), 8)}}" for word in head))
    for series, a_week in ((200, 1.0), (2000, 5.0)):
        for days in (28, 84):
            for rho, weekday in ((0.0, 0.0), (0.002, 0.0), (0.01, 0.0), (0.002, 0.15)):
                x, n = made_up(series, days + 364, rho=rho, seed=5, weekday=weekday)
                season = np.arange(days + 364) % 7 if weekday else None
                raised, together, runs = 0.0, 0.0, 8 if series == 200 else 1
                for seed in range(runs):
                    x, n = made_up(series, days + 364, rho=rho, seed=seed, weekday=weekday)
                    chart = p_chart(x, n, phases=Phases(freeze=days), season=season)
                    raised += float(alarms(chart, false_alarms=a_week / 7).begin.sum())
                    if a_week <= 2:
                        chances = alarm_chances(chart, alarms(chart))[:, days:]
                        stands = benjamini_hochberg(chances.T, false_share=a_week / 7).T
                        stands[:, 1:] &= ~stands[:, :-1]
                        together += float(stands.sum())
                weeks = 52 * runs
                kept = (raised / weeks / a_week, together / weeks / a_week)
                said = (
                    series,
                    f"{a_week:g}",
                    days,
                    f"{rho:g}",
                    f"{weekday:g}",
                    weeks,
                    *[f"{part:.2f}" for part in kept],
                )
                cells = zip(said, head, strict=True)
                print(" ".join(f"{one:>{max(len(word), 8)}}" for one, word in cells), flush=True)


def detection() -> None:
    """False alarms per 100 points in control, and how soon a rise of 15 % is found, by chart; 84 + 84 days."""
    from evenkeel.kernel import Phases, alarms, ewma, p_chart

    phases = Phases(freeze=84)
    print(f"\n{'rho':>6} {'chart':<24} {'rule 1':>8} {'average':>8} {'alarms':>8} {'found':>7} {'days':>8}")
    for rho in (0.0, 0.002):
        calm, n = made_up(4000, 168, rho=rho, seed=1)
        risen, m = made_up(4000, 168, rho=rho, seed=2, lift=1.15, after=84)
        for name, spread in (("plain p", "binomial"), ("Laney p'", "laney"), ("default", "beta_binomial")):
            said = []
            for x, size in ((calm, n), (risen, m)):
                chart = p_chart(x, size, spread=spread, phases=phases)  # type: ignore[arg-type]
                if spread == "beta_binomial":
                    drift = alarms(chart).drifting
                else:
                    average, limit = ewma(chart.z)
                    drift = np.where(np.abs(average) > limit, np.sign(average), 0)
                said.append((chart.beyond[:, 84:], drift[:, 84:]))
            (jumps, drifts), (up, drifting_up) = said
            flagged = (jumps != 0) | (drifts != 0)
            begin = flagged.copy()
            begin[:, 1:] &= ~flagged[:, :-1]
            hit = (up > 0) | (drifting_up > 0)
            first = np.where(hit.any(axis=1), hit.argmax(axis=1) + 1, 85)
            shares = " ".join(f"{100 * each.mean():>8.2f}" for each in (jumps != 0, drifts != 0, begin))
            print(f"{rho:>6g} {name:<24} {shares} {hit.any(axis=1).mean():>7.3f} {np.median(first):>8.0f}", flush=True)


def dates() -> None:
    """How often the interval of a change holds its day, and how wide it is; a shift at day 60 of 90."""
    from evenkeel.kernel import date_change

    rng = np.random.default_rng(3)
    print(f"\n{'shift':>6} {'centre':<8} {'holds':>7} {'days wide':>10} {'within 2 days':>14}")
    for shift in (0.75, 1.0, 1.5, 2.0):
        z = rng.standard_normal((4000, 90))
        z[:, 60:] += shift
        for is_known in (True, False):
            found = date_change(z, is_centre_known=is_known)
            holds = ((found.low <= 60) & (found.high >= 60)).mean()
            print(f"{shift:>6g} {'known' if is_known else 'learned':<8} {holds:>7.3f} "
                  f"{np.median(found.high - found.low + 1):>10.0f} {(np.abs(found.at - 60) <= 2).mean():>14.3f}")  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], sys.argv[3])
    else:
        main(sys.argv[1:])
