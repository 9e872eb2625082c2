"""The demo campus: two residences, their rooms and people, and the sign-ins to try it with."""
