"""Messages to guests about rides and a new time or place: key -> subject and body of mail, text of SMS."""

ZH: dict[str, tuple[str, str, str]] = {
    "ride": (
        "接送安排：{event}",
        """
{contact}您好：

“{event}”为您安排的接送如下：

{ride}

如果行程有变，请及时告知：

{link}

如有疑问，欢迎联系{contact_name}：{contact_phone}

{organizer}
""",
        """
【{organizer}】{contact}您好，“{event}”接送安排：{ride} 行程有变请告知：{link}
""",
    ),
    "event_moved": (
        "时间地点有变：{event}",
        """
{contact}您好：

“{event}”的安排有变动，请以下面的时间和地点为准：

时间：{day} {time}
地点：{venue} {hall}
地址：{address}
地图：{map}

给您带来不便，深表歉意。如果新的安排不便出席，请在您的页面上告知我们。

{link}

如有疑问，欢迎联系{contact_name}：{contact_phone}

{organizer}
""",
        """
【{organizer}】{contact}您好，“{event}”安排有变：改为{day} {time}，{venue}{hall}。请查看并确认：{link}
""",
    ),
}

EN: dict[str, tuple[str, str, str]] = {
    "ride": (
        "Your ride: {event}",
        """
Dear {contact},

This is how we take you to or from {event}:

{ride}

If your journey changes, please tell us:

{link}

Any questions? Call {contact_name}: {contact_phone}

With kind regards,
{organizer}
""",
        """
{contact}, your ride for {event}: {ride} Changes: {link} {organizer}
""",
    ),
    "event_moved": (
        "New time or place: {event}",
        """
Dear {contact},

The arrangements for {event} have changed. Please go by these:

When: {day}, {time}
Where: {venue} {hall}
Address: {address}
Map: {map}

We apologise for the inconvenience. If this no longer suits you, please let us know on your page.

{link}

Any questions? Call {contact_name}: {contact_phone}

With kind regards,
{organizer}
""",
        """
{contact}, {event} has moved: {day}, {time}, {venue} {hall}. Please check and confirm: {link} {organizer}
""",
    ),
}
