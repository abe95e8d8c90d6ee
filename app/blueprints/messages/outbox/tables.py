"""How the list of messages looks: its columns, chips and order."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _

from app import phones
from app.blueprints.messages.outbox import queries, words
from app.models import Channel, Dealer, Event, Message, MessageState
from app.web.locale import moment
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word


def _words(kind: Any) -> Any:
    pairs = [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in kind]
    return lambda counts: counted(pairs, counts)


def _kinds(counts: dict[Any, int]) -> list[Option]:
    return [Option(key, words.kind(key), count=count) for key, count in sorted(counts.items())]


def recipient(message: Message) -> str:
    """Return to whom a message goes: the guest's name, else the address."""
    return message.invitation.dealer.contact if message.invitation else address(message)


def address(message: Message) -> str:
    """Return the address as people read it."""
    return phones.display(message.address) if message.channel is Channel.SMS else message.address


COLUMNS = (
    Column("recipient", _("To"), Dealer.sort_key, hideable=False, text=recipient),
    Column("kind", _("Message"), Message.template, text=lambda row: words.kind(row.template)),
    Column("subject", _("Subject"), text=lambda row: row.subject, shown=False),
    Column("channel", _("Way"), Message.channel, text=lambda row: str(word(row.channel).text)),
    Column("state", _("State"), Message.state, text=lambda row: str(word(row.state).text)),
    Column("tries", _("Tries"), Message.tries, numeric=True, text=lambda row: row.tries, shown=False),
    Column("written", _("Written"), Message.created_at, text=lambda row: moment(row.created_at), shown=False),
    Column("due", _("Sent or due"), Message.due_at, text=lambda row: moment(row.sent_at or row.due_at)),
    Column("newest", _("No."), Message.id, numeric=True, text=lambda row: row.id, shown=False),
)


def message_list(event: Event | None, *, selectable: bool) -> TableSpec:
    """Return the description of the outbox of an event, or of the messages of none."""
    slug = event.slug if event else None
    return TableSpec(
        name="messages",
        columns=COLUMNS,
        tie=Message.id,
        default_sort="-newest",
        search=queries.matching,
        filters=(
            Filter("state", _("State"), Message.state, _words(MessageState), MessageState),
            Filter("kind", _("Message"), Message.template, _kinds),
            Filter("channel", _("Way"), Message.channel, _words(Channel), Channel),
        ),
        row_url=lambda row: url_for("messages.message_show", slug=slug, message_id=row.id),
        selectable=selectable,
        exports=event is not None,
        file_name=f"messages-{slug or 'accounts'}",
        load=queries.ROW_OPTIONS,
    )
