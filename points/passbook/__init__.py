"""A student's passbook: statements, a signed export, objections, and what erasure leaves of it."""
