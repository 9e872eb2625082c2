"""A term of earning played through before its terms are published, by the rules themselves."""
