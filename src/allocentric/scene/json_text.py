"""JSON read into a typed value, or refused with the place where it goes wrong."""

import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec

from allocentric.errors import BadInput

Value = TypeVar("Value")

_AT_BYTE: Final = re.compile(r"\(byte (\d+)\)")
_AT_PATH: Final = re.compile(r"(.*) - at `(.*)`", re.DOTALL)
_NOT_A_NUMBER: Final = re.compile(rb"-?(NaN|nan|Infinity|inf)")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def decode(data: bytes, kind: Callable[..., Value], *, where: str) -> Value:
    """The JSON text `data` as a value of the type `kind`; what `kind` does not name is checked, not built.

    Raises BadInput with the line of a broken text, or the path of a value of the wrong kind.
    """
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        value: Value = msgspec.json.decode(data, type=kind)
        return value
    except msgspec.ValidationError as error:
        found = _AT_PATH.fullmatch(str(error))
        what, path = found.groups() if found else (str(error), "$")
        raise BadInput(what, where=f"{where}, {path}", mend="give what is expected there") from None
    except msgspec.DecodeError as error:
        raise _broken(data, str(error), where) from None
    except UnicodeDecodeError:
        raise BadInput("a text in it is not UTF-8", where=where, mend="save the file as UTF-8") from None
    except RecursionError:
        mend = "flatten it: no scene needs hundreds of brackets within brackets"
        raise BadInput("it is nested too deeply", where=where, mend=mend) from None


def validate(data: bytes, *, where: str) -> None:
    """Check that `data` is one whole JSON text, building nothing; raises BadInput."""
    decode(data, msgspec.Raw, where=where)


def encode(value: Any) -> bytes:
    """`value` as JSON text, floats in the shortest digits that give the same bits back."""
    return msgspec.json.encode(value)


def _broken(data: bytes, message: str, where: str) -> BadInput:
    found = _AT_BYTE.search(message)
    byte = int(found.group(1)) if found else len(data)  # the one message without a place: it ends too early
    if byte >= len(data):
        lines = data.count(b"\n") + 1
        what = f"the JSON stops short, after {len(data)} bytes"
        return BadInput(what, where=f"{where}, line {lines}", mend="get the whole file again")
    line, column = data.count(b"\n", 0, byte) + 1, byte - data.rfind(b"\n", 0, byte)
    place = f"{where}, line {line}, column {column}"
    token = _NOT_A_NUMBER.match(data, max(byte - 1, 0)) or _NOT_A_NUMBER.match(data, byte)
    if token:
        what = f"{token.group().decode()} is no JSON number"
        return BadInput(what, where=place, mend="write a finite number, or leave the thing out")
    shown = data[byte : byte + 20].decode(errors="replace")
    what = f"this is not JSON: {shown!r} may not stand here"
    return BadInput(what, where=place, mend="mend the text there")
