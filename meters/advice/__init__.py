"""One thing to try, said when the room's own figures show it, with what it would be worth."""
