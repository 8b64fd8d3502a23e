"""A person who signs in, and the invitation that lets them set a password."""

from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import LinkState


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with this address; without a password nobody can sign in as them yet."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Addresses are compared without regard to case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: address, name as they wish to be greeted, language and time zone. Deactivated, never deleted."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    is_active = models.BooleanField(_("active"), default=True)
    #: Who ended this person's access, when and why; empty while the person may sign in.
    access_ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    access_ended_by = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    access_ended_why = models.TextField(blank=True, editable=False)
    #: Required by Django's permission machinery; nobody is staff or superuser in this product.
    is_staff = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)
    is_demonstration = models.BooleanField(default=False, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("email",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(access_ended_at__isnull=True, access_ended_by__isnull=True)
                | models.Q(access_ended_at__isnull=False, access_ended_by__isnull=False, is_active=False),
                name="user_access_ended_by_somebody_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def has_accepted(self) -> bool:
        """Whether the person has set a password; until then only the invitation lets them in."""
        return self.has_usable_password()

    def get_full_name(self) -> str:
        """The name as the person wrote it."""
        return self.name

    def get_short_name(self) -> str:
        """The name as the person wrote it."""
        return self.name


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by whether they still wait for an answer."""

    def unanswered(self) -> Self:
        """Not accepted, whether or not the link still works."""
        return self.filter(accepted_at__isnull=True)


class Invitation(models.Model):
    """That somebody was asked to join: who asked, when, and until when the link in the message works.

    The link comes into being when the message is sent; only its hash is stored. It works once.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(token_hash__isnull=True, expires_at__isnull=True)
                | models.Q(token_hash__isnull=False, expires_at__isnull=False),
                name="invitation_link_ends_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} invited on {self.created_at:%Y-%m-%d}"

    @staticmethod
    def hash_of(token: str) -> str:
        """What is stored of a link's secret."""
        return sha256(token.encode()).hexdigest()

    def link_state(self, at: datetime) -> LinkState:
        """What the link leads to at a moment. Ended access closes it too."""
        if self.accepted_at is not None or self.user.has_accepted:
            return LinkState.USED
        if self.expires_at is None or self.expires_at <= at or not self.user.is_active:
            return LinkState.EXPIRED
        return LinkState.OPEN
