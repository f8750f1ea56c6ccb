"""How what was found spreads over the years, with the chosen range shown against the whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from search.addresses import years_prefix
from search.criteria import Criteria

# More bars than these are too thin to be told apart in the rail.
MOST_BARS = 24
STEPS = (1, 2, 5, 10)
# What a bar takes of the drawing, which the page stretches to the width of the rail.
PITCH, WIDTH, HEIGHT = 10, 8, 40


@dataclass(frozen=True)
class Bar:
    """Some years in a row, how many results they have, and the search for them alone."""

    start: int
    end: int
    count: int
    chosen: bool
    url: str

    @property
    def label(self) -> str:
        """The year, or the first and the last."""
        return str(self.start) if self.start == self.end else f"{self.start}–{self.end}"


@dataclass(frozen=True)
class Spread:
    """Bars from the first year to the last, those without a result included."""

    bars: tuple[Bar, ...]

    @property
    def first(self) -> int:
        """The first year of the first bar."""
        return self.bars[0].start

    @property
    def last(self) -> int:
        """The last year of the last bar."""
        return self.bars[-1].end

    @property
    def highest(self) -> Bar:
        """The bar with most results, the latest of equals."""
        return max(reversed(self.bars), key=lambda bar: bar.count)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the drawing."""
        return len(self.bars) * PITCH, HEIGHT

    @property
    def chosen(self) -> str:
        """The bars of the chosen years as the path of a drawing, all of them where none are."""
        return self._outline(True)

    @property
    def others(self) -> str:
        """The bars of the years that were not chosen."""
        return self._outline(False)

    def _outline(self, chosen: bool) -> str:
        largest = self.highest.count
        return "".join(
            _rectangle(place * PITCH, bar.count / largest)
            for place, bar in enumerate(self.bars)
            if bar.count and bar.chosen is chosen
        )


def _rectangle(start: int, share: float) -> str:
    # One result among a thousand is still seen.
    height = max(1, round(share * HEIGHT))
    return f"M{start + (PITCH - WIDTH) // 2} {HEIGHT}v-{height}h{WIDTH}v{height}z"


def spread_of(years: Mapping[int, int], criteria: Criteria) -> Spread | None:
    """Give the results by year; nothing where there are not two years to compare."""
    counted = {year: count for year, count in years.items() if count}
    if len(counted) < 2:
        return None
    first, last = min(counted), max(counted)
    step = next((step for step in STEPS if (last - first) // step < MOST_BARS), STEPS[-1])
    low, high = criteria.year_from or first, criteria.year_to or last
    prefix = years_prefix(criteria)
    bars = []
    for start in range(first - first % step, last + 1, step):
        end = start + step - 1
        count = sum(counted.get(year, 0) for year in range(start, end + 1))
        chosen = low <= end and start <= high
        bars.append(Bar(start, end, count, chosen, f"{prefix}{start}&year_to={end}"))
    return Spread(tuple(bars))
