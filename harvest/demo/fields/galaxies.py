"""Astrophysics of galaxies: vocabulary of the demo corpus."""

from harvest.demo.vocabulary import Approach, Field, Theme

THEMES = (
    Theme(
        subject="the metallicity of dwarf galaxies",
        topics=("dwarf galaxies", "chemical evolution"),
        categories=("astro-ph.CO",),
        context=(
            "Dwarf galaxies are the most numerous galaxies in the Universe and the most sensitive"
            " to the loss of their own metals.",
            "The chemical abundances of faint galaxies record when and how they formed their stars.",
        ),
        difficulty=(
            "The weak lines on which direct abundances depend are out of reach for all but the nearest objects.",
            "Calibrations differ by up to 0.7 dex, which is more than the range that the samples span.",
        ),
    ),
    Theme(
        subject="the kinematics of the outer Milky Way",
        topics=("Milky Way", "stellar kinematics"),
        categories=("astro-ph.SR",),
        context=(
            "The outer disc of the Milky Way is warped, flared and out of equilibrium.",
            "Positions and velocities of millions of stars have turned the Galaxy into a dynamical laboratory.",
        ),
        difficulty=(
            "Distances become uncertain beyond a few kiloparsecs, and their errors masquerade as motion.",
            "Selection effects follow the dust, which follows the structure that one wishes to measure.",
        ),
    ),
    Theme(
        subject="star formation in interacting galaxies",
        topics=("galaxy mergers", "star formation"),
        categories=("astro-ph.CO",),
        context=(
            "Encounters between galaxies drive gas inwards and can raise the rate of star"
            " formation for a few hundred million years.",
            "Interacting pairs show in a single image what isolated galaxies hide: the response of"
            " gas to a changing potential.",
        ),
        difficulty=(
            "The enhancement is brief, so that a sample of pairs mixes systems before, during and after it.",
            "Control samples must be matched in mass, redshift and environment at the same time.",
        ),
    ),
    Theme(
        subject="dust attenuation in distant galaxies",
        topics=("interstellar dust", "spectral energy distributions"),
        categories=("astro-ph.CO", "astro-ph.IM"),
        context=(
            "About half of the starlight ever emitted has been absorbed by dust and radiated again"
            " at longer wavelengths.",
            "Stellar masses and star formation rates depend on an attenuation curve that is usually assumed.",
        ),
        difficulty=(
            "Age, metallicity and dust have similar effects on colours, and broad-band data cannot separate them.",
            "Curves measured in nearby galaxies need not apply at earlier epochs.",
        ),
    ),
    Theme(
        subject="the growth of supermassive black holes",
        topics=("active galaxies", "black holes"),
        categories=("astro-ph.HE",),
        context=(
            "The masses of central black holes follow those of the bulges around them over four orders of magnitude.",
            "Accretion onto black holes is seen directly only for the small fraction of their"
            " lives in which they shine.",
        ),
        difficulty=(
            "Obscured growth escapes optical surveys, and the correction for it dominates the error budget.",
            "Masses estimated from a single spectrum scatter by a factor of three around those from reverberation.",
        ),
    ),
    Theme(
        subject="globular clusters as tracers of assembly",
        topics=("globular clusters", "galaxy assembly"),
        categories=("astro-ph.SR", "astro-ph.CO"),
        context=(
            "Globular clusters are old, bright and compact, and survive the galaxies in which they were born.",
            "Every massive galaxy is surrounded by clusters of which it formed only a part.",
        ),
        difficulty=(
            "Ages of old clusters are uncertain by more than the duration of the events that they should date.",
            "Colour is a poor guide to metallicity for clusters with an extended horizontal branch.",
        ),
    ),
    Theme(
        subject="neutral hydrogen in galaxy groups",
        topics=("neutral hydrogen", "galaxy groups"),
        categories=("astro-ph.CO", "astro-ph.IM"),
        context=(
            "Most galaxies live in groups, where gas can be stripped, heated or accreted.",
            "The 21 cm line shows gas far beyond the stellar disc and reacts first when a galaxy is disturbed.",
        ),
        difficulty=(
            "Single dishes blend neighbouring galaxies, and interferometers resolve out the diffuse gas between them.",
            "Group membership is itself uncertain, and interlopers are gas-rich more often than not.",
        ),
    ),
)

APPROACHES = (
    Approach(
        name="integral-field spectroscopy",
        does="We present integral-field spectroscopy that bears on {subject}, obtained in {few} nights of good seeing.",
        details=(
            "The data reach a surface brightness of $10^{-18}$ erg s$^{-1}$ cm$^{-2}$"
            " arcsec$^{-2}$ at a resolution of $R = 3000$.",
            "Line ratios are mapped out to $2.5\\,R_e$, twice as far as before.",
        ),
    ),
    Approach(
        name="cosmological simulations",
        does="We use a suite of cosmological simulations to study {subject} in a volume large"
        " enough to contain rare systems.",
        details=(
            "The runs follow $2 \\times 1024^3$ particles in a box of 50 Mpc with a mass"
            " resolution of $10^6\\,M_{\\odot}$.",
            "Varying the feedback efficiency $\\epsilon$ by a factor of two changes the relation by less than 0.1 dex.",
        ),
    ),
    Approach(
        name="hierarchical Bayesian modelling",
        does="We constrain {subject} by hierarchical Bayesian modelling, in which the individual"
        " measurements and their distribution are inferred together.",
        details=(
            "The slope of the relation is $\\beta = 1.12 \\pm 0.07$, with an intrinsic scatter of"
            " $\\sigma = 0.21$ dex.",
            "Censored measurements enter through their likelihood $P(x < x_{\\mathrm{lim}} \\mid"
            " \\theta)$ and are not discarded.",
        ),
    ),
    Approach(
        name="deep imaging",
        does="We report on deep imaging undertaken to study {subject} down to surface brightnesses"
        " that were out of reach before.",
        details=(
            "The images reach $\\mu_g = 29.4$ mag arcsec$^{-2}$ ($3\\sigma$ in boxes of 10 arcsec).",
            "Scattered light is modelled with a point spread function measured out to $\\theta = 15'$.",
        ),
    ),
    Approach(
        name="a homogeneous archival sample",
        does="We assemble a homogeneous archival sample of {many} objects in order to revisit {subject}.",
        details=(
            "The sample spans $8.5 < \\log(M_{\\star} / M_{\\odot}) < 11.2$ and is complete for $z < 0.05$.",
            "All spectra were reduced again with one pipeline, which lowers the scatter from $0.32$ to $0.19$ dex.",
        ),
    ),
    Approach(
        name="orbit-based dynamical models",
        does="We apply orbit-based dynamical models to {subject}, without assuming a form for the"
        " distribution function.",
        details=(
            "The models fit the full line-of-sight velocity distributions, with $\\chi^2$ per"
            " degree of freedom of $1.04$.",
            "The mass within $R$ is determined to within 15 %, whereas the anisotropy $\\beta(r)$ remains uncertain.",
        ),
    ),
)

FIELD = Field(
    name="Astrophysics of galaxies",
    category="astro-ph.GA",
    share=0.14,
    team=5.5,
    preprint_share=0.3,
    themes=THEMES,
    approaches=APPROACHES,
    settings=(
        "in the local volume",
        "since redshift two",
        "at low surface brightness",
        "in dense environments",
        "beyond the optical radius",
        "from a volume-limited sample",
        "at the faint end",
        "in the nearby Universe",
        "at $z \\approx 2$",
    ),
    results=(
        "We find a trend at the level of {small} sigma, in the sense expected if gas is removed"
        " before it is consumed; the scatter is {percent} %.",
        "About {percent} % of the objects depart from the mean relation, and these share a disturbed morphology.",
        "The measured values agree with {few} earlier studies once the same calibration is used,"
        " and are known to within {small} %.",
        "Of {many} candidates, {percent} % are confirmed; the remainder are background objects.",
        "The inferred time scale is shorter than previously thought by a factor of {factor}.",
    ),
    checks=(
        "Mock observations that pass through the same pipeline recover the input without bias.",
        "The result is robust against the choice of initial mass function but not against that of the distance scale.",
        "Systematic errors of the calibration dominate, and we quantify them object by object.",
        "An independent reduction by a second group within the team gave consistent values.",
    ),
    closings=(
        "Catalogues and reduced data are released with this paper.",
        "Deeper spectroscopy of a subset would decide between the two remaining explanations.",
        "We discuss the consequences for models in which feedback is bursty.",
        "The next generation of surveys will enlarge the sample by a factor of {factor}.",
    ),
    journals=("Galactic Astronomy", "Journal of Observational Astrophysics"),
    conferences=("Proceedings of the Symposium on Galaxy Assembly",),
)
