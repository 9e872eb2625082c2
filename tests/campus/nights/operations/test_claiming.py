"""Claims between threads, each with a connection of its own, as between processes."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection
from pytest_django import Settings

from campus.nights.models import Claim
from campus.nights.operations import claiming
from campus.nights.refusals import ClaimLost, NightBusy
from campus.places.models import Campus
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def campus() -> Campus:
    return make.a_campus()


def elsewhere(work: Callable[[], object]) -> object:
    """What `work` returns or raises in another thread."""
    told: list[object] = []

    def run() -> None:
        try:
            told.append(work())
        except Exception as fault:
            told.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return told[0]


def take(campus: Campus) -> str:
    with claiming.hold(campus=campus):
        return "mine"


def prove(campus: Campus) -> None:
    with claiming.guarded(campus_id=campus.pk):
        pass


def test_only_one_holds_a_claim_and_it_is_free_afterwards(campus: Campus) -> None:
    with claiming.hold(campus=campus):
        assert isinstance(elsewhere(lambda: take(campus)), NightBusy)
    assert elsewhere(lambda: take(campus)) == "mine"


def test_a_claim_is_let_go_when_its_work_fails(campus: Campus) -> None:
    with pytest.raises(ZeroDivisionError), claiming.hold(campus=campus):
        raise ZeroDivisionError
    assert elsewhere(lambda: take(campus)) == "mine"


def test_whoever_holds_a_claim_may_hold_it_again(campus: Campus) -> None:
    with claiming.hold(campus=campus):
        with claiming.hold(campus=campus):
            pass
        assert isinstance(elsewhere(lambda: take(campus)), NightBusy)


def test_of_many_at_once_one_takes_it(campus: Campus) -> None:
    together, told = threading.Barrier(8), []

    def race() -> None:
        together.wait()
        try:
            with claiming.hold(campus=campus):
                told.append("mine")
                time.sleep(1)
        except NightBusy:
            told.append("busy")
        finally:
            connection.close()

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["busy"] * 7 + ["mine"]


def test_a_claim_is_renewed_however_long_the_work_takes(campus: Campus, settings: Settings) -> None:
    settings.NIGHT_LEASE_SECONDS = 0.6
    with claiming.hold(campus=campus):
        time.sleep(1.5)
        assert isinstance(elsewhere(lambda: take(campus)), NightBusy)


def test_the_claim_of_a_dead_process_runs_out(campus: Campus, settings: Settings) -> None:
    settings.NIGHT_LEASE_SECONDS = 0.4
    claiming._taken(campus)  # and nobody renews it
    assert isinstance(elsewhere(lambda: take(campus)), NightBusy)
    time.sleep(0.5)
    assert elsewhere(lambda: take(campus)) == "mine"


def test_who_was_silent_too_long_finds_the_claim_lost(campus: Campus) -> None:
    with claiming.hold(campus=campus):
        prove(campus)
        Claim.objects.update(until=None)
        assert elsewhere(lambda: claiming._taken(campus))
        with pytest.raises(ClaimLost):
            prove(campus)
    # What another holds now is not let go by us.
    assert Claim.objects.get().token is not None


@pytest.mark.postgres
def test_inside_a_guarded_transaction_nobody_takes_over(campus: Campus) -> None:
    with claiming.hold(campus=campus):
        Claim.objects.update(until=None)
        with claiming.guarded(campus_id=campus.pk):
            waiting = threading.Thread(target=elsewhere, args=(lambda: take(campus),))
            waiting.start()
            time.sleep(0.3)
            assert waiting.is_alive()
        waiting.join()
        prove(campus)
