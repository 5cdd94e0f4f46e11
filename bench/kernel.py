"""How fast the kernel is, against the libraries people use, on the same made-up labels in the same run.

    scripts/bench kernel                        100,000 and 1,000,000 labels
    scripts/bench kernel -- 10000000            so many labels; ours alone where a peer would take minutes
    scripts/bench kernel -- 1000000 Dawid       only the rows whose names hold a word

Ours are shown twice, with and without the extra `fast` (machine code is made before the clock starts).

10 classes, three to five labels an item, uneven activity, people right with beta(8, 3), half of the errors to a
neighbouring class. The peers (crowd-kit, krippendorff, irrCAC, scikit-learn, statsmodels) are installed by this file into
an environment of their own in the cache folder, never into the project's. Each row of the table is a process of its own,
three runs and their median (one where a run takes 20 s or more); reading the labels and importing are not timed. CPU is
processor time: the figure to compare on a busy machine; BLAS and others are held to one thread.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
PEERS = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "evenkeel-bench" / "kernel-peers"
# crowd-kit 1.4.2 fails with newer scikit-learn: its Wawa and ZeroBasedSkill raise AttributeError.
WANTED = (
    "crowd-kit==1.4.2",
    "krippendorff==0.9.0",
    "irrCAC==0.4.4",
    "scikit-learn==1.5.2",
    "statsmodels",
    "setuptools<80",
)
CLASSES = 10

Timed = Callable[[], Any]


def main(sizes: list[int], names: list[str]) -> None:
    """Print the table, or the rows whose names hold one of `names`."""
    _install_peers()

    def is_wanted(name: str) -> bool:
        return not names or any(part in name for part in names)

    print(f"load average {os.getloadavg()[0]:.1f}")
    print(f"{'labels':>10} {'what':<34} {'by':<13} {'CPU s':>8} {'wall s':>8} {'peak MB':>8}  result")
    for size in sizes or [100_000, 1_000_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "labels.npy"
            np.save(path, made_up(size, people=200 if size < 500_000 else 5_000))
            for name in filter(is_wanted, OURS):
                for by in ("evenkeel", "evenkeel fast"):
                    _row(sys.executable, name, by, path, size)
            for name, (peer, _, most) in THEIRS.items():
                if size <= most and is_wanted(name):
                    _row(str(PEERS / "bin" / "python"), name, peer, path, size)


def made_up(size: int, *, people: int, classes: int = CLASSES, seed: int = 1) -> Any:
    """(4, size): item, person, label, true class."""
    rng = np.random.default_rng(seed)
    each = rng.integers(3, 6, size // 3 + 1)
    item = np.repeat(np.arange(each.size), each)[:size]
    truth = rng.integers(0, classes, int(item.max()) + 1)
    busy = rng.gamma(1.0, size=people) + 0.05
    person = np.searchsorted(np.cumsum(busy) / busy.sum(), rng.random(size)).clip(0, people - 1)
    is_right = rng.random(size) < rng.beta(8, 3, people)[person]
    true = truth[item]
    near = (true + rng.choice([-1, 1], size)) % classes
    wrong = np.where(rng.random(size) < 0.5, near, (true + rng.integers(1, classes, size)) % classes)
    return np.stack([item, person, np.where(is_right, true, wrong), true]).astype(np.int32)


def _install_peers() -> None:
    if (PEERS / "ready").exists():
        return
    PEERS.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(PEERS)], check=True)
    python = str(PEERS / "bin" / "python")
    subprocess.run(["uv", "pip", "install", "--quiet", "--python", python, *WANTED], check=True)
    (PEERS / "ready").touch()


def _row(python: str, name: str, by: str, path: Path, size: int) -> None:
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    environment = os.environ | threads | {"PYTHONPATH": str(ROOT / "src") if by.startswith("evenkeel") else ""}
    words = [python, __file__, "--one", name, by, str(path)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        print(f"{size:>10,} {name:<34} {by:<13} failed: {said[-1][:90] if said else done.returncode}", flush=True)
        return
    found = json.loads(done.stdout.splitlines()[-1])
    cost = f"{found['cpu']:>8.4f} {found['wall']:>8.4f} {found['peak_mb']:>8.0f}"
    print(f"{size:>10,} {name:<34} {by:<13} {cost}  {found['result']}", flush=True)


def one(name: str, by: str, path: Path) -> None:
    """Time one thing in this process and print one line of JSON."""
    # Only what is used is read in, so that the peak is the method's own.
    columns = np.load(path, mmap_mode="r")
    if by.startswith("evenkeel"):
        from evenkeel.kernel import machine_code

        # What machine code is there for 100,000 rows is used for all sizes, or for none.
        machine_code._fewest_rows.set(0 if by == "evenkeel fast" else float("inf"))
        if by == "evenkeel fast":
            OURS[name](*columns[:, :5_000])()
        run = OURS[name](*columns)
    else:
        run = THEIRS[name][1](*columns)
    seconds, result, peak = [], None, 0.0
    for _ in range(3):
        result = None
        wall, cpu = perf_counter(), process_time()
        result = run()
        seconds.append((process_time() - cpu, perf_counter() - wall))
        # Of one run: what the allocator keeps between runs is not the method's.
        peak = peak or _peak_mb()
        if seconds[0][1] >= 20:
            break
    cpu, wall = sorted(seconds)[len(seconds) // 2]
    said = result if isinstance(result, str) else _right(result, columns[0], columns[3])
    print(json.dumps({"cpu": cpu, "wall": wall, "peak_mb": peak, "result": said}))


def _peak_mb() -> float:
    """The most memory this process held. Not `ru_maxrss`: that begins with what the parent held when it forked."""
    said = Path("/proc/self/status").read_text().split()
    return int(said[said.index("VmHWM:") + 1]) / 1024


# ---------------------------------------------------------------- ours


def our_agreement(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """Alpha, AC1, Fleiss, Brennan-Prediger and percent with errors, from counts by item."""
    from evenkeel.kernel import agreement, count_labels

    counts = count_labels(item, label, n_classes=CLASSES).astype(np.float64)
    return lambda: f"alpha {agreement(counts).alpha.value:.6f}"


def our_counting(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """The same from rows: grouping and all coefficients."""
    from evenkeel.kernel import agreement, count_labels

    return lambda: f"alpha {agreement(count_labels(item, label, n_classes=CLASSES)).alpha.value:.6f}"


def our_bootstrap(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """All coefficients with 1,000 resamples of the items."""
    from evenkeel.kernel import bootstrap_agreement, count_labels

    counts = count_labels(item, label, n_classes=CLASSES).astype(np.float64)
    return lambda: f"alpha {bootstrap_agreement(counts, np.random.default_rng(1)).alpha.low:.6f} (low)"


def our_slices(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """All coefficients with errors in 500 slices of the items."""
    from evenkeel.kernel import agreement_by_slice, count_labels

    counts = count_labels(item, label, n_classes=CLASSES).astype(np.float64)
    part = np.arange(len(counts)) * 7919 % 500
    return lambda: f"{len(agreement_by_slice(counts, part))} slices"


def our_append(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """10,000 labels more: agreement and live truth, refreshed."""
    from evenkeel.kernel import LiveTruth, RunningAgreement, count_labels

    live, truth = RunningAgreement(n_classes=CLASSES, counts=count_labels(item, label)), LiveTruth(n_classes=CLASSES)
    truth.append(item, person, label)
    new = np.random.default_rng(2).integers(0, item.size, 10_000)

    def append() -> str:
        live.append(item[new], label[new])
        touched = truth.append(item[new], person[new], label[new])
        return f"alpha {live.agreement().alpha.value:.6f}, {len(truth.posterior(touched))} items"

    return append


def our_majority(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """Counting and majority vote."""
    from evenkeel.kernel import count_labels, majority_vote

    return lambda: majority_vote(count_labels(item, label, n_classes=CLASSES), ties="first").winner


def our_dawid_skene(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """20 iterations, building the matrices included."""
    from evenkeel.kernel import dawid_skene

    settings: dict[str, Any] = {"smoothing": 0.0, "max_iterations": 20, "tolerance": 0.0}
    return lambda: dawid_skene(item, person, label, n_classes=CLASSES, **settings).labels


def our_shrunk(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """20 iterations with the default shrinkage."""
    from evenkeel.kernel import dawid_skene

    return lambda: dawid_skene(item, person, label, n_classes=CLASSES, max_iterations=20, tolerance=0.0).labels


def our_simple(name: str) -> Callable[..., Timed]:
    """A method with its own defaults."""

    def prepare(item: Any, person: Any, label: Any, true: Any) -> Timed:
        from evenkeel.kernel import infer_truth

        return lambda: infer_truth(item, person, label, method=name, n_classes=CLASSES).truth.labels

    return prepare


def our_cohen(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """Kappa of labels against the true class, counting included."""
    from evenkeel.kernel import cohen_kappa, confusion

    return lambda: f"kappa {cohen_kappa(confusion(true, label)).value:.6f}"


def _right(found: Any, item: Any, true: Any) -> str:
    first = np.unique(item, return_index=True)[1]
    return f"accuracy {float((np.asarray(found)[item[first]] == true[first]).mean()):.4f}"


OURS: dict[str, Callable[..., Timed]] = {
    "alpha + AC1 + Fleiss, errors": our_agreement,
    "the same from rows": our_counting,
    "with 1,000 resamples": our_bootstrap,
    "500 slices": our_slices,
    "append 10,000 and refresh": our_append,
    "Cohen's kappa": our_cohen,
    "majority": our_majority,
    "Wawa": our_simple("wawa"),
    "zero-based skill": our_simple("zbs"),
    "two-pass LA": our_simple("la"),
    "Dawid-Skene, 20 iterations": our_dawid_skene,
    "Dawid-Skene, shrunk, 20 iterations": our_shrunk,
}


# ---------------------------------------------------------------- theirs


def _frame(item: Any, person: Any, label: Any) -> Any:
    pandas = import_module("pandas")
    return pandas.DataFrame({"task": item, "worker": person, "label": label})


def crowd_kit(name: str, **settings: Any) -> Callable[..., Timed]:
    """An aggregation of crowd-kit on its own kind of frame."""

    def prepare(item: Any, person: Any, label: Any, true: Any) -> Timed:
        theirs = import_module("crowdkit.aggregation")

        frame = _frame(item, person, label)

        def fit() -> Any:
            found = getattr(theirs, name)(**settings).fit_predict(frame)
            guess = np.full(int(item.max()) + 1, -1)
            guess[found.index.to_numpy()] = found.to_numpy()
            return guess

        return fit

    return prepare


def krippendorff_alpha(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """Alpha alone, from counts by item."""
    krippendorff = import_module("krippendorff")

    height = int(item.max()) + 1
    counts = np.bincount(item.astype(np.int64) * CLASSES + label, minlength=height * CLASSES).reshape(height, CLASSES)
    return lambda: f"alpha {krippendorff.alpha(value_counts=counts, level_of_measurement='nominal'):.6f}"


def irrcac(name: str) -> Callable[..., Timed]:
    """A coefficient of irrCAC from its frame of counts."""

    def prepare(item: Any, person: Any, label: Any, true: Any) -> Timed:
        pandas = import_module("pandas")
        raw = import_module("irrCAC.raw")

        # As many columns as an item has labels: the people's names play no part in these coefficients.
        order = np.argsort(item, kind="stable")
        place = np.arange(item.size) - np.searchsorted(item[order], item[order])
        wide = np.full((int(item.max()) + 1, int(place.max()) + 1), np.nan)
        wide[item[order], place] = label[order]
        return lambda: str(getattr(raw.CAC(pandas.DataFrame(wide)), name)()["est"]["coefficient_value"])

    return prepare


def scikit_cohen(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """Kappa of labels against the true class."""
    cohen_kappa_score = import_module("sklearn.metrics").cohen_kappa_score

    return lambda: f"kappa {cohen_kappa_score(true, label):.6f}"


def statsmodels_fleiss(item: Any, person: Any, label: Any, true: Any) -> Timed:
    """Fleiss on the first three labels of each item: it refuses items with different numbers of labels."""
    fleiss_kappa = import_module("statsmodels.stats.inter_rater").fleiss_kappa

    height = int(item.max()) + 1
    place = np.arange(item.size) - np.searchsorted(item, item)
    some = (place < 3) & (np.bincount(item)[item] >= 3)
    counts = np.bincount(item[some].astype(np.int64) * CLASSES + label[some], minlength=height * CLASSES)
    table = counts.reshape(height, CLASSES)
    table = table[table.sum(axis=1) == 3]
    return lambda: f"fleiss {fleiss_kappa(table):.6f} (3 labels an item)"


THEIRS: dict[str, tuple[str, Callable[..., Timed], int]] = {
    "alpha": ("krippendorff", krippendorff_alpha, 10_000_000),
    "alpha, error": ("irrCAC", irrcac("krippendorff"), 1_000_000),
    "AC1, error": ("irrCAC", irrcac("gwet"), 1_000_000),
    "Fleiss, error": ("irrCAC", irrcac("fleiss"), 1_000_000),
    "Fleiss": ("statsmodels", statsmodels_fleiss, 10_000_000),
    "Cohen's kappa": ("scikit-learn", scikit_cohen, 10_000_000),
    "majority": ("crowd-kit", crowd_kit("MajorityVote"), 10_000_000),
    "Wawa": ("crowd-kit", crowd_kit("Wawa"), 1_000_000),
    "zero-based skill": ("crowd-kit", crowd_kit("ZeroBasedSkill"), 100_000),
    "Dawid-Skene, 20 iterations": ("crowd-kit", crowd_kit("DawidSkene", n_iter=20, tol=0), 1_000_000),
}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], sys.argv[3], Path(sys.argv[4]))
    else:
        words = sys.argv[1:]
        main([int(word) for word in words if word.isdigit()], [word for word in words if not word.isdigit()])
