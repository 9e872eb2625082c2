"""The server's texts: nothing said in one language may be missing in another."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import override_settings
from django.utils import translation

from campus import catalogues

KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}
PLACE = re.compile(r"%\((\w+)\)")


def said_in_code() -> set[str]:
    said: set[str] = set()
    for app in ("campus", "meters", "points"):
        for row in extract_from_dir(str(settings.BASE_DIR / app), keywords=KEYWORDS):
            message = row[2]
            said.add(message if isinstance(message, str) else message[0])
    return said - {""}


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("path", catalogues.sources(), ids=lambda path: path.parent.parent.name)
def test_every_text_of_the_code_is_translated(path: Path) -> None:
    told = {message.id: message.string for message in read(path) if message.id}
    missing = sorted(text for text in said_in_code() if not told.get(text))
    assert missing == []


@pytest.mark.parametrize("path", catalogues.sources(), ids=lambda path: path.parent.parent.name)
def test_every_translation_is_still_said_and_names_the_same_facts(path: Path) -> None:
    said = said_in_code()
    for message in read(path):
        if message.id:
            assert message.id in said
            assert set(PLACE.findall(message.string)) == set(PLACE.findall(message.id))


def test_korean_and_chinese_have_a_catalogue() -> None:
    assert {path.parent.parent.name for path in catalogues.sources()} == {"ko", "zh_Hans"}


def test_a_language_spoken_before_its_texts_were_made_speaks_them_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "ko" / "LC_MESSAGES"
    here.mkdir(parents=True)
    (here / "django.po").write_text('msgid "Only here"\nmsgstr "여기에만"\n', encoding="utf-8")
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    with override_settings(LOCALE_PATHS=[tmp_path]), translation.override("ko"):
        assert translation.gettext("Only here") == "Only here"
        catalogues.compile_all()
        translation.activate("ko")
        assert translation.gettext("Only here") == "여기에만"
