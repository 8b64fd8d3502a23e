"""What a signed-in person may do today: the posts held on a day, loaded once per request."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from commitments.roles.actor import Actor
from commitments.roles.enums import Door, Role


@dataclass(frozen=True, slots=True)
class Post:
    """One appointment in force: a role, and the country or group it speaks for."""

    role: str
    country_id: int | None = None
    country: str = ""
    group_id: int | None = None
    group: str = ""
    is_deputy: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """All posts that one person holds on one day."""

    user_id: int | None = None
    posts: tuple[Post, ...] = ()
    countries: frozenset[int] = field(default=frozenset())
    groups: frozenset[int] = field(default=frozenset())

    @classmethod
    def of(cls, user_id: int | None, posts: tuple[Post, ...]) -> "Standing":
        """Build a standing with its look-up sets."""
        return cls(
            user_id=user_id,
            posts=posts,
            countries=frozenset(p.country_id for p in posts if p.role == Role.FOCAL_POINT and p.country_id),
            groups=frozenset(p.group_id for p in posts if p.role == Role.LEAD and p.group_id),
        )

    def holds(self, role: str) -> bool:
        """Whether one of the posts carries this role."""
        return any(post.role == role for post in self.posts)

    @property
    def is_staff(self) -> bool:
        """Whether the person belongs to the secretariat."""
        return self.holds(Role.SECRETARIAT)

    def actor(
        self, *, country_id: int | None = None, group_id: int | None = None, door: str = Door.WEB, request_id: str = ""
    ) -> Actor:
        """The person as the author of a change about this country or group; the closest post wins."""
        post = self._closest(country_id, group_id)
        if post is None:
            return Actor(user_id=self.user_id, role="", door=door, request_id=request_id)
        return Actor(self.user_id, post.role, post.country, post.group, door, request_id)

    def _closest(self, country_id: int | None, group_id: int | None) -> Post | None:
        def fit(post: Post) -> int:
            if post.role == Role.FOCAL_POINT and country_id is not None and post.country_id == country_id:
                return 0
            if post.role == Role.LEAD and group_id is not None and post.group_id == group_id:
                return 1
            order = [Role.SECRETARIAT, Role.ADMINISTRATOR, Role.FOCAL_POINT, Role.LEAD, Role.READER]
            return 2 + order.index(Role(post.role))

        return min(self.posts, key=fit, default=None)


NOBODY = Standing()
#: Set once at start by the room of appointments (roles is below it and may not import it).
_loader: list[Callable[[Any, date], Standing]] = []


def register_loader(loader: Callable[[Any, date], Standing]) -> None:
    """Tell the gate how the posts of a person are found."""
    _loader[:] = [loader]


def attach(user: Any, on: date) -> Any:
    """Load the posts that a person holds on a day and keep them on the user object."""
    user.standing = _loader[0](user, on) if _loader and user.is_authenticated and user.is_active else NOBODY
    return user


def standing_of(user: Any) -> Standing:
    """The posts attached to a user; nobody's when none were attached, so that a forgotten step refuses."""
    standing = getattr(user, "standing", NOBODY)
    return standing if isinstance(standing, Standing) else NOBODY
