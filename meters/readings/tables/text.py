"""Delimited text as lines and cells, in the encodings of Korea, China and the rest. Pure."""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, NamedTuple

from meters.readings.refusals import (
    ContainsNul,
    EmptyFile,
    EncodingUnclear,
    FileRefused,
    LineTooLong,
    NotDecodable,
    RowFault,
    RowRefused,
)
from meters.readings.tables import headers

LONGEST_LINE = 64 * 1024
HEAD = 256 * 1024
DELIMITERS = (",", ";", "\t", "|")
BLANK = ',; \t"\ufeff'
UTF_8, UTF_8_BOM, UTF_16 = "utf-8", "utf-8-sig", "utf-16"
# The double-byte encodings that files of the region come in, when they are no Unicode.
REGIONAL = ("cp949", "gb18030")
_HEADER_LINES = 30
MOST_JOINED = 8
# Marks without width that copying and joining files leaves behind.
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f"))
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f]")  # in no table, in most pictures


class Line(NamedTuple):
    """A physical line (the first is 1) without its end."""

    number: int
    text: str


Cells = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """A stream of text whose rows can be read as often as wanted."""

    stream: BinaryIO
    encoding: str
    delimiter: str

    def rows(self, *, line: int = 1, offset: int = 0) -> Iterator[Cells | RowFault]:
        """
        (physical line, cells) of every line that is not blank, from the line at a place on.

        :raises FileRefused: a line that is too long, holds NUL, or is not of the encoding
        """
        self.stream.seek(offset)
        told = lines(self.stream, self.encoding, first=line)
        for number, text in records(told, self.delimiter):
            if number == 1 and text.casefold().startswith("sep="):
                continue
            try:
                yield number, cells(text, self.delimiter)
            except RowRefused as fault:
                yield RowFault(number, fault.code, fault.facts)


def delimited(
    stream: BinaryIO, *, encoding: str | None = None, delimiter: str | None = None
) -> DelimitedText:
    """
    A stream as a table of cells; what is not said is recognised from its head.

    :raises FileRefused: empty, no text, or of two possible encodings
    """
    stream.seek(0)
    head = stream.read(HEAD)
    known = encoding or sniff_encoding(head)
    sample = _sample(head, known)
    if not sample:
        raise EmptyFile
    return DelimitedText(stream, known, delimiter or _sniff_delimiter(sample))


def lines(stream: BinaryIO, encoding: str, *, first: int = 1) -> Iterator[Line]:
    """The lines of a stream, blank ones left out but counted; the next is the `first`."""
    wide = encoding.replace("_", "-").startswith((UTF_16, "utf-32"))
    # Who reads on from a later line knows already that a feed ends each.
    if first == 1 and (wide or ends_in_returns(stream)):
        numbered = _decoded_lines(stream, encoding)
    else:
        numbered = _narrow_lines(stream, encoding, first)
    return (line for line in numbered if line.text.strip(BLANK))


def ends_in_returns(stream: BinaryIO) -> bool:
    """Whether lines end as on old Macs, in a carriage return alone."""
    at = stream.tell()
    head = stream.read(LONGEST_LINE)
    stream.seek(at)
    return b"\r" in head and b"\n" not in head


def records(told: Iterable[Line], delimiter: str) -> Iterator[Line]:
    """
    Lines, those joined between which a quoted cell runs on; a record stands at its first line.

    One stray quotation mark costs one row: what does not come to an end soon, or would swallow
    rows that make sense by themselves, is not joined.
    """
    waiting, rest = deque[Line](), iter(told)
    while waiting or (line := next(rest, None)):
        first = waiting.popleft() if waiting else line
        assert first is not None
        if first.text.count('"') % 2:
            waiting.extend(islice(rest, MOST_JOINED - len(waiting)))
            joined = _joined(first, waiting, delimiter)
            for _ in range(joined.text.count("\n")):
                waiting.popleft()
            yield joined
        else:
            yield first


def _joined(first: Line, following: Sequence[Line], delimiter: str) -> Line:
    text = first.text
    for line in following:
        text = f"{text}\n{line.text}"
        if line.text.count('"') % 2:
            break
        if delimiter in line.text:
            return first
    try:
        cells(text, delimiter)
    except RowRefused:
        return first
    return Line(first.number, text)


def _narrow_lines(stream: BinaryIO, encoding: str, first: int) -> Iterator[Line]:
    """Of an encoding in which a line feed is always one byte."""
    number = first - 1
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if b"\0" in raw:
            raise ContainsNul(line=number)
        if len(raw) > LONGEST_LINE:
            raise LineTooLong(line=number)
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            raise NotDecodable(line=number) from None
        yield Line(number, text.rstrip("\r\n"))


def _decoded_lines(stream: BinaryIO, encoding: str) -> Iterator[Line]:
    """Of an encoding in which a line's end is more than a byte, or with ends of any kind."""
    reader, number = io.TextIOWrapper(stream, encoding=encoding, newline=None), 0
    try:
        while text := reader.readline(LONGEST_LINE + 1):
            number += 1
            if "\0" in text:
                raise ContainsNul(line=number)
            if len(text) > LONGEST_LINE:
                raise LineTooLong(line=number)
            yield Line(number, text.rstrip("\r\n").removeprefix("\ufeff"))
    except UnicodeError:
        raise NotDecodable(line=number + 1) from None
    finally:
        reader.detach()


def cells(text: str, delimiter: str = ",") -> list[str]:
    """
    The cells of one record, without the blanks around them and what nobody can see.

    :raises RowRefused: quotes_wrong
    """
    if not text.isascii():
        text = text.translate(_UNSEEN)
    if '"' not in text:
        return [cell.strip() for cell in text.split(delimiter)]
    try:
        lines_ = text.splitlines(keepends=True)
        read = csv.reader(lines_, delimiter=delimiter, strict=True, skipinitialspace=True)
        return [cell.strip() for cell in next(read)]
    except csv.Error:
        raise RowRefused("quotes_wrong") from None


def sniff_encoding(head: bytes) -> str:
    """
    The encoding of a text, from its first bytes.

    :raises ContainsNul: it is no text
    :raises NotDecodable: it is none that we know
    :raises EncodingUnclear: it may be Korean or Chinese
    """
    if head.startswith(b"\xef\xbb\xbf"):
        return UTF_8_BOM
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return UTF_16
    if b"\0" in head:
        return _sniff_wide(head)
    if _decodes(head, UTF_8):
        return UTF_8
    if control := _CONTROL.search(head):
        raise NotDecodable(line=head.count(b"\n", 0, control.start()) + 1)
    fitting = [name for name in REGIONAL if _decodes(head, name)]
    known = {name: _known_words(head, name) for name in fitting}
    best = [name for name in fitting if known[name] == max(known.values())]
    if not best:
        raise NotDecodable(line=1)
    if len(best) > 1:
        raise EncodingUnclear
    return best[0]


def encoding_of(stream: BinaryIO) -> str | None:
    """The encoding of a stream; None where it is no text, or of two possible ones."""
    stream.seek(0)
    try:
        return sniff_encoding(stream.read(HEAD))
    except FileRefused:
        return None


def _sniff_wide(head: bytes) -> str:
    """UTF-16 without its mark: every other byte of Latin letters and digits is NUL."""
    for name, zeros in (("utf-16-le", head[1:400:2]), ("utf-16-be", head[0:400:2])):
        if zeros.count(0) * 2 > len(zeros) and _decodes(head[: len(head) // 2 * 2], name):
            return name
    raise ContainsNul(line=head.count(b"\n", 0, head.index(b"\0")) + 1)


def _decodes(head: bytes, encoding: str) -> bool:
    """Whether bytes are text of an encoding; the head may end within a letter."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return False
    return True


def _known_words(head: bytes, encoding: str) -> int:
    """How many words of headers the first lines have when they are read so."""
    sample = _sample(head, encoding)
    delimiter = _sniff_delimiter(sample)
    return max((_recognised(text, delimiter) for text in sample), default=0)


def _sample(head: bytes, encoding: str) -> list[str]:
    """The first lines that are not blank."""
    found: list[str] = []
    try:
        for line in lines(io.BytesIO(head), encoding):
            found.append(line.text)
            if len(found) == _HEADER_LINES:
                break
    except NotDecodable:
        # The head of a long file may end within a letter.
        if len(head) < HEAD or not found:
            raise
    return found


def _sniff_delimiter(sample: Sequence[str]) -> str:
    """The sign that parts the most known words of a header; else the most cells."""
    if sample and sample[0].casefold().startswith("sep="):
        return sample[0][4:5] or ","

    def fits(delimiter: str) -> tuple[int, int]:
        known = max((_recognised(text, delimiter) for text in sample), default=0)
        return known, max((text.count(delimiter) for text in sample), default=0)

    return max(DELIMITERS, key=fits)


def _recognised(text: str, delimiter: str) -> int:
    try:
        return headers.known_words(cells(text, delimiter))
    except RowRefused:
        return 0


def header_words(head: bytes) -> list[str]:
    """The words of the first line that is not blank, without signs; empty when it is no text."""
    try:
        sample = _sample(head, sniff_encoding(head))
        found = cells(sample[0], _sniff_delimiter(sample)) if sample else []
    except (FileRefused, RowRefused):
        return []
    return [headers.name(cell).word for cell in found]
