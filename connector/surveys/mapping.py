"""What the owner says about a survey: where its files lie and which column holds what."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from connector.messages.surveys import texts
from connector.settings import Strict, Unfit, Zone

Metric = Literal["nps", "csat", "ces"]
Direction = Literal["high_is_good", "low_is_good"]
Scale = tuple[int, int]

HIGH: Direction = "high_is_good"
LOW: Direction = "low_is_good"

CES_VERSIONS: dict[int, tuple[Scale, Direction]] = {1: ((1, 5), LOW), 2: ((1, 7), HIGH)}
"""Scale and direction of the two questions about effort: the first asks how much, the second whether it was easy."""

_CSAT = ((0, 1), (1, 3), (1, 5), (1, 10))


def _column(value: Any) -> Any:
    if isinstance(value, bool) or (isinstance(value, int) and value < 1):
        raise Unfit(texts("column_number"))
    return value


def _not_empty(value: str | int) -> str | int:
    if isinstance(value, str) and not value.strip():
        raise Unfit(texts("column_empty"))
    return value


Column = Annotated[str | int, BeforeValidator(_column), AfterValidator(_not_empty)]
"""A column by its heading, or by its number from 1. `Heading#2` is the second column of that heading."""


class AnsweredAt(Strict):
    """When an answer was given."""

    column: Column = Field(description="the column that says when it was answered")
    format: str | list[str] | None = Field(
        default=None,
        description="how it is written, as in %d.%m.%Y %H:%M; several are tried in turn; epoch = seconds since 1970; "
        "null = 2026-10-03 11:05",
    )
    otherwise: Column | None = Field(default=None, description="the column to take where that one is empty")

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats in the order in which they are tried."""
        if self.format is None:
            return ()
        return (self.format,) if isinstance(self.format, str) else tuple(self.format)


class MetricColumn(Strict):
    """One question of a survey: what it measures, and on which scale."""

    kind: Metric = Field(description="nps | csat | ces")
    column: Column = Field(description="the column with the scores")
    scale: Scale | None = Field(
        default=None,
        description="lowest and highest score: [0, 10] for nps; [1, 5], [1, 3], [1, 10] or [0, 1] (bad, good) for "
        "csat; [1, 7] or [1, 5] for ces",
    )
    direction: Direction | None = Field(
        default=None, description="high_is_good, or low_is_good for ces on 1 to 5 (the effort it took)"
    )
    labels: dict[str, int] = Field(default={}, description="scores of answers in words: {Sehr zufrieden: 5}")
    when: dict[str, str] = Field(
        default={}, description="only rows with this value in another column, e.g. {metric: nps}"
    )

    @model_validator(mode="after")
    def _can_be(self) -> MetricColumn:
        if self.kind == "nps":
            if self.scale not in (None, (0, 10)):
                raise Unfit(texts("nps_scale"))
            if self.direction == LOW:
                raise Unfit(texts("nps_direction"))
        elif self.kind == "csat":
            if self.scale is not None and self.scale not in _CSAT:
                raise Unfit(texts("csat_scale"))
            if self.direction == LOW:
                raise Unfit(texts("csat_direction"))
        elif self.stated and (self.scale, self.direction) not in CES_VERSIONS.values():
            raise Unfit(texts("ces_scale"))
        low, high = self.bounds
        if any(not low <= score <= high for score in self.labels.values()):
            raise Unfit(texts("label_outside", low=low, high=high))
        return self

    @property
    def stated(self) -> bool:
        """Whether scale and direction are known. Effort has two common scales that run against each other."""
        return self.kind != "ces" or (self.scale is not None and self.direction is not None)

    @property
    def bounds(self) -> Scale:
        """The lowest and the highest score."""
        return self.scale or {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}[self.kind]

    @property
    def scale_name(self) -> str:
        """The scale as the store calls it: "0-10", "1-5", "good-bad"."""
        low, high = self.bounds
        return "good-bad" if (low, high) == (0, 1) else f"{low}-{high}"

    def of_version(self, version: int) -> MetricColumn:
        """The same with the scale and direction of a version of the effort question, where it says neither."""
        scale, direction = CES_VERSIONS[version]
        return self.model_copy(update={"scale": self.scale or scale, "direction": self.direction or direction})


class SurveyMapping(Strict):
    """A survey whose answers come in files."""

    kind: Literal["relational", "transactional"] = Field(
        description="relational: asked about the whole; transactional: asked about one order or conversation"
    )
    files: str | list[str] | None = Field(
        default=None, description="files that are watched, e.g. inbox/nps-*.csv; null = only what `import` is given"
    )
    id: Column | None = Field(default=None, description="the column with the answer's own number")
    email: Column | None = Field(default=None, description="the column with the person's e-mail address")
    order: Column | None = Field(default=None, description="the column with the order number")
    conversation: Column | None = Field(default=None, description="the column with the ticket or chat")
    channel: Column | None = Field(default=None, description="the column with the channel")
    agent: Column | None = Field(default=None, description="the column with who answered the customer")
    comment: Column | None = Field(
        default=None, description="the column with a comment; read only where privacy.message_text is full"
    )
    answered_at: AnsweredAt = Field(description="when it was answered")
    delimiter: str | None = Field(default=None, description="what separates columns of a CSV; null = found out")
    encoding: str | None = Field(default=None, description="the encoding of a CSV; null = found out")
    header_rows: Literal[1, 2] | None = Field(default=None, description="rows of headings; null = found out")
    timezone: Zone | None = Field(
        default=None, description="the zone of times that name none; null = the reporting zone"
    )
    metrics: list[MetricColumn] = Field(min_length=1, description="the questions that are counted")

    @property
    def patterns(self) -> tuple[str, ...]:
        """The watched files, as glob patterns."""
        if self.files is None:
            return ()
        return (self.files,) if isinstance(self.files, str) else tuple(self.files)

    @property
    def columns(self) -> tuple[str | int, ...]:
        """Every column that is read, each once."""
        single = (self.id, self.email, self.order, self.conversation, self.channel, self.agent, self.comment)
        asked = [column for column in single if column is not None]
        asked += [one for one in (self.answered_at.column, self.answered_at.otherwise) if one is not None]
        for metric in self.metrics:
            asked += [metric.column, *metric.when]
        return tuple(dict.fromkeys(asked))
