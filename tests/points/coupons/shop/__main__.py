"""
Purchases and uses that are killed at any touch of the database, and asked for again.

Run as a program it makes a small café, lets a till and two students do an afternoon's business
undisturbed, and then again and again in processes that are killed (SIGKILL) at the touches that
are named: before or after a statement or a commit. Whoever follows the dead sends what is written
in the diary once more, under the same keys. It tells what the database holds after each of them.

    python -m tests.points.coupons.shop every 7    each seventh touch; `every 1` for all
"""

import json
import os
import signal
import sys
from pathlib import Path

import django
from django.conf import settings


def main(step: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campus.settings")
    django.setup()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS, settings.WHITENOISE_AUTOREFRESH = ["testserver"], True
    # Late: models are read after django.setup().
    from tests.points.coupons.shop import business, premises

    premises.build()
    expected, touches = _alone(), int(Path("touches").read_text())
    differs = {}
    for touch in range(1 + step // 2, touches + 1, step):
        premises.restore()
        _forked(lambda touch=touch: business.afternoon(dies_at=touch))
        if (told := _alone(restored=True)) != expected:
            differs[touch] = told
    sys.stdout.write(json.dumps({"expected": expected, "touches": touches, "differs": differs}))


def _alone(*, restored: bool = False) -> object:
    """What the database holds after an afternoon that nobody disturbs, or the end of one."""
    from tests.points.coupons.shop import business, premises

    if not restored:
        premises.restore()
    ended = _forked(business.afternoon)
    assert ended == 0, f"the afternoon ended with {ended}"
    return premises.tell()


def _forked(act: object) -> int:
    """Act in a process of its own; its exit code, or minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        assert callable(act)
        try:
            act()
        except BaseException as fault:
            sys.stderr.write(f"{fault!r}\n")
            os._exit(1)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main(int(sys.argv[2]))
