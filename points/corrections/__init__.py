"""Corrections of final days: who gains and who loses, seen before it is decided."""
