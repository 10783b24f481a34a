"""People, browsers and limits for the attacks, as the tests of accounts have them."""

from tests.accounts.conftest import code_in_mail, proved_ada, proved_cleo, rate_limited
from tests.claims.conftest import author, draft, oxford

__all__ = ["author", "code_in_mail", "draft", "oxford", "proved_ada", "proved_cleo", "rate_limited"]
