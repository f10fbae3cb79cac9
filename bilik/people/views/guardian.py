"""Asking a guardian (signed in), and answering as one (with the address and the code of a letter)."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.core.internal import ratelimit
from django.conf import settings
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
from bilik.people.forms import AgreeForm, GuardianForm, LetterForm
from bilik.people.letters import send_guardian_letter
from bilik.people.models import Guardian
from bilik.people.states import Channel, GuardianState, Language, Purpose
from bilik.people.views import SignedIn
from bilik.web.middleware.language import offered
from bilik.web.qr import qr_code
from bilik.web.views import remember_language

# Every try is also counted in the link itself (rules.WRONG_CODES); this keeps one address from
# trying many links.
TRIES = {"guardian": "20/m/ip,100/h/ip"}
SHOWN = "guardian_shown"
SHOWN_FOR = timedelta(minutes=15)


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
            "qr": qr_code(address),
        }
        return render(request, "people/guardian_letter.html", context)


@never_cache
def letter(request: HttpRequest) -> HttpResponse:
    """For somebody with a letter in the hand and the academy's front page on the phone."""
    limited = ratelimit.consume_or_429(request, app="allauth.account", action="guardian", config=TRIES)
    if limited:
        return limited
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        guardian = queries.guardian_by_token(form.cleaned_data["letter"])
        if guardian is not None:
            return redirect("people:agree", guardian.token)
        form.add_error("letter", _("There is no such letter. Please compare it with the paper once more."))
    return render(request, "people/letter.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("code")
def agree(request: HttpRequest, token: str) -> HttpResponse:
    guardian = queries.guardian_by_token(token)
    if guardian is None:
        raise Http404
    if (asked := offered(request.GET.get("in"))) is not None:
        return _in_language(request, asked)
    # The letter's language, until somebody chooses another one on this browser.
    language = offered(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)) or guardian.language
    with translation.override(language):
        limited = ratelimit.consume_or_429(request, app="allauth.account", action="guardian", config=TRIES)
        return limited or _agree(request, guardian, language)


def _in_language(request: HttpRequest, language: str) -> HttpResponse:
    """Back to the same page in a language, kept as the switch at the foot of every page keeps it."""
    response = redirect(request.path)
    remember_language(response, language)
    return response


def _agree(request: HttpRequest, guardian: Guardian, language: str) -> HttpResponse:
    now, form = utc_now(), AgreeForm(request.POST or None, language=language)
    back, status = "", 200
    if request.method == "POST" and request.POST.get("answer") == "close":
        request.session.pop(SHOWN, None)
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        try:
            back = _answer(request, guardian, form, language)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
            status = refusal.status
        else:
            if request.POST.get("answer") == "look":
                return redirect(request.path)
            guardian.refresh_from_db()
    elif request.method == "POST":
        status = 422
    text = texts.current_text(Purpose.LEARNING)
    known = guardian.state == GuardianState.CONFIRMED and _was_shown(request, guardian, now)
    context = {
        "guardian": guardian,
        "child": guardian.minor.display_name,
        "form": form,
        "back": back,
        "title": text.title(language),
        "paragraphs": text.paragraphs(language),
        "refusal": rules.why_not_answer_link(guardian, guardian.minor, now),
        "languages": Language.choices,
        "told": queries.may_be_told(guardian, now),
        "known": known,
        "consents": _given(guardian, language, now) if known else [],
    }
    return render(request, "people/agree.html", context, status=status)


def _given(guardian: Guardian, language: str, now: datetime) -> list[tuple[queries.ConsentRow, str]]:
    rows = queries.consents_of(guardian.minor, now)
    return [(row, row.text.title(language)) for row in rows if row.given]


def _answer(request: HttpRequest, guardian: Guardian, form: AgreeForm, language: str) -> str:
    """Carries out what the guardian chose; returns the second code when they agreed."""
    answer, code, now = request.POST.get("answer", ""), form.cleaned_data["code"], utc_now()
    back = ""
    if answer == "agree":
        back = actions.confirm_guardian(now=now, guardian=guardian, code=code, language=language, also=form.also)
    elif answer == "look":
        actions.look_as_guardian(now=now, guardian=guardian, code=code)
    elif answer == "refuse":
        actions.refuse_guardian(now=now, guardian=guardian, code=code)
    elif answer == "withdraw":
        actions.withdraw_guardian(now=now, guardian=guardian, code=code)
    if answer in ("agree", "look"):
        request.session[SHOWN] = {"letter": guardian.token, "until": (now + SHOWN_FOR).isoformat()}
    else:
        request.session.pop(SHOWN, None)
    return back


def _was_shown(request: HttpRequest, guardian: Guardian, now: datetime) -> bool:
    """Whether this browser showed the guardian's code a short while ago. Phones are lent: a quarter of an hour."""
    shown = request.session.get(SHOWN) or {}
    return shown.get("letter") == guardian.token and now < datetime.fromisoformat(shown["until"])
