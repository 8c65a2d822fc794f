"""Forms about personal data. They only validate; services change things."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

REASON_MAX_CHARS = 300
_ANSWERS = [("yes", _("Yes, I agree")), ("no", _("No"))]


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also if it is nothing; None where the page is only shown."""
    return request.POST if request.method == "POST" else None


def erase_word() -> str:
    """Return the word that has to be typed, in the language of the page."""
    return pgettext("typed to confirm", "delete")


class EraseForm(forms.Form):
    """That an account shall go."""

    word = forms.CharField(
        label=_("Type the word"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={
            "required": _("Type the word, so that nobody does it by mistake.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"].label = gettext("Type “%(word)s”") % {"word": erase_word()}

    def clean_word(self) -> str:
        """Refuse any other word; case and spaces around do not count."""
        word: str = self.cleaned_data["word"].strip()
        if word.casefold() != erase_word().casefold():
            raise forms.ValidationError(
                gettext("Type “%(word)s” exactly.") % {"word": erase_word()}
            )
        return word


class ReasonForm(forms.Form):
    """Why somebody of the staff takes or erases a person's data."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_MAX_CHARS,
        help_text=_("It is written into the audit log. No names, please."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Say why. Whoever looks at the log wants to know.")
        },
    )


class EraseWithReasonForm(ReasonForm, EraseForm):
    """The same, for erasing."""

    field_order = ("reason", "word")


class GuardianForm(forms.Form):
    """What a guardian says about both purposes."""

    is_guardian = forms.BooleanField(
        error_messages={
            "required": _(
                "Only a parent or legal guardian can answer. Tick the box if you are one."
            )
        },
    )
    store_voice = forms.ChoiceField(
        label=_("Keep recordings of the voice?"),
        choices=_ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    research = forms.ChoiceField(
        label=_("Use recordings and texts for research?"),
        choices=_ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )

    def __init__(
        self, *args: Any, name: str, is_confirmed: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_confirmed:
            del self.fields["is_guardian"]
        else:
            self.fields["is_guardian"].label = gettext(
                "I am a parent or the legal guardian of %(name)s."
            ) % {"name": name}

    def answer(self, field: str) -> bool:
        """Return whether they agree."""
        return bool(self.cleaned_data[field] == "yes")
