"""Populations and evolution: vocabulary of the demo corpus."""

from harvest.demo.vocabulary import Approach, Field, Theme

THEMES = (
    Theme(
        subject="the spread of seasonal influenza",
        topics=("influenza", "epidemic models"),
        categories=("physics.soc-ph",),
        context=(
            "Influenza returns every winter, yet the size and timing of the epidemic differ from year to year.",
            "Seasonal epidemics are the best observed of all, and a natural test for any model of transmission.",
        ),
        difficulty=(
            "Reported cases reflect the behaviour of patients and physicians as much as the number of infections.",
            "Immunity left by earlier seasons is not observed, and it matters more than the weather.",
        ),
    ),
    Theme(
        subject="contact patterns in schools and households",
        topics=("contact networks", "social mixing"),
        categories=("physics.soc-ph", "cs.SI"),
        context=(
            "Who meets whom, for how long and how often, sets the course of an outbreak.",
            "Schools and households are where most contacts of children take place, and where they can be counted.",
        ),
        difficulty=(
            "Diaries miss short contacts, and wearable sensors miss people who do not wear them.",
            "Contacts change when people fall ill, so that matrices from healthy days overstate transmission.",
        ),
    ),
    Theme(
        subject="the evolution of antibiotic resistance",
        topics=("antibiotic resistance", "evolutionary dynamics"),
        categories=("q-bio.QM",),
        context=(
            "Resistance to antibiotics spreads by selection within patients and by transmission between them.",
            "Sensitive and resistant strains coexist for decades, although simple models predict"
            " that one of them should win.",
        ),
        difficulty=(
            "The fitness cost of resistance varies with the genetic background and is seldom"
            " measured where it matters.",
            "Surveillance covers clinical infections, while most selection acts on bacteria that are merely carried.",
        ),
    ),
    Theme(
        subject="population dynamics of migratory birds",
        topics=("population ecology", "migration"),
        categories=("q-bio.QM", "stat.AP"),
        context=(
            "Migratory birds depend on places that are thousands of kilometres apart, and a change"
            " in any of them can decide their fate.",
            "Long series of counts exist for many species, most of them gathered by volunteers.",
        ),
        difficulty=(
            "Counts confound the number of birds with the chance of seeing them, and both change over the years.",
            "Survival and dispersal cannot be separated by counts alone.",
        ),
    ),
    Theme(
        subject="phylogenetic inference from large alignments",
        topics=("phylogenetics", "sequence evolution"),
        categories=("q-bio.GN", "stat.CO"),
        context=(
            "Trees of ten thousand sequences are now routine in the surveillance of pathogens.",
            "A phylogeny is a hypothesis about history, and large data sets make it easy to be confidently wrong.",
        ),
        difficulty=(
            "The number of trees exceeds anything that can be searched, and the likelihood surface is rugged.",
            "Recombination and contamination leave patterns that a single tree cannot represent.",
        ),
    ),
    Theme(
        subject="vaccination strategies under limited supply",
        topics=("vaccination", "optimal control"),
        categories=("math.OC", "physics.soc-ph"),
        context=(
            "When vaccine is scarce, the order in which people are offered it matters.",
            "A campaign protects those who are vaccinated and, less visibly, those whom they would have infected.",
        ),
        difficulty=(
            "The best order depends on whether the aim is to prevent deaths or infections, and on"
            " parameters that are unknown at the start.",
            "Strategies that are optimal on paper require information that no registry holds.",
        ),
    ),
    Theme(
        subject="species interactions in plankton communities",
        topics=("plankton", "community ecology"),
        categories=("q-bio.QM", "physics.ao-ph"),
        context=(
            "Hundreds of species of plankton share a few resources, and none of them drives out the others.",
            "Plankton communities turn over within days, which makes ecological dynamics visible"
            " on the scale of a research project.",
        ),
        difficulty=(
            "Interactions are inferred from abundances that fluctuate for many other reasons.",
            "The number of possible interactions grows with the square of the number of species,"
            " while the length of the series does not.",
        ),
    ),
)

APPROACHES = (
    Approach(
        name="stochastic compartmental models",
        does="We formulate a stochastic compartmental model for {subject} and fit it to {few} years of observations.",
        details=(
            "The basic reproduction number is estimated as $R_0 = 1.6$ with a 95 % interval from $1.4$ to $1.9$.",
            "The deterministic limit is $\\dot{I} = \\beta S I / N - \\gamma I$; demographic noise"
            " matters while $I$ is small.",
        ),
    ),
    Approach(
        name="state-space modelling",
        does="We analyse {subject} with a state-space model that separates the process from its observation.",
        details=(
            "Given the state $n_t$, counts are negative binomial with mean $p_t n_t$ and an"
            " overdispersion that is estimated.",
            "Inference uses a particle filter with {many} particles inside a Metropolis sampler.",
        ),
    ),
    Approach(
        name="coalescent inference",
        does="We turn to coalescent inference for {subject} and show what sampled sequences can and cannot say.",
        details=(
            "While $k$ lineages remain, the waiting time has rate $\\binom{k}{2} / N_e(t)$, and"
            " $N_e(t)$ is modelled as a smooth function.",
            "Preferential sampling is included by letting the sampling rate depend on $N_e(t)^{\\beta}$.",
        ),
    ),
    Approach(
        name="network models",
        does="We describe {subject} by network models in which ties form, persist and dissolve.",
        details=(
            "The epidemic threshold is set by $\\langle k^2 \\rangle / \\langle k \\rangle$, which"
            " is dominated by a few well-connected individuals.",
            "For a clustering coefficient $C = 0.3$ the final size falls by {percent} % relative to random mixing.",
        ),
    ),
    Approach(
        name="adaptive dynamics",
        does="We apply adaptive dynamics to {subject} and ask which strategies can invade and which can stay.",
        details=(
            "A rare mutant $y$ invades a resident $x$ whenever its growth rate $s(x, y) > 0$;"
            " singular points are classified by the second derivatives.",
            "Evolutionary branching occurs where $\\partial^2 s / \\partial y^2 > 0$ at a convergence-stable point.",
        ),
    ),
    Approach(
        name="hierarchical regression",
        does="We combine {few} studies by hierarchical regression in order to measure what is"
        " common to them about {subject}.",
        details=(
            "Site effects are drawn from $N(\\mu, \\tau^2)$, and the between-site spread $\\tau$ is"
            " reported along with the mean.",
            "Missing covariates are imputed inside the model, which widens the intervals by {small} %.",
        ),
    ),
)

FIELD = Field(
    name="Populations and evolution",
    category="q-bio.PE",
    share=0.12,
    team=3.4,
    preprint_share=0.25,
    themes=THEMES,
    approaches=APPROACHES,
    settings=(
        "in a changing climate",
        "from incomplete surveillance",
        "across European regions",
        "in structured populations",
        "with waning immunity",
        "over three decades",
        "at the level of individuals",
        "on islands",
    ),
    results=(
        "The model reproduces {few} seasons that were not used for fitting, with an error of"
        " {percent} % in the peak and of one week in its timing.",
        "We estimate that {percent} % of the variation is explained by a single factor and that"
        " the others contribute less than {small} % each.",
        "In simulations the strategy prevents {percent} % of the cases at the same cost; the gain"
        " is smaller, but positive, when the parameters are misjudged.",
        "The estimates differ from earlier ones by a factor of {factor}, which we trace to the way"
        " in which missing observations were handled.",
        "Based on {many} samples, we find clear support for two of the {few} hypotheses considered.",
    ),
    checks=(
        "Simulated data show that the main parameters are identifiable, while two others are known"
        " only in combination.",
        "Leaving out any one of the sites does not change the conclusion.",
        "A sensitivity analysis identifies the duration of immunity as the most important unknown.",
        "The forecasts are scored before the outcome is known, and all of them are reported.",
    ),
    closings=(
        "Data and code are available, with personal information removed.",
        "We discuss which further measurements would reduce the uncertainty most.",
        "The conclusions should not be carried over to other settings without local data.",
        "The results argue for surveillance that is smaller, regular and random.",
    ),
    journals=("Theory in Population Biology", "Epidemic Modelling"),
    conferences=("Meeting on Quantitative Ecology",),
)
