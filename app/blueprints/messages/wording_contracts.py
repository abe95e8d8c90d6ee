"""The house's wording of what follows from a signing: key -> subject and body of the mail, text of the SMS."""

ZH: dict[str, tuple[str, str, str]] = {
    "contract_copy": (
        "签约成功，这是您的合同副本：{number}",
        """
{name}，您好：

恭喜！贵我双方已于{signed_on}签署《{contract}》（编号{number}）。合同已加盖电子签章，即日起请以此份为准。

请点击下方按钮查看并下载合同副本，妥善保存。

{link}

合同编号：{number}
签约单位：{dealer}
业务负责人：{rep} {rep_phone}

{organizer}
""",
        """
【{organizer}】{name}您好，双方已签署《{contract}》，编号{number}。合同副本请点击下载并妥善保存：{link}
""",
    ),
    "contract_congratulation": (
        "恭喜签约：{dealer}",
        """
{name}，您好：

恭喜{dealer}正式成为我们的合作伙伴，感谢您的信任。今后由{rep}为您服务，有事请随时联系：{rep_phone}

{link}

{organizer}
""",
        """
【{organizer}】恭喜{dealer}签约成功！感谢您的信任，{rep}（{rep_phone}）将为您服务。合同副本：{link}
""",
    ),
    "contract_thanks": (
        "感谢您的信任：{dealer}",
        """
{name}，您好：

前日与您签约，至今仍感荣幸。感谢您和{dealer}选择与我们同行。

接下来的开户、首批订货与市场支持，由{rep}全程跟进，您有任何想法都可以直接告诉我们。

业务负责人：{rep} {rep_phone}

祝生意兴隆，合作愉快！

{link}

{organizer}
""",
        """
【{organizer}】{name}您好，感谢您与我们携手。后续事宜由{rep}（{rep_phone}）全程跟进，祝生意兴隆，合作愉快！{link}
""",
    ),
    "contract_sealed": (
        "已签约：{dealer}（{number}）",
        """
{name}，您好：

《{contract}》（编号{number}）双方已签署完毕，并已加盖电子签章。

签约单位：{dealer}
合同金额：{total}
签约日期：{signed_on}
签约业务员：{rep}

应收款已按合同付款条款生成。

{link}
""",
        """
已签约：{dealer}，编号{number}，金额{total}，业务员{rep}。{link}
""",
    ),
    "contract_void": (
        "合同作废通知：{number}",
        """
{name}，您好：

《{contract}》（编号{number}，签约单位{dealer}）已作废。

原因：{why}

如有疑问，请联系{rep}：{rep_phone}

{link}
""",
        """
【{organizer}】编号{number}的合同已作废，原因：{why}。如有疑问请联系{rep} {rep_phone} {link}
""",
    ),
}
EN: dict[str, tuple[str, str, str]] = {
    "contract_copy": (
        "Congratulations! Your copy of contract {number}",
        """
Dear {name},

Congratulations! On {signed_on} both of us signed “{contract}”, number {number}. The contract is sealed electronically.

Please open your copy with the button below, and keep it.

{link}

Contract: {number}
Company: {dealer}
Your contact: {rep} {rep_phone}

{organizer}
""",
        """
{organizer}: Dear {name}, both have signed “{contract}”, number {number}. Please keep your copy: {link}
""",
    ),
    "contract_congratulation": (
        "Welcome aboard: {dealer}",
        """
Dear {name},

Congratulations! {dealer} is now our partner. Thank you for your trust. {rep} looks after you from here: {rep_phone}

{link}

{organizer}
""",
        """
{organizer}: Congratulations, {dealer} has signed! {rep} ({rep_phone}) looks after you from here. {link}
""",
    ),
    "contract_thanks": (
        "Thank you, {dealer}",
        """
Dear {name},

We signed our contract the day before yesterday, and we are still glad about it. Thank you for choosing us.

{rep} sees to your account, the first order and the support in your market. Tell us what is on your mind at any time.

Your contact: {rep} {rep_phone}

We wish you good business.

{link}

{organizer}
""",
        """
{organizer}: Dear {name}, thank you for signing with us. {rep} ({rep_phone}) sees to what comes next. {link}
""",
    ),
    "contract_sealed": (
        "Signed: {dealer} ({number})",
        """
Hello {name},

Both sides have signed “{contract}”, number {number}, and it is sealed.

Company: {dealer}
Sum: {total}
Signed on: {signed_on}
Rep: {rep}

The payments agreed in the contract are on record as receivables.

{link}
""",
        """
Signed: {dealer}, {number}, {total}, by {rep}. {link}
""",
    ),
    "contract_void": (
        "Contract {number} is void",
        """
Hello {name},

“{contract}”, number {number}, with {dealer} has been declared void.

Reason: {why}

If you have questions, please ask {rep}: {rep_phone}

{link}
""",
        """
{organizer}: Contract {number} is void. Reason: {why}. Questions: {rep} {rep_phone} {link}
""",
    ),
}
