"""Who acts: the frozen facts about a person or process that every change is stamped with."""

from dataclasses import dataclass, replace

from commitments.roles.enums import Door, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change. Holds no name and no address: history keeps roles and countries, never people's data."""

    user_id: int | None
    role: str
    country: str = ""
    group: str = ""
    door: str = Door.WEB
    request_id: str = ""
    #: In which language it is written why; empty where nobody knows, which stands for the record's English.
    language: str = ""

    @classmethod
    def process(cls, name: str, *, door: str = Door.COMMAND) -> "Actor":
        """A command or task acting on its own, named in the request id."""
        return cls(user_id=None, role="system", door=door, request_id=name)

    def speaking(self, language: str) -> "Actor":
        """The same, giving a reason that is written in this language."""
        return replace(self, language=language)

    @property
    def is_secretariat(self) -> bool:
        """Whether the change is made in the secretariat's name."""
        return self.role == Role.SECRETARIAT
