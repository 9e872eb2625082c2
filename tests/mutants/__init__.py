"""
Mutation testing of what must never go wrong: is every small fault seen by some test?

mutmut thinks of the faults; they are tried here, because starting Django for each of them would
take an hour. The tests of a module are collected once, on SQLite; then each fault is put into the
code of a forked process, which runs them until one fails.

Last told: posting 69 of 75 killed, lots 30 of 32, fifo 18 of 20, redeeming 39 of 43, booking 17 of
17, the close of statements 10 of 10. What survives
in lots is the wording of a fault and a second refund in one event; in fifo, whether it is frozen;
in redeeming the two ends of the scan's window, whose moments are judged alike, and a transaction
within the transaction of its request.

Not a part of `./test`: mutmut is installed beside it (CONTRIBUTING.md says how).
"""
