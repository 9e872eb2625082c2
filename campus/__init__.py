"""Where, who and when: places, people, and that each night happens once."""
