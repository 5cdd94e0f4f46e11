"""Forms of people's pages. They check shapes; whether it is allowed now, the acts say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from .models import Organisation, Person, Role, Team, Worker, time_zones
from .rules.languages import is_language, languages


class TimeZoneField(forms.ChoiceField):
    def __init__(self, **said: Any):
        super().__init__(
            label=_("Time zone"), choices=[(name, name.replace("_", " ")) for name in time_zones()], **said
        )


class LanguagesField(forms.MultipleChoiceField):
    """Languages from a list by name; as their codes. What stands on a record already can be kept, and is told what it is."""

    def __init__(self, *, spoken: Sequence[str] = (), **said: Any):
        known = [(code, f"{name} ({code})") for code, name in languages()]
        codes = {code for code, _name in known}
        own = [
            (each, each if is_language(each) else _("%(said)s: no code, so no queue finds it") % {"said": each})
            for each in spoken
            if each not in codes
        ]
        first = [each for each in known if each[0] in spoken]
        rest = [each for each in known if each[0] not in spoken]
        super().__init__(
            label=_("Languages"),
            required=False,
            # What she speaks stands first: nobody looks for it among two hundred.
            choices=[*own, *first, *rest],
            # A box each: in a list of many, one plain click would take all the others away.
            widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}),
            help_text=_("Those she decides in; hers stand first. The browser’s search finds one by its name."),
            **said,
        )


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)


class SiteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Mostly the town."))
    time_zone = TimeZoneField(initial="UTC")


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)


class TeamField(forms.ModelChoiceField[Team]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.site.name} – {obj.name}"


class AccountField(forms.ModelChoiceField[Person]):
    """One of an organisation's open accounts that have no worker's record yet."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Account"),
            queryset=Person.objects.none(),
            required=False,
            empty_label=_("None"),
            help_text=_("By which she logs in and decides."),
        )

    def offer(self, accounts: QuerySet[Person], *, present: Person | None = None) -> None:
        """Offer these accounts, and the one that she has."""
        free = Q(worker=None, is_active=True)
        hers = Q(pk=present.pk) if present is not None else Q()
        self.queryset = accounts.filter(free | hers if hers else free).order_by("name", "email")

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.email})"


class _WorkerFields(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    team = TeamField(label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("None"))
    languages = LanguagesField()

    def __init__(self, *args: Any, organisation: Organisation, **said: Any):
        super().__init__(*args, **said)
        if spoken := (said.get("initial") or {}).get("languages"):
            self.fields["languages"] = LanguagesField(spoken=spoken)
        teams = Team.objects.filter(site__organisation=organisation).select_related("site")
        self.fields["team"].queryset = teams.order_by("site__name", "name")  # type: ignore[attr-defined]


class WorkerCodeForm(_WorkerFields):
    code = forms.CharField(
        label=_("Code"), max_length=64, help_text=_("As it stands in the organisation's own lists and in imports.")
    )
    started_on = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order: Sequence[str] = ("code", "name", "team", "languages", "started_on")


class WorkerForm(WorkerCodeForm):
    person = AccountField()

    field_order = ("code", "name", "team", "person", "languages", "started_on")

    def __init__(self, *args: Any, accounts: QuerySet[Person], **said: Any):
        super().__init__(*args, **said)
        self.fields["person"].offer(accounts)  # type: ignore[attr-defined]


class WorkerChangeForm(_WorkerFields):
    pass


class LinkForm(forms.Form):
    """Whose account a worker's record belongs to."""

    person = AccountField()

    def __init__(self, data: Any, *, accounts: QuerySet[Person], present: Person | None = None):
        super().__init__(data, initial={"person": present.pk if present else None})
        self.fields["person"].offer(accounts, present=present)  # type: ignore[attr-defined]


class SkillForm(forms.Form):
    skill = forms.CharField(label=_("Skill"), max_length=80)
    since = forms.DateField(label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class LeavingForm(forms.Form):
    left_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ErasureForm(forms.Form):
    """`code` is typed again: what is erased cannot be brought back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("It stands in the trail for ever: name nobody in it.")
    )
    code = forms.CharField(label=_("Her code, typed again"), max_length=64)

    def __init__(self, *args: Any, worker: Worker, **said: Any) -> None:
        super().__init__(*args, **said)
        self._worker = worker

    def clean_code(self) -> str:
        said: str = self.cleaned_data["code"]
        if said.strip() != self._worker.code:
            raise forms.ValidationError(_("This is not her code."))
        return said

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said.pop("code", None)
        return said


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("Mail address"), help_text=_("She logs in by it; a link to set a password is mailed to it.")
    )
    time_zone = TimeZoneField(initial="UTC")


class GrantForm(forms.Form):
    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.all(), empty_label=None)
    where = forms.ChoiceField(label=_("Where"))
    until = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("The first day on which it no longer holds; empty: until it is ended."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, places: Iterable[tuple[Any, Any]], **said: Any):
        super().__init__(*args, **said)
        self.fields["where"].choices = list(places)  # type: ignore[attr-defined]


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)
    time_zone = TimeZoneField(help_text=_("Times on pages are shown in it."))
    theme = forms.ChoiceField(label=_("Theme"), choices=Person.THEMES)
    density = forms.ChoiceField(label=_("Density"), choices=Person.DENSITIES)


class TokenForm(forms.Form):
    DAYS = ((30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("One year")))

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What it is for, so that you know it later."))
    days = forms.TypedChoiceField(label=_("Valid for"), choices=DAYS, coerce=int, initial=90)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most what you may do yourself, at the moment it is used."),
    )

    def __init__(self, *args: Any, offered: Iterable[tuple[str, Any]], **said: Any):
        super().__init__(*args, **said)
        self.fields["scopes"].choices = list(offered)  # type: ignore[attr-defined]
