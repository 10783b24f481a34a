from harvest.management.importer import ImportCommand
from harvest.sources import CROSSREF


class Command(ImportCommand):
    help = "Import Crossref works (JSON Lines)."
    source = CROSSREF
