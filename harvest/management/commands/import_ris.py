from harvest.management.importer import ImportCommand
from harvest.sources import RIS


class Command(ImportCommand):
    help = "Import works from RIS files."
    source = RIS
