"""The house's wording of reminders to pay, in three tones: key -> subject and body of the mail, text of the SMS."""

# ruff: noqa: E501 - an SMS and a paragraph of a mail are one line each

ZH: dict[str, tuple[str, str, str]] = {
    "payment_friendly": (
        "付款提醒：{number} {what}",
        """
{name}，您好：

感谢您与我们合作。按合同约定，以下款项请安排支付：

合同编号：{number}
款项：{what}
未付金额：{open_sum}
到期日：{due_day}

如已付款，请将凭证发给{rep}，我们会尽快核对；如安排上有困难，也请与我们联系。

联系人：{rep} {rep_phone}

{organizer}
""",
        """
【{organizer}】{name}您好，合同{number}的{what}{open_sum}，到期日{due_day}，请安排支付。如已付款请忽略。{rep} {rep_phone}
""",
    ),
    "payment_firm": (
        "款项逾期提醒：{number} {what}",
        """
{name}，您好：

截至目前，我们尚未收到以下到期款项：

合同编号：{number}
款项：{what}
未付金额：{open_sum}
到期日：{due_day}

请尽快安排支付，并告知付款日期，以免影响后续供货与政策兑现。如已付款，请将凭证发给{rep}。

联系人：{rep} {rep_phone}

{organizer}
""",
        """
【{organizer}】{name}您好，合同{number}的{what}{open_sum}已于{due_day}到期，尚未收到，请尽快支付并告知付款日期。{rep} {rep_phone}
""",
    ),
    "payment_final": (
        "催款通知：{number} {what}",
        """
{dealer}
{name}：

以下款项已严重逾期，经多次提醒仍未收到：

合同编号：{number}
款项：{what}
未付金额：{open_sum}
到期日：{due_day}

请在收到本通知后七日内付清。逾期仍未付清的，我们将依照合同约定处理，包括暂停供货、计收逾期利息以及收回经销区域。

联系人：{rep} {rep_phone}

{organizer}
""",
        """
【{organizer}】{name}：合同{number}的{what}{open_sum}已于{due_day}到期，经多次提醒仍未付。请七日内付清，否则将依合同处理。{rep} {rep_phone}
""",
    ),
}

EN: dict[str, tuple[str, str, str]] = {
    "payment_friendly": (
        "A payment is due: {number}, {what}",
        """
Hello {name},

Thank you for working with us. This payment is due under your contract:

Contract: {number}
Payment: {what}
Still open: {open_sum}
Due on: {due_day}

If you have paid already, please send {rep} the slip. If something stands in the way, do call us.

{rep} {rep_phone}

{organizer}
""",
        """
{organizer}: {what} of contract {number}, {open_sum}, is due on {due_day}. Paid already? Then never mind. {rep} {rep_phone}
""",
    ),
    "payment_firm": (
        "Payment overdue: {number}, {what}",
        """
Hello {name},

We have not received this payment, which was due:

Contract: {number}
Payment: {what}
Still open: {open_sum}
Due on: {due_day}

Please pay soon and tell us on which day, so that deliveries and benefits go on as agreed. If you have paid, please send {rep} the slip.

{rep} {rep_phone}

{organizer}
""",
        """
{organizer}: {what} of contract {number}, {open_sum}, was due on {due_day} and has not come. Please pay and tell us when. {rep} {rep_phone}
""",
    ),
    "payment_final": (
        "Last reminder before further steps: {number}, {what}",
        """
{dealer}
{name},

this payment is long overdue and has not come although we reminded you several times:

Contract: {number}
Payment: {what}
Still open: {open_sum}
Due on: {due_day}

Please pay within seven days. After that we proceed as the contract says: deliveries stop, interest is charged and the territory may be taken back.

{rep} {rep_phone}

{organizer}
""",
        """
{organizer}: {what} of contract {number}, {open_sum}, due on {due_day}, is still unpaid. Please pay within seven days; after that we act as the contract says. {rep} {rep_phone}
""",
    ),
}
