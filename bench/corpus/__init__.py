"""The benchmark's corpus: 10k, 100k or 1m papers with the distributions of real ones.

The shape follows what was measured on real data: authors per paper mean 3, median 2, 99th
percentile 12; 45 % of authors with one paper and a tail of exponent 2.3; 12 resolved references
a paper with a median age of 4 years; 31 to 53 % of papers uncited, the top 1 % of papers holding
a quarter of the citations; abstracts of 861 to 1,347 characters.
"""

from bench.corpus.build import GENERATOR_VERSION, corpus_file
from bench.corpus.plan import PLANTED, SCALES, Planted

__all__ = ["GENERATOR_VERSION", "PLANTED", "SCALES", "Planted", "corpus_file"]
