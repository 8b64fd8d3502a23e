"""Base of every tracked record, and the columns that each row of history carries."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModelBase, RulesModelMixin

from commitments.history.enums import TextIs
from commitments.history.writing import UntrackedWriteError, current_change, is_writing


class TrackedQuerySet(models.QuerySet[Any]):
    """Rows whose every change must leave history: the bulk ways around it are closed."""

    def _refuse(self, way: str) -> None:
        if not is_writing():
            raise UntrackedWriteError(f"{self.model.__name__}.{way}() would leave no history; use history.actions.")

    def update(self, **kwargs: Any) -> int:
        """Closed: writes no history."""
        self._refuse("update")
        raise UntrackedWriteError("update() never leaves history; use history.actions.change().")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Closed: use history.actions.remove()."""
        raise UntrackedWriteError("delete() of many rows is closed; use history.actions.remove().")

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        """Closed: writes no history."""
        raise UntrackedWriteError("bulk_create() leaves no history; use history.actions.create().")

    def bulk_update(self, *args: Any, **kwargs: Any) -> Any:
        """Closed: writes no history."""
        raise UntrackedWriteError("bulk_update() leaves no history; use history.actions.change().")


class HistoryColumns(models.Model):
    """What a row of history says beside the values: who, when, why, through which door. No name, no address."""

    history_user_id = models.BigIntegerField(null=True)
    actor_role = models.CharField(max_length=20, blank=True)
    actor_country = models.CharField(max_length=3, blank=True)
    actor_group = models.CharField(max_length=30, blank=True)
    door = models.CharField(max_length=10, blank=True)
    request_id = models.CharField(max_length=60, blank=True)
    public_reason = models.TextField(blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stamp the row with the change under way; there is no history without one."""
        self.stamped()
        super().save(*args, **kwargs)

    def stamped(self) -> Self:
        """The row with the change under way written into it; UntrackedWriteError outside one."""
        change = current_change()
        self.history_user_id = change.by.user_id
        self.actor_role = change.by.role
        self.actor_country = change.by.country
        self.actor_group = change.by.group
        self.door = change.by.door
        self.request_id = change.by.request_id
        self.public_reason = change.public_reason
        return self


class TrackedModel(RulesModelMixin, models.Model, metaclass=RulesModelBase):
    """A record whose every change keeps who, when and why. Written only through `history.actions`."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = TrackedQuerySet.as_manager()
    history: ClassVar[Any]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Closed outside `history.actions`: an unexplained change must be impossible, not unlikely."""
        if not is_writing():
            raise UntrackedWriteError(f"{type(self).__name__}.save() outside history.actions.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Closed outside `history.actions`."""
        if not is_writing():
            raise UntrackedWriteError(f"{type(self).__name__}.delete() outside history.actions.")
        return super().delete(*args, **kwargs)

    @classmethod
    def translated_columns(cls, name: str) -> tuple[str, ...]:
        """The language columns of a translated field, or none."""
        suffixes = ("en", "es", "pt", "fr")
        present = {field.name for field in cls._meta.get_fields()}
        columns = tuple(f"{name}_{suffix}" for suffix in suffixes)
        return columns if set(columns) <= present else ()

    def same_as(self, other: Self) -> bool:
        """Whether two states of a record carry the same values, version apart."""
        return all(
            getattr(self, field.attname) == getattr(other, field.attname)
            for field in self._meta.concrete_fields
            if field.name != "version"
        )


class SentForm(models.Model):
    """A form that was carried out: each rendered form carries a token, and works once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    #: The address of what came of it: a second post is led there.
    result = models.CharField(max_length=300, blank=True)
    #: A fingerprint of what the form said.
    said = models.CharField(max_length=64, blank=True, db_default="")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="each_form_once")]

    def __str__(self) -> str:
        return self.result


class DataMark(models.Model):
    """One for each change of the record, stored in the change's own transaction; together they are its version.

    Rows and no counter: changes at the same time wait for nobody, and one that commits late is seen all the same.
    """

    at = models.DateTimeField(db_default=Now(), db_index=True)
    #: The change took something off the site: what was made before it is shown to nobody any more.
    takes_away = models.BooleanField(default=False, db_default=False)

    def __str__(self) -> str:
        return str(self.pk)


class TextState(models.Model):
    """What is known of one language of a text: that it is the original, was looked at, or is behind the original.

    Only what the columns do not tell by themselves: without a row the first language that has the text is the
    original, and the others are translations that nobody has overtaken. Untracked: its own columns say who and when.
    Of a row of history it says in which language its public reason is written.
    """

    model = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=8, choices=TextIs)
    since = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "record_id", "field", "language"], name="one_text_state")
        ]
        indexes = [models.Index(fields=["state", "model", "record_id"])]

    def __str__(self) -> str:
        return f"{self.model} {self.record_id} {self.field} {self.language}: {self.state}"
