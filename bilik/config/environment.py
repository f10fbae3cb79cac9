"""Every setting that a deployment can change, in one table: the environment is the only place they come from.

`docs/settings.md` is printed from this table and a test keeps the two equal.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo


class BadSetting(Exception):
    """A setting's value cannot be used; the message names the variable and says what it takes."""


def _yes_or_no(text: str) -> bool:
    if text.lower() in {"1", "yes", "true", "on"}:
        return True
    if text.lower() in {"", "0", "no", "false", "off"}:
        return False
    raise ValueError("takes 1 or 0")


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _proxies(text: str) -> int | None:
    return _count(text) if text else None


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError("takes a whole number, 0 or more")
    return int(text)


def _positive(text: str) -> int:
    number = _count(text)
    if number < 1:
        raise ValueError("takes a whole number, 1 or more")
    return number


def _level(text: str) -> str:
    if text not in LEVELS:
        raise ValueError(f"takes {', '.join(LEVELS)}")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("takes a name from the time zone database, such as Asia/Tashkent") from None
    return text


def _mail_address(text: str) -> str:
    if text:
        _address(text, ("smtp",), "smtp://user:password@host:587")
    return text


def _database_address(text: str) -> str:
    if text:
        _address(text, ("postgres", "postgresql"), "postgresql://user:password@host/name")
    return text


def _address(text: str, schemes: tuple[str, ...], example: str) -> None:
    try:
        parts = urlsplit(text)
        known = parts.scheme in schemes and (parts.port or True)
    except ValueError:
        known = False
    if not known:
        raise ValueError(f"takes an address such as {example}, or nothing")


ROLES = ("learner", "trainer", "centre_manager", "programme_manager", "organiser", "employer", "administrator")


def _roles(text: str) -> list[str]:
    names = _names(text)
    if unknown := [name for name in names if name not in ROLES]:
        raise ValueError(f"knows no role {', '.join(unknown)}; there are {', '.join(ROLES)}")
    return names


@dataclass(frozen=True)
class OidcProvider:
    """Somebody who signs people in for us, by OpenID Connect. `server` is the issuer's address."""

    id: str
    name: str
    server: str
    client_id: str
    secret: str


_OIDC_EXAMPLE = '[{"id": "edu", "name": "e-School", "server": "https://…", "client_id": "…", "secret": "…"}]'
# Without a certificate only this machine is trusted: a test's provider.
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _oidc(text: str) -> list[OidcProvider]:
    try:
        rows = json.loads(text or "[]")
        providers = [OidcProvider(**row) for row in rows if isinstance(rows, list)]
    except (ValueError, TypeError):
        rows = None
    if not isinstance(rows, list):
        raise ValueError(f"takes a JSON list such as {_OIDC_EXAMPLE}") from None
    for one in providers:
        if not all(isinstance(value, str) and value for value in vars(one).values()):
            raise ValueError("needs id, name, server, client_id and secret of each provider, all of them text")
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,29}", one.id):
            raise ValueError(f"the id {one.id!r} is written with a to z, digits and hyphens, 30 at most")
        parts = urlsplit(one.server)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise ValueError(f"the server of {one.id} has to be reached by https")
    if len({one.id for one in providers}) < len(providers):
        raise ValueError("two providers have the same id")
    return providers


@dataclass(frozen=True)
class Setting:
    """One environment variable: how it is read, what it is without one, and a sentence on what it does."""

    name: str
    read: Callable[[str], Any]
    default: str
    about: str


LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SETTINGS = (
    Setting(
        "BILIK_SECRET_KEY", str, "", "Signs sessions and links. Without it one is made and kept in the data folder."
    ),
    Setting(
        "BILIK_OLD_SECRET_KEYS",
        _names,
        "",
        "Earlier secret keys, with commas between: what was signed or encrypted with them stays readable.",
    ),
    Setting(
        "BILIK_DEBUG", _yes_or_no, "0", "1 shows error details in the browser. Never on a machine others can reach."
    ),
    Setting("BILIK_DEMO", _yes_or_no, "0", "1 shows sign-in cards for the example people. Only for a demonstration."),
    Setting("BILIK_DATA", Path, "var", "Folder for the database, uploads and the secret key."),
    Setting(
        "BILIK_HOSTS", _names, "localhost,127.0.0.1,[::1]", "Host names the server answers to, with commas between."
    ),
    Setting("BILIK_ORIGINS", _names, "", "Full origins behind a proxy, for instance https://bilik.example.org."),
    Setting(
        "BILIK_PROXIES",
        _proxies,
        "",
        "How many web servers of ours stand before this one and add to X-Forwarded-For: tries are counted by the "
        "address that the first of them saw. Without it 1 with BILIK_HTTPS, else 0.",
    ),
    Setting("BILIK_HTTPS", _yes_or_no, "0", "1 when people reach the server by https: secure cookies and HSTS."),
    Setting(
        "DATABASE_URL",
        _database_address,
        "",
        "postgresql://user:password@host/name. Without it SQLite in the data folder.",
    ),
    Setting("BILIK_TIME_ZONE", _zone, "Asia/Baku", "The academy's time zone; inside all times are UTC."),
    Setting("BILIK_WEB_PROCESSES", _count, "1", "Web server processes."),
    Setting("BILIK_WEB_THREADS", _count, "4", "Threads in each web server process."),
    Setting("BILIK_RUNNERS", _count, "0", "Programs checked at once by each process; 0 is one for each core."),
    Setting("BILIK_RUNNER_WAIT_MS", _count, "250", "How long a code answer waits for a free runner before it queues."),
    Setting(
        "BILIK_LEARNER_LIBRARIES",
        Path,
        ".learner",
        "Folder with numpy, pandas and scikit-learn for learners' programs.",
    ),
    Setting(
        "BILIK_BROWSER_PYTHON",
        Path,
        ".browser-python",
        "Folder with Python for browsers. Without it programs are tried out on the server alone.",
    ),
    Setting("BILIK_SANDBOX_WITHOUT", str, "", "Sandbox mechanisms to leave out (pen, landlock), to try the fallback."),
    Setting(
        "BILIK_MAIL_URL", _mail_address, "", "smtp://user:password@host:587. Without it mail is written to the log."
    ),
    Setting("BILIK_MAIL_FROM", str, "bilik@localhost", "Sender of mail."),
    Setting(
        "BILIK_SECOND_FACTOR_ASKED",
        _roles,
        "administrator,programme_manager",
        "Roles whose people are asked, on every visit, to set up a second factor.",
    ),
    Setting(
        "BILIK_SECOND_FACTOR_REQUIRED",
        _roles,
        "",
        "Roles whose people can do nothing else before they have a second factor.",
    ),
    Setting(
        "BILIK_API_CALLS_A_MINUTE",
        _positive,
        "120",
        "How often each token may call the interface for programs in a minute, counted by each web process.",
    ),
    Setting(
        "BILIK_OIDC",
        _oidc,
        "",
        f"Sign-in by OpenID Connect, as JSON: `{_OIDC_EXAMPLE}`. `server` is the issuer's address.",
    ),
    Setting("BILIK_LOG_LEVEL", _level, "INFO", "DEBUG, INFO, WARNING, ERROR or CRITICAL."),
)


def read_environment(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """All settings by name, read from `environ` (the process's own by default).

    Raises BadSetting for a value that cannot be used and for a `BILIK_` variable that does not exist,
    which is nearly always a slip of the pen.
    """
    environ = os.environ if environ is None else environ
    known = {setting.name for setting in SETTINGS}
    for name in environ:
        if name.startswith("BILIK_") and name not in known:
            raise BadSetting(f"{name} is not a setting. docs/settings.md lists them all.")
    values = {}
    for setting in SETTINGS:
        text = environ.get(setting.name, setting.default)
        try:
            values[setting.name] = setting.read(text)
        except ValueError as error:
            # An address may hold a password, a provider a secret, and messages end in logs.
            shown = "…" if "URL" in setting.name or setting.name == "BILIK_OIDC" else repr(text)
            raise BadSetting(f"{setting.name}={shown}: {error}. {setting.about}") from None
    return values


def settings_page() -> str:
    """The text of docs/settings.md."""
    rows = "\n".join(f"| `{s.name}` | {('`' + s.default + '`') if s.default else '–'} | {s.about} |" for s in SETTINGS)
    return (
        "# Settings\n\nEverything comes from the environment. An unknown `BILIK_` variable is refused at the start.\n\n"
        "| variable | default | what it does |\n|---|---|---|\n" + rows + "\n"
    )
