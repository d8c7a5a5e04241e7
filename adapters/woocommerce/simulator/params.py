"""The parameters that lists understand, checked as WordPress checks them. Unknown ones are ignored without a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from adapters.woocommerce.simulator.answers import invalid_params

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d(?::\d\d)?)?", re.ASCII)
_INTEGER = re.compile(r"\s*[+-]?\d+(?:\.0*)?\s*", re.ASCII)
_TRUE, _FALSE = ("true", "1"), ("false", "0", "")

Problem = tuple[str, str, Any]  # code, message, data


class _Unfit(Exception):
    def __init__(self, code: str, message: str, data: Any = None) -> None:
        self.problem: Problem = (code, message, data)


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter. `kind`: integer, natural (its sign is dropped), flag, date, one_of, some_of, ids, text."""

    name: str
    kind: str
    default: Any = None
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()


ORDERBY = ("date", "id", "include", "title", "slug", "modified")
PAGING = (
    Param("page", "integer", 1, minimum=1),
    Param("per_page", "integer", 10, minimum=1, maximum=100),
)
DATES = (
    Param("after", "date"),
    Param("before", "date"),
    Param("modified_after", "date"),
    Param("modified_before", "date"),
    Param("dates_are_gmt", "flag", default=False),
)
CHOSEN = (Param("exclude", "ids", ()), Param("include", "ids", ()), Param("offset", "natural"))


def ordering(orderby: Sequence[str] = ORDERBY, by: str = "date", order: str = "desc") -> tuple[Param, Param]:
    """The two parameters that say in which order rows come."""
    return (
        Param("order", "one_of", order, choices=("asc", "desc")),
        Param("orderby", "one_of", by, choices=tuple(orderby)),
    )


def checked(given: Mapping[str, Any], known: Sequence[Param], zone: ZoneInfo, allow: Sequence[str]) -> dict[str, Any]:
    """The value of every known parameter; dates in seconds since 1970.

    Raises `Refusal` (400) that names all that do not fit.
    """
    values: dict[str, Any] = {}
    problems: dict[str, Problem] = {}
    for param in known:
        if param.name not in given:
            values[param.name] = param.default
            continue
        try:
            values[param.name] = _READERS[param.kind](param, given[param.name])
        except _Unfit as unfit:
            problems[param.name] = unfit.problem
    if problems:
        raise invalid_params(problems, allow)
    for param in known:
        if param.kind == "date" and values[param.name] is not None:
            naive_zone = UTC if values.get("dates_are_gmt") else zone
            values[param.name] = _seconds(values[param.name], naive_zone)
    return values


def words(value: Any) -> list[str]:
    """A list parameter: `a,b`, `a b` or `name[]=a&name[]=b`."""
    if isinstance(value, Mapping):
        return [str(one) for one in value.values()]
    return [word for word in re.split(r"[\s,]+", str(value)) if word]


def enumeration(choices: Sequence[str]) -> str:
    """The way WordPress joins choices in a sentence."""
    if len(choices) < 3:
        return " and ".join(choices)
    return f"{', '.join(choices[:-1])}, and {choices[-1]}"


def _integer(param: Param, value: Any) -> int:
    if not isinstance(value, str) or not _INTEGER.fullmatch(value):
        raise _Unfit("rest_invalid_type", f"{param.name} is not of type integer.", {"param": param.name})
    number = int(float(value))
    low, high = param.minimum, param.maximum
    if low is not None and high is not None and not low <= number <= high:
        raise _Unfit("rest_out_of_bounds", f"{param.name} must be between {low} (inclusive) and {high} (inclusive)")
    if low is not None and high is None and number < low:
        raise _Unfit("rest_out_of_bounds", f"{param.name} must be greater than or equal to {low}")
    return number


def _natural(param: Param, value: Any) -> int:
    return abs(_integer(param, value))


def _flag(param: Param, value: Any) -> bool:
    text = str(value).lower()
    if not isinstance(value, str) or text not in (*_TRUE, *_FALSE[:-1]):
        raise _Unfit("rest_invalid_type", f"{param.name} is not of type boolean.", {"param": param.name})
    return text in _TRUE


def _date(param: Param, value: Any) -> datetime:
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    try:
        if match is None:
            raise ValueError
        year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
        if not 1 <= day <= 31:
            raise ValueError
        # Like PHP, the 30th of February is the 2nd of March.
        moment = datetime(year, month, 1, hour, minute, second) + timedelta(days=day - 1)  # noqa: DTZ001
    except ValueError:
        raise _Unfit("rest_invalid_date", "Invalid date.") from None
    return moment.replace(tzinfo=_offset(match[7])) if match[7] else moment


def _offset(text: str) -> Any:
    return datetime.fromisoformat(f"2000-01-01T00:00:00{'+00:00' if text == 'Z' else text}").tzinfo


def _seconds(moment: datetime, zone: Any) -> int:
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp())


def _one_of(param: Param, value: Any) -> str:
    if not isinstance(value, str) or value not in param.choices:
        message = f"{param.name} is not one of {enumeration(param.choices)}."
        raise _Unfit("rest_not_in_enum", message)
    return value


def _some_of(param: Param, value: Any) -> tuple[str, ...]:
    chosen = words(value)
    for place, word in enumerate(chosen):
        if word not in param.choices:
            message = f"{param.name}[{place}] is not one of {enumeration(param.choices)}."
            raise _Unfit("rest_not_in_enum", message)
    return tuple(chosen)


def _ids(param: Param, value: Any) -> tuple[int, ...]:
    numbers = (re.match(r"-?\d+", word) for word in words(value))
    return tuple(dict.fromkeys(abs(int(number[0])) if number else 0 for number in numbers))


def _text(param: Param, value: Any) -> str:
    if not isinstance(value, str):
        raise _Unfit("rest_invalid_type", f"{param.name} is not of type string.", {"param": param.name})
    return value


_READERS: Mapping[str, Callable[[Param, Any], Any]] = {
    "integer": _integer,
    "natural": _natural,
    "flag": _flag,
    "date": _date,
    "one_of": _one_of,
    "some_of": _some_of,
    "ids": _ids,
    "text": _text,
}
