"""The six fields of the demo corpus."""

from harvest.demo.fields import (
    epidemics,
    galaxies,
    linguistics,
    machine_learning,
    numerics,
    robotics,
)
from harvest.demo.vocabulary import Field

FIELDS: tuple[Field, ...] = (
    machine_learning.FIELD,
    linguistics.FIELD,
    robotics.FIELD,
    numerics.FIELD,
    galaxies.FIELD,
    epidemics.FIELD,
)
