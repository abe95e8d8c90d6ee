"""The words people use in their lists, in Chinese and English: headings, kinds of guest, readiness, yes and no.

All are written as `plain()` leaves them: half-width, lower case, a single blank between English words.
"""

import re
import unicodedata
from enum import StrEnum

from app.models import GuestKind, Readiness


class Field(StrEnum):
    """What a column can hold; each is called as in the models of dealer and invitation."""

    COMPANY = "company"
    CONTACT = "contact"
    CONTACT_TITLE = "contact_title"
    MOBILE = "mobile"
    MAIL = "mail"
    PROVINCE = "province"
    CITY = "city"
    ADDRESS = "address"
    POSTCODE = "postcode"
    SOURCE = "source"
    KIND = "kind"
    READINESS = "readiness"
    IS_LEAD_SIGNER = "is_lead_signer"
    REP = "rep_id"
    COMPANIONS = "companions_allowed"
    EXPECTED_AMOUNT = "expected_amount"
    TABLE = "table_label"
    NOTES = "notes"
    HOST_NOTES = "host_notes"


def plain(text: str) -> str:
    """Half-width, lower case, blanks single."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def _words(chinese: str, english: str) -> tuple[str, ...]:
    return (*chinese.split(), *(word.strip() for word in english.split(",")))


# Best words first: of two columns that fit, the one with the better word gets the field. "负责人" is the dealer's
# own head where no other column names a contact, else our rep.
HEADINGS: dict[Field, tuple[str, ...]] = {
    Field.COMPANY: _words(
        "公司名称 单位名称 企业名称 公司 单位 企业 经销商名称 客户名称 经销商 代理商名称 代理商 分销商名称 分销商 客户 "
        "商户名称 商户 店名 门店名称 工作单位 所在单位 机构名称 机构 所属公司 名称 抬头",
        "company, company name, dealer, dealer name, organization, organisation, firm, distributor, customer, "
        "customer name, account",
    ),
    Field.CONTACT: _words(
        "联系人 联系人姓名 姓名 嘉宾姓名 客户姓名 参会人 参会人姓名 参会代表 与会人员 参会嘉宾 嘉宾 受邀人 被邀请人 "
        "老板姓名 老板 名字 法人代表 法定代表人 法人 总经理 负责人姓名 负责人",
        "contact, contact name, contact person, full name, name, guest, guest name, attendee, attendee name, person, "
        "owner",
    ),
    Field.CONTACT_TITLE: _words("职务 职位 职称 头衔 岗位", "title, job title, position"),
    Field.MOBILE: _words(
        "手机号码 手机号 手机 移动电话 联系手机 联系电话 联系方式 电话号码 电话 联系号码",
        "mobile, mobile number, mobile phone, mobile no, cell, cell phone, cellphone, phone number, phone, telephone, "
        "tel, phone no",
    ),
    Field.MAIL: _words(
        "邮箱 电子邮箱 邮箱地址 电子邮件 邮件", "email, e mail, mail, email address, e mail address, mail address"
    ),
    Field.PROVINCE: _words("省份 省 所在省份 所属省份", "province, state"),
    Field.CITY: _words(
        "城市 所在城市 地市 市 所在地市 地级市 所在市 省市 所在地 所在地区 地区 区域", "city, town, location, region"
    ),
    Field.ADDRESS: _words(
        "地址 详细地址 通讯地址 公司地址 联系地址", "address, street, street address, company address"
    ),
    Field.POSTCODE: _words("邮编 邮政编码", "postcode, postal code, zip, zip code, post code"),
    Field.SOURCE: _words(
        "来源 客户来源 信息来源 名单来源 渠道来源 来源渠道 推荐人 介绍人", "source, lead source, origin, referred by"
    ),
    Field.KIND: _words(
        "嘉宾类型 嘉宾类别 客户类型 客户类别 类别 类型 身份 参会身份 人员类别 嘉宾分类 分类",
        "kind, type, guest type, guest kind, kind of guest, category, role",
    ),
    Field.READINESS: _words(
        "签约意向 意向 意向程度 意向度 合作意向 成熟度 签约成熟度 意向等级 意向级别 客户状态 洽谈状态 "
        "洽谈进度 洽谈情况 谈判进度",
        "readiness, readiness to sign, intent, intention, interest, likelihood",
    ),
    Field.IS_LEAD_SIGNER: _words(
        "带头签约 是否带头签约 带头签约人 首签 是否首签 领签", "lead signer, signs first, leads signing"
    ),
    Field.REP: _words(
        "业务员 业务代表 销售代表 销售 销售人员 业务经理 客户经理 区域经理 跟进人 跟单人 对接人 责任人 业务负责人 "
        "销售负责人 归属人 所属业务员 我方负责人 负责人",
        "rep, sales rep, sales representative, salesperson, account manager, sales manager, responsible, handled by",
    ),
    Field.COMPANIONS: _words(
        "随行人数 随行人员数 陪同人数 同行人数 可带人数 携带人数 随行 随行人员 陪同 同行",
        "companions, companions allowed, plus, accompanying, number of companions",
    ),
    Field.EXPECTED_AMOUNT: _words(
        "预计签约额 预计签约金额 预计金额 签约金额 意向金额 预计首单 首单金额",
        "expected amount, expected value, deal value, expected contract",
    ),
    Field.TABLE: _words("桌号 台号 席位 座位 桌次", "table, table number, table no, seat"),
    Field.HOST_NOTES: _words("接待备注 接待要求 接待说明 现场备注", "host notes, notes for the host, reception notes"),
    Field.NOTES: _words("备注 说明 备注信息 其他 其它 补充说明", "notes, note, remarks, remark, comments, comment"),
}
# A heading with one of these is about something we do not take in, whatever else it says.
FOREIGN = re.compile(
    r"传真|微信|qq|身份证|序号|编号|网址|网站|税号|开户|账号|银行|生日|性别|年龄|面积|营业额|注册资本|时间|日期"
    r"|\b(?:fax|wechat|id|no|website|url|tax|bank|birthday|gender|sex|age|date|time)\b"
)
# A telephone or mailbox with one of these is our own colleague's.
OURS = re.compile(r"业务员|业务代表|销售|客户经理|区域经理|跟进|对接|我方|\b(?:rep|sales|manager)\b")

# The first word of each language is the one that our own pages and the template use.
KINDS: dict[GuestKind, tuple[str, ...]] = {
    GuestKind.DEALER: _words(
        "经销商 分销商 代理商 客户 渠道商 批发商 零售商 加盟商 意向客户 准客户 二级客户 商户",
        "dealer, distributor, agent, customer, reseller, wholesaler, retailer, prospect",
    ),
    GuestKind.EXPERT: _words(
        "专家 学者 教授 顾问 讲师 专家嘉宾 演讲嘉宾 医生 院士", "expert, speaker, professor, panelist"
    ),
    GuestKind.MEDIA: _words(
        "媒体 记者 媒体记者 新闻媒体 报社 电视台 自媒体 网媒", "media, press, journalist, reporter"
    ),
    GuestKind.GOVERNMENT: _words(
        "政府机构 政府 政府嘉宾 政府领导 领导 官员 机关 主管部门", "government, official, authority, gov"
    ),
    GuestKind.ASSOCIATION: _words(
        "协会 行业协会 商会 学会 协会嘉宾 联合会", "association, chamber, society, trade body"
    ),
    GuestKind.STAFF: _words(
        "工作嘉宾 员工 内部 内部嘉宾 公司嘉宾 工作人员 内部人员 本公司 员工嘉宾 公司领导",
        "staff guest, staff, employee, internal",
    ),
}
READINESSES: dict[Readiness, tuple[str, ...]] = {
    Readiness.READY: _words(
        "已谈妥 谈妥 已谈好 确定签约 确定 可签约 必签 现场签约 准备签约 已确认 已达成 a类 a级 高",
        "ready to sign, ready, agreed, settled, sure, committed, hot, high, a",
    ),
    Readiness.LEANING: _words(
        "意向明确 有意向 意向较强 意向强 强意向 倾向签约 较有意向 较强 有意 b类 b级 中高",
        "leaning, likely, keen, warm, b",
    ),
    Readiness.WAVERING: _words(
        "观望 犹豫 摇摆 待定 考虑中 不确定 意向一般 一般 再考虑 c类 c级 中",
        "wavering, hesitant, undecided, unsure, maybe, medium, c",
    ),
    Readiness.PROSPECT: _words(
        "潜在 潜在客户 意向不明 未接触 了解 初步接触 新客户 弱 意向弱 无意向 d类 d级 低",
        "prospect, potential, cold, new, low, d",
    ),
}
YES = frozenset(_words("是 对 有 带头 带头签约 首签 √ ✓ ✔ ☑", "y, yes, true, 1, t"))
NO = frozenset(_words("否 不 不是 没有 × ✗ ✘ ☐", "n, no, false, 0, f"))
# What people put into a cell to say that there is nothing to say.
NOTHING = frozenset(
    _words("无 没有 暂无 不详 未知 待补充 —— — – - -- / \\ . #n/a", "n/a, na, none, null, nil, unknown, tbd")
)
# Rows of totals, signatures and our template's own example are no guests.
NO_GUEST = re.compile(
    r"(?:(?:合计|总计|共计|小计|制表|填表|审核|制单)(?:人|时间|日期)?|total)\s*(?::|\d|共|$)|\(?(?:示例|范例|样例|例|example|sample)\s*[:)]"
)
PROVINCE_ENDING = re.compile(
    r"(?:壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省)$|(?<=^北京)市$|(?<=^上海)市$|(?<=^天津)市$|(?<=^重庆)市$"
)
CITY_WITH_PROVINCE = re.compile(r"(\S{2,8}?(?:省|自治区))[\s\-/,，、]*(\S+)")
NUMERALS = {"零": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
