"""The index of this app's tables; each lives in its room."""

from campus.nights.models import Chunk, Claim, IdempotencyKey, NightRun, Outbox, Step
from campus.notices.models import Announcement, Muted, Notice
from campus.people.models import Holder, Occupancy, Profile, Residency, StaffRole, User
from campus.places.models import Campus, Enrolment, Residence, Room, RoomType, Term, Zone

__all__ = [
    "Announcement",
    "Campus",
    "Chunk",
    "Claim",
    "Enrolment",
    "Holder",
    "IdempotencyKey",
    "Muted",
    "NightRun",
    "Notice",
    "Occupancy",
    "Outbox",
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
