"""The messages the house knows: what each is for, which variables it has, and the house's own words for it."""

from dataclasses import dataclass

from app.blueprints.messages import wording_en, wording_zh
from app.blueprints.messages.kinds import Kind, of_contract, of_office, of_payment, of_staff
from app.blueprints.messages.wording_variables import (
    APPROVAL,
    CLOSE_OUT,
    DUTIES,
    ENDING,
    ESCORT,
    HALL_TASKS,
    INCIDENT,
    LATE_TASKS,
    LOOKUP,
    MISSING,
    NOTE,
    OF_EVENT,
    OF_GUEST,
    OF_REP,
    ON_STAGE,
    PLAN,
    RECORD,
    RIDE,
)
from app.errors import N_
from app.models import Channel

__all__ = ["KINDS", "Kind", "Wording", "house_wording"]


_GUEST = OF_GUEST | OF_EVENT


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "invitation",
            N_("Invitation"),
            N_("Sent when guests are invited, with the invitation letter."),
            N_("View invitation and reply"),
            _GUEST,
        ),
        Kind(
            "reminder",
            N_("Reminder"),
            N_("To invited guests who have not answered."),
            N_("Reply now"),
            _GUEST,
        ),
        Kind(
            "reply_received",
            N_("Reply received"),
            N_("Thanks the guest and repeats what is on record."),
            N_("View or change my reply"),
            _GUEST | RECORD,
            at_once=True,
        ),
        Kind(
            "reconfirm",
            N_("Question before the day"),
            N_("Asks again some days before: coming, not coming, or somebody else."),
            N_("Confirm now"),
            _GUEST,
        ),
        Kind(
            "waiting_list_moved_up",
            N_("Seat after waiting"),
            N_("To a guest of the waiting list who has a seat now."),
            N_("View my seat"),
            _GUEST,
        ),
        Kind(
            "ride",
            N_("Pick-up"),
            N_("Tells a guest when and where somebody waits, and which car it is."),
            N_("View my details"),
            _GUEST | RIDE,
        ),
        Kind(
            "event_moved",
            N_("Event moved"),
            N_("Tells the new time and place."),
            N_("View the new details"),
            _GUEST,
        ),
        Kind(
            "welcome",
            N_("Welcome"),
            N_("To a guest who has just checked in."),
            N_("Open my page"),
            _GUEST,
            at_once=True,
        ),
        Kind(
            "silent_for_rep",
            N_("Guests to call"),
            N_("To a rep: the guests who did not answer the question before the day."),
            N_("Open the call list"),
            OF_REP | OF_EVENT,
            to_guest=False,
        ),
        of_staff(
            "duty_notice",
            N_("Duty notice"),
            N_("Tells whoever works at the event what to do, and asks whether they can."),
            N_("Look and answer"),
            DUTIES,
        ),
        of_staff(
            "hall_tasks",
            N_("Tasks in the hall"),
            N_("Tells whoever sees to something in the hall and has no duty what it is and until when."),
            N_("Look and tick"),
            HALL_TASKS,
        ),
        of_staff(
            "staff_missing",
            N_("Staff missing"),
            N_("To the executive commander: who has not come to the shift. Not held by quiet hours."),
            N_("See who is here"),
            MISSING,
            at_once=True,
        ),
        of_staff(
            "incident",
            N_("Incident"),
            N_("To whoever is to see to something that went wrong."),
            N_("Open my page"),
            INCIDENT,
        ),
        of_staff(
            "emergency",
            N_("Emergency"),
            N_("To whoever is to see to an emergency. Not held by quiet hours."),
            N_("Open my page"),
            INCIDENT,
            at_once=True,
        ),
        of_staff(
            "staff_note",
            N_("Note to the staff"),
            N_("What a planner writes to all, a role, a station or a shift."),
            N_("Open my page"),
            NOTE,
        ),
        of_staff(
            "staff_note_urgent",
            N_("Urgent note to the staff"),
            N_("The same, marked as urgent. Not held by quiet hours."),
            N_("Open my page"),
            NOTE,
            at_once=True,
        ),
        of_staff(
            "closeout_reminder",
            N_("Close-out reminder"),
            N_("To whoever still has something to settle, return or hand over after the event."),
            N_("Look and tick"),
            CLOSE_OUT,
        ),
        of_staff(
            "front_notice",
            N_("Part in the programme"),
            N_("Tells speakers, guests of honour and the press when they are on, where they sit and who meets them."),
            N_("See the programme"),
            ON_STAGE,
        ),
        of_staff(
            "host_notice",
            N_("Guests to look after"),
            N_("Tells hosts whom of the people in front they look after, and again when that changes."),
            N_("Open my page"),
            ESCORT,
        ),
        of_contract(
            "contract_copy",
            N_("Copy of the contract"),
            N_("To the dealer as soon as both have signed: congratulations, and the link to the sealed copy."),
            N_("Download my copy"),
        ),
        of_contract(
            "contract_congratulation",
            N_("Congratulation"),
            N_("To the signatory’s phone on the day of the signing."),
            N_("Download my copy"),
            at_once=False,
        ),
        of_contract(
            "contract_thanks",
            N_("Greeting after the signing"),
            N_("Thanks the dealer in writing, two days after the signing."),
            N_("Open my copy"),
            at_once=False,
        ),
        of_contract(
            "contract_sealed",
            N_("Contract signed"),
            N_("To the rep and to finance: both have signed, and these payments are due."),
            N_("Open the contract"),
        ),
        of_contract(
            "contract_void",
            N_("Contract void"),
            N_("To the dealer, the rep and finance: a signed contract was declared void."),
            N_("See what is on record"),
        ),
        of_office(
            "approval_asked",
            N_("Contract to approve"),
            N_("To whoever may approve a contract: one waits for an answer."),
            N_("Look and decide"),
            APPROVAL | OF_EVENT,
        ),
        of_office(
            "contract_approved",
            N_("Contract approved"),
            N_("To the seller: the contract may be signed."),
            N_("Open the gate"),
            APPROVAL | OF_EVENT,
        ),
        of_office(
            "contract_returned",
            N_("Contract returned"),
            N_("To the seller: the contract has to be changed, and why."),
            N_("Change it"),
            APPROVAL | OF_EVENT,
        ),
        of_office(
            "lookup_asked",
            N_("Request to see a contract"),
            N_("To the contract administrators: somebody without the right asks to see a contract."),
            N_("Answer the request"),
            LOOKUP | OF_EVENT,
        ),
        of_office(
            "lookup_released",
            N_("Contract released to see"),
            N_("To whoever asked: the contract is open to them for some days."),
            N_("Open the contract"),
            LOOKUP | OF_EVENT,
        ),
        of_office(
            "lookup_refused",
            N_("Request to see refused"),
            N_("To whoever asked: the contract is not shown to them."),
            N_("To the register"),
            LOOKUP | OF_EVENT,
        ),
        of_office(
            "contracts_ending",
            N_("Contracts that end soon"),
            N_("To the reps and the contract administrators, some time before contracts end."),
            N_("To the register"),
            ENDING,
        ),
        of_office(
            "plan_to_review",
            N_("Plan to review"),
            N_("To whoever is to review the conference plan."),
            N_("Read and review"),
            PLAN | OF_EVENT,
        ),
        of_office(
            "plan_to_approve",
            N_("Plan to approve"),
            N_("To whoever is to approve the conference plan."),
            N_("Read and approve"),
            PLAN | OF_EVENT,
        ),
        of_office(
            "plan_returned",
            N_("Plan returned"),
            N_("To the writers of the plan: it has to be changed, and why."),
            N_("Mend it"),
            PLAN | OF_EVENT,
        ),
        of_office(
            "plan_approved",
            N_("Plan approved"),
            N_("To the writers and the reviewer of the plan: it is locked."),
            N_("Open the plan"),
            PLAN | OF_EVENT,
        ),
        of_office(
            "plan_late",
            N_("Late tasks"),
            N_("In the morning, to whoever is in charge and the executive commander: tasks that have become late."),
            N_("Open the tasks"),
            LATE_TASKS | OF_EVENT,
        ),
        of_payment(
            "payment_friendly",
            N_("Payment due"),
            N_("To a dealer, before and on the day a payment is due. Never sent once it is paid."),
        ),
        of_payment(
            "payment_firm",
            N_("Payment overdue"),
            N_("To a dealer who has not paid. Never sent once it is paid, or while a promise runs."),
        ),
        of_payment(
            "payment_final",
            N_("Last payment reminder"),
            N_("To a dealer who has not paid for long: what follows if nothing comes."),
        ),
    )
}


@dataclass(frozen=True)
class Wording:
    """A subject (mail only) and a body, with variables in braces."""

    subject: str
    body: str


_HOUSE = {"zh_CN": wording_zh.WORDING, "en": wording_en.WORDING}


def house_wording(key: str, channel: Channel, locale: str) -> Wording:
    """Return the house's own words for a message."""
    subject, mail, sms = _HOUSE[locale][key]
    return Wording("", sms.strip()) if channel is Channel.SMS else Wording(subject, mail.strip())
