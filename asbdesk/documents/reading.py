"""pyHanko's reader, made quick: a file's plain objects are read by one expression a token instead of a sign at a time.

Looking at what was added to a sealed paper reads every object of it, which was most of the time that checking took.
Anything that is written in another way than the plainest is left to pyHanko, which is strict; so is every stream.
"""

from __future__ import annotations

import contextlib
import io
import re
from functools import cache
from typing import Any

_GAP = rb"[\0\t\n\f\r ]"
_END = rb"(?=[\0\t\n\f\r ()<>\[\]/]|$)"
_TOKEN = re.compile(
    _GAP
    + rb"*(?:"
    + rb"(/[!-\"$&'*-.0-;=?-Z\\^-z|~]+)"  # 1: a name without any escape
    + _END
    + rb"|([1-9]\d{0,9}) (\d{1,5}) R"  # 2, 3: a reference
    + _END
    + rb"|([+-]?\d+)"  # 4: a number
    + _END
    + rb"|([+-]?\d*\.\d+)"  # 5: one with a point
    + _END
    + rb"|(<<)|(>>)|(\[)|(\])"  # 6 to 9
    + rb"|<((?:[0-9A-Fa-f]{2})*)>"  # 10: a string in hex
    + rb"|\(((?:[^()\\\r]|\\[0-3][0-7]{2}|\\[()\\])*)\)"  # 11: a string, with the plainest escapes
    + rb"|(true|false|null)"  # 12
    + _END
    + rb")"
)
_NAME, _REFERENCE, _NUMBER, _REAL, _DICTIONARY, _DICTIONARY_ENDS = 1, 3, 4, 5, 6, 7
_ARRAY, _ARRAY_ENDS, _HEX, _LETTERS, _WORD = 8, 9, 10, 11, 12
_ESCAPED = re.compile(rb"\\(?:([0-3][0-7]{2})|([()\\]))")
_BEGINS = re.compile(rb"(\d+) (\d+) obj" + _GAP + rb"?")
_ENDS = re.compile(_GAP + rb"*endobj")
DEEP = 40
"""How far lists may stand in lists."""


class _Odd(Exception):
    """Not of the plainest kind."""


def reading(pdf: bytes, *, strict: bool = True) -> Any:
    """pyHanko's `PdfFileReader` over `pdf`. Raises pyHanko's `PdfError`, and much else, for a damaged file."""
    return _reader()(io.BytesIO(pdf), strict=strict)


class _Plain:
    """Reads values of the plainest kind out of `data`; each belongs to the object `own` of `reader`."""

    def __init__(self, data: bytes, own: Any, reader: Any) -> None:
        from pyhanko.pdf_utils import generic

        self.data, self.own, self.reader, self.kinds, self.at = data, own, reader, generic, 0

    def value(self, at: int) -> Any:
        """The value that stands `at` this byte; afterwards `at` is where it ends. Raises _Odd."""
        self.at = at
        kind, found = self._token()
        if kind == _REFERENCE:
            raise _Odd  # an object that is only the name of another
        return self._value(kind, found, DEEP)

    def _token(self) -> tuple[int, re.Match[bytes]]:
        found = _TOKEN.match(self.data, self.at)
        if found is None:
            raise _Odd
        self.at = found.end()
        return found.lastindex or 0, found

    def _value(self, kind: int, found: re.Match[bytes], deep: int) -> Any:
        if kind in (_DICTIONARY, _ARRAY) and deep:
            made = self._dictionary(deep) if kind == _DICTIONARY else self._array(deep)
        else:
            made = self._simple(kind, found)
        made.container_ref = self.own
        return made

    def _simple(self, kind: int, found: re.Match[bytes]) -> Any:
        said, kinds = found[kind], self.kinds
        if kind == _NAME:
            return kinds.NameObject(said.decode("ascii"))
        if kind == _REFERENCE:
            return kinds.IndirectObject(int(found[2]), int(said), self.reader)
        if kind == _NUMBER:
            return kinds.NumberObject(said)
        if kind == _REAL:
            return kinds.FloatObject(said.decode("ascii"))
        if kind in (_HEX, _LETTERS):
            return kinds.pdf_string(bytes.fromhex(said.decode("ascii")) if kind == _HEX else _unescaped(said))
        if kind != _WORD:
            raise _Odd
        return kinds.NullObject() if said == b"null" else kinds.BooleanObject(said == b"true")

    def _dictionary(self, deep: int) -> Any:
        made: dict[Any, Any] = {}
        while (token := self._token())[0] != _DICTIONARY_ENDS:
            key = self._simple(*token)
            if token[0] != _NAME or key in made:
                raise _Odd
            made[key] = self._value(*self._token(), deep - 1)
        return self.kinds.DictionaryObject(made)

    def _array(self, deep: int) -> Any:
        made = self.kinds.ArrayObject()
        while (token := self._token())[0] != _ARRAY_ENDS:
            made.append(self._value(*token, deep - 1))
        return made


def _unescaped(said: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: found[2] or bytes((int(found[1], 8),)), said) if b"\\" in said else said


Pack = tuple[bytes, dict[int, tuple[int, int]]]
"""The bytes of an object stream; of each object in it, its place in the list and in the bytes."""


class _Quick:
    """What `PdfFileReader` does otherwise here; its methods that begin with a line are pyHanko's own."""

    encrypted: bool

    def __init__(self, stream: io.BytesIO, **kwargs: Any) -> None:
        self._bytes, self._packs = stream.getvalue(), dict[int, Pack]()
        super().__init__(stream, **kwargs)  # type: ignore[call-arg]  # `PdfFileReader` stands behind it

    def _read_object(self, ref: Any, marker: Any, *args: Any, **kwargs: Any) -> Any:
        begins = _BEGINS.match(self._bytes, marker) if isinstance(marker, int) and not self.encrypted else None
        if begins is not None and (int(begins[1]), int(begins[2])) == (ref.idnum, ref.generation):
            plain = _Plain(self._bytes, self._reference(ref.idnum, ref.generation), self)
            with contextlib.suppress(_Odd):
                made = plain.value(begins.end())
                if _ENDS.match(self._bytes, plain.at):
                    return made
        return super()._read_object(ref, marker, *args, **kwargs)  # type: ignore[misc]

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        if stmnum not in self._packs:
            self._packs[stmnum] = self._pack(stmnum)
        data, places = self._packs[stmnum]
        place, at = places.get(idnum, (-1, 0))
        if place == idx:
            with contextlib.suppress(_Odd):
                return _Plain(data, self._reference(idnum), self).value(at)
        return super()._get_object_from_stream(idnum, stmnum, idx)  # type: ignore[misc]

    def _reference(self, number: int, generation: int = 0) -> Any:
        from pyhanko.pdf_utils import generic

        return generic.Reference(number, generation, self)

    def _pack(self, number: int) -> Pack:
        """An object stream; one that is odd comes back empty."""
        from pyhanko.pdf_utils.decode_limits import DecodePurpose

        stream = self._reference(number).get_object()
        if not hasattr(stream, "read_data") or stream["/Type"] != "/ObjStm":
            return b"", {}
        data: bytes = stream.read_data(DecodePurpose.OBJECT_STREAM)
        first, count = int(stream["/First"]), int(stream["/N"])
        head = data[:first].split()
        if len(head) != 2 * count or not all(each.isdigit() for each in head):
            return b"", {}
        places: dict[int, tuple[int, int]] = {}
        for place, (own, at) in enumerate(zip(head[::2], head[1::2], strict=True)):
            places.setdefault(int(own), (place, first + int(at)))
        return data, places


@cache
def _reader() -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader

    return type("Quick", (_Quick, PdfFileReader), {})
