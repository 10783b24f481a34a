"""Machine learning: vocabulary of the demo corpus."""

from harvest.demo.vocabulary import Approach, Field, Theme

THEMES = (
    Theme(
        subject="uncertainty estimates of deep regression models",
        topics=("uncertainty estimation", "calibration"),
        categories=("stat.ML", "stat.ME"),
        context=(
            "A prediction is only as useful as the statement of confidence that comes with it.",
            "Regression models are increasingly asked to say how far their predictions can be trusted.",
        ),
        difficulty=(
            "Interval estimates that look well calibrated on average can still fail on the very"
            " inputs for which a user would want to be warned.",
            "The usual diagnostics are computed on data that resemble the training set, and say"
            " little about inputs at its edge.",
        ),
    ),
    Theme(
        subject="low-rank approximation of kernel matrices",
        topics=("kernel methods", "low-rank approximation"),
        categories=("stat.ML", "math.NA"),
        context=(
            "Kernel methods remain the reference for small and medium data, because their"
            " assumptions are explicit and their solutions unique.",
            "The cost of a kernel method is the cost of its Gram matrix, which grows with the"
            " square of the number of examples.",
        ),
        difficulty=(
            "Existing approximations fix the rank in advance, although the decay of the spectrum"
            " is rarely known before the matrix has been formed.",
            "Sampling columns uniformly is cheap but misses small clusters, while leverage scores"
            " are as costly as the problem they are meant to simplify.",
        ),
    ),
    Theme(
        subject="representation learning from few labels",
        topics=("representation learning", "semi-supervised learning"),
        categories=("cs.CV", "stat.ML"),
        context=(
            "Labels are expensive in most sciences, whereas unlabelled measurements accumulate"
            " faster than anyone can look at them.",
            "A good representation makes a simple classifier sufficient, and a simple classifier needs few labels.",
        ),
        difficulty=(
            "It is not clear which invariances should be imposed when the downstream task is not"
            " known at the time of training.",
            "Objectives that work well on balanced collections tend to collapse when some classes"
            " are a hundred times rarer than others.",
        ),
    ),
    Theme(
        subject="online learning with delayed feedback",
        topics=("online learning", "bandits"),
        categories=("stat.ML", "cs.DS", "cs.GT"),
        context=(
            "In many applications the outcome of a decision becomes known only long after the"
            " next decisions have been taken.",
            "Online learning offers guarantees without distributional assumptions, which makes it"
            " attractive for systems that run unattended.",
        ),
        difficulty=(
            "When delays depend on the outcome itself, the feedback seen so far is a biased"
            " sample of what has happened.",
            "Standard algorithms must know a bound on the delay, and their guarantees are loose"
            " when that bound is pessimistic.",
        ),
    ),
    Theme(
        subject="learning on graphs with missing edges",
        topics=("graph learning", "link prediction"),
        categories=("cs.SI", "stat.ML"),
        context=(
            "Relational data are often recorded by different people at different times, and the"
            " resulting graphs are incomplete in systematic ways.",
            "Message passing on graphs has become a standard tool wherever entities are known through their relations.",
        ),
        difficulty=(
            "Most methods treat an unobserved edge as absent, which confuses ignorance with knowledge.",
            "The pattern of missing edges is itself informative, but modelling it naively doubles"
            " the number of parameters.",
        ),
    ),
    Theme(
        subject="generalisation of overparametrised networks",
        topics=("generalisation", "deep learning theory"),
        categories=("stat.ML", "math.ST"),
        context=(
            "Networks with many more parameters than examples can fit arbitrary labels, and yet"
            " they predict well on labels that are not arbitrary.",
            "Classical capacity measures were designed for models whose size is the main limit"
            " on what they can represent.",
        ),
        difficulty=(
            "Bounds that hold uniformly over all trained networks are vacuous at realistic sizes,"
            " and bounds that depend on the data are hard to interpret.",
            "Experiments vary architecture, optimiser and data at the same time, so that their"
            " separate effects cannot be told apart.",
        ),
    ),
    Theme(
        subject="fair allocation of predictive errors",
        topics=("algorithmic fairness", "evaluation"),
        categories=("cs.CY", "stat.ML"),
        context=(
            "When a model informs decisions about people, the question is not only how often it"
            " errs but on whom its errors fall.",
            "Several definitions of fairness have been proposed for classifiers, and no two of them agree in general.",
        ),
        difficulty=(
            "Group membership is often unknown or recorded imperfectly, and corrections that"
            " ignore this can make matters worse.",
            "Constraints that equalise error rates at one threshold are silent about all others.",
        ),
    ),
)

APPROACHES = (
    Approach(
        name="conformal prediction",
        does="We bring conformal prediction to {subject} and derive guarantees that hold for"
        " finite samples under exchangeability.",
        details=(
            "The resulting sets contain the truth with probability at least $1 - \\alpha$, and"
            " their expected size exceeds that of the oracle by $O(n^{-1/2})$.",
            "The argument needs only that the scores $s_1, \\dots, s_n$ are exchangeable; no"
            " assumption is made on the model that produced them.",
        ),
    ),
    Approach(
        name="stochastic variational inference",
        does="We treat {subject} as approximate inference and fit a structured variational"
        " family with stochastic gradients.",
        details=(
            "The bound $\\log p(x) \\ge \\mathbb{E}_{q}[\\log p(x, z) - \\log q(z)]$ is tightened"
            " by a control variate that costs one extra forward pass.",
            "The posterior factorises along the edges of a tree, so that each update takes"
            " $O(d^2)$ operations instead of $O(d^3)$.",
        ),
    ),
    Approach(
        name="randomised sketching",
        does="We revisit {subject} with randomised sketches whose size adapts to the data.",
        details=(
            "With a sketch of size $m = O(\\epsilon^{-2} \\log n)$ the relative error is at most"
            " $\\epsilon$ with high probability.",
            "The analysis rests on a bound for the effective dimension $d_\\lambda ="
            " \\mathrm{tr}(K (K + \\lambda I)^{-1})$ that can be estimated along the way.",
        ),
    ),
    Approach(
        name="gradient flow analysis",
        does="We study {subject} through the gradient flow of the training objective, for which"
        " the dynamics can be solved in closed form.",
        details=(
            "In this limit the residual follows $\\dot{r}(t) = -\\Theta r(t)$, and the modes of"
            " $\\Theta$ are learnt in the order of their eigenvalues.",
            "A discrete step of size $\\eta < 2 / \\lambda_{\\max}$ stays within $O(\\eta)$ of the"
            " flow for as long as training lasts.",
        ),
    ),
    Approach(
        name="contrastive objectives",
        does="We propose a contrastive objective for {subject} that draws its negatives from the"
        " structure of the data and not uniformly at random.",
        details=(
            "The temperature $\\tau$ controls how strongly hard negatives are weighted, and we"
            " give a rule for choosing it from the first hundred batches.",
            "At its minimum the loss recovers the pointwise mutual information up to an additive constant $\\log k$.",
        ),
    ),
    Approach(
        name="Gaussian process priors",
        does="We place a Gaussian process prior on the unknown function behind {subject} and"
        " integrate it out wherever this is possible.",
        details=(
            "Inducing points reduce the cost from $O(n^3)$ to $O(n m^2)$, and the gap to the exact"
            " posterior is monitored by its trace.",
            "The length scales $\\ell_1, \\dots, \\ell_d$ are given a half-normal prior, which"
            " removes the need to tune them by hand.",
        ),
    ),
)

FIELD = Field(
    name="Machine learning",
    category="cs.LG",
    share=0.24,
    team=2.6,
    preprint_share=0.5,
    themes=THEMES,
    approaches=APPROACHES,
    settings=(
        "under distribution shift",
        "with limited supervision",
        "at scale",
        "in high dimension",
        "from noisy observations",
        "with side information",
        "in the small-sample regime",
        "under privacy constraints",
    ),
    results=(
        "On {few} public data sets the method lowers the error of the strongest baseline by"
        " {percent} % while using {factor} times less memory.",
        "Across {few} benchmarks we find a consistent improvement of {percent} %, most of it on"
        " the rarest {small} % of the inputs.",
        "Experiments with {many} training runs show that the theory predicts the observed curves to within {small} %.",
        "In a controlled comparison the approach matches the accuracy of models {factor} times its"
        " size, and its training time is shorter by {percent} %.",
        "On simulated and measured data alike, the gap to an oracle that knows the answer shrinks by {percent} %.",
    ),
    checks=(
        "An ablation shows that most of the gain comes from the choice of objective; the"
        " architecture matters much less.",
        "The gain disappears when the assumptions are violated on purpose, which we take as"
        " evidence that the explanation is the right one.",
        "We repeat every experiment with {few} seeds and report the spread, which is often as"
        " large as the differences between published methods.",
        "A negative result is reported as well: for very small samples, a linear model is hard to beat.",
    ),
    closings=(
        "Code and configuration files for all experiments are available.",
        "We close with a list of conditions under which a practitioner should prefer the simpler method.",
        "The results suggest that evaluation, more than modelling, is what limits progress here.",
        "We discuss what the analysis leaves open, in particular the role of early stopping.",
    ),
    journals=("Annals of Learning Systems", "Journal of Statistical Inference and Learning"),
    conferences=(
        "Conference on Learning and Inference",
        "Symposium on the Foundations of Learning",
    ),
)
