"""Indices over works, of an author or of anything else: one expression each, wherever it is computed.

They stand where works are ranked: `figure` is a work's citations (NULL where not known), `place` its place from the most
cited, `fresh` the citations it received last year (NULL where that year was not counted). The formulas that they must
agree with are in `metrics/formulas`.
"""

H_INDEX = "count(*) FILTER (WHERE figure >= place)::int"
I10_INDEX = "count(*) FILTER (WHERE figure >= 10)::int"
MEAN_CITEDNESS_2Y = """CASE WHEN count(fresh) * 2 >= count(*) FILTER (WHERE year IN (%(year)s - 3, %(year)s - 2))
               THEN sum(fresh) / nullif(count(fresh), 0)::float8 END"""
# For fewer than half of the works no index says anything.
IS_ENOUGH = "2 * known >= works"
