"""Invented institutions."""

from dataclasses import dataclass

from harvest.demo import registries


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution; `ror` is None for those that the registry does not list."""

    name: str
    ror: str | None


_LISTED = (
    "University of Haldermoor",
    "Technische Hochschule Weilbrück",
    "Universidade de Santa Iria",
    "Institut des Sciences de Valmorel",
    "Kestrel Bay University",
    "Northmere Institute of Technology",
    "Universidad Nacional de Piedrahonda",
    "Rijksuniversiteit Oudewater",
    "Politecnico di Montefalco",
    "Østervik University",
    "Lindhamn Institute of Technology",
    "Uniwersytet Wierzbicki",
    "Charles River Valley University",
    "Qinghe University of Science",
    "Minato Institute for Advanced Study",
    "Hanbit National University",
    "Sahyadri Institute of Science",
    "University of Lake Tanza",
    "American University of Marjayoun",
    "Boğazkale Teknik Üniversitesi",
    "St Brannoc's College",
    "École Normale de Kerlouan",
    "Universität Tannenfels",
    "Fundación Altamira para la Investigación",
    "Aurora Institute of Polar Research",
    "Observatory of Cerro Alcor",
    "Centre for Language Study, Ardglass",
    "Marlow Institute of Public Health",
    "Max Ebner Institute for Dynamics",
    "National Laboratory of Red Mesa",
    "Hochschule Grünau",
    "Université de la Côte d'Émeraude",
    "Universitat de Puigcerver",
    "Universidade Federal do Vale do Jequi",
    "University of New Caldbeck",
    "Tamarind Coast University",
    "Wattle Creek University",
    "Kōrimako University",
    "Instituto Superior de Engenharia do Mondego",
    "Szentmihály University",
    "University of Velehrad Hills",
    "Istituto per il Calcolo di Ravello",
    "Suomenranta University",
    "Đại học Sông Hương Mới",
    "Cape Agulhas University of Technology",
    "Universidad del Altiplano Central",
    "Institute of Machines and Motion, Zellwald",
    "Open Data Institute of Lisse",
)

_UNLISTED = (
    "Brightwater Robotics",
    "Tallow & Pine Research",
    "Ministry of Health, Statistical Office",
    "Independent researcher",
    "Municipal Archive of Haldermoor",
    "Feldspar Analytics",
)

INSTITUTIONS: tuple[Institution, ...] = tuple(
    [Institution(name, registries.ror(7919 * (number + 1) % 2**20)) for number, name in enumerate(_LISTED)]
    + [Institution(name, None) for name in _UNLISTED]
)
