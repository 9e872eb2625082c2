"""Devices are registered, given a PIN and retired by command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from points.coupons import operations
from points.coupons.models import Till
from points.coupons.refusals import WrongPin
from points.management.commands import till as command
from tests import factories
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT


def run(*words: str) -> str:
    out = StringIO()
    call_command("till", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "getpass", lambda _prompt: "2580")


@pytest.mark.usefixtures("typed")
def test_a_device_from_its_registration_to_its_end() -> None:
    cafe = make.a_cafe()
    factories.a_user(username="bar")
    run("register", "bar", str(cafe.uid), "--name", "Bar")
    till = Till.objects.get()
    assert (till.cafe, till.name, till.pin) == (cafe, "Bar", "")
    assert "2580" not in run("pin", "bar")
    operations.prove_pin(till=till, pin="2580", at=AT)
    with pytest.raises(WrongPin):
        operations.prove_pin(till=till, pin="2581", at=AT)
    run("retire", "bar")
    till.refresh_from_db()
    assert till.retired_at is not None


@pytest.mark.parametrize(
    "words",
    [("register", "nobody", "0190f3c2-7b1a-7c3d-8e4f-5a6b7c8d9e0f"), ("retire", "nobody")],
)
def test_what_does_not_exist_is_told(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="does not exist"):
        run(*words)


def test_a_weak_pin_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "getpass", lambda _prompt: "1")
    till = make.a_till(make.a_cafe())
    with pytest.raises(CommandError, match="4 to 8 digits"):
        run("pin", till.user.username)
