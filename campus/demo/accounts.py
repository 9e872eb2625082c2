"""The sign-ins of the demo campus. They exist only where the demo was built."""

from dataclasses import dataclass

PASSWORD = "sunlight"  # noqa: S105 -- public on purpose, of the demo alone


@dataclass(frozen=True, slots=True)
class DemoAccount:
    kind: str
    username: str


ACCOUNTS = (
    DemoAccount("student", "student"),
    DemoAccount("manager", "manager"),
    DemoAccount("till", "till"),
)
