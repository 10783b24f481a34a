"""Every template compiles, and extends and includes only templates that exist."""

import re

import pytest
from django.template.loader import get_template

from tests.house.sources import ROOT, name_of, tracked

TEMPLATES = tracked("templates/*.html", "templates/*.txt", "templates/*.xml")
REFERENCE = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"'#]+)")


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_the_template_compiles_and_what_it_names_exists(path):
    get_template(str(path.relative_to(ROOT / "templates")))
    for name in REFERENCE.findall(path.read_text()):
        get_template(name)
