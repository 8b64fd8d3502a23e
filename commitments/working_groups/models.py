"""Pillars, themes and the working groups of every mechanism, with their leads, participants and alignments."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.formats.language import Text, translated
from commitments.formats.partial import PartialDate
from commitments.history.models import TrackedModel
from commitments.mechanisms.models import (
    REFERENCE_PERMISSIONS,
    Country,
    Mechanism,
    Organization,
    PrecisionField,
    partial,
)
from commitments.roles.rules import is_appointed, is_secretariat, leads_group_of
from commitments.sources.models import Source
from commitments.working_groups.enums import AlignmentKind, GroupRoleKind


class Pillar(TrackedModel):
    """One head of the Declaration. The fourth, emergency response, has no group."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="pillars")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    other_names = models.JSONField(default=list, blank=True)
    purpose = models.TextField(blank=True)
    has_working_groups = models.BooleanField(default=True)
    note = models.TextField(blank=True)
    cited_in = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("pillar")
        ordering = ("mechanism", "number")
        constraints = [models.UniqueConstraint(fields=["mechanism", "number"], name="one_pillar_a_number")]
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return f"{self.number}"

    def name_in(self, language: str) -> Text:
        """The name in a language."""
        return translated(self, "name", language)


class WorkingGroup(TrackedModel):
    """A line of work of any mechanism; readers of the Declaration call its eleven groups workstreams."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="groups")
    code = models.CharField(max_length=20, unique=True)
    slug = models.SlugField(max_length=30, unique=True)
    #: The number in use; the two figures of the source paper number some groups differently.
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    number_in_figure1 = models.PositiveSmallIntegerField(null=True, blank=True)
    number_in_figure3 = models.PositiveSmallIntegerField(null=True, blank=True)
    name_in_figure1 = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=250)
    pillar = models.ForeignKey(Pillar, null=True, blank=True, on_delete=models.PROTECT, related_name="groups")
    purpose = models.TextField(_("purpose"), blank=True)
    outcomes = models.TextField(_("outcomes"), blank=True)
    focus = models.TextField(blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    lead_claims = models.JSONField(default=dict, blank=True)
    is_co_led = models.BooleanField(default=False)
    gcm_objectives = models.JSONField(default=list, blank=True)
    gcr_objectives = models.JSONField(default=list, blank=True)
    sdg_targets = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    cited_in = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("working group")
        ordering = ("mechanism", "number", "code")
        rules_permissions = {
            "view": is_appointed,
            "add": is_secretariat,
            "change": is_secretariat,
            "lead": leads_group_of | is_secretariat,
        }

    def __str__(self) -> str:
        return self.code

    def name_in(self, language: str) -> Text:
        """The name in a language."""
        return translated(self, "name", language)

    @property
    def group_id_for_rules(self) -> int | None:
        """The group itself."""
        return self.pk

    @property
    def is_of_the_declaration(self) -> bool:
        """Whether it is one of the Declaration's own workstreams, beside which all other groups are placed."""
        return self.mechanism.code == "LAD"


class GroupRole(TrackedModel):
    """A country or organization that leads, co-leads or takes part in a group."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="roles")
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="group_roles")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="group_roles"
    )
    role = models.CharField(_("role"), max_length=12, choices=GroupRoleKind)
    since = models.DateField(_("since"), null=True, blank=True)
    since_precision = PrecisionField()
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("source"))
    cited_in = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("group", "role", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False, organization__isnull=True)
                | Q(country__isnull=True, organization__isnull=False),
                name="group_role_of_exactly_one",
            ),
            models.UniqueConstraint(
                fields=["group", "country"], condition=Q(until__isnull=True), name="one_role_a_country_and_group"
            ),
            models.UniqueConstraint(
                fields=["group", "organization"], condition=Q(until__isnull=True), name="one_role_a_body_and_group"
            ),
        ]
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return f"{self.group_id} {self.role}"

    @property
    def since_date(self) -> PartialDate | None:
        """Its first day, as exactly as it is known."""
        return partial(self.since, self.since_precision)


class Alignment(TrackedModel):
    """That a group works on what a workstream, or a whole pillar, works on; or that the source places it nowhere."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="alignments")
    kind = models.CharField(pgettext_lazy("of an alignment", "place"), max_length=20, choices=AlignmentKind)
    workstream = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aligned_groups",
        verbose_name=_("workstream"),
    )
    pillar = models.ForeignKey(
        Pillar, null=True, blank=True, on_delete=models.PROTECT, related_name="aligned_groups", verbose_name=_("pillar")
    )
    #: The document that somebody here recorded it by; what came with the files says where in `cited_in`.
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )
    cited_in = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("group", "id")
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="workstream", workstream__isnull=False))
                | (Q(kind="pillar", pillar__isnull=False, workstream__isnull=True))
                | Q(kind__in=["not_in_declaration", "not_placed"], workstream__isnull=True, pillar__isnull=True),
                name="alignment_names_what_it_matches",
            ),
            models.UniqueConstraint(fields=["group", "workstream"], name="one_alignment_a_pair"),
        ]
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return f"{self.group_id} {self.kind}"

    @property
    def is_nowhere(self) -> bool:
        """Whether the group has no place in the Declaration, or none is known."""
        return self.kind in {AlignmentKind.NOT_IN_DECLARATION, AlignmentKind.NOT_PLACED}


class Theme(TrackedModel):
    """A topic compared across mechanisms."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    theme_group = models.CharField(max_length=40, blank=True)
    theme_group_note = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    cited_in = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("code",)
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return self.code


class ThemeGroup(TrackedModel):
    """That a working group covers a theme."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="group_links")
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="theme_links")

    class Meta:
        ordering = ("theme", "group")
        constraints = [models.UniqueConstraint(fields=["theme", "group"], name="one_theme_link_a_group")]
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return f"{self.theme_id}/{self.group_id}"
