"""What was earned, kept in one ledger, and how it is spent."""
