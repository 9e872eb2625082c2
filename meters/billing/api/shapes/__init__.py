"""The shapes of this room's answers, for the description of the API."""
