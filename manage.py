#!/usr/bin/env python
"""Colophon's commands: `manage.py help` lists them. Embedded servers are found or started when they are needed."""

import os
import sys


def main() -> None:
    from portal.start import WITHOUT_SERVERS, prepare

    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "help")
    asks_for_help = not {"-h", "--help"}.isdisjoint(sys.argv)
    if "--settings" in sys.argv[:-1]:
        os.environ["DJANGO_SETTINGS_MODULE"] = sys.argv[sys.argv.index("--settings") + 1]
    looks_into_database = command == "check" and "--database" in sys.argv
    needs = command not in WITHOUT_SERVERS or looks_into_database
    prepare(role="command", servers=needs and not asks_for_help)

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped.")
