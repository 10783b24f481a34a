from harvest.management.importer import ImportCommand
from harvest.services.sources import CROSSREF


class Command(ImportCommand):
    help = "Import Crossref works (JSON Lines)."
    source = CROSSREF
