"""What curators decide of a report, and do about somebody. Every action is a row that nothing changes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from claims.selectors.ownership import owned_authors
from claims.services.confirm_profile import note_upheld_report
from collaborations.domain.states import REPORTS, ReportAction
from collaborations.models import ModerationAction, Report
from collaborations.services import notifications
from common.db.state_table import IllegalTransition

LONGEST_DAYS = 365
LASTING = (ModerationAction.Kind.LIMIT, ModerationAction.Kind.SUSPEND)


@transaction.atomic
def decide_report(
    *, report: Report, kind: ModerationAction.Kind, reason: str, by: User, now: datetime, days: int = 0
) -> ModerationAction:
    """Warn, limit or suspend whom it is about, or dismiss it; both sides are told, and the trust card counts what was upheld. Raises IllegalTransition."""
    action = ReportAction.DISMISS if kind == ModerationAction.Kind.DISMISS else ReportAction.UPHOLD
    target = REPORTS.target_of(REPORTS.sources_of(action)[0], action)
    sources = [state.value for state in REPORTS.sources_of(action)]
    if not Report.objects.filter(pk=report.pk, state__in=sources).update(state=target.value, decided_at=now):
        raise IllegalTransition("it is decided already")
    done = _write(report.about_id, kind, reason, by, now, days=days, report=report)
    if report.reporter is not None:
        notifications.tell_of_conduct(
            user=report.reporter,
            key=f"report-{report.key}",
            now=now,
            message=gettext("A curator has looked at what you reported. Thank you."),
        )
    if report.about is not None and kind != ModerationAction.Kind.DISMISS:
        for author in owned_authors(report.about):
            note_upheld_report(author_id=author.pk, now=now)
        notifications.tell_of_conduct(user=report.about, key=f"act-{done.pk}", message=_explanation(done), now=now)
    return done


@transaction.atomic
def lift_limits(*, about: User, reason: str, by: User, now: datetime) -> ModerationAction:
    """End every limit and suspension of somebody, who is told."""
    done = _write(about.pk, ModerationAction.Kind.LIFT, reason, by, now)
    notifications.tell_of_conduct(
        user=about,
        key=f"act-{done.pk}",
        now=now,
        message=gettext("You may send invitations and messages again."),
    )
    return done


def _write(
    about_id: int | None,
    kind: ModerationAction.Kind,
    reason: str,
    by: User,
    now: datetime,
    *,
    days: int = 0,
    report: Report | None = None,
) -> ModerationAction:
    until = now + timedelta(days=max(1, min(LONGEST_DAYS, days))) if kind in LASTING else None
    return ModerationAction.objects.create(
        about_id=about_id, by=by, kind=kind, reason=reason, until=until, report=report, made_at=now
    )


def _explanation(action: ModerationAction) -> str:
    day = f"{action.until:%Y-%m-%d}" if action.until else ""
    match action.kind:
        case ModerationAction.Kind.LIMIT:
            return gettext("A curator decided that you may send no invitations until %(day)s: %(reason)s") % {
                "day": day,
                "reason": action.reason,
            }
        case ModerationAction.Kind.SUSPEND:
            return gettext(
                "A curator decided that you may send neither invitations nor messages until %(day)s: %(reason)s"
            ) % {"day": day, "reason": action.reason}
        case _:
            return gettext("A curator warns you about how you write to others: %(reason)s") % {"reason": action.reason}
