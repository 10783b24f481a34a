from harvest.management.importer import ImportCommand
from harvest.sources import ROR


class Command(ImportCommand):
    help = "Import ROR's organisations (JSON Lines, schema 1 or 2)."
    source = ROR
