"""The catalogues are whole, and Django finds in them what the templates ask for."""

from __future__ import annotations

import itertools
import re
import shutil

import pytest
from django.template import engines
from django.template.base import Variable
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation
from django.utils.translation import gettext, ngettext

from bilik.config.commands import messages


def shapes(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def copy_to(folder):
    for found in (messages.ROOT / "locale", *messages.ROOT.glob("*/locale")):
        shutil.copytree(found, folder / found.relative_to(messages.ROOT), ignore=shutil.ignore_patterns("*.mo"))
    return folder


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the catalogues on which the commands may work."""
    monkeypatch.setattr(messages, "KEPT", copy_to(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def compiled_once(tmp_path_factory):
    """A copy that is compiled and changed no more."""
    folder = copy_to(tmp_path_factory.mktemp("compiled"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(messages, "KEPT", folder)
        assert messages.compile_all() == len(messages.TRANSLATED) * len(messages.homes())
    return folder


@pytest.fixture
def compiled(compiled_once, settings):
    """Django reads the compiled copy, and no other of ours."""
    settings.LOCALE_PATHS = [compiled_once / home / "locale" for home in messages.homes()]


def all_catalogues(language):
    return [messages._read(home, language) for home in messages.homes()]


def test_every_sentence_is_translated_with_its_places():
    assert messages.missing() == []


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_nothing_is_in_doubt_or_left_over(language):
    for home, found in messages.sentences_by_home().items():
        catalogue = messages._read(home, language)
        assert [message.id for message in catalogue if message.fuzzy and message.id] == []
        assert not catalogue.obsolete
        assert {(one.id, one.context) for one in catalogue} == {(one.id, one.context) for one in found}


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_every_sentence_has_all_plural_forms(language):
    for catalogue in all_catalogues(language):
        assert catalogue.num_plurals == (3 if language == "ru" else 2)
        for message in catalogue:
            assert len(shapes(message)) == (catalogue.num_plurals if message.pluralizable else 1)


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_a_translation_keeps_its_ends_and_its_letters(language):
    """Spaces and new lines at the ends, and no apostrophe where Uzbek has letters of its own."""
    for message in itertools.chain(*all_catalogues(language)):
        for form in shapes(message) if message.id else ():
            assert form == form.strip()
            if language == "uz":
                assert not {"'", "\u2018", "\u2019", "`"} & set(form.replace("`bilik ", "").replace("`", ""))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("%(n)s of %(m)s", "%(m)s / %(n)s", True),
        ("%(n)s of %(m)s", "%(n)s", False),
        ("%(n)d letters", "%(n)s letters", False),
        ("{n} days", "{n} gün", True),
        ("at least %d", "ən azı", False),
        ("100%% done", "100%% hazır", True),
        (("%(n)s day", "%(n)s days"), ("bir gün", "%(n)s gün"), True),
        (("one day", "%(n)s days"), ("bir gün", "gün"), False),
    ],
)
def test_places_are_compared(one, other, same):
    assert messages._same_places(one, other) is same


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("az", "Daxil olun"),
        ("uz", "Kirish"),
        ("ru", "Войти"),
    ],
)
def test_django_finds_a_sentence(compiled, language, words):
    with translation.override(language):
        assert gettext("Sign in") == words
        # A sentence of Django's own, and one that we do not keep and Django has.
        assert gettext("This field is required.") != "This field is required."
        assert gettext("December") != "December"


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("az", 1, "1 dərs"), ("az", 2, "2 dərs"), ("az", 5, "5 dərs"), ("az", 21, "21 dərs"),
        ("uz", 1, "1 ta dars"), ("uz", 2, "2 ta dars"), ("uz", 5, "5 ta dars"), ("uz", 21, "21 ta dars"),
        ("ru", 1, "1 урок"), ("ru", 2, "2 урока"), ("ru", 5, "5 уроков"), ("ru", 21, "21 урок"),
        ("ru", 11, "11 уроков"), ("ru", 104, "104 урока"),
    ],
)  # fmt: skip
def test_django_counts(compiled, language, number, words):
    with translation.override(language):
        found = ngettext("%(lessons)s lesson", "%(lessons)s lessons", number)
        assert found % {"lessons": number} == words
        days = ngettext("%(num)d day", "%(num)d days", number)
        assert days % {"num": number} != f"{number} days"


def test_what_templates_ask_for_is_what_was_collected(monkeypatch):
    """Asked of Django itself, because the collector reads templates in its own way."""
    asked = set()

    def variable(self, var):
        read(self, var)
        if self.translate:
            asked.add((None, self.literal.replace("%", "%%")))

    def sentence(self, expression, noop, asvar=None, message_context=None):
        parsed(self, expression, noop, asvar, message_context)
        context = message_context and message_context.var.literal
        asked.add((context, expression.var.literal.replace("%", "%%")))

    def block(self, *args, **kwargs):
        built(self, *args, **kwargs)
        context = self.message_context and self.message_context.var.literal
        forms = [self.render_token_list(tokens)[0] for tokens in (self.singular, self.plural) if tokens]
        asked.add((context, forms[0] if len(forms) == 1 else tuple(forms)))

    read, parsed, built = Variable.__init__, TranslateNode.__init__, BlockTranslateNode.__init__
    monkeypatch.setattr(Variable, "__init__", variable)
    monkeypatch.setattr(TranslateNode, "__init__", sentence)
    monkeypatch.setattr(BlockTranslateNode, "__init__", block)
    for path in (*messages.ROOT.rglob("templates/**/*.html"), *messages.ROOT.rglob("templates/**/*.txt")):
        engines["django"].from_string(path.read_text())
    found = [one for catalogue in messages.sentences_by_home().values() for one in catalogue]
    there = {(one.context, one.id) for one in found}
    # A sentence that has a plural elsewhere is found by its singular too.
    there |= {(one.context, one.id[0]) for one in found if one.pluralizable}
    assert len(asked) > 300
    assert asked - there == set()


def test_the_collector_reads_a_template_to_the_letter(tmp_path, monkeypatch):
    page = tmp_path / "page.html"
    page.write_text(
        "{% load i18n %}\n  {% translate \"It's 50% off\" %}<b title=\"{% translate 'Two  spaces' %}\">\n"
        '    {% blocktranslate trimmed with a=b %}\n      One {{ a }}\n      line\n    {% endblocktranslate %}\n'
        '{% blocktranslate count n=2 context "fruit" %}{{ n }} date{% plural %}{{ n }} dates{% endblocktranslate %}\n'
        '{% progress 1 2 _("Done so far") %}{{ x|default:_("Nothing") }}{% translate "May" context "month" %}\n'
        "{% comment %}{% translate \"Not this\" %}{% endcomment %}"
    )  # fmt: skip
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "BORROWED", tmp_path / "none.txt")
    assert {(one.context, one.id) for one in messages.sentences_by_home()[""] if one.id} == {
        (None, "It's 50%% off"),
        (None, "Two  spaces"),
        (None, "One %(a)s line"),
        ("fruit", ("%(n)s date", "%(n)s dates")),
        (None, "Done so far"),
        (None, "Nothing"),
        ("month", "May"),
    }


def test_collecting_twice_changes_nothing(copied):
    def contents():
        return {path: path.read_bytes() for path in copied.rglob("*.po")}

    messages.collect()
    once = contents()
    assert len(once) == len(messages.TRANSLATED) * len(messages.homes())
    messages.collect()
    assert contents() == once


def test_collecting_drops_what_is_gone_and_asks_for_what_is_new(copied):
    found = messages.sentences_by_home()
    elsewhere = {one.id for home, catalogue in found.items() if home != "cards" for one in catalogue}
    words = next(one.id for one in found["cards"] if isinstance(one.id, str) and one.id and one.id not in elsewhere)
    catalogue = messages._read("cards", "az")
    catalogue.get(words).id = f"{words}, please"
    messages._write("cards", "az", catalogue)
    messages.collect()
    catalogue = messages._read("cards", "az")
    assert catalogue.get(f"{words}, please") is None
    assert catalogue.get(words).string == ""
    assert messages.missing() == [f"az: {words!r} is not translated"]


def test_what_one_room_has_translated_another_need_not_translate_again(copied):
    path = copied / "people" / "locale" / "az" / "LC_MESSAGES" / "django.po"
    path.write_text(re.sub(r'msgid "Courses"\nmsgstr ".*"', 'msgid "Courses"\nmsgstr ""', path.read_text()))
    messages.collect()
    assert messages.missing() == []


def test_two_rooms_say_the_same_sentence_in_the_same_words(copied):
    both = [
        (home, one.id)
        for home, found in messages.sentences_by_home().items()
        for one in found
        if isinstance(one.id, str) and one.id
    ]
    shared = next(words for words in dict.fromkeys(w for _, w in both) if sum(w == words for _, w in both) > 1)
    home = next(home for home, words in both if words == shared)
    catalogue = messages._read(home, "az")
    catalogue.get(shared).string += "!"
    messages._write(home, "az", catalogue)
    assert messages.missing() == [f"az: {shared!r} is translated in two ways"]
