"""The house's wording of mails to our own people about contracts: key -> subject and body of mail, text of SMS."""

ZH: dict[str, tuple[str, str, str]] = {
    "approval_asked": (
        "待审批：{dealer}",
        """
{name}，您好：

{by}提交了与{dealer}的合同，请您审批。

申请的条款和理由都在同一页上，用手机也可以直接审批。

{link}
""",
        """
{by}提交了与{dealer}的合同，请您审批：{link}
""",
    ),
    "contract_approved": (
        "已审批通过：{dealer}，{number}",
        """
{name}，您好：

与{dealer}的合同已审批通过，合同编号{number}。

签字前请再看一遍签约核对：还缺什么、由谁补齐，都在上面。

{link}
""",
        """
与{dealer}的合同已审批通过，编号{number}。签字前请再看一遍签约核对：{link}
""",
    ),
    "contract_returned": (
        "已退回：{dealer}",
        """
{name}，您好：

与{dealer}的合同被{by}退回：

{remarks}

请修改后重新提交。

{link}
""",
        """
与{dealer}的合同被{by}退回：{remarks} 请修改后重新提交：{link}
""",
    ),
    "lookup_asked": (
        "{by}申请调阅合同{number}",
        """
{name}，您好：

{by}申请调阅合同{number}，理由如下：

{reason}

您可以开放调阅若干天，也可以拒绝。

{link}
""",
        """
{by}申请调阅合同{number}，理由：{reason} 请处理：{link}
""",
    ),
    "lookup_released": (
        "合同{number}已对您开放调阅",
        """
{name}，您好：

合同{number}已对您开放调阅，截止{until}，到期自动关闭。

您打开和下载了哪些内容，系统都会留下记录。

{link}
""",
        """
合同{number}已对您开放调阅，截止{until}：{link}
""",
    ),
    "lookup_refused": (
        "合同{number}未开放调阅",
        """
{name}，您好：

您调阅合同{number}的申请未获批准。如需了解原因，请联系合同管理员。

{link}
""",
        """
您调阅合同{number}的申请未获批准，详情请咨询合同管理员。{link}
""",
    ),
    "contracts_ending": (
        "{count}份合同即将到期",
        """
{name}，您好：

以下合同即将到期：

{lines}

如需续签，请在合同台账中由原合同起草新合同；不续签的，到期次日其区域即释放。

{link}
""",
        """
{count}份合同即将到期，请到合同台账处理：{link}
""",
    ),
}

EN: dict[str, tuple[str, str, str]] = {
    "approval_asked": (
        "To approve: {dealer}",
        """
Hello {name},

{by} asks you to approve a contract with {dealer}.

You see what is asked and why on one page, and can answer there, on a phone too.

{link}
""",
        """
{by} asks you to approve a contract with {dealer}: {link}
""",
    ),
    "contract_approved": (
        "Approved: {dealer}, {number}",
        """
Hello {name},

the contract with {dealer} is approved and has the number {number}.

Before the pen is given, look at the gate once more: it says what is still missing and who can mend it.

{link}
""",
        """
Approved: {dealer}, number {number}. Look at the gate before the pen is given: {link}
""",
    ),
    "contract_returned": (
        "Returned: {dealer}",
        """
Hello {name},

the contract with {dealer} was returned by {by}:

{remarks}

Change it and submit it again.

{link}
""",
        """
{by} returned the contract with {dealer}: {remarks} Change it and submit it again: {link}
""",
    ),
    "lookup_asked": (
        "{by} asks to see contract {number}",
        """
Hello {name},

{by} asks to see contract {number} and gives this reason:

{reason}

You can release it for some days, or refuse.

{link}
""",
        """
{by} asks to see contract {number}: {reason} Answer: {link}
""",
    ),
    "lookup_released": (
        "Released to you: contract {number}",
        """
Hello {name},

contract {number} is open to you until {until}. After that it closes by itself.

What you open and download is written down.

{link}
""",
        """
Contract {number} is open to you until {until}: {link}
""",
    ),
    "lookup_refused": (
        "Not released: contract {number}",
        """
Hello {name},

your request to see contract {number} was refused. The contract administrators can tell you why.

{link}
""",
        """
Your request to see contract {number} was refused. The contract administrators can tell you why. {link}
""",
    ),
    "contracts_ending": (
        "Contracts that end soon: {count}",
        """
Hello {name},

these contracts end soon:

{lines}

Draft the next contract from the old one in the register, or let them end: then their territories become free on the
day after.

{link}
""",
        """
Contracts that end soon: {count}. See the register: {link}
""",
    ),
}
