from harvest.management.importer import ImportCommand
from harvest.sources import ARXIV


class Command(ImportCommand):
    help = "Import arXiv's OAI-PMH pages (arXiv, arXivRaw, oai_dc)."
    source = ARXIV
