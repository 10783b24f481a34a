"""Our `quick_i18n` and `static` write what Django's `i18n` and `static` would."""

import pytest
from django.template import Context, Engine
from django.utils.translation import override, trans_real

OURS = {"i18n": "common.templatetags.quick_i18n", "static": "common.templatetags.quick_static"}
DJANGOS = {"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"}
VALUES = {"n": 3, "one": 1, "name": "<Ada & Ben>", "cut": "100% %s"}

SOURCES = [
    '{% translate "Close collaborators" %}',
    "{% translate 'May <b>not</b> be 100%% escaped' %}",
    '{% translate "Papers" as kept %}[{{ kept }}]',
    '{% translate "Papers" noop %}',
    '{% translate "May" context "month" %}',
    '{% translate "papers"|upper %}',
    "{% translate name %}",
    "{% trans 'Papers' %}",
    "{% blocktranslate %}Nothing to fill in, 100%{% endblocktranslate %}",
    "{% blocktranslate with who=name trimmed %}\n  Dear {{ who }},\n  welcome\n{% endblocktranslate %}",
    "{% blocktranslate with who=cut %}{{ who }} of {{ name }}{% endblocktranslate %}",
    "{% blocktranslate %}{{ missing }}!{% endblocktranslate %}",
    "{% blocktranslate count number=n with who=name %}{{ who }}: {{ number }} paper{% plural %}{{ who }}: {{ number }} papers{% endblocktranslate %}",
    "{% blocktranslate count number=one %}{{ number }} paper{% plural %}{{ number }} papers{% endblocktranslate %}",
    "{% blocktranslate asvar kept with who=name %}Hi {{ who }}{% endblocktranslate %}[{{ kept }}]",
    "{% blocktranslate context 'greeting' %}Hi{% endblocktranslate %}",
    "{% get_current_language as LANG %}{{ LANG }} {% static 'css/base.css' %}",
    "{% load static %}{% static 'css/base.css' as where %}[{{ where }}]",
]


def written(source: str, libraries: dict[str, str], *, autoescape: bool = True) -> list[str]:
    template = Engine(libraries=libraries).from_string("{% load i18n static %}" + source)
    return [template.render(Context(VALUES, autoescape=autoescape)) for _ in range(2)]


@pytest.mark.parametrize("source", SOURCES)
def test_every_form_of_the_tags_writes_what_djangos_writes(source):
    for autoescape in (True, False):
        ours = written(source, OURS, autoescape=autoescape)
        assert ours == written(source, DJANGOS, autoescape=autoescape)


def test_a_fixed_text_is_kept_for_each_language_apart(monkeypatch):
    template = Engine(libraries=OURS).from_string('{% load i18n %}{% translate "Papers" %}')
    assert template.render(Context()) == "Papers"
    catalogue = trans_real.translation("de")
    monkeypatch.setitem(catalogue._catalog._catalogs[0], "Papers", "Arbeiten")
    with override("de"):
        assert template.render(Context()) == "Arbeiten"
    assert template.render(Context()) == "Papers"


def test_a_number_that_is_none_is_refused_as_django_refuses_it():
    source = "{% blocktranslate count number=name %}{{ number }}{% plural %}{{ number }}s{% endblocktranslate %}"
    with pytest.raises(Exception, match="must be a number"):
        written(source, OURS)


def test_the_pages_use_ours():
    from django.template import engines

    libraries = engines["django"].engine.libraries
    assert libraries["quick_i18n"] == OURS["i18n"]
    assert libraries["i18n"] == DJANGOS["i18n"]
    assert libraries["static"] == OURS["static"]
