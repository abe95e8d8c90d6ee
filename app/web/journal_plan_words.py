"""Words for the journal of an event's plan: codes as (what was done, icon), and names of fields."""

from flask_babel import LazyString, lazy_gettext

_ = lazy_gettext

ACTIONS: dict[str, tuple[LazyString, str]] = {
    "plan.started": (_("started the plan"), "file-text"),
    "plan.revised": (_("began a revision of the plan"), "file-pencil"),
    "plan.described": (_("changed the title block of the plan"), "pencil"),
    "plan.section_written": (_("wrote a section of the plan"), "pencil"),
    "plan.section_added": (_("added a section to the plan"), "plus"),
    "plan.section_removed": (_("took a section out of the plan"), "trash"),
    "plan.remark_settled": (_("saw to a remark about the plan"), "check"),
    "plan.submitted": (_("sent the plan for review"), "send"),
    "plan.withdrawn": (_("took the plan back"), "arrow-back-up"),
    "plan.reviewed": (_("reviewed the plan"), "eye"),
    "plan.returned": (_("returned the plan with remarks"), "arrow-back-up"),
    "plan.approved": (_("approved the plan"), "lock"),
    "plan_task.added": (_("added a task to the timeline"), "plus"),
    "plan_task.edited": (_("edited a task of the timeline"), "pencil"),
    "plan_task.removed": (_("removed a task from the timeline"), "trash"),
    "plan_task.done": (_("finished a task of the timeline"), "check"),
    "plan_task.opened": (_("opened a task of the timeline again"), "arrow-back-up"),
    "plan_task.template": (_("laid the timeline out by the template"), "list-check"),
    "plan_task.moved": (_("moved the open tasks of the timeline"), "calendar-event"),
}

FIELDS: dict[str, LazyString] = {
    "revision": _("Revision"),
    "section": _("Section"),
    "plan_documents.remark": _("Remark of a reader"),
    "control": _("Controlled status"),
    "executing": _("Executing department"),
    "supervising": _("Supervising department"),
    "verifying": _("Verifying department"),
    "plan_tasks.starts_on": _("From"),
    "plan_tasks.due_on": _("Until"),
    "after_id": _("After which task"),
    "tasks": _("Tasks"),
}
