"""The house's wording of messages about plans and the programme: key -> subject and body of mail, text of SMS."""

ZH: dict[str, tuple[str, str, str]] = {
    "plan_to_review": (
        "待审核：{title}",
        """
{name}，您好：

{by}请您审核方案 {number}（{mark} 版）：

{title}

用手机也可以阅读和答复。

{link}
""",
        """
{by}请您审核方案 {number}（{mark} 版）：{link}
""",
    ),
    "plan_to_approve": (
        "待批准：{title}",
        """
{name}，您好：

方案 {number}（{mark} 版）已由{by}审核，请您批准：

{title}

批准后数据冻结，任何人不能再修改。

{link}
""",
        """
方案 {number}（{mark} 版）已由{by}审核，请您批准：{link}
""",
    ),
    "plan_returned": (
        "已退回：{title}",
        """
{name}，您好：

{by}退回了方案 {number}（{mark} 版）：

{remarks}

请修改后重新送审。

{link}
""",
        """
{by}退回了方案 {number}（{mark} 版），请修改后重新送审：{link}
""",
    ),
    "plan_approved": (
        "已批准：{title}",
        """
{name}，您好：

{by}已批准方案 {number}（{mark} 版）。方案已锁定，可以打印归档。

{link}
""",
        """
{by}已批准方案 {number}（{mark} 版）：{link}
""",
    ),
    "plan_late": (
        "逾期：{title}",
        """
{name}，您好：

{event}的以下任务已逾期：

{tasks}

请尽快完成或调整日期。

{link}
""",
        """
{event}有任务逾期：{title}。请尽快完成或调整日期：{link}
""",
    ),
    "host_notice": (
        "您的接待安排：{event}",
        """
{name}，您好：

“{event}”请您负责接待以下来宾：

{guests}

会议时间：{day} {time}
地点：{venue} {hall}
地址：{address}

来宾的联系方式和出场时间见您的个人页面；安排如有变动，会再通知您。

{link}

{organizer}
""",
        """
【{organizer}】{name}您好，“{event}”请您负责接待：
{guests}
{link}
""",
    ),
    "front_notice": (
        "您的会议安排：{event}",
        """
{name}，您好：

感谢您出席“{event}”。请您按以下安排参会：

{sessions}

主席台座位：{seat}
到会时间：{day} {time} 前
地点：{venue} {hall}
地址：{address}
接待人：{meets} {meets_phone}
尚需试讲：{rehearse}

如时间或内容有不便之处，请及时联系接待人或 {contact_name} {contact_phone}。

{link}

{organizer}
""",
        """
【{organizer}】{name}您好，“{event}”请您于{first}到场，地点：{venue} {hall}。
接待人：{meets} {meets_phone}。
{link}
""",
    ),
}

EN: dict[str, tuple[str, str, str]] = {
    "plan_to_review": (
        "To review: {title}",
        """
Hello {name},

{by} asks you to review the plan {number}, revision {mark}:

{title}

You can read it and answer on a phone too.

{link}
""",
        """
{by} asks you to review the plan {number}, revision {mark}: {link}
""",
    ),
    "plan_to_approve": (
        "To approve: {title}",
        """
Hello {name},

the plan {number}, revision {mark}, has been reviewed by {by} and waits for your approval:

{title}

With your yes its figures are frozen and nobody can change it any more.

{link}
""",
        """
The plan {number}, revision {mark}, has been reviewed by {by} and waits for your approval: {link}
""",
    ),
    "plan_returned": (
        "Returned: {title}",
        """
Hello {name},

{by} has returned the plan {number}, revision {mark}:

{remarks}

Change it and submit it again.

{link}
""",
        """
{by} has returned the plan {number}, revision {mark}. Change it and submit it again: {link}
""",
    ),
    "plan_approved": (
        "Approved: {title}",
        """
Hello {name},

{by} has approved the plan {number}, revision {mark}. It is locked and can be printed and filed.

{link}
""",
        """
{by} has approved the plan {number}, revision {mark}: {link}
""",
    ),
    "plan_late": (
        "Late: {title}",
        """
Hello {name},

these tasks of {event} should be done by now and are not:

{tasks}

Finish them or give them another day.

{link}
""",
        """
Late at {event}: {title}. Finish it or give it another day: {link}
""",
    ),
    "host_notice": (
        "Whom you look after at {event}",
        """
Hello {name},

at {event} you look after:

{guests}

When: {day}, {time}
Place: {venue} {hall}
Address: {address}

Your own page has their numbers and when they are on. You hear from us again if anything changes.

{link}

{organizer}
""",
        """
{organizer}: {name}, at {event} you look after:
{guests}
{link}
""",
    ),
    "front_notice": (
        "Your part in {event}",
        """
Hello {name},

thank you for coming to {event}. This is when we count on you:

{sessions}

Your seat on the rostrum: {seat}
Please be there by: {day}, {time}
Place: {venue} {hall}
Address: {address}
You are met by: {meets} {meets_phone}
Still to be rehearsed: {rehearse}

If time or subject do not suit you, please tell whoever meets you, or {contact_name} {contact_phone}.

{link}

{organizer}
""",
        """
{organizer}: {name}, at {event} you are on at {first}, {venue} {hall}.
You are met by {meets} {meets_phone}.
{link}
""",
    ),
}
