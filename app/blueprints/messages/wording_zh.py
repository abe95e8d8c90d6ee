"""The house's Chinese wording: key -> subject and body of the mail, text of the SMS."""

from app.blueprints.messages import wording_contracts, wording_office, wording_payments, wording_plans, wording_travel

WORDING: dict[str, tuple[str, str, str]] = (
    {
        "invitation": (
            "邀请函：{event}",
            """
尊敬的{contact}：

诚邀您出席“{event}”。

时间：{day} {time}
地点：{venue} {hall}
地址：{address}
主题：{theme}
主办：{organizer}

会上将介绍产品、政策与市场支持，并安排专人与您当面洽谈。正式邀请函见附件。

请点击下方按钮，告知您能否出席、随行人员以及接站、住宿需求。

{link}

回复截止：{reply_by}

如有疑问，欢迎联系{contact_name}：{contact_phone}

{organizer} 敬邀
""",
            """
【{organizer}】{contact}您好，诚邀您出席{day} {time}在{venue}举办的“{event}”。请点击查看详情并回复：{link}
""",
        ),
        "reminder": (
            "期待您的回复：{event}",
            """
{contact}您好：

此前我们邀请您出席“{event}”，尚未收到您的回复。席位需要提前安排，烦请告知您能否到场。

时间：{day} {time}
地点：{venue} {hall}

{link}

回复截止：{reply_by}

如有疑问，欢迎联系{contact_name}：{contact_phone}

{organizer}
""",
            """
【{organizer}】{contact}您好，“{event}”将于{day} {time}在{venue}举办，席位待定，盼您回复：{link}
""",
        ),
        "reply_received": (
            "已收到您的回复：{event}",
            """
{contact}您好：

感谢您的回复。目前登记的信息如下：

{record}

在{reply_by}之前，您可以随时修改：

{link}

时间：{day} {time}
地点：{venue} {hall}
地址：{address}
地图：{map}

如有疑问，欢迎联系{contact_name}：{contact_phone}

{organizer}
""",
            """
【{organizer}】{contact}您好，已收到您对“{event}”的回复，谢谢。查看或修改：{link}
""",
        ),
        "reconfirm": (
            "请确认是否到会：{event}",
            """
{contact}您好：

“{event}”临近，为了给您留好席位、用餐和住宿，请再确认一次：

· 我会到会
· 我来不了
· 由他人代为出席

{link}

时间：{day} {time}
地点：{venue} {hall}
地址：{address}
地图：{map}

如有变动，也可直接联系{contact_name}：{contact_phone}

{organizer}
""",
            """
【{organizer}】{contact}您好，“{event}”将于{day} {time}在{venue}举办。能否到会、是否由他人代为出席，请点击确认：{link}
""",
        ),
        "waiting_list_moved_up": (
            "席位已为您留好：{event}",
            """
{contact}您好：

感谢您的等候。“{event}”现已有空位，我们已为您留好席位，期待您的到来。

时间：{day} {time}
地点：{venue} {hall}
地址：{address}

如果行程有变，请尽早告知，以便我们安排其他嘉宾。

{link}

如有疑问，欢迎联系{contact_name}：{contact_phone}

{organizer}
""",
            """
【{organizer}】{contact}您好，“{event}”已有空位，席位已为您留好：{day} {time}，{venue}。详情：{link}
""",
        ),
        "welcome": (
            "欢迎光临：{event}",
            """
{contact}您好：

欢迎光临“{event}”。您的个人页面上有会议安排，需要帮助时请联系{contact_name}：{contact_phone}

{link}

{organizer}
""",
            """
【{organizer}】{contact}您好，欢迎光临“{event}”。如需帮助，请联系{contact_name} {contact_phone}。会议安排：{link}
""",
        ),
        "silent_for_rep": (
            "待致电嘉宾 {count} 位：{event}",
            """
{rep}您好：

以下 {count} 位嘉宾尚未确认是否出席“{event}”（{day} {time}），请电话联系并记录结果：

{guests}

{link}
""",
            """
【{organizer}】{rep}您好，“{event}”有{count}位嘉宾尚未确认，请尽快致电：{link}
""",
        ),
        "duty_notice": (
            "您的任务安排：{event}",
            """
{name}，您好：

“{event}”请您负责以下工作：

{duties}

地点：{venue} {hall}
地址：{address}

请打开您的个人页面，确认能否到岗，无需登录。

{link}

会议当天，该页面会显示接下来的任务、您的岗位点以及可联系的人。

{organizer}
""",
            """
【{organizer}】{name}您好，请查看“{event}”的任务安排（{first}起）并确认：{link}
""",
        ),
        "hall_tasks": (
            "您的会场布置任务：{event}",
            """
{name}，您好：

“{event}”请您负责以下会场布置工作：

{tasks}

地点：{venue} {hall}
地址：{address}

完成后请在您的个人页面逐项勾选，无需登录。

{link}

{organizer}
""",
            """
【{organizer}】{name}您好，您在“{event}”有{count}项会场布置任务（最早一项须在{first}前完成），请查看并勾选：{link}
""",
        ),
        "staff_missing": (
            "尚未到岗（{count}人）：{event}",
            """
{name}：

以下人员已到班次时间，仍未签到：

{missing}

请尽快电话联系，或安排副手顶岗。

{link}
""",
            """
“{event}”有{count}人未到岗：{missing} {link}
""",
        ),
        "incident": (
            "请处理：{what}",
            """
{name}：

请处理“{event}”现场的以下情况：

{what}

地点：{place}
报告：{at} {reported_by}

{link}
""",
            """
{name}，请处理：{what}。{place}（{reported_by} {at}报告）{link}
""",
        ),
        "emergency": (
            "【紧急】{what}",
            """
【紧急】“{event}”现场

{what}

地点：{place}
报告：{at} {reported_by}

{name}，请立即赶往现场。

{link}
""",
            """
【紧急】{what}，{place}。{name}，请立即赶往现场。{reported_by} {at}报告 {link}
""",
        ),
        "staff_note": (
            "工作通知：{event}",
            """
{name}，您好：

{text}

{sender}

{link}
""",
            """
{text}（{sender}，{event}）{link}
""",
        ),
        "staff_note_urgent": (
            "【紧急通知】{event}",
            """
【紧急通知】

{name}：

{text}

{sender}

{link}
""",
            """
【紧急通知】{text}（{sender}，{event}）{link}
""",
        ),
        "closeout_reminder": (
            "会后收尾：{event}",
            """
{name}，您好：

“{event}”已经结束，感谢您的辛勤付出。您还有以下收尾事项未完成：

{items}

完成后，请打开您的个人页面逐项勾选，无需登录。

{link}

{organizer}
""",
            """
【{organizer}】{name}您好，“{event}”结束后，您还有{count}项收尾事项未完成，请打开链接逐项勾选：{link}
""",
        ),
    }
    | wording_contracts.ZH
    | wording_office.ZH
    | wording_payments.ZH
    | wording_plans.ZH
    | wording_travel.ZH
)
