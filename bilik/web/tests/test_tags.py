import pytest
from django import forms
from django.template import Context, Template


def draw(source, **context):
    return Template(source).render(Context(context))


class Example(forms.Form):
    name = forms.CharField(help_text="As on a certificate.")
    days = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    agree = forms.BooleanField()
    secret = forms.CharField(widget=forms.HiddenInput)


def test_icon():
    assert 'aria-hidden="true"' in draw('{% icon "check" %}')


def test_an_unknown_icon_is_an_error_of_the_author():
    with pytest.raises(KeyError):
        draw('{% icon "unicorn" %}')


def test_course_star_takes_any_name():
    assert draw("{% course_star name %}", name="<script>").startswith("<svg")


def test_asset_is_a_static_address():
    assert draw('{% asset "bilik.css" %}') == "/static/web/built/bilik.css"


@pytest.mark.parametrize("kind", ["info", "good", "warn", "bad"])
def test_notice(kind):
    html = draw("{% notice kind title %}<p>{{ word }}</p>{% endnotice %}", kind=kind, title="A & B", word="<i>")
    assert f'class="notice {kind}"' in html
    assert "A &amp; B" in html
    assert "<p>&lt;i&gt;</p>" in html
    assert ('role="alert"' in html) == (kind == "bad")


def test_progress_says_the_same_in_words():
    html = draw('{% progress 3 10 "Lessons done" %}')
    assert 'value="3" max="10" aria-label="Lessons done"' in html
    assert "3 of 10" in html


def test_progress_of_nothing_is_not_full():
    assert "full" not in draw('{% progress 0 0 "Lessons done" %}')


def test_progress_keeps_its_value_readable_for_the_browser_in_every_language():
    from django.utils import translation

    with translation.override("ru"):
        assert 'value="2.5"' in draw('{% progress 2.5 10 "x" %}')


def test_uncertain_shows_its_interval():
    html = draw('{% uncertain 54 48 61 "%" %}')
    assert "54&nbsp;%" in html
    assert "likely 48 to 61" in html


def test_a_field_is_joined_with_its_help():
    html = draw("{% field form.name %}", form=Example())
    assert '<label for="id_name">' in html
    assert 'aria-describedby="id_name_help"' in html
    assert 'id="id_name_help"' in html
    assert "aria-invalid" not in html


def test_a_field_is_joined_with_its_errors():
    html = draw("{% field form.name %}", form=Example({}))
    assert 'aria-describedby="id_name_help id_name_errors"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_errors"' in html


def test_a_group_of_choices_has_a_legend():
    html = draw("{% field form.days %}", form=Example())
    assert "<fieldset" in html
    assert "<legend>Days" in html


def test_a_tick_stands_before_its_words():
    html = draw("{% field form.agree %}", form=Example())
    assert html.index("<input") < html.index("<label")


def test_a_hidden_field_is_only_itself():
    assert draw("{% field form.secret %}", form=Example()).strip().startswith('<input type="hidden"')


def test_an_error_text_is_escaped():
    form = Example({"name": "x", "days": "<b>"})
    assert "<b>" not in draw("{% field form.days %}", form=form)
