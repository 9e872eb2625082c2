"""Tables of readings, whoever drew them: their text, their header, how to read their cells."""
