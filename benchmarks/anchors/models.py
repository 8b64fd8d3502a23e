"""Two tables that hold what a list of commitments shows, and nothing else."""

from django.db import models


class Group(models.Model):
    """What a row belongs to."""

    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """One row of a list."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    owner = models.CharField(max_length=100)
    group = models.ForeignKey(Group, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12)
    status = models.CharField(max_length=12)
    due = models.DateField(null=True)

    class Meta:
        ordering = ("code",)
        indexes = [models.Index(fields=["kind", "status", "code"])]

    def __str__(self) -> str:
        return self.code
