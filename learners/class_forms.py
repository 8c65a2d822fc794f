"""Forms of classes. They only validate; services change things."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lessons.levels import COURSE_LANGUAGE_CHOICES, CEFRLevel
from schools.models import Classroom, Membership, School, Term
from schools.models.school import MINUTES_OF_A_DAY
from schools.services.classrooms import ClassFields

LINK_DAYS = [(7, _("1 week")), (30, _("1 month")), (120, _("4 months"))]


class ClassForm(forms.ModelForm[Classroom]):
    """What a class is called and how it works; the school's terms are offered."""

    class Meta:
        model = Classroom
        fields = (
            "name", "l2", "level", "term", "learner_minutes_a_day", "late_percent_a_day",
        )  # fmt: skip
        labels = {"name": _("Name of the class"), "l2": _("Language they learn")}
        help_texts = {
            "name": _("As learners know it, such as “Evening English” or “8b”."),
            "learner_minutes_a_day": _("Leave it empty for what the school says."),
            "late_percent_a_day": _("What a day late costs. 0: nothing."),
        }
        error_messages = {"name": {"required": _("Give the class a name.")}}

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._school = school
        term = self.fields["term"]
        if isinstance(term, forms.ModelChoiceField):
            term.queryset = Term.objects.filter(school=school)
            term.empty_label = _("None")
        self.fields["l2"].widget.choices = COURSE_LANGUAGE_CHOICES
        self.fields["level"].widget.choices = [
            ("", _("Mixed")),
            *CEFRLevel.choices,
        ]
        minutes = self.fields["learner_minutes_a_day"]
        minutes.widget.attrs |= {"min": 1, "max": MINUTES_OF_A_DAY}
        self.fields["late_percent_a_day"].widget.attrs |= {"min": 0, "max": 100}
        if not self.instance.pk:
            del self.fields["learner_minutes_a_day"]
            del self.fields["late_percent_a_day"]

    def clean_learner_minutes_a_day(self) -> int | None:
        """Refuse what is no number of minutes of a day."""
        minutes: int | None = self.cleaned_data["learner_minutes_a_day"]
        if minutes is not None and not 1 <= minutes <= MINUTES_OF_A_DAY:
            raise forms.ValidationError(_("From 1 to 1440 minutes, or nothing."))
        return minutes

    def clean_late_percent_a_day(self) -> int:
        """Refuse more than all."""
        percent: int = self.cleaned_data["late_percent_a_day"]
        if percent > 100:
            raise forms.ValidationError(_("At most 100 percent."))
        return percent

    def class_fields(self) -> ClassFields:
        """Return what was entered as the service takes it."""
        return ClassFields(**self.cleaned_data)


class NewClassForm(ClassForm):
    """A class to be made, in one of the schools where they may."""

    school = forms.ModelChoiceField(label=_("School"), queryset=School.objects.none())
    field_order = ("school", "name", "l2", "level", "term")

    def __init__(
        self, *args: Any, schools: QuerySet[School], school: School, **kwargs: Any
    ) -> None:
        super().__init__(*args, school=school, **kwargs)
        field = self.fields["school"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = schools
            field.initial = school
        if len(schools) == 1:
            field.required = False
            field.widget = forms.HiddenInput()
        else:
            # Terms are of one school; it is chosen afterwards, in the settings.
            del self.fields["term"]


class InviteLinkForm(forms.Form):
    """A link and a code to share."""

    days = forms.TypedChoiceField(
        label=_("It works for"), choices=LINK_DAYS, coerce=int, initial=30
    )
    max_uses = forms.IntegerField(
        label=_("For how many people"),
        required=False,
        min_value=1,
        max_value=5000,
        help_text=_("Leave it empty for everybody who has it."),
    )

    def expires_at(self, now: datetime) -> datetime:
        """Return when it ends."""
        return now + timedelta(days=int(self.cleaned_data["days"]))


class InviteMailForm(forms.Form):
    """An invitation by e-mail to one person."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(
        label=_("As"),
        choices=[("LEARNER", _("Learner")), ("TEACHER", _("Co-teacher"))],
        initial="LEARNER",
    )


class TeacherForm(forms.Form):
    """A teacher of the school, by address."""

    email = forms.EmailField(label=_("E-mail address of a teacher of the school"))


class QuotaForm(forms.Form):
    """Minutes of talk a day for one learner."""

    minutes = forms.IntegerField(
        label=_("Minutes of talk a day"),
        required=False,
        min_value=1,
        max_value=MINUTES_OF_A_DAY,
        help_text=_("Leave it empty for what the class says."),
    )


class MoveForm(forms.Form):
    """Another open class of the school."""

    to = forms.ModelChoiceField(
        label=_("Class"),
        queryset=Classroom.objects.none(),
        to_field_name="uuid",
        empty_label=_("Choose…"),
    )

    def __init__(self, *args: Any, classes: QuerySet[Classroom], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = classes


class GroupForm(forms.Form):
    """A group: its name and who is in it."""

    name = forms.CharField(label=_("Name of the group"), max_length=60)
    learners = forms.MultipleChoiceField(
        label=_("Who is in it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["learners"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = people


class GuardianForm(forms.Form):
    """A grown-up who answers for a minor."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail address"))


class MinorForm(forms.Form):
    """Whether a learner is a minor."""

    is_minor = forms.TypedChoiceField(
        label=_("Under age"),
        required=False,
        choices=[
            ("", _("As the school says of its learners")),
            ("1", _("Yes")),
            ("0", _("No")),
        ],
        coerce=lambda value: value == "1",
        empty_value=None,
    )


class RoleForm(forms.Form):
    """What somebody is in a school."""

    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)


class CodeForm(forms.Form):
    """The code of a class, as a teacher reads it out."""

    code = forms.CharField(
        label=_("Code of your class"),
        max_length=40,
        error_messages={"required": _("Type the code that your teacher gave you.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
    )


class ImportForm(forms.Form):
    """A file with learners."""

    file = forms.FileField(
        label=_("Your list"),
        help_text=_("CSV or Excel (.xlsx), up to 10,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file with your learners.")},
    )


class ConfirmImportForm(forms.Form):
    """What is decided when a list is taken in."""

    sends_mails = forms.BooleanField(
        label=_("Send everybody new a mail to choose a password"), required=False
    )
    skips_faulty = forms.BooleanField(
        label=_("Leave the faulty rows out"), required=False
    )
    moves = forms.TypedChoiceField(
        label=_("Who is in another class"),
        choices=[("0", _("Stays there, too")), ("1", _("Leaves it"))],
        coerce=lambda value: value == "1",
        empty_value=None,
        initial="0",
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_moves(self) -> bool:
        """Return False where it was not asked."""
        return bool(self.cleaned_data["moves"])
