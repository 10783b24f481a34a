"""The collector of cycles, kept from walking again and again through what lives as long as the process.

Pages and imports make thousands of small objects that die by counting references: measured in docs/adr/0014.
"""

import gc

OBJECTS_BETWEEN_COLLECTIONS = 20_000
COLLECTIONS_OF_THE_YOUNG = 20
COLLECTIONS_OF_THE_REST = 50


def spare_what_lives() -> None:
    """Exempt all that lives now from collection, and collect the rest less often; to be called once, after a start."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, COLLECTIONS_OF_THE_YOUNG, COLLECTIONS_OF_THE_REST)
