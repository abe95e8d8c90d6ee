"""Long work of the invite list."""

from app import journal
from app.blueprints.invitations import actions, queries
from app.blueprints.invitations.importing import jobs as imports
from app.extensions import db
from app.jobs import JobKind, Progress
from app.models import Event, Invitation, InvitationState, Job

BATCH = 100


def run_invite(job: Job, progress: Progress) -> None:
    """Invite everybody who is only listed, a batch a transaction; after a crash it goes on with whoever is left."""
    event = db.session.get_one(Event, job.event_id)
    rep_id = job.arguments.get("rep_id")
    journal.act_as(journal.Actor(job.created_by.name if job.created_by else "system", job.created_by_id))
    done, last_id = job.done, 0
    while True:
        statement = queries.invitations(event, rep_id).where(
            Invitation.state == InvitationState.LISTED, Invitation.id > last_id
        )
        batch = list(db.session.scalars(statement.options(*queries.ROW_OPTIONS).order_by(Invitation.id).limit(BATCH)))
        if not batch:
            break
        last_id = batch[-1].id
        done += len(actions.invite(event, batch))
        db.session.commit()
        progress(done, job.total)


KINDS = (JobKind("invite", run_invite), *imports.KINDS)
