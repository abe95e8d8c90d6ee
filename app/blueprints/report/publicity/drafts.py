"""The house's drafts, in both languages. What stands in braces is filled in from the rows when it is shown."""

from app.models import PieceKind

K = PieceKind
FACTS = (
    "event",
    "theme",
    "day",
    "place",
    "organizer",
    "co_organizer",
    "guests",
    "dealers",
    "provinces",
    "signed",
    "signers",
    "contact",
    "phone",
)

DRAFTS: dict[tuple[PieceKind, str], str] = {
    (K.NEWS, "zh_CN"): """{event}在{place}举行，{signed}家经销商现场签约

{day}，由{organizer}主办的“{theme}”{event}在{place}举行。来自{provinces}个省份的{dealers}家经销商和业内嘉宾共{guests}人到场。

会上介绍了公司的产品、市场支持与合作政策，经销商就区域、品类和供货安排与公司逐项洽谈。截至目前，{signed}家经销商完成签约。

{organizer}感谢各位合作伙伴的信任。后续供货、培训与市场支持将按合同约定逐步落实。

联系人：{contact}　{phone}""",
    (K.POST, "zh_CN"): """【{event}】圆满落幕🎉
📍 {place}
👥 {dealers}家经销商到场，来自{provinces}个省份
✍️ 现场签约 {signed} 家
{signers}
感谢每一位伙伴的到来，我们说到做到，下一站见！""",
    (K.THANKS, "zh_CN"): """尊敬的合作伙伴：

感谢您在{day}拨冗出席“{theme}”{event}。当天{guests}位嘉宾齐聚{place}，您的到来是对我们最大的支持。

已签约的伙伴，我们的业务代表会与您对接首批货与培训安排；仍在考虑的伙伴，有任何问题请随时联系我们，我们如实相告。

{organizer}
{contact}　{phone}""",
    (K.NEWS, "en"): """{signed} dealers sign at {event}

On {day}, {organizer} held “{theme}” at {place}. {guests} people came, among them \
{dealers} dealers from {provinces} provinces.

The company presented its products, its support in the market and the terms it offers, and \
talked with each dealer about region, product line and supply. So far {signed} dealers have signed.

{organizer} thanks its partners for their trust. Deliveries, training and support follow as the contracts say.

Contact: {contact}, {phone}""",
    (K.POST, "en"): """{event}: done 🎉
📍 {place}
👥 {dealers} dealers from {provinces} provinces
✍️ {signed} signed
{signers}
Thank you all for coming. We keep what we promised. See you next time!""",
    (K.THANKS, "en"): """Dear partner,

thank you for coming to “{theme}” on {day}. {guests} people met at {place}, and your being there meant a lot to us.

If you have signed, your contact with us will call about the first delivery and the training. \
If you are still thinking about it, ask us anything; you will get a straight answer.

{organizer}
{contact}, {phone}""",
}
