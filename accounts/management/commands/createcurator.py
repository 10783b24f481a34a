import getpass
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from accounts.services.curators import InvalidCurator, make_curator, password_path
from common.portal_address import portal_address


class Command(BaseCommand):
    help = "Give curator rights to this e-mail address; make the account if there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--senior", action="store_true", help="may also see users and what was done")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *, email: str, senior: bool, password_stdin: bool, **_options: object) -> None:
        try:
            made = make_curator(email=email, password=_password(password_stdin), is_senior=senior)
        except InvalidCurator as problem:
            raise CommandError(str(problem), returncode=2) from problem
        kind = "senior curator" if senior else "curator"
        self.stdout.write(f"{made.user.email} is now a {kind}{' (new account)' if made.is_new else ''}.")
        if not made.user.has_usable_password():
            self.stdout.write(f"Set a password once at {portal_address()}{password_path(made.user)}")
        self.stdout.write(f"The admin is at {portal_address()}/admin/")


def _password(from_stdin: bool) -> str | None:
    """The password that was given; None where nobody was asked or nothing was typed."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return None
    password = getpass.getpass("Password (empty: keep the present one, or get a link to set one): ")
    if password and password != getpass.getpass("Again: "):
        raise CommandError("The two passwords differ.", returncode=2)
    return password or None
