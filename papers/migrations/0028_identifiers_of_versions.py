"""Locations that were made from what was known before there were any take the identifiers of their works: without one
they have no address. Such works have a single location without details; an import writes all of them anew."""

from django.db import migrations

FILL = """
CREATE TEMPORARY TABLE bare_locations ON COMMIT DROP AS
SELECT l.id, l.paper_id, l.version,
       (SELECT min(i.value) FROM papers_paperidentifier i WHERE i.paper_id = l.paper_id AND i.scheme = 'doi'
        AND i.value NOT LIKE '10.48550/arxiv.%') AS doi,
       (SELECT min(i.value) FROM papers_paperidentifier i WHERE i.paper_id = l.paper_id AND i.scheme = 'acl') AS acl,
       (SELECT min(i.value) FROM papers_paperidentifier i WHERE i.paper_id = l.paper_id AND i.scheme = 'arxiv') AS arxiv
FROM papers_paperlocation l
WHERE l.position = 1 AND l.scheme = '' AND l.landing_url = '' AND l.pdf_url = '' AND l.is_open IS NULL
  AND l.volume = '' AND l.pages = '' AND l.publisher = ''
  AND NOT EXISTS (SELECT FROM papers_paperlocation m WHERE m.paper_id = l.paper_id AND m.position > 1);

UPDATE papers_paperlocation l SET scheme = found.scheme, value = found.value
FROM (SELECT b.id, first.scheme, first.value FROM bare_locations b
      CROSS JOIN LATERAL (SELECT scheme, value FROM (VALUES
          (CASE WHEN b.version = 'submitted' THEN 1 ELSE 3 END, 'arxiv', b.arxiv), (2, 'doi', b.doi), (2, 'acl', b.acl)
      ) AS known(place, scheme, value) WHERE value IS NOT NULL AND (scheme <> 'arxiv' OR b.version <> 'published')
      ORDER BY place, scheme DESC LIMIT 1) AS first) AS found
WHERE l.id = found.id;

INSERT INTO papers_paperlocation (
    paper_id, position, venue_name_id, version, kind, published_date, published_precision, scheme, value, license,
    landing_url, pdf_url, is_open, volume, issue, pages, article_number, publisher, book_title, edition, isbns,
    reference, source)
SELECT b.paper_id, 2, (SELECT min(n.id) FROM papers_venuename n WHERE n.key = 'arxiv'), 'submitted', 'preprint', NULL,
       '', 'arxiv', b.arxiv, '', '', '', NULL, '', '', '', '', '', '', '', '', '', l.source
FROM bare_locations b JOIN papers_paperlocation l ON l.id = b.id
WHERE b.version = 'published' AND b.arxiv IS NOT NULL;

DROP TABLE bare_locations;
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0027_venue_acronyms")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
