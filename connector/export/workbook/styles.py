"""The looks of a workbook: few, quiet, the same on every sheet. Number formats are the language's."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from connector.export.columns import Kind
from connector.export.formatting import SYMBOLS
from connector.instants import to_datetime
from connector.kpi.result import Unit
from connector.money import digits

INK, FAINT, ACCENT, PALE = "#1F2933", "#7B8794", "#2B6777", "#EEF3F5"
"""Text; what matters less; lines and charts; the header's ground."""

LINKED = {"font_color": ACCENT, "underline": 1}
"""What leads somewhere."""

GRID = "#D9E2E7"
"""Lines inside charts."""

SHADE = "#7FB3B5"
"""The darkest end of the colour scale; black text stays readable on it."""

FIRST_YEAR = 1900
"""Excel knows no day before it."""

SECONDS_A_DAY = 86_400
"""Spans are days in a sheet, as its formats want them."""

LINE = 15
"""Height of a line of text in points."""

_LOCALES = {"EUR": {"de": "-407", "en": "-2"}, "USD": {"en": "-409"}, "GBP": {"en": "-809"}}
"""Windows locale ids: Excel keeps a sign that has one as a currency format, not as text ([MS-LCID])."""


def money_format(currency: str | None, language: str, places: int | None = None) -> str:
    """`#,##0.00 [$€-407]`: thousands, the currency's digits, and its sign or ISO code."""
    shown = digits(currency) if places is None else places
    number = "#,##0" + ("." + "0" * shown if shown else "")
    if currency is None:
        return number
    symbol = SYMBOLS.get(currency)
    sign = f"[${symbol or currency}{_LOCALES.get(currency, {}).get(language, '')}]"
    return f"{sign}{number}" if symbol and language != "de" else f"{number}\\ {sign}"


def local(instant: int, zone: ZoneInfo) -> datetime | None:
    """An instant as Excel's dates are: local, without a zone. None before 1900, which Excel cannot show."""
    moment = to_datetime(instant, zone).replace(tzinfo=None, microsecond=0)
    return moment if moment.year >= FIRST_YEAR else None


def height(text: str, width: int) -> float:
    """The height in points that a wrapped text needs in a column of `width` characters; one line at least."""
    # Most letters are narrower than the digit that column widths are measured in.
    lines = sum(max(1, math.ceil(len(line) * 0.92 / width)) for line in text.split("\n"))
    return LINE * lines + 3


def landscape(sheet: Any) -> None:
    """Print on A4 lying on its side, with the sheet's name and the page below."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_footer("&L&A&R&P / &N")


class Styles:
    """The cell formats of one workbook, made when first asked for; `day` is how it writes one."""

    def __init__(self, workbook: Any, language: str) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.language = language
        self.day = "dd.mm.yyyy" if language == "de" else "yyyy-mm-dd"
        self._numbers = {
            Kind.INSTANT: f"{self.day} hh:mm",
            Kind.DAY: self.day,
            Kind.COUNT: "0",
            # With "0.##" Excel shows a whole number as "2.".
            **dict.fromkeys((Kind.QUANTITY, Kind.PERCENT, Kind.FIGURE), "General"),
            Kind.RATE: "0.0%",
            Kind.DURATION: "[h]:mm:ss",
            # Excel shows its own words for truth values; other programs follow the format.
            Kind.BOOL: '"ja";"ja";"nein"' if language == "de" else '"yes";"yes";"no"',
        }

    def of(self, **properties: Any) -> Any:
        """The format with these XlsxWriter properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"font_color": INK, "valign": "vcenter", **properties})
        return self._made[key]

    def cell(self, kind: Kind) -> Any:
        """How a cell of a row table looks; amounts are asked for by `amount`."""
        if kind in {Kind.TEXT, Kind.LINK}:
            return self.of()
        if kind in {Kind.INSTANT, Kind.DAY, Kind.BOOL}:
            return self.of(num_format=self._numbers[kind], align="left")
        return self.of(num_format=self._numbers[kind])

    def amount(self, currency: str | None, **more: Any) -> Any:
        """How an amount in a currency looks."""
        return self.of(num_format=money_format(currency, self.language), **more)

    def figure(self, unit: Unit, currency: str | None, *, in_days: bool = False, **more: Any) -> Any:
        """How a figure looks: an amount, a percentage, a span, a count."""
        if unit is Unit.MONEY:
            return self.amount(currency, **more)
        if unit is Unit.RATE:
            return self.of(num_format="0.0%", **more)
        if unit is Unit.SECONDS:
            return self.of(num_format="#,##0.0" if in_days else "[h]:mm:ss", **more)
        if unit is Unit.POINTS:
            return self.of(num_format="0.0", **more)
        return self.of(num_format="#,##0" if unit is Unit.COUNT else "#,##0.00", **more)

    def change(self, unit: str, **more: Any) -> Any:
        """How a change looks: points of a share, or percent; always with its sign."""
        if unit != "points":
            return self.of(num_format="+0.0%;-0.0%;0.0%", **more)
        word = "Pp." if self.language == "de" else "pp"
        return self.of(num_format=f'+0.0" {word}";-0.0" {word}";0.0" {word}"', **more)

    @property
    def title(self) -> Any:
        """The sheet's name in large letters."""
        return self.of(font_size=18, bold=True, font_color=ACCENT, valign="vcenter")

    @property
    def link(self) -> Any:
        """An address that can be clicked, or the name of another sheet."""
        return self.of(**LINKED)

    @property
    def subtitle(self) -> Any:
        """What the sheet speaks of: period, zone."""
        return self.of(font_color=FAINT, valign="vcenter")

    @property
    def header(self) -> Any:
        """A column's title."""
        return self._heading("left")

    @property
    def header_right(self) -> Any:
        """The title of a column of numbers."""
        return self._heading("right")

    @property
    def header_indented(self) -> Any:
        """The title of a column of words that stands beside one of numbers."""
        return self._heading("left", indent=1)

    def _heading(self, align: str, **more: Any) -> Any:
        return self.of(bold=True, bg_color=PALE, bottom=1, bottom_color=ACCENT, text_wrap=True, align=align, **more)

    @property
    def section(self) -> Any:
        """The title of a block inside a sheet."""
        return self.of(bold=True, font_color=ACCENT, font_size=13, valign="vcenter")
