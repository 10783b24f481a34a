"""Numerical analysis: vocabulary of the demo corpus."""

from harvest.demo.vocabulary import Approach, Field, Theme

THEMES = (
    Theme(
        subject="the Helmholtz equation at high frequency",
        topics=("wave propagation", "Helmholtz equation"),
        categories=("math.AP", "physics.comp-ph"),
        context=(
            "Time-harmonic waves are described by $-\\Delta u - k^2 u = f$, and their computation"
            " becomes harder as the wavenumber grows.",
            "Acoustic and seismic imaging call for thousands of wave solutions, one for each source.",
        ),
        difficulty=(
            "The discrete problem is indefinite, and the usual iterative solvers stall just where they are needed.",
            "Keeping the number of points per wavelength fixed is not enough, because phase errors"
            " accumulate over the domain.",
        ),
    ),
    Theme(
        subject="time integration of stiff systems",
        topics=("time integration", "stiff equations"),
        categories=("math.DS", "cs.CE"),
        context=(
            "Chemical kinetics and circuit simulation lead to systems whose time scales differ by"
            " many orders of magnitude.",
            "Implicit methods pay for their stability with a nonlinear system in every step.",
        ),
        difficulty=(
            "Order reduction sets in for stiff problems, and the observed rates fall short of the classical ones.",
            "Step size control tends to react to transients that have no influence on the final result.",
        ),
    ),
    Theme(
        subject="eigenvalue problems with nonlinear dependence",
        topics=("eigenvalue problems", "matrix functions"),
        categories=("math.SP",),
        context=(
            "Vibrating structures with damping, and photonic crystals with dispersion, lead to"
            " eigenvalue problems in which the parameter enters nonlinearly.",
            "Linear eigenvalue problems are solved routinely; nonlinear ones still need care in each instance.",
        ),
        difficulty=(
            "Eigenvalues can be missed without any sign of failure, since counting them is itself a nonlinear problem.",
            "Linearisation enlarges the matrices and may destroy the structure that one wished to preserve.",
        ),
    ),
    Theme(
        subject="adaptive finite elements for singular solutions",
        topics=("finite elements", "adaptivity"),
        categories=("math.AP", "cs.CE"),
        context=(
            "Corners, interfaces and concentrated loads produce solutions that are smooth almost"
            " everywhere and singular where it matters.",
            "Adaptive refinement places unknowns where they are needed, guided by quantities that can be computed.",
        ),
        difficulty=(
            "Error estimators contain constants that are unknown in practice and may be large for distorted meshes.",
            "Optimality results concern the asymptotic regime, which real computations rarely reach.",
        ),
    ),
    Theme(
        subject="sparse linear systems on modern hardware",
        topics=("iterative solvers", "sparse matrices"),
        categories=("cs.MS", "cs.DC"),
        context=(
            "Solving sparse linear systems takes most of the time in a large share of scientific computing.",
            "Arithmetic has become cheap compared with the movement of data, and algorithms have been slow to follow.",
        ),
        difficulty=(
            "Good preconditioners are sequential by nature, and parallel ones tend to be weak.",
            "Reduced precision saves memory traffic, but rounding errors interact with the"
            " recurrences of Krylov methods in subtle ways.",
        ),
    ),
    Theme(
        subject="quadrature in many dimensions",
        topics=("quadrature", "quasi-Monte Carlo"),
        categories=("stat.CO", "math.ST"),
        context=(
            "Expected values over many uncertain parameters are integrals in many dimensions.",
            "Product rules are hopeless beyond a handful of variables, and random sampling converges slowly.",
        ),
        difficulty=(
            "The integrand is smooth in some directions and rough in others, and it is not known"
            " in advance which ones.",
            "Theoretical rates depend on weights that must be guessed before the computation starts.",
        ),
    ),
    Theme(
        subject="inverse problems with incomplete data",
        topics=("inverse problems", "regularisation"),
        categories=("math.AP", "eess.IV"),
        context=(
            "In tomography and geophysics the quantity of interest is seen only through an operator that smooths it.",
            "An inverse problem is solved with the data that can be had, which are seldom the data"
            " that theory asks for.",
        ),
        difficulty=(
            "Uniqueness may hold for complete data and fail for those that can be measured.",
            "The regularisation parameter decides the outcome, and most rules for its choice need"
            " to know the noise level.",
        ),
    ),
)

APPROACHES = (
    Approach(
        name="domain decomposition",
        does="We analyse domain decomposition for {subject}, with transmission conditions that"
        " are optimised for each interface.",
        details=(
            "The condition number is bounded by $C (1 + \\log(H/h))^2$, with a constant $C$ that"
            " does not depend on the coefficients.",
            "The number of iterations grows like $O(k^{1/3})$ in our experiments, compared with"
            " $O(k)$ without a coarse space.",
        ),
    ),
    Approach(
        name="exponential integrators",
        does="We propose exponential integrators for {subject} and analyse the error in a"
        " framework of strongly continuous semigroups.",
        details=(
            "The action of $\\varphi_1(\\tau A)$ on a vector is approximated in a Krylov space of dimension {few}.",
            "The method converges with order $p = 4$ under natural compatibility conditions, and"
            " with order $p = 2.5$ without them.",
        ),
    ),
    Approach(
        name="rational approximation",
        does="We use rational approximation to treat {subject}, with poles chosen by a greedy procedure.",
        details=(
            "The error decays like $\\exp(-c \\sqrt{n})$ in the presence of branch points, which"
            " is the best possible rate.",
            "In barycentric form, $r(z) = \\sum_j \\frac{w_j f_j}{z - z_j} / \\sum_j"
            " \\frac{w_j}{z - z_j}$, the evaluation is stable.",
        ),
    ),
    Approach(
        name="a posteriori error control",
        does="We derive a posteriori error control for {subject}: computable bounds, with all"
        " constants, in the norm that the user asks for.",
        details=(
            "The estimator satisfies $\\|u - u_h\\| \\le \\eta \\le C \\|u - u_h\\|$ with $C$ close"
            " to one on all meshes that we tried.",
            "Equilibrated fluxes in $H(\\mathrm{div})$ make the upper bound independent of unknown constants.",
        ),
    ),
    Approach(
        name="multilevel methods",
        does="We construct multilevel methods for {subject} whose components are chosen"
        " algebraically, from the matrix alone.",
        details=(
            "The cost to reach accuracy $\\varepsilon$ falls from $O(\\varepsilon^{-3})$ to $O(\\varepsilon^{-2})$.",
            "A two-level analysis gives a contraction factor $\\rho \\le 0.2$ that is confirmed by"
            " experiments on {few} levels.",
        ),
    ),
    Approach(
        name="mixed-precision iteration",
        does="We investigate mixed-precision iteration for {subject}: most of the work is done in"
        " low precision and corrected in high precision.",
        details=(
            "The attainable accuracy is governed by $u_h \\kappa(A)$, where $u_h$ is the unit"
            " roundoff of the higher precision.",
            "Convergence is guaranteed as long as $\\kappa(A) < u_{\\ell}^{-1}$ for the lower precision $u_{\\ell}$.",
        ),
    ),
)

FIELD = Field(
    name="Numerical analysis",
    category="math.NA",
    share=0.16,
    team=1.9,
    preprint_share=0.45,
    themes=THEMES,
    approaches=APPROACHES,
    settings=(
        "on anisotropic meshes",
        "with rough coefficients",
        "in three dimensions",
        "with guaranteed bounds",
        "on unbounded domains",
        "with random data",
        "in the preasymptotic regime",
        "without structured grids",
        "in $H(\\mathrm{curl})$",
    ),
    results=(
        "Numerical experiments with up to {percent} million unknowns confirm the predicted rates and"
        " show a speed-up by a factor of {factor}.",
        "For {few} test problems from the literature the error falls by {percent} % at equal cost.",
        "The new bounds are sharp up to a factor of {factor}, as an example with a known solution demonstrates.",
        "Compared with the standard approach, the number of iterations is reduced by {percent} %"
        " and depends only weakly on the parameters.",
        "On a problem with {many} right-hand sides the total time is shortened by {percent} %.",
    ),
    checks=(
        "The proof is elementary and does not use the regularity of the solution.",
        "A counterexample shows that one of the assumptions cannot be dropped.",
        "The analysis also explains an effect that practitioners have reported and that earlier theory did not cover.",
        "Constants are tracked throughout, so the statements remain meaningful for coarse discretisations.",
    ),
    closings=(
        "An implementation of about {many} lines accompanies the paper.",
        "We conclude with two open problems.",
        "Extensions to systems of equations are discussed briefly.",
        "The method can be added to an existing code without changing its data structures.",
    ),
    journals=("Numerical Mathematics Quarterly", "Journal of Computational Analysis"),
    conferences=("Colloquium on Scientific Computation",),
)
