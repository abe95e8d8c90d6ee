"""The house's English wording: key -> subject and body of the mail, text of the SMS."""

from app.blueprints.messages import wording_contracts, wording_office, wording_payments, wording_plans, wording_travel

WORDING: dict[str, tuple[str, str, str]] = (
    {
        "invitation": (
            "You are invited: {event}",
            """
Dear {contact},

We would be delighted to welcome you to {event}.

When: {day}, {time}
Where: {venue} {hall}
Address: {address}
Theme: {theme}
Host: {organizer}

You will see the products, the terms and the support behind them, and our people will take the time to talk with you
in person. The formal invitation is attached.

Please let us know whether you can come, who comes with you, and whether you need a room or a lift from the station.

{link}

Reply by: {reply_by}

Any questions? Call {contact_name}: {contact_phone}

With kind regards,
{organizer}
""",
            """
{contact}, {organizer} invites you to {event}: {day}, {time}, {venue}. Details and reply: {link}
""",
        ),
        "reminder": (
            "Will you join us? {event}",
            """
Dear {contact},

A little while ago we invited you to {event}, and we have not heard from you yet. Seats are being planned, so a short
answer would help us.

When: {day}, {time}
Where: {venue} {hall}

{link}

Reply by: {reply_by}

Any questions? Call {contact_name}: {contact_phone}

With kind regards,
{organizer}
""",
            """
{contact}, can we expect you at {event} on {day}, {time}, {venue}? Please reply: {link} {organizer}
""",
        ),
        "reply_received": (
            "We have your reply: {event}",
            """
Dear {contact},

Thank you for your reply. This is what we have on record:

{record}

Until {reply_by} you can change it at any time:

{link}

When: {day}, {time}
Where: {venue} {hall}
Address: {address}
Map: {map}

Any questions? Call {contact_name}: {contact_phone}

With kind regards,
{organizer}
""",
            """
{contact}, thank you, we have your reply for {event}. View or change it: {link} {organizer}
""",
        ),
        "reconfirm": (
            "Please confirm: are you coming to {event}?",
            """
Dear {contact},

{event} is only days away. So that your seat, meals and room are ready, please tell us once more:

· I am coming
· I cannot come
· Somebody else comes for me

{link}

When: {day}, {time}
Where: {venue} {hall}
Address: {address}
Map: {map}

If anything changes, you can also call {contact_name}: {contact_phone}

With kind regards,
{organizer}
""",
            """
{contact}, {event} is on {day}, {time}, {venue}. Coming, not coming, or somebody else? Please confirm: {link}
""",
        ),
        "waiting_list_moved_up": (
            "A seat is yours: {event}",
            """
Dear {contact},

Thank you for waiting. A seat at {event} has become free, and it is yours. We look forward to seeing you.

When: {day}, {time}
Where: {venue} {hall}
Address: {address}

Should you be unable to come after all, please tell us soon, so that another guest can have the seat.

{link}

Any questions? Call {contact_name}: {contact_phone}

With kind regards,
{organizer}
""",
            """
{contact}, a seat at {event} is yours now: {day}, {time}, {venue}. Details: {link} {organizer}
""",
        ),
        "welcome": (
            "Welcome to {event}",
            """
Dear {contact},

Welcome to {event}. Your page has the programme. Should you need anything, call {contact_name}: {contact_phone}

{link}

{organizer}
""",
            """
{contact}, welcome to {event}. Need anything? Call {contact_name} {contact_phone}. Your page: {link}
""",
        ),
        "silent_for_rep": (
            "Guests to call ({count}): {event}",
            """
Dear {rep},

These guests have not confirmed for {event} on {day}, {time}. Please call them and record the outcome:

{guests}

{link}
""",
            """
{rep}, {count} guests of {event} have not confirmed. Please call them soon: {link}
""",
        ),
        "duty_notice": (
            "Your duties: {event}",
            """
Hello {name},

this is what we ask you to do at {event}:

{duties}

Place: {venue} {hall}
Address: {address}

Please open your own page and say whether you can do it. It needs no sign-in.

{link}

On the day the page shows what comes next, where you stand, and whom to call.

{organizer}
""",
            """
{organizer}: {name}, please look at your duties at {event} ({first}) and answer: {link}
""",
        ),
        "hall_tasks": (
            "Your tasks in the hall: {event}",
            """
Hello {name},

this is what we ask you to see to at {event}:

{tasks}

Place: {venue} {hall}
Address: {address}

Tick each task on your own page when it is done. It needs no sign-in.

{link}

{organizer}
""",
            """
{organizer}: {name}, you have {count} tasks in the hall of {event}, the first by {first}. See and tick them: {link}
""",
        ),
        "staff_missing": (
            "Not here yet ({count}): {event}",
            """
{name},

these people have not checked in for their shift:

{missing}

Please call them, or send whoever stands in.

{link}
""",
            """
{event}: {count} not here. {missing} {link}
""",
        ),
        "incident": (
            "Please see to it: {what}",
            """
{name},

please see to this at {event}:

{what}

Where: {place}
Reported: {at} {reported_by}

{link}
""",
            """
{name}, please see to it: {what}. {place} ({reported_by} {at}) {link}
""",
        ),
        "emergency": (
            "EMERGENCY: {what}",
            """
EMERGENCY at {event}

{what}

Where: {place}
Reported: {at} {reported_by}

{name}, please go there at once.

{link}
""",
            """
EMERGENCY {what}. {place}. {name}, please go there at once. {reported_by} {at} {link}
""",
        ),
        "staff_note": (
            "Note: {event}",
            """
Hello {name},

{text}

{sender}

{link}
""",
            """
{text} ({sender}, {event}) {link}
""",
        ),
        "staff_note_urgent": (
            "URGENT: {event}",
            """
URGENT

{name},

{text}

{sender}

{link}
""",
            """
URGENT: {text} ({sender}, {event}) {link}
""",
        ),
        "closeout_reminder": (
            "To close out: {event}",
            """
Hello {name},

{event} is over. Thank you for your work. This is still open with you:

{items}

Please tick on your own page what is done. It needs no sign-in.

{link}

{organizer}
""",
            """
{organizer}: {name}, still open with you after {event}: {count}. Please tick what is done: {link}
""",
        ),
    }
    | wording_contracts.EN
    | wording_office.EN
    | wording_payments.EN
    | wording_plans.EN
    | wording_travel.EN
)
