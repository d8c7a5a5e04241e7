"""The CDNOW sample as the papers use it: purchase days of each customer."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from connector.kpi.models.fitting import Array

FILE = Path(__file__).parents[2] / "fixtures" / "cdnow" / "sample.csv"
END = date(1997, 9, 30)  # week 39: up to here the papers fit


def purchases() -> Iterator[tuple[int, date, Decimal]]:
    """Customer, day and amount of every purchase."""
    with FILE.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield int(row["customer"]), date.fromisoformat(row["day"]), Decimal(row["dollars"])


def calibration() -> tuple[Array, Array, Array, Array]:
    """x, t_x, T (weeks) and the mean of the repeat days, of every customer up to week 39."""
    days: dict[int, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for customer, day, dollars in purchases():
        if day <= END:
            days[customer][day] += dollars
    rows = []
    for spent in days.values():
        first, *later = sorted(spent)
        last = later[-1] if later else first
        mean = sum(spent[day] for day in later) / len(later) if later else 0
        rows.append((len(later), (last - first).days / 7, (END - first).days / 7, float(mean)))
    x, t_x, age, means = np.array(rows).T
    return x, t_x, age, means
