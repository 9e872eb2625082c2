"""XML of strangers: no entities, no documents within, a bounded depth, and line numbers."""
