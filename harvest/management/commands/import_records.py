from harvest.management.importer import ImportCommand
from harvest.sources import RECORDS


class Command(ImportCommand):
    help = "Import works from JSON Lines in the record format."
    source = RECORDS
