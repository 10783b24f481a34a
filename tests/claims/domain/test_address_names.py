"""Which local parts are a form of a name: the whole of it, and nothing behind a plus sign."""

import pytest

from claims.domain.address_names import address_form


@pytest.mark.parametrize(
    ("address", "name", "form"),
    [
        ("ada.byron@x.edu", "Ada Byron", "names_them"),
        ("a-byron@x.edu", "Ada Byron", "names_them"),
        ("byronada@x.edu", "Ada Byron", "names_them"),
        ("ada.byron+lists@x.edu", "Ada Byron", "names_them"),
        ("j.mueller@x.edu", "Jörg Müller", "names_them"),
        ("jorg.muller@x.edu", "Jörg Müller", "names_them"),
        ("l.van.der.berg@x.edu", "Lia van der Berg", "names_them"),
        ("lberg@x.edu", "Lia van der Berg", "names_them"),
        ("m.curie@x.edu", "Marie Skłodowska-Curie", "names_them"),
        ("jpserre@x.edu", "Jean-Pierre Serre", "names_them"),
        ("byron@x.edu", "Ada Byron", "family_alone"),
        ("mallory+ada.byron@x.edu", "Ada Byron", "other"),
        ("the.ada.byron@x.edu", "Ada Byron", "other"),
        ("abyron2@x.edu", "Ada Byron", "other"),
        ("ab123@x.edu", "Ada Byron", "other"),
        ("alan.byron@x.edu", "A. Byron", "other"),
        ("ada@x.edu", "Ada Byron", "other"),
        ("@", "", "other"),
        ("+@x", "Ada Byron", "other"),
    ],
)
def test_a_local_part_is_a_form_of_the_name_or_it_is_not(address, name, form):
    assert address_form(address, [name]) == form
