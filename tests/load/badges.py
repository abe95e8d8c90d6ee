"""Badges per CPU second, and how large a thousand of them are.

The names are drawn from common surnames and given names, the companies are all different, and every badge
has its own code, so that no cache does the work that a real list would cost.
"""

import argparse
import random
import time
from collections.abc import Iterator
from itertools import islice

from app.blueprints.checkin.badges import KIND_COLOURS, BadgeFace, BadgeHeading, BadgeSize, badge_pdf

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文辉志鹏宇浩然子涵雨欣思远晓东海燕春生立新"
    "庆少波永康嘉琪泽民云飞慧玲晨曦俊凯佳怡天佑一鸣致若书豪梦瑶"
)
PLACES = (
    "杭州",
    "宁波",
    "温州",
    "嘉兴",
    "绍兴",
    "金华",
    "台州",
    "南京",
    "苏州",
    "合肥",
    "上海",
    "福州",
    "南昌",
    "济南",
)
TRADES = (
    "康泰",
    "鸿远",
    "德信",
    "瑞丰",
    "宏图",
    "天成",
    "益民",
    "同德",
    "万和",
    "金桥",
    "新纪元",
    "龙腾",
    "百川",
    "恒通",
)
LATIN = ("Zhang Wei", "Wang Xiaoming", "Ouyang Jianguo", "Li Siyuan", "Chen Yuxin", "Zhao Mingyuan")
KINDS = {
    "dealer": "经销商",
    "expert": "专家",
    "media": "媒体",
    "government": "政府",
    "association": "协会",
    "staff": "工作人员",
}
HEADING = BadgeHeading("2026 华东渠道招商大会", "携手同行 · 共赢新渠道", "2026年11月26日 · 杭州国际博览中心")


def faces(count: int, seed: int = 1) -> list[BadgeFace]:
    """So many different, believable badges; the same for the same seed."""
    return list(islice(_faces(random.Random(seed)), count))


def _faces(chance: random.Random) -> Iterator[BadgeFace]:
    number = 0
    while True:
        number += 1
        kind = chance.choices(list(KINDS), weights=[80, 4, 5, 3, 3, 5])[0]
        code = "".join(chance.choices("23456789ABCDEFGHJKMNPQRSTUVWXYZ", k=8))
        yield BadgeFace(
            name=chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice([1, 2, 2, 2]))),
            latin=chance.choice(LATIN),
            company=f"{chance.choice(PLACES)}{chance.choice(TRADES)}{number}商贸有限公司",
            kind_word=KINDS[kind],
            kind_colour=KIND_COLOURS[kind],
            second=f"{number % 99 + 1} 桌",
            url=f"HTTPS://SIGNING.EXAMPLE.COM/B/{code}",
            code=code,
            ref=str(number),
        )


def measure(count: int, size: BadgeSize) -> tuple[float, int]:
    """Seconds of CPU and bytes of one PDF with so many badges, start-up not counted."""
    badge_pdf(faces(1, seed=0), size=size, heading=HEADING)
    people = faces(count)
    began = time.process_time()
    pdf = badge_pdf(people, size=size, heading=HEADING)
    return time.process_time() - began, len(pdf)


def main(words: list[str] | None = None) -> int:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.badges", description=__doc__)
    parser.add_argument("--badges", type=int, default=1000)
    count = parser.parse_args(words).badges
    print(f"{'badges':>14} {'seconds of CPU':>15} {'badges/CPU s':>13} {'size':>9}")
    for size in (BadgeSize.A6, BadgeSize.CARD_90X54, BadgeSize.SHEET):
        seconds, length = measure(count, size)
        print(f"{count:>7} {size.value:>6} {seconds:>15.2f} {count / seconds:>13.0f} {length / 1e6:>6.2f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
