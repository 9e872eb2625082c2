"""Who of the staff did what, and when: gathered from what each room keeps of it anyway."""
