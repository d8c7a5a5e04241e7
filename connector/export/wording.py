"""A figure in words and digits: what the terminal and the workbook both say about it.

Nothing is computed here; see convention C9 of the definitions for what is said about small samples and missing values.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from connector.export.formatting import day, days, fraction, money, number, percent, span
from connector.instants import local_day
from connector.kpi.result import (
    Cell,
    Change,
    Evaluation,
    Figure,
    Interval,
    Previous,
    Triangle,
    Unit,
    Value,
    excluded_words,
)
from connector.messages.export import texts
from connector.messages.export_labels import labels
from connector.money import digits, rounded

PRINTED_IN_DAYS = frozenset({"time_between_orders"})
"""Spans that are read in days (definition 4.5); all others are read in their two largest units."""

NAMED = frozenset(
    {"weekday", "segment", "contact", "csat", "refund", "frt_band", "phase", "order_status", "order_count"}
)
"""Dimensions and bands whose values have words of their own."""

TINY, SMALL = "tiny", "small"

PORTRAIT = ("share", "recency_days", "frequency", "monetary")
"""Fields of a segment's record that say what its customers are like."""


def amount(value: Value, unit: Unit, currency: str | None, language: str, *, in_days: bool = False) -> str:
    """A value with its unit, as read on a screen."""
    if isinstance(value, Decimal):
        return money(rounded(value, currency), currency, language)
    if unit is Unit.RATE:
        return percent(value, language)
    if unit is Unit.SECONDS:
        return days(value, language) if in_days else span(value, language)
    if isinstance(value, int):
        return number(value, language)
    return number(value, language, 1 if unit is Unit.POINTS else 2)


def value(figure: Figure, language: str) -> str:
    """The headline: "12.3%", "€1,234.56", "3 of 4" for a tiny sample, "n/a (no orders in the period)"."""
    if figure.value is None:
        return missing(figure, language)
    if figure.has(TINY):
        return counts(figure, language)
    return _amount(figure, figure.value, language)


def name(figure: Figure, language: str) -> str:
    """What a figure is called; of a share of money with the currency, which its value does not show."""
    label = figure.label.render(language)
    return label if figure.currency is None or figure.unit is Unit.MONEY else f"{label} ({figure.currency})"


def missing(figure: Figure, language: str) -> str:
    """Why there is no value."""
    if figure.reason is None:
        return texts.text(language, "missing")
    return texts("missing_because", reason=figure.reason).render(language)


def counts(figure: Figure, language: str) -> str:
    """A tiny sample without a percentage: "3 of 4", or the number of cases where the figure is no share."""
    top, bottom = figure.numerator, figure.denominator
    if isinstance(top, int) and isinstance(bottom, int):
        return texts("of", part=number(top, language), whole=number(bottom, language)).render(language)
    if (found := cases(figure)) is not None:
        return texts("cases", count=number(found, language)).render(language)
    return _amount(figure, figure.value, language) if figure.value is not None else missing(figure, language)


def interval(figure: Figure, language: str) -> str:
    """The 95 % interval, "9.1% – 16.2%"; nothing where there is none or the sample is tiny."""
    if figure.interval is None or figure.has(TINY) or figure.value is None:
        return ""
    low, high = (_amount(figure, bound, language) for bound in (figure.interval.low, figure.interval.high))
    return f"{low} – {high}"


def sample(figure: Figure, language: str) -> str:
    """How many cases the figure rests on; nothing for plain counts and sums."""
    found = cases(figure)
    return "" if found is None else number(found, language)


def cases(figure: Figure) -> int | None:
    """The number of cases behind a figure."""
    if figure.n is None and isinstance(figure.denominator, int):
        return figure.denominator
    return figure.n


def remarks(figure: Figure, language: str) -> list[str]:
    """What a reader must know: flags, what was left out, notes."""
    said = [flag.words() for flag in figure.flags]
    said += [excluded_words(reason, count) for reason, count in figure.excluded.items() if count]
    said += figure.notes
    return [message.render(language) for message in said]


def details(figure: Figure, language: str) -> list[str]:
    """The rest of a distribution (convention C8), its median by the other clock (5.0), and the parts of a figure."""
    said: list[str] = []
    if figure.stats is not None and not figure.has(TINY):
        for name in ("median" if figure.value == figure.stats.mean else "mean", "p90", "max"):
            read = _amount(figure, getattr(figure.stats, name), language)
            key = "largest" if name == "max" and figure.unit is not Unit.SECONDS else name
            said.append(f"{texts.text(language, f'stats.{key}')} {read}")
    if (other := figure.extra.get("stats_other")) and not figure.has(TINY):
        clock = texts.text(language, f"clock.{other['clock']}")
        said.append(f"{clock} {_amount(figure, other['median'], language)}")
    for name, part in (figure.parts or {}).items():
        key = f"part.{name}"
        word = texts.text(language, key) if key in texts.en else name
        said.append(f"{word} {amount(part, Unit.COUNT, figure.currency, language)}")
    return said


def portrait(figure: Figure, language: str) -> list[str]:
    """What the customers of a segment are like, in the order of `PORTRAIT`."""
    share, days, orders, net = (figure.extra.get(name) for name in PORTRAIT)
    return [
        "" if share is None else percent(share, language),
        "" if days is None else number(days, language),
        "" if orders is None else number(orders, language, 1),
        "" if net is None else amount(net, Unit.MONEY, figure.currency, language),
    ]


def period(figure: Figure, language: str) -> str:
    """The first and the last day the figure looks at."""
    return days_between(figure.start, figure.end, figure.zone, language)


def days_between(start: int, end: int, zone: ZoneInfo, language: str) -> str:
    """A half-open range of instants as its first and last local day: "2026-01-01 – 2026-12-31"."""
    first, last = local_day(start, zone), local_day(max(end - 1, start), zone)
    return f"{day(first, language)} – {day(last, language)}"


def previous(figure: Figure, language: str) -> str:
    """The value of the period compared with."""
    before: Previous | None = figure.previous
    if before is None or before.value is None:
        return texts.text(language, "missing")
    return _amount(figure, before.value, language)


def change(figure: Figure, language: str) -> str:
    """From previous to now: "+2.1 points", "-12.0%", "n/a (previous 0)"; its interval in a second line."""
    moved: Change | None = figure.change
    if moved is None:
        return ""
    if moved.value is None:
        if moved.reason is None:
            return texts.text(language, "missing")
        return texts("missing_because", reason=moved.reason).render(language)
    said = change_amount(moved.value, moved.unit, figure.unit, language)
    if moved.interval is not None:
        said = f"{said}\n({_points_range(moved.interval, moved.unit, figure.unit, language)})"
    return said


def in_points(difference: Value, of: Unit) -> Value | Fraction:
    """A difference of shares, or of values that are in points already, as points."""
    return difference if of is Unit.POINTS else fraction(difference) * 100


def change_amount(ratio: float, unit: str, of: Unit, language: str) -> str:
    """A difference of values of the unit `of` in points, a ratio in percent; with its sign."""
    if unit == "points":
        places = number(in_points(ratio, of), language, 1, signed=True)
        return texts("points", number=places).render(language)
    return percent(ratio, language, signed=True)


def _points_range(bounds: Interval, unit: str, of: Unit, language: str) -> str:
    if unit == "points":
        low, high = (number(in_points(one, of), language, 1, signed=True) for one in (bounds.low, bounds.high))
    else:
        low, high = (percent(one, language, signed=True) for one in (bounds.low, bounds.high))
    return f"{low} … {high}"


def group(figure: Figure, dimension: str, language: str) -> str:
    """The value of a dimension in a `--by` table; a word for rows of all values and for rows without a value."""
    if figure.group is None or dimension not in figure.group:
        return texts.text(language, "total")
    found = figure.group.get(dimension)
    if found is None:
        return texts.text(language, "none")
    key = f"{dimension}.{found}" if dimension in NAMED else ""
    return texts.text(language, key) if key in texts.en else found


def cohort(name: str | None, language: str) -> str:
    """What a cohort is called: its unit of time, or the value of the first order; a word where that has none."""
    return texts.text(language, "none") if name is None else name


def cohort_cell(cell: Cell, table: Triangle, currency: str | None, language: str) -> str:
    """What a cell of a cohort table says: a share, or what the table's measure adds up; money without its currency."""
    if table.measure == "active":
        return percent(cell.rate, language)
    if cell.value is None:
        return ""
    if isinstance(cell.value, Decimal):
        return number(rounded(cell.value, currency), language, digits(currency))
    return number(cell.value, language, 0 if isinstance(cell.value, int) else 2)


def bottom_row(table: Triangle, language: str) -> str:
    """What the bottom row of a cohort table is: an average, or a sum."""
    return texts.text(language, "total" if table.summed else "average")


def cohort_reading(table: Triangle, language: str) -> list[str]:
    """How a cohort table is to be read: what rows and columns are, and what stands in the cells."""
    shares = table.measure == "active" and not table.cumulative
    rows = ("cohorts_read" if shares else "cohorts_axes") + ("" if table.by == "date" else "_value")
    said = [texts.text(language, f"{rows}.{table.grain}")]
    if not shares:
        said.append(texts.text(language, f"cohorts_cells.{table.measure}"))
    if table.cumulative:
        said.append(texts.text(language, "cohorts_cumulative"))
    return said


def dimension(name: str, language: str) -> str:
    """What a dimension is called."""
    key = f"column.{name}"
    return labels.text(language, key) if key in labels.en else name


def dimensions(evaluation: Evaluation) -> tuple[str, ...]:
    """The dimensions that the answer is grouped by, in order."""
    names: dict[str, None] = {}
    for figure in evaluation.figures:
        names.update(dict.fromkeys(figure.group or ()))
    return tuple(names)


def unit(figure: Figure, language: str) -> str:
    """The unit in a word: the currency for money, "%", "days", …"""
    if figure.unit is Unit.MONEY:
        return figure.currency or ""
    if figure.unit is Unit.RATE:
        return "%"
    if figure.unit is Unit.SECONDS:
        return texts.text(language, "unit.days" if figure.id in PRINTED_IN_DAYS else "unit.hours")
    return texts.text(language, f"unit.{figure.unit.value}")


def _amount(figure: Figure, one: Value, language: str) -> str:
    return amount(one, figure.unit, figure.currency, language, in_days=figure.id in PRINTED_IN_DAYS)
