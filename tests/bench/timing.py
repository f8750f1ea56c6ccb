"""Measuring: always two things in turn, so that whatever slows the machine slows both."""

import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles

Deed = Callable[[], object]


class Samples(list[float]):
    """What was measured, in milliseconds."""

    @property
    def p50(self) -> float:
        """The median."""
        return median(self)

    @property
    def p95(self) -> float:
        """The value that one in twenty exceeds."""
        return quantiles(self, n=20, method="inclusive")[-1] if len(self) > 1 else self[0]


def in_turn(
    pairs: Sequence[tuple[Deed, Deed]],
    *,
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[Samples, Samples]:
    """Do the two deeds of each pair one after the other, A B A B; gives the times of both."""
    first, second = Samples(), Samples()
    for _round in range(rounds):
        for one, other in pairs:
            first.append(milliseconds(one, clock))
            second.append(milliseconds(other, clock))
    return first, second


def milliseconds(deed: Deed, clock: Callable[[], float] = time.perf_counter) -> float:
    """Do something and give how long it took."""
    start = clock()
    deed()
    return (clock() - start) * 1000
