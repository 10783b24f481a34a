from harvest.management.importer import ImportCommand
from harvest.sources import CSL


class Command(ImportCommand):
    help = "Import works from CSL-JSON files."
    source = CSL
