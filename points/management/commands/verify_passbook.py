"""Prove an exported passbook, without a database: `verify_passbook FILE [--key PUBLIC]`."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from points.passbook import keys, signing
from points.passbook.signing import NotSigned, SignedBook


class Command(BaseCommand):
    help = "Prove a signed passbook: signature, numbering, running balances, sums, corrections."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what the passbook page exported")
        parser.add_argument(
            "--key",
            help="public key in base64, or a file with it or with what "
            "/api/v1/passbook/public-key/ tells; without it the key of this deployment",
        )

    def handle(self, *, file: Path, key: str | None, **_: object) -> None:
        try:
            signed = signing.read(file.read_bytes())
            public = signing.public_key(_given(key, signed) if key else _own(signed))
            found = list(signing.faults(signed, key=public))
        except (OSError, NotSigned) as error:
            raise CommandError(str(error)) from error
        for fault in found:
            self.stderr.write(f"BROKEN  {fault}")
        if found:
            raise CommandError(f"The passbook is not sound: {len(found)} findings.")
        for wallet in signed.book["wallets"]:
            self.stdout.write(
                f"{wallet['asset']}: {wallet['version']} entries, balance {wallet['balance']}"
            )
        self.stdout.write(f"Signed by key {signed.key_id} at {signed.book['issued_at']}.")
        self.stdout.write("The passbook is sound.")


def _given(key: str, signed: SignedBook) -> str:
    """A key in base64; a path is read, as plain text or as the JSON that the API tells."""
    if not Path(key).is_file():
        return key
    text = Path(key).read_text().strip()
    if not text.startswith("{"):
        return text
    try:
        told = json.loads(text)["keys"]
        return next(str(one["public_key"]) for one in told if one["key_id"] == signed.key_id)
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise NotSigned(f"{key} does not hold the key {signed.key_id}") from error


def _own(signed: SignedBook) -> str:
    """The public half of this deployment's own key; none is made to prove with."""
    kept = Path(settings.DATA_DIR) / keys.FILE
    known = keys.keyring().public() if settings.PASSBOOK_KEYS or kept.exists() else {}
    if signed.key_id not in known:
        raise NotSigned(f"key {signed.key_id} is not of this deployment: name it with --key")
    return known[signed.key_id]
