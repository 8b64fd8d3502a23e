"""Form fields for what people type or choose. They keep the input as typed and refuse in the words of the house."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import language_of
from commitments.formats.numbers import bare_number
from commitments.intake.files import ACCEPT, CheckedFile, RefusedFile, read_upload
from commitments.intake.numbers import MOST_DIGITS, MOST_PLACES, NumberProblem, ReadNumber, read_number
from commitments.intake.text import BadText, TextProblem, clean_name, clean_prose

StrOrPromise = str | Promise


class FigureField(forms.CharField):
    """A figure as people type it; cleans to a Decimal, or to None when it may be empty and is.

    `unit` is the word for what is counted; without one it is people, and the sentences say so. Another unit stands in
    brackets, so that no preposition hangs on it. `places` is how many decimals the thing counted may have.
    Errors carry the codes required, not_a_number, ambiguous (with both `candidates`), too_long, too_precise, too_low.
    """

    default_error_messages = {
        "required": _("Enter the number of people"),
        "not_a_number": _("Enter the number of people using digits only, for example 44900"),
        # Translators: what was typed, then two readings: "You wrote 4.000. Choose 4 thousand or 4"
        "ambiguous_thousand": _("You wrote %(typed)s. Choose %(thousands)s thousand or %(plain)s"),
        # Translators: what was typed, then two readings: "You wrote 44.950. Choose 44950 or 44.95"
        "ambiguous": _("You wrote %(typed)s. Choose %(whole)s or %(plain)s"),
        "too_long": _("The figure may have at most %(digits)d digits"),
        "whole": _("Enter a whole number, without decimals"),
        "too_precise": ngettext_lazy(
            "The figure may have at most %(places)d decimal",
            "The figure may have at most %(places)d decimals",
            "places",
        ),
        "too_low": _("Enter %(least)s or a higher number"),
    }
    unit_messages = {
        "required": _("Enter the figure (%(unit)s)"),
        "not_a_number": _("Enter the figure (%(unit)s) using digits only, for example 44900"),
    }

    def __init__(
        self, *, unit: StrOrPromise = "", places: int = 0, least: Decimal | int | None = None, **kwargs: Any
    ) -> None:
        self.unit = unit
        self.places = min(places, MOST_PLACES)
        self.least = least
        super().__init__(**kwargs)
        if unit:
            own = kwargs.get("error_messages") or {}
            self.error_messages |= {code: text for code, text in self.unit_messages.items() if code not in own}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A keyboard of digits on a telephone; nothing filled in by the browser."""
        mode = "decimal" if self.places else "numeric"
        return {**super().widget_attrs(widget), "inputmode": mode, "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """A stored figure as somebody would type it, never ambiguous when it comes back; typed text as it is."""
        return bare_number(value, _language()) if isinstance(value, Decimal | int) else value

    def clean(self, value: Any) -> Any:
        """The Decimal. Raises ValidationError."""
        typed = value.strip() if isinstance(value, str) else ""
        read = read_number(typed, _language(), self.places)
        if read.problem is NumberProblem.EMPTY and not self.required:
            return None
        if read.problem is not None:
            raise self._refusal(read.problem)
        if read.value is None:
            raise self._question(typed, read)
        return self.at_least(read.value)

    def at_least(self, value: Decimal) -> Decimal:
        """A figure as it is, held to the least one that makes sense. Raises ValidationError."""
        if self.least is not None and value < self.least:
            raise self._error("too_low", least=bare_number(self.least, _language()))
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare figures, not their writing: 44,900 over 44900 is no change."""
        if isinstance(initial, Decimal | int) and isinstance(data, str):
            return read_number(data, _language(), self.places).value != initial
        return super().has_changed(initial, data)

    def _refusal(self, problem: NumberProblem) -> ValidationError:
        if problem is NumberProblem.EMPTY:
            return self._error("required")
        if problem is NumberProblem.TOO_LONG:
            return self._error("too_long", digits=MOST_DIGITS)
        if problem is NumberProblem.TOO_PRECISE:
            message = "too_precise" if self.places else "whole"
            return self._error("too_precise", message, places=self.places)
        return self._error("not_a_number")

    def _question(self, typed: str, read: ReadNumber) -> ValidationError:
        whole, plain = read.candidates
        language = _language()
        in_thousands = whole % 1000 == 0
        return self._error(
            "ambiguous",
            "ambiguous_thousand" if in_thousands else "ambiguous",
            typed=typed,
            thousands=bare_number(whole // 1000, language),
            whole=bare_number(whole, language),
            plain=bare_number(plain, language),
            candidates=read.candidates,
        )

    def _error(self, code: str, message: str = "", **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[message or code], code=code, params={"unit": self.unit, **params})


class NameField(forms.CharField):
    """A text of one line, without hidden characters. No maxlength: a browser would cut a pasted text without a word."""

    default_error_messages = {
        TextProblem.HIDDEN.value: _("This text holds characters that cannot be seen. Type it here again"),
        TextProblem.TOO_LONG.value: _("Use at most %(longest)d characters. There are %(length)d now"),
    }

    def __init__(self, *, longest: int = 200, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The text in its one form. Raises ValidationError."""
        if value in self.empty_values:
            return ""
        try:
            return self.cleaned(str(value))
        except BadText as bad:
            code = bad.problem.value
            params = {"longest": self.longest, "length": bad.length}
            raise ValidationError(self.error_messages[code], code=code, params=params) from bad

    def cleaned(self, text: str) -> str:
        """The text in its one form. Raises BadText."""
        return clean_name(text, self.longest)


class ProseField(NameField):
    """A text of several lines."""

    widget = forms.Textarea

    def __init__(self, *, longest: int = 4000, **kwargs: Any) -> None:
        super().__init__(longest=longest, **kwargs)

    def cleaned(self, text: str) -> str:
        """The text in its one form. Raises BadText."""
        return clean_prose(text, self.longest)


class AddressField(forms.URLField):
    """The address of a page or document on the web. No maxlength: a browser would cut it to the address of another."""

    default_error_messages = {
        **NameField.default_error_messages,
        "invalid": _("Enter the whole address, for example https://www.example.org/report"),
    }

    def __init__(self, *, longest: int = 1000, **kwargs: Any) -> None:
        self.line = NameField(longest=longest)
        super().__init__(assume_scheme="https", **kwargs)

    def to_python(self, value: Any) -> Any:
        """The address, with its scheme. Raises ValidationError."""
        return super().to_python(self.line.to_python(value))


class MailField(forms.EmailField):
    """An e-mail address."""

    default_error_messages = {
        **NameField.default_error_messages,
        "required": _("Enter the e-mail address"),
        "invalid": _("Enter an e-mail address in the form name@example.org"),
    }

    def __init__(self, **kwargs: Any) -> None:
        self.line = NameField(longest=254)
        super().__init__(max_length=None, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The address. Raises ValidationError."""
        return super().to_python(self.line.to_python(value))


CHOOSE: dict[str, Any] = {
    "required": _("Choose from the list"),
    "invalid_choice": _("Choose from the list again. What was chosen is no longer in it"),
}


class ChoiceField(forms.ChoiceField):
    """One of several answers."""

    default_error_messages = CHOOSE


class ManyChoicesField(forms.MultipleChoiceField):
    """Some of several answers."""

    default_error_messages = {**CHOOSE, "invalid_list": CHOOSE["invalid_choice"]}


class RowField(forms.ModelChoiceField):
    """One of the records that are offered."""

    default_error_messages = CHOOSE

    def validate_no_null_characters(self, value: Any) -> None:
        """No record is known by such a value. Raises ValidationError."""
        if "\x00" in str(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class UploadField(forms.FileField):
    """A document that somebody adds; cleans to a CheckedFile, or to None where none was chosen and none is needed.

    The sentence of a refusal is made in the reader's language; its code is the reason (`Refusal`).
    """

    widget = forms.FileInput
    default_error_messages = {"required": _("Choose a file")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The file dialogue shows what may enter."""
        return {**super().widget_attrs(widget), "accept": ACCEPT}

    def clean(self, value: Any, initial: Any = None) -> CheckedFile | None:
        """The checked file. Raises ValidationError."""
        if not value:
            if self.required and not initial:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            return read_upload(value)
        except RefusedFile as refused:
            raise ValidationError(refused.sentence.replace("%", "%%"), code=refused.code.value) from refused


def _language() -> str:
    return language_of(get_language())
