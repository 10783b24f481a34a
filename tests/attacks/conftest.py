"""People, browsers and limits for the attacks, as the tests of accounts have them."""

from tests.accounts.conftest import code_in_mail, limited, proved_ada, proved_cleo

__all__ = ["code_in_mail", "limited", "proved_ada", "proved_cleo"]
