"""What a room used, what it cost, what it saved, and where that ranks."""
