"""Words for the journal about duties and the staff on the day, which `journal_words` takes in with its own."""

from flask_babel import LazyString, lazy_gettext

_ = lazy_gettext

ACTIONS: dict[str, tuple[LazyString, str]] = {
    "duty.assigned": (_("gave somebody a duty"), "user-check"),
    "duty.moved": (_("moved a duty"), "switch-horizontal"),
    "duty.edited": (_("said where somebody stands"), "map-pin"),
    "duty.removed": (_("took a duty away"), "user-minus"),
    "duty.put_back": (_("put a duty back"), "arrow-back-up"),
    "staff_role.put_back": (_("put a removed role back"), "arrow-back-up"),
    "shift.put_back": (_("put a removed shift back"), "arrow-back-up"),
    "duty.told": (_("told somebody a duty"), "send"),
    "duty.acknowledged": (_("acknowledged a duty"), "circle-check"),
    "duty.refused": (_("cannot do a duty"), "circle-x"),
    "duty.told_by_hand": (_("told somebody a duty in person or by phone"), "phone-check"),
    "staff.note_sent": (_("wrote a note to the staff"), "speakerphone"),
    "staff_badges.printed": (_("had badges of the staff printed"), "printer"),
    "staff_arrival.overruled": (_("let somebody of the staff in who had refused"), "door-enter"),
    "staff_arrival.undone": (_("undid the arrival of somebody of the staff"), "arrow-back-up"),
    "incident.reported": (_("reported an incident"), "alert-triangle"),
    "incident.edited": (_("edited an incident"), "pencil"),
    "incident.done": (_("closed an incident"), "circle-check"),
    "incident.reopened": (_("opened an incident again"), "arrow-back-up"),
}

FIELDS: dict[str, LazyString] = {
    "cut": _("Work clothes"),
    "clothing_size": _("Clothing size"),
    "for_start_at": _("Laid out for the start"),
    "for_time_zone": _("Laid out for the time zone"),
    "what": _("What happened"),
    "severity": _("How bad"),
    "acting": _("Who sees to it"),
    "acting_id": _("Who sees to it"),
    "reported_at": _("Reported"),
    "reported_by": _("Reported by"),
    "staff_grace_minutes": _("Minutes until somebody of the staff is missing"),
    "how": _("How it was told"),
    "to": _("To whom"),
    "duty_state": _("State"),
}
