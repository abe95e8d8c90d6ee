"""What the variables of a message are called and what each stands for, as the page Wording explains it."""

from app.errors import N_

OF_GUEST = {
    "contact": N_("The guest’s name"),
    "title": N_("The guest’s job title"),
    "company": N_("The guest’s company"),
    "link": N_("The guest’s own page; alone on a line of a mail it becomes the button"),
    "rep": N_("Our rep for this guest"),
    "rep_phone": N_("The rep’s mobile number"),
    "companions_allowed": N_("How many people the guest may bring"),
}
OF_EVENT = {
    "event": N_("The event’s name"),
    "theme": N_("The event’s theme"),
    "day": N_("The day it begins"),
    "time": N_("The time it begins"),
    "ends": N_("The time it ends, with the day when it is another one"),
    "venue": N_("The venue"),
    "hall": N_("The hall"),
    "address": N_("The venue’s address"),
    "map": N_("The link to the map"),
    "organizer": N_("The organizer"),
    "contact_name": N_("Whom a guest calls"),
    "contact_phone": N_("The number to call"),
    "reply_by": N_("Until when a reply can be given or changed"),
}
RECORD = {"record": N_("What is on record for the guest: the answer, companions, arrival, hotel")}
OF_PERSON = {
    "name": N_("The name of whoever works at the event"),
    "link": N_("The person’s own page; alone on a line of a mail it becomes the button"),
}
DUTIES = {
    "duties": N_("The person’s duties, one a line: day, hours, role, station"),
    "first": N_("Day and hours of the first duty"),
}
HALL_TASKS = {
    "tasks": N_("What the person sees to in the hall, one a line: until when, what, where"),
    "count": N_("How many tasks there are"),
    "first": N_("Until when the first one has to be done"),
}
CLOSE_OUT = {
    "items": N_("What is still open with the person, one a line"),
    "count": N_("How many things are still open with the person"),
}
MISSING = {
    "count": N_("How many people are missing"),
    "missing": N_("Who is missing, one a line: name, mobile, role, station, shift, and who stands in"),
}
INCIDENT = {
    "what": N_("What has happened"),
    "place": N_("Where"),
    "reported_by": N_("Who reported it"),
    "at": N_("When it was reported"),
}
CONTRACT = {
    "name": N_("Whoever the message goes to"),
    "link": N_("The copy, or the contract’s page; alone on a line of a mail it becomes the button"),
    "dealer": N_("The dealer’s company"),
    "number": N_("The contract’s number"),
    "contract": N_("The contract’s title"),
    "total": N_("The contract’s sum"),
    "signed_on": N_("The day both have signed"),
    "rep": N_("Our rep for this contract"),
    "rep_phone": N_("The rep’s mobile number"),
    "why": N_("Why it became void"),
}
PAYMENT = {
    "name": N_("Whoever the message goes to"),
    "dealer": N_("The dealer’s company"),
    "number": N_("The contract’s number"),
    "what": N_("Which payment it is"),
    "open_sum": N_("What is still to be paid"),
    "due_day": N_("The day it is due"),
    "rep": N_("Our rep for this contract"),
    "rep_phone": N_("The rep’s mobile number"),
}
RIDE = {"ride": N_("When and where the guest is met, by whom, and which car it is, one a line")}
NOTE = {"text": N_("What is to be told"), "sender": N_("Who tells it")}
OF_REP = {
    "rep": N_("The rep"),
    "count": N_("How many guests are to be called"),
    "guests": N_("The guests to be called, one a line: name, company, mobile"),
    "link": N_("The call list; alone on a line of a mail it becomes the button"),
}
APPROVAL = {
    "name": N_("Whoever the message goes to"),
    "link": N_("The contract; alone on a line of a mail it becomes the button"),
    "dealer": N_("The dealer’s company"),
    "number": N_("The contract’s number"),
    "by": N_("Who asks, or who has answered"),
    "remarks": N_("What has to be changed"),
}
ON_STAGE = {
    "name": N_("Whoever is in front"),
    "link": N_("The programme for guests, if it is open; alone on a line of a mail it becomes the button"),
    "sessions": N_("The person’s sessions, one a line: day, hours, title, room"),
    "first": N_("Day and time at which the person is on first"),
    "seat": N_("The seat on the rostrum"),
    "meets": N_("Who of ours looks after the person"),
    "meets_phone": N_("The mobile of whoever looks after the person"),
    "rehearse": N_("The person’s lectures that have not passed a rehearsal"),
}
ESCORT = {"guests": N_("Whom the person looks after, one a line: name, position, company, when they are on")}
LOOKUP = {
    "name": N_("Whoever the message goes to"),
    "link": N_("The request, or the contract; alone on a line of a mail it becomes the button"),
    "number": N_("The contract’s number"),
    "by": N_("Who asks to see it"),
    "reason": N_("Why somebody wants to see the contract"),
    "until": N_("Until when it is open"),
}
ENDING = {
    "name": N_("Whoever the message goes to"),
    "link": N_("These contracts in the register; alone on a line of a mail it becomes the button"),
    "count": N_("How many contracts end soon"),
    "lines": N_("The contracts, one a line: number, dealer, last day"),
}
PLAN = {
    "name": N_("Whoever the message goes to"),
    "link": N_("The plan; alone on a line of a mail it becomes the button"),
    "title": N_("The plan’s name"),
    "number": N_("The plan’s number"),
    "mark": N_("The plan’s revision"),
    "by": N_("Who asks, or who has answered"),
    "remarks": N_("What has to be changed"),
}
LATE_TASKS = {
    "name": N_("Whoever the message goes to"),
    "link": N_("The tasks; alone on a line of a mail it becomes the button"),
    "title": N_("The task that has become late last"),
    "tasks": N_("The late tasks, one a line"),
}
