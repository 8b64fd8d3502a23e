"""Why something is taken off the site: a reason that everybody reads, looked at twice like all that is published."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.intake.fields import ProseField
from commitments.reporting.forms.review import LookedForm


class WithdrawForm(LookedForm):
    """The public reason; it must not repeat what is withdrawn."""

    reason = ProseField(
        label=_("Why is it withdrawn?"),
        help_text=_("Published in its place. Do not repeat what is withdrawn: “It held the name of a person.”"),
        longest=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why; the reason is public")},
    )
    own_texts = ("reason",)
