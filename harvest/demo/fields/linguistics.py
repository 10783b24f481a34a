"""Computational linguistics: vocabulary of the demo corpus."""

from harvest.demo.vocabulary import Approach, Field, Theme

THEMES = (
    Theme(
        subject="morphological analysis of low-resource languages",
        topics=("morphology", "low-resource languages"),
        categories=("cs.AI",),
        context=(
            "More than half of the world's languages have no annotated text at all, and for many"
            " of them a morphological analyser is the first tool that is needed.",
            "In languages with rich inflection most word forms of a new text have never been seen before.",
        ),
        difficulty=(
            "Paradigm tables are usually incomplete, and the forms that are missing are exactly"
            " those on which speakers disagree.",
            "Methods developed for languages with large treebanks rely on a lexicon that does not exist elsewhere.",
        ),
    ),
    Theme(
        subject="coreference resolution in long documents",
        topics=("coreference", "discourse"),
        categories=("cs.AI", "cs.IR"),
        context=(
            "Readers of a novel or a court ruling keep track of hundreds of entities over many"
            " pages, and do so with little effort.",
            "Coreference links are what turns a sequence of sentences into a text about somebody.",
        ),
        difficulty=(
            "Systems trained on newspaper articles lose track of entities that are not mentioned"
            " for several paragraphs.",
            "Annotated documents are short, so that errors over long distances go unnoticed in the usual evaluation.",
        ),
    ),
    Theme(
        subject="machine translation between related languages",
        topics=("machine translation", "multilingual models"),
        categories=("cs.LG",),
        context=(
            "Closely related languages share most of their vocabulary and much of their grammar,"
            " yet translation between them usually passes through English.",
            "Speakers of neighbouring languages often understand each other; translation systems"
            " make little use of this.",
        ),
        difficulty=(
            "Parallel text is scarce for such pairs, and false friends are as frequent as true cognates.",
            "Automatic scores reward systems that copy the source, which is close to the reference"
            " without being correct.",
        ),
    ),
    Theme(
        subject="syntactic parsing of spoken language",
        topics=("parsing", "spoken language"),
        categories=("cs.SD", "eess.AS"),
        context=(
            "Spontaneous speech is full of repairs, fragments and overlaps that written grammar has no place for.",
            "Treebanks of speech are small and follow conventions that were designed for edited text.",
        ),
        difficulty=(
            "Removing disfluencies before parsing discards information that listeners are known to use.",
            "Sentence boundaries are not given in speech, and errors in finding them propagate to"
            " everything that follows.",
        ),
    ),
    Theme(
        subject="lexical semantic change over centuries",
        topics=("semantic change", "historical corpora"),
        categories=("cs.DL",),
        context=(
            "Words change their meaning, and the traces of this change are preserved in dated texts.",
            "Digitised archives make it possible to follow the history of a word through millions of its uses.",
        ),
        difficulty=(
            "Corpora of different periods differ in genre and spelling, and both differences are"
            " easily mistaken for a change of meaning.",
            "There is no gold standard beyond a few hundred words that lexicographers have studied by hand.",
        ),
    ),
    Theme(
        subject="question answering over scholarly text",
        topics=("question answering", "scholarly documents"),
        categories=("cs.IR", "cs.DL"),
        context=(
            "Scientists spend a large part of their reading time looking for one particular fact"
            " in papers that they already know.",
            "Scholarly articles are dense, refer to each other and state their claims with care;"
            " few benchmarks reflect this.",
        ),
        difficulty=(
            "An answer that is correct but lacks its conditions can be worse than no answer.",
            "Systems quote fluently from the abstract and seldom from the methods section, where"
            " the answer usually is.",
        ),
    ),
    Theme(
        subject="annotation quality in text corpora",
        topics=("annotation", "evaluation"),
        categories=("cs.HC",),
        context=(
            "Every supervised model inherits the decisions of its annotators, including those"
            " that were never written down.",
            "Agreement between annotators is reported in almost every corpus paper and interpreted in very few.",
        ),
        difficulty=(
            "A single coefficient cannot distinguish careless annotation from genuine ambiguity.",
            "Aggregating labels by majority hides the minority readings that would be most instructive.",
        ),
    ),
)

APPROACHES = (
    Approach(
        name="character-level transducers",
        does="We apply character-level transducers to {subject}, with a latent alignment that is"
        " summed out during training.",
        details=(
            "Summing over all monotone alignments of strings of length $m$ and $n$ takes $O(mn)$"
            " time with a standard dynamic programme.",
            "The model scores a pair by $p(y \\mid x) = \\sum_{a} p(y, a \\mid x)$, where $a$ runs"
            " over edit sequences.",
        ),
    ),
    Approach(
        name="Bayesian annotation models",
        does="We describe a Bayesian model for {subject} in which every judgement carries its own uncertainty.",
        details=(
            "Each annotator $j$ has a confusion matrix $\\pi^{(j)}$ with a Dirichlet prior, and"
            " the true label is integrated out.",
            "Posterior entropy $H(z_i \\mid y)$ identifies the items for which a further judgement is worth its cost.",
        ),
    ),
    Approach(
        name="cross-lingual transfer",
        does="We examine cross-lingual transfer for {subject}, choosing the source language by"
        " typological distance and the amount of shared vocabulary.",
        details=(
            "A regression on the distance $d(s, t)$ explains {percent} % of the variance in transfer accuracy.",
            "Transfer helps whenever the shared subword vocabulary covers more than a fraction"
            " $\\theta$ of the target tokens, with $\\theta \\approx 0.4$.",
        ),
    ),
    Approach(
        name="structured prediction with global features",
        does="We return to structured prediction with global features and show what it can still"
        " contribute to {subject}.",
        details=(
            "Inference maximises $w^{\\top} \\phi(x, y)$ over a space that is exponential in the"
            " length of $x$, but decomposes over a tree of width two.",
            "Dual decomposition yields a certificate of optimality for {percent} % of the test items.",
        ),
    ),
    Approach(
        name="probing experiments",
        does="We report a series of probing experiments on {subject}, designed so that the probe"
        " cannot learn the task by itself.",
        details=(
            "The probe is restricted to rank $r \\le 8$, and its score is compared with that of"
            " the same probe on random labels.",
            "We measure the description length $L = -\\sum_t \\log_2 p(y_t \\mid x_t, y_{<t})$ in place of accuracy.",
        ),
    ),
    Approach(
        name="weighted grammars",
        does="We formulate {subject} with a weighted grammar whose rules can be read and corrected by linguists.",
        details=(
            "Parsing takes $O(n^3 |G|)$ time in the worst case and close to linear time on the texts that we consider.",
            "Rule weights are estimated by the inside-outside algorithm with a sparse prior, which"
            " removes all but {many} rules.",
        ),
    ),
)

FIELD = Field(
    name="Computational linguistics",
    category="cs.CL",
    share=0.2,
    team=2.5,
    preprint_share=0.35,
    themes=THEMES,
    approaches=APPROACHES,
    settings=(
        "with little annotated data",
        "across twelve languages",
        "in historical texts",
        "beyond the sentence",
        "without parallel data",
        "in the presence of code-switching",
        "in conversational settings",
        "with human feedback",
    ),
    results=(
        "On {few} test sets the error is reduced by {percent} % relative to a strong baseline that uses the same data.",
        "In an evaluation by {few} native speakers, {percent} % of the corrected outputs were"
        " preferred and only {small} % were judged to be worse.",
        "We release {many} manually checked examples, on which current systems fall {small} points"
        " short of human agreement.",
        "The largest improvement, {percent} %, is found for the rarest constructions, which the"
        " average score hardly reflects.",
        "Accuracy rises steadily with the first {many} annotated sentences and levels off afterwards.",
    ),
    checks=(
        "A manual analysis of {few} hundred errors shows that about a third of them are"
        " disagreements with the annotation guidelines.",
        "Replacing the pretrained encoder by a much smaller one changes the ranking of systems,"
        " although not the conclusion.",
        "We also find that scores on the development set overstate the progress on unseen"
        " domains by a factor of {factor}.",
        "The same conclusions hold when named entities are masked, so memorised facts cannot explain the effect.",
    ),
    closings=(
        "The corpus, its guidelines and all individual judgements are published together.",
        "We argue that results on a new language should be accompanied by a description of that language.",
        "The findings support a modest conclusion: better data first, larger models second.",
        "We end with recommendations for those who plan to collect a similar corpus.",
    ),
    journals=("Computation and Language Review", "Journal of Corpus Methods"),
    conferences=("Meeting on Language Computation", "Workshop on Under-Resourced Languages"),
)
