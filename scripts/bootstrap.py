"""
Where `./run` and `./test` arrive: any Python >= 3.11, nothing installed, the standard library only.
"""

import signal
import sys
from collections.abc import Sequence

import proving
import serving
from layout import Complaint


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says; a complaint is one sentence and exit code 1."""
    # Being told to end is like Ctrl-C: what was started is stopped on the way out.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    command, *rest = arguments
    try:
        return {"run": serving.run, "test": proving.prove}[command](rest)
    except Complaint as complaint:
        print(complaint, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
