from harvest.management.importer import ImportCommand
from harvest.sources import OPENALEX


class Command(ImportCommand):
    help = "Import OpenAlex works, authors, institutions, sources or topics (API or snapshot JSON Lines)."
    source = OPENALEX
