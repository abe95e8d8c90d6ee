"""Made-up firms, people, towns and phone numbers."""

import random
from dataclasses import dataclass

SURNAMES = (
    *"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢姜崔钟谭",
    "欧阳",
    "司徒",
    "单",
    "仇",
    "覃",
    "翟",
    "解",
)
GIVEN_FIRST = "建志国文海晓雅思明家俊嘉春永振丽秀玉慧美静云雪立德宏天子泽宇浩若诗梦佳欣"
GIVEN_SECOND = "华军平强涛斌辉鹏峰超伟刚毅磊飞勇杰龙林生芳娟敏燕玲霞洁莹婷琳薇倩涵怡宁安远航"
BRAND_FIRST = "澜栎沐穗禾翎岫筠霁皓璟沅垚瑾棠钰煦芮衡屿"
BRAND_SECOND = "川原桥泉岭湾石松野川塘舟庭帆坪渡港州渚溪"
BRAND_THIRD = "达盛和源通汇诚丰泰隆鑫佳兴润嘉"
TRADES = (
    "净水设备",
    "厨卫电器",
    "家居建材",
    "暖通设备",
    "机电",
    "家用电器",
    "商贸",
    "供应链管理",
    "环保科技",
    "水处理工程",
)
FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "经营部")

TOWNS = (
    ("湖北", ("武汉", "宜昌", "襄阳", "荆州", "黄石", "十堰", "孝感", "黄冈", "荆门", "恩施")),
    ("湖南", ("长沙", "株洲", "岳阳", "衡阳", "常德", "湘潭")),
    ("河南", ("郑州", "洛阳", "南阳", "新乡", "信阳", "许昌")),
    ("江西", ("南昌", "九江", "赣州", "上饶", "宜春")),
    ("安徽", ("合肥", "芜湖", "安庆", "阜阳", "六安")),
)
SOURCES = ("展会留资", "老客户推荐", "业务员陌拜", "官网留言", "行业协会", "电话开发")
TITLES = ("总经理", "总经理", "董事长", "销售总监", "采购经理", "店长", "合伙人", "副总经理")
DIETS = ("", "", "", "", "", "", "清真", "素食", "不吃辣", "海鲜过敏")
DECLINE_REASONS = ("当天有其他安排", "已代理其他品牌", "资金暂时周转不开", "家中有事", "想再观望一段时间")
QUESTIONS = (
    "现场签约的首批进货额有没有最低要求？",
    "县级市能不能单独授权？",
    "会后当天有没有回程的接送车？",
    "合同能不能提前看一下？",
)
CALL_NOTES = ("说下午给准信", "在开车，约了再打", "前台转接，本人不在", "担心首批压货", "问能不能带财务一起来")


@dataclass(frozen=True)
class Person:
    """A made-up dealer: the firm and its contact."""

    company: str
    contact: str
    title: str
    mobile: str
    mail: str
    province: str
    city: str
    source: str


class Names:
    """Draws made-up people; no firm and no number comes twice."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._firms: set[str] = set()
        self._count = 0

    def contact(self) -> str:
        given = self.chance.choice(GIVEN_FIRST) + (
            self.chance.choice(GIVEN_SECOND) if self.chance.random() < 0.82 else ""
        )
        return self.chance.choice(SURNAMES) + given

    def person(self) -> Person:
        self._count += 1
        province, towns = self.chance.choices(TOWNS, weights=(46, 18, 14, 12, 10))[0]
        weights = [max(1, 12 - 3 * place) for place in range(len(towns))]
        city = self.chance.choices(towns, weights=weights)[0]
        # 199 0000 0000 upwards: the block is not handed out to the public with these middle digits.
        mobile = f"+86199{self._count:08d}"
        return Person(
            company=self._firm(city),
            contact=self.contact(),
            title=self.chance.choice(TITLES),
            mobile=mobile,
            mail=f"guest{self._count:05d}@dealers.example" if self.chance.random() < 0.86 else "",
            province=province,
            city=city,
            source=self.chance.choice(SOURCES),
        )

    def _firm(self, city: str) -> str:
        while True:
            brand = self.chance.choice(BRAND_FIRST) + self.chance.choice(BRAND_SECOND) + self.chance.choice(BRAND_THIRD)
            # A nation-wide sample needs more firms than three characters give.
            number = f"第{len(self._firms) // 4000 + 1}" if len(self._firms) >= 4000 else ""
            name = f"{city}{brand}{number}{self.chance.choice(TRADES)}{self.chance.choice(FORMS)}"
            if name not in self._firms:
                self._firms.add(name)
                return name
