from harvest.management.importer import ImportCommand
from harvest.sources import BIBTEX


class Command(ImportCommand):
    help = "Import works from BibTeX files."
    source = BIBTEX
