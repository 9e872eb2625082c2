"""
The signed passbook: canonical JSON under an Ed25519 signature, and its proof. Pure.

Whoever has the public key can prove a file without the platform: that it is as it was signed, that
each wallet's lines are numbered 1, 2, 3... without gaps, that every running balance follows from
the one before, and that corrections and what they undo name each other.
"""

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from points.passbook.statement import Line, Statement

FORMAT = "low-carbon-campus/passbook-1"
ALGORITHM = "Ed25519"
Json = Mapping[str, Any]


def canonical(value: object) -> bytes:
    """One way to write a value: keys sorted, no blanks, UTF-8, whole numbers only."""
    told = json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return told.encode()


def passbook(statement: Statement, *, campus: str, holder: str) -> Json:
    """A whole statement as what is signed; it names the holder's opaque id, never a person."""
    return {
        "format": FORMAT,
        "campus": campus,
        "holder": holder,
        "issued_at": _instant(statement.made_at),
        "wallets": [
            {
                "asset": wallet.asset,
                "balance": wallet.closing,
                "version": len(wallet.lines),
                "entries": [_entry(line) for line in wallet.lines],
            }
            for wallet in statement.wallets
        ],
    }


def _entry(line: Line) -> Json:
    terms_from = line.source.terms_from
    return {
        "id": line.id,
        "number": line.number,
        "effective_on": line.effective_on.isoformat(),
        "posted_at": _instant(line.posted_at),
        "code": line.code,
        "amount": line.amount,
        "balance": line.balance,
        "reverses": line.reverses,
        "corrected_by": line.corrected_by,
        "source": {
            "kind": line.source_kind,
            "id": line.source_id,
            "revision": line.revision,
            "rule": line.source.rule or None,
            "terms_from": terms_from.isoformat() if terms_from else None,
        },
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def signed(book: Json, *, key: Ed25519PrivateKey, key_id: str) -> bytes:
    """The file: the passbook and its signature."""
    value = base64.b64encode(key.sign(canonical(book))).decode()
    signature = {"algorithm": ALGORITHM, "key_id": key_id, "value": value}
    return canonical({"passbook": book, "signature": signature}) + b"\n"


class NotSigned(ValueError):
    """A file that no passbook can be read from; the reason is its text."""


@dataclass(frozen=True, slots=True)
class SignedBook:
    """A file as read, before anything of it is proven."""

    book: Json
    key_id: str
    signature: bytes


def read(content: bytes) -> SignedBook:
    """
    The passbook and the signature of a file.

    :raises NotSigned: if it is no signed passbook of this format
    """
    try:
        told = json.loads(content, object_pairs_hook=_once, parse_float=_no_float)
        book, signature = told["passbook"], told["signature"]
        if signature["algorithm"] != ALGORITHM or book["format"] != FORMAT:
            raise NotSigned("another format or algorithm")
        value = base64.b64decode(signature["value"], validate=True)
        return SignedBook(book, str(signature["key_id"]), value)
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise NotSigned(f"not a signed passbook: {error}") from error


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Readers differ on repeated names, so there may be none."""
    told = dict(pairs)
    if len(told) != len(pairs):
        raise NotSigned("a name stands twice")
    return told


def _no_float(text: str) -> float:
    raise NotSigned(f"a broken number: {text}")


def public_key(text: str) -> Ed25519PublicKey:
    """
    A public key from its 32 bytes in base64.

    :raises NotSigned: if it is none
    """
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True))
    except (ValueError, binascii.Error) as error:
        raise NotSigned("the public key is not 32 bytes in base64") from error


def faults(signed_book: SignedBook, *, key: Ed25519PublicKey) -> Iterator[str]:
    """What is wrong with a passbook; nothing for a sound one."""
    try:
        key.verify(signed_book.signature, canonical(signed_book.book))
    except InvalidSignature:
        yield "the signature does not fit: the file was changed, or another key signed it"
    try:
        yield from _broken_laws(signed_book.book)
    except (KeyError, TypeError, AttributeError) as error:
        yield f"the passbook is not whole: {error!r}"


def _broken_laws(book: Json) -> Iterator[str]:
    assets = [wallet["asset"] for wallet in book["wallets"]]
    if len(set(assets)) != len(assets):
        yield "an asset has two wallets"
    for wallet in book["wallets"]:
        yield from _wallet(wallet)


def _wallet(wallet: Json) -> Iterator[str]:
    entries, asset = wallet["entries"], wallet["asset"]
    if len(entries) != wallet["version"]:
        yield f"{asset}: {len(entries)} entries where {wallet['version']} were posted"
    balance = 0
    for number, entry in enumerate(entries, 1):
        balance += entry["amount"]
        if (entry["number"], entry["id"]) != (number, f"{asset}-{number}"):
            yield f"{asset}: entry {number} is missing or out of order"
        if entry["balance"] != balance or balance < 0:
            yield f"{entry['id']}: balance {entry['balance']} where {balance} follows"
        if entry["amount"] == 0:
            yield f"{entry['id']}: moves nothing"
    if wallet["balance"] != balance:
        yield f"{asset}: balance {wallet['balance']} where the entries sum to {balance}"
    yield from _links(entries)


def _links(entries: Sequence[Json]) -> Iterator[str]:
    """A reversal undoes one entry of the same wallet, wholly, and once."""
    named = {entry["id"]: entry for entry in entries}
    for entry in entries:
        undone = named.get(entry["reverses"])
        undoing = named.get(entry["corrected_by"])
        if entry["reverses"] and (
            undone is None
            or undone["corrected_by"] != entry["id"]
            or undone["amount"] != -entry["amount"]
        ):
            yield f"{entry['id']}: does not undo {entry['reverses']}"
        if entry["corrected_by"] and (undoing is None or undoing["reverses"] != entry["id"]):
            yield f"{entry['id']}: is not undone by {entry['corrected_by']}"
