"""`evenkeel agree`, `evenkeel infer`, `evenkeel raters`: the kernel on a file of labels; no install is needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .root import json_option, say

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from evenkeel.kernel import Agreement, Choice, Doubt, Estimate, Recalibrated, Truth

    from .label_files import LabelFile

SCALES = ("nominal", "ordinal", "interval", "ratio")
METHODS = ("auto", "mv", "wawa", "zbs", "ds", "ds-plain", "one-coin", "mace", "ibcc", "ebcc", "glad", "la")
SHOWN = 12

labels_argument = click.argument("labels", type=click.Path(path_type=Path))


@click.command()
@labels_argument
@click.option(
    "--level",
    type=click.Choice(SCALES),
    default="nominal",
    show_default=True,
    help="What the labels are: names, ranks, or numbers. Alpha weighs their distances by it.",
)
@json_option
def agree(labels: Path, level: str, as_json: bool) -> None:
    """Print how far people agree: percent, alpha, Fleiss, Conger, AC1, Brennan-Prediger, with intervals.

    LABELS is a CSV or Parquet file, plain or gzip, with the columns item, worker, label. Labels that are numbers stand in
    the order of their size, others in that of their letters.
    """
    from evenkeel.kernel import agreement_of_labels, count_labels, doubts_of_labels, krippendorff_alpha

    from .label_files import read_labels

    file = read_labels(labels)
    columns, n_classes = (file.items, file.workers, file.labels), len(file.classes)
    found = agreement_of_labels(*columns, n_classes=n_classes)
    alpha = found.alpha
    if level != "nominal":
        counts = count_labels(file.items, file.labels, n_classes=n_classes)
        values = _values(labels, file, level)
        alpha = krippendorff_alpha(counts, scale=level, values=values)  # type: ignore[arg-type]
    doubts = doubts_of_labels(*columns, n_classes=n_classes, gold=file.gold, found=found)
    figures, warnings = _figures(found, alpha), _warnings(doubts, file)
    data = {
        "n_labels": file.n,
        "n_items": len(file.item_names),
        "n_raters": len(file.worker_names),
        "classes": file.classes,
        **{name: figure.to_dict() for name, figure in figures.items()},
        "warnings": warnings,
    }
    counted = (
        f"{file.n:,} labels, {len(file.item_names):,} items, {len(file.worker_names):,} people, {n_classes} classes"
    )
    lines = [counted, *(_line(name, said) for name, said in figures.items()), *warnings]
    say(data, lines, as_json=as_json)


def _figures(found: Agreement, alpha: Estimate) -> dict[str, Estimate]:
    from evenkeel.kernel import Estimate

    conger = found.conger or Estimate.unknown(method="conger_linearised", n=found.n_items)
    return {
        "percent": found.percent,
        "alpha": alpha,
        "fleiss": found.fleiss,
        "conger": conger,
        "ac1": found.ac1,
        "brennan_prediger": found.brennan_prediger,
    }


def _values(path: Path, file: LabelFile, level: str) -> list[float] | None:
    """The numbers that the classes stand for; ranks need none."""
    from evenkeel.ground.errors import Invalid

    from .label_files import as_number

    numbers = {name: as_number(name) for name in file.classes}
    bad = [name for name, number in numbers.items() if number is None or (level == "ratio" and number < 0)]
    if level == "ordinal":
        return None
    if bad:
        row = int((file.labels == file.classes.index(bad[0])).argmax()) + 2
        what = "a number of 0 or more" if level == "ratio" else "a number"
        raise Invalid(
            f"{path}: row {row}, column 'label' holds {bad[0]!r}, which is not {what}.",
            code="bad-rows",
            fields={"label": [f"Row {row}: give {what}, or choose --level nominal or ordinal."]},
        )
    return [number for number in numbers.values() if number is not None]


@click.command()
@labels_argument
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="auto",
    show_default=True,
    help="auto: what held-out labels and gold favour.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write every item's answer to this CSV file."
)
@json_option
def infer(labels: Path, method: str, out: Path | None, as_json: bool) -> None:
    """Print what the true labels probably are, and how sure one can be of them.

    LABELS is a CSV or Parquet file, plain or gzip, with the columns item, worker, label. With a column truth, where some
    items have it, accuracy and calibration are measured; the methods do not see it, and --out is calibrated by it. A
    column weight lets a row count for more or less.
    """
    from evenkeel.kernel import doubts_of_labels, recalibrate

    from .label_files import read_labels

    file = read_labels(labels)
    chosen = _inferred(file, method)
    truth = chosen.truth
    mended = None if file.gold is None or not (file.gold >= 0).any() else recalibrate(truth.posterior, file.gold)
    doubts = doubts_of_labels(
        file.items, file.workers, file.labels, n_classes=len(file.classes), gold=file.gold, truth=truth
    )
    if out is not None:
        _write(out, file, truth, truth.posterior if mended is None else mended.posterior)
    data = _inference(file, chosen, mended, doubts, out)
    say(data, _told(data, chosen), as_json=as_json)


def _inferred(file: LabelFile, method: str) -> Choice:
    from evenkeel.kernel import infer_truth

    return infer_truth(
        file.items,
        file.workers,
        file.labels,
        method=method,
        gold=file.gold,
        weights=file.weights,
        n_items=len(file.item_names),
        n_raters=len(file.worker_names),
        n_classes=len(file.classes),
    )


def _inference(
    file: LabelFile, chosen: Choice, mended: Recalibrated | None, doubts: Sequence[Doubt], out: Path | None
) -> dict[str, Any]:
    from math import isfinite

    truth = chosen.truth
    warnings = _warnings(doubts, file)
    if chosen.reason == "within_noise":
        warnings.append(f"within_noise: no method is clearly best on these labels; {chosen.method} stands.")
    if chosen.reason == "below_majority":
        warnings.append("below_majority: the default lies too far below the vote on gold; the vote stands.")
    if not truth.has_converged:
        warnings.append(f"not_converged: {chosen.method} had not come to rest after {truth.iterations} iterations.")
    undecided = int((truth.labels < 0).sum())
    if undecided:
        warnings.append(f"undecided: {undecided} items have no answer.")
    accuracy = _accuracy(truth, file)
    return {
        "method": chosen.method,
        "iterations": truth.iterations,
        "log_likelihood": truth.log_likelihood if isfinite(truth.log_likelihood) else None,
        "classes": dict(zip(file.classes, truth.class_shares.tolist(), strict=True)),
        "accuracy": None if accuracy is None else accuracy.to_dict(),
        "calibration_error": None if mended is None or not mended.n else mended.error,
        "labels_file": None if out is None else str(out),
        "ranking": [
            {
                "method": one.method,
                "accuracy": None if one.accuracy is None else one.accuracy.to_dict(),
                "held_out": one.held_out if isfinite(one.held_out) else None,
                "behind": one.behind if isfinite(one.behind) else None,
                "error": one.error if isfinite(one.error) else None,
                "is_within_noise": one.is_within_noise,
            }
            for one in chosen.ranking
        ],
        "warnings": warnings,
    }


def _accuracy(truth: Truth, file: LabelFile) -> Estimate | None:
    """Against the column truth; a tie counts for each leading class in part."""
    from evenkeel.kernel import gold_accuracy

    return None if file.gold is None else gold_accuracy(truth, file.gold)


def _told(data: dict[str, Any], chosen: Choice) -> list[str]:
    from evenkeel.kernel import Estimate

    lines = [f"method {data['method']} ({chosen.reason.replace('_', ' ')}), {data['iterations']} iterations"]
    if data["log_likelihood"] is not None:
        lines.append(f"log-likelihood {data['log_likelihood']:.3f}")
    lines += [f"  {name:20} {share:.4f}" for name, share in list(data["classes"].items())[:SHOWN]]
    if data["accuracy"] is not None:
        lines.append(_line("accuracy", Estimate.from_dict(data["accuracy"])))
    if data["calibration_error"] is not None:
        lines.append(f"{'calibration error':18} {data['calibration_error']:.4f}")
    for place, one in enumerate(chosen.ranking, start=1):
        right = f"  accuracy {one.accuracy.value:.4f}" if one.accuracy is not None else ""
        same = "  (not told apart)" if one.is_within_noise and place > 1 else ""
        lines.append(f"  {place}. {one.method:9} {one.held_out:.5f} a held-out label{right}{same}")
    return [*lines, *data["warnings"]]


def _write(out: Path, file: LabelFile, truth: Truth, posterior: npt.NDArray[np.float64]) -> None:
    import csv
    import gzip
    import io

    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(["item", "label", "confidence", *(f"p_{name}" for name in file.classes)])
    for item, best, p in zip(file.item_names, truth.labels.tolist(), posterior.tolist(), strict=True):
        said = ["" if each != each else f"{each:.6f}" for each in p]
        writer.writerow([item, "" if best < 0 else file.classes[best], said[best] if best >= 0 else "", *said])
    text = rows.getvalue().encode()
    out.write_bytes(gzip.compress(text, mtime=0) if out.suffix == ".gz" else text)


@click.command()
@labels_argument
@json_option
def raters(labels: Path, as_json: bool) -> None:
    """Print every person's accuracy, repeatability, bias and drift, and whom to look at first.

    LABELS is a CSV or Parquet file, plain or gzip, with the columns item, worker, label. Accuracy is against the column
    truth where a person met it, else against what shrunk Dawid-Skene makes of everybody's labels. With a column time the
    answers are taken in its order, and a fall of accuracy is looked for.
    """
    from evenkeel.kernel import dawid_skene, doubts_of_labels, people_behind

    from .label_files import read_labels

    file = read_labels(labels)
    order = slice(None) if file.times is None else file.times.argsort(kind="stable")
    columns = file.items[order], file.workers[order], file.labels[order]
    truth = dawid_skene(
        *columns,
        is_squared=True,
        n_items=len(file.item_names),
        n_raters=len(file.worker_names),
        n_classes=len(file.classes),
    )
    people = people_behind(*columns, truth.posterior, gold=file.gold, n_raters=len(file.worker_names))
    falls = [-1] * len(file.worker_names) if file.times is None else _falls(file, columns, truth)
    doubts = doubts_of_labels(*columns, n_classes=len(file.classes), gold=file.gold, truth=truth)
    rows: list[dict[str, Any]] = [
        {
            "worker": name,
            "n_labels": int(people.n[at]),
            "accuracy": people.accuracy(at).to_dict(),
            "repeatability": people.repeatability(at).to_dict() if people.pairs[at] else None,
            "sensitivity": _by_class(file, people.sensitivity[at]),
            "specificity": _by_class(file, people.specificity[at]),
            "bias": _by_class(file, people.bias[at]),
            "fell_after": falls[at] if falls[at] >= 0 else None,
        }
        for at, name in enumerate(file.worker_names)
    ]
    warnings = _warnings(doubts, file)
    rows.sort(key=lambda row: (row["accuracy"]["value"] is None, row["accuracy"]["value"] or 0.0, row["worker"]))
    data = {
        "n_labels": file.n,
        "n_items": len(file.item_names),
        "n_raters": len(rows),
        "classes": file.classes,
        "raters": rows,
        "warnings": warnings,
    }
    say(data, [*_table(rows), *warnings], as_json=as_json)


def _falls(file: LabelFile, columns: Sequence[Any], truth: Truth) -> list[int]:
    """For each person the number of answers before a fall of accuracy, -1 where there is none."""
    import numpy as np

    from evenkeel.kernel import accuracy_cusum

    items, workers, given = columns
    right = np.nan_to_num(truth.posterior)[items, given]
    if file.gold is not None:
        right = np.where(file.gold[items] >= 0, file.gold[items] == given, right)
    falls = []
    for hers in np.split(np.argsort(workers, kind="stable"), np.cumsum(np.bincount(workers))[:-1]):
        good = float(np.clip(right[hers].mean(), 0.55, 0.99))
        falls.append(accuracy_cusum(right[hers], good=good, bad=good - 0.15, limit=5.0).since)
    return falls


def _by_class(file: LabelFile, values: npt.NDArray[np.float64]) -> dict[str, float | None]:
    return {name: None if value != value else value for name, value in zip(file.classes, values.tolist(), strict=True)}


def _table(rows: Sequence[dict[str, Any]]) -> list[str]:
    from evenkeel.kernel import Estimate

    lines = [f"{len(rows):,} people; the lowest first"]
    for row in rows[: 2 * SHOWN]:
        repeats = row["repeatability"]
        again = f"  repeats {repeats['value']:.3f}" if repeats else ""
        lines.append(_line(row["worker"], Estimate.from_dict(row["accuracy"])) + again)
    return lines


def _warnings(doubts: Sequence[Doubt], file: LabelFile) -> list[str]:
    """One sentence a doubt, after its code."""
    return [f"{doubt.code}: {_sentence(doubt, file)}" for doubt in doubts]


def _sentence(doubt: Doubt, file: LabelFile) -> str:
    def named(names: Sequence[str]) -> str:
        shown = ", ".join(repr(names[at]) for at in doubt.where[:5])
        return shown + (f" and {len(doubt.where) - 5} more" if len(doubt.where) > 5 else "")

    match doubt.code:
        case "polarity":
            return (
                f"the vote runs against the truth (kappa {doubt.figure:.3f}); are labels and truth the same way round?"
            )
        case "person_against":
            return f"answers run against the truth: {named(file.worker_names)}."
        case "label_switching":
            return f"the fit calls most items of {named(file.classes)} by another class than people do."
        case "alpha_near_zero":
            return f"people agree no better than chance (alpha {doubt.figure:.4f})."
        case "alpha_is_one":
            return f"alpha is {doubt.figure:.4f}: too perfect for independent answers; were they merged already?"
        case "prevalence":
            return f"{named(file.classes)} dominates, so alpha lies {doubt.figure:.3f} below AC1 on the same labels; read both."
        case "one_class":
            return f"{named(file.classes)} has {doubt.figure:.1%} of the labels."
        case "constant_answers":
            return f"always the same answer: {named(file.worker_names)}."
        case "duplicates":
            rows = ", ".join(str(row + 2) for row in doubt.where[:5])
            return f"{len(doubt.where)} rows repeat a person on an item (rows {rows} ...); they count as repeats."
        case "one_rater":
            return f"all labels are by {named(file.worker_names)}."
        case "no_pair":
            return "no item has two labels, so nothing can agree."
        case "gold_without_labels":
            return f"gold without labels: {named(file.item_names)}."
    raise AssertionError(doubt.code)


def _line(name: str, said: Estimate) -> str:
    if not said.is_known:
        return f"{name:18} not known  n {said.n}"
    interval = f"[{said.low:.6f}, {said.high:.6f}]" if said.has_interval else "[no interval]"
    return f"{name:18} {said.value:.6f}  {interval}  n {said.n}  {said.method}"
