"""The index of this app's tables; each lives in its room."""

from campus.nights.models import Chunk, IdempotencyKey, NightRun, Step
from campus.people.models import Holder, Occupancy, Profile, Residency, StaffRole, User
from campus.places.models import Campus, Enrolment, Residence, Room, RoomType, Term, Zone

__all__ = [
    "Campus",
    "Chunk",
    "Enrolment",
    "Holder",
    "IdempotencyKey",
    "NightRun",
    "Occupancy",
    "Profile",
    "Residence",
    "Residency",
    "Room",
    "RoomType",
    "StaffRole",
    "Step",
    "Term",
    "User",
    "Zone",
]
