"""Expectation-maximisation over any model of people: plain steps, or squared extrapolation of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .arrays import FloatArray, divide
from .passes import passes_over
from .votes import Votes

# From expected labels (person, given, state) and the state's shares to P(given | state) and the shares to use.
Learn = Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]


@dataclass(frozen=True, slots=True)
class Climb:
    """Where the climb ended. `matrix` is (person, given, state)."""

    posterior: FloatArray
    shares: FloatArray
    matrix: FloatArray
    log_likelihood: float
    iterations: int
    has_converged: bool


def climb(
    votes: Votes,
    learn: Learn,
    posterior: FloatArray | None = None,
    *,
    start: tuple[FloatArray, FloatArray] | None = None,
    tolerance: float,
    max_iterations: int,
    is_squared: bool = False,
) -> Climb:
    """Climb from a posterior (vote shares where None), or from parameters (shares, matrix), until nothing is gained.

    Nothing is gained when the log-likelihood changes by less than `tolerance`, relatively.
    An iteration is one pass over the labels. A squared step (Varadhan, Roland 2008, scheme S3) looks along two plain
    ones and jumps; where the jump does not climb, the plain steps stand.
    """
    passes = passes_over(votes)
    here = learn(*passes.begin(posterior)) if start is None else start
    last, done, step, trail, plain = -np.inf, False, 0, [here], here
    while step < max_iterations:
        step += 1
        likelihood = passes.expect(*here, is_last=step == max_iterations)
        if is_squared and len(trail) == 1 and likelihood < last - 1e-12 * abs(last):
            # The jump fell: go back to the last plain step.
            here, last = plain, -np.inf
            trail = [here]
            continue
        done = bool(abs(likelihood - last) <= tolerance * abs(likelihood))
        last = likelihood
        if done:
            break
        here = learn(*passes.told())
        if not is_squared:
            continue  # and no step is kept: of thousands of people each is megabytes
        trail.append(here)
        if len(trail) == 3:
            plain = here
            here = _jump(*trail)
            trail = [here]
    if step:
        posterior = passes.posterior()
    elif posterior is None:
        posterior = votes.start()
    return Climb(posterior, here[0], here[1], last if votes.n_seen else np.nan, step, done)


Parameters = tuple[FloatArray, FloatArray]


def _jump(first: Parameters, second: Parameters, third: Parameters) -> Parameters:
    moved = [b - a for a, b in zip(first, second, strict=True)]
    bent = [(c - b) - m for b, c, m in zip(second, third, moved, strict=True)]
    long = sum(float((m * m).sum()) for m in moved)
    curve = sum(float((b * b).sum()) for b in bent)
    length = -max(np.sqrt(long / curve), 1.0) if curve > 0 else -1.0
    shares, matrix = (a - 2 * length * m + length**2 * b for a, m, b in zip(first, moved, bent, strict=True))
    # Probabilities that the jump carried over an edge land just inside it, or on it where they were 0 already.
    shares = np.maximum(shares, third[0] / 4)
    matrix = np.maximum(matrix, third[1] / 4)
    return divide(shares, shares.sum(), empty=0.0), divide(matrix, matrix.sum(axis=1, keepdims=True), empty=0.0)
