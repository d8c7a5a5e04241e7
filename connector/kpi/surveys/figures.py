"""The list of the surveys' figures (definitions, 5.5 to 5.7), and which answers each looks at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Literal

from connector.kpi.definition import Kpi
from connector.kpi.result import Unit

DIMENSIONS = ("survey", "source", "channel", "agent", "group", "product", "category")
"""The dimensions of an answer; the last two through the order that it is about."""


@dataclass(frozen=True)
class SurveyKpi(Kpi):
    """A figure of surveys: what is asked, and which of the scales it is asked on are looked at (none = all)."""

    subject: ClassVar[str] = "surveys"

    dimensions: tuple[str, ...] = DIMENSIONS
    metric: Literal["nps", "csat", "ces"] = "csat"
    scales: tuple[str, ...] = ()
    offers: bool = False  # it looks at what was offered in the period, answered or not


_nps = partial(SurveyKpi, family="surveys", metric="nps")
_csat = partial(SurveyKpi, family="surveys", metric="csat", options=("csat.answer", "csat.date"))
_ces = partial(SurveyKpi, family="surveys", metric="ces", options=("ces.version",))
_easy = partial(_ces, scales=("1-7",))

SURVEYS: tuple[SurveyKpi, ...] = (
    _csat("csat", unit=Unit.RATE, function="surveys.satisfaction:csat"),
    _csat("csat_mean", unit=Unit.NUMBER, function="surveys.satisfaction:csat_mean", scales=("1-5",)),
    _csat(
        "csat_response_rate",
        unit=Unit.RATE,
        function="surveys.satisfaction:csat_response_rate",
        options=(),
        offers=True,
    ),
    _csat("csat_turned", unit=Unit.COUNT, function="surveys.satisfaction:csat_turned", options=("csat.date",)),
    _nps("nps", unit=Unit.POINTS, function="surveys.recommendation:nps"),
    _ces("ces", unit=Unit.NUMBER, function="surveys.effort:ces"),
    _easy("ces_agree", unit=Unit.RATE, function="surveys.effort:ces_agree"),
    _easy("ces_top2", unit=Unit.RATE, function="surveys.effort:ces_top2"),
    _easy("ces_index", unit=Unit.POINTS, function="surveys.effort:ces_index"),
    _ces("ces_low_effort", unit=Unit.RATE, function="surveys.effort:ces_low_effort", scales=("1-5",)),
)
