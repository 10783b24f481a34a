"""Statements that find a page of a feed. docs/adr/0060-fan-out.md says why there are lists, with figures.

Filters that ask for nothing ('' for a kind, '-infinity' for an age) are constants, which the planner folds away.
"""

from datetime import timedelta

from following.domain.kinds import PERSON, PERSON_WEIGHT
from following.targets import TARGET_KINDS

# So much later is worth as much as being reached over twice as much of what is followed.
HALVED_IN = timedelta(days=3)
# As many things as are read with an event, for a page to name; the rest is a number.
TARGETS_READ = 6
# Of the two orders and all that goes into a rank: lists kept under another one are not read.
FORMULA = 1

WEIGHTS = {PERSON: PERSON_WEIGHT} | {target.kind: target.weight for target in TARGET_KINDS}
_WEIGHT = f"CASE l.kind {' '.join(f"WHEN '{kind}' THEN {weight}::float8" for kind, weight in WEIGHTS.items())} END"
# The rank of an event never changes, so that pages fit together: later, and over more or closer things, is higher.
# In floating point: numeric logarithms took most of the time. Weights are exact in binary, so that the order in which
# they are summed changes nothing, and two readings of one event are equal to the last bit.
_RELEVANCE = (
    f"ln(sum({_WEIGHT})) / ln(2::float8) + date_part('epoch', min(l.seen_at)) / {HALVED_IN.total_seconds():.1f}::float8"
)
# Over an event's links, as the other is. In the order of time all rank alike.
_RANKS = {"newest": "CASE WHEN count(*) > 0 THEN 0::float8 END", "relevant": _RELEVANCE}

_SEEN = "coalesce((SELECT r.seen_event_id FROM following_reader r WHERE r.user_id = %(user)s), 0)"
_UNSEEN = f"(CASE WHEN %(is_unseen)s THEN {_SEEN} ELSE 0 END)"
_WANTED = f"""
l.event_id > {_UNSEEN} AND l.seen_at > %(oldest)s::timestamptz
AND (%(event_kind)s::text = '' OR l.event_kind = %(event_kind)s::text)
"""
_TARGET = "(%(kind)s::text = '' OR kind = %(kind)s::text AND target_id = %(target_id)s)"
_MINE = f"""
SELECT kind, target_id, followed_at FROM following_follow WHERE user_id = %(user)s AND {_TARGET}
UNION ALL SELECT 'person', %(user)s, '-infinity' WHERE %(kind)s::text = ''
"""
# Whether a link `l` is to something of the reader's: asked link by link, which reads no more follows than links.
_IS_MINE = f"""
CROSS JOIN LATERAL (
    SELECT FROM following_follow WHERE user_id = %(user)s AND kind = l.kind AND target_id = l.target_id
        AND followed_at <= l.seen_at AND {_TARGET}
    UNION ALL SELECT WHERE l.kind = 'person' AND l.target_id = %(user)s AND %(kind)s::text = ''
    LIMIT 1
) m
"""
_EVENT = f"e.id AS event_id, e.kind, e.paper_id, e.text, e.url, e.day, e.seen_at, e.id > {_SEEN} AS is_new"
_TELLING = f"""
array_to_string((array_agg(l.kind || ' ' || l.target_id ORDER BY {_WEIGHT} DESC, l.kind COLLATE "C", l.target_id)
                )[1:{TARGETS_READ}], ',')
"""
# An event `p` to the reader: its rank, and what of theirs leads to it, the most telling first.
_TOLD = f"""
CROSS JOIN LATERAL (
    SELECT {{rank}} AS rank, {_TELLING} AS reasons, count(*) AS number FROM following_eventlink l {_IS_MINE}
    WHERE l.event_id = p.event_id AND l.seen_at > %(oldest)s::timestamptz
) w
"""
# What makes a list true: the follows it was made from (a later one has a higher id than any that went), no record
# merged since (that gives events of before to people who had not heard of them), and all links up to one.
_FOLLOWS_MARK = "(SELECT coalesce(sum(id), 0)::bigint FROM following_follow WHERE user_id = %(user)s)"
_MOVED_MARK = "coalesce((SELECT max(id) FROM following_event WHERE kind = 'moved'), 0)"
_LATEST_LINK = "coalesce((SELECT max(id) FROM following_eventlink), 0)"

# A kept list with what came since; what lies below the list's floor is not in it. No row: there is no true list, or
# too much came. The first column: nothing follows on what is found.
_KEPT = f"""
WITH kept AS MATERIALIZED (
    SELECT k.* FROM following_keptfeed k
    WHERE k.user_id = %(user)s AND k.sort = %(sort)s AND k.formula = {FORMULA}
      AND k.through_link_id + %(most_fresh)s >= {_LATEST_LINK} AND k.moved_mark = {_MOVED_MARK}
      AND k.follows_mark = {_FOLLOWS_MARK}
),
fresh AS MATERIALIZED (
    SELECT p.event_id, w.* FROM (
        SELECT DISTINCT l.event_id FROM (
            SELECT event_id, kind, target_id, seen_at FROM following_eventlink
            WHERE id > (SELECT through_link_id FROM kept) ORDER BY id LIMIT %(most_fresh)s
        ) l {_IS_MINE}
    ) p {_TOLD}
),
considered AS MATERIALIZED (
    SELECT * FROM (
        SELECT c.* FROM kept k
        CROSS JOIN LATERAL unnest(k.event_ids, k.ranks, k.reasons, k.numbers) AS c(event_id, rank, reasons, number)
        WHERE NOT EXISTS (SELECT FROM fresh f WHERE f.event_id = c.event_id)
        UNION ALL
        SELECT f.* FROM kept k JOIN fresh f ON (f.rank, f.event_id) >= (k.lowest_rank, k.lowest_event_id)
    ) c
    WHERE (rank, event_id) < (%(rank)s::float8, %(before)s) AND event_id > {_UNSEEN}
    ORDER BY rank DESC, event_id DESC LIMIT %(considered)s
)
SELECT k.is_whole AND (SELECT count(*) FROM considered) < %(considered)s AS is_whole, p.* FROM kept k LEFT JOIN (
    SELECT {_EVENT}, p.reasons, p.number, p.rank FROM considered p JOIN following_event e ON e.id = p.event_id
    WHERE e.seen_at > %(oldest)s::timestamptz AND (%(event_kind)s::text = '' OR e.kind = %(event_kind)s::text)
    ORDER BY p.rank DESC, p.event_id DESC LIMIT %(size)s
) p ON true
ORDER BY p.rank DESC, p.event_id DESC
"""
KEPT = {sort: _KEPT.format(rank=rank) for sort, rank in _RANKS.items()}

# Keeps what was found, when it was asked from the beginning and for everything. Whoever follows little and hears
# little is found as fast without.
_KEEP = f"""
keep AS (
    INSERT INTO following_keptfeed (user_id, sort, formula, event_ids, ranks, reasons, numbers, is_whole, lowest_rank,
                                    lowest_event_id, through_link_id, follows_mark, moved_mark, made_at)
    SELECT %(user)s, %(sort)s::text, {FORMULA}, t.ids, t.ranks, t.reasons, t.numbers, t.number < %(kept)s,
           CASE WHEN t.number < %(kept)s THEN '-infinity' ELSE t.ranks[t.number] END,
           CASE WHEN t.number < %(kept)s THEN 0 ELSE t.ids[t.number] END,
           {_LATEST_LINK}, {_FOLLOWS_MARK}, {_MOVED_MARK}, %(now)s
    FROM (SELECT array_agg(event_id ORDER BY rank DESC, event_id DESC) AS ids,
                 array_agg(rank ORDER BY rank DESC, event_id DESC) AS ranks,
                 array_agg(reasons ORDER BY rank DESC, event_id DESC) AS reasons,
                 array_agg(number ORDER BY rank DESC, event_id DESC) AS numbers, count(*) AS number
          FROM told WHERE %(keeps)s) t
    WHERE t.number = %(kept)s OR t.number > 0 AND (SELECT count(*) FROM mine) >= %(worth)s
    ON CONFLICT (user_id, sort) DO UPDATE SET
        formula = excluded.formula, event_ids = excluded.event_ids, ranks = excluded.ranks, reasons = excluded.reasons,
        numbers = excluded.numbers, is_whole = excluded.is_whole, lowest_rank = excluded.lowest_rank,
        lowest_event_id = excluded.lowest_event_id, through_link_id = excluded.through_link_id,
        follows_mark = excluded.follows_mark, moved_mark = excluded.moved_mark, made_at = excluded.made_at
)
"""
_PAGE = f"""
SELECT false AS is_whole, {_EVENT}, p.reasons, p.number, p.rank
FROM (SELECT * FROM page ORDER BY rank DESC, event_id DESC LIMIT %(size)s) p JOIN following_event e ON e.id = p.event_id
ORDER BY p.rank DESC, p.event_id DESC
"""
_RELEVANT = f"""
WITH mine AS MATERIALIZED ({_MINE}),
top AS MATERIALIZED (
    SELECT event_id, rank FROM (
        SELECT l.event_id, {{rank}} AS rank FROM mine f JOIN following_eventlink l
            ON l.kind = f.kind AND l.target_id = f.target_id AND l.seen_at >= f.followed_at AND {_WANTED}
        GROUP BY l.event_id
    ) r WHERE (rank, event_id) < (%(rank)s::float8, %(before)s) ORDER BY rank DESC, event_id DESC LIMIT %(most)s
),
told AS MATERIALIZED (SELECT p.event_id, w.* FROM top p {_TOLD}),
page AS (SELECT * FROM told),
{_KEEP} {_PAGE}
"""
# First the latest links of all, one by one until a page is full: whoever follows much finds one among the first. Only
# if they give too little each thing is asked for its own latest.
_NEWEST = f"""
WITH mine AS MATERIALIZED ({_MINE}),
quick AS MATERIALIZED (
    SELECT DISTINCT l.event_id FROM (
        SELECT l.event_id, l.kind, l.target_id, l.seen_at FROM following_eventlink l
        WHERE l.event_id < %(before)s AND {_WANTED} ORDER BY l.event_id DESC LIMIT %(looked)s
    ) l {_IS_MINE}
    ORDER BY l.event_id DESC LIMIT %(size)s
),
top AS MATERIALIZED (
    SELECT DISTINCT w.event_id FROM mine f
    CROSS JOIN LATERAL (
        SELECT l.event_id FROM following_eventlink l
        WHERE l.kind = f.kind AND l.target_id = f.target_id AND l.seen_at >= f.followed_at
          AND l.event_id < %(before)s AND {_WANTED}
        ORDER BY l.event_id DESC LIMIT %(most)s
    ) w
    WHERE (SELECT count(*) FROM quick) < %(size)s ORDER BY w.event_id DESC LIMIT %(most)s
),
told AS MATERIALIZED (SELECT p.event_id, w.* FROM top p {_TOLD}),
page AS (
    SELECT * FROM told
    UNION ALL SELECT p.event_id, w.* FROM quick p {_TOLD} WHERE (SELECT count(*) FROM quick) = %(size)s
),
{_KEEP} {_PAGE}
"""
RANKED = {
    "newest": _NEWEST.format(rank=_RANKS["newest"]),
    "relevant": _RELEVANT.format(rank=_RANKS["relevant"]),
}

# These events, as far as the person follows something of them, since whenever.
FOUND = f"""
SELECT false AS is_whole, {_EVENT}, w.reasons, w.number, 0::float8 AS rank
FROM unnest(%(events)s::bigint[]) AS p(event_id) JOIN following_event e ON e.id = p.event_id
CROSS JOIN LATERAL (
    SELECT {_TELLING} AS reasons, count(*) AS number
    FROM following_eventlink l
    WHERE l.event_id = e.id AND (l.kind = 'person' AND l.target_id = %(user)s OR EXISTS (
        SELECT FROM following_follow f WHERE f.user_id = %(user)s AND f.kind = l.kind AND f.target_id = l.target_id))
) w WHERE w.number > 0 ORDER BY e.id DESC
"""
