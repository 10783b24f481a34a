from harvest.management.importer import ImportCommand
from harvest.services.sources import RIS


class Command(ImportCommand):
    help = "Import works from RIS files."
    source = RIS
