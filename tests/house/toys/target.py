"""A toy target: classes of a classification, which have no page and no public id of their own."""

from following.targets.base import TargetKind, followed

TOY = TargetKind(
    kind="toy",
    letter="C",
    label="Toy class",
    plural="Toy classes",
    weight=0.5,
    table="papers_category",
    name="code",
    url=lambda pk, name: f"/search/?q={name}",
    works=(
        f"""SELECT s.paper_id, w.kind, w.target_id FROM chosen c
            JOIN papers_papercategory s ON s.paper_id = c.paper_id {followed("toy", "s.category_id")}""",
    ),
    latest="SELECT paper_id FROM papers_papercategory WHERE category_id = %(id)s LIMIT %(most)s",
)
