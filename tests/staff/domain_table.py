"""The domain's table 招商会工作人员及其职责表, as the office writes it, with a word of each duty in both languages."""

# key, role (zh, en), held by (zh, en), duties (zh, en)
LEADS = (
    (
        "commander_in_chief",
        ("总指挥", "commander-in-chief"),
        ("总经理", "general manager"),
        (("会前组织", "beforehand"), ("会后服务", "afterwards"), ("协调", "coordinate all")),
    ),
    (
        "executive_commander",
        ("执行总指挥", "executive commander"),
        ("市场总监", "marketing director"),
        (("细节", "every detail"), ("议程", "agenda"), ("主题", "subjects"), ("时间", "times")),
    ),
    (
        "conference_affairs_lead",
        ("会务组组长", "conference-affairs lead"),
        ("行政人事部经理", "admin & hr manager"),
        (
            ("接待", "receive"),
            ("登记", "regist"),
            ("资料", "materials"),
            ("整理", "tidy"),
            ("分组", "groups"),
            ("突发", "emergencies"),
            ("票", "tickets"),
            ("费用", "costs"),
            ("结算", "settle and pay"),
            ("接站", "meet arrivals"),
        ),
    ),
    (
        "hall_lead",
        ("会场组组长", "hall lead"),
        ("市场部经理", "marketing manager"),
        (
            ("秩序", "order in the hall"),
            ("摄影摄像", "photos and video"),
            ("讲座", "lectures"),
            ("现场业务", "business on the spot"),
            ("气氛", "atmosphere"),
            ("名单", "attendee list"),
            ("分组", "groups"),
            ("用餐", "meals"),
            ("合同", "contract papers"),
            ("参会人员事务", "attendees’ affairs"),
            ("意向", "lean to yes"),
            ("协助会务组", "help the conference-affairs group"),
        ),
    ),
)
HIRED = (
    ("host", ("主持人", "host")),
    ("receptionist", ("接待人员", "receptionists")),
    ("ceremony_staff", ("礼仪人员", "ceremony staff")),
)
