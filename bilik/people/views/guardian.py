"""Asking a guardian (signed in), and answering as one (with the address and the code of a letter)."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bilik.kit.clock import utc_now
from bilik.kit.errors import Refusal
from bilik.people import actions, queries, rules, texts
from bilik.people.forms import AgreeForm, GuardianForm
from bilik.people.letters import send_guardian_letter
from bilik.people.models import Guardian
from bilik.people.states import Channel, Language, Purpose
from bilik.people.views import SignedIn

# Every try is also counted in the link itself (rules.WRONG_CODES); this keeps one address from
# trying many links.
TRIES = {"guardian": "20/m/ip,100/h/ip"}


@login_required
@never_cache
def ask(request: SignedIn) -> HttpResponse:
    now = utc_now()
    if not request.user.is_minor(now):
        return redirect("people:profile")
    form = GuardianForm(request.POST or None, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        channel = Channel.WEB if data["contact"] else Channel.PAPER
        try:
            guardian, code = actions.request_guardian(
                by=request.user, now=now, person=request.user, channel=channel, **data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _letter(request, guardian, code)
    context = {"form": form, "link": queries.guardian_link_of(request.user), "now": now}
    return render(request, "people/guardian.html", context)


def _letter(request: HttpRequest, guardian: Guardian, code: str) -> HttpResponse:
    """By e-mail the code goes to the guardian alone; on paper this page is the letter."""
    address = request.build_absolute_uri(reverse("people:agree", args=[guardian.token]))
    if guardian.contact:
        if send_guardian_letter(guardian=guardian, code=code, address=address):
            messages.success(request, _("The letter is on its way."))
        else:
            messages.error(
                request, _("The letter could not be sent. Ask again and leave the e-mail empty to print it.")
            )
        return redirect("people:guardian")
    with translation.override(guardian.language):
        context = {
            "guardian": guardian,
            "child": guardian.minor.display_name,
            "code": code,
            "address": address,
            "paragraphs": texts.current_text(Purpose.LEARNING).paragraphs(guardian.language),
        }
        return render(request, "people/guardian_letter.html", context)


@never_cache
@sensitive_post_parameters("code")
def agree(request: HttpRequest, token: str) -> HttpResponse:
    guardian = queries.guardian_by_token(token)
    if guardian is None:
        raise Http404
    asked = request.GET.get("in", guardian.language)
    language = asked if asked in Language.values else guardian.language
    with translation.override(language):
        limited = ratelimit.consume_or_429(request, app="allauth.account", action="guardian", config=TRIES)
        return limited or _agree(request, guardian, language)


def _agree(request: HttpRequest, guardian: Guardian, language: str) -> HttpResponse:
    form = AgreeForm(request.POST or None, language=language)
    back, status = "", 200
    if request.method == "POST" and form.is_valid():
        try:
            back = _answer(request.POST.get("answer", ""), guardian, form, language)
            guardian.refresh_from_db()
        except Refusal as refusal:
            form.add_error("code", str(refusal))
            status = refusal.status
    text = texts.current_text(Purpose.LEARNING)
    context = {
        "guardian": guardian,
        "child": guardian.minor.display_name,
        "form": form,
        "back": back,
        "title": text.title(language),
        "paragraphs": text.paragraphs(language),
        "refusal": rules.why_not_answer_link(guardian, guardian.minor, utc_now()),
        "languages": Language.choices,
        "told": queries.may_be_told(guardian, utc_now()),
    }
    return render(request, "people/agree.html", context, status=status)


def _answer(answer: str, guardian: Guardian, form: AgreeForm, language: str) -> str:
    """Carries out what the guardian chose; returns the second code when they agreed."""
    code, now = form.cleaned_data["code"], utc_now()
    if answer == "agree":
        return actions.confirm_guardian(now=now, guardian=guardian, code=code, language=language, also=form.also)
    if answer == "refuse":
        actions.refuse_guardian(now=now, guardian=guardian, code=code)
    elif answer == "withdraw":
        actions.withdraw_guardian(now=now, guardian=guardian, code=code)
    return ""
