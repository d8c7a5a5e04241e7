"""What is made of a body: the JSON in it, whatever stands around it, and what it is in place of JSON."""

from __future__ import annotations

import json
import time
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connector.errors import UnexpectedPayload
from connector.transport import Answer, Request
from connector.transport.body import Kind, read

WARNING = b'<br />\n<b>Warning</b>:  Undefined array key "foo" in <b>/var/www/a.php</b> on line <b>12</b><br />\n'
NOTICES = b"\nNotice: debug output of a module<br>\nNotice: debug output of a module<br>"
PAGE = b'<!DOCTYPE html><html><head><script>var a = {"id": [1]};</script></head><body>One moment</body></html>'


def answer_of(body: bytes) -> Answer:
    return Answer(200, {}, body, 0, "https://shop.example/x", Request("x"))


@pytest.mark.parametrize(
    ("body", "records"),
    [
        (b'[{"id":1},{"id":2}]', [b'{"id":1}', b'{"id":2}']),
        (b"[]", []),
        (b"\n \n[]\n", []),
        (b'\xef\xbb\xbf[{"id":356,"total":"48.24"}]', [b'{"id":356,"total":"48.24"}']),
        (WARNING + b'[{"id":356,"total":"48.24"}]', [b'{"id":356,"total":"48.24"}']),
        (b"\xef\xbb\xbf" + WARNING + WARNING + b"[ ]\n", []),
        (b'Undefined array key [0] in {closure}: [{"id":1}]', [b'{"id":1}']),
        (b'[{"id":1}]<!-- cached by a plugin -->', [b'{"id":1}']),
        (b"[]\n<br />Notice: x", []),
        (WARNING + b'[{"id":1}]' + WARNING, [b'{"id":1}']),
        (b'<html><body>Warning</body></html>\n[{"id":1}]', [b'{"id":1}']),
        (b'[{"n":"a[b{c"},{"n":"\\"]}"}]', [b'{"n":"a[b{c"}', b'{"n":"\\"]}"}']),
        ('[{"n":"Müller 🦊"}]'.encode(), ['{"n":"Müller 🦊"}'.encode()]),
    ],
)
def test_a_list_is_found_whatever_stands_around_it(body: bytes, records: list[bytes]) -> None:
    assert answer_of(body).records() == records


@pytest.mark.parametrize(
    "bad",
    [
        b'{"id":2,"n":"a\x01b"}',
        b'{"id":2,"n":"a\x00b"}',
        b'{"id":2,"n":"a\nb"}',
        b'{"id":2,"n":"\\ud800"}',
        b'{"id":2,"n":NaN}',
        b'{"id":2,"n":-Infinity}',
        b'{"id":2,"n":01}',
        b'{"id":2,"n":"\\x"}',
        b'{"id":2,"n":"\xff\xfe"}',
        b'{"id":2,}',
        b'{"id":2,"n":undefined}',
    ],
)
@pytest.mark.parametrize("around", [(b"", b""), (WARNING, b""), (b"\xef\xbb\xbf", b"\n<!-- -->")])
def test_one_bad_record_comes_through_as_it_is_and_leaves_the_others_whole(
    bad: bytes, around: tuple[bytes, bytes]
) -> None:
    good = [b'{"id":1,"n":"x"}', b'{"id":3, "n":[1,{"a":2}]}']
    assert answer_of(around[0] + b"[" + good[0] + b", " + bad + b",\n" + good[1] + b"]" + around[1]).records() == [
        good[0],
        bad,
        good[1],
    ]
    wrapped = b'{"count":3,"tickets":[' + good[0] + b"," + bad + b"," + good[1] + b'],"users":[]}'
    answer = answer_of(around[0] + wrapped + around[1])
    assert answer.records("tickets") == [good[0], bad, good[1]]
    assert answer.records("users") == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Kind.EMPTY),
        (b"\xef\xbb\xbf \r\n", Kind.EMPTY),
        (PAGE, Kind.PAGE),
        (b"\n<!-- x --><html lang=de>" + b"<p>{}</p>" * 3000, Kind.PAGE),
        (b"<!doctype html><title>Wartung</title>[", Kind.PAGE),
        (b'[{"id":1},{"id":2', Kind.CUT),
        (b'[{"id":1},{"id":2}', Kind.CUT),
        (b"[", Kind.CUT),
        (b'{"tickets":[{"id":1},{"id":2}]', Kind.CUT),
        (b'{"tickets":[{"id":1},{"id":2}', Kind.CUT),
        (WARNING + b'{"orders":[{"id":1},{"id":', Kind.CUT),
        (b'{"tickets":[{"id":1}}', Kind.CUT),
        (b'{"billing":{"id":1},"x":2]', Kind.CUT),
        (b"Number of allowed API requests per minute exceeded", Kind.TEXT),
        (b"Fatal error: Uncaught Error in {main} [internal function]", Kind.TEXT),
        (b"Fatal error: nothing in [] or {}", Kind.TEXT),
        (WARNING, Kind.TEXT),
        (b"[1, 2, oops]", Kind.TEXT),
        (b'{"a" 1}', Kind.TEXT),
        (b"null", Kind.VALUE),
        (b"12.5", Kind.VALUE),
        (b'{"a":1}', Kind.OBJECT),
        (b"{}", Kind.OBJECT),
        (NOTICES + b'{"orders":[{"id":1}]}', Kind.OBJECT),
    ],
)
def test_what_a_body_is(body: bytes, kind: Kind) -> None:
    assert read(body).kind is kind


@pytest.mark.parametrize(
    "body",
    [
        b'{"id":5,"billing":{"id":1},"x":]}',
        b'{"id":5,"billing":{"id":1}',
        b'{"id":5 "billing":{"id":1}}',
        b'{"id" 5,"billing":{"id":1}}',
        b'[{"id":5,"billing":{"id":1}}, oops]',
    ],
)
@pytest.mark.parametrize("before", [b"", WARNING])
def test_a_record_inside_a_damaged_answer_is_not_taken_for_the_answer(body: bytes, before: bytes) -> None:
    assert read(before + body).value in (b"", body)  # whole, so that it is set aside, or not at all


def test_json_in_the_script_of_a_page_is_no_data() -> None:
    page = b'<html><script type="application/ld+json">{"@type":"Store","id":1}</script></html>'
    assert read(page).kind is Kind.PAGE


def test_nesting_without_end_is_no_crash() -> None:
    for body in (b"[" * 200_000, b"[" * 200_000 + b"]" * 200_000, b'{"a":' * 50_000 + b"1" + b"}" * 50_000):
        answer = answer_of(body)
        assert answer.json_or_none() is None


@pytest.mark.parametrize(
    "body", [b"x " + b"{" * 99_999 + b"}" * 99_999, b"x" + b"{(" * 50_000, b"<html>" + b"{(" * 9999]
)
def test_no_text_keeps_us_for_long(body: bytes) -> None:
    began = time.monotonic()
    assert read(body).kind in (Kind.TEXT, Kind.PAGE, Kind.CUT)
    assert time.monotonic() - began < 20  # seconds; it would be minutes


def test_numbers_are_exact() -> None:
    value = answer_of(b'{"a":12.10,"b":1e400,"c":12,"d":123456789012345678901234567890,"e":-0.0}').json()
    assert value == {
        "a": Decimal("12.10"),
        "b": Decimal("1E+400"),
        "c": 12,
        "d": 123456789012345678901234567890,
        "e": Decimal(0),
    }
    assert str(value["a"]) == "12.10"
    assert not any(isinstance(number, float) for number in value.values())


def test_json_that_is_none_is_said() -> None:
    for body in (b"", b"{", b'[{"a":NaN}]', PAGE, b'{"a":"\xff"}'):
        with pytest.raises(UnexpectedPayload):
            answer_of(body).json()
        assert answer_of(body).json_or_none() is None


def test_an_object_is_given_as_it_was_sent() -> None:
    assert answer_of(NOTICES + b'{"orders" : [{"id":1}]}').raw_object() == b'{"orders" : [{"id":1}]}'
    with pytest.raises(UnexpectedPayload):
        answer_of(b"[]").raw_object()


def test_lists_that_are_not_there() -> None:
    assert answer_of(b"[]").records("orders") == []  # PrestaShop's word for nothing
    for body, key in ((b'{"a":1}', None), (b'[{"a":1}]', "orders"), (b'{"a":1}', "orders"), (b'{"a":{}}', "a")):
        with pytest.raises(UnexpectedPayload):
            answer_of(body).records(key)


RECORDS = st.lists(
    st.dictionaries(
        st.text(max_size=8), st.one_of(st.none(), st.text(max_size=20), st.integers(), st.lists(st.text()))
    ),
    max_size=6,
)


@settings(deadline=None)
@given(RECORDS, st.booleans(), st.sampled_from([b"", b"\n\n", b"\xef\xbb\xbf", WARNING, NOTICES]))
@example([{"[": '"'}, {"{": "]"}], False, WARNING)
def test_every_record_comes_back_as_sent(records: list[dict[str, object]], ascii_only: bool, before: bytes) -> None:
    sent = [json.dumps(record, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass") for record in records]
    assert answer_of(before + b"[" + b",".join(sent) + b"]").records() == sent


@settings(deadline=None)
@given(RECORDS.filter(bool), st.integers(min_value=1), st.sampled_from([b"", WARNING]))
def test_no_piece_of_a_list_passes_for_the_list(records: list[dict[str, object]], where: int, before: bytes) -> None:
    whole = json.dumps(records).encode()
    part = whole[: 1 + where % (len(whole) - 1)]
    if before and part == b"[":
        return  # behind a warning a single bracket is no sign of JSON
    assert read(before + part).kind in ((Kind.CUT, Kind.TEXT) if before else (Kind.CUT,))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_body_is_too_strange(body: bytes) -> None:
    read(body)
    answer_of(body).json_or_none()
