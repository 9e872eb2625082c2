"""Pin again: every `.in` file to its lock with hashes, for all systems, from wheels only."""

import subprocess
import sys

import wheels
from layout import ROOT, VENV_BIN, Complaint

LOCKS = (wheels.UV, wheels.NODE, wheels.RUNTIME, wheels.DEVELOPMENT)
OPTIONS = ("--universal", "--generate-hashes", "--python-version", "3.11", "--only-binary", ":all:",
           "--no-header", "--no-annotate", "--quiet")  # fmt: skip


def main() -> int:
    """Compile each lock; what is pinned already stays unless an `--upgrade` is passed on."""
    try:
        wheels.install_uv()
    except Complaint as complaint:
        print(complaint, file=sys.stderr)
        return 1
    for lock in LOCKS:
        # Development takes the versions of the runtime, so that both can share an environment.
        agreeing = ["-c", str(wheels.RUNTIME)] if lock == wheels.DEVELOPMENT else []
        source = str(lock.with_suffix(".in"))
        command = [str(VENV_BIN / "uv"), "pip", "compile", *OPTIONS, *agreeing, *sys.argv[1:]]
        subprocess.run([*command, source, "-o", str(lock)], cwd=ROOT, check=True)
        print(f"pinned {lock.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
