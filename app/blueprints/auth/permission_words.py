"""What each permission is called, and in one sentence what it allows. Shown to administrators as the role table."""

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext

from app.access import Permission

_ = lazy_gettext
_P = Permission


@dataclass(frozen=True)
class PermissionWord:
    """A permission as administrators read it."""

    text: LazyString
    allows: LazyString


@dataclass(frozen=True)
class Area:
    """Permissions that belong together."""

    text: LazyString
    icon: str
    permissions: tuple[Permission, ...]


AREAS = (
    Area(_("Events"), "calendar-event", (_P.VIEW_EVENTS, _P.EDIT_EVENTS, _P.VIEW_REPORT)),
    Area(_("Dealers"), "building-store", (_P.VIEW_DEALERS, _P.EDIT_DEALERS, _P.CHECK_QUALIFICATIONS)),
    Area(
        _("Guests"),
        "users",
        (
            _P.VIEW_INVITATIONS,
            _P.VIEW_ALL_INVITATIONS,
            _P.EDIT_INVITATIONS,
            _P.IMPORT_INVITATIONS,
            _P.SEND_INVITATIONS,
            _P.EXPORT_LISTS,
        ),
    ),
    Area(_("Replies"), "phone-check", (_P.RECORD_REPLIES, _P.MANAGE_CONFIRMATIONS)),
    Area(_("Mail and SMS"), "send", (_P.VIEW_OUTBOX, _P.MANAGE_OUTBOX, _P.EDIT_MESSAGE_TEMPLATES)),
    Area(_("Plan"), "clipboard-list", (_P.VIEW_PLAN, _P.WRITE_PLAN, _P.REVIEW_PLAN, _P.APPROVE_PLAN)),
    Area(_("Staff"), "users-group", (_P.VIEW_STAFF, _P.EDIT_STAFF)),
    Area(_("Materials"), "package", (_P.VIEW_MATERIALS, _P.EDIT_MATERIALS, _P.ACCEPT_ZONES)),
    Area(_("Programme"), "presentation", (_P.VIEW_PROGRAMME, _P.EDIT_PROGRAMME, _P.RUN_PROGRAMME)),
    Area(_("Hall and tables"), "armchair", (_P.VIEW_SEATING, _P.EDIT_SEATING)),
    Area(_("Travel, rooms, meals"), "bus", (_P.VIEW_TRAVEL, _P.EDIT_TRAVEL)),
    Area(
        _("Budget"),
        "cash",
        (
            *(_P.VIEW_BUDGET, _P.PLAN_BUDGET, _P.REQUEST_EXPENSES, _P.APPROVE_EXPENSES, _P.BOOK_INVOICES),
            _P.SET_SPENDING_LIMITS,
        ),
    ),
    Area(_("Door"), "qrcode", (_P.PRINT_BADGES, _P.CHECK_IN, _P.VIEW_ARRIVALS)),
    Area(
        _("Territories"),
        "map-pin",
        (_P.VIEW_TERRITORIES, _P.HOLD_TERRITORIES, _P.EDIT_TERRITORIES, _P.EDIT_PACKAGES),
    ),
    Area(
        _("Contracts"),
        "contract",
        (
            _P.VIEW_CONTRACT_STATES,
            _P.VIEW_CONTRACTS,
            _P.VIEW_ALL_CONTRACTS,
            _P.DRAFT_CONTRACTS,
            _P.REVIEW_CONTRACTS,
            _P.APPROVE_CONTRACTS,
            _P.OVERRIDE_GATE,
            _P.EDIT_CONTRACT_TEMPLATES,
            _P.APPROVE_CONTRACT_TEMPLATES,
            _P.FILE_CONTRACTS,
        ),
    ),
    Area(_("Signing"), "signature", (_P.HOST_SIGNING, _P.COUNTERSIGN_CONTRACTS, _P.RUN_WALL)),
    Area(
        _("Payments"),
        "cash",
        (
            _P.VIEW_RECEIVABLES,
            _P.VIEW_ALL_RECEIVABLES,
            _P.CHASE_PAYMENTS,
            _P.RECORD_RECEIPTS,
            _P.CONFIRM_RECEIPTS,
            _P.MANAGE_REMINDERS,
            _P.APPROVE_ADJUSTMENTS,
        ),
    ),
    Area(_("The house itself"), "shield", (_P.VIEW_JOURNAL, _P.MANAGE_USERS)),
)

WORDS: dict[Permission, PermissionWord] = {
    _P.MANAGE_USERS: PermissionWord(
        _("Manage users"), _("Open accounts, give roles, turn accounts off and make links for new passwords.")
    ),
    _P.VIEW_JOURNAL: PermissionWord(_("Read the journal"), _("See who changed what, when, and what it was before.")),
    _P.VIEW_EVENTS: PermissionWord(_("See events"), _("Open an event's overview with its dates and figures.")),
    _P.EDIT_EVENTS: PermissionWord(
        _("Edit events"), _("Create and copy events, change their dates, place and rules, and move their status.")
    ),
    _P.VIEW_DEALERS: PermissionWord(_("See dealers"), _("Look dealers up with their contacts and standing.")),
    _P.EDIT_DEALERS: PermissionWord(_("Edit dealers"), _("Record new dealers and correct what is on file.")),
    _P.VIEW_INVITATIONS: PermissionWord(
        _("See own guests"), _("See the guests of an event that the person is the rep of, and what they replied.")
    ),
    _P.VIEW_ALL_INVITATIONS: PermissionWord(_("See all guests"), _("See everybody's guests, not only one's own.")),
    _P.EDIT_INVITATIONS: PermissionWord(
        _("Edit guests"), _("Put dealers on an invite list and change readiness, rep, table and notes.")
    ),
    _P.IMPORT_INVITATIONS: PermissionWord(
        _("Import guests"), _("Bring an invite list in from a spreadsheet, and take a whole import back.")
    ),
    _P.SEND_INVITATIONS: PermissionWord(_("Send invitations"), _("Let invitations go out by mail and SMS.")),
    _P.EXPORT_LISTS: PermissionWord(_("Export lists"), _("Take lists away as a spreadsheet.")),
    _P.RECORD_REPLIES: PermissionWord(
        _("Record replies"), _("Work the call list and write down what guests say on the phone.")
    ),
    _P.MANAGE_CONFIRMATIONS: PermissionWord(
        _("Run the re-confirmation"), _("Set when guests are asked again, start it, and move the waiting list up.")
    ),
    _P.VIEW_OUTBOX: PermissionWord(
        _("See the outbox"), _("Read the messages of an event and see what became of them.")
    ),
    _P.MANAGE_OUTBOX: PermissionWord(_("Manage the outbox"), _("Send messages again or stop them before they go.")),
    _P.EDIT_MESSAGE_TEMPLATES: PermissionWord(
        _("Edit wordings"), _("Change how an event's invitations and reminders are worded.")
    ),
    _P.PRINT_BADGES: PermissionWord(_("Print badges"), _("Print badges, and replace a lost one.")),
    _P.CHECK_IN: PermissionWord(_("Check guests in"), _("Work the desk at the door: scan, admit, undo.")),
    _P.VIEW_STAFF: PermissionWord(
        _("See the staff plan"), _("See who does what and when at an event, and whom to call.")
    ),
    _P.EDIT_STAFF: PermissionWord(
        _("Plan the staff"),
        _("Set roles and shifts, give people duties, and keep the file of people and rates."),
    ),
    _P.VIEW_MATERIALS: PermissionWord(
        _("See the materials"),
        _("See what has to be in the hall, how far each thing is and what it costs, and print lists."),
    ),
    _P.EDIT_MATERIALS: PermissionWord(
        _("Plan the materials"),
        _("Set quantities and designs, order, sign proofs off, and write down what came and went."),
    ),
    _P.VIEW_BUDGET: PermissionWord(
        _("See the budget"), _("See what an event may cost, what is committed and spent, and the rows behind each sum.")
    ),
    _P.PLAN_BUDGET: PermissionWord(
        _("Plan the budget"), _("Keep the lines of the budget, and write and revise its plan.")
    ),
    _P.REQUEST_EXPENSES: PermissionWord(
        _("Ask for expenses"), _("Ask for an expense, take petty cash on the day, and claim what one has paid.")
    ),
    _P.APPROVE_EXPENSES: PermissionWord(
        _("Approve expenses"), _("Approve plans, expenses and exceptions as far as the limit of the role goes.")
    ),
    _P.BOOK_INVOICES: PermissionWord(
        _("Book invoices and payments"), _("Book fapiao and payments, and check petty cash.")
    ),
    _P.VIEW_PLAN: PermissionWord(
        _("Read the plan"), _("Read the plan of an event with the budget in it, compare revisions, see the timeline.")
    ),
    _P.WRITE_PLAN: PermissionWord(
        _("Write the plan"), _("Write and revise the plan, send it for review, and set the tasks of the timeline.")
    ),
    _P.REVIEW_PLAN: PermissionWord(
        _("Review plans"), _("Pass a plan that somebody else has written, or return it with remarks.")
    ),
    _P.APPROVE_PLAN: PermissionWord(
        _("Approve plans"), _("Approve and lock a reviewed plan that somebody else has written, or return it.")
    ),
    _P.ACCEPT_ZONES: PermissionWord(
        _("Accept the hall"), _("Walk through the zones of the hall, tick what stands, take pictures and accept zones.")
    ),
    _P.VIEW_PROGRAMME: PermissionWord(
        _("See the programme"), _("See agenda, rehearsals, run sheet, publicity and who is in front at an event.")
    ),
    _P.EDIT_PROGRAMME: PermissionWord(
        _("Plan the programme"),
        _("Set sessions, rehearsals, cues, people in front and publicity; open the page of guests."),
    ),
    _P.RUN_PROGRAMME: PermissionWord(
        _("Run the programme"), _("Say on the day which session begins and ends, and tick the cues of the run sheet.")
    ),
    _P.VIEW_SEATING: PermissionWord(_("See the seating"), _("See the hall plan, who sits where and why.")),
    _P.EDIT_SEATING: PermissionWord(
        _("Seat guests"), _("Draw the hall, seat guests, move and lock them, give seats away on the day.")
    ),
    _P.VIEW_TRAVEL: PermissionWord(
        _("See travel and rooms"), _("See who arrives when, is met by whom, sleeps where and eats what.")
    ),
    _P.EDIT_TRAVEL: PermissionWord(
        _("Arrange travel and rooms"),
        _("Set cars, pick-up runs, rooms, meals and groups, and hand out the sheets about them."),
    ),
    _P.VIEW_ARRIVALS: PermissionWord(_("See arrivals"), _("Watch who has arrived and how the hall fills.")),
    _P.CHECK_QUALIFICATIONS: PermissionWord(
        _("Check qualifications"), _("Screen dealers, and pass or return their qualification papers.")
    ),
    _P.VIEW_TERRITORIES: PermissionWord(
        _("See territories"), _("See which regions are free, held and signed, and for whom.")
    ),
    _P.HOLD_TERRITORIES: PermissionWord(
        _("Hold territories"), _("Hold a region for a dealer, let it go, and queue for one that is taken.")
    ),
    _P.EDIT_TERRITORIES: PermissionWord(
        _("Set up territories"), _("Keep regions, product lines and channels, and say what an event offers.")
    ),
    _P.EDIT_PACKAGES: PermissionWord(
        _("Set up packages"), _("Set the packages of the day and how far each role may go by itself.")
    ),
    _P.VIEW_CONTRACT_STATES: PermissionWord(
        _("See how far contracts are"),
        _("See who signs when and how far each contract is, without its terms and sums."),
    ),
    _P.VIEW_CONTRACTS: PermissionWord(_("See own contracts"), _("Open the contracts that the person is the rep of.")),
    _P.VIEW_ALL_CONTRACTS: PermissionWord(_("See all contracts"), _("Open everybody's contracts, not only one's own.")),
    _P.DRAFT_CONTRACTS: PermissionWord(
        _("Draft contracts"), _("Write contracts from approved templates and submit them for review.")
    ),
    _P.REVIEW_CONTRACTS: PermissionWord(
        _("Review contracts"), _("Approve contracts within a rep's authority, or return them with remarks.")
    ),
    _P.APPROVE_CONTRACTS: PermissionWord(
        _("Approve exceptions"), _("Approve terms beyond a rep's authority, or return them with remarks.")
    ),
    _P.OVERRIDE_GATE: PermissionWord(
        _("Override the gate"), _("Let a dealer sign although a point of the readiness gate is missing, with a reason.")
    ),
    _P.EDIT_CONTRACT_TEMPLATES: PermissionWord(
        _("Edit contract templates"), _("Write clauses and variables, and submit new versions for approval.")
    ),
    _P.APPROVE_CONTRACT_TEMPLATES: PermissionWord(
        _("Approve contract templates"), _("Allow a template version to be used, or return it with remarks.")
    ),
    _P.HOST_SIGNING: PermissionWord(
        _("Host signings"), _("Check a dealer's identity and hand over the pen, on a tablet, phone or paper.")
    ),
    _P.COUNTERSIGN_CONTRACTS: PermissionWord(
        _("Countersign contracts"), _("Sign for the company, which seals the document.")
    ),
    _P.FILE_CONTRACTS: PermissionWord(
        _("File contracts"), _("Check scanned paper, file and void contracts, and release them to others.")
    ),
    _P.VIEW_RECEIVABLES: PermissionWord(
        _("See own receivables"), _("See what the dealers owe whose payments the person chases.")
    ),
    _P.VIEW_ALL_RECEIVABLES: PermissionWord(
        _("See all receivables"), _("See what all dealers owe and paid, with ageing and statements.")
    ),
    _P.CHASE_PAYMENTS: PermissionWord(
        _("Chase payments"), _("Call dealers about money, write down what they promise and how they pay.")
    ),
    _P.RECORD_RECEIPTS: PermissionWord(
        _("Record receipts"), _("Take money down from a slip; it stays provisional until finance confirms it.")
    ),
    _P.CONFIRM_RECEIPTS: PermissionWord(
        _("Confirm receipts"), _("Say that money is at the bank or has bounced, divide it, give it back, reverse.")
    ),
    _P.MANAGE_REMINDERS: PermissionWord(
        _("Set reminders"), _("Say when, how and in which tone dealers of an event are reminded to pay.")
    ),
    _P.VIEW_REPORT: PermissionWord(
        _("See the report"), _("See what came of an event: who came, signed and paid, what it cost, what went wrong.")
    ),
    _P.SET_SPENDING_LIMITS: PermissionWord(
        _("Set spending limits"),
        _("Say how much each role may approve, take from the cash box, or let go over the plan."),
    ),
    _P.APPROVE_ADJUSTMENTS: PermissionWord(
        _("Approve refunds and write-offs"),
        _("Say yes or no to refunds, write-offs and instalments somebody else asked for; decide problem accounts."),
    ),
    _P.RUN_WALL: PermissionWord(
        _("Run the signing wall"), _("Let signed dealers up on the hall's screen, take them down, and run the draw.")
    ),
}
