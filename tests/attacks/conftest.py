"""People, browsers and limits for the attacks, as the tests of accounts have them."""

from tests.accounts.conftest import code_in_mail, limited, proved_ada, proved_cleo
from tests.claims.conftest import author, draft, oxford

__all__ = ["author", "code_in_mail", "draft", "limited", "oxford", "proved_ada", "proved_cleo"]
