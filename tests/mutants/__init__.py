"""
Mutation testing of what must never go wrong: is every small fault seen by some test?

mutmut thinks of the faults; they are tried here, because starting Django for each of them would
take an hour. The tests of a module are collected once, on SQLite; then each fault is put into the
code of a forked process, which runs them until one fails.

Not a part of `./test`: mutmut is installed beside it (CONTRIBUTING.md says how).
"""
