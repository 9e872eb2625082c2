# Sets $python to the first Python on the PATH that is new enough and can make a virtual
# environment; otherwise says in one sentence what is missing. Read by `run` and `test`.

too_old='' bare='' python=''
for candidate in ${CAMPUS_PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    verdict=$("$candidate" -c '
import sys
found = sys.version.split()[0]
try:
    import ensurepip, venv
    print("complete" if sys.version_info >= (3, 11) else "old " + found)
except ImportError:
    print(("bare " if sys.version_info >= (3, 11) else "old ") + found)
' 2>/dev/null) || continue
    case $verdict in
        complete) python=$candidate && break ;;
        bare*) bare=${bare:-${verdict#bare }} ;;
        old*) too_old=${too_old:-${verdict#old }} ;;
    esac
done

if [ -z "$python" ]; then
    if [ -n "$bare" ]; then
        echo "Python $bare cannot make a virtual environment here: install its venv package (on Debian and Ubuntu: apt install python3-venv)." >&2
    elif [ -n "$too_old" ]; then
        echo "This needs Python 3.11 or newer, and the one found here is $too_old." >&2
    else
        echo "This needs Python 3.11 or newer, and no Python was found on the PATH." >&2
    fi
    exit 1
fi
