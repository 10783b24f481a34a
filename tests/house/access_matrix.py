"""Who may do what: one row a route, and in it the roles that each method is open to.

A route that is missing here fails the build, and so does a row without its route. What a row does not
mention is closed: the tests ask for every method in every role.
"""

from dataclasses import dataclass

STRANGER, USER, CURATOR = "stranger", "user", "curator"
ROLES = (STRANGER, USER, CURATOR)
EVERYONE = frozenset(ROLES)
LOGGED_IN = frozenset({USER, CURATOR})
UNKNOWN_KEY = "00000000-0000-4000-8000-000000000000"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Row:
    """An address that the route matches, and the roles that may use each method."""

    example: str
    open_to: dict[str, frozenset[str]]


def public(example: str) -> Row:
    """Everybody may read, nobody may write."""
    return Row(example, {"GET": EVERYONE, "HEAD": EVERYONE})


def form(example: str) -> Row:
    """Everybody may read it and send it."""
    return Row(example, dict.fromkeys(("GET", "HEAD", "POST"), EVERYONE))


def personal(example: str) -> Row:
    """For those who are logged in, about themselves; what is sensitive asks them again who they are."""
    return Row(example, dict.fromkeys(("GET", "HEAD", "POST"), LOGGED_IN))


def owned(example: str) -> Row:
    """For the owner of the record alone, whom these roles are not."""
    return Row(example, {})


def theirs(example: str) -> Row:
    """For those who are logged in, to read what is theirs."""
    return Row(example, {"GET": LOGGED_IN, "HEAD": LOGGED_IN})


NOBODYS = "00000000-0000-4000-8000-000000000000"

MATRIX: dict[str, Row] = {
    "portal:home": public("/"),
    "catalogue:sources": public("/sources/"),
    "catalogue:browse": public("/browse/"),
    "catalogue:browse_group": public("/browse/people/a/"),
    "catalogue:sitemap": public("/sitemap.xml"),
    "catalogue:sitemap_part": public("/sitemap-papers-1.xml"),
    "catalogue:robots": public("/robots.txt"),
    "profiles:author_bare": public("/authors/Abcdfg"),
    "profiles:author_short": public("/authors/Abcdfg/"),
    "profiles:author": public("/authors/Abcdfg/ada-byron/"),
    "profiles:author_export": public("/authors/Abcdfg/ada-byron/works.bib"),
    "profiles:author_why": public("/authors/Abcdfg/ada-byron/why/Wbcdfghj/"),
    "profiles:author_possible": public("/authors/Abcdfg/ada-byron/possibly/"),
    "profiles:author_number": public("/authors/Abcdfg/ada-byron/numbers/h_index/"),
    # An author's owner alone: for everybody else there is nothing here, as the tests of profiles try one by one.
    "profiles:edit": owned("/authors/Abcdfg/edit/"),
    **{
        f"profiles:edit_{name}": owned(f"/authors/Abcdfg/edit/{path}/")
        for name, path in {
            "about": "about",
            "photo": "photo",
            "names": "names",
            "preference": "collaboration",
            "works": "works",
            "mine": "mine",
            "corrections": "corrections",
            "listing": "listing",
            "followers": "followers",
            "preview": "preview",
            "confirm": "confirm",
            "pin": "works/pin",
            "disown": "works/not-mine",
            "attribute": "mine/attribute",
            "refuse": "mine/refuse",
            "undo": "corrections/1/undo",
            "take_back": "corrections/1/take-back",
            "withdraw_request": "corrections/requests/1/withdraw",
        }.items()
    },
    "profiles:photo": public(f"/authors/photos/{'0' * 32}-384.webp"),
    "profiles:listing_ask": form("/authors/Abcdfg/listing/ask/"),
    "profiles:listing_code": form("/authors/Abcdfg/listing/00000000-0000-4000-8000-000000000000/"),
    "profiles:listing_object": form("/authors/Abcdfg/listing/object/" + UNKNOWN_KEY + "/"),
    "profiles:person_data": Row("/accounts/data/", {"GET": LOGGED_IN, "HEAD": LOGGED_IN}),
    "profiles:person_export": Row("/accounts/data/export.json", {"POST": LOGGED_IN}),
    "profiles:person_delete": personal("/accounts/data/delete/"),
    "catalogue:paper_bare": public("/papers/Wbcdfg"),
    "catalogue:paper_short": public("/papers/Wbcdfg/"),
    "catalogue:paper": public("/papers/Wbcdfg/a-title/"),
    "catalogue:paper_citation": public("/papers/Wbcdfg/a-title/cite.bib"),
    "catalogue:similar_works": public("/papers/Wbcdfg/a-title/similar/"),
    "catalogue:paper_number": public("/papers/Wbcdfg/a-title/numbers/novelty/"),
    "catalogue:topic_bare": public("/topics/Tbcdfg"),
    "catalogue:topic_short": public("/topics/Tbcdfg/"),
    "catalogue:topic": public("/topics/Tbcdfg/a-topic/"),
    "catalogue:institution_bare": public("/institutions/Ibcdfg"),
    "catalogue:institution_short": public("/institutions/Ibcdfg/"),
    "catalogue:institution": public("/institutions/Ibcdfg/an-institution/"),
    "catalogue:venue_bare": public("/venues/Sbcdfg"),
    "catalogue:venue_short": public("/venues/Sbcdfg/"),
    "catalogue:venue": public("/venues/Sbcdfg/a-venue/"),
    "metrics:numbers": public("/numbers/"),
    "metrics:number": public("/numbers/h_index/"),
    "claims:mine": personal("/claims/"),
    "claims:start": personal("/claims/new/Abcdfg/"),
    "claims:start_with_works": personal("/claims/new/Abcdfg/works/"),
    "claims:vouch": personal(f"/claims/vouch/{UNKNOWN_KEY}/"),
    "claims:claim": personal(f"/claims/{UNKNOWN_KEY}/"),
    "claims:orcid": Row(f"/claims/{UNKNOWN_KEY}/orcid/", {"POST": LOGGED_IN}),
    "claims:orcid_works": Row(f"/claims/{UNKNOWN_KEY}/orcid/works/", {"POST": LOGGED_IN}),
    "claims:mail": personal(f"/claims/{UNKNOWN_KEY}/mail/"),
    "claims:mail_code": personal(f"/claims/{UNKNOWN_KEY}/mail/code/"),
    "claims:link_back": personal(f"/claims/{UNKNOWN_KEY}/page/"),
    "claims:vouchers": personal(f"/claims/{UNKNOWN_KEY}/co-authors/"),
    "claims:submit": Row(f"/claims/{UNKNOWN_KEY}/submit/", {"POST": LOGGED_IN}),
    "claims:answer": Row(f"/claims/{UNKNOWN_KEY}/answer/", {"POST": LOGGED_IN}),
    "claims:confirm": Row(f"/claims/{UNKNOWN_KEY}/confirm/", {"POST": LOGGED_IN}),
    "claims:withdraw": personal(f"/claims/{UNKNOWN_KEY}/withdraw/"),
    "search:search": public("/search/?q=ada"),
    "search:suggest": public("/search/suggest/?q=ada"),
    "search:export": public("/search/results.bib?q=ada"),
    "graph:explore": public("/explore/"),
    "graph:around": public("/explore/around/Abcdfg/"),
    "graph:export": public("/explore/picture.svg"),
    "following:follow": personal("/follow/?subject=Abcdfg"),
    "following:following": personal("/following/"),
    "following:feed": personal("/feed/"),
    "following:feed_key": Row("/feed/key/", {"POST": LOGGED_IN}),
    "following:notifications": personal("/notifications/"),
    "following:settings": personal("/notifications/settings/"),
    "following:preview": Row("/notifications/preview/", {"GET": LOGGED_IN, "HEAD": LOGGED_IN}),
    # Whoever has the token may: it comes in a mail, and a mail reader's click has no session.
    "following:unsubscribe": form("/notifications/unsubscribe/a-token/"),
    "following:search_atom": public("/feeds/search.atom?q=ada"),
    "following:private_atom": public("/feeds/private/a-token.atom"),
    "following:atom": public("/feeds/Abcdfg.atom"),
    "collaborations:inbox": theirs("/collaborations/"),
    "collaborations:people": theirs("/collaborations/people/"),
    "collaborations:search": theirs("/collaborations/search/?q=x"),
    "collaborations:rules": theirs("/collaborations/rules/"),
    "collaborations:past": theirs("/collaborations/invitations/"),
    "collaborations:choices": personal("/collaborations/choices/"),
    # Who may see one of these is told apart by rows: everybody else gets 404, also who is logged in.
    "collaborations:invite": personal("/collaborations/invite/Abcdfgh/"),
    "collaborations:block": personal("/collaborations/block/Abcdfgh/"),
    "collaborations:invitation": theirs(f"/collaborations/invitations/{NOBODYS}/"),
    "collaborations:answer": Row(f"/collaborations/invitations/{NOBODYS}/answer/", {"POST": LOGGED_IN}),
    "collaborations:report_invitation": personal(f"/collaborations/invitations/{NOBODYS}/report/"),
    "collaborations:addition": personal(f"/collaborations/joining/{NOBODYS}/"),
    "collaborations:conversation": personal(f"/collaborations/conversations/{NOBODYS}/"),
    "collaborations:news": theirs(f"/collaborations/conversations/{NOBODYS}/news/"),
    "collaborations:change": Row(f"/collaborations/conversations/{NOBODYS}/change/", {"POST": LOGGED_IN}),
    "collaborations:thread": personal(f"/collaborations/conversations/{NOBODYS}/thread/"),
    "collaborations:propose": personal(f"/collaborations/conversations/{NOBODYS}/people/"),
    "collaborations:export": theirs(f"/collaborations/conversations/{NOBODYS}/export.txt"),
    "collaborations:report_message": personal(f"/collaborations/conversations/{NOBODYS}/report/{NOBODYS}/"),
    "api-root": public("/api/"),
    "api-schema": public("/api/schema/"),
    "api-docs": public("/api/docs/"),
    "api-works": public("/api/works"),
    "api-works-one": public("/api/works/W1"),
    "api-authors": public("/api/authors"),
    "api-authors-one": public("/api/authors/A1"),
    "api-institutions": public("/api/institutions"),
    "api-institutions-one": public("/api/institutions/I1"),
    "api-topics": public("/api/topics"),
    "api-topics-one": public("/api/topics/T1"),
    "api-sources": public("/api/sources"),
    "api-sources-one": public("/api/sources/S1"),
    "api-unknown": public("/api/no-such-thing"),
    "account_login": form("/accounts/login/"),
    "account_logout": form("/accounts/logout/"),
    "account_inactive": public("/accounts/inactive/"),
    "account_signup": form("/accounts/signup/"),
    "account_email_verification_sent": form("/accounts/confirm-email/"),
    "account_reset_password": form("/accounts/password/reset/"),
    "account_confirm_password_reset_code": form("/accounts/password/reset/confirm/"),
    "account_complete_password_reset": form("/accounts/password/reset/complete/"),
    "account_password_reset_completed": public("/accounts/password/reset/done/"),
    "account_request_login_code": form("/accounts/login/code/"),
    "account_confirm_login_code": form("/accounts/login/code/confirm/"),
    "mfa_authenticate": form("/accounts/2fa/authenticate/"),
    "mfa_login_webauthn": form("/accounts/2fa/webauthn/login/"),
    "openid_connect_login": form("/accounts/oidc/orcid/login/"),
    "openid_connect_callback": form("/accounts/oidc/orcid/login/callback/"),
    "socialaccount_login_cancelled": public("/accounts/3rdparty/login/cancelled/"),
    # A page for everybody, which says by its status 401 that the login failed.
    "socialaccount_login_error": Row("/accounts/3rdparty/login/error/", {}),
    "socialaccount_signup": form("/accounts/3rdparty/signup/"),
    "accounts:account": personal("/accounts/"),
    "accounts:resume_mail": Row("/accounts/mail/resume/", {"POST": LOGGED_IN}),
    # Whoever has the token may: it comes in a mail, and makes a browser known that nobody has logged in with yet.
    "accounts:know_device": public("/accounts/known-device/a-token/"),
    "accounts:reauthenticate_by_code": personal("/accounts/reauthenticate/code/"),
    "accounts:send_proof_code": Row("/accounts/reauthenticate/code/send/", {"POST": LOGGED_IN}),
    "account_reauthenticate": personal("/accounts/reauthenticate/"),
    "account_email": personal("/accounts/email/"),
    "account_change_password": personal("/accounts/password/change/"),
    "account_set_password": personal("/accounts/password/set/"),
    "mfa_index": Row("/accounts/2fa/", {"GET": LOGGED_IN, "HEAD": LOGGED_IN}),
    "mfa_reauthenticate": personal("/accounts/2fa/reauthenticate/"),
    "mfa_activate_totp": personal("/accounts/2fa/totp/activate/"),
    "mfa_deactivate_totp": personal("/accounts/2fa/totp/deactivate/"),
    "mfa_view_recovery_codes": theirs("/accounts/2fa/recovery-codes/"),
    "mfa_generate_recovery_codes": personal("/accounts/2fa/recovery-codes/generate/"),
    "mfa_download_recovery_codes": theirs("/accounts/2fa/recovery-codes/download/"),
    "mfa_list_webauthn": Row("/accounts/2fa/webauthn/", {"GET": LOGGED_IN, "HEAD": LOGGED_IN}),
    "mfa_add_webauthn": personal("/accounts/2fa/webauthn/add/"),
    "mfa_reauthenticate_webauthn": personal("/accounts/2fa/webauthn/reauthenticate/"),
    "mfa_remove_webauthn": personal("/accounts/2fa/webauthn/keys/1/remove/"),
    "mfa_edit_webauthn": personal("/accounts/2fa/webauthn/keys/1/edit/"),
    "usersessions_list": personal("/accounts/sessions/"),
    "socialaccount_connections": personal("/accounts/3rdparty/"),
}

# Everything under the admin is for curators; its own permissions decide further.
ADMIN = "admin"
