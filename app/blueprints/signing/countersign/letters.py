"""Who is told of a contract signed by both, and in which words. Written into the outbox, in the same transaction."""

from datetime import datetime
from decimal import Decimal

from babel.numbers import format_currency
from sqlalchemy import update

from app import links, outbox, phones
from app.access import Role
from app.blueprints.messages import queries as wordings
from app.blueprints.messages import variables
from app.blueprints.messages.composing import to_person
from app.blueprints.messages.rules import next_allowed
from app.blueprints.messages.wording import KINDS, house_wording
from app.blueprints.signing.certificate.page import zone_of
from app.blueprints.signing.countersign import queries
from app.blueprints.signing.rules import after
from app.extensions import db
from app.models import Channel, Contract, Message, MessageState, Seal, User
from app.texts import known

_HOUSE = ("event", "theme", "day", "time", "ends", "venue", "hall", "address", "map", "contact_name", "contact_phone")


def post(contract: Contract, seal: Seal) -> list[Message]:
    """Send the dealer the copy and congratulations, the greeting two days later, and tell the rep and finance."""
    copy = links.public(f"/copy/{seal.copy_token}")
    at, zone = seal.sealed_at, zone_of(contract)
    locale = _language(contract)
    values = _values(contract, at, locale) | {"name": contract.signatory or contract.dealer.contact, "link": copy}
    dealer = contract.dealer
    mobile = contract.signatory_mobile or dealer.mobile
    written = []
    if dealer.mail:
        written.append(_letter(contract, "contract_copy", (Channel.MAIL, dealer.mail), locale, values, at))
    if mobile:
        kind = "contract_congratulation" if dealer.mail else "contract_copy"
        written.append(_letter(contract, kind, (Channel.SMS, mobile), locale, values, at))
    way = (Channel.MAIL, dealer.mail) if dealer.mail else (Channel.SMS, mobile) if mobile else None
    if way is not None and not wordings.unsubscribed([way[1]]):
        written.append(_letter(contract, "contract_thanks", way, locale, values, after.thanks_at(at, zone)))
    written += [_to_colleague(contract, "contract_sealed", user, at) for user in _colleagues(contract)]
    return outbox.post_all(written)


def post_void(contract: Contract, why: str, at: datetime) -> list[Message]:
    """Tell the dealer, when they had signed, the rep and finance that the contract is void, and stop the greeting."""
    greeting = update(Message).where(
        Message.key == f"contract_thanks:{contract.id}", Message.state == MessageState.WAITING
    )
    db.session.execute(greeting.values(state=MessageState.CANCELLED, reason_code="contract_void"))
    locale = _language(contract)
    values = _values(contract, at, locale) | {"name": contract.signatory or contract.dealer.contact, "why": why}
    values["link"] = links.verification_page(contract.number or "")
    dealer = contract.dealer
    written = []
    if dealer.mail:
        written.append(_letter(contract, "contract_void", (Channel.MAIL, dealer.mail), locale, values, at))
    elif mobile := contract.signatory_mobile or dealer.mobile:
        written.append(_letter(contract, "contract_void", (Channel.SMS, mobile), locale, values, at))
    written += [_to_colleague(contract, "contract_void", user, at, why=why) for user in _colleagues(contract)]
    return outbox.post_all(written)


def _colleagues(contract: Contract) -> list[User]:
    """The rep, and everybody in finance, each once."""
    rep = [contract.rep] if contract.rep and contract.rep.is_active else []
    people = {user.id: user for user in (*rep, *queries.of_role(Role.FINANCE))}
    return list(people.values())


def _to_colleague(contract: Contract, kind: str, user: User, at: datetime, *, why: str = "") -> Message:
    locale = known(user.locale, _language(contract))
    values = _values(contract, at, locale) | {"name": user.name, "why": why}
    values["link"] = links.public(f"/contracts/{contract.id}/trail")
    message = _letter(contract, kind, (Channel.MAIL, user.login), locale, values, at)
    message.key, message.user_id = f"{kind}:{contract.id}:{user.id}", user.id
    return message


def _letter(
    contract: Contract, key: str, way: tuple[Channel, str], locale: str, values: dict[str, str], due_at: datetime
) -> Message:
    event, kind = contract.event, KINDS[key]
    words = wordings.wording(event, key, way[0], locale) if event else house_wording(key, way[0], locale)
    message = to_person(event, kind, way, locale, words, values)
    message.key = f"{key}:{contract.id}"
    message.due_at = due_at
    if event is not None and not kind.at_once:
        message.due_at = next_allowed(due_at, event.quiet_from, event.quiet_until, event.time_zone)
    return message


def _values(contract: Contract, at: datetime, locale: str) -> dict[str, str]:
    event, rep = contract.event, contract.rep
    house = dict.fromkeys((*_HOUSE, "reply_by"), "") | {"organizer": links.company_name()}
    return (variables.of_event(event, locale) if event else house) | {
        "dealer": contract.dealer.company,
        "number": contract.number or "",
        "contract": contract.template_version.title,
        "total": money(contract.total, contract.currency, locale),
        "signed_on": variables.day(at, zone_of(contract), locale),
        "rep": rep.name if rep else "",
        "rep_phone": phones.display(rep.mobile) if rep and rep.mobile else "",
        "why": "",
    }


def _language(contract: Contract) -> str:
    return known(contract.dealer.locale, known(contract.event.language if contract.event else None, "zh_CN"))


def money(amount: Decimal, currency: str, locale: str) -> str:
    """¥300,000.00, as the language writes it."""
    return str(format_currency(amount, currency, locale=locale))
