"""Pages about oneself: profile, consents, one's own data."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people import actions, queries, texts
from bilik.people.forms import EraseForm, ProfileForm
from bilik.people.states import Language, Purpose
from bilik.people.views import SignedIn
from bilik.web.middleware.language import SESSION_KEY


@login_required
@never_cache
def profile(request: SignedIn) -> HttpResponse:
    now = utc_now()
    form = ProfileForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(by=request.user, now=now, person=request.user, **form.cleaned_data)
        request.session[SESSION_KEY] = form.cleaned_data["language"]
        messages.success(request, _("Your profile is saved."))
        return redirect("people:profile")
    context = {
        "form": form,
        "refusal": queries.why_not_learn(request.user, now),
        "renew": queries.consent_due_again(request.user, now),
        "minor": request.user.is_minor(now),
        "roles": queries.roles_of(request.user),
        "wish": queries.second_factor_wish(request.user),
    }
    return render(request, "people/profile.html", context)


@login_required
@never_cache
def consents(request: SignedIn) -> HttpResponse:
    now = utc_now()
    language = request.LANGUAGE_CODE if request.LANGUAGE_CODE in Language.values else "en"
    rows = [
        (row, row.text.title(language), row.text.paragraphs(language)) for row in queries.consents_of(request.user, now)
    ]
    renew = queries.consent_due_again(request.user, now)
    return render(request, "people/consents.html", {"rows": rows, "renew": renew, "language": language})


@login_required
@require_POST
def give_consent(request: SignedIn, purpose: str) -> HttpResponse:
    _known(purpose)
    language = request.POST.get("language", "")
    try:
        actions.give_consent(
            by=request.user,
            now=utc_now(),
            person=request.user,
            purpose=purpose,
            language=language if language in texts.LANGUAGES else "",
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your consent is noted."))
    return redirect("people:consents")


@login_required
def withdraw_consent(request: SignedIn, purpose: str) -> HttpResponse:
    """Learning is asked about once more on its own page; the others end with one press."""
    _known(purpose)
    if request.method != "POST":
        return render(request, "people/withdraw.html", {"purpose": Purpose(purpose)})
    try:
        actions.withdraw_consent(by=request.user, now=utc_now(), person=request.user, purpose=purpose)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your consent is withdrawn."))
    return redirect("people:consents")


@login_required
@never_cache
def my_data(request: SignedIn) -> HttpResponse:
    form = EraseForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_person(
                by=request.user, now=utc_now(), person=request.user, password=form.cleaned_data["password"]
            )
        except Refusal as refusal:
            form.add_error("password", str(refusal))
        else:
            logout(request)
            messages.success(request, _("Your account and everything that points to you are deleted."))
            return redirect("account_login")
    return render(request, "people/my_data.html", {"form": form})


@login_required
@never_cache
@require_POST
def export(request: SignedIn) -> HttpResponse:
    data = actions.export_my_data(by=request.user, now=utc_now(), person=request.user)
    response = HttpResponse(
        json.dumps(data, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="bilik-{request.user.username}.json"'
    return response


def _known(purpose: str) -> None:
    if purpose not in Purpose.values:
        raise Http404
