"""Typed decoding of JSON written by systems that are careless about types.

The strict decoder takes nearly everything; only a record it refuses goes the slow way, where the usual slips of PHP
systems are put right: a number sent as text or text as a number, `false`, `""` or `[]` where an object is meant, an
object with numbered keys where a list is meant. What is still wrong after that is refused with the path to it.
"""

from __future__ import annotations

import functools
import json
import types
from decimal import Decimal
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec

T = TypeVar("T")


@functools.cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, strict=True)


def decode(payload: bytes, kind: type[T]) -> T:
    """The payload as `kind` (a msgspec Struct). Raises ValueError, naming the path but never a value."""
    try:
        return cast(T, _decoder(cast(Any, kind)).decode(payload))
    except (msgspec.DecodeError, ValueError, RecursionError):
        try:
            return msgspec.convert(_fitted(_loose(payload), kind), kind, strict=False)
        except msgspec.ValidationError as error:
            raise ValueError(_without_values(str(error))) from None
        except RecursionError:
            raise ValueError("nested too deeply") from None


def outline(payload: bytes) -> bytes:
    """Names and types of a record's fields, without any value: what may be kept of one that cannot be understood."""
    try:
        content = _loose(payload)
    except (ValueError, RecursionError):
        return msgspec.json.encode({"unreadable": len(payload)})
    if not isinstance(content, dict):
        return msgspec.json.encode({"type": type(content).__name__})
    return msgspec.json.encode({str(key)[:100]: type(value).__name__ for key, value in content.items()})


def _loose(payload: bytes) -> Any:
    def refuse(name: str) -> Any:
        raise ValueError(f"{name} is no number")

    text = payload.decode("utf-8", "replace")
    content = json.loads(text, strict=False, parse_float=Decimal, parse_constant=refuse)
    return _well_formed(content)


def _well_formed(value: Any) -> Any:
    """Lone surrogates, which no encoder accepts, become the replacement character."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_well_formed(item) for item in value]
    if isinstance(value, dict):
        return {_well_formed(key): _well_formed(item) for key, item in value.items()}
    return value


@functools.cache
def _fields(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.encode_name: hints[field.name] for field in msgspec.structs.fields(kind)}


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _fitted(value: Any, kind: Any) -> Any:
    """`value` bent towards `kind` where the slip is a known one; unchanged otherwise."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _fitted_option(value, get_args(kind))
    if _is_struct(kind):
        return _fitted_struct(value, kind)
    if origin is list or kind is list:
        (item,) = get_args(kind) or (Any,)
        if isinstance(value, dict):
            value = list(value.values())
        return [_fitted(one, item) for one in value] if isinstance(value, list) else value if value else []
    if kind is msgspec.Raw:
        return msgspec.Raw(msgspec.json.encode(value))
    return _fitted_scalar(value, kind)


def _fitted_option(value: Any, kinds: tuple[Any, ...]) -> Any:
    if value is None and type(None) in kinds:
        return None
    wanted = [kind for kind in kinds if kind is not type(None)]
    if type(None) in kinds and _is_nothing(value) and wanted[0] is not bool:
        return None
    return _fitted(value, wanted[0]) if len(wanted) == 1 else value


def _fitted_struct(value: Any, kind: Any) -> Any:
    if value is None or _is_nothing(value):
        value = {}
    if not isinstance(value, dict):
        return value
    fields = _fields(kind)
    required = {field.encode_name for field in msgspec.structs.fields(kind) if field.required}
    return {
        name: _fitted(value[name], fields[name])
        for name in fields
        if name in value and (value[name] is not None or name in required or _takes_none(fields[name]))
    }


def _is_nothing(value: Any) -> bool:
    """What PHP writes where it has nothing. Not 0, which equals False in Python."""
    return value is False or value in ("", [])


def _takes_none(kind: Any) -> bool:
    return kind is Any or type(None) in get_args(kind)


def _fitted_scalar(value: Any, kind: Any) -> Any:
    if kind is str and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if kind is str and value is False:
        return ""
    if kind is int and (value is False or (isinstance(value, str) and value.strip() == "")):
        return 0
    if kind is int and isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    if kind is int and isinstance(value, str):
        return value.strip()
    if kind is bool and value in ("0", "1", 0, 1, "", "true", "false", "yes", "no"):
        return value in ("1", 1, "true", "yes")
    return value


def _without_values(text: str) -> str:
    """msgspec names types and paths; a text after a colon could hold a value, so only the first part is kept."""
    return text.split(" - at ")[0].split(":")[0][:120] + (" at " + text.split(" - at ")[1] if " - at " in text else "")
