"""Which names can be one person's."""

import pytest

from claims.domain.mail_domains import looks_like
from claims.domain.names import NameVerdict, name_verdict


@pytest.mark.parametrize(
    ("name", "known", "verdict"),
    [
        ("Ada Byron", "Byron, Ada", "same"),
        ("José García Márquez", "Jose Garcia Marquez", "same"),
        ("Wei Zhang", "Zhang Wei", "same"),
        ("王伟", "Wei Wang", "same"),
        ("Anna-Lena Öberg", "Anna Lena Oberg", "same"),
        ("A. Byron", "Ada Byron", "compatible"),
        ("Jean-Pierre Dupont", "J.P. Dupont", "compatible"),
        ("Jean-Pierre Dupont", "JP Dupont", "compatible"),
        ("Müller, K.", "Karl Mueller", "compatible"),
        ("O'Neil S", "Sean ONeil", "compatible"),
        ("Yann LeCun", "Y. Le Cun", "compatible"),
        ("Ludwig van Beethoven", "L. Beethoven", "compatible"),
        ("Maria Skłodowska-Curie", "Maria Curie", "compatible"),
        ("Ada Byron", "Ben Byron", "mismatch"),
        ("Ada Lovelace", "Ada Byron", "mismatch"),
        ("Ada", "Ada Byron", "mismatch"),
        ("Jane Q. Public", "Q. Public", "mismatch"),
        ("", "Ada Byron", "mismatch"),
        ("Ada Byron", "", "mismatch"),
    ],
)
def test_names_are_held_against_each_other_as_people_write_them(name, known, verdict):
    assert name_verdict(name, ["Zoe Zeta", known]).value == verdict


def test_any_name_that_the_record_is_known_by_serves():
    assert name_verdict("Ada Lovelace", ["Ada Byron", "A. Lovelace"]) is NameVerdict.COMPATIBLE
    assert name_verdict("Ada Lovelace", []) is NameVerdict.MISMATCH


@pytest.mark.parametrize(
    ("host", "domain", "alike"),
    [
        ("carn.ac.uk", "cam.ac.uk", True),
        ("mlt.edu", "mit.edu", True),
        ("mit.com", "mit.edu", True),
        ("stanfrod.edu", "stanford.edu", True),
        ("stanford.edu.evil.com", "stanford.edu", True),
        ("xn--mt-xja.edu", "mit.edu", False),
        ("cs.mit.edu", "mit.edu", False),
        ("harvard.edu", "stanford.edu", False),
        ("еthz.ch", "ethz.ch", True),
    ],
)
def test_a_host_that_could_be_taken_for_another(host, domain, alike):
    assert looks_like(host, domain) is alike
